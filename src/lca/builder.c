/* builder.c - collecting names and amounts, and making the image of a system from them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/text.h"
#include "lca/image.h"
#include "lca/system.h"

static const char *const kind_words[LCA_KINDS] = { "activity", "flow", "category" };

struct entry {
    uint32_t column, row, uncertainty;
    double amount;
};

struct list {
    struct entry *items; /* owned, in order of adding */
    size_t len, cap;
};

struct names {
    tl_map *ids;    /* owned; id -> index */
    uint32_t *text; /* owned; LCA_TEXTS offsets into the pool each */
    size_t cap;     /* of text, in things */
};

struct tl_lca_builder {
    struct names names[LCA_KINDS];
    struct list lists[LCA_TABLES];
    struct lca_uncertainty *uncertainty; /* owned */
    size_t n_uncertainty, cap_uncertainty;
    tl_buf pool; /* begins with a NUL: offset 0 is the empty text */
};

void tl_lca_builder_free(tl_lca_builder *b)
{
    if (!b)
        return;
    for (int k = 0; k < LCA_KINDS; k++) {
        tl_map_free(b->names[k].ids);
        free(b->names[k].text);
    }
    for (int t = 0; t < LCA_TABLES; t++)
        free(b->lists[t].items);
    free(b->uncertainty);
    tl_buf_clear(&b->pool);
    free(b);
}

tl_status tl_lca_builder_new(tl_lca_builder **out, tl_error *err)
{
    *out = NULL;
    tl_lca_builder *b = calloc(1, sizeof *b);
    if (!b)
        return tl_fail_nomem(err);
    tl_buf_init(&b->pool, UINT32_MAX - 1);
    tl_buf_char(&b->pool, '\0');
    tl_status st = tl_buf_status(&b->pool, err);
    for (int k = 0; k < LCA_KINDS && st == TL_OK; k++)
        st = tl_map_new(&b->names[k].ids, err);
    if (st != TL_OK) {
        tl_lca_builder_free(b);
        return st;
    }
    *out = b;
    return TL_OK;
}

/* Puts text into the pool; *offset is 0 for NULL and "". */
static void keep_text(tl_lca_builder *b, const char *text, uint32_t *offset)
{
    *offset = 0;
    if (!text || !*text)
        return;
    *offset = (uint32_t)b->pool.len;
    tl_buf_add(&b->pool, text, strlen(text) + 1);
}

static const char *id_of(const tl_lca_builder *b, enum lca_kind kind, size_t i)
{
    return tl_map_key(b->names[kind].ids, i);
}

static tl_status check_name(const tl_lca_builder *b, enum lca_kind kind, const tl_lca_name *name,
                            tl_error *err)
{
    const char *const texts[LCA_TEXTS] = { name->id, name->name, name->unit, name->location };
    const char *what = kind_words[kind];
    uint64_t there;
    if (!name->id || !*name->id)
        return tl_fail(err, TL_EINPUT, "%s without an id", what);
    for (int i = 0; i < LCA_TEXTS; i++)
        if (texts[i] && tl_utf8_valid(texts[i], strlen(texts[i])) != strlen(texts[i]))
            return tl_fail(err, TL_EINPUT, "%s '%s': text is not UTF-8", what, name->id);
    if (tl_map_find(b->names[kind].ids, tl_span_of(name->id), &there))
        return tl_fail(err, TL_EINPUT, "%s '%s' is there twice", what, name->id);
    if (tl_map_size(b->names[kind].ids) >= UINT32_MAX - 1)
        return tl_fail(err, TL_EINPUT, "%s '%s': too many", what, name->id);
    return TL_OK;
}

static tl_status add_name(tl_lca_builder *b, enum lca_kind kind, const tl_lca_name *name,
                          size_t *index, tl_error *err)
{
    struct names *k = &b->names[kind];
    size_t i = tl_map_size(k->ids), at = 0, pool_before = b->pool.len;
    bool there = false;
    tl_status st = check_name(b, kind, name, err);
    if (st != TL_OK)
        return st;
    if ((st = tl_grow(&k->text, &k->cap, i + 1, LCA_TEXTS * sizeof *k->text, err)) != TL_OK)
        return st;
    uint32_t *text = k->text + i * LCA_TEXTS;
    keep_text(b, name->id, &text[0]);
    keep_text(b, name->name, &text[1]);
    keep_text(b, name->unit, &text[2]);
    keep_text(b, name->location, &text[3]);
    st = tl_buf_status(&b->pool, err);
    if (st == TL_OK)
        st = tl_map_add(k->ids, tl_span_of(name->id), i, &at, &there, err);
    if (st != TL_OK) {
        b->pool.len = pool_before;
        b->pool.failed = false;
        return st;
    }
    if (index)
        *index = i;
    return TL_OK;
}

tl_status tl_lca_add_activity(tl_lca_builder *b, const tl_lca_name *name, size_t *index,
                              tl_error *err)
{
    return add_name(b, LCA_ACTIVITY, name, index, err);
}

tl_status tl_lca_add_flow(tl_lca_builder *b, const tl_lca_name *name, size_t *index, tl_error *err)
{
    return add_name(b, LCA_FLOW, name, index, err);
}

tl_status tl_lca_add_category(tl_lca_builder *b, const tl_lca_name *name, size_t *index,
                              tl_error *err)
{
    return add_name(b, LCA_CATEGORY, name, index, err);
}

static size_t find(const tl_lca_builder *b, enum lca_kind kind, const char *id)
{
    uint64_t i;
    return id && tl_map_find(b->names[kind].ids, tl_span_of(id), &i) ? (size_t)i : TL_LCA_NONE;
}

size_t tl_lca_builder_activity(const tl_lca_builder *b, const char *id)
{
    return find(b, LCA_ACTIVITY, id);
}

size_t tl_lca_builder_flow(const tl_lca_builder *b, const char *id)
{
    return find(b, LCA_FLOW, id);
}

size_t tl_lca_builder_category(const tl_lca_builder *b, const char *id)
{
    return find(b, LCA_CATEGORY, id);
}

/* The index behind *place (0 = none) for u, made if needed. */
static tl_status keep_uncertainty(tl_lca_builder *b, const tl_lca_uncertainty *u, double amount,
                                  uint32_t *place, const char **problem, tl_error *err)
{
    *place = 0;
    *problem = NULL;
    if (!u || u->distribution == TL_LCA_UNDEFINED || u->distribution == TL_LCA_CERTAIN)
        return TL_OK;
    struct lca_uncertainty kept = { .distribution = (uint32_t)u->distribution,
                                    .loc = u->loc,
                                    .scale = u->scale,
                                    .minimum = u->minimum,
                                    .maximum = u->maximum };
    *problem = lca_uncertainty_problem(&kept, amount);
    if (*problem)
        return TL_OK;
    tl_status st = tl_grow(&b->uncertainty, &b->cap_uncertainty, b->n_uncertainty + 1,
                           sizeof *b->uncertainty, err);
    if (st != TL_OK)
        return st;
    b->uncertainty[b->n_uncertainty++] = kept;
    *place = (uint32_t)b->n_uncertainty;
    return TL_OK;
}

/* What an entry is about, for messages. */
struct place {
    enum lca_table_kind table;
    enum lca_kind column_kind, row_kind;
    size_t column, row;
    const char *word; /* what the row is to the column */
};

static tl_status refuse(const tl_lca_builder *b, const struct place *p, const char *problem,
                        tl_error *err)
{
    return tl_fail(err, TL_EINPUT, "%s '%s', %s '%s': %s", kind_words[p->column_kind],
                   id_of(b, p->column_kind, p->column), p->word, id_of(b, p->row_kind, p->row),
                   problem);
}

static tl_status add_entry(tl_lca_builder *b, const struct place *p, double amount,
                           const tl_lca_uncertainty *u, tl_error *err)
{
    struct list *list = &b->lists[p->table];
    if (p->column >= tl_map_size(b->names[p->column_kind].ids))
        return tl_fail(err, TL_EINPUT, "there is no %s number %zu", kind_words[p->column_kind],
                       p->column);
    if (p->row >= tl_map_size(b->names[p->row_kind].ids))
        return tl_fail(err, TL_EINPUT, "%s '%s' refers to %s number %zu, which does not exist",
                       kind_words[p->column_kind], id_of(b, p->column_kind, p->column),
                       kind_words[p->row_kind], p->row);
    if (!isfinite(amount))
        return refuse(b, p, "the amount is not a finite number", err);
    if (list->len >= UINT32_MAX - 1 || b->n_uncertainty >= UINT32_MAX - 1)
        return refuse(b, p, "too many entries", err);
    const char *problem;
    struct entry e = { (uint32_t)p->column, (uint32_t)p->row, 0, amount };
    tl_status st = tl_grow(&list->items, &list->cap, list->len + 1, sizeof e, err);
    if (st == TL_OK)
        st = keep_uncertainty(b, u, amount, &e.uncertainty, &problem, err);
    if (st != TL_OK)
        return st;
    if (problem)
        return refuse(b, p, problem, err);
    list->items[list->len++] = e;
    return TL_OK;
}

tl_status tl_lca_add_input(tl_lca_builder *b, size_t activity, size_t input, double amount,
                           const tl_lca_uncertainty *uncertainty, tl_error *err)
{
    const struct place p = { activity == input ? LCA_PRODUCTIONS : LCA_INPUTS,
                             LCA_ACTIVITY,
                             LCA_ACTIVITY,
                             activity,
                             input,
                             activity == input ? "production of" : "input" };
    return add_entry(b, &p, amount, uncertainty, err);
}

tl_status tl_lca_add_emission(tl_lca_builder *b, size_t activity, size_t flow, double amount,
                              const tl_lca_uncertainty *uncertainty, tl_error *err)
{
    const struct place p = { LCA_EMISSIONS, LCA_ACTIVITY, LCA_FLOW, activity, flow, "flow" };
    return add_entry(b, &p, amount, uncertainty, err);
}

tl_status tl_lca_add_factor(tl_lca_builder *b, size_t category, size_t flow, double amount,
                            tl_error *err)
{
    const struct place p = { LCA_FACTORS, LCA_CATEGORY, LCA_FLOW, category, flow, "flow" };
    return add_entry(b, &p, amount, NULL, err);
}

/* Counting sort by column; entries of a column keep their order. */
static void fill_table(const struct list *list, const struct lca_table *t, size_t columns)
{
    uint64_t *start = lca_writable(t->start);
    uint32_t *row = lca_writable(t->row), *uncertainty = lca_writable(t->uncertainty);
    double *amount = lca_writable(t->amount);
    for (size_t i = 0; i < list->len; i++)
        start[list->items[i].column + 1]++;
    for (size_t c = 0; c < columns; c++)
        start[c + 1] += start[c];
    for (size_t i = 0; i < list->len; i++) {
        const struct entry *e = &list->items[i];
        uint64_t at = start[e->column]++;
        row[at] = e->row;
        amount[at] = e->amount;
        uncertainty[at] = e->uncertainty;
    }
    for (size_t c = columns; c > 0; c--)
        start[c] = start[c - 1];
    start[0] = 0;
}

static int by_id(const void *a, const void *b, void *ctx)
{
    const tl_map *ids = ctx;
    const uint32_t *i = a, *j = b;
    return strcmp(tl_map_key(ids, *i), tl_map_key(ids, *j));
}

static void fill_names(const tl_lca_builder *b, tl_lca_system *s, enum lca_kind k)
{
    const struct names *names = &b->names[k];
    size_t n = tl_map_size(names->ids);
    uint32_t *sorted = lca_writable(s->sorted[k]);
    if (n)
        memcpy(lca_writable(s->text[k]), names->text, n * LCA_TEXTS * sizeof *names->text);
    for (size_t i = 0; i < n; i++)
        sorted[i] = (uint32_t)i;
    qsort_r(sorted, n, sizeof *sorted, by_id, names->ids);
}

tl_status tl_lca_builder_finish(const tl_lca_builder *b, tl_lca_system **out, tl_error *err)
{
    *out = NULL;
    struct lca_header head = { .uncertainties = b->n_uncertainty, .pool_bytes = b->pool.len };
    for (int k = 0; k < LCA_KINDS; k++)
        head.names[k] = tl_map_size(b->names[k].ids);
    for (int t = 0; t < LCA_TABLES; t++)
        head.entries[t] = b->lists[t].len;
    tl_lca_system *s;
    tl_status st = lca_image_new(&s, &head, err);
    if (st != TL_OK)
        return st;
    for (int k = 0; k < LCA_KINDS; k++)
        fill_names(b, s, (enum lca_kind)k);
    for (int t = 0; t < LCA_TABLES; t++)
        fill_table(&b->lists[t], &s->table[t], lca_table_columns(s, (enum lca_table_kind)t));
    if (b->n_uncertainty)
        memcpy(lca_writable(s->uncertainty), b->uncertainty,
               b->n_uncertainty * sizeof *b->uncertainty);
    memcpy(lca_writable(s->pool), b->pool.data, b->pool.len);
    if ((st = lca_system_check(s, err)) != TL_OK) {
        tl_lca_system_free(s);
        return st;
    }
    *out = s;
    return TL_OK;
}
