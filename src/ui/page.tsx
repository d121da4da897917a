import { raw } from 'hono/html'
import { type Child, createContext, type FC, type PropsWithChildren, useContext } from 'hono/jsx'
import { asset } from './assets.ts'
import { href, LANGS, type Lang } from './lang.ts'
import { FOOTER_NAV, type FooterKey, NAV, type NavKey, SEARCH_PATH } from './nav.ts'
import { Patterns } from './signs.tsx'
import { words } from './words.ts'

export interface Crumb {
  readonly label: string
  /** English path, `/registry`; the page's language is added. Without it the crumb is text. */
  readonly path?: string
}

export interface PageProps {
  readonly lang: Lang
  readonly title: string
  /** English path of this page with its query, `/registry?q=id`; language links and the canonical link use it. */
  readonly path: string
  readonly current?: NavKey
  readonly crumbs?: readonly Crumb[]
  readonly description?: string
  readonly feeds?: readonly { readonly title: string; readonly href: string }[]
  /** Shown under the header on plan and trust pages: `true` for the usual words. Never beside `operating`. */
  readonly simulation?: boolean | string
  /** An operating book: since when and under what citation. */
  readonly operating?: string
  /** Nav items to show besides those marked present. */
  readonly alsoPresent?: readonly (NavKey | FooterKey)[]
  /** What stands in the header's search box. */
  readonly searched?: string
  /** Loads the font for hashes. */
  readonly hashes?: boolean
  readonly noindex?: boolean
  /** Where scripts are off, the page renews itself after so many seconds. */
  readonly renewSeconds?: number
  /** `https://tenth.example`, if the server knows it; links in `head` are relative without it. */
  readonly origin?: string
}

/** Who asks, where somebody is signed in; the server gives it to every page at once. */
export const AskerContext = createContext<{ readonly name: string } | undefined>(undefined)

/** The document around every page. The simulation bar stands inside `main`. */
export const Page: FC<PropsWithChildren<PageProps>> = (props) => {
  const w = words(props.lang)
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={props.lang}>
        <Head {...props} />
        <body>
          <a class="skip" href="#main">
            {w.site.skip}
          </a>
          <Patterns />
          <Header {...props} />
          <main id="main" tabindex={-1}>
            {props.simulation && (
              <p class="bar simulation">
                <span class="wrap">
                  <Warning />
                  {props.simulation === true ? w.site.simulation : props.simulation}
                </span>
              </p>
            )}
            {props.operating !== undefined && (
              <p class="bar operating">
                <span class="wrap">{props.operating}</span>
              </p>
            )}
            <div class="wrap">
              {props.crumbs && <Breadcrumbs lang={props.lang} crumbs={props.crumbs} />}
              {props.children}
            </div>
          </main>
          <Footer {...props} />
        </body>
      </html>
    </>
  )
}

const Head: FC<PageProps> = (props) => (
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>{`${props.title} · Tenth`}</title>
    {props.description && <meta name="description" content={props.description} />}
    {props.noindex && <meta name="robots" content="noindex" />}
    {props.renewSeconds !== undefined && (
      <noscript>{raw(`<meta http-equiv="refresh" content="${props.renewSeconds}">`)}</noscript>
    )}
    <meta name="color-scheme" content="light" />
    <link
      rel="preload"
      href={asset('fonts/public-sans-400.woff2')}
      as="font"
      type="font/woff2"
      crossorigin=""
    />
    <link
      rel="preload"
      href={asset('fonts/merriweather-900.woff2')}
      as="font"
      type="font/woff2"
      crossorigin=""
    />
    <link rel="stylesheet" href={asset('tenth.css')} />
    {props.hashes && <link rel="stylesheet" href={asset('hashes.css')} />}
    {(props.simulation || props.operating) && <link rel="stylesheet" href={asset('work.css')} />}
    <link rel="icon" href={asset('mark.svg')} type="image/svg+xml" />
    <link rel="canonical" href={`${props.origin ?? ''}${href(props.lang, props.path)}`} />
    {LANGS.map((lang) => (
      <link rel="alternate" hreflang={lang} href={`${props.origin ?? ''}${href(lang, props.path)}`} />
    ))}
    {props.feeds?.map((feed) => (
      <link rel="alternate" type="application/atom+xml" title={feed.title} href={feed.href} />
    ))}
  </head>
)

const Header: FC<PageProps> = (props) => {
  const w = words(props.lang)
  const items = NAV.filter((item) => item.present || props.alsoPresent?.includes(item.key))
  return (
    <header class="top">
      <div class="wrap">
        <a class="wordmark" href={href(props.lang, '/')}>
          <Mark />
          Tenth
        </a>
        <button type="button" class="button outline menu-button" popovertarget="menu">
          {w.site.menu}
        </button>
        <div id="menu" class="menu" popover="auto">
          <nav aria-label={w.site.mainNav}>
            <ul>
              {items.map((item) => (
                <li>
                  <a
                    href={href(props.lang, item.path)}
                    aria-current={props.current === item.key ? 'page' : undefined}
                  >
                    {w.nav[item.key]}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <form role="search" aria-label={w.site.search} action={href(props.lang, SEARCH_PATH)}>
            <label class="vh" for="site-search">
              {w.site.search}
            </label>
            <input
              id="site-search"
              type="search"
              name="q"
              value={props.searched ?? ''}
              placeholder={w.site.search}
            />
          </form>
          <LanguageSwitch lang={props.lang} path={props.path} />
          <Asker lang={props.lang} />
        </div>
      </div>
    </header>
  )
}

/** The way in; for who is in, their account and the way out. */
const Asker: FC<{ lang: Lang }> = ({ lang }) => {
  const asker = useContext(AskerContext)
  const w = words(lang).site
  if (!asker)
    return (
      <p class="asker">
        <a href={href(lang, '/sign-in')}>{w.signIn}</a>
      </p>
    )
  return (
    <form class="asker" method="post" action={href(lang, '/sign-out')}>
      <a href={href(lang, '/account')}>{asker.name}</a>
      <button type="submit">{w.signOut}</button>
    </form>
  )
}

const LANGUAGE_NAMES: Record<Lang, string> = { en: 'English', es: 'Español' }

const LanguageSwitch: FC<{ lang: Lang; path: string }> = ({ lang, path }) => (
  <ul class="languages" aria-label={words(lang).site.languages}>
    {LANGS.map((other) => (
      <li>
        {other === lang ? (
          <b aria-current="true">{LANGUAGE_NAMES[other]}</b>
        ) : (
          <a href={href(other, path)} lang={other} hreflang={other}>
            {LANGUAGE_NAMES[other]}
          </a>
        )}
      </li>
    ))}
  </ul>
)

export const Breadcrumbs: FC<{ lang: Lang; crumbs: readonly Crumb[] }> = ({ lang, crumbs }) => (
  <nav class="crumbs" aria-label={words(lang).site.crumbs}>
    <ol>
      {crumbs.map((crumb, i) => (
        <li>
          {crumb.path === undefined ? (
            <span aria-current={i === crumbs.length - 1 ? 'page' : undefined}>{crumb.label}</span>
          ) : (
            <a href={href(lang, crumb.path)}>{crumb.label}</a>
          )}
        </li>
      ))}
    </ol>
  </nav>
)

const Footer: FC<PageProps> = (props) => {
  const w = words(props.lang)
  const items = FOOTER_NAV.filter((item) => item.present || props.alsoPresent?.includes(item.key))
  return (
    <footer class="foot">
      <div class="wrap">
        <p>
          <b>Tenth</b> · {w.site.openSource} · {w.site.nonpartisan}
          <span class="muted">{w.site.disclaimer}</span>
        </p>
        <nav aria-label={w.site.footerNav}>
          <ul>
            {items.map((item) => (
              <li>
                <a href={href(props.lang, item.path)}>{w.nav[item.key]}</a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </footer>
  )
}

/** Two opposed bars on a post: what goes out, what comes back. */
const Mark: FC = () => (
  <svg class="mark" width="32" height="32" viewBox="0 0 32 32" aria-hidden="true">
    <path d="M1 7h13v7H1z" fill="#c2850c" />
    <path d="M16 18h15v7H16z" fill="#0f6460" />
    <path d="M14 2h3v28h-3z" fill="currentColor" />
  </svg>
)

const Warning: FC = () => (
  <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
    <path d="M9 2 17 16H1z" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" />
    <path d="M9 7v4.5m0 1v1.5" stroke="currentColor" stroke-width="1.8" />
  </svg>
)

export interface PageHeadProps {
  readonly title: Child
  /** Small capitals above the title: kind, place, area. */
  readonly eyebrow?: Child
  readonly lede?: Child
  readonly chips?: Child
  /** A small line of facts and links, below the lede. */
  readonly meta?: Child
  /** At the right on wide screens: a mini map, a search. */
  readonly aside?: Child
  readonly home?: boolean
}

/** The page's h1 with what belongs to it. */
export const PageHead: FC<PageHeadProps> = (props) => (
  <div class={props.home ? 'page-head home' : 'page-head'}>
    <div>
      {props.eyebrow && <p class="eyebrow">{props.eyebrow}</p>}
      <h1>{props.title}</h1>
      {props.lede && <p class="lede">{props.lede}</p>}
      {props.chips && <div class="chips">{props.chips}</div>}
      {props.meta && <p class="meta">{props.meta}</p>}
    </div>
    {props.aside && <div class="page-aside">{props.aside}</div>}
  </div>
)
