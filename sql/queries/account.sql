-- Queries of src/account: organisations, people, sessions. Moments are seconds since 1970, given by
-- the caller.

-- Is the id taken, is there a second operator, is the company known?
-- name: tenant.clash
SELECT (SELECT count(*) FROM tenant WHERE id = $1),
    (SELECT count(*) FROM tenant WHERE kind = 'operator' AND $2 = 'operator'),
    (SELECT count(*) FROM company WHERE id = $3);

-- name: tenant.insert
INSERT INTO tenant (id, kind, name_en, name_zh, company, made_at) VALUES ($1, $2, $3, $4, $5, $6);

-- name: tenant.get
SELECT id, kind, name_en, name_zh, company, made_at FROM tenant WHERE id = $1;

-- name: tenant.count
SELECT count(*) FROM tenant;

-- name: tenant.list
SELECT id, kind, name_en, name_zh, company, made_at FROM tenant ORDER BY id;

-- name: account.insert
INSERT INTO account (id, email, email_fold, name, language, state, made_at)
VALUES ($1, $2, $3, $4, $5, 'active', $6)
ON CONFLICT (email_fold) DO NOTHING;

-- name: account.state
UPDATE account SET state = $2 WHERE id = $1;

-- name: account.password
UPDATE account SET password = $2, password_at = $3 WHERE id = $1;

-- The same password, kept at a higher cost.
-- name: account.rehash
UPDATE account SET password = $3 WHERE id = $1 AND password = $2;

-- name: account.get
SELECT id, email, name, language, state, CASE WHEN password IS NULL THEN 0 ELSE 1 END, made_at,
    (SELECT count(*) FROM account_factor f WHERE f.user_id = account.id AND f.confirmed_at IS NOT NULL)
FROM account WHERE id = $1;

-- name: account.find
SELECT id, email, name, language, state, CASE WHEN password IS NULL THEN 0 ELSE 1 END, made_at,
    (SELECT count(*) FROM account_factor f WHERE f.user_id = account.id AND f.confirmed_at IS NOT NULL)
FROM account WHERE email_fold = $1;

-- name: account.count
SELECT count(*) FROM account;

-- name: account.list
SELECT a.id, a.email, a.name, a.language, a.state, CASE WHEN a.password IS NULL THEN 0 ELSE 1 END,
    a.made_at, (SELECT count(*) FROM account_factor f WHERE f.user_id = a.id AND f.confirmed_at IS NOT NULL),
    r.tenant, coalesce(r.roles, 0)
FROM account a LEFT JOIN account_role r ON r.account = a.id ORDER BY a.email_fold, r.tenant;

-- name: account.list_tenant
SELECT a.id, a.email, a.name, a.language, a.state, CASE WHEN a.password IS NULL THEN 0 ELSE 1 END,
    a.made_at, (SELECT count(*) FROM account_factor f WHERE f.user_id = a.id AND f.confirmed_at IS NOT NULL),
    r.tenant, r.roles
FROM account a JOIN account_role r ON r.account = a.id WHERE r.tenant = $1 ORDER BY a.email_fold;

-- name: account.places
SELECT a.id, a.email, a.name, a.language, a.state, CASE WHEN a.password IS NULL THEN 0 ELSE 1 END,
    a.made_at, (SELECT count(*) FROM account_factor f WHERE f.user_id = a.id AND f.confirmed_at IS NOT NULL),
    r.tenant, r.roles
FROM account a JOIN account_role r ON r.account = a.id WHERE a.id = $1 ORDER BY r.tenant;

-- What a login needs.
-- name: account.login
SELECT id, state, password, email, name FROM account WHERE email_fold = $1;

-- name: account.secret
SELECT id, state, password, email, name FROM account WHERE id = $1;

-- name: account_role.get
SELECT coalesce(r.roles, 0)
FROM account a LEFT JOIN account_role r ON r.account = a.id AND r.tenant = $2 WHERE a.id = $1;

-- name: account_role.put
INSERT INTO account_role (account, tenant, roles) VALUES ($1, $2, $3)
ON CONFLICT (account, tenant) DO UPDATE SET roles = excluded.roles;

-- name: account_role.delete
DELETE FROM account_role WHERE account = $1 AND tenant = $2;

-- The first place of a person.
-- name: account_role.first
SELECT tenant FROM account_role WHERE account = $1 ORDER BY tenant LIMIT 1;

-- name: account_session.insert
INSERT INTO account_session (hash, id, account, tenant, roles, made_at, seen_at, ends_at, idle_s, source, agent, proved_at,
    by_provider)
SELECT $1, $2, r.account, r.tenant, r.roles, $5, $5, $6, $7, $8, $9, $10, $11
FROM account_role r JOIN account a ON a.id = r.account
WHERE r.account = $3 AND r.tenant = $4 AND a.state = 'active';

-- name: account_session.use
SELECT s.id, a.id, a.email, a.name, a.language, t.id, t.name_en, t.name_zh, t.company, t.kind,
    r.roles, s.roles, s.made_at, s.seen_at, s.ends_at, s.proved_at,
    CASE WHEN s.by_provider = 0 AND a.password IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM account_factor f WHERE f.user_id = a.id AND f.confirmed_at IS NOT NULL) THEN 1 ELSE 0 END
FROM account_session s
JOIN account a ON a.id = s.account
JOIN tenant t ON t.id = s.tenant
JOIN account_role r ON r.account = s.account AND r.tenant = s.tenant
WHERE s.hash = $1 AND s.ends_at > $2 AND s.seen_at + s.idle_s > $2 AND a.state = 'active';

-- name: account_session.seen
UPDATE account_session SET seen_at = $2 WHERE hash = $1 AND seen_at < $2 AND seen_at + idle_s > $2;

-- name: account_session.roles
SELECT s.roles, r.roles FROM account_session s
JOIN account_role r ON r.account = s.account AND r.tenant = s.tenant WHERE s.hash = $1;

-- A new token, with today's roles in the organisation $3 or its own.
-- name: account_session.renew
UPDATE account_session SET hash = $2, tenant = coalesce($3, tenant),
    roles = (SELECT r.roles FROM account_role r WHERE r.account = account_session.account
             AND r.tenant = coalesce($3, account_session.tenant))
WHERE hash = $1 AND ends_at > $4 AND seen_at + idle_s > $4
    AND EXISTS (SELECT 1 FROM account_role r WHERE r.account = account_session.account
                AND r.tenant = coalesce($3, account_session.tenant));

-- name: account_session.prove
UPDATE account_session SET proved_at = $2 WHERE hash = $1;

-- name: account_session.end
DELETE FROM account_session WHERE hash = $1;

-- name: account_session.end_all
DELETE FROM account_session WHERE account = $1;

-- name: account_session.list
SELECT id, tenant, source, agent, made_at, seen_at, ends_at FROM account_session
WHERE account = $1 AND ends_at > $2 AND seen_at + idle_s > $2 ORDER BY made_at DESC, id;

-- name: account_session.revoke
DELETE FROM account_session WHERE account = $1 AND id = $2;

-- name: account_session.revoke_others
DELETE FROM account_session WHERE account = $1 AND id <> $2;

-- Those that live beyond the newest $3 of a person.
-- name: account_session.trim
DELETE FROM account_session WHERE account = $1 AND ends_at > $2 AND seen_at + idle_s > $2 AND hash NOT IN (
    SELECT hash FROM account_session WHERE account = $1 AND ends_at > $2 AND seen_at + idle_s > $2
    ORDER BY made_at DESC, seen_at DESC, id LIMIT $3);

-- name: account_session.sweep
DELETE FROM account_session WHERE ends_at <= $1 OR seen_at + idle_s <= $1;

-- name: login_attempt.get
SELECT failures, last_at, until FROM login_attempt WHERE subject = $1;

-- name: login_attempt.put
INSERT INTO login_attempt (subject, failures, last_at, until) VALUES ($1, $2, $3, $4)
ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at, until = excluded.until;

-- name: login_attempt.clear
DELETE FROM login_attempt WHERE subject = $1;

-- A login that went well was counted before it was tried; many at once had begun a wait for nothing. $2:
-- failures without a wait.
-- name: login_attempt.give_back
UPDATE login_attempt SET failures = failures - 1, until = CASE WHEN failures - 1 < $2 THEN 0 ELSE until END
WHERE subject = $1 AND failures > 0;

-- name: login_attempt.sweep
DELETE FROM login_attempt WHERE last_at <= $1;

-- One that is not on yet gives way.
-- name: account_factor.begin
INSERT INTO account_factor (user_id, secret, made_at)
SELECT a.id, $2, $3 FROM account a WHERE a.id = $1 AND a.password IS NOT NULL
ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, made_at = excluded.made_at
WHERE account_factor.confirmed_at IS NULL;

-- name: account_factor.get
SELECT f.secret, f.confirmed_at, f.last_step,
    (SELECT count(*) FROM account_recovery r WHERE r.user_id = f.user_id)
FROM account_factor f WHERE f.user_id = $1;

-- name: account_factor.confirm
UPDATE account_factor SET confirmed_at = $3, last_step = $4
WHERE user_id = $1 AND secret = $2 AND confirmed_at IS NULL;

-- A code counts once: its step, and those before it, are used.
-- name: account_factor.step
UPDATE account_factor SET last_step = $2 WHERE user_id = $1 AND confirmed_at IS NOT NULL AND last_step < $2;

-- The codes on paper go with it.
-- name: account_factor.delete
DELETE FROM account_factor WHERE user_id = $1;

-- Those that were begun and never confirmed.
-- name: account_factor.sweep
DELETE FROM account_factor WHERE confirmed_at IS NULL AND made_at <= $1;

-- name: account_recovery.insert
INSERT INTO account_recovery (user_id, code_hash) VALUES ($1, $2);

-- name: account_recovery.take
DELETE FROM account_recovery WHERE user_id = $1 AND code_hash = $2;

-- name: account_recovery.clear
DELETE FROM account_recovery WHERE user_id = $1;

-- name: account_key.insert
INSERT INTO account_key (id, hash, account, tenant, name, rights, read_only, made_at, ends_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: account_key.use
SELECT k.id, k.hash, k.rights, k.read_only, k.used_at, a.id, t.id, t.company, t.kind, r.roles
FROM account_key k
JOIN account a ON a.id = k.account
JOIN tenant t ON t.id = k.tenant
JOIN account_role r ON r.account = k.account AND r.tenant = k.tenant
WHERE k.id = $1 AND k.revoked_at IS NULL AND k.ends_at > $2 AND a.state = 'active';

-- name: account_key.used
UPDATE account_key SET used_at = $2 WHERE id = $1 AND revoked_at IS NULL AND (used_at IS NULL OR used_at < $2);

-- name: account_key.get
SELECT account, tenant, revoked_at FROM account_key WHERE id = $1;

-- name: account_key.revoke
UPDATE account_key SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL;

-- name: account_key.revoke_place
UPDATE account_key SET revoked_at = $3 WHERE account = $1 AND tenant = $2 AND revoked_at IS NULL;

-- name: account_key.list
SELECT k.id, k.account, a.email, k.tenant, k.name, k.rights, k.read_only, k.made_at, k.ends_at,
    k.used_at, k.revoked_at
FROM account_key k JOIN account a ON a.id = k.account
WHERE (CAST($1 AS TEXT) IS NULL OR k.tenant = $1) AND (CAST($2 AS TEXT) IS NULL OR k.account = $2)
ORDER BY k.tenant, a.email_fold, k.made_at, k.id;

-- name: invitation.withdraw
DELETE FROM invitation WHERE email_fold = $1 AND tenant = $2 AND used_at IS NULL;

-- What an installation nobody has come to yet gave out before.
-- name: invitation.withdraw_made
DELETE FROM invitation WHERE maker = $1 AND used_at IS NULL;

-- name: invitation.insert
INSERT INTO invitation (hash, email, email_fold, name, language, tenant, roles, maker, made_at, ends_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: invitation.get
SELECT email, name, language, tenant, roles, made_at, ends_at FROM invitation
WHERE hash = $1 AND used_at IS NULL AND ends_at > $2;

-- name: invitation.take
UPDATE invitation SET used_at = $3, account = $2 WHERE hash = $1 AND used_at IS NULL AND ends_at > $3;

-- The open invitations of an address; a provider has vouched for it.
-- name: invitation.of_email
SELECT hash FROM invitation WHERE email_fold = $1 AND used_at IS NULL AND ends_at > $2 ORDER BY tenant;

-- name: invitation.list
SELECT email, name, language, tenant, roles, made_at, ends_at FROM invitation
WHERE used_at IS NULL AND ends_at > $2 AND (CAST($1 AS TEXT) IS NULL OR tenant = $1) ORDER BY email_fold, tenant;

-- name: invitation.sweep
DELETE FROM invitation WHERE used_at IS NULL AND ends_at <= $1;

-- name: password_reset.insert
INSERT INTO password_reset (hash, account, made_at, ends_at) VALUES ($1, $2, $3, $4);

-- name: password_reset.get
SELECT a.id, a.email, a.name FROM password_reset p JOIN account a ON a.id = p.account
WHERE p.hash = $1 AND p.ends_at > $2 AND a.state = 'active';

-- name: password_reset.take
DELETE FROM password_reset WHERE hash = $1 AND ends_at > $2;

-- name: password_reset.clear
DELETE FROM password_reset WHERE account = $1;

-- name: password_reset.sweep
DELETE FROM password_reset WHERE ends_at <= $1;

-- name: oidc_identity.find
SELECT i.account, a.state FROM oidc_identity i JOIN account a ON a.id = i.account
WHERE i.issuer = $1 AND i.subject = $2;

-- name: oidc_identity.insert
INSERT INTO oidc_identity (issuer, subject, account, made_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (issuer, subject) DO NOTHING;

-- name: password_reset.recent
SELECT 1 FROM password_reset r JOIN account a ON a.id = r.account WHERE a.email_fold = $1 AND r.made_at > $2 LIMIT 1;

-- name: oidc_identity.has
SELECT 1 FROM oidc_identity WHERE account = $1 AND issuer = $2 LIMIT 1;

-- name: oidc_pending.insert
INSERT INTO oidc_pending (hash, salt, issuer, made_at, ends_at) VALUES ($1, $2, $3, $4, $5);

-- name: oidc_pending.get
SELECT salt, issuer FROM oidc_pending WHERE hash = $1 AND ends_at > $2;

-- name: oidc_pending.take
DELETE FROM oidc_pending WHERE hash = $1;

-- name: oidc_pending.sweep
DELETE FROM oidc_pending WHERE ends_at <= $1;
