/* load.c - the factor files of a set into the database, row by row, each cell checked. */
#include <string.h>

#include "factor/factor_priv.h"
#include "factor/index.h"
#include "factor/unit.h"
#include "format/csv.h"

enum { MAX_CELL = 4000, MAX_CATEGORY = 100 };

enum column {
    KEY,
    NAME_EN,
    NAME_ZH,
    CATEGORY,
    VALUE,
    UNIT,
    REGION,
    YEAR,
    BOUNDARY,
    TECHNOLOGY,
    QUALITY,
    SOURCE,
    NOTE,
    VERIFIED,
    COLUMNS
};

static const struct {
    const char *name;
    bool required;
} columns[COLUMNS] = {
    { "key", true },       { "name_en", false },    { "name_zh", false }, { "category", false },
    { "value", true },     { "unit", true },        { "region", true },   { "data_year", false },
    { "boundary", false }, { "technology", false }, { "quality", false }, { "source", true },
    { "note", false },     { "verified", true },
};

/* The loading of one set. */
struct load {
    tl_store *s;
    int64_t set_number, first_id, rows;
    tl_factor_index *index; /* owned */
    const tl_units *units;
    tl_arena *scratch, *words; /* owned; of a row, and of its words */
    const tl_csv *csv;
    int at[COLUMNS]; /* where the file has each column, or -1 */
    tl_factor_detail_columns detail_at;
    char unit[TL_UNIT_TEXT]; /* the last one found good: most rows have it again */
    tl_error *err;
};

static tl_status text(struct load *l, enum column c, const char **out)
{
    tl_span cell = tl_span_trim(tl_csv_cell(l->csv, l->at[c]));
    if (cell.n > MAX_CELL)
        return tl_csv_fail(l->csv, l->at[c], l->err, "longer than %d bytes", (int)MAX_CELL);
    *out = tl_arena_copy(l->scratch, cell.n ? cell.p : "", cell.n);
    return *out ? TL_OK : tl_fail_nomem(l->err);
}

static tl_status all_texts(struct load *l, tl_factor *f)
{
    const struct {
        enum column column;
        const char **target;
    } texts[] = {
        { KEY, &f->key },           { NAME_EN, &f->name_en },
        { NAME_ZH, &f->name_zh },   { CATEGORY, &f->category },
        { UNIT, &f->unit },         { REGION, &f->region },
        { BOUNDARY, &f->boundary }, { TECHNOLOGY, &f->technology },
        { QUALITY, &f->quality },   { SOURCE, &f->source },
        { NOTE, &f->note },
    };
    tl_status st = TL_OK;
    for (size_t i = 0; st == TL_OK && i < sizeof texts / sizeof *texts; i++)
        st = text(l, texts[i].column, texts[i].target);
    return st;
}

/* True if s is made of the given characters and neither begins, ends nor doubles a '-'. */
static bool made_of(const char *s, const char *characters)
{
    size_t n = strlen(s);
    return n > 0 && strspn(s, characters) == n && s[0] != '-' && s[n - 1] != '-' &&
           !strstr(s, "--");
}

static bool quality_valid(const char *s)
{
    if (strlen(s) != 9)
        return *s == '\0';
    for (size_t i = 0; i < 9; i++)
        if (i % 2 ? s[i] != ',' : s[i] < '1' || s[i] > '5')
            return false;
    return true;
}

static tl_status check_unit(struct load *l, const tl_factor *f)
{
    tl_factor_unit unit;
    tl_error why = { 0 };
    if (strcmp(f->unit, l->unit) == 0)
        return TL_OK;
    if (tl_factor_unit_parse(l->units, f->unit, &unit, &why) != TL_OK)
        return tl_csv_fail(l->csv, l->at[UNIT], l->err, "%s", why.text);
    if (strlen(f->unit) < sizeof l->unit)
        memcpy(l->unit, f->unit, strlen(f->unit) + 1);
    return TL_OK;
}

static tl_status check_texts(struct load *l, const tl_factor *f)
{
    if (!made_of(f->key, "abcdefghijklmnopqrstuvwxyz0123456789-") || strlen(f->key) > 200)
        return tl_csv_fail(l->csv, l->at[KEY], l->err,
                           "'%.200s' is no key, expected lower-case letters, digits and single '-'",
                           f->key);
    if (!*f->name_en && !*f->name_zh)
        return tl_csv_fail(l->csv, l->at[l->at[NAME_EN] >= 0 ? NAME_EN : NAME_ZH], l->err,
                           "is empty: a factor needs a name");
    if (!made_of(f->region, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") || strlen(f->region) < 2 ||
        strlen(f->region) > 40)
        return tl_csv_fail(l->csv, l->at[REGION], l->err,
                           "'%.40s' is no region, expected a code such as CN, CN-YN or GLO",
                           f->region);
    if (!quality_valid(f->quality))
        return tl_csv_fail(l->csv, l->at[QUALITY], l->err,
                           "'%.40s' is no quality, expected five scores 1 to 5 such as 2,3,1,1,3",
                           f->quality);
    if (!*f->source)
        return tl_csv_fail(l->csv, l->at[SOURCE], l->err, "is empty: a factor needs a source");
    if (strlen(f->category) > MAX_CATEGORY)
        return tl_csv_fail(l->csv, l->at[CATEGORY], l->err, "longer than %d bytes",
                           (int)MAX_CATEGORY);
    return check_unit(l, f);
}

/* Year and mark, the cells that are no text. */
static tl_status year_and_mark(struct load *l, tl_factor *f)
{
    double year = 0;
    bool given = false;
    tl_span mark = tl_span_trim(tl_csv_cell(l->csv, l->at[VERIFIED]));
    tl_status st = tl_csv_number_opt(l->csv, l->at[YEAR], &year, &given, l->err);
    if (st != TL_OK)
        return st;
    if (given && (!(year >= 1900 && year <= 2200) || year != (double)(int)year))
        return tl_csv_fail(l->csv, l->at[YEAR], l->err,
                           "%g is no year, expected a whole number from 1900 to 2200", year);
    f->year = given ? (int)year : 0;
    f->verified = tl_span_is(mark, "yes");
    return f->verified || tl_span_is(mark, "no")
               ? TL_OK
               : tl_csv_fail(l->csv, l->at[VERIFIED], l->err,
                             "'" TL_SPAN_FMT "' is no mark, expected yes or no", TL_SPAN_ARG(mark));
}

static tl_status insert(struct load *l, const tl_factor *f)
{
    tl_query *q;
    tl_status st = tl_store_query(l->s, "factor.insert", &q, l->err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, l->first_id + l->rows);
    tl_query_int(q, 2, l->set_number);
    tl_query_text(q, 3, f->key);
    tl_query_text(q, 4, f->name_en);
    tl_query_text(q, 5, f->name_zh);
    tl_query_text(q, 6, f->category);
    tl_query_number(q, 7, f->value);
    tl_query_text(q, 8, f->unit);
    tl_query_text(q, 9, f->region);
    tl_query_int(q, 10, f->year);
    tl_query_text(q, 11, f->boundary);
    tl_query_text(q, 12, f->technology);
    tl_query_text(q, 13, f->quality);
    tl_query_text(q, 14, f->source);
    tl_query_text(q, 15, f->note);
    tl_query_int(q, 16, f->verified);
    st = tl_query_run(q, l->err);
    if (st == TL_ECONFLICT) /* all other constraints were checked above */
        return tl_csv_fail(l->csv, l->at[KEY], l->err, "'%.200s' occurs twice in this set", f->key);
    if (st == TL_OK && f->detail)
        st = tl_factor_detail_write(l->s, l->first_id + l->rows, f->detail, l->err);
    return st;
}

static tl_status load_row(struct load *l)
{
    tl_factor f = { 0 };
    tl_factor_detail detail;
    tl_arena_reset(l->scratch);
    tl_status st = all_texts(l, &f);
    if (st == TL_OK && (st = check_texts(l, &f)) == TL_OK &&
        (st = tl_csv_number(l->csv, l->at[VALUE], &f.value, l->err)) == TL_OK &&
        (st = year_and_mark(l, &f)) == TL_OK &&
        (st = tl_factor_detail_cells(l->csv, &l->detail_at, &detail, l->err)) == TL_OK) {
        f.detail = tl_factor_detail_empty(&detail) ? NULL : &detail;
        st = insert(l, &f);
    }
    if (st == TL_OK)
        st = tl_factor_index_add(l->index, &f, l->words, l->err);
    l->rows += st == TL_OK;
    return st;
}

static tl_status find_columns(struct load *l)
{
    tl_status st = TL_OK;
    for (int c = 0; c < COLUMNS && st == TL_OK; c++)
        if (columns[c].required)
            st = tl_csv_require(l->csv, columns[c].name, &l->at[c], l->err);
        else
            l->at[c] = tl_csv_column(l->csv, columns[c].name);
    tl_factor_detail_find(l->csv, &l->detail_at);
    if (st == TL_OK && l->at[NAME_EN] < 0 && l->at[NAME_ZH] < 0)
        st = tl_csv_require(l->csv, "name_en", &l->at[NAME_EN], l->err);
    return st;
}

static tl_status load_text(struct load *l, const tl_factor_text *t)
{
    tl_csv *csv = NULL;
    bool more;
    tl_status st = tl_csv_open_memory(&csv, t->name, t->data, t->n, NULL, l->err);
    l->csv = csv;
    if (st == TL_OK)
        st = find_columns(l);
    while (st == TL_OK && (st = tl_csv_next(csv, &more, l->err)) == TL_OK && more)
        st = load_row(l);
    tl_csv_close(csv);
    return st;
}

/* Registers the set and learns the numbers its rows get. */
static tl_status open_set(struct load *l, const char *id, const char *version)
{
    tl_query *q;
    bool row;
    tl_status st = tl_factor_set_number(l->s, id, version, &l->set_number, l->err);
    if (st == TL_OK && l->set_number)
        return tl_fail(l->err, TL_ECONFLICT, "the factors of %s@%s are loaded already", id,
                       version);
    if (st != TL_OK || (st = tl_store_query(l->s, "factor_set.insert", &q, l->err)) != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    tl_query_text(q, 2, version);
    if ((st = tl_query_run(q, l->err)) != TL_OK ||
        (st = tl_factor_set_number(l->s, id, version, &l->set_number, l->err)) != TL_OK ||
        (st = tl_store_query(l->s, "factor.last_id", &q, l->err)) != TL_OK)
        return st;
    if ((st = tl_query_step(q, &row, l->err)) == TL_OK && row)
        l->first_id = tl_query_get_int(q, 0) + 1;
    tl_query_reset(q);
    return st;
}

tl_status tl_factor_load_batch(tl_store *s, const tl_factor_batch *batch, int64_t *rows,
                               tl_error *err)
{
    struct load l = { .s = s, .units = batch->units, .err = err };
    tl_units *own = NULL;
    tl_status st = TL_OK;
    *rows = 0;
    if (!l.units) {
        st = tl_units_new(&own, err);
        l.units = own;
    }
    if (st == TL_OK && (st = tl_factor_index_new(&l.index, err)) == TL_OK &&
        (st = tl_arena_new(&l.scratch, 0, err)) == TL_OK &&
        (st = tl_arena_new(&l.words, 0, err)) == TL_OK)
        st = open_set(&l, batch->id, batch->version);
    for (size_t i = 0; i < batch->count && st == TL_OK; i++)
        st = load_text(&l, &batch->texts[i]);
    if (st == TL_OK)
        st = tl_factor_index_write(l.index, s, l.set_number, l.first_id, err);
    if (st == TL_OK)
        *rows = l.rows;
    tl_factor_index_free(l.index);
    tl_arena_free(l.scratch);
    tl_arena_free(l.words);
    tl_units_free(own);
    return st;
}
