-- 0013_award.sql
-- Why: an award is quoted on medals and certificates long after footprints were corrected. So the round is kept as it
-- was decided: rule, window and every candidate with version, value and seal. The candidates are written first and the
-- round closes them; nothing of it changes afterwards.
CREATE TABLE award_round (
    id             TEXT COLLATE "C" NOT NULL PRIMARY KEY
                   CHECK (length(id) BETWEEN 1 AND 64 AND id !~ '[^a-z0-9-]'),
    day            TEXT COLLATE "C" NOT NULL CHECK (is_date(day)),
    launched_from  TEXT COLLATE "C" NOT NULL CHECK (launched_from <> ''),
    launched_until TEXT COLLATE "C" NOT NULL CHECK (launched_until <> ''),
    step_g_km      DOUBLE PRECISION NOT NULL CHECK (step_g_km > 0),
    least          BIGINT NOT NULL CHECK (least >= 1),
    rule_version   TEXT COLLATE "C" NOT NULL CHECK (rule_version <> ''),  -- of data/peer-rule
    rule_checksum  TEXT COLLATE "C" NOT NULL,
    as_declared    BIGINT NOT NULL CHECK (as_declared IN (0, 1)),  -- 0: step or least were given by hand
    cars           BIGINT NOT NULL CHECK (cars >= candidates),  -- published when it was decided
    left_out       BIGINT NOT NULL CHECK (left_out BETWEEN 0 AND cars),
    candidates     BIGINT NOT NULL CHECK (candidates >= 1),
    author         TEXT COLLATE "C" NOT NULL CHECK (author <> ''),
    checksum       TEXT COLLATE "C" NOT NULL CHECK (length(checksum) = 64 AND checksum !~ '[^0-9a-f]')
);

CREATE TABLE award_candidate (
    award      TEXT COLLATE "C" NOT NULL REFERENCES award_round (id) DEFERRABLE INITIALLY DEFERRED,
    place      BIGINT NOT NULL CHECK (place >= 1),  -- by segment, g/km, id
    size_class TEXT COLLATE "C" NOT NULL CHECK (size_class <> ''),
    body       TEXT COLLATE "C" NOT NULL CHECK (body <> ''),
    powertrain TEXT COLLATE "C" NOT NULL CHECK (powertrain <> ''),
    record     TEXT COLLATE "C" NOT NULL,
    version    BIGINT NOT NULL,
    product    TEXT COLLATE "C" NOT NULL CHECK (product <> ''),
    maker      TEXT COLLATE "C" NOT NULL,
    launched   TEXT COLLATE "C" NOT NULL CHECK (launched <> ''),
    g_km       DOUBLE PRECISION NOT NULL CHECK (g_km > 0),
    seal       TEXT COLLATE "C" NOT NULL CHECK (length(seal) = 64 AND seal !~ '[^0-9a-f]'),
    rank       BIGINT NOT NULL CHECK (rank >= 1),  -- in its segment; ties within the step share the better one
    wins       BIGINT NOT NULL CHECK (wins IN (0, 1) AND (wins = 0 OR rank = 1)),
    PRIMARY KEY (award, place),
    UNIQUE (award, record),
    FOREIGN KEY (record, version) REFERENCES record_version (record, version)
);

CREATE FUNCTION award_candidate_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM award_round WHERE id = NEW.award)
  OR EXISTS (SELECT 1 FROM award_candidate WHERE award = NEW.award AND place = NEW.place)
  OR EXISTS (SELECT 1 FROM award_candidate WHERE award = NEW.award AND record = NEW.record) THEN
        RAISE EXCEPTION 'the candidates of an award that was kept do not change';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER award_candidate_insert BEFORE INSERT ON award_candidate FOR EACH ROW
    EXECUTE FUNCTION award_candidate_insert();

CREATE FUNCTION award_candidate_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seal IS DISTINCT FROM (SELECT hash FROM record_version WHERE record = NEW.record AND version = NEW.version) THEN
        RAISE EXCEPTION 'a candidate carries the seal of its version';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER award_candidate_seal BEFORE INSERT ON award_candidate FOR EACH ROW
    EXECUTE FUNCTION award_candidate_seal();

CREATE FUNCTION award_round_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM award_round WHERE id = NEW.id)
  OR NEW.candidates <> (SELECT count(*) FROM award_candidate WHERE award = NEW.id) THEN
        RAISE EXCEPTION 'an award is kept once, after all of its candidates';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER award_round_insert BEFORE INSERT ON award_round FOR EACH ROW
    EXECUTE FUNCTION award_round_insert();

CREATE TRIGGER award_round_no_update BEFORE UPDATE ON award_round FOR EACH ROW
    EXECUTE FUNCTION refuse('an award that was kept never changes');

CREATE TRIGGER award_round_no_delete BEFORE DELETE ON award_round FOR EACH ROW
    EXECUTE FUNCTION refuse('an award that was kept is never deleted');
CREATE TRIGGER award_round_no_truncate BEFORE TRUNCATE ON award_round FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('an award that was kept is never deleted');

CREATE TRIGGER award_candidate_no_update BEFORE UPDATE ON award_candidate FOR EACH ROW
    EXECUTE FUNCTION refuse('a candidate of an award never changes');

CREATE TRIGGER award_candidate_no_delete BEFORE DELETE ON award_candidate FOR EACH ROW
    EXECUTE FUNCTION refuse('a candidate of an award is never deleted');
CREATE TRIGGER award_candidate_no_truncate BEFORE TRUNCATE ON award_candidate FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('a candidate of an award is never deleted');
