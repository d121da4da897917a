import canonicalize from 'canonicalize'

/** Anything JSON can hold. Money is in it as a decimal string. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Canonical JSON (RFC 8785): one text for one value, so that its hash is the value's. */
export function canonicalJson(value: Json): string {
  const text = (canonicalize as unknown as (value: unknown) => string | undefined)(value)
  if (text === undefined) throw new Error('assertion failed: value has no JSON form')
  return text
}
