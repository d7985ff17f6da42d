-- 0017_account.sql
-- Why: several organisations work in one installation, each with people who have roles there. Of all
-- that opens a door (session, API key, invitation, reset, login through a provider) only a hash is
-- kept, so that who reads this file can walk through none. Moments are seconds since 1970 (UTC), given
-- by the caller.
CREATE TABLE tenant (
    id      TEXT NOT NULL PRIMARY KEY
            CHECK (length(id) BETWEEN 1 AND 64 AND id NOT GLOB '*[^a-z0-9-]*' AND id NOT GLOB '*--*'
                   AND id NOT GLOB '-*' AND id NOT GLOB '*-'),
    kind    TEXT NOT NULL CHECK (kind IN ('operator', 'company', 'verifier', 'bank', 'regulator')),
    name_en TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    company TEXT REFERENCES company (id),
    made_at INTEGER NOT NULL CHECK (made_at >= 0),
    CHECK (name_en <> '' OR name_zh <> '')
) STRICT, WITHOUT ROWID;
-- one organisation runs the installation
CREATE UNIQUE INDEX tenant_operator ON tenant (kind) WHERE kind = 'operator';

CREATE TRIGGER tenant_keeps_id BEFORE UPDATE OF id ON tenant WHEN NEW.id <> OLD.id
BEGIN
    SELECT RAISE(ABORT, 'an organisation keeps its id for ever');
END;

CREATE TRIGGER tenant_no_delete BEFORE DELETE ON tenant
BEGIN
    SELECT RAISE(ABORT, 'an organisation is never deleted');
END;

CREATE TABLE account (
    id          TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 24 AND id NOT GLOB '*[^0-9a-f]*'),
    email       TEXT NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
    email_fold  TEXT NOT NULL UNIQUE CHECK (email_fold LIKE '_%@_%'),
    name        TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    language    TEXT NOT NULL CHECK (language IN ('zh', 'en')),
    state       TEXT NOT NULL CHECK (state IN ('active', 'disabled')),
    password    TEXT CHECK (password LIKE '$argon2id$%'),  -- NULL: cannot log in by password
    password_at INTEGER CHECK (password_at >= 0),
    made_at     INTEGER NOT NULL CHECK (made_at >= 0),
    CHECK ((password IS NULL) = (password_at IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER account_keeps_id BEFORE UPDATE OF id ON account WHEN NEW.id <> OLD.id
BEGIN
    SELECT RAISE(ABORT, 'an account keeps its id for ever');
END;

-- the audit chain names people by their id
CREATE TRIGGER account_no_delete BEFORE DELETE ON account
BEGIN
    SELECT RAISE(ABORT, 'an account is disabled, never deleted');
END;

-- Roles are bits in the order of account/role.h.
CREATE TABLE account_role (
    account TEXT    NOT NULL REFERENCES account (id),
    tenant  TEXT    NOT NULL REFERENCES tenant (id),
    roles   INTEGER NOT NULL CHECK (roles BETWEEN 1 AND 1023),
    PRIMARY KEY (account, tenant)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_role_tenant ON account_role (tenant, account);

-- Who leaves an organisation leaves its sessions. roles: as they were when the token was given out.
CREATE TABLE account_session (
    hash    TEXT    NOT NULL PRIMARY KEY CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'),
    id      TEXT    NOT NULL UNIQUE CHECK (length(id) = 24 AND id NOT GLOB '*[^0-9a-f]*'),
    account TEXT    NOT NULL,
    tenant  TEXT    NOT NULL,
    roles   INTEGER NOT NULL CHECK (roles BETWEEN 1 AND 1023),
    made_at INTEGER NOT NULL CHECK (made_at >= 0),
    seen_at INTEGER NOT NULL CHECK (seen_at >= made_at),
    ends_at INTEGER NOT NULL CHECK (ends_at > made_at),
    idle_s  INTEGER NOT NULL CHECK (idle_s > 0),
    source  TEXT    NOT NULL CHECK (length(source) <= 64),   -- address logged in from
    agent   TEXT    NOT NULL CHECK (length(agent) <= 200),   -- program, as it called itself
    FOREIGN KEY (account, tenant) REFERENCES account_role (account, tenant) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX account_session_account ON account_session (account, tenant);
CREATE INDEX account_session_ends ON account_session (ends_at);

CREATE TABLE account_key (
    id         TEXT    NOT NULL PRIMARY KEY CHECK (length(id) = 16 AND id NOT GLOB '*[^0-9a-f]*'),
    hash       TEXT    NOT NULL UNIQUE CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'),
    account    TEXT    NOT NULL REFERENCES account (id),
    tenant     TEXT    NOT NULL REFERENCES tenant (id),
    name       TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    rights     INTEGER NOT NULL CHECK (rights > 0),  -- bits in the order of store/viewer.h
    read_only  INTEGER NOT NULL CHECK (read_only IN (0, 1)),
    made_at    INTEGER NOT NULL CHECK (made_at >= 0),
    ends_at    INTEGER NOT NULL CHECK (ends_at > made_at),
    used_at    INTEGER CHECK (used_at >= 0),
    revoked_at INTEGER CHECK (revoked_at >= 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_key_account ON account_key (account, tenant);

CREATE TRIGGER account_key_stays BEFORE UPDATE ON account_key
WHEN NEW.id <> OLD.id OR NEW.hash <> OLD.hash OR NEW.account <> OLD.account OR NEW.tenant <> OLD.tenant
     OR NEW.rights <> OLD.rights OR NEW.read_only <> OLD.read_only OR NEW.ends_at <> OLD.ends_at
     OR (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS NULL)
BEGIN
    SELECT RAISE(ABORT, 'of an API key only use and revocation change');
END;

-- Failures of an account and of a source address; shared by all processes. subject is
-- "account/<hash of the folded e-mail>", whether that account exists or not, or "source/<address>".
CREATE TABLE login_attempt (
    subject  TEXT    NOT NULL PRIMARY KEY CHECK (subject LIKE 'account/_%' OR subject LIKE 'source/_%'),
    failures INTEGER NOT NULL CHECK (failures >= 0),
    last_at  INTEGER NOT NULL CHECK (last_at >= 0),
    until    INTEGER NOT NULL CHECK (until >= 0)  -- refused before this moment
) STRICT, WITHOUT ROWID;

-- At most one open invitation of an address to an organisation.
CREATE TABLE invitation (
    hash       TEXT    NOT NULL PRIMARY KEY CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'),
    email      TEXT    NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
    email_fold TEXT    NOT NULL CHECK (email_fold LIKE '_%@_%'),
    name       TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    language   TEXT    NOT NULL CHECK (language IN ('zh', 'en')),
    tenant     TEXT    NOT NULL REFERENCES tenant (id),
    roles      INTEGER NOT NULL CHECK (roles BETWEEN 1 AND 1023),
    maker      TEXT    NOT NULL CHECK (maker <> ''),
    made_at    INTEGER NOT NULL CHECK (made_at >= 0),
    ends_at    INTEGER NOT NULL CHECK (ends_at > made_at),
    used_at    INTEGER CHECK (used_at >= 0),
    account    TEXT    REFERENCES account (id),  -- who took it
    CHECK ((used_at IS NULL) = (account IS NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX invitation_open ON invitation (email_fold, tenant) WHERE used_at IS NULL;

CREATE TRIGGER invitation_once BEFORE UPDATE ON invitation WHEN OLD.used_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'an invitation is taken once');
END;

CREATE TABLE password_reset (
    hash    TEXT    NOT NULL PRIMARY KEY CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'),
    account TEXT    NOT NULL REFERENCES account (id),
    made_at INTEGER NOT NULL CHECK (made_at >= 0),
    ends_at INTEGER NOT NULL CHECK (ends_at > made_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX password_reset_account ON password_reset (account);

-- The same person at an identity provider (OpenID Connect).
CREATE TABLE oidc_identity (
    issuer  TEXT    NOT NULL CHECK (issuer LIKE 'https://_%' AND length(issuer) <= 500),
    subject TEXT    NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
    account TEXT    NOT NULL REFERENCES account (id),
    made_at INTEGER NOT NULL CHECK (made_at >= 0),
    PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX oidc_identity_account ON oidc_identity (account);

-- A login that has gone to the provider and not come back. salt makes nonce and PKCE verifier out of
-- the state, which is not kept.
CREATE TABLE oidc_pending (
    hash    TEXT    NOT NULL PRIMARY KEY CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'),
    salt    TEXT    NOT NULL CHECK (length(salt) = 43),
    issuer  TEXT    NOT NULL CHECK (issuer LIKE 'https://_%' AND length(issuer) <= 500),
    made_at INTEGER NOT NULL CHECK (made_at >= 0),
    ends_at INTEGER NOT NULL CHECK (ends_at > made_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX oidc_pending_ends ON oidc_pending (ends_at);
