import { Hono } from 'hono'
import type { FC, PropsWithChildren } from 'hono/jsx'
import type { Usps } from '../base/index.ts'
import { STATES } from '../base/index.ts'
import { Chips, ConditionChip, ConfidenceChip, Doubt, StatusChip, TierChip } from './chips.tsx'
import { href, type Lang, type PageEnv } from './lang.ts'
import {
  Button,
  Buttons,
  DidYouMean,
  ErrorSummary,
  Failure,
  Field,
  LeftOut,
  NothingFound,
  Refusal,
} from './notices.tsx'
import { Page, PageHead } from './page.tsx'
import { PartsCharts } from './parts.charts.tsx'
import { PartsFutures } from './parts.futures.tsx'
import { PartsTables } from './parts.tables.tsx'
import { PARTS_WORDS } from './parts.words.ts'
import { type RecordKind, STATUSES } from './status.ts'
import { SourcePopover, StatTile } from './tiles.tsx'
import { stateName, words } from './words.ts'

/** The gallery at /method/parts: every part in each of its states, to be looked at and tested. */
export const uiPages = (): Hono<PageEnv> =>
  new Hono<PageEnv>().get('/method/parts', (c) => c.html(<PartsPage lang={c.var.lang ?? 'en'} />))

export const PartsPage: FC<{ lang: Lang }> = ({ lang }) => {
  const w = PARTS_WORDS[lang]
  return (
    <Page
      lang={lang}
      title={w.title}
      path="/method/parts"
      current="method"
      crumbs={[{ label: w.method, path: '/method' }, { label: w.title }]}
      noindex
    >
      <PageHead title={w.title} lede={w.lede} />
      <div class="gallery">
        <Signs lang={lang} />
        <Figures lang={lang} />
        <Messages lang={lang} />
      </div>
      <PartsCharts lang={lang} />
      <PartsFutures lang={lang} />
      <PartsTables lang={lang} />
    </Page>
  )
}

const Part: FC<PropsWithChildren<{ title: string }>> = ({ title, children }) => (
  <section>
    <h2 class="eyebrow">{title}</h2>
    {children}
  </section>
)

const AllStatuses: FC<{ lang: Lang; kinds: readonly RecordKind[] }> = ({ lang, kinds }) => (
  <Chips>
    {kinds.flatMap((kind) =>
      Object.keys(STATUSES[kind]).map((status) => <StatusChip lang={lang} kind={kind} status={status} />),
    )}
  </Chips>
)

const Signs: FC<{ lang: Lang }> = ({ lang }) => {
  const w = PARTS_WORDS[lang]
  return (
    <>
      <Part title={w.tier}>
        <Chips>
          <TierChip lang={lang} tier="settled" />
          <TierChip lang={lang} tier="contested" />
          <TierChip lang={lang} tier="likely-preempted" />
        </Chips>
      </Part>
      <Part title={w.status}>
        <AllStatuses lang={lang} kinds={['measure']} />
      </Part>
      <Part title={w.federal}>
        <AllStatuses lang={lang} kinds={['federal-action']} />
      </Part>
      <Part title={w.lawsuit}>
        <AllStatuses lang={lang} kinds={['lawsuit']} />
      </Part>
      <Part title={w.others}>
        <AllStatuses lang={lang} kinds={['alliance', 'doctrine', 'playbook-type']} />
      </Part>
      <Part title={w.confidence}>
        <Chips>
          <ConfidenceChip lang={lang} confidence="high" />
          <ConfidenceChip lang={lang} confidence="medium" />
          <ConfidenceChip lang={lang} confidence="low" />
          <Doubt id="doubt-amount" note={w.unverifiedNote}>
            {w.unverified}
          </Doubt>
          <Doubt id="doubt-years">{w.years}</Doubt>
        </Chips>
      </Part>
      <Part title={w.conditions}>
        <Chips>
          <ConditionChip lang={lang} condition={{ stands: 'met' }} />
          <ConditionChip lang={lang} condition={{ stands: 'missing' }} />
          <ConditionChip lang={lang} condition={{ stands: 'part', have: 2, want: 3 }} />
        </Chips>
      </Part>
    </>
  )
}

const Figures: FC<{ lang: Lang }> = ({ lang }) => {
  const w = PARTS_WORDS[lang]
  return (
    <>
      <Part title={w.openSource}>
        <div class="tiles alone">
          <StatTile
            lang={lang}
            level={3}
            fill="plan"
            name={words(lang).figure.leverage}
            figure="$1.7–2.9"
            unit={lang === 'en' ? 'bn' : 'mil millones'}
            basis={w.basis}
            source={
              <SourcePopover
                lang={lang}
                id="source-leverage"
                title={w.leverageTitle}
                rows={[
                  { key: w.value, value: '$1.74–2.91' },
                  { key: w.range, value: w.rangeText },
                  { key: w.rule, value: 'IRS Publication 15-T, 2023' },
                  { key: w.confidenceWord, value: <ConfidenceChip lang={lang} confidence="low" /> },
                ]}
                links={[{ label: words(lang).nav.method, href: href(lang, '/method') }]}
              />
            }
          />
        </div>
      </Part>
      <Part title={w.buttons}>
        <Buttons>
          <Button type="button">{w.run}</Button>
          <Button kind="outline" type="button">
            {w.add}
          </Button>
          <Button kind="waiting" type="button">
            {w.waits}
          </Button>
        </Buttons>
      </Part>
      <Part title={w.leftOut}>
        <LeftOut
          lang={lang}
          name={w.runway}
          reason={w.noReserve}
          add={<a href={href(lang, '/method')}>{w.addIt}</a>}
        />
      </Part>
    </>
  )
}

const Messages: FC<{ lang: Lang }> = ({ lang }) => {
  const w = PARTS_WORDS[lang]
  const method = href(lang, '/method')
  return (
    <>
      <Part title={w.formError}>
        <ErrorSummary lang={lang} level={3} still errors={[{ field: 'start', message: w.monthSummary }]} />
        <Field
          id="place"
          label={w.choose}
          value="CO"
          options={STATES.map((state) => ({ value: state.usps, label: stateName(state.usps as Usps, lang) }))}
        />
        <Field
          id="start"
          label={w.monthLabel}
          value="0"
          hint={w.monthHint}
          error={w.monthError}
          inputmode="numeric"
        />
        <Field id="note" label={w.missingLabel} lines={3} />
      </Part>
      <Part title={w.refusal}>
        <Refusal title={w.refused} level={3}>
          <p>{w.asked}</p>
          <p>
            <b>{w.missing}</b> {w.missingText} <b>{w.next}</b> <a href={method}>{w.nextText}</a>
          </p>
        </Refusal>
      </Part>
      <Part title={w.nothing}>
        <NothingFound lang={lang} title={w.noMatch} more={<a href={method}>{w.tell}</a>}>
          {w.filtersSet} <a href={method}>{w.drop}</a> · <a href={method}>{w.clear}</a>
        </NothingFound>
      </Part>
      <Part title={w.failure}>
        <Failure lang={lang} title={w.noState} level={3} nothingLost>
          <DidYouMean
            lang={lang}
            near={[{ label: 'Colorado', href: href(lang, '/states/co') }]}
            all={{ label: w.allStates, href: href(lang, '/states') }}
          />
        </Failure>
      </Part>
      <Part title={w.bars}>
        <p class="bar simulation inset">{words(lang).site.simulation}</p>
        <p class="bar operating inset">{w.operating}</p>
      </Part>
    </>
  )
}
