import type { Kind } from '../schema.ts'

/** Where each kind's list stands. */
const LISTS: Readonly<Record<Kind, string>> = {
  measure: '/registry/measures',
  'federal-action': '/registry/federal-actions',
  lawsuit: '/registry/lawsuits',
  alliance: '/registry/alliances',
  doctrine: '/registry/doctrine',
  'playbook-type': '/registry/playbook',
}

export const listPath = (kind: Kind): string => LISTS[kind]

/** The kind that `/registry/<slug>` lists. */
export const kindOfSlug = (slug: string): Kind | undefined =>
  (Object.keys(LISTS) as Kind[]).find((kind) => LISTS[kind] === `/registry/${slug}`)
