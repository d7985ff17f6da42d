/* printed_shares.c - the rules on shares and counts of models of one subject.
 *
 * A table with share and count says nearly everything: 29 models at 34.5% are of 84. The share
 * below the mean and the shares rounded in the text must come from the same 84. */
#include <math.h>
#include <string.h>

#include "registry/printed_priv.h"

enum { CLASSES = 5 };

int tl_printed_class(const char *measure, const char *suffix)
{
    static const char prefix[] = "class-";
    const size_t n = sizeof prefix - 1;
    if (strncmp(measure, prefix, n) != 0 || measure[n] < '1' || measure[n] > '0' + CLASSES ||
        strcmp(measure + n + 1, suffix) != 0)
        return 0;
    return measure[n] - '0';
}

/* A share in per cent that can be worked with: class-N-share or share-below-mean. */
static bool share_of(const tl_printed_row *r, int *class, int64_t *share)
{
    *class = tl_printed_class(r->measure, "-share");
    return strcmp(r->unit, "%") == 0 && (*class || strcmp(r->measure, "share-below-mean") == 0) &&
           tl_printed_whole(r->value, r->decimals, share);
}

const tl_printed_row *tl_printed_count_of(const tl_printed_group *g, const tl_printed_row *share)
{
    const int class = tl_printed_class(share->measure, "-share");
    for (size_t i = 0; class && i < g->n; i++)
        if (tl_printed_class(g->rows[i]->measure, "-models") == class &&
            strcmp(g->rows[i]->table, share->table) == 0 && isfinite(g->rows[i]->value))
            return g->rows[i];
    return NULL;
}

static bool count_fits(const tl_printed_row *share, int64_t count, int64_t models)
{
    int64_t v, low, high;
    return tl_printed_whole(share->value, share->decimals, &v) &&
           tl_printed_counts(v, share->decimals, models, &low, &high) && low <= count &&
           count <= high;
}

/* What holds of the subject at hand. */
struct state {
    tl_printed_findings *f;
    const tl_printed_group *g;
    const tl_printed_row *share[CLASSES + 1]; /* first with a count, by class */
    int64_t count[CLASSES + 1];
    bool any, sound; /* there is such a share; nothing was found yet */
};

static size_t fitting(const bool *fits, int *low, int *high)
{
    size_t n = 0;
    for (int m = 1; m <= TL_PRINTED_MODELS_MAX; m++)
        if (fits[m]) {
            *low = n++ ? *low : m;
            *high = m;
        }
    return n;
}

/* "28 models", "229 to 230 models"; a text is NULL when out of memory. */
static tl_printed_label range(const int models[2], tl_arena *arena)
{
    if (models[0] == models[1])
        return (tl_printed_label){ tl_arena_printf(arena, "%d models", models[0]),
                                   tl_arena_printf(arena, "%d 款车型", models[0]) };
    return (tl_printed_label){ tl_arena_printf(arena, "%d to %d models", models[0], models[1]),
                               tl_arena_printf(arena, "%d 至 %d 款车型", models[0], models[1]) };
}

/* Row b cannot come from the numbers of models that row a allows. */
static tl_status found(struct state *s, const char *rule, const tl_printed_row *a,
                       const tl_printed_row *b, const int models[2], tl_error *err)
{
    tl_arena *arena = s->f->arena;
    const tl_printed_words x = tl_printed_say(a, arena), y = tl_printed_say(b, arena);
    const tl_printed_label r = range(models, arena);
    s->sound = false;
    if (!x.value || !y.value || !r.en || !r.zh)
        return tl_fail_nomem(err);
    return tl_printed_found(
        s->f, s->g->subject, rule,
        tl_arena_printf(arena,
                        "The %s of %s in %s means %s; the %s of %s in %s is of another number.",
                        x.measure.en, x.value, x.place.en, r.en, y.measure.en, y.value, y.place.en),
        tl_arena_printf(arena, "%s %s（%s）对应 %s；%s %s（%s）与之不符。", x.measure.zh, x.value,
                        x.place.zh, r.zh, y.measure.zh, y.value, y.place.zh),
        err);
}

static tl_status found_count(struct state *s, const tl_printed_row *share,
                             const tl_printed_row *count, tl_error *err)
{
    tl_arena *arena = s->f->arena;
    const tl_printed_words x = tl_printed_say(share, arena), y = tl_printed_say(count, arena);
    s->sound = false;
    if (!x.value || !y.value)
        return tl_fail_nomem(err);
    return tl_printed_found(s->f, s->g->subject, "class-share-and-count",
                            tl_arena_printf(arena,
                                            "%s models are %s of no whole number of models (%s).",
                                            y.value, x.value, x.place.en),
                            tl_arena_printf(arena, "没有任何车型总数能使 %s 款占 %s（%s）。",
                                            y.value, x.value, x.place.zh),
                            err);
}

/* class-share-and-count; afterwards fits[M] for every M that all counted shares allow. */
static tl_status check_counted(struct state *s, tl_error *err)
{
    bool *fits = s->f->fits;
    tl_status st = TL_OK;
    for (int m = 0; m <= TL_PRINTED_MODELS_MAX; m++)
        fits[m] = m > 0;
    for (size_t i = 0; i < s->g->n && st == TL_OK; i++) {
        const tl_printed_row *r = s->g->rows[i], *models = tl_printed_count_of(s->g, r);
        const int class = tl_printed_class(r->measure, "-share");
        int64_t count;
        bool any = false;
        if (!models || !tl_printed_whole(models->value, models->decimals, &count) ||
            models->decimals != 0)
            continue;
        if (!s->share[class]) {
            s->share[class] = r;
            s->count[class] = count;
        }
        s->any = true;
        for (int m = 1; m <= TL_PRINTED_MODELS_MAX; m++) {
            const bool fit = count_fits(r, count, m);
            any = any || fit;
            fits[m] = fits[m] && fit;
        }
        if (!any)
            st = found_count(s, r, models, err);
    }
    return st;
}

/* text-and-table: a share without count against the counted one of its class. */
static tl_status check_text(struct state *s, tl_error *err)
{
    int models[2];
    tl_status st = TL_OK;
    if (!fitting(s->f->fits, &models[0], &models[1]))
        return TL_OK;
    for (size_t i = 0; i < s->g->n && st == TL_OK; i++) {
        const tl_printed_row *r = s->g->rows[i];
        const int class = tl_printed_class(r->measure, "-share");
        bool any = !class || !s->share[class] || tl_printed_count_of(s->g, r) || isnan(r->value);
        for (int m = models[0]; m <= models[1] && !any; m++)
            any = s->f->fits[m] && count_fits(r, s->count[class], m);
        if (!any)
            st = found(s, "text-and-table", s->share[class], r, models, err);
    }
    return st;
}

/* One there is where s->any says so. */
static const tl_printed_row *first_counted(const struct state *s)
{
    int class = 1;
    while (class < CLASSES && !s->share[class])
        class ++;
    return s->share[class];
}

/* tables-fit-models; afterwards fits[M] for every M that the shares below the mean allow too. */
static tl_status check_below(struct state *s, tl_error *err)
{
    int models[2], class;
    tl_status st = TL_OK;
    for (size_t i = 0; i < s->g->n && st == TL_OK; i++) {
        const tl_printed_row *r = s->g->rows[i];
        int64_t v, low, high;
        bool any = false;
        if (!share_of(r, &class, &v) || class || !fitting(s->f->fits, &models[0], &models[1]))
            continue;
        for (int m = 1; m <= TL_PRINTED_MODELS_MAX; m++) {
            s->f->fits[m] = s->f->fits[m] && tl_printed_counts(v, r->decimals, m, &low, &high);
            any = any || s->f->fits[m];
        }
        if (!any && s->any)
            st = found(s, "tables-fit-models", first_counted(s), r, models, err);
    }
    return st;
}

/* The shares without count that one table gives the classes of a subject. */
struct row_of_shares {
    const char *table;
    int64_t share[CLASSES + 1]; /* at decimals[]; 0 for a class the table does not name */
    int decimals[CLASSES + 1];
    size_t n;
};

static size_t gather(const tl_printed_group *g, size_t first, struct row_of_shares *out)
{
    size_t i = first;
    *out = (struct row_of_shares){ .table = g->rows[first]->table };
    for (; i < g->n && strcmp(g->rows[i]->table, out->table) == 0; i++) {
        int class;
        int64_t v;
        if (!share_of(g->rows[i], &class, &v) || !class)
            continue;
        out->share[class] = v;
        out->decimals[class] = g->rows[i]->decimals;
        out->n++;
    }
    return i;
}

/* "84% + 9% + 7%", and where it stands. value is NULL when out of memory. */
static tl_printed_words written(const struct row_of_shares *x, tl_arena *arena)
{
    tl_printed_words all = { .place = { x->table, x->table }, .value = "" };
    for (int c = 1; c <= CLASSES && all.value; c++) {
        const tl_printed_row r = { .table = x->table,
                                   .measure = "",
                                   .value = (double)x->share[c] /
                                            (double)tl_printed_scale(x->decimals[c]),
                                   .decimals = x->decimals[c],
                                   .unit = "%" };
        if (x->share[c] == 0)
            continue;
        const tl_printed_words one = tl_printed_say(&r, arena);
        all.place = one.place;
        all.value = one.value ? tl_arena_printf(arena, "%s%s%s", all.value, *all.value ? " + " : "",
                                                one.value)
                              : NULL;
    }
    if (all.value && !*all.value)
        all.value = "0%";
    return all;
}

/* Each share stands for a number from half a unit below it to just under half a unit above. */
static tl_status check_sum(struct state *s, const struct row_of_shares *x, tl_error *err)
{
    const int64_t one = tl_printed_scale(TL_PRINTED_DECIMALS_MAX);
    int64_t sum = 0, slack = 0;
    for (int c = 1; c <= CLASSES; c++) {
        const int64_t unit = tl_printed_scale(TL_PRINTED_DECIMALS_MAX - x->decimals[c]);
        sum += 2 * x->share[c] * unit;
        slack += x->share[c] ? unit : 0;
    }
    if (sum - slack <= 200 * one && 200 * one < sum + slack)
        return TL_OK;
    tl_arena *arena = s->f->arena;
    const tl_printed_words w = written(x, arena);
    const double total = (double)sum / (2.0 * (double)one);
    s->sound = false;
    if (!w.value)
        return tl_fail_nomem(err);
    return tl_printed_found(
        s->f, s->g->subject, "shares-add-up",
        tl_arena_printf(arena, "%s = %g%% in %s: more than rounding away from 100%%.", w.value,
                        total, w.place.en),
        tl_arena_printf(arena, "%s = %g%%（%s）：与 100%% 之差超出四舍五入的范围。", w.value, total,
                        w.place.zh),
        err);
}

/* Whole numbers of models for all classes that add up to M? A counted class has its count. */
static bool whole_for(const struct state *s, const struct row_of_shares *x, int64_t models)
{
    int64_t least = 0, most = 0;
    for (int c = 1; c <= CLASSES; c++) {
        int64_t low, high;
        if (x->share[c] == 0)
            continue;
        if (!tl_printed_counts(x->share[c], x->decimals[c], models, &low, &high))
            return false;
        if (s->share[c] && (s->count[c] < low || s->count[c] > high))
            return false;
        least += s->share[c] ? s->count[c] : low;
        most += s->share[c] ? s->count[c] : high;
    }
    return least <= models && models <= most;
}

static tl_status check_whole(struct state *s, const struct row_of_shares *x, tl_error *err)
{
    int models[2] = { 0, 0 };
    const size_t n = fitting(s->f->fits, &models[0], &models[1]);
    for (int m = models[0]; n && m <= models[1]; m++)
        if (s->f->fits[m] && whole_for(s, x, m))
            return TL_OK;
    tl_arena *arena = s->f->arena;
    const tl_printed_words w = written(x, arena);
    const tl_printed_label r = range(models, arena);
    if (!w.value || !r.en || !r.zh)
        return tl_fail_nomem(err);
    return tl_printed_found(
        s->f, s->g->subject, "shares-fit-models",
        tl_arena_printf(arena, "%s in %s are no whole models of %s.", w.value, w.place.en, r.en),
        tl_arena_printf(arena, "%s（%s）在 %s中不是整数款。", w.value, w.place.zh, r.zh), err);
}

tl_status tl_printed_check_models(tl_printed_findings *f, const tl_printed_group *g, tl_error *err)
{
    struct state s = { .f = f, .g = g, .sound = true };
    struct row_of_shares x;
    bool any = false;
    for (size_t i = 0; i < g->n && !any; i++) {
        int class;
        int64_t v;
        any = share_of(g->rows[i], &class, &v);
    }
    if (!any)
        return TL_OK;
    tl_status st = check_counted(&s, err);
    if (st == TL_OK && s.any)
        st = check_text(&s, err);
    if (st == TL_OK)
        st = check_below(&s, err);
    for (int pass = 0; pass < 2; pass++) /* sums first: what fails there is not told twice */
        for (size_t i = 0; i < g->n && st == TL_OK && (pass == 0 || s.sound);) {
            i = gather(g, i, &x);
            if (x.n >= 2)
                st = pass == 0 ? check_sum(&s, &x, err) : check_whole(&s, &x, err);
        }
    return st;
}
