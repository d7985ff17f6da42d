-- 0024_session_proof.sql
-- Why: a session that was left open on a desk must not be enough to make a key or to give somebody a role. It remembers
-- when its person last proved who they are, by password or at their provider; 0: not in this session.
ALTER TABLE account_session ADD COLUMN proved_at INTEGER NOT NULL DEFAULT 0 CHECK (proved_at >= 0);
