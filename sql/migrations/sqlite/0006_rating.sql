-- 0006_rating.sql
-- Why: a rating must show who found what, on which evidence, and who approved it, and what is
-- published never changes: a correction is a further version. The sheet of counted points is kept
-- beside the answers, so that a league table of thousands reads one row a company; tanlian verify
-- works it out again.
CREATE TABLE assessment (
    id            INTEGER NOT NULL PRIMARY KEY,
    company       TEXT NOT NULL REFERENCES company (id),
    index_id      TEXT NOT NULL,
    index_version TEXT NOT NULL,
    period        TEXT NOT NULL CHECK (period GLOB '[12][0-9][0-9][0-9]*'),
    level         TEXT NOT NULL CHECK (level IN ('indicator', 'theme', 'total')),
    UNIQUE (index_id, index_version, period, company, level),
    FOREIGN KEY (index_id, index_version) REFERENCES dataset (id, version)
) STRICT;
CREATE INDEX assessment_of_company ON assessment (company, index_id, index_version, period, level);

CREATE TRIGGER assessment_no_update BEFORE UPDATE ON assessment
BEGIN
    SELECT RAISE(ABORT, 'an assessment keeps its company, index, period and level');
END;

CREATE TRIGGER assessment_no_delete BEFORE DELETE ON assessment
BEGIN
    SELECT RAISE(ABORT, 'an assessment is never deleted');
END;

CREATE TABLE assessment_version (
    assessment   INTEGER NOT NULL REFERENCES assessment (id),
    version      INTEGER NOT NULL CHECK (version > 0),
    state        TEXT    NOT NULL
                 CHECK (state IN ('draft', 'review', 'company', 'final', 'published', 'superseded')),
    -- how it came to be: by the steps, taken over from a publication, or by a withdrawal of evidence
    way          TEXT    NOT NULL CHECK (way IN ('steps', 'taken-over', 'withdrawal')),
    industry     TEXT    NOT NULL,
    scope12      INTEGER NOT NULL CHECK (scope12 BETWEEN 0 AND 10000),
    cut_off      TEXT    NOT NULL CHECK (cut_off = '' OR cut_off GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    origin       TEXT    NOT NULL CHECK (origin <> '' OR way <> 'taken-over'),
    author       TEXT    NOT NULL CHECK (author <> ''),
    approver     TEXT    NOT NULL CHECK (approver <> author),
    reason       TEXT    NOT NULL CHECK (version = 1 OR reason <> ''),
    reply_until  TEXT    NOT NULL CHECK (reply_until = '' OR reply_until GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    published_on TEXT    NOT NULL CHECK (published_on = '' OR published_on GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    stated_total INTEGER CHECK (stated_total >= 0),  -- thousandths of a point; NULL: none
    stated_rank  INTEGER NOT NULL CHECK (stated_rank >= 0),
    stated_stars INTEGER NOT NULL CHECK (stated_stars BETWEEN 0 AND 5),
    content      TEXT    NOT NULL CHECK (length(content) = 64 AND content NOT GLOB '*[^0-9a-f]*'),
    sheet        BLOB    NOT NULL CHECK (length(sheet) > 0 AND length(sheet) % 4 = 0),
    inferred     BLOB    CHECK (length(inferred) * 4 = length(sheet)),  -- 1 where worked out; NULL: nowhere
    PRIMARY KEY (assessment, version),
    CHECK ((published_on <> '') = (state IN ('published', 'superseded'))),
    CHECK (state IN ('draft', 'review') OR way <> 'steps' OR (approver <> '' AND reply_until <> ''))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX assessment_published ON assessment_version (assessment) WHERE state = 'published';
CREATE UNIQUE INDEX assessment_open ON assessment_version (assessment)
    WHERE state IN ('draft', 'review', 'company', 'final') AND way <> 'withdrawal';

-- A number may be left out below the last for a moment: a withdrawal comes before an open version,
-- which moves up. Also stops INSERT OR REPLACE.
CREATE TRIGGER assessment_version_begins BEFORE INSERT ON assessment_version
WHEN NEW.state <> 'draft'
  OR NEW.version > 1 + (SELECT coalesce(max(version), 0) FROM assessment_version WHERE assessment = NEW.assessment)
  OR EXISTS (SELECT 1 FROM assessment_version WHERE assessment = NEW.assessment AND version = NEW.version)
BEGIN
    SELECT RAISE(ABORT, 'a version of an assessment begins as a draft, with the next number');
END;

CREATE TRIGGER assessment_version_steps BEFORE UPDATE OF state ON assessment_version
WHEN OLD.state <> NEW.state
 AND OLD.state || '>' || NEW.state NOT IN ('draft>review', 'review>draft', 'review>company', 'company>final',
                                           'final>published', 'published>superseded')
 AND NOT (OLD.state = 'draft' AND NEW.state = 'published' AND NEW.way <> 'steps')
BEGIN
    SELECT RAISE(ABORT, 'no such step of an assessment');
END;

CREATE TRIGGER assessment_version_published BEFORE UPDATE ON assessment_version
WHEN OLD.state IN ('published', 'superseded')
 AND (OLD.state || '>' || NEW.state <> 'published>superseded'
      OR NEW.assessment <> OLD.assessment OR NEW.version <> OLD.version OR NEW.way <> OLD.way
      OR NEW.industry <> OLD.industry OR NEW.scope12 <> OLD.scope12 OR NEW.cut_off <> OLD.cut_off
      OR NEW.origin <> OLD.origin OR NEW.author <> OLD.author OR NEW.approver <> OLD.approver
      OR NEW.reason <> OLD.reason OR NEW.reply_until <> OLD.reply_until
      OR NEW.published_on <> OLD.published_on OR NEW.stated_total IS NOT OLD.stated_total
      OR NEW.stated_rank <> OLD.stated_rank OR NEW.stated_stars <> OLD.stated_stars
      OR NEW.content <> OLD.content OR NEW.sheet <> OLD.sheet OR NEW.inferred IS NOT OLD.inferred)
BEGIN
    SELECT RAISE(ABORT, 'a published assessment never changes, it is superseded once');
END;

CREATE TRIGGER assessment_version_no_delete BEFORE DELETE ON assessment_version
BEGIN
    SELECT RAISE(ABORT, 'a version of an assessment is never deleted');
END;

-- All who wrote at a version: none of them approves it.
CREATE TABLE assessment_writer (
    assessment INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    person     TEXT    NOT NULL CHECK (person <> ''),
    PRIMARY KEY (assessment, version, person),
    FOREIGN KEY (assessment, version) REFERENCES assessment_version (assessment, version) ON UPDATE CASCADE
) STRICT, WITHOUT ROWID;

-- place: of the slot in a sheet, which an index version never changes.
CREATE TABLE answer (
    assessment INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    place      INTEGER NOT NULL CHECK (place >= 0),
    slot       TEXT    NOT NULL CHECK (slot <> ''),
    points     INTEGER NOT NULL CHECK (points BETWEEN -3 AND 100000000),  -- thousandths; below 0 an empty, see points.h
    inferred   INTEGER NOT NULL CHECK (inferred IN (0, 1)),
    assessor   TEXT    NOT NULL,
    note       TEXT    NOT NULL,
    PRIMARY KEY (assessment, version, place),
    FOREIGN KEY (assessment, version) REFERENCES assessment_version (assessment, version) ON UPDATE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence (
    id         INTEGER NOT NULL PRIMARY KEY,
    assessment INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    place      INTEGER NOT NULL,
    position   INTEGER NOT NULL CHECK (position >= 0),  -- among the evidence of the answer
    document   TEXT    NOT NULL CHECK (document <> ''),
    page       TEXT    NOT NULL,
    quote      TEXT    NOT NULL CHECK (length(quote) <= 4000),
    language   TEXT    NOT NULL CHECK (language NOT GLOB '*[^A-Za-z0-9-]*'),
    url        TEXT    NOT NULL CHECK (url = '' OR url LIKE 'http://_%' OR url LIKE 'https://_%'),
    dated      TEXT    NOT NULL CHECK (dated = '' OR dated GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    retrieved  TEXT    NOT NULL CHECK (retrieved = '' OR retrieved GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    sha256     TEXT    NOT NULL CHECK (sha256 = '' OR (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*')),
    late       INTEGER NOT NULL CHECK (late IN (0, 1)),
    withdrawn  INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    UNIQUE (assessment, version, place, position),
    FOREIGN KEY (assessment, version, place) REFERENCES answer (assessment, version, place) ON UPDATE CASCADE
) STRICT;

CREATE TABLE assessment_reply (
    id         INTEGER NOT NULL PRIMARY KEY,
    assessment INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    at         TEXT    NOT NULL CHECK (at GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    by         TEXT    NOT NULL CHECK (by <> ''),
    slot       TEXT    NOT NULL,
    text       TEXT    NOT NULL CHECK (text <> ''),
    FOREIGN KEY (assessment, version) REFERENCES assessment_version (assessment, version) ON UPDATE CASCADE
) STRICT;
CREATE INDEX assessment_reply_of ON assessment_reply (assessment, version);

CREATE TRIGGER answer_sealed BEFORE INSERT ON answer
WHEN (SELECT state FROM assessment_version WHERE assessment = NEW.assessment AND version = NEW.version) IS NOT 'draft'
BEGIN
    SELECT RAISE(ABORT, 'answers change in a draft only');
END;

CREATE TRIGGER answer_no_update BEFORE UPDATE OF place, slot, points, inferred, assessor, note ON answer
BEGIN
    SELECT RAISE(ABORT, 'an answer never changes, a draft is written anew');
END;

-- A row follows its version when that moves up; it never moves by itself.
CREATE TRIGGER answer_stays BEFORE UPDATE OF assessment, version ON answer
WHEN EXISTS (SELECT 1 FROM assessment_version WHERE assessment = OLD.assessment AND version = OLD.version)
BEGIN
    SELECT RAISE(ABORT, 'an answer stays with its version');
END;

CREATE TRIGGER answer_no_delete BEFORE DELETE ON answer
WHEN (SELECT state FROM assessment_version WHERE assessment = OLD.assessment AND version = OLD.version) IS NOT 'draft'
BEGIN
    SELECT RAISE(ABORT, 'answers change in a draft only');
END;

CREATE TRIGGER evidence_sealed BEFORE INSERT ON evidence
WHEN (SELECT state FROM assessment_version WHERE assessment = NEW.assessment AND version = NEW.version) IS NOT 'draft'
  OR EXISTS (SELECT 1 FROM evidence WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'evidence comes into a draft only');
END;

CREATE TRIGGER evidence_no_update BEFORE UPDATE OF id, position, document, page, quote, language, url,
    dated, retrieved, sha256, late ON evidence
BEGIN
    SELECT RAISE(ABORT, 'evidence never changes, it is withdrawn');
END;

CREATE TRIGGER evidence_keeps_place BEFORE UPDATE OF place ON evidence WHEN NEW.place <> OLD.place
BEGIN
    SELECT RAISE(ABORT, 'evidence never changes, it is withdrawn');
END;

CREATE TRIGGER evidence_withdrawn BEFORE UPDATE OF withdrawn ON evidence
WHEN NEW.withdrawn < OLD.withdrawn
  OR (SELECT state FROM assessment_version WHERE assessment = OLD.assessment AND version = OLD.version)
     IN ('published', 'superseded')
BEGIN
    SELECT RAISE(ABORT, 'evidence is withdrawn once, and of an open version only');
END;

CREATE TRIGGER evidence_stays BEFORE UPDATE OF assessment, version ON evidence
WHEN EXISTS (SELECT 1 FROM assessment_version WHERE assessment = OLD.assessment AND version = OLD.version)
BEGIN
    SELECT RAISE(ABORT, 'evidence stays with its version');
END;

CREATE TRIGGER evidence_no_delete BEFORE DELETE ON evidence
WHEN (SELECT state FROM assessment_version WHERE assessment = OLD.assessment AND version = OLD.version) IS NOT 'draft'
BEGIN
    SELECT RAISE(ABORT, 'evidence leaves a draft only');
END;

CREATE TRIGGER assessment_reply_in_time BEFORE INSERT ON assessment_reply
WHEN (SELECT state FROM assessment_version WHERE assessment = NEW.assessment AND version = NEW.version) IS NOT 'company'
BEGIN
    SELECT RAISE(ABORT, 'a company replies while it is asked');
END;

CREATE TRIGGER assessment_reply_no_update BEFORE UPDATE OF id, at, by, slot, text ON assessment_reply
BEGIN
    SELECT RAISE(ABORT, 'a reply never changes');
END;

CREATE TRIGGER assessment_reply_no_delete BEFORE DELETE ON assessment_reply
BEGIN
    SELECT RAISE(ABORT, 'a reply is never deleted');
END;
