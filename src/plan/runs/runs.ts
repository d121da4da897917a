import { createHash } from 'node:crypto'
import { canonicalJson, type Json } from '../../base/index.ts'
import type { LegalTier } from '../../registry/index.ts'
import {
  DEFAULTS,
  type Distribution,
  ENGINE_VERSION,
  PARAMETER_NAMES,
  type ParameterName,
  type Results,
  type RunOptions,
  type SensitivityResults,
} from '../../scenario/index.ts'
import type { CheckedPlan } from '../check.ts'
import type { InputLine, PlaceInputs } from '../inputs.ts'
import type { Plan } from '../schema.ts'

/** A plan that holds against the facts, with the facts that it was held against. */
export interface HeldPlan {
  readonly plan: Plan
  readonly checked: CheckedPlan
  readonly facts: { readonly version: string; readonly places: readonly PlaceInputs[] }
}

export const DEFAULT_RUN: RunOptions = { draws: 10_000, seed: 1 }

/**
 * SHA-256 of all that the figures of a run follow from: the plan as written, the model's inputs and parameters as they
 * stand for it, the versions of facts and engine, the number of draws and the seed. Same key, same bytes.
 */
export function runKey({ plan, checked, facts }: HeldPlan, { draws, seed }: RunOptions): string {
  const content = {
    plan,
    scenario: checked.scenario,
    facts: facts.version,
    engine: ENGINE_VERSION,
    draws,
    seed,
  }
  const plain = JSON.parse(JSON.stringify(content)) as Json
  return createHash('sha256').update(canonicalJson(plain)).digest('hex')
}

/** One input as a page and a file print it. */
export interface RunInput extends Pick<InputLine, 'symbol' | 'value' | 'unit' | 'years' | 'basis' | 'how'> {
  /** `bea_macro 2023 (source id)`, one for each figure that it was made from. */
  readonly sources: readonly string[]
}

export interface RunAssumption {
  readonly name: ParameterName
  readonly meaning: string
  readonly distribution: Distribution
  /** `plan` where the plan replaces the default. */
  readonly basis: 'source' | 'assumption' | 'registry' | 'plan'
  readonly source: string
}

/** What a run stood on, kept with it: facts change, and its page must still say what it was made from. */
export interface RunGround {
  readonly plan: Plan
  readonly facts: string
  /** By measure. */
  readonly tiers: readonly LegalTier[]
  readonly left_out: readonly { readonly usps: string; readonly missing: readonly string[] }[]
  /** By member. */
  readonly inputs: readonly { readonly usps: string; readonly lines: readonly RunInput[] }[]
  readonly assumptions: readonly RunAssumption[]
  readonly underpayment_rate: number
}

export function groundOf({ plan, checked, facts }: HeldPlan): RunGround {
  return {
    plan,
    facts: facts.version,
    tiers: checked.tiers,
    left_out: checked.left_out.map(({ usps, missing }) => ({ usps, missing })),
    inputs: plan.members.map((usps) => ({
      usps,
      lines: inputsOfRun(
        plan,
        facts.places.find((place) => place.usps === usps),
        usps,
      ),
    })),
    assumptions: PARAMETER_NAMES.map((name) => assumptionOf(name, plan, checked)),
    underpayment_rate: checked.scenario.underpaymentRate,
  }
}

function inputsOfRun(
  { reserves }: Plan,
  place: PlaceInputs | undefined,
  usps: Plan['members'][number],
): readonly RunInput[] {
  const own = reserves[usps]
  const lines = (place?.lines ?? []).filter(({ symbol }) => own === undefined || symbol !== 'R0')
  return [
    ...lines.map(({ figures, ...line }) => ({
      ...line,
      sources: [...new Set(figures.map(({ series, source, year }) => `${series} ${year} (${source})`))],
    })),
    ...(own
      ? [
          {
            ...{ symbol: 'R0', value: own.amount, unit: 'USD' as const, years: [], how: own.source },
            ...{ basis: 'assumption' as const, sources: [] },
          },
        ]
      : []),
  ]
}

function assumptionOf(name: ParameterName, plan: Plan, { scenario }: CheckedPlan): RunAssumption {
  const { meaning, basis, source, distribution: usual } = DEFAULTS[name]
  const own = plan.assumptions[name]
  const distribution = scenario.parameters[name] ?? usual
  if (distribution === undefined) throw new Error(`assertion failed: ${name} was checked to be given`)
  if (own) return { name, meaning, distribution, basis: 'plan', source: own.source }
  return { name, meaning, distribution, basis: basis === 'given by the caller' ? 'registry' : basis, source }
}

/** A finished run: its figures, and what they stood on. */
export interface StoredRun {
  readonly key: string
  readonly made_at: string
  readonly ground: RunGround
  readonly results: Results
  readonly sensitivity: SensitivityResults | undefined
}

/** Rows of the study of what decides: a few seconds for a shipped plan, and its errors are shown. A small run has a small one. */
export const studyRows = (draws: number): number => Math.max(2, Math.min(1024, draws))
