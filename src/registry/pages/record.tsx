import type { FC } from 'hono/jsx'
import { NATION } from '../../base/index.ts'
import { ConfidenceChip, formatDate, label, Note, PageHead, Section, TierChip } from '../../ui/index.ts'
import type { Rec } from '../schema.ts'
import { chainOf } from '../views/chain.ts'
import { typesOf } from '../views/state.ts'
import { AllianceSections } from './alliance.tsx'
import { ChainView } from './chain.tsx'
import { DoctrineSections } from './doctrine-map.tsx'
import { recordFile } from './files.ts'
import { Frame } from './frame.tsx'
import { listPath } from './links.ts'
import { Joined, Own, placesOf, Status, Where } from './parts.tsx'
import { PlaybookSections } from './playbook.tsx'
import { TheRecord } from './record-fields.tsx'
import { History, type RecordPageProps } from './record-history.tsx'
import { Others } from './record-others.tsx'
import { Readings } from './record-readings.tsx'
import { Sources } from './record-sources.tsx'
import type { View } from './view.ts'

export const RecordPage: FC<RecordPageProps> = (p) => {
  const { v, rec } = p
  const [first] = placesOf(v, rec)
  const kinds = label(v.lang, 'kinds', rec.kind)
  const isEverywhere = rec.jurisdictions.includes(NATION) && rec.jurisdictions.length === 1
  return (
    <Frame
      v={v}
      title={rec.title}
      current="registry"
      description={rec.summary}
      crumbs={[
        { label: v.t.list.crumb, path: '/registry' },
        { label: kinds, path: listPath(rec.kind) },
        ...(first === undefined || isEverywhere ? [] : [{ label: first.name, path: first.path }]),
      ]}
    >
      <PageHead
        eyebrow={
          <Joined
            items={[
              label(v.lang, 'kind', rec.kind),
              isEverywhere ? '' : <Where v={v} rec={rec} most={2} />,
              label(v.lang, 'area', rec.policy_area),
            ]}
          />
        }
        title={<Own v={v}>{rec.title}</Own>}
        lede={<Own v={v}>{rec.summary}</Own>}
        chips={<HeadChips v={v} rec={rec} />}
        meta={<Meta {...p} />}
      />
      <Banners {...p} />
      <ChainSection v={v} rec={rec} />
      {p.added}
      <TheRecord v={v} rec={rec} />
      {rec.kind === 'alliance' && <AllianceSections v={v} alliance={rec} />}
      {rec.kind === 'doctrine' && <DoctrineSections v={v} doctrine={rec} />}
      {rec.kind === 'playbook-type' && <PlaybookSections v={v} type={rec} />}
      <Readings v={v} rec={rec} />
      <Others v={v} rec={rec} />
      <Sources v={v} rec={rec} />
      <History {...p} />
    </Frame>
  )
}

const HeadChips: FC<{ v: View; rec: Rec }> = ({ v, rec }) => {
  const tier =
    rec.kind === 'playbook-type'
      ? rec.legal_tier
      : rec.kind === 'measure'
        ? typesOf(v.book, rec)[0]?.legal_tier
        : undefined
  return (
    <>
      {rec.kind !== 'playbook-type' && <Status v={v} rec={rec} />}
      {tier !== undefined && <TierChip lang={v.lang} tier={tier} />}
      <ConfidenceChip lang={v.lang} confidence={rec.confidence} />
    </>
  )
}

const Meta: FC<RecordPageProps> = ({ v, rec, version }) => (
  <Joined
    items={[
      v.t.record.version(version.version),
      <a href="#history">{v.t.record.history}</a>,
      <a href={v.plain(`/records/${rec.id}`)}>{v.t.record.permanent}</a>,
      <a href={recordFile(rec.id)}>{v.t.common.json}</a>,
      <a href={v.plain('/corrections#how')}>{v.t.record.report}</a>,
    ]}
  />
)

const Banners: FC<RecordPageProps> = ({ v, rec, version, history }) => {
  const newest = history.at(-1)?.version ?? version.version
  return (
    <>
      {version.version < newest && (
        <Note title={v.t.record.oldVersion(version.version, newest)}>
          <a href={v.plain(`/records/${rec.id}`)}>{v.t.record.newest}</a>
        </Note>
      )}
      {rec.withdrawn !== undefined && (
        <Note>{v.t.record.withdrawn(formatDate(rec.withdrawn.on, v.lang), rec.withdrawn.why)}</Note>
      )}
    </>
  )
}

const ChainSection: FC<{ v: View; rec: Rec }> = ({ v, rec }) => {
  const links = chainOf(v.book, rec)
  if (links.length < 2) return <></>
  return (
    <Section
      id="chain"
      title={v.t.record.chain}
      rail={
        <>
          <p>{v.t.record.chainRail}</p>
          <p>
            <a href={v.to(`/records/${rec.id}/chain`)}>{v.t.record.chainList}</a>
          </p>
        </>
      }
    >
      <ChainView v={v} rec={rec} links={links} />
    </Section>
  )
}
