-- Who may sign in, how, and what each may do. Names and addresses stand here alone; the log knows opaque ids.
-- The tables of better-auth have our names and columns (src/access/auth-store.ts maps them).
create table access_user (
  id                 text           primary key check (id ~ '^u-[a-z2-7]{16}$'),
  name               text           not null,
  email              text           not null unique check (email = lower(email)),
  email_verified     boolean        not null default false,
  image              text,
  two_factor_enabled boolean        not null default false,
  created_at         timestamptz(3) not null default now(),
  updated_at         timestamptz(3) not null default now(),
  -- When the first invitation was accepted. Until then nobody can sign in as this person.
  joined_at          timestamptz(3),
  -- A closed account keeps its id, which the log names, and loses its name and address.
  closed_at          timestamptz(3)
);

create table access_session (
  id         text           primary key,
  token      text           not null unique,
  user_id    text           not null references access_user on delete cascade,
  -- How the person proved who they are; the duties that need a second factor ask it.
  method     text           not null check (method in
    ('invite', 'password', 'password+code', 'password+backup-code', 'passkey', 'provider')),
  expires_at timestamptz(3) not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  ip_address text,
  user_agent text
);
create index access_session_by_user on access_session (user_id);

-- A password (provider 'credential', hashed by scrypt) or an account at the operator's OpenID provider.
create table access_account (
  id                       text           primary key,
  account_id               text           not null,
  provider_id              text           not null,
  user_id                  text           not null references access_user on delete cascade,
  access_token             text,
  refresh_token            text,
  id_token                 text,
  access_token_expires_at  timestamptz(3),
  refresh_token_expires_at timestamptz(3),
  scope                    text,
  password                 text,
  created_at               timestamptz(3) not null default now(),
  updated_at               timestamptz(3) not null default now(),
  unique (provider_id, account_id)
);
create index access_account_by_user on access_account (user_id);

-- Short-lived challenges: a passkey's, a waiting second factor's.
create table access_verification (
  id         text           primary key,
  identifier text           not null,
  value      text           not null,
  expires_at timestamptz(3) not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index access_verification_by_identifier on access_verification (identifier);

-- The secret and the backup codes are encrypted with the key of the data folder.
create table access_two_factor (
  id                        text    primary key,
  user_id                   text    not null unique references access_user on delete cascade,
  secret                    text    not null,
  backup_codes              text    not null,
  verified                  boolean not null default false,
  failed_verification_count integer not null default 0,
  locked_until              timestamptz(3)
);

create table access_passkey (
  id            text           primary key,
  name          text,
  public_key    text           not null,
  user_id       text           not null references access_user on delete cascade,
  credential_id text           not null unique,
  counter       bigint         not null,
  device_type   text           not null,
  backed_up     boolean        not null,
  transports    text,
  aaguid        text,
  created_at    timestamptz(3) not null default now()
);
create index access_passkey_by_user on access_passkey (user_id);

-- One role for one jurisdiction, or for all of them.
create table access_grant (
  id           text           primary key check (id ~ '^g-[a-z2-7]{16}$'),
  user_id      text           not null references access_user,
  role         text           not null check (role in
    ('reader', 'editor', 'analyst', 'preparer', 'approver', 'counsel', 'auditor', 'records-officer',
     'investigator', 'epidemiologist', 'operator')),
  jurisdiction text           not null check (jurisdiction ~ '^([A-Z]{2}|all)$'),
  -- The public office in which an approver signs; '' without one.
  office       text           not null default '' check (office ~ '^[a-z0-9-]{0,60}$'),
  granted_at   timestamptz(3) not null,
  granted_by   text           not null,
  unique (user_id, role, jurisdiction, office)
);

-- A one-time link, known by its hash alone.
create table access_invite (
  token_hash bytea          primary key check (octet_length(token_hash) = 32),
  user_id    text           not null references access_user,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  created_by text           not null,
  used_at    timestamptz(3)
);
create index access_invite_by_user on access_invite (user_id);

-- A code of an authenticator is good for one use (RFC 6238, section 5.2).
create table access_used_code (
  user_id text           not null references access_user on delete cascade,
  code    text           not null,
  used_at timestamptz(3) not null,
  primary key (user_id, code)
);
