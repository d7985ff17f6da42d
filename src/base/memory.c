/* memory.c - checked arrays, and arenas made of doubling blocks. */
#include "base/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *tl_new_array(size_t n, size_t size)
{
    return calloc(n ? n : 1, size ? size : 1);
}

tl_status tl_grow(void *items, size_t *cap, size_t need, size_t size, tl_error *err)
{
    if (need <= *cap)
        return TL_OK;
    size_t want = *cap + *cap / 2 + 16;
    if (want < need)
        want = need;
    void *old;
    memcpy(&old, items,
           sizeof old); /* items is a T **: read it without aliasing rules in the way */
    void *p = reallocarray(old, want, size);
    if (!p)
        return tl_fail_nomem(err);
    memcpy(items, &p, sizeof p);
    *cap = want;
    /* cppcheck-suppress memleak ; p is in *items now */
    return TL_OK;
}

struct block {
    struct block *next;
    size_t size, used;
    _Alignas(max_align_t) char data[];
};

struct tl_arena {
    struct block *first, *current; /* owned chain; current takes new allocations */
    size_t limit, total;           /* bytes allowed (0 = any) and bytes in blocks */
};

enum { FIRST_BLOCK = 16 * 1024 };
#define MAX_BLOCK ((size_t)8 * 1024 * 1024)

tl_status tl_arena_new(tl_arena **out, size_t limit_bytes, tl_error *err)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return tl_fail_nomem(err);
    (*out)->limit = limit_bytes;
    return TL_OK;
}

void tl_arena_free(tl_arena *a)
{
    if (!a)
        return;
    for (struct block *b = a->first, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    free(a);
}

void tl_arena_reset(tl_arena *a)
{
    for (struct block *b = a->first; b; b = b->next)
        b->used = 0;
    a->current = a->first;
}

/* Block with room for need bytes after the current one: reused if a reset left one, else fresh. */
static struct block *next_block(tl_arena *a, size_t need)
{
    for (struct block *b = a->current ? a->current->next : a->first; b; b = b->next)
        if (b->size - b->used >= need)
            return a->current = b;
    size_t size = a->total < FIRST_BLOCK ? FIRST_BLOCK
                  : a->total < MAX_BLOCK ? a->total
                                         : MAX_BLOCK;
    if (size < need)
        size = need;
    if (a->limit && (a->total >= a->limit || a->limit - a->total < need))
        return NULL;
    if (a->limit && size > a->limit - a->total)
        size = a->limit - a->total;
    struct block *b = malloc(sizeof *b + size);
    if (!b)
        return NULL;
    *b = (struct block){ .size = size };
    if (a->current) {
        b->next = a->current->next;
        a->current->next = b;
    } else {
        a->first = b;
    }
    a->total += size;
    return a->current = b;
}

void *tl_arena_alloc(tl_arena *a, size_t n, size_t size)
{
    const size_t align = _Alignof(max_align_t);
    if (size && n > (SIZE_MAX - align) / size)
        return NULL;
    size_t need = (n * size + align - 1) / align * align;
    if (need == 0)
        need = align;
    struct block *b = a->current;
    if (!b || b->size - b->used < need)
        b = next_block(a, need);
    if (!b)
        return NULL;
    void *p = b->data + b->used;
    b->used += need;
    memset(p, 0, need);
    return p;
}

tl_status tl_arena_grow(tl_arena *a, void *items, size_t *cap, size_t need, size_t size,
                        tl_error *err)
{
    if (need <= *cap)
        return TL_OK;
    size_t want = *cap ? *cap * 2 : 16; /* cannot overflow: *cap elements are in memory */
    if (want < need)
        want = need;
    void *old, *grown = tl_arena_alloc(a, want, size);
    if (!grown)
        return tl_fail_nomem(err);
    memcpy(&old, items, sizeof old); /* as in tl_grow */
    if (*cap)
        memcpy(grown, old, *cap * size);
    memcpy(items, &grown, sizeof grown);
    *cap = want;
    return TL_OK;
}

char *tl_arena_copy(tl_arena *a, const char *s, size_t n)
{
    if (n == SIZE_MAX)
        return NULL;
    char *p = tl_arena_alloc(a, n + 1, 1);
    if (p && n)
        memcpy(p, s, n);
    return p;
}

char *tl_arena_str(tl_arena *a, const char *s)
{
    return s ? tl_arena_copy(a, s, strlen(s)) : NULL;
}

char *tl_arena_printf(tl_arena *a, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n < 0)
        return NULL;
    char *p = tl_arena_alloc(a, (size_t)n + 1, 1);
    if (!p)
        return NULL;
    va_start(ap, fmt);
    vsnprintf(p, (size_t)n + 1, fmt, ap);
    va_end(ap);
    return p;
}

size_t tl_arena_used_bytes(const tl_arena *a)
{
    size_t sum = 0;
    for (const struct block *b = a->first; b; b = b->next)
        sum += b->used;
    return sum;
}
