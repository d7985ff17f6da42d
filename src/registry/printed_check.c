/* printed_check.c - findings: rows brought together by subject, and the rules on two tables and on
 * ranks. The rules on shares and counts of models are in printed_shares.c. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "registry/printed_priv.h"

static const char *key_of(const tl_printed_row *r)
{
    return r->key ? r->key : r->subject;
}

tl_status tl_printed_found(tl_printed_findings *f, const char *subject, const char *rule,
                           const char *en, const char *zh, tl_error *err)
{
    if (!en || !zh)
        return tl_fail_nomem(err);
    tl_status st = tl_arena_grow(f->arena, &f->items, &f->cap, f->n + 1, sizeof *f->items, err);
    if (st == TL_OK)
        f->items[f->n++] = (tl_printed_finding){ subject, rule, en, zh };
    return st;
}

/* Could one number have been rounded half up to both? */
static bool agree(const tl_printed_row *a, const tl_printed_row *b)
{
    const int most = a->decimals > b->decimals ? a->decimals : b->decimals;
    int64_t va, vb;
    if (isnan(a->value) || isnan(b->value))
        return isnan(a->value) && isnan(b->value);
    if (!tl_printed_whole(a->value, a->decimals, &va) ||
        !tl_printed_whole(b->value, b->decimals, &vb))
        return a->value == b->value;
    const int64_t wa = tl_printed_scale(most - a->decimals);
    const int64_t wb = tl_printed_scale(most - b->decimals);
    return (2 * va - 1) * wa < (2 * vb + 1) * wb && (2 * vb - 1) * wb < (2 * va + 1) * wa;
}

/* The measure has a number of models somewhere: then text-and-table knows more than rounding. */
static bool counted(const tl_printed_group *g, const char *measure)
{
    bool found = false;
    for (size_t i = 0; i < g->n && !found; i++)
        found = strcmp(g->rows[i]->measure, measure) == 0 && tl_printed_count_of(g, g->rows[i]);
    return found;
}

/* A sales rank is one of its list, and the same series stands at other places in other lists. */
static bool comparable(const tl_printed_row *a, const tl_printed_row *b)
{
    return strcmp(a->measure, b->measure) == 0 && strcmp(a->unit, b->unit) == 0 &&
           strcmp(a->measure, "sales-rank") != 0;
}

/* Each row against the first of its measure: a difference is told once for each further table. */
static tl_status check_agreement(tl_printed_findings *f, const tl_printed_group *g, tl_error *err)
{
    tl_status st = TL_OK;
    for (size_t i = 1; i < g->n && st == TL_OK; i++) {
        size_t k = 0;
        while (k < i && !comparable(g->rows[k], g->rows[i]))
            k++;
        if (k == i || agree(g->rows[k], g->rows[i]) || counted(g, g->rows[i]->measure))
            continue;
        const tl_printed_row *a = g->rows[k], *b = g->rows[i];
        const tl_printed_words x = tl_printed_say(a, f->arena), y = tl_printed_say(b, f->arena);
        if (!x.value || !y.value)
            return tl_fail_nomem(err);
        st = tl_printed_found(f, g->subject, "tables-agree",
                              tl_arena_printf(f->arena, "%s: %s in %s, %s in %s.", x.measure.en,
                                              x.value, x.place.en, y.value, y.place.en),
                              tl_arena_printf(f->arena, "%s：%s（%s），%s（%s）。", x.measure.zh,
                                              x.value, x.place.zh, y.value, y.place.zh),
                              err);
    }
    return st;
}

/* Among equal printed shares any order may be meant, joint ranks too. */
static tl_status check_rank(tl_printed_findings *f, const tl_printed_group *g,
                            const tl_printed_row *share, const tl_printed_row *rank,
                            const tl_printed_row *const *all, size_t n, tl_error *err)
{
    size_t above = 0, equal = 0;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(all[i]->measure, share->measure) != 0 ||
            strcmp(all[i]->table, share->table) != 0)
            continue;
        above += all[i]->value > share->value;
        equal += all[i]->value == share->value;
    }
    if (isnan(rank->value) || isnan(share->value))
        return TL_OK;
    if (rank->value >= (double)(above + 1) && rank->value <= (double)(above + equal))
        return TL_OK;
    const tl_printed_words x = tl_printed_say(share, f->arena);
    const tl_printed_words y = tl_printed_say(rank, f->arena);
    if (!x.value || !y.value)
        return tl_fail_nomem(err);
    return tl_printed_found(
        f, g->subject, "rank-and-share",
        tl_arena_printf(f->arena, "Rank %s in %s; by the %s of %s in %s it is %zu to %zu.", y.value,
                        y.place.en, x.measure.en, x.value, x.place.en, above + 1, above + equal),
        tl_arena_printf(f->arena, "排名第 %s（%s）；按%s %s（%s）应为第 %zu 至 %zu。", y.value,
                        y.place.zh, x.measure.zh, x.value, x.place.zh, above + 1, above + equal),
        err);
}

static tl_status check_ranks(tl_printed_findings *f, const tl_printed_group *g,
                             const tl_printed_row *const *all, size_t n, tl_error *err)
{
    static const char prefix[] = "rank-by-";
    tl_status st = TL_OK;
    for (size_t i = 0; i < g->n && st == TL_OK; i++)
        for (size_t k = 0; k < g->n && st == TL_OK; k++)
            if (strncmp(g->rows[i]->measure, prefix, strlen(prefix)) == 0 &&
                strcmp(g->rows[i]->measure + strlen(prefix), g->rows[k]->measure) == 0)
                st = check_rank(f, g, g->rows[k], g->rows[i], all, n, err);
    return st;
}

static int by_key(const void *a, const void *b)
{
    const tl_printed_row *x = *(const tl_printed_row *const *)a;
    const tl_printed_row *y = *(const tl_printed_row *const *)b;
    int d = strcmp(key_of(x), key_of(y));
    if (d == 0)
        d = strcmp(x->table, y->table);
    return d ? d : (x > y) - (x < y); /* rows of one array: as they stand in the set */
}

static int by_subject(const void *a, const void *b)
{
    const tl_printed_finding *x = a, *y = b;
    int d = strcmp(x->subject, y->subject);
    if (d == 0)
        d = strcmp(x->rule, y->rule);
    return d ? d : strcmp(x->en, y->en);
}

tl_status tl_printed_check(const tl_printed_row *rows, size_t n, tl_arena *arena,
                           const tl_printed_finding **out, size_t *n_findings, tl_error *err)
{
    tl_printed_findings f = { .arena = arena };
    const tl_printed_row **all = tl_arena_alloc(arena, n + 1, sizeof *all);
    tl_status st = TL_OK;
    *out = NULL;
    *n_findings = 0;
    f.fits = tl_arena_alloc(arena, TL_PRINTED_MODELS_MAX + 1, sizeof *f.fits);
    if (!all || !f.fits)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < n; i++)
        all[i] = &rows[i];
    qsort(all, n, sizeof *all, by_key);
    for (size_t i = 0, end = 0; i < n && st == TL_OK; i = end) {
        while (end < n && strcmp(key_of(all[end]), key_of(all[i])) == 0)
            end++;
        const tl_printed_group g = { key_of(all[i]), &all[i], end - i };
        if ((st = tl_printed_check_models(&f, &g, err)) == TL_OK &&
            (st = check_agreement(&f, &g, err)) == TL_OK)
            st = check_ranks(&f, &g, all, n, err);
    }
    if (st != TL_OK)
        return st;
    if (f.n)
        qsort(f.items, f.n, sizeof *f.items, by_subject);
    *out = f.items;
    *n_findings = f.n;
    return TL_OK;
}
