import type { FC, PropsWithChildren } from 'hono/jsx'
import { href, type Lang, Page, type PageProps } from '../../ui/index.ts'
import { type PlanWords, planWords } from '../words.ts'

export interface Asked {
  readonly lang: Lang
  readonly t: PlanWords
}
export const askedIn = (lang: Lang): Asked => ({ lang, t: planWords(lang) })

type Props = { readonly a: Asked; readonly simulation?: boolean } & Omit<
  PageProps,
  'lang' | 'current' | 'simulation'
>

/**
 * A page of the room: the simulation bar stands on every one.
 * @param simulation true where no law like what is shown was found in force
 */
export const PlanPage: FC<PropsWithChildren<Props>> = ({ a, simulation, children, ...props }) => (
  <Page lang={a.lang} current="plans" simulation={simulation === true ? true : a.t.simulation} {...props}>
    {children}
  </Page>
)

/** Words of a plan or a record, which stay in English. */
export const English: FC<PropsWithChildren<{ a: Asked }>> = ({ a, children }) => (
  <span lang={a.lang === 'en' ? undefined : 'en'}>{children}</span>
)

export const Link: FC<PropsWithChildren<{ a: Asked; to: string; english?: boolean }>> = ({
  a,
  to,
  english,
  children,
}) => (
  <a href={href(a.lang, to)} lang={english && a.lang !== 'en' ? 'en' : undefined}>
    {children}
  </a>
)

/** Records as links by their ids. */
export const Records: FC<{
  a: Asked
  records: readonly { readonly id: string; readonly title: string }[]
}> = ({ a, records }) => (
  <>
    {records.map(({ id, title }) => (
      <span class="note-line">
        <Link a={a} to={`/records/${id}`} english>
          {title}
        </Link>
      </span>
    ))}
  </>
)
