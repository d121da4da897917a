import type { Child, FC, PropsWithChildren } from 'hono/jsx'
import {
  DataTable,
  Doubt,
  formatCount,
  formatDate,
  formatPercent,
  type Lang,
  TierChip,
} from '../../ui/index.ts'
import type { Brief, Stamp } from '../brief/brief.ts'
import type { Change, GainRow } from '../brief/gains.ts'
import { type BriefPages, FAN, membersName, type Piece, standsText } from '../brief/layout.ts'
import type { CutText } from '../brief/room.ts'
import { axisOf, inMillions, inThree } from '../brief/scale.ts'
import type { BriefWords } from '../brief/words.ts'
import { BriefFan, SwingBar, VerdictSign } from './brief-pictures.tsx'

export interface SheetProps {
  readonly brief: Brief
  readonly pages: BriefPages
  readonly lang: Lang
  readonly w: BriefWords
}

/** The two pages. Sizes and room are those of brief-layout.ts. */
export const Sheets: FC<SheetProps> = (props) => (
  <div class="brief">
    <Sheet {...props} page={1}>
      <FirstPage {...props} />
    </Sheet>
    <Sheet {...props} page={2}>
      <SecondPage {...props} />
    </Sheet>
  </div>
)

const Sheet: FC<PropsWithChildren<SheetProps & { page: 1 | 2 }>> = ({ brief, lang, w, page, children }) => (
  <section class="brief-sheet" aria-label={w.page(page)}>
    <p class="brief-head">
      <svg class="mark" width="26" height="26" viewBox="0 0 32 32" aria-hidden="true">
        <path d="M1 7h13v7H1z" fill="#c2850c" />
        <path d="M16 18h15v7H16z" fill="#0f6460" />
        <path d="M14 2h3v28h-3z" fill="currentColor" />
      </svg>
      <b>Tenth</b>
      <span>{w.notice}</span>
    </p>
    <div class="brief-body">{children}</div>
    <p class="brief-foot">
      <span>{stampText(brief.stamp, lang, w)}</span>
      <span>{w.page(page)}</span>
    </p>
  </section>
)

/** What makes the same figures again, on every page. */
function stampText(
  { document, facts, engine, seed, draws, made_at }: Stamp,
  lang: Lang,
  w: BriefWords,
): string {
  const { origin, version, sha256 } = document
  const name = origin === 'saved' ? w.version(version) : origin === 'shipped' ? w.shipped : w.file
  return [
    `${name}, ${sha256.slice(0, 8)}`,
    facts,
    `${w.engine} ${engine}`,
    `${w.seed} ${seed}`,
    `${formatCount(draws)} ${w.draws}`,
    formatDate(made_at, lang),
  ].join(' · ')
}

const FirstPage: FC<SheetProps> = ({ brief, pages, lang, w }) => {
  const { plan, members } = brief
  const who = members.length === 1 ? (members[0] ?? '') : w.membersOf(members.length, plan.members.join(', '))
  return (
    <>
      <p class="brief-eyebrow">{w.eyebrow(who, plan.months, formatDate(plan.firstMonth, lang))}</p>
      <h1 class={pages.question.isLong ? 'long' : undefined} lang="en">
        {pages.question.text}
      </h1>
      <p class="brief-answer">
        <Pieces pieces={pages.answer} />
      </p>
      <p class="brief-note">{pages.meaning}</p>
      <Block title={w.proposed}>
        <p>
          <Cut cut={pages.summary} w={w} />
        </p>
      </Block>
      <Block title={w.authority}>
        <ul>
          {pages.authorities.shown.map(({ authority, pieces }) => (
            <li>
              <TierChip lang={lang} tier={authority.tier} /> <Pieces pieces={pieces} />
            </li>
          ))}
          <More left={pages.authorities.left} w={w} />
        </ul>
      </Block>
      <Block title={w.gains.title(plan.months)}>
        <GainsTable brief={brief} lang={lang} w={w} />
      </Block>
      <FanBlock brief={brief} pages={pages} lang={lang} w={w} />
    </>
  )
}

const Block: FC<PropsWithChildren<{ title: string }>> = ({ title, children }) => (
  <section class="brief-block">
    <h2>{title}</h2>
    {children}
  </section>
)

const Pieces: FC<{ pieces: readonly Piece[] }> = ({ pieces }) => (
  <>
    {pieces.map(({ text, isRecord, isStrong }) => {
      const words = isStrong ? <b>{text}</b> : text
      return isRecord ? <span lang="en">{words}</span> : words
    })}
  </>
)

/** Words of the plan; where they are cut, so it says. */
const Cut: FC<{ cut: CutText; w: BriefWords }> = ({ cut: { text, isCut }, w }) => (
  <>
    <span lang="en">{text}</span>
    {isCut && <> {w.goesOn}</>}
  </>
)

const More: FC<{ left: number; w: BriefWords }> = ({ left, w }) =>
  left > 0 ? <li class="more">{w.more(left)}</li> : null

const GainsTable: FC<{ brief: Brief; lang: Lang; w: BriefWords }> = ({ brief, lang, w }) => {
  const t = w.gains
  const who = membersName(brief, w)
  return (
    <div class="brief-gains">
      <DataTable
        lang={lang}
        caption={t.title(brief.plan.months)}
        rows={brief.gains}
        columns={[
          { key: 'what', head: t.what, rowHead: true, cell: ({ gain }) => t.rows[gain] },
          {
            key: 'without',
            head: t.without,
            align: 'right',
            cell: ({ without, unit }) => (without === undefined ? '–' : amount(without, unit)),
          },
          { key: 'members', head: who, align: 'right', cell: (row) => changed(row, row.members, w) },
          {
            key: 'others',
            head: t.others,
            align: 'right',
            cell: (row) => changed(row, row.others, w),
          },
          {
            key: 'nation',
            head: t.nation,
            align: 'right',
            cell: (row) => changed(row, row.nation, w),
          },
        ]}
      />
      <p class="brief-note brief-key">
        {t.key}{' '}
        {(['worse', 'better', 'unclear'] as const).map((verdict) => (
          <span class="brief-sign">
            <VerdictSign verdict={verdict} w={w} /> {t.verdict[verdict]}{' '}
          </span>
        ))}
      </p>
    </div>
  )
}

const amount = (value: number, unit: GainRow['unit']): string =>
  unit === 'USD' ? inMillions(value) : inThree(value)

const changed = ({ unit }: GainRow, { mean, q05, q95, verdict }: Change, w: BriefWords): Child => (
  <span class="brief-change">
    <VerdictSign verdict={verdict} w={w} />
    <b>{amount(mean, unit)}</b>
    <span class="range">{q05 === q95 ? '' : `${amount(q05, unit)} … ${amount(q95, unit)}`}</span>
  </span>
)

const FanBlock: FC<SheetProps> = ({ brief, pages, lang, w }) => {
  const { fan } = brief
  const { unit } = axisOf([...fan.with.q95, ...fan.without.q95, ...fan.with.q05, fan.start])
  const { size, notes, doubt } = pages.fan
  return (
    <div class="brief-fan-block">
      <figure>
        <figcaption>{w.fan.title(w.fan.units[unit])}</figcaption>
        <BriefFan brief={brief} lang={lang} w={w} height={FAN[size].height} />
      </figure>
      <div>
        {notes.map(({ label, text }) => (
          <p>
            <b>{label}</b> {text}
          </p>
        ))}
        {doubt !== undefined && (
          <p>
            <Doubt id="start">{doubt}</Doubt>
          </p>
        )}
      </div>
    </div>
  )
}

const SecondPage: FC<SheetProps> = ({ brief, pages, lang, w }) => (
  <>
    <Block title={w.cases}>
      <div class="brief-two">
        <p>
          <b>{w.caseFor}</b> <Cut cut={pages.case_for} w={w} />
        </p>
        <p>
          <b>{w.caseAgainst}</b> <Cut cut={pages.case_against} w={w} />
        </p>
      </div>
      {pages.unlike !== undefined && <p class="brief-note">{w.unlike(formatPercent(pages.unlike, 0))}</p>}
    </Block>
    <div class="brief-two">
      <div>
        <Block title={w.harm}>
          <Lines list={pages.harm} w={w} />
        </Block>
        <Block title={w.unknown}>
          <Lines list={pages.not_known} w={w} />
        </Block>
      </div>
      <div>
        <Block title={w.change}>
          <Lines list={pages.would_change} w={w} />
        </Block>
        <Block title={w.first}>
          <Firsts brief={brief} pages={pages} w={w} />
        </Block>
      </div>
    </div>
    <Block title={w.decides}>
      <DecidersTable brief={brief} lang={lang} w={w} />
    </Block>
    <Block title={w.sources}>
      <p>
        {pages.sources.text.slice(0, pages.sources.planFrom)}
        <span lang="en">{pages.sources.text.slice(pages.sources.planFrom)}</span>
        {pages.sources.isCut && <> {w.goesOn}</>}
      </p>
    </Block>
  </>
)

const Firsts: FC<Omit<SheetProps, 'lang'>> = ({ brief, pages, w }) =>
  brief.firsts.length === 0 ? (
    <p>{w.firstNone}</p>
  ) : (
    <>
      <p class="brief-note">{w.notRecorded}</p>
      <ul class="dots">
        {pages.firsts.shown.map((first) => (
          <li>
            <span lang="en">{first.line}.</span> <b>{standsText(first, w)}</b>
          </li>
        ))}
        <More left={pages.firsts.left} w={w} />
      </ul>
    </>
  )

const Lines: FC<{ list: BriefPages['harm']; w: BriefWords }> = ({ list: { shown, left }, w }) => (
  <ul class="dots">
    {shown.map((line) => (
      <li lang="en">{line}</li>
    ))}
    <More left={left} w={w} />
  </ul>
)

const End: FC<{ end: 'low' | 'high'; text: string }> = ({ end, text }) => (
  <>
    <svg class="swing-key" width="9" height="9" aria-hidden="true">
      <circle cx="4.5" cy="4.5" r="3.5" class={`swing-${end}`} />
    </svg>{' '}
    {text}
  </>
)

const DecidersTable: FC<{ brief: Brief; lang: Lang; w: BriefWords }> = ({ brief: { deciders }, lang, w }) => {
  if (deciders.swings.length === 0) return <p>{w.decidesNothing}</p>
  const isStudied = deciders.swings.some(({ sobol }) => sobol !== undefined)
  return (
    <>
      <p class="brief-note">{w.decidesHow(inMillions(deciders.mean))}</p>
      <div class="brief-deciders">
        <DataTable
          lang={lang}
          caption={w.decides}
          rows={deciders.swings.map((swing, row) => ({ swing, row }))}
          columns={[
            { key: 'what', head: w.decider, rowHead: true, cell: ({ swing }) => w.factor[swing.parameter] },
            {
              key: 'low',
              head: <End end="low" text={w.lowest} />,
              label: w.lowest,
              align: 'right',
              cell: ({ swing }) => inMillions(swing.low.mean),
            },
            { key: 'bar', head: w.from, cell: ({ row }) => <SwingBar deciders={deciders} row={row} /> },
            {
              key: 'high',
              head: <End end="high" text={w.highest} />,
              label: w.highest,
              align: 'right',
              cell: ({ swing }) => inMillions(swing.high.mean),
            },
            ...(isStudied
              ? [
                  {
                    key: 'part',
                    head: w.part,
                    align: 'right' as const,
                    cell: ({ swing: { sobol } }: { swing: (typeof deciders.swings)[number] }) =>
                      sobol === undefined
                        ? '–'
                        : `${formatPercent(sobol.total, 0)} ± ${formatPercent(sobol.error, 0)}`,
                  },
                ]
              : []),
          ]}
        />
      </div>
    </>
  )
}
