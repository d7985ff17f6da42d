-- 0005_company.sql
-- Why: tables print one company under many names, and ratings, cars and products must speak of the
-- same one. So a company has one id for ever, and each name under which it is found is there once,
-- folded (letter case and width aside). Rows may be corrected; the audit chain keeps old and new.
CREATE TABLE company (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY
                 CHECK (length(id) BETWEEN 1 AND 64 AND id !~ '[^a-z0-9-]' AND id !~ '--'
                        AND id !~ '^-' AND id !~ '-$'),
    name_en      TEXT COLLATE "C" NOT NULL,
    name_zh      TEXT COLLATE "C" NOT NULL,
    fold_en      TEXT COLLATE "C" NOT NULL,  -- the names as they are looked up
    fold_zh      TEXT COLLATE "C" NOT NULL,
    country      TEXT COLLATE "C" NOT NULL CHECK (country = '' OR country ~ '^[A-Z]{2}$'),
    region_group TEXT COLLATE "C" NOT NULL
                 CHECK (region_group IN ('', 'chinese', 'european', 'american', 'japanese-korean', 'other')),
    listed       TEXT COLLATE "C" NOT NULL CHECK (listed IN ('', 'yes', 'no')),
    product_type TEXT COLLATE "C" NOT NULL CHECK (product_type !~ '[^a-z0-9+-]'),
    industry     TEXT COLLATE "C" NOT NULL CHECK (industry !~ '[^a-z0-9-]'),
    parent       TEXT COLLATE "C" REFERENCES company (id) CHECK (parent <> id),
    inclusion    TEXT COLLATE "C" NOT NULL,
    source       TEXT COLLATE "C" NOT NULL CHECK (source <> ''),
    note         TEXT COLLATE "C" NOT NULL,
    CHECK (name_en <> '' OR name_zh <> ''),
    CHECK ((name_en = '') = (fold_en = '') AND (name_zh = '') = (fold_zh = ''))
);
CREATE UNIQUE INDEX company_fold_en ON company (fold_en) WHERE fold_en <> '';
CREATE UNIQUE INDEX company_fold_zh ON company (fold_zh) WHERE fold_zh <> '';
CREATE INDEX company_parent ON company (parent) WHERE parent IS NOT NULL;

CREATE TRIGGER company_keeps_id BEFORE UPDATE OF id ON company FOR EACH ROW
    WHEN (NEW.id <> OLD.id)
    EXECUTE FUNCTION refuse('a company keeps its id for ever');

CREATE TRIGGER company_no_delete BEFORE DELETE ON company FOR EACH ROW
    EXECUTE FUNCTION refuse('a company is never deleted');
CREATE TRIGGER company_no_truncate BEFORE TRUNCATE ON company FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('a company is never deleted');

CREATE TABLE company_alias (
    folded  TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (folded <> ''),
    company TEXT COLLATE "C" NOT NULL REFERENCES company (id),
    alias   TEXT COLLATE "C" NOT NULL CHECK (alias <> ''),
    source  TEXT COLLATE "C" NOT NULL CHECK (source <> '')
);
CREATE INDEX company_alias_of ON company_alias (company, alias);

CREATE TABLE company_fact (
    company TEXT COLLATE "C" NOT NULL REFERENCES company (id),
    fact    TEXT COLLATE "C" NOT NULL CHECK (length(fact) BETWEEN 1 AND 64 AND fact !~ '[^a-z0-9-]'),
    period  TEXT COLLATE "C" NOT NULL CHECK (period ~ '^[12][0-9]{3}'),
    value   TEXT COLLATE "C" NOT NULL CHECK (value <> ''),
    unit    TEXT COLLATE "C" NOT NULL,
    source  TEXT COLLATE "C" NOT NULL CHECK (source <> ''),
    note    TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (company, fact, period)
);
