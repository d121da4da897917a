import type { Envelope } from './schema.ts'

/**
 * The bytes of a leaf: canonical JSON (RFC 8785) of the envelope, in UTF-8. The members stand in the order
 * that RFC 8785 sorts them in, so that no general canonicalizer has to run for every event; a test holds the
 * two equal.
 */
export const leafText = (e: Envelope): string =>
  `{"actor":${JSON.stringify(e.actor)},"at":"${e.at}","kind":${JSON.stringify(e.kind)},"payload_hash":"${e.payload_hash}","seq":${e.seq},"subject":${JSON.stringify(e.subject)}}`
