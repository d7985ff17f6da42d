-- 0019_outbox.sql
-- Why: a mail server may be away when something happens, and nothing that happens may wait for it. So
-- a letter is kept with the change it tells of and sent afterwards, again and again for some hours. No
-- link is kept: the one of a reset is made when the letter is sent, the one of an invitation stays in
-- the process (holder) that made it.
CREATE TABLE outbox (
    number    INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind      TEXT    NOT NULL CHECK (kind <> ''),                       -- which text: exchange/letter.h
    about     TEXT    UNIQUE CHECK (about <> ''),                        -- told once; NULL: each time
    recipient TEXT    NOT NULL CHECK (length(recipient) BETWEEN 3 AND 254), -- an e-mail address
    name      TEXT    NOT NULL,
    language  TEXT    NOT NULL CHECK (language IN ('zh', 'en')),
    tenant    TEXT    NOT NULL,                                          -- who may see it in a list, '' the operator
    fields    TEXT    NOT NULL CHECK (fields GLOB '{*}'),                -- what is put into the text
    holder    TEXT    NOT NULL,                                          -- '' any process can send it
    state     TEXT    NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
    tries     INTEGER NOT NULL CHECK (tries >= 0),
    made_at   INTEGER NOT NULL CHECK (made_at >= 0),
    due_at    INTEGER NOT NULL CHECK (due_at >= 0),                      -- not tried before
    ended_at  INTEGER NOT NULL CHECK (ended_at >= 0),
    error     TEXT    NOT NULL,                                          -- of the last try
    CHECK ((state = 'waiting') = (ended_at = 0)),
    CHECK (state <> 'failed' OR error <> '')
) STRICT;
CREATE INDEX outbox_waiting ON outbox (due_at) WHERE state = 'waiting';
CREATE INDEX outbox_of_tenant ON outbox (tenant, number);

CREATE TRIGGER outbox_ends_once BEFORE UPDATE ON outbox WHEN OLD.ended_at > 0
BEGIN
    SELECT RAISE(ABORT, 'a letter that was sent or given up stays so');
END;
