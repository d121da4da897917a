import { formatCount, formatPercent, type Lang, label } from '../../ui/index.ts'
import { usd } from '../results/format.ts'
import type { Authority, First } from './authority.ts'
import { type Brief, casesDiffer, MOST_CASES_DIFFER } from './brief.ts'
import {
  type Column,
  type CutList,
  type CutText,
  cutList,
  cutText,
  heightOf,
  listHeight,
  type Part,
  shareLines,
} from './room.ts'
import { inMillions } from './scale.ts'
import { sourcesOf } from './sources.ts'
import type { BriefWords } from './words.ts'

/*
 * Two pages, whatever the plan says. Sizes are those of look/brief.scss in rem, 11.7 pt on paper; the room is the smaller
 * of A4 and Letter each way, so that both papers show the same words. What is too long is cut, never made smaller.
 */
const REM_PT = 11.7
const MARGIN_PT = 0.6 * 72
const WIDTH = (595.28 - 2 * MARGIN_PT) / REM_PT
/** A little less than the paper, so that rounding never makes a page. */
const HEIGHT = 702 / REM_PT
/** Size and line of all running text: 9.5 pt, the least that is printed. */
const TEXT = 0.8125
export const LINE = 1.14
const GUTTER = 1.8
/** A browser may break a line a little earlier than the letters say. */
const SLACK = 0.965

const roomOf = (width: number, size = TEXT): number => (width / size) * SLACK
const FULL: Column = { room: roomOf(WIDTH) }
const HALF: Column = { room: roomOf((WIDTH - GUTTER) / 2) }
/** Items of a list stand a little in. */
const HALF_ITEM: Column = { room: roomOf((WIDTH - GUTTER) / 2 - 0.9) }
const ANSWER: Column = { room: roomOf(WIDTH, 1) }

const HEAD_AND_FOOT = 4.75
const SECTION = 2.31
/** What the first section of a page does not have: the rule and the room over it. */
const FIRST_SECTION = 0.3
const EYEBROW = 1.4
const ANSWER_LINE = 1.4
const TABLE = 9.8
/** Picture with its title, and what stands beside it. */
export const FAN = { tall: { height: 196 }, short: { height: 150 } }
const FAN_TITLE = 2
const PX = 15.6
const FAN_WIDTH = 27
const BESIDE: Column = { room: roomOf(WIDTH - FAN_WIDTH - 1.2) }
const PARAGRAPH = 0.35

/** A text with its language where it is not that of the page. */
export interface Piece {
  readonly text: string
  readonly isRecord?: boolean
  readonly isStrong?: boolean
}

export interface FanPlace {
  readonly size: keyof typeof FAN
  readonly notes: readonly { readonly label: string; readonly text: string }[]
  readonly doubt: string | undefined
}

export interface BriefPages {
  readonly question: { readonly text: string; readonly isLong: boolean }
  readonly answer: readonly Piece[]
  readonly meaning: string
  readonly summary: CutText
  readonly authorities: CutList<{ readonly authority: Authority; readonly pieces: readonly Piece[] }>
  readonly fan: FanPlace
  readonly case_for: CutText
  readonly case_against: CutText
  /** Where the cases are not alike in length, by how much. */
  readonly unlike: number | undefined
  readonly harm: CutList<string>
  readonly would_change: CutList<string>
  readonly firsts: CutList<First>
  /** `planFrom`: where the words of the plan begin. */
  readonly sources: CutText & { readonly planFrom: number }
  readonly not_known: CutList<string>
}

/** @param less lines that each page gives up besides, if a browser sets the text wider than expected */
export function pagesOf(brief: Brief, lang: Lang, w: BriefWords, less = 0): BriefPages {
  return { ...firstPage(brief, lang, w, less), ...secondPage(brief, w, less) }
}

type FirstPage = Pick<BriefPages, 'question' | 'answer' | 'meaning' | 'summary' | 'authorities' | 'fan'>

function firstPage(brief: Brief, lang: Lang, w: BriefWords, less: number): FirstPage {
  const { plan } = brief
  const question = questionOf(plan.question)
  const answer = answerPieces(brief, lang, w)
  const meaning = w.answer.meaning(formatCount(Math.max(1, Math.round(brief.futures.error))))
  const fixed =
    HEAD_AND_FOOT +
    EYEBROW +
    question.height +
    ANSWER_LINE * heightOf(textOf(answer), ANSWER) +
    LINE * heightOf(meaning, FULL) +
    0.5 +
    3 * SECTION +
    TABLE +
    LINE * heightOf(`${w.gains.key} ${Object.values(w.gains.verdict).slice(0, 3).join(' XX ')}`, FULL)
  const notes = fanNotes(brief, lang, w)
  const linesWith = (size: FanPlace['size']) =>
    Math.floor((HEIGHT - fixed - Math.max(FAN_TITLE + FAN[size].height / PX, notes.height)) / LINE) - less
  const summary = heightOf(plan.summary, FULL)
  const itemsWith = (detail: Detail) =>
    brief.authorities.map((authority) => ({ authority, pieces: authorityPieces(authority, detail, w) }))
  const heightOfAll = (items: ReturnType<typeof itemsWith>) =>
    listHeight(items, FULL, ({ authority, pieces }) => chipped(authority, lang, pieces))
  // The picture gives way before what is known of the law does.
  const choices = DETAILS.flatMap((detail) => (['tall', 'short'] as const).map((size) => ({ detail, size })))
  const choice = choices.find(
    ({ detail, size }) => summary + heightOfAll(itemsWith(detail)) <= linesWith(size),
  ) ?? { detail: DETAILS[3], size: 'short' as const }
  const items = itemsWith(choice.detail)
  const lines = shareLines(
    { summary: { wants: summary, least: 4 }, authorities: { wants: heightOfAll(items), least: 3 } },
    ['authorities', 'summary'],
    linesWith(choice.size),
  )
  return {
    question,
    answer,
    meaning,
    summary: cutText(plan.summary, lines.summary, FULL, w.goesOn),
    authorities: cutList(items, lines.authorities, FULL, ({ authority, pieces }) =>
      chipped(authority, lang, pieces),
    ),
    fan: { size: choice.size, notes: notes.notes, doubt: notes.doubt },
  }
}

export const membersName = ({ members }: Brief, w: BriefWords): string =>
  members.length === 1 ? (members[0] ?? '') : w.gains.members

function fanNotes({ fan, emptied, mutual_aid }: Brief, lang: Lang, w: BriefWords) {
  const end = (values: readonly number[]) => usd(values.at(-1) ?? fan.start, lang)
  const share = ({ probability }: { readonly probability: number }) => formatPercent(probability, 1)
  const shows = [
    w.fan.ends(end(fan.with.q50), end(fan.without.q50)),
    w.fan.emptied(share(emptied.with), share(emptied.without)),
    ...(mutual_aid ? [w.fan.pooled(usd(mutual_aid.pooled, lang), usd(mutual_aid.left.mean, lang))] : []),
  ]
  const notes = [
    { label: w.fan.read, text: w.fan.how },
    { label: w.fan.shows, text: shows.join(' ') },
  ]
  const doubt = fan.start_basis === 'assumption' ? w.fan.assumed(usd(fan.start, lang)) : undefined
  const texts = [
    ...notes.map(({ label, text }) => `${label} ${text}`),
    ...(doubt === undefined ? [] : [`? ${doubt}`]),
  ]
  const height = texts.reduce((sum, text) => sum + LINE * heightOf(text, BESIDE) + PARAGRAPH, 0.35)
  return { notes, doubt, height }
}

export const textOf = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join('')

/** The sign and the bold word of the tier stand before the text, and the title is bold too. */
const chipped = ({ tier, title }: Authority, lang: Lang, pieces: readonly Piece[]): string => {
  const word = label(lang, 'tier', tier)
  const bolder = 'n'.repeat(Math.ceil(0.1 * (word.length + title.length)))
  return `OOO ${word} ${textOf(pieces)} ${bolder}`
}

/** Long questions are set smaller, far above the least size. */
function questionOf(question: string) {
  const large = heightOf(question, { room: roomOf(WIDTH, 1.6), face: 'heading' })
  if (large <= 2) return { text: question, isLong: false, height: 1.92 * large }
  const small = heightOf(question, { room: roomOf(WIDTH, 1.25), face: 'heading' })
  return { text: question, isLong: true, height: 1.5 * small }
}

function answerPieces({ members, futures, net }: Brief, lang: Lang, w: BriefWords): readonly Piece[] {
  const [only] = members
  const who = w.answer.who(members.length === 1 ? only : undefined)
  // One draw says nothing of others.
  const error = Number.isFinite(net.mean_error) ? usd(net.mean_error, lang) : undefined
  const worse = members.length === 1 ? w.answer.worse : w.answer.worseMany
  return [
    { text: w.answer.before },
    { text: w.answer.of100(futures.worse), isStrong: true },
    { text: worse(who) },
    { text: formatCount(futures.better), isStrong: true },
    { text: w.answer.better },
    { text: formatCount(futures.same), isStrong: true },
    { text: w.answer.same },
    { text: w.answer.mean(usd(net.mean, lang), error) },
  ]
}

/** How much of what is recorded of a type goes on the page: as much as all types of the plan have room for. */
const DETAILS = [
  { examples: 1, names: 2 },
  { examples: 0, names: 2 },
  { examples: 0, names: 1 },
  { examples: 0, names: 0 },
] as const
type Detail = (typeof DETAILS)[number]

/** Title, what is recorded of the type, and the doctrine on both sides. */
function authorityPieces(authority: Authority, { examples, names }: Detail, w: BriefWords): readonly Piece[] {
  const { title, in_force, proposed, failed, rests_on, limited_by } = authority
  const example = (titles: readonly string[]) => (examples > 0 ? titles[0] : undefined)
  const recorded = [
    in_force.length === 0 ? w.record.noForce : w.record.force(in_force.length, example(in_force)),
    ...(proposed.length === 0 ? [] : [w.record.proposed(proposed.length, example(proposed))]),
    ...(failed.length === 0 ? [] : [w.record.failed(failed.length)]),
  ]
  return [
    { text: `${title}.`, isRecord: true, isStrong: true },
    { text: ` ${recorded.join('; ')}.` },
    ...(names === 0
      ? []
      : [
          { text: ` ${w.record.rests}: ` },
          ...namesOf(rests_on, names, w),
          { text: `. ${w.record.against}: ` },
          ...namesOf(limited_by, names, w),
          { text: '.' },
        ]),
  ]
}

function namesOf(titles: readonly string[], most: number, w: BriefWords): readonly Piece[] {
  if (titles.length === 0) return [{ text: w.record.none }]
  const shown = titles.slice(0, most).join('; ')
  const left = titles.length - most
  return [{ text: shown, isRecord: true }, ...(left > 0 ? [{ text: ` ${w.record.more(left)}` }] : [])]
}

type SecondPage = Omit<BriefPages, keyof FirstPage>
type SecondParts = 'cases' | 'columns' | 'sources'

/** A row of what decides, and the words over them. */
const DECIDER = 1.4
const DECIDERS_HEAD = 2.6

function secondPage(brief: Brief, w: BriefWords, less: number): SecondPage {
  const { plan, firsts } = brief
  const sources = sourcesOf(brief, w)
  const left = {
    harm: { wants: listHeight(plan.harm, HALF_ITEM, same), least: 5 },
    not_known: { wants: listHeight(plan.not_known, HALF_ITEM, same), least: 3 },
  }
  const right = {
    would_change: { wants: listHeight(plan.would_change, HALF_ITEM, same), least: 3 },
    firsts: { wants: firstLines(firsts, w), least: 5 },
  }
  const parts: Record<SecondParts, Part> = {
    cases: {
      wants: Math.max(
        heightOf(`${w.caseFor} ${plan.case_for}`, HALF),
        heightOf(`${w.caseAgainst} ${plan.case_against}`, HALF),
      ),
      least: 8,
    },
    columns: { wants: Math.max(sumOfWants(left), sumOfWants(right)), least: 12 },
    sources: { wants: heightOf(sources.text, FULL), least: 5 },
  }
  const unlike = casesDiffer(plan)
  const room =
    HEIGHT -
    HEAD_AND_FOOT -
    5 * SECTION +
    FIRST_SECTION -
    decidersHeight(brief, w) -
    (unlike > MOST_CASES_DIFFER ? LINE : 0)
  const lines = shareLines(parts, ['sources', 'columns', 'cases'], Math.floor(room / LINE) - less)
  const ofLeft = shareLines(left, ['not_known', 'harm'], lines.columns)
  const ofRight = shareLines(right, ['firsts', 'would_change'], lines.columns)
  return {
    case_for: labelled(w.caseFor, plan.case_for, lines.cases, HALF, w),
    case_against: labelled(w.caseAgainst, plan.case_against, lines.cases, HALF, w),
    unlike: unlike > MOST_CASES_DIFFER ? unlike : undefined,
    harm: cutList(plan.harm, ofLeft.harm, HALF_ITEM, same),
    would_change: cutList(plan.would_change, ofRight.would_change, HALF_ITEM, same),
    firsts: cutList(firsts, ofRight.firsts - heightOf(w.notRecorded, HALF), HALF_ITEM, (first) =>
      firstText(first, w),
    ),
    sources: { ...cutText(sources.text, lines.sources, FULL, w.goesOn), planFrom: sources.planFrom },
    not_known: cutList(plan.not_known, ofLeft.not_known, HALF_ITEM, same),
  }
}

const sumOfWants = (parts: Readonly<Record<string, Part>>): number =>
  Object.values(parts).reduce((sum, { wants }) => sum + wants, 0)

/** A text after a bold label; only the text is cut. */
function labelled(label: string, text: string, lines: number, column: Column, w: BriefWords): CutText {
  const { text: cut, isCut } = cutText(`${label} ${text}`, lines, column, w.goesOn)
  return { text: cut.slice(label.length + 1), isCut }
}

const same = (text: string): string => text

const decidersHeight = ({ deciders }: Brief, w: BriefWords): number =>
  deciders.swings.length === 0
    ? LINE
    : DECIDERS_HEAD +
      LINE * heightOf(w.decidesHow(inMillions(deciders.mean)), FULL) +
      DECIDER * deciders.swings.length

/** How a prerequisite stands, in words; nothing where no record shows it met. */
export const standsText = ({ met, of }: First, w: BriefWords): string =>
  met.length === 0 ? '' : met.length === of.length ? w.met : w.metIn(met.length, of.length)

const firstText = (first: First, w: BriefWords): string => `${first.line}. ${standsText(first, w)}`.trim()

const firstLines = (firsts: readonly First[], w: BriefWords): number =>
  firsts.length === 0
    ? 1
    : heightOf(w.notRecorded, HALF) + listHeight(firsts, HALF_ITEM, (first) => firstText(first, w))
