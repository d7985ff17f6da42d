/* search_sources.c - what of records, companies and factors is found, and by which words.
 *
 * Sources are read row by row and every TL_SEARCH_SEGMENT rows become a segment, so memory does not
 * grow with the number of objects. */
#include <assert.h>
#include <string.h>

#include "base/buf.h"
#include "base/number.h"
#include "registry/record.h"
#include "registry/search_priv.h"

/* An object as read from its source; text and hint are borrowed from the buffers. */
struct object {
    tl_found found;
    int64_t weight;
    tl_buf text, hint; /* owned */
};

/* A whole number out of an ISO day, 20240930, so that the later published comes first; 0 for "". */
static int64_t day_number(const char *day)
{
    int64_t n = 0;
    for (; *day; day++)
        if (*day >= '0' && *day <= '9')
            n = n * 10 + (*day - '0');
    return n;
}

/* What is searched for but is no name of the object goes into one line. */
static void add_line(tl_buf *b, tl_query *q, const int *columns, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *text = tl_query_get_text(q, columns[i]);
        for (; *text; text++)
            tl_buf_char(b, *text == '\n' ? ' ' : *text);
        tl_buf_char(b, i + 1 < n ? ' ' : '\n');
    }
}

static void read_record(struct object *o, tl_query *q)
{
    char value[TL_NUMBER_MAX + 320];
    /* series, size, body, powertrain, the company's id, names and aliases */
    static const int words[] = { 5, 6, 7, 8, 13, 14, 15, 16 };
    const char *kind = tl_query_get_text(q, 1), *product = tl_query_get_text(q, 2);
    bool chinese = tl_search_has_chinese(product);
    o->found.kind = strcmp(kind, tl_record_kind_name(TL_RECORD_EPD)) == 0   ? TL_FOUND_EPD
                    : strcmp(kind, tl_record_kind_name(TL_RECORD_PCF)) == 0 ? TL_FOUND_PCF
                                                                            : TL_FOUND_VEHICLE;
    o->found.title_en = chinese ? "" : product;
    o->found.title_zh = chinese ? product : "";
    o->weight = day_number(tl_query_get_text(q, 12));
    tl_buf_printf(&o->text, "%s %s\n%s\n", tl_query_get_text(q, 3), product,
                  tl_query_get_text(q, 4));
    add_line(&o->text, q, words, sizeof words / sizeof *words);
    tl_number_format_fixed(tl_query_get_number(q, 9), 2, value);
    tl_buf_printf(&o->hint, "%s %s", value, tl_query_get_text(q, 10));
    if (*tl_query_get_text(q, 3))
        tl_buf_printf(&o->hint, ", %s", tl_query_get_text(q, 3));
}

/* All of equal weight: among companies the id decides. */
static void read_company(struct object *o, tl_query *q)
{
    o->found.kind = TL_FOUND_COMPANY;
    o->found.title_en = tl_query_get_text(q, 1);
    o->found.title_zh = tl_query_get_text(q, 2);
    o->weight = 0;
    tl_buf_str(&o->text, tl_query_get_text(q, 5)); /* an alias a line */
    tl_buf_str(&o->hint, tl_query_get_text(q, 3));
    if (*tl_query_get_text(q, 4))
        tl_buf_printf(&o->hint, "%s%s", o->hint.len ? ", " : "", tl_query_get_text(q, 4));
}

/* Verified before not, newer before older, as factor.h orders them. */
static void read_factor(struct object *o, tl_query *q)
{
    static const int words[] = { 3, 4 };
    bool verified = tl_query_get_int(q, 9) != 0;
    int64_t year = tl_query_get_int(q, 8);
    o->found.kind = TL_FOUND_FACTOR;
    o->found.title_en = tl_query_get_text(q, 1);
    o->found.title_zh = tl_query_get_text(q, 2);
    o->weight = (verified ? 10000 : 0) + year;
    add_line(&o->text, q, words, sizeof words / sizeof *words);
    tl_buf_number(&o->hint, tl_query_get_number(q, 5));
    tl_buf_printf(&o->hint, " %s, %s", tl_query_get_text(q, 6), tl_query_get_text(q, 7));
    if (year)
        tl_buf_printf(&o->hint, ", %d", (int)year);
    if (!verified)
        tl_buf_str(&o->hint, ", not verified");
}

typedef void reader(struct object *o, tl_query *q);

/* The row at hand as an object; what it borrows lives until the next step. */
static tl_status read_object(struct object *o, tl_query *q, reader *read, tl_error *err)
{
    tl_buf_reset(&o->text);
    tl_buf_reset(&o->hint);
    o->found = (tl_found){ .id = tl_query_get_text(q, 0) };
    read(o, q);
    tl_status st = tl_buf_status(&o->text, err);
    if (st == TL_OK)
        st = tl_buf_status(&o->hint, err);
    o->found.hint = tl_buf_text(&o->hint);
    return st;
}

/* One rebuild. */
struct rebuild {
    tl_store *s;
    tl_search_cutter c;
    struct object object;
    int64_t objects, last, folded; /* last: number of the newest object; folded: of the newest in a
                                      segment */
    tl_error *err;
};

static tl_status fold(struct rebuild *k)
{
    tl_status st = tl_search_number(k->s, "search_object.last", &k->last, k->err);
    if (st == TL_OK && k->last > k->folded)
        st = tl_search_fold(k->s, &k->c, k->folded, k->last, k->err);
    k->folded = k->last;
    return st;
}

static tl_status take_source(struct rebuild *k, const char *source, reader *read)
{
    tl_query *q;
    bool row;
    struct object *o = &k->object;
    tl_status st = tl_store_query(k->s, source, &q, k->err);
    if (st != TL_OK)
        return st;
    while ((st = tl_query_step(q, &row, k->err)) == TL_OK && row) {
        if ((st = read_object(o, q, read, k->err)) != TL_OK ||
            (st = tl_search_add(k->s, &k->c, &o->found, tl_buf_text(&o->text), o->weight,
                                k->err)) != TL_OK)
            break;
        k->objects++;
        if (k->objects % TL_SEARCH_SEGMENT == 0 && (st = fold(k)) != TL_OK)
            break;
    }
    tl_query_reset(q);
    return st;
}

static tl_status clear(tl_store *s, tl_error *err)
{
    static const char *const queries[] = { "search_segment.clear", "search_recent.clear",
                                           "search_name.clear", "search_object.clear" };
    tl_status st = TL_OK;
    tl_query *q;
    for (size_t i = 0; i < sizeof queries / sizeof *queries && st == TL_OK; i++)
        if ((st = tl_store_query(s, queries[i], &q, err)) == TL_OK)
            st = tl_query_run(q, err);
    return st;
}

tl_status tl_search_rebuild(tl_store *s, int64_t *objects, tl_error *err)
{
    struct rebuild k = { .s = s, .err = err };
    assert(tl_store_in_transaction(s));
    *objects = 0;
    tl_buf_init(&k.object.text, 0);
    tl_buf_init(&k.object.hint, 0);
    tl_status st = tl_search_cutter_init(&k.c, err);
    if (st == TL_OK && (st = clear(s, err)) == TL_OK &&
        (st = take_source(&k, "search_source.records", read_record)) == TL_OK &&
        (st = take_source(&k, "search_source.companies", read_company)) == TL_OK &&
        (st = take_source(&k, "search_source.factors", read_factor)) == TL_OK)
        st = fold(&k);
    if (st == TL_OK)
        *objects = k.objects;
    tl_buf_clear(&k.object.text);
    tl_buf_clear(&k.object.hint);
    tl_search_cutter_clear(&k.c);
    return st;
}

/* Drops a record of whatever kind it is; nothing where there is none. */
static tl_status drop_record(tl_store *s, const char *id, tl_error *err)
{
    tl_status st = TL_OK;
    for (int kind = TL_FOUND_VEHICLE; kind <= TL_FOUND_PCF && st == TL_OK; kind++)
        st = tl_search_drop(s, (tl_found_kind)kind, id, err);
    return st;
}

tl_status tl_search_put_record(tl_store *s, const char *id, tl_error *err)
{
    struct object o = { 0 };
    tl_query *q;
    bool row;
    tl_status st = tl_store_query(s, "search_source.record", &q, err);
    if (st != TL_OK)
        return st;
    tl_buf_init(&o.text, 0);
    tl_buf_init(&o.hint, 0);
    tl_query_text(q, 1, id);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row &&
        (st = read_object(&o, q, read_record, err)) == TL_OK)
        st = tl_search_put(s, &o.found, tl_buf_text(&o.text), o.weight, err);
    else if (st == TL_OK && !row)
        st = drop_record(s, id, err);
    tl_query_reset(q);
    tl_buf_clear(&o.text);
    tl_buf_clear(&o.hint);
    return st;
}
