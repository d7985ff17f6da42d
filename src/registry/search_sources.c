/* search_sources.c - what of records, companies and factors is found, and by which words. */
#include <string.h>

#include "base/buf.h"
#include "base/number.h"
#include "registry/record.h"
#include "registry/search_priv.h"

/* An object as read from its source; the entry borrows from the buffers and the row. */
struct object {
    tl_search_entry e;
    tl_buf text, hint, facets; /* owned */
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

/* Of vehicles only; a class of 0 is none. */
static void add_facets(tl_buf *b, tl_query *q)
{
    static const struct {
        const char *field;
        int column;
    } fields[] = { { "maker", 3 }, { "size", 6 }, { "body", 7 }, { "powertrain", 8 } };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const char *value = tl_query_get_text(q, fields[i].column);
        if (*value && !strchr(value, '\n'))
            tl_buf_printf(b, "%s=%s\n", fields[i].field, value);
    }
    if (tl_query_get_int(q, 17))
        tl_buf_printf(b, "class=%d\n", (int)tl_query_get_int(q, 17));
}

static void read_record(struct object *o, tl_query *q)
{
    char value[TL_NUMBER_MAX + 320];
    /* series, size, body, powertrain, the company's id, names and aliases */
    static const int words[] = { 5, 6, 7, 8, 13, 14, 15, 16 };
    const char *kind = tl_query_get_text(q, 1), *product = tl_query_get_text(q, 2);
    bool chinese = tl_search_has_chinese(product);
    o->e.found.kind = strcmp(kind, tl_record_kind_name(TL_RECORD_EPD)) == 0   ? TL_FOUND_EPD
                      : strcmp(kind, tl_record_kind_name(TL_RECORD_PCF)) == 0 ? TL_FOUND_PCF
                                                                              : TL_FOUND_VEHICLE;
    o->e.found.title_en = chinese ? "" : product;
    o->e.found.title_zh = chinese ? product : "";
    o->e.weight = day_number(tl_query_get_text(q, 12));
    tl_buf_printf(&o->text, "%s %s\n%s\n", tl_query_get_text(q, 3), product,
                  tl_query_get_text(q, 4));
    add_line(&o->text, q, words, sizeof words / sizeof *words);
    tl_number_format_fixed(tl_query_get_number(q, 9), 2, value);
    tl_buf_printf(&o->hint, "%s %s", value, tl_query_get_text(q, 10));
    if (*tl_query_get_text(q, 3))
        tl_buf_printf(&o->hint, ", %s", tl_query_get_text(q, 3));
    if (o->e.found.kind == TL_FOUND_VEHICLE)
        add_facets(&o->facets, q);
}

/* All of equal weight: among companies the id decides. */
static void read_company(struct object *o, tl_query *q)
{
    o->e.found.kind = TL_FOUND_COMPANY;
    o->e.found.title_en = tl_query_get_text(q, 1);
    o->e.found.title_zh = tl_query_get_text(q, 2);
    o->e.weight = 0;
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
    o->e.found.kind = TL_FOUND_FACTOR;
    o->e.found.title_en = tl_query_get_text(q, 1);
    o->e.found.title_zh = tl_query_get_text(q, 2);
    o->e.weight = (verified ? 10000 : 0) + year;
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
    tl_buf_reset(&o->facets);
    o->e = (tl_search_entry){ .found = { .id = tl_query_get_text(q, 0) } };
    read(o, q);
    tl_status st = tl_buf_status(&o->text, err);
    if (st == TL_OK && (st = tl_buf_status(&o->hint, err)) == TL_OK)
        st = tl_buf_status(&o->facets, err);
    o->e.found.hint = tl_buf_text(&o->hint);
    o->e.text = tl_buf_text(&o->text);
    o->e.facets = tl_buf_text(&o->facets);
    return st;
}

static tl_status read_source(tl_store *s, const char *query, const char *parameter, reader *read,
                             tl_search_take *take, void *ctx, tl_error *err)
{
    struct object o;
    tl_query *q;
    bool row;
    tl_status st = tl_store_query(s, query, &q, err);
    if (st != TL_OK)
        return st;
    tl_buf_init(&o.text, 0);
    tl_buf_init(&o.hint, 0);
    tl_buf_init(&o.facets, 0);
    if (parameter)
        tl_query_text(q, 1, parameter);
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row)
        if ((st = read_object(&o, q, read, err)) != TL_OK || (st = take(ctx, &o.e, err)) != TL_OK)
            break;
    tl_query_reset(q);
    tl_buf_clear(&o.text);
    tl_buf_clear(&o.hint);
    tl_buf_clear(&o.facets);
    return st;
}

static const struct source {
    const char *what, *all, *one; /* queries */
    const char *kind;             /* what `all` is asked for; NULL = nothing */
    reader *read;
} sources[] = {
    { "record", "search_source.records", "search_source.record", "vehicle", read_record },
    { NULL, "search_source.records", NULL, "epd", read_record },
    { NULL, "search_source.records", NULL, "pcf", read_record },
    { "company", "search_source.companies", "search_source.company", NULL, read_company },
    { "set", "search_source.factors", "search_source.set", NULL, read_factor },
};

tl_status tl_search_sources(tl_store *s, const char *what, const char *id, tl_search_take *take,
                            void *ctx, tl_error *err)
{
    tl_status st = TL_OK;
    for (size_t i = 0; i < sizeof sources / sizeof *sources && st == TL_OK; i++) {
        const struct source *f = &sources[i];
        if (!what)
            st = read_source(s, f->all, f->kind, f->read, take, ctx, err);
        else if (f->what && strcmp(f->what, what) == 0)
            st = read_source(s, f->one, id, f->read, take, ctx, err);
    }
    return st;
}
