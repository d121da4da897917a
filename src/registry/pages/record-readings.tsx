import type { FC } from 'hono/jsx'
import { BothSides, Section } from '../../ui/index.ts'
import type { Rec, RecOf } from '../schema.ts'
import { readingsOf } from '../views/readings.ts'
import { Joined, Own, RecordLink } from './parts.tsx'
import type { View } from './view.ts'

export const Readings: FC<{ v: View; rec: Rec }> = ({ v, rec }) => {
  const readings = readingsOf(v.book, rec)
  if (readings === undefined) return <></>
  const t = v.t.record
  const isOneSided = readings.for.length === 0 || readings.against.length === 0
  return (
    <Section id="readings" title={t.readings} rail={<p>{isOneSided ? t.readingsOneRail : t.readingsRail}</p>}>
      <BothSides
        first={{
          title: t.for,
          text: <Side v={v} docs={readings.for} also={readings.alsoFor} none={t.noneFor} />,
        }}
        second={{
          title: t.against,
          text: <Side v={v} docs={readings.against} also={readings.alsoAgainst} none={t.noneAgainst} />,
        }}
      />
    </Section>
  )
}

const Side: FC<{
  v: View
  docs: readonly RecOf<'doctrine'>[]
  also: readonly RecOf<'doctrine'>[]
  none: string
}> = (p) => {
  const { v, docs, also, none } = p
  if (docs.length === 0) return <span class="muted">{none}</span>
  return (
    <>
      {docs.map((doc) => (
        <span class="reading">
          <Own v={v}>{doc.summary}</Own> (<RecordLink v={v} rec={doc} />){' '}
        </span>
      ))}
      {also.length > 0 && (
        <span class="note-line">
          {v.t.record.also}: <Joined items={also.map((doc) => <RecordLink v={v} rec={doc} />)} />
        </span>
      )}
    </>
  )
}
