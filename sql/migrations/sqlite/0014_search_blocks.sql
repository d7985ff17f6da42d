-- 0014_search_blocks.sql
-- Why: among a million objects a row for each word, name and place took most of the time and space of
-- the index, lists of common words were long to read, hits could not be counted, and nobody told the
-- index of new companies and factors. So the words of a segment lie in sorted blocks, names and facets
-- are words too, what has gone is marked, and what has changed is noted by the tables themselves. The
-- index holds nothing of its own: it is emptied here and made anew when next asked.
DROP TABLE search_name;
DROP TABLE search_recent;
DROP TABLE search_word;
DROP TABLE search_part;
DROP TABLE search_place;
DROP TABLE search_segment;
DROP TABLE search_object;

-- What can be found, as it is shown. Put anew, an object gets a new number.
CREATE TABLE search_object (
    number   INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind     INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 4),  -- vehicle, epd, pcf, company, factor
    id       TEXT    NOT NULL CHECK (length(id) BETWEEN 1 AND 300),
    title_en TEXT    NOT NULL,
    title_zh TEXT    NOT NULL,
    hint     TEXT    NOT NULL,
    weight   INTEGER NOT NULL,
    text     TEXT    NOT NULL,  -- by what it is found besides titles and id; each line also a name of its own
    facets   TEXT    NOT NULL,  -- "maker=Geely", a line each
    UNIQUE (kind, id),
    CHECK (title_en <> '' OR title_zh <> '')
) STRICT;

-- A segment holds the objects with numbers above `above` up to `last`. Segments do not overlap; what
-- lies above the last of them is in search_recent.
CREATE TABLE search_segment (
    number INTEGER NOT NULL PRIMARY KEY,
    above  INTEGER NOT NULL UNIQUE CHECK (above >= 0),
    last   INTEGER NOT NULL UNIQUE,
    places INTEGER NOT NULL CHECK (places BETWEEN 1 AND last - above)
) STRICT;

-- The objects of a segment in the order of an answer: kind, weight downwards, id. A row holds 1024 of
-- them, each as four bytes, low byte first: its number less `above`.
CREATE TABLE search_order (
    segment INTEGER NOT NULL REFERENCES search_segment (number) ON DELETE CASCADE,
    chunk   INTEGER NOT NULL CHECK (chunk >= 0),
    objects BLOB    NOT NULL CHECK (length(objects) BETWEEN 4 AND 4096 AND length(objects) % 4 = 0),
    PRIMARY KEY (segment, chunk)
) STRICT;

-- Places first .. first+count-1 of a segment are of this kind.
CREATE TABLE search_part (
    segment INTEGER NOT NULL REFERENCES search_segment (number) ON DELETE CASCADE,
    kind    INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 4),
    first   INTEGER NOT NULL CHECK (first >= 0),
    count   INTEGER NOT NULL CHECK (count > 0),
    PRIMARY KEY (segment, kind)
) STRICT, WITHOUT ROWID;

-- Places whose object has gone or was put anew.
CREATE TABLE search_gone (
    segment INTEGER NOT NULL REFERENCES search_segment (number) ON DELETE CASCADE,
    place   INTEGER NOT NULL CHECK (place >= 0),
    PRIMARY KEY (segment, place)
) STRICT, WITHOUT ROWID;

-- The words of a segment in byte order with their places, many in a block (search_block.c); first:
-- the first word of the block.
CREATE TABLE search_block (
    number  INTEGER NOT NULL PRIMARY KEY,
    segment INTEGER NOT NULL REFERENCES search_segment (number) ON DELETE CASCADE,
    first   BLOB    NOT NULL CHECK (length(first) > 0),
    words   BLOB    NOT NULL CHECK (length(words) > 0),
    UNIQUE (segment, first)
) STRICT;

CREATE TABLE search_recent (
    word   TEXT    NOT NULL CHECK (word <> ''),
    object INTEGER NOT NULL,
    PRIMARY KEY (word, object)
) STRICT, WITHOUT ROWID;

-- What changed since the index was last refreshed. set: a set of factors by its id; all: everything.
CREATE TABLE search_changed (
    what TEXT NOT NULL CHECK (what IN ('all', 'company', 'record', 'set')),
    id   TEXT NOT NULL CHECK ((id = '') = (what = 'all')),
    PRIMARY KEY (what, id)
) STRICT, WITHOUT ROWID;

INSERT INTO search_changed (what, id) SELECT 'all', ''
WHERE EXISTS (SELECT 1 FROM company) OR EXISTS (SELECT 1 FROM factor)
   OR EXISTS (SELECT 1 FROM record_version WHERE state = 'published');

CREATE TRIGGER search_sees_record AFTER UPDATE OF state ON record_version
WHEN (NEW.state = 'published') <> (OLD.state = 'published')
BEGIN
    INSERT INTO search_changed (what, id) VALUES ('record', NEW.record) ON CONFLICT DO NOTHING;
END;

-- One more car moves the means of its whole category, but the classes of few.
CREATE TRIGGER search_sees_class AFTER INSERT ON car_class
WHEN NEW.class_number <> coalesce((SELECT class_number FROM car_class WHERE record = NEW.record AND id < NEW.id
                                   ORDER BY day DESC, id DESC LIMIT 1), 0)
BEGIN
    INSERT INTO search_changed (what, id) VALUES ('record', NEW.record) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER search_sees_company AFTER INSERT ON company
BEGIN
    INSERT INTO search_changed (what, id) VALUES ('company', NEW.id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER search_sees_company_change AFTER UPDATE ON company
BEGIN
    INSERT INTO search_changed (what, id) VALUES ('company', NEW.id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER search_sees_alias AFTER INSERT ON company_alias
BEGIN
    INSERT INTO search_changed (what, id) VALUES ('company', NEW.company) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER search_sees_alias_change AFTER UPDATE ON company_alias
BEGIN
    INSERT INTO search_changed (what, id) VALUES ('company', NEW.company) ON CONFLICT DO NOTHING;
    INSERT INTO search_changed (what, id) VALUES ('company', OLD.company) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER search_sees_alias_end AFTER DELETE ON company_alias
BEGIN
    INSERT INTO search_changed (what, id) VALUES ('company', OLD.company) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER search_sees_factors AFTER INSERT ON factor_set
BEGIN
    INSERT INTO search_changed (what, id) VALUES ('set', NEW.id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER search_sees_set_end AFTER UPDATE OF superseded_by ON dataset
WHEN EXISTS (SELECT 1 FROM factor_set WHERE id = NEW.id)
BEGIN
    INSERT INTO search_changed (what, id) VALUES ('set', NEW.id) ON CONFLICT DO NOTHING;
END;
