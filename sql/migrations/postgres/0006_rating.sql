-- 0006_rating.sql
-- Why: a rating must show who found what, on which evidence, and who approved it, and what is
-- published never changes: a correction is a further version. The sheet of counted points is kept
-- beside the answers, so that a league table of thousands reads one row a company; tanlian verify
-- works it out again.
CREATE TABLE assessment (
    id            BIGINT NOT NULL PRIMARY KEY,
    company       TEXT COLLATE "C" NOT NULL REFERENCES company (id),
    index_id      TEXT COLLATE "C" NOT NULL,
    index_version TEXT COLLATE "C" NOT NULL,
    period        TEXT COLLATE "C" NOT NULL CHECK (period ~ '^[12][0-9]{3}'),
    level         TEXT COLLATE "C" NOT NULL CHECK (level IN ('indicator', 'theme', 'total')),
    UNIQUE (index_id, index_version, period, company, level),
    FOREIGN KEY (index_id, index_version) REFERENCES dataset (id, version)
);
CREATE TRIGGER a_number BEFORE INSERT ON assessment FOR EACH ROW WHEN (NEW.id IS NULL)
    EXECUTE FUNCTION next_id();
CREATE INDEX assessment_of_company ON assessment (company, index_id, index_version, period, level);

CREATE TRIGGER assessment_no_update BEFORE UPDATE ON assessment FOR EACH ROW
    EXECUTE FUNCTION refuse('an assessment keeps its company, index, period and level');

CREATE TRIGGER assessment_no_delete BEFORE DELETE ON assessment FOR EACH ROW
    EXECUTE FUNCTION refuse('an assessment is never deleted');
CREATE TRIGGER assessment_no_truncate BEFORE TRUNCATE ON assessment FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('an assessment is never deleted');

CREATE TABLE assessment_version (
    assessment   BIGINT NOT NULL REFERENCES assessment (id),
    version      BIGINT NOT NULL CHECK (version > 0),
    state        TEXT COLLATE "C" NOT NULL
                 CHECK (state IN ('draft', 'review', 'company', 'final', 'published', 'superseded')),
    -- how it came to be: by the steps, taken over from a publication, or by a withdrawal of evidence
    way          TEXT COLLATE "C" NOT NULL CHECK (way IN ('steps', 'taken-over', 'withdrawal')),
    industry     TEXT COLLATE "C" NOT NULL,
    scope12      BIGINT NOT NULL CHECK (scope12 BETWEEN 0 AND 10000),
    cut_off      TEXT COLLATE "C" NOT NULL CHECK (cut_off = '' OR cut_off ~ '^[0-9]{4}-[01][0-9]-[0-3][0-9]$'),
    origin       TEXT COLLATE "C" NOT NULL CHECK (origin <> '' OR way <> 'taken-over'),
    author       TEXT COLLATE "C" NOT NULL CHECK (author <> ''),
    approver     TEXT COLLATE "C" NOT NULL CHECK (approver <> author),
    reason       TEXT COLLATE "C" NOT NULL CHECK (version = 1 OR reason <> ''),
    reply_until  TEXT COLLATE "C" NOT NULL CHECK (reply_until = '' OR reply_until ~ '^[0-9]{4}-[01][0-9]-[0-3][0-9]$'),
    published_on TEXT COLLATE "C" NOT NULL CHECK (published_on = '' OR published_on ~ '^[0-9]{4}-[01][0-9]-[0-3][0-9]$'),
    stated_total BIGINT CHECK (stated_total >= 0),  -- thousandths of a point; NULL: none
    stated_rank  BIGINT NOT NULL CHECK (stated_rank >= 0),
    stated_stars BIGINT NOT NULL CHECK (stated_stars BETWEEN 0 AND 5),
    content      TEXT COLLATE "C" NOT NULL CHECK (length(content) = 64 AND content !~ '[^0-9a-f]'),
    sheet        BYTEA NOT NULL CHECK (length(sheet) > 0 AND length(sheet) % 4 = 0),
    inferred     BYTEA CHECK (length(inferred) * 4 = length(sheet)),  -- 1 where worked out; NULL: nowhere
    PRIMARY KEY (assessment, version),
    CHECK ((published_on <> '') = (state IN ('published', 'superseded'))),
    CHECK (state IN ('draft', 'review') OR way <> 'steps' OR (approver <> '' AND reply_until <> ''))
);

CREATE UNIQUE INDEX assessment_published ON assessment_version (assessment) WHERE state = 'published';
CREATE UNIQUE INDEX assessment_open ON assessment_version (assessment)
    WHERE state IN ('draft', 'review', 'company', 'final') AND way <> 'withdrawal';

-- A number may be left out below the last for a moment: a withdrawal comes before an open version,
-- which moves up.
CREATE FUNCTION assessment_version_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'draft'
  OR NEW.version > 1 + (SELECT coalesce(max(version), 0) FROM assessment_version WHERE assessment = NEW.assessment)
  OR EXISTS (SELECT 1 FROM assessment_version WHERE assessment = NEW.assessment AND version = NEW.version) THEN
        RAISE EXCEPTION 'a version of an assessment begins as a draft, with the next number';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER assessment_version_begins BEFORE INSERT ON assessment_version FOR EACH ROW
    EXECUTE FUNCTION assessment_version_begins();

CREATE TRIGGER assessment_version_steps BEFORE UPDATE OF state ON assessment_version FOR EACH ROW
    WHEN (OLD.state <> NEW.state
 AND OLD.state || '>' || NEW.state NOT IN ('draft>review', 'review>draft', 'review>company', 'company>final',
                                           'final>published', 'published>superseded')
 AND NOT (OLD.state = 'draft' AND NEW.state = 'published' AND NEW.way <> 'steps'))
    EXECUTE FUNCTION refuse('no such step of an assessment');

CREATE TRIGGER assessment_version_published BEFORE UPDATE ON assessment_version FOR EACH ROW
    WHEN (OLD.state IN ('published', 'superseded')
 AND (OLD.state || '>' || NEW.state <> 'published>superseded'
      OR NEW.assessment <> OLD.assessment OR NEW.version <> OLD.version OR NEW.way <> OLD.way
      OR NEW.industry <> OLD.industry OR NEW.scope12 <> OLD.scope12 OR NEW.cut_off <> OLD.cut_off
      OR NEW.origin <> OLD.origin OR NEW.author <> OLD.author OR NEW.approver <> OLD.approver
      OR NEW.reason <> OLD.reason OR NEW.reply_until <> OLD.reply_until
      OR NEW.published_on <> OLD.published_on OR NEW.stated_total IS DISTINCT FROM OLD.stated_total
      OR NEW.stated_rank <> OLD.stated_rank OR NEW.stated_stars <> OLD.stated_stars
      OR NEW.content <> OLD.content OR NEW.sheet <> OLD.sheet OR NEW.inferred IS DISTINCT FROM OLD.inferred))
    EXECUTE FUNCTION refuse('a published assessment never changes, it is superseded once');

CREATE TRIGGER assessment_version_no_delete BEFORE DELETE ON assessment_version FOR EACH ROW
    EXECUTE FUNCTION refuse('a version of an assessment is never deleted');
CREATE TRIGGER assessment_version_no_truncate BEFORE TRUNCATE ON assessment_version FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('a version of an assessment is never deleted');

-- All who wrote at a version: none of them approves it.
CREATE TABLE assessment_writer (
    assessment BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    person     TEXT COLLATE "C" NOT NULL CHECK (person <> ''),
    PRIMARY KEY (assessment, version, person),
    FOREIGN KEY (assessment, version) REFERENCES assessment_version (assessment, version) ON UPDATE CASCADE
);

-- place: of the slot in a sheet, which an index version never changes.
CREATE TABLE answer (
    assessment BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    place      BIGINT NOT NULL CHECK (place >= 0),
    slot       TEXT COLLATE "C" NOT NULL CHECK (slot <> ''),
    points     BIGINT NOT NULL CHECK (points BETWEEN -3 AND 100000000),  -- thousandths; below 0 an empty, see points.h
    inferred   BIGINT NOT NULL CHECK (inferred IN (0, 1)),
    assessor   TEXT COLLATE "C" NOT NULL,
    note       TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (assessment, version, place),
    FOREIGN KEY (assessment, version) REFERENCES assessment_version (assessment, version) ON UPDATE CASCADE
);

CREATE TABLE evidence (
    id         BIGINT NOT NULL PRIMARY KEY,
    assessment BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    place      BIGINT NOT NULL,
    position   BIGINT NOT NULL CHECK (position >= 0),  -- among the evidence of the answer
    document   TEXT COLLATE "C" NOT NULL CHECK (document <> ''),
    page       TEXT COLLATE "C" NOT NULL,
    quote      TEXT COLLATE "C" NOT NULL CHECK (length(quote) <= 4000),
    language   TEXT COLLATE "C" NOT NULL CHECK (language !~ '[^A-Za-z0-9-]'),
    url        TEXT COLLATE "C" NOT NULL CHECK (url = '' OR url ILIKE 'http://_%' OR url ILIKE 'https://_%'),
    dated      TEXT COLLATE "C" NOT NULL CHECK (dated = '' OR dated ~ '^[0-9]{4}-[01][0-9]-[0-3][0-9]$'),
    retrieved  TEXT COLLATE "C" NOT NULL CHECK (retrieved = '' OR retrieved ~ '^[0-9]{4}-[01][0-9]-[0-3][0-9]$'),
    sha256     TEXT COLLATE "C" NOT NULL CHECK (sha256 = '' OR (length(sha256) = 64 AND sha256 !~ '[^0-9a-f]')),
    late       BIGINT NOT NULL CHECK (late IN (0, 1)),
    withdrawn  BIGINT NOT NULL CHECK (withdrawn IN (0, 1)),
    UNIQUE (assessment, version, place, position),
    FOREIGN KEY (assessment, version, place) REFERENCES answer (assessment, version, place) ON UPDATE CASCADE
);
CREATE TRIGGER a_number BEFORE INSERT ON evidence FOR EACH ROW WHEN (NEW.id IS NULL)
    EXECUTE FUNCTION next_id();

CREATE TABLE assessment_reply (
    id         BIGINT NOT NULL PRIMARY KEY,
    assessment BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    at         TEXT COLLATE "C" NOT NULL CHECK (at ~ '^[0-9]{4}-[01][0-9]-[0-3][0-9]$'),
    by         TEXT COLLATE "C" NOT NULL CHECK (by <> ''),
    slot       TEXT COLLATE "C" NOT NULL,
    text       TEXT COLLATE "C" NOT NULL CHECK (text <> ''),
    FOREIGN KEY (assessment, version) REFERENCES assessment_version (assessment, version) ON UPDATE CASCADE
);
CREATE TRIGGER a_number BEFORE INSERT ON assessment_reply FOR EACH ROW WHEN (NEW.id IS NULL)
    EXECUTE FUNCTION next_id();
CREATE INDEX assessment_reply_of ON assessment_reply (assessment, version);

CREATE FUNCTION answer_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM assessment_version WHERE assessment = NEW.assessment AND version = NEW.version) IS DISTINCT FROM 'draft' THEN
        RAISE EXCEPTION 'answers change in a draft only';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER answer_sealed BEFORE INSERT ON answer FOR EACH ROW
    EXECUTE FUNCTION answer_sealed();

CREATE TRIGGER answer_no_update BEFORE UPDATE OF place, slot, points, inferred, assessor, note ON answer FOR EACH ROW
    EXECUTE FUNCTION refuse('an answer never changes, a draft is written anew');

-- A row follows its version when that moves up; it never moves by itself.
CREATE FUNCTION answer_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM assessment_version WHERE assessment = OLD.assessment AND version = OLD.version) THEN
        RAISE EXCEPTION 'an answer stays with its version';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER answer_stays BEFORE UPDATE OF assessment, version ON answer FOR EACH ROW
    EXECUTE FUNCTION answer_stays();

CREATE FUNCTION answer_no_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM assessment_version WHERE assessment = OLD.assessment AND version = OLD.version) IS DISTINCT FROM 'draft' THEN
        RAISE EXCEPTION 'answers change in a draft only';
    END IF;
    RETURN OLD;
END
$$;
CREATE TRIGGER answer_no_delete BEFORE DELETE ON answer FOR EACH ROW
    EXECUTE FUNCTION answer_no_delete();

CREATE FUNCTION evidence_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM assessment_version WHERE assessment = NEW.assessment AND version = NEW.version) IS DISTINCT FROM 'draft'
  OR EXISTS (SELECT 1 FROM evidence WHERE id = NEW.id) THEN
        RAISE EXCEPTION 'evidence comes into a draft only';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER evidence_sealed BEFORE INSERT ON evidence FOR EACH ROW
    EXECUTE FUNCTION evidence_sealed();

CREATE TRIGGER evidence_no_update BEFORE UPDATE OF id, position, document, page, quote, language, url, dated, retrieved, sha256, late ON evidence FOR EACH ROW
    EXECUTE FUNCTION refuse('evidence never changes, it is withdrawn');

CREATE TRIGGER evidence_keeps_place BEFORE UPDATE OF place ON evidence FOR EACH ROW
    WHEN (NEW.place <> OLD.place)
    EXECUTE FUNCTION refuse('evidence never changes, it is withdrawn');

CREATE FUNCTION evidence_withdrawn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.withdrawn < OLD.withdrawn
  OR (SELECT state FROM assessment_version WHERE assessment = OLD.assessment AND version = OLD.version)
     IN ('published', 'superseded') THEN
        RAISE EXCEPTION 'evidence is withdrawn once, and of an open version only';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER evidence_withdrawn BEFORE UPDATE OF withdrawn ON evidence FOR EACH ROW
    EXECUTE FUNCTION evidence_withdrawn();

CREATE FUNCTION evidence_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM assessment_version WHERE assessment = OLD.assessment AND version = OLD.version) THEN
        RAISE EXCEPTION 'evidence stays with its version';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER evidence_stays BEFORE UPDATE OF assessment, version ON evidence FOR EACH ROW
    EXECUTE FUNCTION evidence_stays();

CREATE FUNCTION evidence_no_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM assessment_version WHERE assessment = OLD.assessment AND version = OLD.version) IS DISTINCT FROM 'draft' THEN
        RAISE EXCEPTION 'evidence leaves a draft only';
    END IF;
    RETURN OLD;
END
$$;
CREATE TRIGGER evidence_no_delete BEFORE DELETE ON evidence FOR EACH ROW
    EXECUTE FUNCTION evidence_no_delete();

CREATE FUNCTION assessment_reply_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM assessment_version WHERE assessment = NEW.assessment AND version = NEW.version) IS DISTINCT FROM 'company' THEN
        RAISE EXCEPTION 'a company replies while it is asked';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER assessment_reply_in_time BEFORE INSERT ON assessment_reply FOR EACH ROW
    EXECUTE FUNCTION assessment_reply_in_time();

CREATE TRIGGER assessment_reply_no_update BEFORE UPDATE OF id, at, by, slot, text ON assessment_reply FOR EACH ROW
    EXECUTE FUNCTION refuse('a reply never changes');

CREATE TRIGGER assessment_reply_no_delete BEFORE DELETE ON assessment_reply FOR EACH ROW
    EXECUTE FUNCTION refuse('a reply is never deleted');
CREATE TRIGGER assessment_reply_no_truncate BEFORE TRUNCATE ON assessment_reply FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('a reply is never deleted');
