import type { EdtfDate } from '../base/index.ts'
import type { Rec, Status } from './schema.ts'

/** A dated event of a record and the status that it brought. */
export interface Step {
  readonly date: EdtfDate
  readonly status: Status
}

type Row = readonly [date: EdtfDate | undefined, status: Status]

/** The dated events of a record as statuses, in the order in which they are taken. */
export function stepsOf(rec: Rec): readonly Step[] {
  return rowsOf(rec).flatMap(([date, status]) => (date === undefined ? [] : [{ date, status }]))
}

function rowsOf(rec: Rec): readonly Row[] {
  switch (rec.kind) {
    case 'measure':
      return [
        [rec.dates?.announced, oneOf(rec.status, ['floated', 'planned', 'announced'], 'announced')],
        [rec.dates?.proposed, 'proposed'],
        [
          rec.dates?.enacted,
          oneOf(
            rec.status,
            ['passed-legislature', 'planned'],
            rec.dates?.effective ? 'enacted' : 'in-effect',
          ),
        ],
        [rec.dates?.effective, 'in-effect'],
        [rec.dates?.started, 'in-effect'],
        [rec.dates?.ended, oneOf(rec.status, MEASURE_ENDS, 'ended')],
      ]
    case 'federal-action':
      return [
        [rec.dates?.announced, oneOf(rec.status, ['reported'], 'announced')],
        [rec.dates?.enacted, rec.dates?.effective === undefined ? 'in-effect' : 'announced'],
        [rec.dates?.effective, 'in-effect'],
        [rec.dates?.started, oneOf(rec.status, ['reported'], 'in-effect')],
        [rec.dates?.ended, oneOf(rec.status, ['withdrawn', 'repealed'], 'ended')],
      ]
    case 'lawsuit':
      return [
        [rec.dates?.filed, 'pending'],
        [rec.dates?.decided, oneOf(rec.status, SUIT_ENDS, 'pending')],
        [rec.dates?.ended, oneOf(rec.status, SUIT_ENDS, 'settled-or-closed')],
      ]
    case 'alliance':
      return [
        [rec.dates?.founded, 'active'],
        [rec.dates?.ended, oneOf(rec.status, ['not-in-force'], 'historic')],
      ]
    case 'doctrine': {
      // Doctrine keeps its standing from its first day, except where a later event took or shook it.
      const first = oneOf(rec.status, DOCTRINE_FROM_THE_START, 'good-law')
      return [
        [rec.dates?.enacted, first],
        [rec.dates?.decided, first],
      ]
    }
    case 'playbook-type':
      return []
  }
}

const MEASURE_ENDS = [
  'ended',
  'repealed',
  'defeated',
  'vetoed',
  'superseded',
  'struck-down',
  'not-in-force',
  'historic',
] as const
const SUIT_ENDS = [
  'judgment-for-plaintiffs',
  'judgment-for-defendants',
  'dismissed',
  'settled-or-closed',
] as const
const DOCTRINE_FROM_THE_START = [
  'good-law',
  'contested',
  'untested',
  'interim',
  'dissent',
  'concept',
] as const

const oneOf = <S extends Status>(status: Status, among: readonly S[], otherwise: S | Status): Status =>
  (among as readonly Status[]).includes(status) ? status : otherwise
