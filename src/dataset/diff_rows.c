/* diff_rows.c - two editions of a table, row by row, matched by a key of leading columns. */
#include <string.h>

#include "base/buf.h"
#include "base/map.h"
#include "dataset/diff_priv.h"

/* The unit separator of ASCII keeps the parts of a key apart; nobody writes it in a cell. */
#define BETWEEN '\x1f'

static const char *cell(const tl_sheet *s, size_t row, size_t column)
{
    return tl_sheet_text(s, row, column);
}

static void key_text(const tl_sheet *s, size_t row, size_t width, const char *between, tl_buf *out)
{
    tl_buf_reset(out);
    for (size_t c = 0; c < width; c++) {
        tl_buf_str(out, c ? between : "");
        tl_buf_str(out, cell(s, row, c));
    }
}

/* Makes the second row with a key different from the first, the third from both, ... */
static tl_status number_repeated(tl_map *counts, tl_buf *key, tl_error *err)
{
    size_t i;
    bool there;
    tl_status st = tl_map_add(counts, (tl_span){ tl_buf_text(key), key->len }, 1, &i, &there, err);
    if (st != TL_OK || !there)
        return st;
    uint64_t again = tl_map_value(counts, i) + 1;
    tl_map_set(counts, i, again);
    tl_buf_printf(key, "%c#%llu", BETWEEN, (unsigned long long)again);
    return TL_OK;
}

/* Rows by key. Where a key comes again, *unique is false and the rest is left out, unless repeated
 * keys are to be numbered: then the second of two equal rows meets the second. */
static tl_status index_rows(const tl_sheet *s, size_t width, bool numbered, tl_map **out,
                            bool *unique, tl_error *err)
{
    static const char between[] = { BETWEEN, '\0' };
    tl_map *counts = NULL;
    tl_buf key;
    tl_status st = tl_map_new(out, err);
    if (st == TL_OK)
        st = tl_map_new(&counts, err);
    tl_buf_init(&key, 0);
    for (size_t row = 0; row < s->rows && st == TL_OK && *unique; row++) {
        bool there = false;
        key_text(s, row, width, between, &key);
        if (numbered)
            st = number_repeated(counts, &key, err);
        if (st == TL_OK && (st = tl_buf_status(&key, err)) == TL_OK)
            st = tl_map_add(*out, (tl_span){ tl_buf_text(&key), key.len }, row, NULL, &there, err);
        *unique = !there;
    }
    tl_buf_clear(&key);
    tl_map_free(counts);
    return st;
}

/* Leading columns of the same name in both. */
static size_t common_width(const tl_sheet *a, const tl_sheet *b)
{
    size_t n = 0;
    while (n < a->columns && n < b->columns && strcmp(a->names[n], b->names[n]) == 0)
        n++;
    return n;
}

/* Indexes both tables by the fewest leading columns that tell all rows apart, or by all there
 * are. */
static tl_status index_both(const tl_sheet *a, const tl_sheet *b, size_t *width, tl_map **in_a,
                            tl_map **in_b, tl_error *err)
{
    size_t most = common_width(a, b);
    for (*width = 1; *width <= most; ++*width) {
        bool unique = true, last = *width == most;
        tl_status st = index_rows(a, *width, last, in_a, &unique, err);
        if (st == TL_OK && unique)
            st = index_rows(b, *width, last, in_b, &unique, err);
        if (st != TL_OK || unique)
            return st;
        tl_map_free(*in_a);
        tl_map_free(*in_b);
        *in_a = *in_b = NULL;
    }
    return TL_OK;
}

static int column_of(const tl_sheet *s, const char *name)
{
    for (size_t c = 0; c < s->columns; c++)
        if (strcmp(s->names[c], name) == 0)
            return (int)c;
    return -1;
}

/* Names of the columns of s that other lacks. */
static tl_status columns_only(const tl_sheet *s, const tl_sheet *other, tl_arena *arena,
                              const char *const **out, size_t *n, tl_error *err)
{
    const char **names = tl_arena_alloc(arena, s->columns + 1, sizeof *names);
    if (!names)
        return tl_fail_nomem(err);
    for (size_t c = 0; c < s->columns; c++)
        if (column_of(other, s->names[c]) < 0)
            names[(*n)++] = s->names[c];
    *out = names;
    return TL_OK;
}

struct work {
    const tl_sheet *a, *b;
    const int *partner; /* column of a for each column of b, -1 where there is none */
    size_t width;
    tl_arena *arena;
    tl_buf key;
    tl_diff_row *rows;
    size_t n;
};

static tl_status put(struct work *w, tl_change change, const tl_sheet *s, size_t row,
                     const tl_diff_cell *cells, size_t cell_count, tl_error *err)
{
    key_text(s, row, w->width, " | ", &w->key);
    tl_status st = tl_buf_status(&w->key, err);
    const char *key = tl_arena_copy(w->arena, tl_buf_text(&w->key), w->key.len);
    if (st == TL_OK && !key)
        st = tl_fail_nomem(err);
    w->rows[w->n++] = (tl_diff_row){ change, key, cells, cell_count };
    return st;
}

static tl_status compare_row(struct work *w, size_t row_a, size_t row_b, size_t *changed,
                             tl_error *err)
{
    tl_diff_cell *cells = NULL;
    size_t n = 0;
    for (size_t c = 0; c < w->b->columns; c++) {
        if (w->partner[c] < 0)
            continue;
        const char *from = cell(w->a, row_a, (size_t)w->partner[c]), *to = cell(w->b, row_b, c);
        if (strcmp(from, to) == 0)
            continue;
        if (!cells && !(cells = tl_arena_alloc(w->arena, w->b->columns, sizeof *cells)))
            return tl_fail_nomem(err);
        cells[n++] = (tl_diff_cell){ w->b->names[c], from, to };
    }
    if (n == 0)
        return TL_OK;
    ++*changed;
    return put(w, TL_CHANGE_CHANGED, w->b, row_b, cells, n, err);
}

static tl_status compare_rows(struct work *w, const tl_map *in_a, const tl_map *in_b,
                              tl_diff_file *out, tl_error *err)
{
    tl_status st = TL_OK;
    uint64_t other;
    for (size_t i = 0; i < tl_map_size(in_b) && st == TL_OK; i++) {
        size_t row = (size_t)tl_map_value(in_b, i);
        if (tl_map_find(in_a, tl_span_of(tl_map_key(in_b, i)), &other)) {
            st = compare_row(w, (size_t)other, row, &out->rows_changed, err);
        } else {
            out->rows_added++;
            st = put(w, TL_CHANGE_ADDED, w->b, row, NULL, 0, err);
        }
    }
    for (size_t i = 0; i < tl_map_size(in_a) && st == TL_OK; i++)
        if (!tl_map_find(in_b, tl_span_of(tl_map_key(in_a, i)), &other)) {
            out->rows_removed++;
            st = put(w, TL_CHANGE_REMOVED, w->a, (size_t)tl_map_value(in_a, i), NULL, 0, err);
        }
    out->rows = w->rows;
    out->row_count = w->n;
    return st;
}

tl_status tl_diff_tables(const tl_sheet *from, const tl_sheet *to, tl_arena *arena,
                         tl_diff_file *out, tl_error *err)
{
    tl_map *in_a = NULL, *in_b = NULL;
    struct work w = { .a = from, .b = to, .arena = arena };
    tl_status st;

    out->table = common_width(from, to) > 0;
    if ((st = columns_only(to, from, arena, &out->columns_added, &out->columns_added_count, err)) !=
            TL_OK ||
        (st = columns_only(from, to, arena, &out->columns_removed, &out->columns_removed_count,
                           err)) != TL_OK ||
        !out->table)
        return st;
    int *partner = tl_arena_alloc(arena, to->columns, sizeof *partner);
    w.rows = tl_arena_alloc(arena, from->rows + to->rows + 1, sizeof *w.rows);
    if (!partner || !w.rows)
        return tl_fail_nomem(err);
    for (size_t c = 0; c < to->columns; c++)
        partner[c] = column_of(from, to->names[c]);
    w.partner = partner;
    tl_buf_init(&w.key, 0);
    if ((st = index_both(from, to, &w.width, &in_a, &in_b, err)) == TL_OK)
        st = compare_rows(&w, in_a, in_b, out, err);
    tl_buf_clear(&w.key);
    tl_map_free(in_a);
    tl_map_free(in_b);
    return st;
}
