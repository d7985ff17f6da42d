-- 0022_reply_decision.sql
-- Why: a company that disputes an answer brings evidence of its own, also against a result that is published; who
-- decides about it gives a reason, and both stand beside the result for good. An answer that gives way makes the
-- company's copy a draft again.
CREATE TABLE assessment_reply_evidence (
    reply    INTEGER NOT NULL PRIMARY KEY REFERENCES assessment_reply (id),
    document TEXT    NOT NULL CHECK (document <> ''),
    page     TEXT    NOT NULL,
    quote    TEXT    NOT NULL,
    url      TEXT    NOT NULL,
    dated    TEXT    NOT NULL
) STRICT;

CREATE TABLE assessment_decision (
    reply    INTEGER NOT NULL PRIMARY KEY REFERENCES assessment_reply (id),
    at       TEXT    NOT NULL CHECK (at GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    accepted INTEGER NOT NULL CHECK (accepted IN (0, 1)),
    reason   TEXT    NOT NULL CHECK (reason <> ''),
    who      TEXT    NOT NULL CHECK (who <> '')
) STRICT;

CREATE TRIGGER assessment_reply_evidence_no_update BEFORE UPDATE ON assessment_reply_evidence
BEGIN
    SELECT RAISE(ABORT, 'a reply never changes');
END;

CREATE TRIGGER assessment_reply_evidence_no_delete BEFORE DELETE ON assessment_reply_evidence
BEGIN
    SELECT RAISE(ABORT, 'a reply is never deleted');
END;

CREATE TRIGGER assessment_decision_no_update BEFORE UPDATE ON assessment_decision
BEGIN
    SELECT RAISE(ABORT, 'a decision never changes');
END;

CREATE TRIGGER assessment_decision_no_delete BEFORE DELETE ON assessment_decision
BEGIN
    SELECT RAISE(ABORT, 'a decision is never deleted');
END;

DROP TRIGGER assessment_reply_in_time;
CREATE TRIGGER assessment_reply_in_time BEFORE INSERT ON assessment_reply
WHEN coalesce((SELECT state FROM assessment_version WHERE assessment = NEW.assessment AND version = NEW.version), '')
     NOT IN ('company', 'published')
BEGIN
    SELECT RAISE(ABORT, 'a company replies while it is asked, or to what is published');
END;

DROP TRIGGER assessment_version_steps;
CREATE TRIGGER assessment_version_steps BEFORE UPDATE OF state ON assessment_version
WHEN OLD.state <> NEW.state
 AND OLD.state || '>' || NEW.state NOT IN ('draft>review', 'review>draft', 'review>company', 'company>draft',
                                           'company>final', 'final>published', 'published>superseded')
 AND NOT (OLD.state = 'draft' AND NEW.state = 'published' AND NEW.way <> 'steps')
BEGIN
    SELECT RAISE(ABORT, 'no such step of an assessment');
END;
