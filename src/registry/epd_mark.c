/* epd_mark.c - the declarations a footprint stands on, and what has become of them since. */
#include <string.h>

#include "format/json_read.h"
#include "registry/epd_priv.h"

/* A pin that is no declaration of this register, or a version it does not hold, gives no mark. */
static tl_status mark_of(tl_store *s, const char *id, int64_t version, const char *checksum,
                         const char *today, tl_arena *arena, tl_epd_mark *out, bool *found,
                         tl_error *err)
{
    tl_epd_row epd;
    tl_record_row row;
    tl_error why = { 0 };
    *found = false;
    tl_status st = tl_epd_row_get(s, id, arena, &epd, &why);
    if (st == TL_ENOTFOUND)
        return TL_OK;
    if (st != TL_OK)
        return tl_fail(err, st, "%s", why.text);
    st = tl_record_find(s, id, version, arena, &row, found, err);
    if (st != TL_OK || !*found)
        return st;
    const tl_record *r = &row.r;
    *out = (tl_epd_mark){ .record = r->id,
                          .product = r->product,
                          .owner = epd.epd.owner,
                          .valid_until = r->valid_until,
                          .version = r->version,
                          .sealed = strcmp(r->hash, checksum) == 0,
                          .state = r->state,
                          .replaced_by = r->replaced_by,
                          .ended_on = r->ended_on,
                          .ended_because = r->ended_because,
                          .over = r->state == TL_RECORD_EXPIRED ||
                                  (*r->valid_until && strcmp(r->valid_until, today) < 0) };
    return TL_OK;
}

/* A whole number above 0; 0 for any other version, such as "2025.1" of a data set. */
static int64_t whole(const char *version)
{
    int64_t n = 0;
    for (const char *c = version; *c; c++) {
        if (*c < '0' || *c > '9' || n > 100000000)
            return 0;
        n = 10 * n + (*c - '0');
    }
    return n;
}

static tl_status read_pins(tl_store *s, tl_json_value list, const char *today, tl_arena *arena,
                           tl_epd_mark *marks, size_t *n, tl_error *err)
{
    tl_status st = TL_OK;
    for (size_t i = 0; st == TL_OK && i < tl_json_count(list); i++) {
        tl_json_value pin = tl_json_item(list, i);
        const char *id, *version, *checksum;
        bool found = false;
        st = tl_json_as_text(tl_json_get(pin, "id"), &id, err);
        if (st == TL_OK)
            st = tl_json_as_text(tl_json_get(pin, "version"), &version, err);
        if (st == TL_OK)
            st = tl_json_as_text(tl_json_get(pin, "checksum"), &checksum, err);
        if (st == TL_OK && whole(version) > 0)
            st = mark_of(s, id, whole(version), checksum, today, arena, &marks[*n], &found, err);
        *n += found;
    }
    return st;
}

tl_status tl_epd_marks(tl_store *s, const char *pins, const char *today, tl_arena *arena,
                       const tl_epd_mark **out, size_t *n, tl_error *err)
{
    char day[TL_DAY_TEXT];
    tl_json_doc *doc = NULL;
    *out = NULL;
    *n = 0;
    if (!*pins)
        return TL_OK;
    tl_status st = tl_record_day(today, day, err);
    if (st == TL_OK)
        st = tl_json_read(&doc, "pins", pins, strlen(pins), NULL, err);
    if (st == TL_OK) {
        tl_json_value list = tl_json_root(doc);
        tl_epd_mark *marks = tl_arena_alloc(arena, tl_json_count(list), sizeof *marks);
        st = marks ? read_pins(s, list, day, arena, marks, n, err) : tl_fail_nomem(err);
        *out = marks;
    }
    tl_json_doc_free(doc);
    return st;
}
