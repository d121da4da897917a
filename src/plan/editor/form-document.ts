import { PARAMETER_NAMES } from '../../scenario/index.ts'
import { type Path, pathText } from '../read.ts'
import { PLAN_SCHEMA, type Plan } from '../schema.ts'
import { allIn, everyList, type Fields, isBlank, type ListName, type Typed, textIn } from './typed.ts'
import { numberIn, numberText, streamIn, streamText } from './values.ts'

export const KINDS = ['trust', 'replacement', 'programme', 'non-fiscal'] as const
export type MeasureKind = (typeof KINDS)[number]

type FieldSort = 'number' | 'choice' | 'yes' | 'several' | 'money'
/** What each kind of measure asks for, in the order of the form. */
export const KIND_FIELDS: Readonly<
  Record<MeasureKind, readonly (readonly [name: string, sort: FieldSort])[]>
> = {
  trust: [
    ['share', 'number'],
    ['holdWhen', 'choice'],
    ['trigger', 'choice'],
    ['yield', 'number'],
    ['mutualAid', 'number'],
    ['openV', 'yes'],
  ],
  replacement: [
    ['replace', 'number'],
    ['channels', 'several'],
  ],
  programme: [
    ['cost', 'money'],
    ['income', 'money'],
    ['spending', 'money'],
  ],
  'non-fiscal': [
    ['cost', 'money'],
    ['saving', 'money'],
  ],
}
export const kindOf = (typed: string): MeasureKind => KINDS.find((kind) => kind === typed) ?? 'non-fiscal'

/** The numbers of each kind of distribution, in the order of the form. */
export const SHAPES = {
  fixed: ['value'],
  uniform: ['low', 'high'],
  triangular: ['low', 'mode', 'high'],
  beta: ['mean', 'concentration'],
  lognormal: ['median', 'sigma'],
} as const
export type Shape = keyof typeof SHAPES
export const shapeOf = (typed: string): Shape | undefined =>
  (Object.keys(SHAPES) as Shape[]).find((shape) => shape === typed)

/** Name of a field of an assumption: `assumptions["freezeShare.medicaid"].distribution.mean`. */
export const assumptionName = (parameter: string, ...rest: Path): string =>
  pathText(['assumptions', parameter, ...rest])
const REPLACED = (parameter: string) => assumptionName(parameter, 'distribution', 'kind')

export const isReplaced = ({ fields }: Typed, parameter: string): boolean =>
  textIn(fields, REPLACED(parameter)) !== ''

const TEXTS = ['id', 'title', 'question', 'summary'] as const
const CASES = ['case_for', 'case_against'] as const

/** The document that was typed, as plain data: numbers where numbers were typed, else the text for the check to name. */
export function documentOf(typed: Typed): Record<string, unknown> {
  const { fields, rows } = typed
  const members = allIn(fields, 'members')
  const lines = (list: ListName) =>
    rows[list].map((row) => oneLine(textIn(row, ''))).filter((line) => line !== '')
  return {
    schema: PLAN_SCHEMA,
    ...texts(fields, TEXTS),
    members,
    firstMonth: textIn(fields, 'firstMonth'),
    ...numbers(fields, ['months']),
    measures: rows.measures.map((row) => measureOf(row, members)),
    ...unlessEmpty('assumptions', assumptionsOf(fields)),
    ...unlessEmpty('reserves', reservesOf(fields, members)),
    ...unlessEmpty('staff', staffOf(rows.staff)),
    ...texts(fields, CASES),
    harm: lines('harm'),
    would_change: lines('would_change'),
    not_known: lines('not_known'),
    sources: rows.sources.filter((row) => !isBlank(row)).map(sourceOf),
  }
}

const texts = (fields: Fields, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, oneLine(textIn(fields, name))]))

/** Browsers break long lines of a text area where the writer did; a document holds them as one. */
const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ')

const numbers = (fields: Fields, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const typed = textIn(fields, name)
      return typed === '' ? [] : [[name, numberIn(typed)]]
    }),
  )

const unlessEmpty = (name: string, value: object) => (Object.keys(value).length > 0 ? { [name]: value } : {})

function measureOf(row: Fields, members: readonly string[]): Record<string, unknown> {
  const kind = textIn(row, 'kind')
  const own = allIn(row, 'members')
  const money = oneLine(textIn(row, 'money_source'))
  const several = (name: string) => {
    const chosen = allIn(row, name)
    return chosen.length > 0 ? { [name]: chosen } : {}
  }
  return {
    id: textIn(row, 'id'),
    playbook_type: textIn(row, 'playbook_type'),
    what: oneLine(textIn(row, 'what')),
    kind,
    ...numbers(row, ['start']),
    ...(own.length > 0 && { members: own }),
    ...several('after'),
    ...Object.fromEntries(
      KIND_FIELDS[kindOf(kind)].flatMap(([name, sort]) => kindField(row, name, sort, members)),
    ),
    ...several('atRisk'),
    ...(money !== '' && { money_source: money }),
  }
}

function kindField(
  row: Fields,
  name: string,
  sort: FieldSort,
  members: readonly string[],
): readonly (readonly [string, unknown])[] {
  const typed = textIn(row, name)
  switch (sort) {
    case 'number':
      return typed === '' ? [] : [[name, numberIn(typed)]]
    case 'choice':
      // `own` is what the schema takes where nothing stands.
      return typed === '' || (name === 'trigger' && typed === 'own') ? [] : [[name, typed]]
    case 'yes':
      return typed === 'true' ? [[name, true]] : []
    case 'several':
      return [[name, allIn(row, name)]]
    case 'money': {
      const amount = moneyOf(row, name, members)
      return amount === undefined ? [] : [[name, amount]]
    }
  }
}

/** One amount for each member, or amounts by member: a member without its own has the common one. */
function moneyOf(row: Fields, name: string, members: readonly string[]): unknown {
  const common = textIn(row, name)
  const own = members.filter((usps) => textIn(row, `${name}.${usps}`) !== '')
  if (own.length === 0) return common === '' ? undefined : streamIn(common)
  const named = common === '' ? own : members
  return Object.fromEntries(named.map((usps) => [usps, streamIn(textIn(row, `${name}.${usps}`) || common)]))
}

function assumptionsOf(fields: Fields): Record<string, unknown> {
  return Object.fromEntries(
    PARAMETER_NAMES.flatMap((parameter) => {
      const kind = textIn(fields, REPLACED(parameter))
      if (kind === '') return []
      const shape = shapeOf(kind)
      const values = (shape ? SHAPES[shape] : []).flatMap((name) => {
        const typed = textIn(fields, assumptionName(parameter, 'distribution', name))
        return typed === '' ? [] : [[name, numberIn(typed)] as const]
      })
      const source = oneLine(textIn(fields, assumptionName(parameter, 'source')))
      return [[parameter, { distribution: { kind, ...Object.fromEntries(values) }, source }] as const]
    }),
  )
}

function reservesOf(fields: Fields, members: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    members.flatMap((usps) => {
      const amount = textIn(fields, `reserves.${usps}.amount`)
      const source = oneLine(textIn(fields, `reserves.${usps}.source`))
      if (amount === '' && source === '') return []
      return [[usps, { ...(amount !== '' && { amount: numberIn(amount) }), source }]]
    }),
  )
}

const staffOf = (rows: readonly Fields[]): Record<string, unknown> =>
  Object.fromEntries(
    rows
      .filter((row) => !isBlank(row))
      .map((row) => [textIn(row, 'office'), numberIn(textIn(row, 'works'))] as const),
  )

const SOURCE_FIELDS = ['title', 'publisher', 'url', 'record', 'date'] as const

const sourceOf = (row: Fields): Record<string, unknown> =>
  Object.fromEntries(
    SOURCE_FIELDS.flatMap((name) => {
      const typed = textIn(row, name)
      const isWanted = name === 'title' || name === 'publisher'
      return typed === '' && !isWanted ? [] : [[name, typed]]
    }),
  )

/** A plan as it stands in the fields of the editor. */
export function typedOf(plan: Plan): Typed {
  const fields = new Map<string, readonly string[]>()
  const set = (name: string, value: unknown) => fields.set(name, [numberText(value)])
  for (const name of [...TEXTS, ...CASES, 'firstMonth', 'months'] as const) set(name, plan[name])
  fields.set('members', plan.members)
  for (const parameter of PARAMETER_NAMES) {
    const own = plan.assumptions[parameter]
    if (own === undefined) continue
    for (const [name, value] of Object.entries(own.distribution))
      set(assumptionName(parameter, 'distribution', name), value)
    set(assumptionName(parameter, 'source'), own.source)
  }
  for (const [usps, own] of Object.entries(plan.reserves)) {
    fields.set(`reserves.${usps}.amount`, [streamText(own.amount)])
    set(`reserves.${usps}.source`, own.source)
  }
  const lines = (all: readonly string[]) => all.map((line): Fields => new Map([['', [line]]]))
  const rowsOf: Readonly<Record<ListName, () => readonly Fields[]>> = {
    measures: () => plan.measures.map((measure) => measureRow(measure)),
    harm: () => lines(plan.harm),
    would_change: () => lines(plan.would_change),
    not_known: () => lines(plan.not_known),
    sources: () =>
      plan.sources.map((source) => new Map(SOURCE_FIELDS.map((name) => [name, [source[name] ?? '']]))),
    staff: () =>
      Object.entries(plan.staff).map(
        ([office, works]) =>
          new Map([
            ['office', [office]],
            ['works', [String(works)]],
          ]),
      ),
  }
  return { fields, rows: everyList((list) => rowsOf[list]()) }
}

function measureRow(measure: Plan['measures'][number]): Fields {
  const row = new Map<string, readonly string[]>()
  const has = measure as Readonly<Record<string, unknown>>
  for (const name of ['id', 'playbook_type', 'what', 'kind', 'start', 'money_source'])
    row.set(name, [numberText(has[name])])
  row.set('members', measure.members ?? [])
  row.set('after', measure.after)
  row.set('atRisk', measure.atRisk)
  for (const [name, sort] of KIND_FIELDS[measure.kind]) {
    const value = has[name]
    if (sort === 'several') row.set(name, value as readonly string[])
    else if (sort === 'yes') row.set(name, value === true ? ['true'] : [])
    else if (sort === 'money') setMoney(row, name, value)
    else if (!(name === 'mutualAid' && value === 0)) row.set(name, [numberText(value)])
  }
  return row
}

/** Nothing is what stands where no money is: the schema's own zero is not shown as typed. */
function setMoney(row: Map<string, readonly string[]>, name: string, value: unknown): void {
  if (value === 0) return
  if (value !== null && typeof value === 'object' && !Array.isArray(value))
    for (const [usps, stream] of Object.entries(value)) row.set(`${name}.${usps}`, [streamText(stream)])
  else row.set(name, [streamText(value)])
}
