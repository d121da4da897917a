import { raw } from 'hono/html'
import type { FC, PropsWithChildren } from 'hono/jsx'
import { renderSVG } from 'uqr'
import {
  Button,
  Buttons,
  DataTable,
  ErrorSummary,
  Field,
  href,
  Island,
  Note,
  PageHead,
  Section,
  stateName,
} from '../../ui/index.ts'
import type { Session } from '../access-store.ts'
import type { HeldGrant, OwnPasskey, OwnSession, Person, ProviderSettings } from '../schema.ts'
import { officeText } from '../words.offices.ts'
import { AccessPage, type Asked } from './parts.tsx'

export interface AccountProps {
  readonly a: Asked
  readonly person: Person
  readonly session: Session
  readonly passkeys: readonly OwnPasskey[]
  readonly sessions: readonly OwnSession[]
  readonly provider: ProviderSettings | undefined
  readonly passkeyHost: string
  readonly error?: { readonly field: string; readonly message: string } | undefined
  readonly isSaved?: boolean
  readonly seesPeople: boolean
}

export const AccountView: FC<AccountProps> = (props) => {
  const { a, person, session } = props
  const w = a.t.account
  return (
    <AccessPage a={a} title={w.title} path="/account">
      <PageHead
        title={w.title}
        lede={person.name}
        meta={
          <>
            {a.t.people.logName} <code>{person.id}</code>
          </>
        }
      />
      {props.isSaved && <Note>{w.saved}</Note>}
      {props.error && <ErrorSummary lang={a.lang} errors={[props.error]} />}
      {!session.isStrong && <Note>{w.weak[session.method] ?? ''}</Note>}
      <Section id="passkeys" title={w.passkeys} rail={<p>{w.waysRail}</p>}>
        <Passkeys {...props} />
      </Section>
      <Section id="password" title={w.password}>
        <Password {...props} />
      </Section>
      <Section id="second-factor" title={w.code}>
        <SecondFactor {...props} />
      </Section>
      {props.provider && (
        <Section id="provider" title={w.provider(props.provider.name)}>
          <Provider {...props} />
        </Section>
      )}
      <Section id="duties" title={w.duties} rail={<p>{w.dutiesRail}</p>}>
        <Duties a={a} grants={person.grants} />
        {props.seesPeople && (
          <p>
            <a href={href(a.lang, '/access')}>{a.t.people.title}</a>
          </p>
        )}
      </Section>
      <Section id="sessions" title={w.sessions} rail={<p>{w.sessionsRail}</p>}>
        <Sessions {...props} />
      </Section>
    </AccessPage>
  )
}

/** A form with one button and what it is about. */
export const Act: FC<
  PropsWithChildren<{
    a: Asked
    path: string
    label: string
    fields?: Readonly<Record<string, string>>
    kind?: 'filled' | 'outline'
  }>
> = ({ a, path, label, fields, kind, children }) => (
  <form class="act" method="post" action={href(a.lang, path)}>
    {Object.entries(fields ?? {}).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    {children}
    <Buttons>
      <Button kind={kind ?? 'outline'}>{label}</Button>
    </Buttons>
  </form>
)

const Passkeys: FC<AccountProps> = ({ a, passkeys, passkeyHost }) => {
  const w = a.t.account
  return (
    <>
      <DataTable
        lang={a.lang}
        caption={w.passkeys}
        empty={w.noPasskeys}
        rows={passkeys}
        columns={[
          { key: 'name', head: w.passkeyName, rowHead: true, cell: (one) => one.name || w.passkeys },
          { key: 'began', head: w.began, cell: (one) => timeOf(one.created_at) },
          {
            key: 'act',
            head: w.act,
            cell: (one) => (
              <Act a={a} path="/account/passkeys/remove" label={w.removePasskey} fields={{ id: one.id }} />
            ),
          },
        ]}
      />
      <noscript>
        <p>{a.t.signIn.passkeyNoScript}</p>
      </noscript>
      <form
        class="passkey"
        hidden
        data-passkey="add"
        data-host={passkeyHost}
        data-options={href(a.lang, '/account/passkeys/options')}
        data-verify={href(a.lang, '/account/passkeys')}
        data-next={`${href(a.lang, '/account')}?saved=1`}
      >
        <Field id="passkey-name" name="name" label={w.passkeyName} autocomplete="off" required />
        <p class="field-error" role="alert" hidden data-failed>
          {`${a.t.signIn.passkeyFailed} ${w.notFresh}`}
        </p>
        <Buttons>
          <Button kind="outline">{w.addPasskey}</Button>
        </Buttons>
      </form>
      <p class="passkey-elsewhere" hidden>
        {a.t.signIn.passkeyElsewhere(passkeyHost)}
      </p>
      <Island room="access" name="passkey" />
    </>
  )
}

const PasswordField: FC<{ a: Asked; id: string }> = ({ a, id }) => (
  <Field
    id={id}
    name="password"
    label={a.t.account.current}
    type="password"
    autocomplete="current-password"
    required
  />
)

const Password: FC<AccountProps> = ({ a, person }) => {
  const w = a.t.account
  const has = person.ways.password
  return (
    <>
      <p>{has ? w.passwordSet : w.passwordNone}</p>
      <Act a={a} path="/account/password" label={has ? w.changePassword : w.setPassword}>
        {has && <PasswordField a={a} id="password-current" />}
        <Field
          id="password-new"
          name="fresh"
          label={w.fresh}
          hint={`${w.passwordHint}${has ? ` ${w.changeEnds}` : ''}`}
          type="password"
          autocomplete="new-password"
          required
        />
      </Act>
    </>
  )
}

const SecondFactor: FC<AccountProps> = ({ a, person }) => {
  const w = a.t.account
  if (!person.ways.password) return <p>{w.codeNeedsPassword}</p>
  if (!person.ways.code)
    return (
      <>
        <p>{w.codeOff}</p>
        <Act a={a} path="/account/code" label={w.startCode}>
          <PasswordField a={a} id="code-password" />
        </Act>
      </>
    )
  return (
    <>
      <p>{w.codeOn}</p>
      <Act a={a} path="/account/backup-codes" label={w.newBackups}>
        <PasswordField a={a} id="backup-password" />
      </Act>
      <Act a={a} path="/account/code/remove" label={w.removeCode}>
        <PasswordField a={a} id="code-remove-password" />
      </Act>
    </>
  )
}

const Provider: FC<AccountProps> = ({ a, person }) => {
  const w = a.t.account
  return person.ways.provider ? (
    <>
      <p>{w.providerSet}</p>
      <Act a={a} path="/account/provider/remove" label={w.unlink} />
    </>
  ) : (
    <Act a={a} path="/account/provider" label={w.link} />
  )
}

export const Duties: FC<{ a: Asked; grants: readonly HeldGrant[] }> = ({ a, grants }) =>
  grants.length === 0 ? (
    <p>{a.t.account.noDuties}</p>
  ) : (
    <ul>
      {grants.map((one) => (
        <li>{dutyText(a, one)}</li>
      ))}
    </ul>
  )

/** "approver, Colorado, as comptroller". */
export const dutyText = ({ lang, t }: Asked, { role, jurisdiction, office }: HeldGrant): string =>
  [
    t.roles[role],
    jurisdiction === 'all' ? t.people.everywhere : stateName(jurisdiction, lang),
    ...(office === undefined ? [] : [t.people.as(officeText(lang, office))]),
  ].join(', ')

const Sessions: FC<AccountProps> = ({ a, sessions, session }) => {
  const w = a.t.account
  return (
    <>
      <DataTable
        lang={a.lang}
        caption={w.sessions}
        rows={sessions}
        columns={[
          {
            key: 'device',
            head: w.device,
            rowHead: true,
            cell: (one) => (
              <>
                {deviceOf(one.user_agent) ?? w.unknownDevice}
                {one.id === session.id && ` (${w.thisOne})`}
              </>
            ),
          },
          { key: 'way', head: w.way, cell: (one) => w.methods[one.method] ?? one.method },
          { key: 'began', head: w.began, cell: (one) => timeOf(one.created_at) },
          { key: 'seen', head: w.seen, cell: (one) => timeOf(one.seen_at) },
          {
            key: 'act',
            head: w.act,
            cell: (one) =>
              one.id === session.id ? (
                ''
              ) : (
                <Act a={a} path="/account/sessions" label={w.end} fields={{ id: one.id }} />
              ),
          },
        ]}
      />
      {sessions.length > 1 && <Act a={a} path="/account/sessions/others" label={w.endOthers} />}
    </>
  )
}

/** Which browser on which system, as far as a person tells them apart. */
function deviceOf(agent: string): string | undefined {
  const browser = [
    [/Edg\//, 'Edge'],
    [/OPR\//, 'Opera'],
    [/Firefox\//, 'Firefox'],
    [/Chrome\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ].find(([pattern]) => (pattern as RegExp).test(agent))?.[1]
  const system = [
    [/Windows/, 'Windows'],
    [/Android/, 'Android'],
    [/iPhone|iPad/, 'iOS'],
    [/Mac OS X/, 'macOS'],
    [/CrOS/, 'ChromeOS'],
    [/Linux/, 'Linux'],
  ].find(([pattern]) => (pattern as RegExp).test(agent))?.[1]
  return browser === undefined ? undefined : [browser, system].filter(Boolean).join(', ')
}

const timeOf = (instant: string) => (
  <time datetime={instant}>{`${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`}</time>
)

/** The new secret as a picture and as text, the backup codes, and the first code to confirm them with. */
export const NewCodeView: FC<{
  a: Asked
  uri: string | undefined
  backups: readonly string[]
  error?: string
}> = ({ a, uri, backups, error }) => {
  const w = a.t.account
  return (
    <AccessPage a={a} title={w.code} path="/account">
      <PageHead title={w.code} />
      {error && <ErrorSummary lang={a.lang} errors={[{ field: 'code', message: error }]} />}
      {uri && (
        <Section id="scan" title={w.scan} rail={<p>{w.scanRail}</p>}>
          <div class="qr" role="img" aria-label={w.scan}>
            {raw(renderSVG(uri, { border: 2 }))}
          </div>
          <p>
            {w.key}: <code data-key>{new URL(uri).searchParams.get('secret')}</code>
          </p>
        </Section>
      )}
      {backups.length > 0 && <Backups a={a} backups={backups} />}
      <Section id="confirm" title={w.confirm}>
        <Act a={a} path="/account/code/confirm" label={w.confirmSubmit} kind="filled">
          <Field id="code" label={a.t.code.label} autocomplete="one-time-code" required />
        </Act>
      </Section>
    </AccessPage>
  )
}

const Backups: FC<{ a: Asked; backups: readonly string[] }> = ({ a, backups }) => (
  <Section id="backups" title={a.t.account.backups} rail={<p>{a.t.account.backupsRail}</p>}>
    <ul class="codes">
      {backups.map((one) => (
        <li>
          <code>{one}</code>
        </li>
      ))}
    </ul>
  </Section>
)

export const BackupsView: FC<{ a: Asked; backups: readonly string[] }> = ({ a, backups }) => (
  <AccessPage a={a} title={a.t.account.backups} path="/account">
    <PageHead title={a.t.account.backups} />
    <Backups a={a} backups={backups} />
    <p>
      <a href={href(a.lang, '/account')}>{a.t.account.title}</a>
    </p>
  </AccessPage>
)

export const ToProviderView: FC<{ a: Asked; name: string; url: string }> = ({ a, name, url }) => (
  <AccessPage a={a} title={a.t.account.provider(name)} path="/account">
    <PageHead title={a.t.account.provider(name)} lede={a.t.account.continueWhy} />
    <Buttons>
      <Button href={url}>{a.t.account.continueAt(name)}</Button>
    </Buttons>
  </AccessPage>
)
