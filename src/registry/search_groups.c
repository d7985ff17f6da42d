/* search_groups.c - which words of a sorted list begin alike.
 *
 * The bytes that each word shares with the one before make a row of heights; every group is a
 * widest stretch above a height, and all of them come out of one walk with a stack (Abouelhoda,
 * Kurtz, Ohlebusch 2004, "Replacing suffix trees with enhanced suffix arrays", algorithm 4.1). */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "registry/search_priv.h"

struct open {
    uint32_t first, bytes;
};

struct walk {
    struct open *stack; /* owned */
    size_t depth, depth_cap;
    tl_search_group *out; /* owned until the end */
    size_t n, cap;
    tl_error *err;
};

static uint32_t shared_bytes(const char *a, const char *b)
{
    uint32_t n = 0;
    while (a[n] && a[n] == b[n])
        n++;
    return n;
}

static tl_status push(struct walk *w, uint32_t first, uint32_t bytes)
{
    tl_status st = tl_grow(&w->stack, &w->depth_cap, w->depth + 1, sizeof *w->stack, w->err);
    if (st == TL_OK)
        w->stack[w->depth++] = (struct open){ first, bytes };
    return st;
}

/* Word i shares `bytes` with the one before: closes what it is no part of, opens what begins. */
static tl_status step(struct walk *w, uint32_t i, uint32_t bytes)
{
    tl_status st = TL_OK;
    uint32_t first = i - 1;
    while (st == TL_OK && w->depth && w->stack[w->depth - 1].bytes > bytes) {
        struct open o = w->stack[--w->depth];
        first = o.first;
        if (i - first <= TL_SEARCH_GROUP)
            continue;
        if ((st = tl_grow(&w->out, &w->cap, w->n + 1, sizeof *w->out, w->err)) == TL_OK)
            w->out[w->n++] = (tl_search_group){ o.first, i - 1, o.bytes };
    }
    if (st == TL_OK && bytes && (w->depth == 0 || w->stack[w->depth - 1].bytes < bytes))
        st = push(w, first, bytes);
    return st;
}

static int by_place(const void *a, const void *b)
{
    const tl_search_group *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return x->bytes < y->bytes ? -1 : x->bytes > y->bytes;
}

tl_status tl_search_groups(const char *const *words, size_t n, tl_search_group **out, size_t *count,
                           tl_error *err)
{
    struct walk w = { .err = err };
    tl_status st = TL_OK;
    *out = NULL;
    *count = 0;
    for (size_t i = 1; i <= n && st == TL_OK; i++)
        st = step(&w, (uint32_t)i, i < n ? shared_bytes(words[i - 1], words[i]) : 0);
    free(w.stack);
    if (st != TL_OK) {
        free(w.out);
        return st;
    }
    if (w.n)
        qsort(w.out, w.n, sizeof *w.out, by_place);
    *out = w.out;
    *count = w.n;
    return TL_OK;
}
