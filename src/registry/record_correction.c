/* record_correction.c - what took the place of a published footprint, and what it rests on. */
#include "registry/record_correction.h"

#include <math.h>
#include <string.h>

#include "format/json_read.h"

enum { BATCHES_MAX = 100 };

static const char *text(tl_query *q, int column, tl_arena *arena, bool *full)
{
    const char *v = tl_query_get_text(q, column);
    const char *kept = tl_arena_str(arena, v ? v : "");
    *full = *full || !kept;
    return kept;
}

static tl_record_kind kind_of(const char *name)
{
    int kind = TL_RECORD_VEHICLE;
    while (kind < TL_RECORD_EPD && strcmp(tl_record_kind_name((tl_record_kind)kind), name) != 0)
        kind++;
    return (tl_record_kind)kind;
}

static tl_status keep(tl_query *q, tl_arena *arena, tl_record_correction *out, tl_error *err)
{
    bool full = false;
    *out = (tl_record_correction){
        .record = text(q, 0, arena, &full),
        .version = tl_query_get_int(q, 1),
        .kind = kind_of(tl_query_get_text(q, 2)),
        .product = text(q, 3, arena, &full),
        .maker = text(q, 4, arena, &full),
        .before = tl_query_get_number(q, 5),
        .unit_before = text(q, 6, arena, &full),
        .withdrawn = tl_query_is_null(q, 7),
        .after = tl_query_is_null(q, 7) ? NAN : tl_query_get_number(q, 7),
        .unit = text(q, 8, arena, &full),
        .day = text(q, 9, arena, &full),
        .reason = text(q, 10, arena, &full),
        .day_before = text(q, 11, arena, &full),
    };
    return full ? tl_fail_nomem(err) : TL_OK;
}

tl_status tl_record_corrections(tl_store *s, const char *from, size_t most, tl_arena *arena,
                                const tl_record_correction **out, size_t *n, tl_error *err)
{
    tl_query *q;
    bool row;
    tl_record_correction *all = tl_arena_alloc(arena, most ? most : 1, sizeof *all);
    tl_status st =
        all ? tl_store_query(s, "record_version.corrected", &q, err) : tl_fail_nomem(err);
    *n = 0;
    *out = all;
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, from);
    tl_query_int(q, 2, (int64_t)most);
    while (*n < most && (st = tl_query_step(q, &row, err)) == TL_OK && row)
        if ((st = keep(q, arena, &all[*n], err)) != TL_OK)
            break;
        else
            ++*n;
    tl_query_reset(q);
    return st;
}

tl_status tl_record_batches(tl_store *s, const char *record, tl_arena *arena,
                            const char *const **out, size_t *n, tl_error *err)
{
    tl_query *q;
    bool row, full = false;
    const char **all = tl_arena_alloc(arena, BATCHES_MAX, sizeof *all);
    tl_status st = all ? tl_store_query(s, "batch.of_record", &q, err) : tl_fail_nomem(err);
    *n = 0;
    *out = all;
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, record);
    while (*n < BATCHES_MAX && !full && (st = tl_query_step(q, &row, err)) == TL_OK && row)
        all[(*n)++] = text(q, 0, arena, &full);
    tl_query_reset(q);
    return full ? tl_fail_nomem(err) : st;
}

/* Whether the pins name the set in that version. */
static tl_status names_set(const char *pins, const char *set, const char *version, bool *out,
                           tl_error *err)
{
    tl_json_doc *doc = NULL;
    *out = false;
    tl_status st = tl_json_read(&doc, "pins", pins, strlen(pins), NULL, err);
    tl_json_value list = st == TL_OK ? tl_json_root(doc) : (tl_json_value){ 0 };
    for (size_t i = 0; st == TL_OK && !*out && i < tl_json_count(list); i++) {
        const char *id, *at;
        tl_json_value pin = tl_json_item(list, i);
        if (tl_json_as_text(tl_json_get(pin, "id"), &id, NULL) == TL_OK &&
            tl_json_as_text(tl_json_get(pin, "version"), &at, NULL) == TL_OK)
            *out = strcmp(id, set) == 0 && strcmp(at, version) == 0;
    }
    tl_json_doc_free(doc);
    return st;
}

tl_status tl_record_uses(tl_store *s, const char *set, const char *version, int64_t *out,
                         tl_error *err)
{
    tl_query *q;
    bool row, uses;
    *out = 0;
    tl_status st = tl_store_query(s, "record_pins.published", &q, err);
    if (st != TL_OK)
        return st;
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        if ((st = names_set(tl_query_get_text(q, 0), set, version, &uses, err)) != TL_OK)
            break;
        *out += uses ? tl_query_get_int(q, 1) : 0;
    }
    tl_query_reset(q);
    return st;
}
