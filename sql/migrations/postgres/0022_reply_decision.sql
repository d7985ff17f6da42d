-- 0022_reply_decision.sql
-- Why: a company that disputes an answer brings evidence of its own, also against a result that is published; who
-- decides about it gives a reason, and both stand beside the result for good. An answer that gives way makes the
-- company's copy a draft again.
CREATE TABLE assessment_reply_evidence (
    reply    BIGINT NOT NULL PRIMARY KEY REFERENCES assessment_reply (id),
    document TEXT COLLATE "C" NOT NULL CHECK (document <> ''),
    page     TEXT COLLATE "C" NOT NULL,
    quote    TEXT COLLATE "C" NOT NULL,
    url      TEXT COLLATE "C" NOT NULL,
    dated    TEXT COLLATE "C" NOT NULL
);

CREATE TABLE assessment_decision (
    reply    BIGINT NOT NULL PRIMARY KEY REFERENCES assessment_reply (id),
    at       TEXT COLLATE "C" NOT NULL CHECK (at ~ '^[0-9]{4}-[01][0-9]-[0-3][0-9]$'),
    accepted BIGINT NOT NULL CHECK (accepted IN (0, 1)),
    reason   TEXT COLLATE "C" NOT NULL CHECK (reason <> ''),
    who      TEXT COLLATE "C" NOT NULL CHECK (who <> '')
);

CREATE TRIGGER assessment_reply_evidence_no_update BEFORE UPDATE ON assessment_reply_evidence FOR EACH ROW
    EXECUTE FUNCTION refuse('a reply never changes');

CREATE TRIGGER assessment_reply_evidence_no_delete BEFORE DELETE ON assessment_reply_evidence FOR EACH ROW
    EXECUTE FUNCTION refuse('a reply is never deleted');
CREATE TRIGGER assessment_reply_evidence_no_truncate BEFORE TRUNCATE ON assessment_reply_evidence FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('a reply is never deleted');

CREATE TRIGGER assessment_decision_no_update BEFORE UPDATE ON assessment_decision FOR EACH ROW
    EXECUTE FUNCTION refuse('a decision never changes');

CREATE TRIGGER assessment_decision_no_delete BEFORE DELETE ON assessment_decision FOR EACH ROW
    EXECUTE FUNCTION refuse('a decision is never deleted');
CREATE TRIGGER assessment_decision_no_truncate BEFORE TRUNCATE ON assessment_decision FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('a decision is never deleted');

CREATE OR REPLACE FUNCTION assessment_reply_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce((SELECT state FROM assessment_version WHERE assessment = NEW.assessment AND version = NEW.version), '')
       NOT IN ('company', 'published') THEN
        RAISE EXCEPTION 'a company replies while it is asked, or to what is published';
    END IF;
    RETURN NEW;
END
$$;
DROP TRIGGER assessment_reply_in_time ON assessment_reply;
CREATE TRIGGER assessment_reply_in_time BEFORE INSERT ON assessment_reply FOR EACH ROW
    EXECUTE FUNCTION assessment_reply_in_time();

DROP TRIGGER assessment_version_steps ON assessment_version;
CREATE TRIGGER assessment_version_steps BEFORE UPDATE OF state ON assessment_version FOR EACH ROW
    WHEN (OLD.state <> NEW.state
 AND OLD.state || '>' || NEW.state NOT IN ('draft>review', 'review>draft', 'review>company', 'company>draft',
                                           'company>final', 'final>published', 'published>superseded')
 AND NOT (OLD.state = 'draft' AND NEW.state = 'published' AND NEW.way <> 'steps'))
    EXECUTE FUNCTION refuse('no such step of an assessment');
