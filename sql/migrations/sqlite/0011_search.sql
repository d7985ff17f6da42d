-- 0011_search.sql
-- Why: one box finds cars, declarations, companies and factors by words in Chinese, English and
-- pinyin, among a million, and objects are published one by one. So the words of many objects are
-- packed into lists once (a segment), and the few changed since then are kept row by row until there
-- are enough of them for a segment of their own.

-- What can be found, as it is shown. Put anew, an object gets a new number; lists that still hold the
-- old number lead to nothing.
CREATE TABLE search_object (
    number   INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind     INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 4),  -- vehicle, epd, pcf, company, factor
    id       TEXT    NOT NULL CHECK (length(id) BETWEEN 1 AND 300),
    title_en TEXT    NOT NULL,
    title_zh TEXT    NOT NULL,
    hint     TEXT    NOT NULL,
    weight   INTEGER NOT NULL,
    text     TEXT    NOT NULL,  -- by what it is found; each line also a name of its own
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

-- The objects of a segment in the order of an answer: kind, weight downwards, id.
CREATE TABLE search_place (
    segment INTEGER NOT NULL REFERENCES search_segment (number) ON DELETE CASCADE,
    place   INTEGER NOT NULL CHECK (place >= 0),
    object  INTEGER NOT NULL,  -- a number that was given to an object
    PRIMARY KEY (segment, place)
) STRICT, WITHOUT ROWID;

-- Places first .. first+count-1 of a segment are of this kind.
CREATE TABLE search_part (
    segment INTEGER NOT NULL REFERENCES search_segment (number) ON DELETE CASCADE,
    kind    INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 4),
    first   INTEGER NOT NULL CHECK (first >= 0),
    count   INTEGER NOT NULL CHECK (count > 0),
    PRIMARY KEY (segment, kind)
) STRICT, WITHOUT ROWID;

-- places: packed as in factor_word. "ji*" stands for all words that begin with ji.
CREATE TABLE search_word (
    segment INTEGER NOT NULL REFERENCES search_segment (number) ON DELETE CASCADE,
    word    TEXT    NOT NULL CHECK (word <> ''),
    places  BLOB    NOT NULL CHECK (length(places) > 0),
    UNIQUE (segment, word)
) STRICT;

CREATE TABLE search_recent (
    word   TEXT    NOT NULL CHECK (word <> ''),
    object INTEGER NOT NULL,
    PRIMARY KEY (word, object)
) STRICT, WITHOUT ROWID;

-- Whole names, as a hash of their words: what is called just as was asked comes first.
CREATE TABLE search_name (
    hash   INTEGER NOT NULL,
    kind   INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 4),
    weight INTEGER NOT NULL,
    id     TEXT    NOT NULL,
    object INTEGER NOT NULL,
    PRIMARY KEY (hash, kind, weight DESC, id)
) STRICT, WITHOUT ROWID;
