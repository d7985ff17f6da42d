-- 0017_account.sql
-- Why: several organisations work in one installation, each with people who have roles there. Of all
-- that opens a door (session, API key, invitation, reset, login through a provider) only a hash is
-- kept, so that who reads this file can walk through none. Moments are seconds since 1970 (UTC), given
-- by the caller.
CREATE TABLE tenant (
    id      TEXT COLLATE "C" NOT NULL PRIMARY KEY
            CHECK (length(id) BETWEEN 1 AND 64 AND id !~ '[^a-z0-9-]' AND id !~ '--'
                   AND id !~ '^-' AND id !~ '-$'),
    kind    TEXT COLLATE "C" NOT NULL CHECK (kind IN ('operator', 'company', 'verifier', 'bank', 'regulator')),
    name_en TEXT COLLATE "C" NOT NULL,
    name_zh TEXT COLLATE "C" NOT NULL,
    company TEXT COLLATE "C" REFERENCES company (id),
    made_at BIGINT NOT NULL CHECK (made_at >= 0),
    CHECK (name_en <> '' OR name_zh <> '')
);
-- one organisation runs the installation
CREATE UNIQUE INDEX tenant_operator ON tenant (kind) WHERE kind = 'operator';

CREATE TRIGGER tenant_keeps_id BEFORE UPDATE OF id ON tenant FOR EACH ROW
    WHEN (NEW.id <> OLD.id)
    EXECUTE FUNCTION refuse('an organisation keeps its id for ever');

CREATE TRIGGER tenant_no_delete BEFORE DELETE ON tenant FOR EACH ROW
    EXECUTE FUNCTION refuse('an organisation is never deleted');
CREATE TRIGGER tenant_no_truncate BEFORE TRUNCATE ON tenant FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('an organisation is never deleted');

CREATE TABLE account (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 24 AND id !~ '[^0-9a-f]'),
    email       TEXT COLLATE "C" NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
    email_fold  TEXT COLLATE "C" NOT NULL UNIQUE CHECK (email_fold LIKE '_%@_%'),
    name        TEXT COLLATE "C" NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    language    TEXT COLLATE "C" NOT NULL CHECK (language IN ('zh', 'en')),
    state       TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'disabled')),
    password    TEXT COLLATE "C" CHECK (password LIKE '$argon2id$%'),  -- NULL: cannot log in by password
    password_at BIGINT CHECK (password_at >= 0),
    made_at     BIGINT NOT NULL CHECK (made_at >= 0),
    CHECK ((password IS NULL) = (password_at IS NULL))
);

CREATE TRIGGER account_keeps_id BEFORE UPDATE OF id ON account FOR EACH ROW
    WHEN (NEW.id <> OLD.id)
    EXECUTE FUNCTION refuse('an account keeps its id for ever');

-- the audit chain names people by their id
CREATE TRIGGER account_no_delete BEFORE DELETE ON account FOR EACH ROW
    EXECUTE FUNCTION refuse('an account is disabled, never deleted');
CREATE TRIGGER account_no_truncate BEFORE TRUNCATE ON account FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('an account is disabled, never deleted');

-- Roles are bits in the order of account/role.h.
CREATE TABLE account_role (
    account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    tenant  TEXT COLLATE "C" NOT NULL REFERENCES tenant (id),
    roles   BIGINT NOT NULL CHECK (roles BETWEEN 1 AND 1023),
    PRIMARY KEY (account, tenant)
);
CREATE INDEX account_role_tenant ON account_role (tenant, account);

-- Who leaves an organisation leaves its sessions. roles: as they were when the token was given out.
CREATE TABLE account_session (
    hash    TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(hash) = 64 AND hash !~ '[^0-9a-f]'),
    id      TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(id) = 24 AND id !~ '[^0-9a-f]'),
    account TEXT COLLATE "C" NOT NULL,
    tenant  TEXT COLLATE "C" NOT NULL,
    roles   BIGINT NOT NULL CHECK (roles BETWEEN 1 AND 1023),
    made_at BIGINT NOT NULL CHECK (made_at >= 0),
    seen_at BIGINT NOT NULL CHECK (seen_at >= made_at),
    ends_at BIGINT NOT NULL CHECK (ends_at > made_at),
    idle_s  BIGINT NOT NULL CHECK (idle_s > 0),
    source  TEXT COLLATE "C" NOT NULL CHECK (length(source) <= 64),   -- address logged in from
    agent   TEXT COLLATE "C" NOT NULL CHECK (length(agent) <= 200),   -- program, as it called itself
    FOREIGN KEY (account, tenant) REFERENCES account_role (account, tenant) ON DELETE CASCADE
);
CREATE INDEX account_session_account ON account_session (account, tenant);
CREATE INDEX account_session_ends ON account_session (ends_at);

CREATE TABLE account_key (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 16 AND id !~ '[^0-9a-f]'),
    hash       TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(hash) = 64 AND hash !~ '[^0-9a-f]'),
    account    TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    tenant     TEXT COLLATE "C" NOT NULL REFERENCES tenant (id),
    name       TEXT COLLATE "C" NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    rights     BIGINT NOT NULL CHECK (rights > 0),  -- bits in the order of store/viewer.h
    read_only  BIGINT NOT NULL CHECK (read_only IN (0, 1)),
    made_at    BIGINT NOT NULL CHECK (made_at >= 0),
    ends_at    BIGINT NOT NULL CHECK (ends_at > made_at),
    used_at    BIGINT CHECK (used_at >= 0),
    revoked_at BIGINT CHECK (revoked_at >= 0)
);
CREATE INDEX account_key_account ON account_key (account, tenant);

CREATE TRIGGER account_key_stays BEFORE UPDATE ON account_key FOR EACH ROW
    WHEN (NEW.id <> OLD.id OR NEW.hash <> OLD.hash OR NEW.account <> OLD.account OR NEW.tenant <> OLD.tenant
          OR NEW.rights <> OLD.rights OR NEW.read_only <> OLD.read_only OR NEW.ends_at <> OLD.ends_at
          OR (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS NULL))
    EXECUTE FUNCTION refuse('of an API key only use and revocation change');

-- Failures of an account and of a source address; shared by all processes. subject is
-- "account/<hash of the folded e-mail>", whether that account exists or not, or "source/<address>".
CREATE TABLE login_attempt (
    subject  TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (subject LIKE 'account/_%' OR subject LIKE 'source/_%'),
    failures BIGINT NOT NULL CHECK (failures >= 0),
    last_at  BIGINT NOT NULL CHECK (last_at >= 0),
    until    BIGINT NOT NULL CHECK (until >= 0)  -- refused before this moment
);

-- At most one open invitation of an address to an organisation.
CREATE TABLE invitation (
    hash       TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(hash) = 64 AND hash !~ '[^0-9a-f]'),
    email      TEXT COLLATE "C" NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
    email_fold TEXT COLLATE "C" NOT NULL CHECK (email_fold LIKE '_%@_%'),
    name       TEXT COLLATE "C" NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    language   TEXT COLLATE "C" NOT NULL CHECK (language IN ('zh', 'en')),
    tenant     TEXT COLLATE "C" NOT NULL REFERENCES tenant (id),
    roles      BIGINT NOT NULL CHECK (roles BETWEEN 1 AND 1023),
    maker      TEXT COLLATE "C" NOT NULL CHECK (maker <> ''),
    made_at    BIGINT NOT NULL CHECK (made_at >= 0),
    ends_at    BIGINT NOT NULL CHECK (ends_at > made_at),
    used_at    BIGINT CHECK (used_at >= 0),
    account    TEXT COLLATE "C" REFERENCES account (id),  -- who took it
    CHECK ((used_at IS NULL) = (account IS NULL))
);
CREATE UNIQUE INDEX invitation_open ON invitation (email_fold, tenant) WHERE used_at IS NULL;

CREATE TRIGGER invitation_once BEFORE UPDATE ON invitation FOR EACH ROW
    WHEN (OLD.used_at IS NOT NULL)
    EXECUTE FUNCTION refuse('an invitation is taken once');

CREATE TABLE password_reset (
    hash    TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(hash) = 64 AND hash !~ '[^0-9a-f]'),
    account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    made_at BIGINT NOT NULL CHECK (made_at >= 0),
    ends_at BIGINT NOT NULL CHECK (ends_at > made_at)
);
CREATE INDEX password_reset_account ON password_reset (account);

-- The same person at an identity provider (OpenID Connect).
CREATE TABLE oidc_identity (
    issuer  TEXT COLLATE "C" NOT NULL CHECK (issuer LIKE 'https://_%' AND length(issuer) <= 500),
    subject TEXT COLLATE "C" NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
    account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    made_at BIGINT NOT NULL CHECK (made_at >= 0),
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX oidc_identity_account ON oidc_identity (account);

-- A login that has gone to the provider and not come back. salt makes nonce and PKCE verifier out of
-- the state, which is not kept.
CREATE TABLE oidc_pending (
    hash    TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(hash) = 64 AND hash !~ '[^0-9a-f]'),
    salt    TEXT COLLATE "C" NOT NULL CHECK (length(salt) = 43),
    issuer  TEXT COLLATE "C" NOT NULL CHECK (issuer LIKE 'https://_%' AND length(issuer) <= 500),
    made_at BIGINT NOT NULL CHECK (made_at >= 0),
    ends_at BIGINT NOT NULL CHECK (ends_at > made_at)
);
CREATE INDEX oidc_pending_ends ON oidc_pending (ends_at);
