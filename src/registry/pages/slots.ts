import type { Child } from 'hono/jsx'
import type { Usps } from '../../base/index.ts'
import type { Lang } from '../../ui/index.ts'

/**
 * What floors above may add to the registry's pages. Without them a page stands complete: no box is left empty.
 * Each is asked once per page.
 */
export interface Slots {
  /** First sentence about a state, before the one on federal actions and suits: what it pays and gets. */
  readonly stateSentence?: (usps: Usps, lang: Lang) => Promise<string | undefined>
  /** Small facts under the sentence: "GDP $553.3 bn (2024)". */
  readonly stateNote?: (usps: Usps, lang: Lang) => Promise<string | undefined>
  /** Four `StatTile`s in place of the counts of records. */
  readonly stateFigures?: (usps: Usps, lang: Lang) => Promise<Child | undefined>
  /** Sections before those of the registry, each with its link in the page's own navigation. */
  readonly stateSections?: (usps: Usps, lang: Lang) => Promise<readonly StateSection[]>
  /** What floors above know of one record, under its chain: money that a federal action stopped. */
  readonly recordSection?: (id: string, lang: Lang) => Promise<Child | undefined>
  /** The home page's first map and what its rail says; it becomes the map shown first. */
  readonly homeMap?: (lang: Lang) => Promise<HomeMap>
  /** Links for "Start from your work", to pages that are there. */
  readonly ways?: (lang: Lang) => readonly WaysIn[]
}

export interface StateSection {
  readonly id: string
  /** Words of the link in the page's navigation. */
  readonly title: string
  /** A whole `Section` with the same id. */
  readonly body: Child
}

export interface HomeMap {
  /** Words of the tab: "Net balance". */
  readonly tab: string
  /** The finding, as the rail's heading, and the paragraphs under it. */
  readonly title: Child
  readonly rail: Child
  readonly figure: Child
}

/** Who comes in, and where to. */
export interface WaysIn {
  readonly role: 'analyst' | 'attorney-general' | 'treasurer' | 'records' | 'epidemiologist' | 'resident'
  readonly links: readonly { readonly label: string; readonly href: string }[]
}
