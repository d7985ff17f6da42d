-- 0005_company.sql
-- Why: tables print one company under many names, and ratings, cars and products must speak of the
-- same one. So a company has one id for ever, and each name under which it is found is there once,
-- folded (letter case and width aside). Rows may be corrected; the audit chain keeps old and new.
CREATE TABLE company (
    id           TEXT NOT NULL PRIMARY KEY
                 CHECK (length(id) BETWEEN 1 AND 64 AND id NOT GLOB '*[^a-z0-9-]*' AND id NOT GLOB '*--*'
                        AND id NOT GLOB '-*' AND id NOT GLOB '*-'),
    name_en      TEXT NOT NULL,
    name_zh      TEXT NOT NULL,
    fold_en      TEXT NOT NULL,  -- the names as they are looked up
    fold_zh      TEXT NOT NULL,
    country      TEXT NOT NULL CHECK (country = '' OR country GLOB '[A-Z][A-Z]'),
    region_group TEXT NOT NULL
                 CHECK (region_group IN ('', 'chinese', 'european', 'american', 'japanese-korean', 'other')),
    listed       TEXT NOT NULL CHECK (listed IN ('', 'yes', 'no')),
    product_type TEXT NOT NULL CHECK (product_type NOT GLOB '*[^a-z0-9+-]*'),
    industry     TEXT NOT NULL CHECK (industry NOT GLOB '*[^a-z0-9-]*'),
    parent       TEXT REFERENCES company (id) CHECK (parent <> id),
    inclusion    TEXT NOT NULL,
    source       TEXT NOT NULL CHECK (source <> ''),
    note         TEXT NOT NULL,
    CHECK (name_en <> '' OR name_zh <> ''),
    CHECK ((name_en = '') = (fold_en = '') AND (name_zh = '') = (fold_zh = ''))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX company_fold_en ON company (fold_en) WHERE fold_en <> '';
CREATE UNIQUE INDEX company_fold_zh ON company (fold_zh) WHERE fold_zh <> '';
CREATE INDEX company_parent ON company (parent) WHERE parent IS NOT NULL;

CREATE TRIGGER company_keeps_id BEFORE UPDATE OF id ON company WHEN NEW.id <> OLD.id
BEGIN
    SELECT RAISE(ABORT, 'a company keeps its id for ever');
END;

CREATE TRIGGER company_no_delete BEFORE DELETE ON company
BEGIN
    SELECT RAISE(ABORT, 'a company is never deleted');
END;

CREATE TABLE company_alias (
    folded  TEXT NOT NULL PRIMARY KEY CHECK (folded <> ''),
    company TEXT NOT NULL REFERENCES company (id),
    alias   TEXT NOT NULL CHECK (alias <> ''),
    source  TEXT NOT NULL CHECK (source <> '')
) STRICT, WITHOUT ROWID;
CREATE INDEX company_alias_of ON company_alias (company, alias);

CREATE TABLE company_fact (
    company TEXT NOT NULL REFERENCES company (id),
    fact    TEXT NOT NULL CHECK (length(fact) BETWEEN 1 AND 64 AND fact NOT GLOB '*[^a-z0-9-]*'),
    period  TEXT NOT NULL CHECK (period GLOB '[12][0-9][0-9][0-9]*'),
    value   TEXT NOT NULL CHECK (value <> ''),
    unit    TEXT NOT NULL,
    source  TEXT NOT NULL CHECK (source <> ''),
    note    TEXT NOT NULL,
    PRIMARY KEY (company, fact, period)
) STRICT, WITHOUT ROWID;
