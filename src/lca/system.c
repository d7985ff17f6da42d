/* system.c - where the arrays of a system lie, what they must obey, and asking them. */
#include "lca/system.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define MOST UINT64_C(0xFFFFFFFF)
enum { ALIGN = 64 };

/* Reserves n elements of `size` bytes at *at; n is below 2^34, so nothing can overflow. */
static const void *place(char *image, size_t *at, uint64_t n, size_t size)
{
    const char *p = image ? image + *at : NULL;
    size_t bytes = (size_t)n * size;
    *at += (bytes + ALIGN - 1) / ALIGN * ALIGN;
    return p;
}

size_t lca_table_columns(const tl_lca_system *s, enum lca_table_kind t)
{
    return (size_t)s->head.names[t == LCA_FACTORS ? LCA_CATEGORY : LCA_ACTIVITY];
}

size_t lca_table_rows(const tl_lca_system *s, enum lca_table_kind t)
{
    return (size_t)s->head.names[t == LCA_EMISSIONS || t == LCA_FACTORS ? LCA_FLOW : LCA_ACTIVITY];
}

size_t lca_system_lay_out(tl_lca_system *s, char *image)
{
    const struct lca_header *h = &s->head;
    size_t at = LCA_HEADER_BYTES;
    for (int k = 0; k < LCA_KINDS; k++)
        if (h->names[k] >= MOST)
            return 0;
    for (int t = 0; t < LCA_TABLES; t++)
        if (h->entries[t] >= MOST)
            return 0;
    if (h->uncertainties >= MOST || h->pool_bytes >= MOST)
        return 0;
    for (int k = 0; k < LCA_KINDS; k++) {
        s->text[k] = place(image, &at, h->names[k] * LCA_TEXTS, sizeof *s->text[k]);
        s->sorted[k] = place(image, &at, h->names[k], sizeof *s->sorted[k]);
    }
    for (int k = 0; k < LCA_TABLES; k++) {
        struct lca_table *t = &s->table[k];
        uint64_t columns = lca_table_columns(s, (enum lca_table_kind)k);
        t->start = place(image, &at, columns + 1, sizeof *t->start);
        t->row = place(image, &at, h->entries[k], sizeof *t->row);
        t->amount = place(image, &at, h->entries[k], sizeof *t->amount);
        t->uncertainty = place(image, &at, h->entries[k], sizeof *t->uncertainty);
    }
    s->uncertainty = place(image, &at, h->uncertainties, sizeof *s->uncertainty);
    s->pool = place(image, &at, h->pool_bytes, 1);
    s->image = image;
    return at;
}

const char *lca_id(const tl_lca_system *s, enum lca_kind kind, size_t i)
{
    return s->pool + s->text[kind][i * LCA_TEXTS];
}

double lca_production(const tl_lca_system *s, size_t activity)
{
    const struct lca_table *t = &s->table[LCA_PRODUCTIONS];
    if (t->start[activity] == t->start[activity + 1])
        return 1;
    double sum = 0;
    for (uint64_t e = t->start[activity]; e < t->start[activity + 1]; e++)
        sum += t->amount[e];
    return sum;
}

static bool has_entries(const struct lca_table *t, size_t column)
{
    return t->start[column] < t->start[column + 1];
}

static tl_status check_column(const tl_lca_system *s, size_t j, tl_error *err)
{
    double p = lca_production(s, j);
    if (p == 0 || !isfinite(p))
        return tl_fail(err, TL_EINPUT,
                       "activity '%s': its production is %s, expected another number than 0",
                       lca_id(s, LCA_ACTIVITY, j), p == 0 ? "0" : "too large");
    if (!has_entries(&s->table[LCA_INPUTS], j) && !has_entries(&s->table[LCA_EMISSIONS], j) &&
        !has_entries(&s->table[LCA_PRODUCTIONS], j))
        return tl_fail(err, TL_EINPUT,
                       "activity '%s': no input, no emission and no production; a source without "
                       "burden must state its production",
                       lca_id(s, LCA_ACTIVITY, j));
    return TL_OK;
}

/* Flows that are emitted (bit 1) and not characterised (bit 0). */
static tl_status count_unused(const tl_lca_system *s, size_t *count, tl_error *err)
{
    const struct lca_table *f = &s->table[LCA_FACTORS], *b = &s->table[LCA_EMISSIONS];
    size_t n = (size_t)s->head.names[LCA_FLOW];
    unsigned char *seen = tl_new_array(n, 1);
    if (!seen)
        return tl_fail_nomem(err);
    for (uint64_t e = 0; e < s->head.entries[LCA_FACTORS]; e++)
        seen[f->row[e]] = 1;
    for (uint64_t e = 0; e < s->head.entries[LCA_EMISSIONS]; e++)
        seen[b->row[e]] |= 2;
    *count = 0;
    for (size_t k = 0; k < n; k++)
        *count += seen[k] == 2;
    free(seen);
    return TL_OK;
}

tl_status lca_system_check(tl_lca_system *s, tl_error *err)
{
    s->facts = (tl_lca_facts){
        .activities = (size_t)s->head.names[LCA_ACTIVITY],
        .flows = (size_t)s->head.names[LCA_FLOW],
        .categories = (size_t)s->head.names[LCA_CATEGORY],
        .inputs = (size_t)s->head.entries[LCA_INPUTS],
        .emissions = (size_t)s->head.entries[LCA_EMISSIONS],
        .factors = (size_t)s->head.entries[LCA_FACTORS],
    };
    if (s->facts.activities == 0)
        return tl_fail(err, TL_EINPUT, "the system has no activities");
    for (size_t j = 0; j < s->facts.activities; j++) {
        tl_status st = check_column(s, j, err);
        if (st != TL_OK)
            return st;
        s->facts.sources +=
            !has_entries(&s->table[LCA_INPUTS], j) && !has_entries(&s->table[LCA_EMISSIONS], j);
    }
    for (int k = 0; k < LCA_FACTORS; k++)
        for (uint64_t e = 0; e < s->head.entries[k]; e++)
            s->facts.uncertain += s->table[k].uncertainty[e] != 0;
    return count_unused(s, &s->facts.unused_flows, err);
}

const char *lca_uncertainty_problem(struct lca_uncertainty *u, double amount)
{
    if (!lca_is_uncertain(u->distribution)) {
        *u = (struct lca_uncertainty){ .distribution = TL_LCA_CERTAIN };
        return NULL;
    }
    bool takes_loc = u->distribution != TL_LCA_UNIFORM;
    bool takes_scale = u->distribution == TL_LCA_LOGNORMAL || u->distribution == TL_LCA_NORMAL;
    if (u->distribution > TL_LCA_TRIANGULAR)
        return "unknown distribution, expected 0 to 5";
    if (u->distribution == TL_LCA_LOGNORMAL && amount == 0)
        return "a lognormal distribution needs an amount other than 0";
    if (takes_loc && isnan(u->loc))
        u->loc = u->distribution == TL_LCA_LOGNORMAL ? log(fabs(amount)) : amount;
    if (!takes_loc)
        u->loc = 0;
    if (takes_scale) {
        if (!isfinite(u->loc) || !isfinite(u->scale) || u->scale < 0)
            return "location or scale of its distribution is no number or negative";
        if (u->distribution == TL_LCA_LOGNORMAL && (fabs(u->loc) > 600 || u->scale > 10))
            return "location or scale of its lognormal distribution is beyond reason";
        u->minimum = u->maximum = 0;
        return NULL;
    }
    u->scale = 0;
    if (!isfinite(u->minimum) || !isfinite(u->maximum) || u->minimum > u->maximum)
        return "minimum or maximum of its distribution is no number, or they are crossed";
    if (takes_loc && !(u->loc >= u->minimum && u->loc <= u->maximum))
        return "the mode of its triangular distribution lies outside";
    return NULL;
}

void tl_lca_free(void *array)
{
    free(array);
}

void tl_lca_system_free(tl_lca_system *s)
{
    if (!s)
        return;
    if (s->mapped)
        tl_file_close(&s->view);
    else
        free(s->image);
    free(s);
}

void tl_lca_system_facts(const tl_lca_system *s, tl_lca_facts *out)
{
    *out = s->facts;
}

static size_t find(const tl_lca_system *s, enum lca_kind kind, const char *id)
{
    size_t lo = 0, hi = (size_t)s->head.names[kind];
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2, i = s->sorted[kind][mid];
        int order = strcmp(lca_id(s, kind, i), id);
        if (order == 0)
            return i;
        if (order < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return TL_LCA_NONE;
}

size_t tl_lca_find_activity(const tl_lca_system *s, const char *id)
{
    return find(s, LCA_ACTIVITY, id);
}

size_t tl_lca_find_flow(const tl_lca_system *s, const char *id)
{
    return find(s, LCA_FLOW, id);
}

size_t tl_lca_find_category(const tl_lca_system *s, const char *id)
{
    return find(s, LCA_CATEGORY, id);
}

static tl_lca_name name_of(const tl_lca_system *s, enum lca_kind kind, size_t i)
{
    const uint32_t *t = s->text[kind] + i * LCA_TEXTS;
    return (tl_lca_name){ s->pool + t[0], s->pool + t[1], s->pool + t[2], s->pool + t[3] };
}

tl_lca_name tl_lca_activity_name(const tl_lca_system *s, size_t i)
{
    return name_of(s, LCA_ACTIVITY, i);
}

tl_lca_name tl_lca_flow_name(const tl_lca_system *s, size_t i)
{
    return name_of(s, LCA_FLOW, i);
}

tl_lca_name tl_lca_category_name(const tl_lca_system *s, size_t i)
{
    return name_of(s, LCA_CATEGORY, i);
}
