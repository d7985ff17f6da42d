/* epd_read.c - rules, declarations and questions as the database holds them. */
#include <stdlib.h>
#include <string.h>

#include "registry/epd_priv.h"

/* A text of the current row, copied; *st keeps the first failure. */
static const char *copy(tl_query *q, int column, tl_arena *arena, tl_status *st)
{
    const char *text = tl_arena_str(arena, tl_query_get_text(q, column));
    if (!text)
        *st = TL_ENOMEM;
    return text;
}

/* What one row becomes; *st is TL_ENOMEM where a text did not fit. */
typedef void read_row(tl_query *q, void *item, tl_arena *arena, tl_status *st);

static void read_epd(tl_query *q, void *item, tl_arena *arena, tl_status *st)
{
    tl_epd_row *row = item;
    row->epd = (tl_epd){ .record = copy(q, 0, arena, st),
                         .pcr = copy(q, 1, arena, st),
                         .programme = copy(q, 2, arena, st),
                         .registration = copy(q, 3, arena, st),
                         .owner = copy(q, 4, arena, st),
                         .verifier = copy(q, 5, arena, st),
                         .verifier_company = copy(q, 6, arena, st),
                         .valid_until = copy(q, 7, arena, st),
                         .open_questions = (size_t)tl_query_get_int(q, 9) };
    row->version = tl_query_get_int(q, 8);
}

static void read_listed(tl_query *q, void *item, tl_arena *arena, tl_status *st)
{
    tl_epd_row row;
    read_epd(q, &row, arena, st);
    *(tl_epd *)item = row.epd;
}

static void read_question(tl_query *q, void *item, tl_arena *arena, tl_status *st)
{
    *(tl_epd_question *)item = (tl_epd_question){ .id = tl_query_get_int(q, 0),
                                                  .asked_on = copy(q, 1, arena, st),
                                                  .asked_by = copy(q, 2, arena, st),
                                                  .text = copy(q, 3, arena, st),
                                                  .answered_on = copy(q, 4, arena, st),
                                                  .answered_by = copy(q, 5, arena, st),
                                                  .answer = copy(q, 6, arena, st),
                                                  .closed_on = copy(q, 7, arena, st),
                                                  .closed_by = copy(q, 8, arena, st) };
}

static void read_pcr(tl_query *q, void *item, tl_arena *arena, tl_status *st)
{
    *(tl_pcr *)item = (tl_pcr){ .id = copy(q, 0, arena, st),
                                .title_en = copy(q, 1, arena, st),
                                .title_zh = copy(q, 2, arena, st),
                                .version = copy(q, 3, arena, st),
                                .valid_until = copy(q, 4, arena, st),
                                .source = copy(q, 5, arena, st) };
}

/* A list of one kind of rows. */
struct list {
    const char *query;
    const char *parameter; /* $1, NULL for none */
    size_t size;
    read_row *read;
};

/* All rows, in the arena. */
static tl_status read_all(tl_store *s, const struct list *l, tl_arena *arena, const void **out,
                          size_t *n, tl_error *err)
{
    tl_query *q;
    char *rows = NULL;
    size_t cap = 0;
    bool row = false;
    *out = NULL;
    *n = 0;
    tl_status st = tl_store_query(s, l->query, &q, err);
    if (st != TL_OK)
        return st;
    if (l->parameter)
        tl_query_text(q, 1, l->parameter);
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        if ((st = tl_grow(&rows, &cap, *n + 1, l->size, err)) != TL_OK)
            break;
        l->read(q, rows + *n * l->size, arena, &st);
        if (st != TL_OK && (st = tl_fail_nomem(err)) != TL_OK)
            break;
        ++*n;
    }
    tl_query_reset(q);
    void *kept = st == TL_OK ? tl_arena_alloc(arena, *n, l->size) : NULL;
    if (st == TL_OK && !kept)
        st = tl_fail_nomem(err);
    if (st == TL_OK && *n > 0)
        memcpy(kept, rows, *n * l->size);
    *out = kept;
    free(rows);
    return st;
}

tl_status tl_pcr_list(tl_store *s, tl_arena *arena, const tl_pcr **out, size_t *n, tl_error *err)
{
    const struct list l = { "pcr.list", NULL, sizeof **out, read_pcr };
    const void *rows;
    tl_status st = read_all(s, &l, arena, &rows, n, err);
    *out = rows;
    return st;
}

tl_status tl_epd_list(tl_store *s, tl_arena *arena, const tl_epd **out, size_t *n, tl_error *err)
{
    const struct list l = { "epd.list", NULL, sizeof **out, read_listed };
    const void *rows;
    tl_status st = read_all(s, &l, arena, &rows, n, err);
    *out = rows;
    return st;
}

tl_status tl_epd_ending(tl_store *s, const char *day, tl_arena *arena, const tl_epd **out,
                        size_t *n, tl_error *err)
{
    const struct list l = { "epd.ending", day, sizeof **out, read_listed };
    const void *rows;
    tl_status st = read_all(s, &l, arena, &rows, n, err);
    *out = rows;
    return st;
}

tl_status tl_epd_row_get(tl_store *s, const char *record, tl_arena *arena, tl_epd_row *out,
                         tl_error *err)
{
    const struct list l = { "epd.get", record, sizeof *out, read_epd };
    const void *rows;
    size_t n;
    tl_status st = read_all(s, &l, arena, &rows, &n, err);
    if (st == TL_OK && n == 0)
        return tl_fail(err, TL_ENOTFOUND, "'%.100s' is no declaration", record);
    if (st == TL_OK)
        *out = *(const tl_epd_row *)rows;
    return st;
}

tl_status tl_epd_get(tl_store *s, const char *record, tl_arena *arena, tl_epd *out,
                     const tl_epd_question **questions, size_t *n, tl_error *err)
{
    const struct list l = { "epd_question.list", record, sizeof **questions, read_question };
    const void *rows = NULL;
    tl_epd_row row;
    tl_status st = tl_epd_row_get(s, record, arena, &row, err);
    if (st == TL_OK)
        st = read_all(s, &l, arena, &rows, n, err);
    if (st == TL_OK) {
        *out = row.epd;
        *questions = rows;
    }
    return st;
}

tl_status tl_epd_question_get(tl_store *s, int64_t question, tl_arena *arena,
                              tl_epd_question_row *out, tl_error *err)
{
    tl_query *q;
    bool row;
    tl_status st = tl_store_query(s, "epd_question.get", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, question);
    if ((st = tl_query_step(q, &row, err)) != TL_OK)
        return st;
    if (!row)
        return tl_fail(err, TL_ENOTFOUND, "no question %lld", (long long)question);
    read_question(q, &out->question, arena, &st);
    out->record = copy(q, 9, arena, &st);
    tl_query_reset(q);
    return st == TL_OK ? TL_OK : tl_fail_nomem(err);
}
