import type { FC, PropsWithChildren } from 'hono/jsx'
import { type Crumb, formatDate, type NavKey, Page } from '../../ui/index.ts'
import type { View } from './view.ts'

export interface FrameProps {
  readonly v: View
  readonly title: string
  readonly current?: NavKey
  readonly crumbs?: readonly Crumb[]
  readonly description?: string
  readonly feeds?: readonly { readonly title: string; readonly href: string }[]
  readonly searched?: string
  readonly noindex?: boolean
  readonly hashes?: boolean
}

/** A page of the registry: when it stands on a day, the first thing it says is which. */
export const Frame: FC<PropsWithChildren<FrameProps>> = ({ v, children, ...page }) => (
  <Page
    {...page}
    lang={v.lang}
    path={v.path}
    feeds={[{ title: v.t.home.feed, href: '/feeds/changes.atom' }, ...(page.feeds ?? [])]}
  >
    {v.asOf !== undefined && (
      <div class="notice as-of-banner">
        <b>{v.t.asOf.banner(formatDate(v.asOf, v.lang))}</b> {v.t.asOf.note}{' '}
        <a href={v.here({ 'as-of': undefined })}>{v.t.asOf.now}</a>
      </div>
    )}
    {children}
  </Page>
)

/** Asks for the page on another day; keeps what else the address says. */
export const AsOfForm: FC<{ v: View; action: string }> = ({ v, action }) => (
  <form class="inline-form" method="get" action={action}>
    {[...v.query]
      .filter(([name]) => name !== 'as-of')
      .map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    <label for="as-of">{v.t.asOf.label}</label>
    <input
      id="as-of"
      type="text"
      inputmode="numeric"
      name="as-of"
      value={v.asOf ?? ''}
      placeholder={v.t.asOf.hint}
      pattern="\d{4}-\d{2}-\d{2}"
      autocomplete="off"
    />
    <button type="submit" class="button outline">
      {v.t.asOf.go}
    </button>
  </form>
)

/** A paragraph of links under a table or a list. */
export const Under: FC<PropsWithChildren> = ({ children }) => <p class="under">{children}</p>
