-- 0025_second_factor.sql
-- Why: a password that was guessed or told must not be enough. A person may have an authenticator app (RFC 6238) beside
-- it, and codes on paper for when it is lost. The secret is kept as it is, because codes are computed from it; alone it
-- opens nothing. Of the codes on paper a slow hash is kept (Argon2id), one row each, gone when it was used.
CREATE TABLE account_factor (
    user_id      TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    secret       TEXT COLLATE "C" NOT NULL CHECK (length(secret) = 32 AND secret !~ '[^A-Z2-7]'),  -- base32
    made_at      BIGINT NOT NULL CHECK (made_at >= 0),
    confirmed_at BIGINT CHECK (confirmed_at >= made_at),               -- NULL: not on yet
    last_step    BIGINT NOT NULL DEFAULT 0 CHECK (last_step >= 0)      -- of 30 s since 1970; used, and all before it
);

CREATE TABLE account_recovery (
    user_id   TEXT COLLATE "C" NOT NULL REFERENCES account_factor (user_id) ON DELETE CASCADE,
    code_hash TEXT COLLATE "C" NOT NULL CHECK (length(code_hash) = 64 AND code_hash !~ '[^0-9a-f]'),
    PRIMARY KEY (user_id, code_hash)
);

-- Who signs in at a provider is asked for a second factor there, and not here.
ALTER TABLE account_session ADD COLUMN by_provider BIGINT NOT NULL DEFAULT 0 CHECK (by_provider IN (0, 1));
