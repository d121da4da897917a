import type { Distribution } from './schema.ts'

/** In the order in which they are drawn. */
export const PARAMETER_NAMES = [
  'compliance',
  'freezeHazard',
  'escalation',
  'deterrence',
  'freezeShare.medicaid',
  'freezeShare.formula-grants',
  'freezeShare.project-grants',
  'freezeShare.procurement',
  'freezeShare.wages',
  'freezeShare.direct-payments',
  'restoreHazard',
  'unlawfulShare',
  'arrearsPaid',
  'courtHazard.settled',
  'courtHazard.contested',
  'courtHazard.likely-preempted',
  'penaltyAssessed',
  'spendingMultiplier',
  'spillover',
] as const
export type ParameterName = (typeof PARAMETER_NAMES)[number]
export const PARAMETER_COUNT = PARAMETER_NAMES.length

export interface ParameterDefault {
  readonly meaning: string
  /** `share`: never outside 0 to 1. `nonnegative`: never below 0. `any`: no limit. */
  readonly range: 'share' | 'nonnegative' | 'any'
  /** None: the caller must give it. */
  readonly distribution?: Distribution
  /** Where the default comes from, or that it is an assumption of the model. */
  readonly basis: 'source' | 'assumption' | 'given by the caller'
  readonly source: string
}

const beta = (mean: number, concentration: number): Distribution => ({ kind: 'beta', mean, concentration })
const lognormal = (median: number, sigma: number): Distribution => ({ kind: 'lognormal', median, sigma })
const fixed = (value: number): Distribution => ({ kind: 'fixed', value })

/** Spread of the hazards whose medians come from the registry. */
export const FREEZE_HAZARD_SIGMA = 0.6
export const RESTORE_HAZARD_SIGMA = 0.5

/** The two hazards from medians that the registry's records give, by the spread that the model assumes. */
export const hazardsFrom = (freezeMedian: number, restoreMedian: number) => ({
  freezeHazard: lognormal(freezeMedian, FREEZE_HAZARD_SIGMA),
  restoreHazard: lognormal(restoreMedian, RESTORE_HAZARD_SIGMA),
})

const assumed = (
  meaning: string,
  range: ParameterDefault['range'],
  distribution: Distribution,
  source: string,
): ParameterDefault => ({ meaning, range, distribution, basis: 'assumption', source })

export const DEFAULTS: Readonly<Record<ParameterName, ParameterDefault>> = {
  compliance: assumed(
    'share of what should be deposited that is',
    'share',
    beta(0.85, 20),
    'no such trust has been run; some payroll offices will be late or refuse',
  ),
  freezeHazard: {
    meaning: 'monthly rate at which an open channel of a jurisdiction is frozen, without any plan',
    range: 'nonnegative',
    basis: 'given by the caller',
    source:
      'log-normal; median from federal actions since 2025-01 per jurisdiction-month and channel; sigma 0.6 is an assumption',
  },
  escalation: assumed(
    'factor on the freeze rate of a member that holds money or puts the channel at risk',
    'nonnegative',
    lognormal(1.5, 0.5),
    'no measured value; a third each below 1.21, between, and above 1.86',
  ),
  deterrence: assumed(
    'fall of the log freeze rate per unit of leverage',
    'any',
    { kind: 'triangular', low: 0, mode: 0.5, high: 3 },
    'no measured value; none at all is within the range',
  ),
  'freezeShare.medicaid': assumed(
    'share of the channel that a freeze stops',
    'share',
    beta(0.05, 20),
    'an entitlement: deferrals and disallowances reach parts of it',
  ),
  'freezeShare.formula-grants': assumed(
    'share of the channel that a freeze stops',
    'share',
    beta(0.2, 10),
    'a freeze names some of many programmes',
  ),
  'freezeShare.project-grants': assumed(
    'share of the channel that a freeze stops',
    'share',
    beta(0.5, 8),
    'awards at an agency’s discretion',
  ),
  'freezeShare.procurement': assumed(
    'share of the channel that a freeze stops',
    'share',
    beta(0.05, 20),
    'contracts bind both sides; a few are ended for convenience',
  ),
  'freezeShare.wages': assumed(
    'share of the channel that a freeze stops',
    'share',
    fixed(0),
    'pay of federal workers is not a means against a state',
  ),
  'freezeShare.direct-payments': assumed(
    'share of the channel that a freeze stops',
    'share',
    fixed(0),
    'benefits are owed to persons, not to states',
  ),
  restoreHazard: {
    meaning: 'monthly rate at which a freeze ends',
    range: 'nonnegative',
    basis: 'given by the caller',
    source: 'log-normal; median from court records of freezes; sigma 0.5 is an assumption',
  },
  unlawfulShare: assumed(
    'probability that a freeze is found unlawful by a court',
    'share',
    beta(0.6, 10),
    'rough share of early rulings; wide on purpose',
  ),
  arrearsPaid: assumed(
    'share of frozen money that is paid when a freeze ends',
    'share',
    beta(0.7, 6),
    'some money lapses, some projects are lost',
  ),
  'courtHazard.settled': assumed(
    'monthly rate at which a settled measure is stopped by a court',
    'nonnegative',
    lognormal(0.001, 0.5),
    'about one in eighty within a year',
  ),
  'courtHazard.contested': assumed(
    'monthly rate at which a contested measure is stopped by a court',
    'nonnegative',
    lognormal(0.02, 0.5),
    'about one in five within a year',
  ),
  'courtHazard.likely-preempted': assumed(
    'monthly rate at which a likely preempted measure is stopped by a court',
    'nonnegative',
    lognormal(0.25, 0.5),
    'half within three months',
  ),
  penaltyAssessed: assumed(
    'probability that penalties in law are assessed when held tax is paid late',
    'share',
    beta(0.5, 6),
    'reasonable cause may excuse them (26 U.S.C. §§ 6651(a), 6656(a)); nobody knows',
  ),
  spendingMultiplier: {
    meaning: 'GDP per dollar of spending change over 12 months',
    range: 'nonnegative',
    distribution: { kind: 'triangular', low: 0.8, mode: 1.5, high: 2.1 },
    basis: 'source',
    source:
      'within the local output multipliers of Chodorow-Reich (2019), 1.8 across studies, and Nakamura and Steinsson (2014), 1.4 for states; low end near CBO’s 0.4 to 1.8 for aid to states. Pandemic aid (Clemens, Hoxie and Veuger 2025) was centred near zero, which this range leaves out: try it',
  },
  spillover: assumed(
    'share of a GDP effect that falls outside of the jurisdiction',
    'share',
    beta(0.25, 20),
    'trade between states; no single measured value',
  ),
}
