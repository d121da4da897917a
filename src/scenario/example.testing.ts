import { JURISDICTIONS, type ScenarioDocument } from './schema.ts'

/** A generator for tests that has nothing to do with the engine's. */
export function anyNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

export type InputsDocument = NonNullable<ScenarioDocument['inputs'][(typeof JURISDICTIONS)[number]]>

/** Round figures of the size of a state's; not those of any. */
export function anyInputs(next: () => number): InputsDocument {
  const Y = 5e10 + next() * 1e12
  return {
    W: Y * 0.01 * (0.5 + next()),
    V: Y * 0.02 * next(),
    X: Y * 0.12 * (0.8 + 0.4 * next()),
    G: {
      medicaid: Y * 0.03 * (0.5 + next()),
      'formula-grants': Y * 0.01 * (0.5 + next()),
      'project-grants': Y * 0.005 * (0.5 + next()),
      procurement: Y * 0.02 * next(),
      wages: Y * 0.015 * next(),
      'direct-payments': Y * 0.08 * (0.5 + next()),
    },
    Y,
    R0: Y * 0.005 * next(),
    tax: 0.08 + 0.06 * next(),
    jobsPerGdp: 6e-6 + 3e-6 * next(),
    replace: 0.3 + 0.4 * next(),
  }
}

const lognormal = (median: number, sigma: number) => ({ kind: 'lognormal' as const, median, sigma })

/** All jurisdictions, seven members, one measure of each kind. */
export function sevenStateTrust(months: number): ScenarioDocument {
  const next = anyNumbers(4_810)
  return {
    firstMonth: '2027-01',
    months,
    members: ['CA', 'CO', 'IL', 'MN', 'NY', 'OR', 'WA'],
    measures: [
      {
        kind: 'trust',
        start: 3,
        tier: 'contested',
        share: 0.8,
        openV: true,
        holdWhen: 'while-frozen',
        trigger: 'own',
        yield: 0.04,
        mutualAid: 0.1,
      },
      {
        kind: 'trust',
        start: 6,
        tier: 'settled',
        members: ['CO', 'WA'],
        share: 0.2,
        holdWhen: 'while-found-unlawful',
        trigger: 'any-member',
        yield: 0.03,
        atRisk: ['procurement'],
      },
      { kind: 'replacement', start: 2, tier: 'settled', replace: 0.9, channels: ['medicaid'] },
      {
        kind: 'programme',
        start: 1,
        tier: 'settled',
        members: ['CO', 'IL'],
        cost: { CO: 2e7, IL: [5e7, 4e7, 3e7] },
        income: [0, 0, 0, 0, 0, 0, 3e7, 3e7, 6e7],
        spending: 2.5e7,
      },
      {
        kind: 'non-fiscal',
        start: 4,
        tier: 'likely-preempted',
        cost: 1e5,
        saving: 4e5,
        atRisk: ['project-grants', 'formula-grants'],
      },
    ],
    parameters: { freezeHazard: lognormal(0.02, 0.6), restoreHazard: lognormal(0.15, 0.5) },
    underpaymentRate: 0.07,
    inputs: Object.fromEntries(JURISDICTIONS.map((usps) => [usps, anyInputs(next)])),
  }
}
