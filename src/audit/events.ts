import { z } from 'zod'

const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.int().nonnegative()

/**
 * Every kind of event that Tenth logs: the sentence that tells it to a person, in both languages, and what its
 * payload holds. In a sentence, `{subject}`, `{actor}` and the payload's own fields are filled in.
 * `docs/audit-events.md` is made from this list. A kind is never removed or renamed: old logs hold it.
 */
export const EVENT_KINDS = {
  'registry.record.added': {
    en: 'The record {subject} was added to the registry.',
    es: 'Se añadió al registro la ficha {subject}.',
    payload: z.strictObject({
      record_kind: z.string().describe('the kind of record: measure, federal_action, lawsuit …'),
      version: count.describe('the version of the record that this event made'),
      sha256: Sha256Hex.describe('SHA-256 of the canonical JSON (RFC 8785) of that version'),
    }),
  },
  'registry.record.changed': {
    en: 'The record {subject} was changed: version {version} ({change}).',
    es: 'Se modificó la ficha {subject}: versión {version} ({change}).',
    payload: z.strictObject({
      record_kind: z.string().describe('the kind of record'),
      version: count.describe('the new version'),
      sha256: Sha256Hex.describe('SHA-256 of the canonical JSON of the new version'),
      change: z.enum(['correction', 'status']).describe('whether the record was wrong, or the world changed'),
      reason: z.string().optional().describe('why, in the words of who changed it'),
    }),
  },
  'registry.version.proposed': {
    en: 'A new version of {subject} was proposed for review.',
    es: 'Se propuso una nueva versión de {subject} para revisión.',
    payload: z.strictObject({
      record_kind: z.string().describe('the kind of record'),
      sha256: Sha256Hex.describe('SHA-256 of the canonical JSON of the proposed version'),
      reason: z.string().optional().describe('why, in the words of who proposed it'),
    }),
  },
  'registry.version.accepted': {
    en: 'The proposed version of {subject} was accepted.',
    es: 'Se aceptó la versión propuesta de {subject}.',
    payload: z.strictObject({
      record_kind: z.string().describe('the kind of record'),
      version: count.describe('the version that the proposal became'),
      sha256: Sha256Hex.describe('SHA-256 of the canonical JSON of the accepted version'),
      reason: z.string().optional().describe('why, in the words of who decided'),
    }),
  },
  'registry.version.declined': {
    en: 'The proposed version of {subject} was declined: {reason}',
    es: 'Se rechazó la versión propuesta de {subject}: {reason}',
    payload: z.strictObject({
      record_kind: z.string().describe('the kind of record'),
      sha256: Sha256Hex.describe('SHA-256 of the canonical JSON of the declined version'),
      reason: z.string().describe('why, in the words of who decided'),
    }),
  },
  'audit.key.created': {
    en: 'The log received its signing key {subject}.',
    es: 'El registro de auditoría recibió su clave de firma {subject}.',
    payload: z.strictObject({
      vkey: z.string().describe('the public verifier key: name+id+key, as C2SP signed-note tools read it'),
    }),
  },
  'audit.key.rotated': {
    en: 'The signing key of the log was replaced by {subject}; the old and the new key both signed.',
    es: 'La clave de firma del registro de auditoría se reemplazó por {subject}; firmaron la antigua y la nueva.',
    payload: z.strictObject({
      old_vkey: z.string().describe('the public verifier key until now'),
      vkey: z.string().describe('the public verifier key from now on'),
      note: z.string().describe('the statement of the change as a signed note, signed by both keys'),
    }),
  },
  'audit.key.replaced': {
    en: 'The signing key of the log was lost and replaced by {subject}; only the new key could sign. Reason: {reason}',
    es: 'La clave de firma del registro de auditoría se perdió y se reemplazó por {subject}; solo firmó la nueva. Motivo: {reason}',
    payload: z.strictObject({
      old_vkey: z.string().describe('the public verifier key that was lost'),
      vkey: z.string().describe('the public verifier key from now on'),
      note: z.string().describe('the statement of the change as a signed note, signed by the new key alone'),
      reason: z.string().describe('how the key was lost, in the words of who replaced it'),
    }),
  },
  'database.backed-up': {
    en: 'The database was backed up to {subject}.',
    es: 'Se hizo una copia de seguridad de la base de datos en {subject}.',
    payload: z.strictObject({
      sha256: Sha256Hex.optional().describe(
        'SHA-256 of the backup file, where it is known when the event is written',
      ),
      tables: count.optional().describe('how many tables it holds'),
      rows: count.optional().describe('how many rows it holds'),
    }),
  },
  'database.restored': {
    en: 'The database was restored from {subject}.',
    es: 'Se restauró la base de datos desde {subject}.',
    payload: z.strictObject({
      sha256: Sha256Hex.describe('SHA-256 of the backup file'),
      tables: count.optional().describe('how many tables it held'),
      rows: count.optional().describe('how many rows it held'),
    }),
  },
  'fiscal.import.loaded': {
    en: 'Fiscal figures were loaded from {subject}: {rows} rows.',
    es: 'Se cargaron cifras fiscales de {subject}: {rows} filas.',
    payload: z.strictObject({
      sha256: Sha256Hex.describe('SHA-256 of the file'),
      rows: count.describe('how many rows were loaded'),
      source: z.string().optional().describe('the publisher or the address of the file'),
      vintage: z.string().optional().describe('which issue of the figures it is'),
    }),
  },
  'fiscal.disruption.recorded': {
    en: 'A disruption of federal money was recorded: {subject}.',
    es: 'Se registró una interrupción de fondos federales: {subject}.',
    payload: z.strictObject({
      sha256: Sha256Hex.describe('SHA-256 of the canonical JSON of the disruption'),
      jurisdiction: z.string().optional().describe('the Open Civic Data id of who is hit'),
      programme: z.string().optional().describe('the assistance listing or programme'),
    }),
  },
  'plan.version.saved': {
    en: 'Version {version} of the plan {subject} was saved.',
    es: 'Se guardó la versión {version} del plan {subject}.',
    payload: z.strictObject({
      sha256: Sha256Hex.describe('SHA-256 of the document'),
      version: count.describe('number of the version, from 1'),
    }),
  },
  'plan.set-aside': {
    en: 'The plan {subject} was set aside; its versions are kept.',
    es: 'El plan {subject} se apartó; sus versiones se conservan.',
    payload: z.strictObject({ version: count.describe('its newest version') }),
  },
  'plan.brought-back': {
    en: 'The plan {subject} was brought back.',
    es: 'El plan {subject} se retomó.',
    payload: z.strictObject({ version: count.describe('its newest version') }),
  },
  'access.person.invited': {
    en: 'The person {subject} was invited.',
    es: 'Se invitó a la persona {subject}.',
    payload: z.strictObject({ expires_at: z.string().describe('until when the one-time link is good') }),
  },
  'access.person.joined': {
    en: 'The person {subject} accepted an invitation.',
    es: 'La persona {subject} aceptó una invitación.',
    payload: z.strictObject({}),
  },
  'access.person.reset': {
    en: 'All ways to sign in of {subject} were taken away, and a new one-time link was made.',
    es: 'Se retiraron todas las formas de acceso de {subject} y se creó un nuevo enlace de un solo uso.',
    payload: z.strictObject({ expires_at: z.string().describe('until when the one-time link is good') }),
  },
  'access.person.closed': {
    en: 'The account of {subject} was closed; its name and address were erased.',
    es: 'Se cerró la cuenta de {subject}; se borraron su nombre y su dirección.',
    payload: z.strictObject({}),
  },
  'access.granted': {
    en: '{subject} was given the duty {role} for {jurisdiction}.',
    es: 'Se dio a {subject} la función {role} para {jurisdiction}.',
    payload: z.strictObject({
      role: z.string().describe('the role'),
      jurisdiction: z.string().describe('the USPS code of the jurisdiction, or all'),
      office: z.string().optional().describe('the public office in which an approver signs'),
    }),
  },
  'access.revoked': {
    en: 'The duty {role} for {jurisdiction} was taken from {subject}.',
    es: 'Se retiró a {subject} la función {role} para {jurisdiction}.',
    payload: z.strictObject({
      role: z.string().describe('the role'),
      jurisdiction: z.string().describe('the USPS code of the jurisdiction, or all'),
      office: z.string().optional().describe('the public office in which an approver signed'),
    }),
  },
  'access.refused': {
    en: '{subject} was refused {action} for {jurisdiction} ({reason}). Times: {times}.',
    es: 'Se denegó a {subject} {action} para {jurisdiction} ({reason}). Veces: {times}.',
    payload: z.strictObject({
      action: z.string().describe('the act, as in src/access/actions.ts'),
      jurisdiction: z.string().describe('the USPS code of the jurisdiction, or all'),
      reason: z
        .enum(['not-yours', 'cross-site'])
        .describe('no duty gives leave, or a page of another site asked'),
      times: count.describe('how many times since the first of them; the first is told at once'),
      from: z.string().describe('the first of them'),
      until: z.string().describe('the last of them'),
    }),
  },
  'access.signed-in': {
    en: '{subject} signed in ({method}).',
    es: '{subject} entró en la aplicación ({method}).',
    payload: z.strictObject({
      method: z
        .enum(['invite', 'password', 'password+code', 'password+backup-code', 'passkey', 'provider'])
        .describe('how the person proved who they are'),
    }),
  },
  'access.sign-in.failed': {
    en: 'Failed tries to sign in ({subject}): {times}.',
    es: 'Intentos fallidos de acceso ({subject}): {times}.',
    payload: z.strictObject({
      times: count.describe('how many times since the first of them; the first is told at once'),
      from: z.string().describe('the first of them'),
      until: z.string().describe('the last of them'),
    }),
  },
  'access.session.ended': {
    en: 'Sessions of {subject} that were ended ({reason}): {sessions}.',
    es: 'Sesiones de {subject} que se cerraron ({reason}): {sessions}.',
    payload: z.strictObject({
      sessions: count.describe('how many'),
      reason: z
        .enum([
          'signed-out',
          'ended-by-owner',
          'duties-changed',
          'password-changed',
          'by-operator',
          'reset',
          'closed',
        ])
        .describe('why'),
    }),
  },
  'access.factor.added': {
    en: '{subject} added a way to sign in: {factor}.',
    es: '{subject} añadió una forma de acceso: {factor}.',
    payload: z.strictObject({
      factor: z.enum(['password', 'code', 'backup-codes', 'passkey', 'provider']).describe('which'),
    }),
  },
  'access.factor.removed': {
    en: '{subject} removed a way to sign in: {factor}.',
    es: '{subject} quitó una forma de acceso: {factor}.',
    payload: z.strictObject({
      factor: z.enum(['password', 'code', 'backup-codes', 'passkey', 'provider']).describe('which'),
    }),
  },
  'ledger.book.opened': {
    en: 'The book {subject} was opened: {title} ({kind}).',
    es: 'Se abrió el libro {subject}: {title} ({kind}).',
    payload: z.strictObject({
      kind: z.enum(['simulation', 'operating']).describe('which of the two it is, for ever'),
      title: z.string().describe('what it is for'),
    }),
  },
  'ledger.batch.posted': {
    en: 'A batch was posted in the book {subject}: {transfers} transfers, {accounts} new accounts.',
    es: 'Se asentó un lote en el libro {subject}: {transfers} movimientos, {accounts} cuentas nuevas.',
    payload: z.strictObject({
      batch: count.describe('the number of the batch'),
      accounts: count.describe('how many accounts it opened'),
      closings: count.describe('how many accounts it closed'),
      transfers: count.describe('how many transfers it wrote'),
      sha256: Sha256Hex.describe('SHA-256 of its rows in canonical form (docs/methods/ledger.md)'),
    }),
  },
  'ledger.period.closed': {
    en: 'The book {subject} was closed through {through}.',
    es: 'El libro {subject} se cerró hasta el {through}.',
    payload: z.strictObject({
      through: z.iso.date().describe('the last business date of the period'),
      accounts: count.describe('how many accounts the book has'),
      sha256: Sha256Hex.describe('SHA-256 of their balances on that date (docs/methods/ledger.md)'),
    }),
  },
  'trust.book.adopted': {
    en: 'The agreement {agreement} was adopted in the book {subject} ({kind}).',
    es: 'Se adoptó el acuerdo {agreement} en el libro {subject} ({kind}).',
    payload: z.strictObject({
      agreement: z.string().describe('the name of the agreement'),
      agreement_sha256: Sha256Hex.describe('SHA-256 of its text'),
      kind: z.enum(['simulation', 'operating']).describe('which of the two the book is, for ever'),
      sha256: Sha256Hex.describe('SHA-256 of authority and paying accounts, in canonical JSON'),
    }),
  },
  'trust.fact.recorded': {
    en: 'A fact was recorded for the trust: {subject} ({fact}, {on}).',
    es: 'Se registró un hecho para el fideicomiso: {subject} ({fact}, {on}).',
    payload: z.strictObject({
      fact: z.string().describe('what kind of fact: report, order, finding …'),
      on: z.iso.date().describe('the day on which it happened'),
      sha256: Sha256Hex.describe('SHA-256 of the fact in canonical JSON'),
    }),
  },
  'trust.payday.held': {
    en: 'Tax of a payday was taken into trust: {subject}, {deposits} deposits.',
    es: 'Se tomó en custodia el impuesto de un día de pago: {subject}, {deposits} depósitos.',
    payload: z.strictObject({
      deposits: count.describe('how many deposits'),
      cents: z.string().describe('their sum in cents'),
      sha256: Sha256Hex.describe('SHA-256 of the deposits in canonical JSON'),
    }),
  },
  'trust.item.prepared': {
    en: 'An act with held money was prepared: {subject} ({action}).',
    es: 'Se preparó un acto con dinero en custodia: {subject} ({action}).',
    payload: z.strictObject({
      action: z.string().describe('release-to-treasury, return-to-depositor, pay-member or wind-up'),
      member: z.string().describe('the member whose money it is'),
      cents: z.string().describe('the amount in cents'),
      cause: z.string().describe('why it was prepared'),
      sha256: Sha256Hex.describe('SHA-256 of the item in canonical JSON: what people sign'),
    }),
  },
  'trust.item.signed': {
    en: 'The item {subject} was signed in the office {office}.',
    es: 'El trámite {subject} fue firmado por el cargo {office}.',
    payload: z.strictObject({
      person: z.string().describe('who signed, as the log names people'),
      office: z.string().describe('the office in which they signed'),
      sha256: Sha256Hex.describe('SHA-256 of the item that they saw'),
    }),
  },
  'trust.item.executed': {
    en: 'The item {subject} was carried out on {on}.',
    es: 'El trámite {subject} se ejecutó el {on}.',
    payload: z.strictObject({
      on: z.iso.date().describe('the business date'),
      sha256: Sha256Hex.describe('SHA-256 of its payments and its NACHA file'),
    }),
  },
  'trust.item.withdrawn': {
    en: 'The item {subject} was withdrawn on {on}: {because}.',
    es: 'El trámite {subject} se retiró el {on}: {because}.',
    payload: z.strictObject({
      on: z.iso.date().describe('the day of the run that withdrew it'),
      because: z.string().describe('the conditions that are missing'),
      sha256: Sha256Hex.describe('SHA-256 of the withdrawal in canonical JSON'),
    }),
  },
  'trust.payment.settled': {
    en: 'The bank showed a payment of {subject} on {on}.',
    es: 'El banco mostró un pago de {subject} el {on}.',
    payload: z.strictObject({
      on: z.iso.date().describe('the date of the statement line'),
      cents: z.string().describe('the amount in cents'),
      sha256: Sha256Hex.describe('SHA-256 of the settlement in canonical JSON'),
    }),
  },
  'trust.day.run': {
    en: 'The trust was run for a day: {subject}; it is {state}.',
    es: 'Se procesó un día del fideicomiso: {subject}; está en estado {state}.',
    payload: z.strictObject({
      state: z.string().describe('in-force, suspended, winding-up or closed'),
      sha256: Sha256Hex.describe('SHA-256 of the picture of the day: balance, exposure, reasons'),
    }),
  },
  'trust.act.refused': {
    en: 'An act of the trust was refused: {subject}, {act} ({code}).',
    es: 'Se rechazó un acto del fideicomiso: {subject}, {act} ({code}).',
    payload: z.strictObject({
      act: z.string().describe('what was asked'),
      code: z.string().describe('why it was refused'),
      detail: z.string().optional().describe('what was found'),
    }),
  },
} as const satisfies Record<string, { en: string; es: string; payload: z.ZodType }>

export type EventKind = keyof typeof EVENT_KINDS

export const EventKind = z.enum(Object.keys(EVENT_KINDS) as [EventKind, ...EventKind[]])
