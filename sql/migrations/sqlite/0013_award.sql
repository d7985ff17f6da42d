-- 0013_award.sql
-- Why: an award is quoted on medals and certificates long after footprints were corrected. So the round is kept as it
-- was decided: rule, window and every candidate with version, value and seal. The candidates are written first and the
-- round closes them; nothing of it changes afterwards.
CREATE TABLE award_round (
    id             TEXT    NOT NULL PRIMARY KEY
                   CHECK (length(id) BETWEEN 1 AND 64 AND id NOT GLOB '*[^a-z0-9-]*'),
    day            TEXT    NOT NULL CHECK (date(day) IS day),
    launched_from  TEXT    NOT NULL CHECK (launched_from <> ''),
    launched_until TEXT    NOT NULL CHECK (launched_until <> ''),
    step_g_km      REAL    NOT NULL CHECK (step_g_km > 0),
    least          INTEGER NOT NULL CHECK (least >= 1),
    rule_version   TEXT    NOT NULL CHECK (rule_version <> ''),  -- of data/peer-rule
    rule_checksum  TEXT    NOT NULL,
    as_declared    INTEGER NOT NULL CHECK (as_declared IN (0, 1)),  -- 0: step or least were given by hand
    cars           INTEGER NOT NULL CHECK (cars >= candidates),  -- published when it was decided
    left_out       INTEGER NOT NULL CHECK (left_out BETWEEN 0 AND cars),
    candidates     INTEGER NOT NULL CHECK (candidates >= 1),
    author         TEXT    NOT NULL CHECK (author <> ''),
    checksum       TEXT    NOT NULL CHECK (length(checksum) = 64 AND checksum NOT GLOB '*[^0-9a-f]*')
) STRICT, WITHOUT ROWID;

CREATE TABLE award_candidate (
    award      TEXT    NOT NULL REFERENCES award_round (id) DEFERRABLE INITIALLY DEFERRED,
    place      INTEGER NOT NULL CHECK (place >= 1),  -- by segment, g/km, id
    size_class TEXT    NOT NULL CHECK (size_class <> ''),
    body       TEXT    NOT NULL CHECK (body <> ''),
    powertrain TEXT    NOT NULL CHECK (powertrain <> ''),
    record     TEXT    NOT NULL,
    version    INTEGER NOT NULL,
    product    TEXT    NOT NULL CHECK (product <> ''),
    maker      TEXT    NOT NULL,
    launched   TEXT    NOT NULL CHECK (launched <> ''),
    g_km       REAL    NOT NULL CHECK (g_km > 0),
    seal       TEXT    NOT NULL CHECK (length(seal) = 64 AND seal NOT GLOB '*[^0-9a-f]*'),
    rank       INTEGER NOT NULL CHECK (rank >= 1),  -- in its segment; ties within the step share the better one
    wins       INTEGER NOT NULL CHECK (wins IN (0, 1) AND (wins = 0 OR rank = 1)),
    PRIMARY KEY (award, place),
    UNIQUE (award, record),
    FOREIGN KEY (record, version) REFERENCES record_version (record, version)
) STRICT, WITHOUT ROWID;

-- Also stops INSERT OR REPLACE.
CREATE TRIGGER award_candidate_insert BEFORE INSERT ON award_candidate
WHEN EXISTS (SELECT 1 FROM award_round WHERE id = NEW.award)
  OR EXISTS (SELECT 1 FROM award_candidate WHERE award = NEW.award AND place = NEW.place)
  OR EXISTS (SELECT 1 FROM award_candidate WHERE award = NEW.award AND record = NEW.record)
BEGIN
    SELECT RAISE(ABORT, 'the candidates of an award that was kept do not change');
END;

CREATE TRIGGER award_candidate_seal BEFORE INSERT ON award_candidate
WHEN NEW.seal IS NOT (SELECT hash FROM record_version WHERE record = NEW.record AND version = NEW.version)
BEGIN
    SELECT RAISE(ABORT, 'a candidate carries the seal of its version');
END;

CREATE TRIGGER award_round_insert BEFORE INSERT ON award_round
WHEN EXISTS (SELECT 1 FROM award_round WHERE id = NEW.id)
  OR NEW.candidates <> (SELECT count(*) FROM award_candidate WHERE award = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'an award is kept once, after all of its candidates');
END;

CREATE TRIGGER award_round_no_update BEFORE UPDATE ON award_round
BEGIN
    SELECT RAISE(ABORT, 'an award that was kept never changes');
END;

CREATE TRIGGER award_round_no_delete BEFORE DELETE ON award_round
BEGIN
    SELECT RAISE(ABORT, 'an award that was kept is never deleted');
END;

CREATE TRIGGER award_candidate_no_update BEFORE UPDATE ON award_candidate
BEGIN
    SELECT RAISE(ABORT, 'a candidate of an award never changes');
END;

CREATE TRIGGER award_candidate_no_delete BEFORE DELETE ON award_candidate
BEGIN
    SELECT RAISE(ABORT, 'a candidate of an award is never deleted');
END;
