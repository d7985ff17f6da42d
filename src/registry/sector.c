/* sector.c - one walk over the published cars and their stages, those of a maker together. */
#include "registry/sector.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "registry/car_order_priv.h"

const char *const tl_sector_grades[TL_SECTOR_GRADES] = { "own", "estimate", "default" };

enum column { MAKER, RECORD, VALUE, VERIFIED, GRADE, PRIMARY, STAGE, STAGE_VALUE };

/* A group with sums in place of means. */
struct sums {
    tl_sector_group g;
    tl_car_sum value, primary, stages[TL_SECTOR_STAGES];
};

struct walk {
    const tl_sector_filter *f;
    tl_arena *arena;
    tl_sector *out;
    struct sums *makers; /* owned while it grows */
    size_t n, cap;
    struct sums all;
    const char *record; /* the car at hand, in the arena */
    bool wanted;        /* its maker passes */
};

static void add_car(struct sums *s, tl_query *q)
{
    const char *grade = tl_query_get_text(q, GRADE);
    s->g.cars++;
    tl_car_sum_add(&s->value, tl_query_get_number(q, VALUE));
    s->g.verified += tl_query_get_int(q, VERIFIED) != 0;
    for (size_t i = 0; i < TL_SECTOR_GRADES; i++)
        s->g.grades[i] += tl_text_equal(grade, tl_sector_grades[i]);
    if (!tl_query_is_null(q, PRIMARY)) {
        s->g.with_primary++;
        tl_car_sum_add(&s->primary, tl_query_get_number(q, PRIMARY));
    }
    s->g.staged += !tl_query_is_null(q, STAGE);
}

static bool passes(const tl_sector_filter *f, const char *maker)
{
    bool found = f->n_makers == 0;
    for (size_t i = 0; i < f->n_makers && !found; i++)
        found = tl_text_equal(f->makers[i], maker);
    return found;
}

static tl_status next_maker(struct walk *w, const char *maker, tl_error *err)
{
    tl_status st = tl_grow((void *)&w->makers, &w->cap, w->n + 1, sizeof *w->makers, err);
    if (st != TL_OK)
        return st;
    w->makers[w->n] = (struct sums){ .g.maker = tl_arena_str(w->arena, maker) };
    return w->makers[w->n++].g.maker ? TL_OK : tl_fail_nomem(err);
}

static tl_status stage_place(struct walk *w, const char *key, size_t *place, tl_error *err)
{
    tl_sector *s = w->out;
    for (*place = 0; *place < s->n_stages; ++*place)
        if (strcmp(s->stages[*place], key) == 0)
            return TL_OK;
    if (s->n_stages == TL_SECTOR_STAGES)
        return tl_fail(err, TL_EINPUT, "published cars have more than %d stages",
                       (int)TL_SECTOR_STAGES);
    s->stages[s->n_stages] = tl_arena_str(w->arena, key);
    return s->stages[s->n_stages++] ? TL_OK : tl_fail_nomem(err);
}

static tl_status take(struct walk *w, tl_query *q, tl_error *err)
{
    const char *record = tl_query_get_text(q, RECORD), *maker = tl_query_get_text(q, MAKER);
    tl_status st = TL_OK;
    size_t place;
    if (!w->record || strcmp(w->record, record) != 0) {
        w->wanted = passes(w->f, maker);
        if (!(w->record = tl_arena_str(w->arena, record)))
            return tl_fail_nomem(err);
        if (w->wanted && (w->n == 0 || strcmp(w->makers[w->n - 1].g.maker, maker) != 0))
            st = next_maker(w, maker, err);
        if (st == TL_OK && w->wanted) {
            add_car(&w->makers[w->n - 1], q);
            add_car(&w->all, q);
        }
    }
    if (st != TL_OK || !w->wanted || tl_query_is_null(q, STAGE))
        return st;
    if ((st = stage_place(w, tl_query_get_text(q, STAGE), &place, err)) == TL_OK) {
        const double value = tl_query_get_number(q, STAGE_VALUE);
        tl_car_sum_add(&w->makers[w->n - 1].stages[place], value);
        tl_car_sum_add(&w->all.stages[place], value);
    }
    return st;
}

static tl_sector_group means(const struct sums *s)
{
    tl_sector_group g = s->g;
    g.mean_g_km = g.cars ? tl_car_sum_value(&s->value) / (double)g.cars : (double)NAN;
    g.primary_share =
        g.with_primary ? tl_car_sum_value(&s->primary) / (double)g.with_primary : (double)NAN;
    for (size_t i = 0; i < TL_SECTOR_STAGES; i++)
        g.stage_g_km[i] =
            g.staged ? tl_car_sum_value(&s->stages[i]) / (double)g.staged : (double)NAN;
    return g;
}

static tl_status walk_all(struct walk *w, tl_store *s, tl_error *err)
{
    tl_query *q;
    bool row = false;
    tl_status st = tl_store_query(s, "record_version.sector", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, w->f->size ? w->f->size : "");
    tl_query_text(q, 2, w->f->body ? w->f->body : "");
    tl_query_text(q, 3, w->f->powertrain ? w->f->powertrain : "");
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row)
        if ((st = take(w, q, err)) != TL_OK)
            break;
    tl_query_reset(q);
    return st;
}

tl_status tl_sector_read(tl_store *s, const tl_sector_filter *f, tl_arena *arena, tl_sector *out,
                         tl_error *err)
{
    struct walk w = { .f = f, .arena = arena, .out = out };
    *out = (tl_sector){ .n = 0 };
    tl_status st = walk_all(&w, s, err);
    tl_sector_group *list = st == TL_OK ? tl_arena_alloc(arena, w.n + 1, sizeof *list) : NULL;
    if (st == TL_OK && !list)
        st = tl_fail_nomem(err);
    for (size_t i = 0; list && i < w.n; i++)
        list[i] = means(&w.makers[i]);
    out->makers = list;
    out->n = w.n;
    out->all = means(&w.all);
    free(w.makers);
    return st;
}
