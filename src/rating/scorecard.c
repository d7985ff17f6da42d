/* scorecard.c - an edition in one pass: one row a result, its sheet already counted. */
#include "rating/scorecard.h"

#include <stdlib.h>
#include <string.h>

#include "rating/assessment_priv.h"

enum {
    COMPANY,
    LEVEL = 10,
    VERSION,
    INDUSTRY,
    SCOPE12,
    CUT_OFF,
    PUBLISHED_ON,
    STATED_TOTAL,
    STATED_RANK,
    STATED_STARS,
    SHEET,
    INFERRED
};

struct reading {
    const tl_index *x;
    tl_arena *arena;
    tl_scorecard *cards; /* in the arena; room for every result of the edition, published or not */
    size_t n, room;
    char cut_off[11], published_on[11]; /* the latest so far */
    bool full;
};

/* The text of a column; `last` is that of the row before, which most rows repeat. */
static const char *column(struct reading *r, tl_query *q, int i, const char *last)
{
    const char *text = tl_query_get_text(q, i);
    if (last && text && strcmp(text, last) == 0)
        return last;
    const char *kept = text && *text ? tl_arena_str(r->arena, text) : "";
    r->full = r->full || !kept;
    return kept;
}

static void keep_later(char latest[11], const char *day)
{
    if (day && strlen(day) == 10 && strcmp(day, latest) > 0)
        memcpy(latest, day, 11);
}

static void read_company(struct reading *r, tl_query *q, tl_company *c)
{
    const tl_company nobody = { 0 }, *last = r->n ? &r->cards[r->n - 1].company : &nobody;
    *c = (tl_company){ .id = column(r, q, 0, NULL),
                       .name_en = column(r, q, 1, NULL),
                       .name_zh = column(r, q, 2, NULL),
                       .country = column(r, q, 3, last->country),
                       .region_group = column(r, q, 4, last->region_group),
                       .listed = column(r, q, 5, last->listed),
                       .product_type = column(r, q, 6, last->product_type),
                       .industry = column(r, q, 7, last->industry),
                       .parent = column(r, q, 8, last->parent),
                       .inclusion = column(r, q, 9, last->inclusion),
                       .source = "",
                       .note = "" };
}

/* Sheet and marks of the row into the card. */
static tl_status read_sheet(struct reading *r, tl_query *q, tl_scorecard *c, tl_error *err)
{
    size_t size, marks, n = tl_sheet_slots(r->x, c->level);
    const void *blob = tl_query_get_blob(q, SHEET, &size);
    const unsigned char *mark = tl_query_get_blob(q, INFERRED, &marks);
    tl_points *sheet = tl_arena_alloc(r->arena, n, sizeof *sheet);
    bool *inferred = mark ? tl_arena_alloc(r->arena, n, sizeof *inferred) : NULL;
    if (!sheet || (mark && !inferred))
        return tl_fail_nomem(err);
    if (size != 4 * n || (mark && marks != n))
        return tl_fail(err, TL_ECONFLICT, "%s: a stored sheet of %zu slots, %s@%s has %zu",
                       c->company.id, size / 4, r->x->id, r->x->version, n);
    tl_sheet_decode(blob, n, sheet);
    for (size_t i = 0; mark && i < n; i++)
        inferred[i] = mark[i] != 0;
    c->sheet = sheet;
    c->inferred = inferred;
    return TL_OK;
}

static tl_status read_card(struct reading *r, tl_query *q, tl_scorecard *c, tl_error *err)
{
    const char *level = tl_query_get_text(q, LEVEL);
    read_company(r, q, &c->company);
    c->level = strcmp(level, "indicator") == 0 ? TL_LEVEL_INDICATOR
               : strcmp(level, "theme") == 0   ? TL_LEVEL_THEME
                                               : TL_LEVEL_TOTAL;
    c->version = tl_query_get_int(q, VERSION);
    c->industry = column(r, q, INDUSTRY, r->n ? r->cards[r->n - 1].industry : NULL);
    c->stated_total = tl_query_is_null(q, STATED_TOTAL)
                          ? TL_SLOT_NOT_ASKED
                          : (tl_points)tl_query_get_int(q, STATED_TOTAL);
    c->stated_rank = (int)tl_query_get_int(q, STATED_RANK);
    c->stated_stars = (int)tl_query_get_int(q, STATED_STARS);
    keep_later(r->cut_off, tl_query_get_text(q, CUT_OFF));
    keep_later(r->published_on, tl_query_get_text(q, PUBLISHED_ON));
    if (r->full)
        return tl_fail_nomem(err);
    tl_status st = read_sheet(r, q, c, err);
    if (st == TL_OK)
        tl_score_of(r->x, c->level, c->sheet, (tl_weight)tl_query_get_int(q, SCOPE12), &c->score);
    return st;
}

/* The rows come by company, the indicator level first: a further level of the same is passed over.
 */
static tl_status read_row(struct reading *r, tl_query *q, tl_error *err)
{
    if (r->n && strcmp(r->cards[r->n - 1].company.id, tl_query_get_text(q, COMPANY)) == 0)
        return TL_OK;
    if (r->n == r->room) /* counted and read in different views of the data */
        return tl_fail(err, TL_ECONFLICT, "results were added while they were read; try again");
    tl_status st = read_card(r, q, &r->cards[r->n], err);
    r->n += st == TL_OK;
    return st;
}

/* What there is of an index: its published versions and periods, the latest period first. */
struct edition_name {
    const char *version, *period;
};

static tl_status list_editions(tl_store *s, const char *index, tl_arena *arena,
                               struct edition_name **out, size_t *n, tl_error *err)
{
    struct edition_name *list = NULL;
    size_t cap = 0;
    tl_query *q;
    bool row = false;
    *n = 0;
    tl_status st = tl_store_query(s, "edition.list", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, index);
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        struct edition_name e = { tl_arena_str(arena, tl_query_get_text(q, 0)),
                                  tl_arena_str(arena, tl_query_get_text(q, 1)) };
        st = e.version && e.period ? tl_grow(&list, &cap, *n + 1, sizeof *list, err)
                                   : tl_fail_nomem(err);
        if (st != TL_OK)
            break;
        list[(*n)++] = e;
    }
    tl_query_reset(q);
    *out = list;
    return st;
}

/* The latest period in which this version of the index has results, NULL where none. */
static tl_status latest_period(tl_store *s, const tl_index *x, tl_arena *arena, const char **out,
                               tl_error *err)
{
    struct edition_name *list = NULL;
    size_t n;
    *out = NULL;
    tl_status st = list_editions(s, x->id, arena, &list, &n, err);
    for (size_t i = 0; st == TL_OK && i < n && !*out; i++)
        if (strcmp(list[i].version, x->version) == 0)
            *out = list[i].period;
    free(list);
    return st;
}

/* Room for all cards at once: growing would move them again and again. */
static tl_status make_room(tl_store *s, const char *period, struct reading *r, tl_error *err)
{
    tl_query *q;
    bool row = false;
    tl_status st = tl_store_query(s, "edition.count", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, r->x->id);
    tl_query_text(q, 2, r->x->version);
    tl_query_text(q, 3, period);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row)
        r->room = (size_t)tl_query_get_int(q, 0);
    tl_query_reset(q);
    if (st == TL_OK && !(r->cards = tl_arena_alloc(r->arena, r->room + 1, sizeof *r->cards)))
        st = tl_fail_nomem(err);
    return st;
}

static tl_status read_rows(tl_store *s, const char *period, struct reading *r, tl_error *err)
{
    tl_query *q;
    bool row = false;
    tl_status st = tl_store_query(s, "edition.read", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, r->x->id);
    tl_query_text(q, 2, r->x->version);
    tl_query_text(q, 3, period);
    while (st == TL_OK && (st = tl_query_step(q, &row, err)) == TL_OK && row)
        st = read_row(r, q, err);
    tl_query_reset(q);
    return st;
}

static tl_status nothing(const tl_index *x, const char *period, tl_error *err)
{
    if (!period)
        return tl_fail(err, TL_ENOTFOUND, "no published results of %s@%s", x->id, x->version);
    return tl_fail(err, TL_ENOTFOUND, "no published results of %s@%s in %.40s", x->id, x->version,
                   period);
}

tl_status tl_edition_read(tl_store *s, const tl_index *x, const char *period, tl_arena *arena,
                          tl_edition *out, tl_error *err)
{
    struct reading r = { .x = x, .arena = arena };
    const char *asked = period;
    *out = (tl_edition){ .index = x };
    tl_status st = period ? TL_OK : latest_period(s, x, arena, &period, err);
    if (st == TL_OK && !period)
        return nothing(x, asked, err);
    if (st == TL_OK && (st = make_room(s, period, &r, err)) == TL_OK &&
        (st = read_rows(s, period, &r, err)) == TL_OK && r.n == 0)
        st = nothing(x, asked, err);
    if (st == TL_OK) {
        out->period = tl_arena_str(arena, period);
        out->cut_off = tl_arena_str(arena, r.cut_off);
        out->published_on = tl_arena_str(arena, r.published_on);
        out->cards = r.cards;
        out->n = r.n;
        if (!out->period || !out->cut_off || !out->published_on)
            st = tl_fail_nomem(err);
    }
    return st;
}

/* True if a is before b: an earlier period, or in the same an earlier version of the index. */
static bool before(const struct edition_name *a, const struct edition_name *b)
{
    int order = strcmp(a->period, b->period);
    return order ? order < 0 : tl_dataset_version_compare(a->version, b->version) < 0;
}

tl_status tl_edition_before(tl_store *s, const tl_edition *e, tl_arena *arena, tl_index *index,
                            tl_edition *out, bool *found, tl_error *err)
{
    const struct edition_name here = { e->index->version, e->period };
    struct edition_name *list = NULL, best = { 0 };
    size_t n;
    *found = false;
    tl_status st = list_editions(s, e->index->id, arena, &list, &n, err);
    for (size_t i = 0; st == TL_OK && i < n; i++)
        if (before(&list[i], &here) && (!best.period || before(&best, &list[i])))
            best = list[i];
    free(list);
    if (st != TL_OK || !best.period)
        return st;
    const char *reference = tl_arena_printf(arena, "%s@%s", e->index->id, best.version);
    if (!reference)
        return tl_fail_nomem(err);
    if ((st = tl_index_open(s, reference, arena, index, err)) == TL_OK &&
        (st = tl_edition_read(s, index, best.period, arena, out, err)) == TL_OK)
        *found = true;
    return st;
}

int tl_scorecard_stars(const tl_index *x, const tl_scorecard *c)
{
    tl_points score;
    tl_weight share;
    if (c->stated_stars > 0 || x->n_stars == 0 || c->level != TL_LEVEL_INDICATOR)
        return c->stated_stars;
    tl_score_star_sheet(x, c->sheet, &score, &share);
    return tl_score_stars(x, score, share);
}

static int by_id(const void *id, const void *card)
{
    return strcmp(id, ((const tl_scorecard *)card)->company.id);
}

const tl_scorecard *tl_edition_find(const tl_edition *e, const char *company)
{
    return e->n ? bsearch(company, e->cards, e->n, sizeof *e->cards, by_id) : NULL;
}
