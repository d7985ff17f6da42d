/* record_read.c - versions of records out of the database. */
#include <math.h>
#include <string.h>

#include "registry/record_priv.h"

/* Columns of a version; the queries keep this order. */
enum column {
    NUMBER,
    RECORD,
    VERSION,
    KIND,
    STATE,
    PRODUCT,
    MAKER,
    COMPANY,
    DISCLOSURE_ID,
    SERIES,
    SIZE_CLASS,
    BODY,
    POWERTRAIN,
    LAUNCHED,
    KERB_MASS,
    PRICE,
    CURRENCY,
    VALUE,
    UNIT,
    BOUNDARY,
    METHOD,
    REGION,
    GRADE,
    VERIFIER,
    EVIDENCE,
    YEAR,
    UNCERTAINTY,
    PRIMARY_SHARE,
    VALID_FROM,
    VALID_UNTIL,
    PINS,
    INPUT_HASH,
    REASON,
    AUTHOR,
    PUBLISHED_ON,
    ENDED_ON,
    ENDED_BECAUSE,
    CONTENT,
    REVIEWED,
    HASH,
    REPLACED
};

static const char *const kinds[] = { "vehicle", "pcf", "epd" };
static const char *const states[] = { "preliminary", "review",  "recalculated", "published",
                                      "superseded",  "expired", "withdrawn" };

const char *tl_record_kind_name(tl_record_kind kind)
{
    return (unsigned)kind <= TL_RECORD_EPD ? kinds[kind] : "";
}

const char *tl_record_state_name(tl_record_state state)
{
    return (unsigned)state <= TL_RECORD_WITHDRAWN ? states[state] : "";
}

static int place_of(const char *name, const char *const *names, int last)
{
    int i = 0;
    while (i < last && strcmp(names[i], name) != 0)
        i++;
    return i;
}

static const char *column(tl_query *q, int i, tl_arena *arena, bool *full)
{
    const char *text = tl_query_get_text(q, i);
    const char *kept = text && *text ? tl_arena_str(arena, text) : "";
    *full = *full || !kept;
    return kept;
}

static double number(tl_query *q, int i)
{
    return tl_query_is_null(q, i) ? NAN : tl_query_get_number(q, i);
}

static void read_product(tl_query *q, tl_arena *arena, tl_record *r, bool *full)
{
    r->id = column(q, RECORD, arena, full);
    r->version = tl_query_get_int(q, VERSION);
    r->kind = (tl_record_kind)place_of(tl_query_get_text(q, KIND), kinds, TL_RECORD_EPD);
    r->state = (tl_record_state)place_of(tl_query_get_text(q, STATE), states, TL_RECORD_WITHDRAWN);
    r->product = column(q, PRODUCT, arena, full);
    r->maker = column(q, MAKER, arena, full);
    r->company = column(q, COMPANY, arena, full);
    r->disclosure_id = column(q, DISCLOSURE_ID, arena, full);
    r->series = column(q, SERIES, arena, full);
    r->size_class = column(q, SIZE_CLASS, arena, full);
    r->body = column(q, BODY, arena, full);
    r->powertrain = column(q, POWERTRAIN, arena, full);
    r->launched = column(q, LAUNCHED, arena, full);
    r->kerb_mass_kg = number(q, KERB_MASS);
    r->price = number(q, PRICE);
    r->currency = column(q, CURRENCY, arena, full);
}

static void read_footprint(tl_query *q, tl_arena *arena, tl_record *r, bool *full)
{
    r->value = tl_query_get_number(q, VALUE);
    r->unit = column(q, UNIT, arena, full);
    r->boundary = column(q, BOUNDARY, arena, full);
    r->method = column(q, METHOD, arena, full);
    r->region = column(q, REGION, arena, full);
    r->grade = column(q, GRADE, arena, full);
    r->verifier = column(q, VERIFIER, arena, full);
    r->evidence = column(q, EVIDENCE, arena, full);
    r->year = tl_query_get_int(q, YEAR);
    r->uncertainty = number(q, UNCERTAINTY);
    r->primary_share = number(q, PRIMARY_SHARE);
    r->valid_from = column(q, VALID_FROM, arena, full);
    r->valid_until = column(q, VALID_UNTIL, arena, full);
    r->pins = column(q, PINS, arena, full);
    r->input_hash = column(q, INPUT_HASH, arena, full);
}

tl_status tl_record_row_read(tl_query *q, tl_arena *arena, tl_record_row *out, tl_error *err)
{
    bool full = false;
    *out = (tl_record_row){ .number = tl_query_get_int(q, NUMBER) };
    read_product(q, arena, &out->r, &full);
    read_footprint(q, arena, &out->r, &full);
    out->r.reason = column(q, REASON, arena, &full);
    out->r.author = column(q, AUTHOR, arena, &full);
    out->r.published_on = column(q, PUBLISHED_ON, arena, &full);
    out->r.ended_on = column(q, ENDED_ON, arena, &full);
    out->r.ended_because = column(q, ENDED_BECAUSE, arena, &full);
    out->r.hash = column(q, HASH, arena, &full);
    out->r.replaced_by = tl_query_get_int(q, REPLACED) ? out->r.version + 1 : 0;
    out->content = column(q, CONTENT, arena, &full);
    out->reviewed = column(q, REVIEWED, arena, &full);
    return full ? tl_fail_nomem(err) : TL_OK;
}

tl_status tl_record_find(tl_store *s, const char *id, int64_t version, tl_arena *arena,
                         tl_record_row *out, bool *found, tl_error *err)
{
    tl_query *q;
    const char *name = version == 0  ? "record_version.public"
                       : version < 0 ? "record_version.newest"
                                     : "record_version.at";
    *found = false;
    tl_status st = tl_store_query(s, name, &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id ? id : "");
    if (version > 0)
        tl_query_int(q, 2, version);
    if ((st = tl_query_step(q, found, err)) == TL_OK && *found)
        st = tl_record_row_read(q, arena, out, err);
    tl_query_reset(q);
    return st;
}

tl_status tl_record_row_parts(tl_store *s, tl_record_row *row, tl_arena *arena, tl_error *err)
{
    tl_query *q;
    bool more = false, full = false;
    tl_record_part *list = NULL;
    size_t n = 0, cap = 0;
    tl_status st = tl_store_query(s, "record_part.list", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, row->number);
    while (!full && (st = tl_query_step(q, &more, err)) == TL_OK && more) {
        if ((st = tl_arena_grow(arena, &list, &cap, n + 1, sizeof *list, err)) != TL_OK)
            break;
        const char *unit = tl_query_get_text(q, 3);
        list[n++] = (tl_record_part){ column(q, 0, arena, &full), column(q, 1, arena, &full),
                                      tl_query_get_number(q, 2),
                                      *unit ? column(q, 3, arena, &full) : row->r.unit };
    }
    tl_query_reset(q);
    row->r.parts = list;
    row->r.n_parts = n;
    return full ? tl_fail_nomem(err) : st;
}

tl_status tl_record_get(tl_store *s, const char *id, int64_t version, tl_arena *arena,
                        tl_record *out, tl_error *err)
{
    tl_record_row row;
    bool found;
    tl_status st = tl_record_find(s, id, version, arena, &row, &found, err);
    if (st == TL_OK && !found)
        return version > 0 ? tl_fail(err, TL_ENOTFOUND, "record '%.100s': no version %lld",
                                     id ? id : "", (long long)version)
                           : tl_fail(err, TL_ENOTFOUND, "record '%.100s': %s", id ? id : "",
                                     version == 0 ? "nothing published" : "no such record");
    if (st == TL_OK && (st = tl_record_row_parts(s, &row, arena, err)) == TL_OK)
        *out = row.r;
    return st;
}

tl_status tl_record_versions(tl_store *s, const char *id, tl_arena *arena, const tl_record **out,
                             size_t *n, tl_error *err)
{
    tl_query *q;
    tl_record *list = NULL;
    tl_record_row row;
    size_t cap = 0;
    bool more = false;
    *out = NULL;
    *n = 0;
    tl_status st = tl_store_query(s, "record_version.list", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id ? id : "");
    while ((st = tl_query_step(q, &more, err)) == TL_OK && more) {
        if ((st = tl_arena_grow(arena, &list, &cap, *n + 1, sizeof *list, err)) != TL_OK ||
            (st = tl_record_row_read(q, arena, &row, err)) != TL_OK)
            break;
        list[(*n)++] = row.r;
    }
    tl_query_reset(q);
    *out = list;
    return st;
}
