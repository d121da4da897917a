/** Every place the header and footer can lead to. Only those that are there are shown: no dead links. */
export const NAV = [
  { key: 'states', path: '/states', present: true },
  { key: 'registry', path: '/registry', present: true },
  { key: 'position', path: '/position', present: true },
  { key: 'plans', path: '/plans', present: true },
  { key: 'trust', path: '/trust', present: true },
  { key: 'method', path: '/method', present: true },
] as const

export const FOOTER_NAV = [
  { key: 'coding', path: '/method', present: true },
  { key: 'corrections', path: '/corrections', present: true },
  { key: 'downloads', path: '/downloads', present: true },
  { key: 'audit', path: '/audit', present: true },
  { key: 'api', path: '/api', present: true },
  { key: 'accessibility', path: '/accessibility', present: true },
] as const

export type NavKey = (typeof NAV)[number]['key']
export type FooterKey = (typeof FOOTER_NAV)[number]['key']

/** Where the header's search box leads, with the words in `q`. */
export const SEARCH_PATH = '/search'
