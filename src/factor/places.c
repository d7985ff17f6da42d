/* places.c - packing, unpacking and intersecting in one pass over the bytes. */
#include "factor/places.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Reads packed places one after the other. */
struct reader {
    const unsigned char *p, *end;
    uint64_t last; /* place before, plus one */
    bool damaged;
};

/* The next place; false at the end or where the bytes make no sense (r->damaged). Five bytes hold
 * 35 bits, more than any place needs. */
static bool next(struct reader *r, uint32_t *place)
{
    uint64_t step = 0;
    if (r->p == r->end)
        return false;
    for (unsigned shift = 0; shift < 35 && r->p < r->end; shift += 7) {
        unsigned char byte = *r->p++;
        step |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            r->last += step;
            r->damaged = step == 0 || r->last > UINT32_MAX;
            *place = (uint32_t)(r->last - 1);
            return !r->damaged;
        }
    }
    r->damaged = true;
    return false;
}

static struct reader read_from(const void *packed, size_t n)
{
    return (struct reader){ .p = packed, .end = (const unsigned char *)packed + n };
}

static tl_status damaged(tl_error *err)
{
    return tl_fail(err, TL_EIO, "the word index of the factors is damaged");
}

void tl_places_clear(tl_places *list)
{
    free(list->items);
    *list = (tl_places){ 0 };
}

tl_status tl_places_add(tl_places *list, uint32_t place, tl_error *err)
{
    tl_status st = tl_grow(&list->items, &list->cap, list->n + 1, sizeof *list->items, err);
    if (st == TL_OK)
        list->items[list->n++] = place;
    return st;
}

void tl_places_pack(tl_buf *out, const uint32_t *items, size_t n)
{
    uint64_t last = 0;
    for (size_t i = 0; i < n; i++) {
        char bytes[5];
        size_t len = 0;
        uint64_t step = (uint64_t)items[i] + 1 - last;
        last += step;
        for (; step >= 0x80; step >>= 7)
            bytes[len++] = (char)(unsigned char)(step | 0x80);
        bytes[len++] = (char)step;
        tl_buf_add(out, bytes, len);
    }
}

tl_status tl_places_unpack(tl_places *list, const void *packed, size_t n, tl_error *err)
{
    struct reader r = read_from(packed, n);
    uint32_t place;
    list->n = 0;
    tl_status st = tl_grow(&list->items, &list->cap, n, sizeof *list->items, err);
    while (st == TL_OK && next(&r, &place)) /* a place takes at least one byte */
        list->items[list->n++] = place;
    return st == TL_OK && r.damaged ? damaged(err) : st;
}

tl_status tl_places_keep(tl_places *list, const void *packed, size_t n, tl_error *err)
{
    struct reader r = read_from(packed, n);
    size_t kept = 0, i = 0;
    uint32_t place;
    while (i < list->n && next(&r, &place)) {
        while (i < list->n && list->items[i] < place)
            i++;
        if (i < list->n && list->items[i] == place)
            list->items[kept++] = list->items[i++];
    }
    list->n = kept;
    return r.damaged ? damaged(err) : TL_OK;
}

tl_status tl_places_lose(tl_places *list, const void *packed, size_t n, tl_error *err)
{
    struct reader r = read_from(packed, n);
    size_t kept = 0, i = 0;
    uint32_t place;
    while (i < list->n && next(&r, &place)) {
        while (i < list->n && list->items[i] < place)
            list->items[kept++] = list->items[i++];
        i += i < list->n && list->items[i] == place;
    }
    while (i < list->n)
        list->items[kept++] = list->items[i++];
    list->n = kept;
    return r.damaged ? damaged(err) : TL_OK;
}

tl_status tl_places_copy(tl_places *list, const tl_places *other, tl_error *err)
{
    tl_status st = tl_grow(&list->items, &list->cap, other->n, sizeof *list->items, err);
    if (st != TL_OK)
        return st;
    if (other->n)
        memcpy(list->items, other->items, other->n * sizeof *list->items);
    list->n = other->n;
    return TL_OK;
}

void tl_places_meet(tl_places *list, const tl_places *other)
{
    size_t kept = 0, k = 0;
    for (size_t i = 0; i < list->n; i++) {
        while (k < other->n && other->items[k] < list->items[i])
            k++;
        if (k < other->n && other->items[k] == list->items[i])
            list->items[kept++] = list->items[i];
    }
    list->n = kept;
}

void tl_places_drop(tl_places *list, const tl_places *other)
{
    size_t kept = 0, k = 0;
    for (size_t i = 0; i < list->n; i++) {
        while (k < other->n && other->items[k] < list->items[i])
            k++;
        if (k == other->n || other->items[k] != list->items[i])
            list->items[kept++] = list->items[i];
    }
    list->n = kept;
}

tl_status tl_places_join(tl_places *list, const tl_places *other, tl_error *err)
{
    size_t a = list->n, b = other->n, both = 0;
    for (size_t i = 0, k = 0; i < a && k < b;)
        if (list->items[i] == other->items[k])
            both++, i++, k++;
        else if (list->items[i] < other->items[k])
            i++;
        else
            k++;
    size_t to = a + b - both;
    tl_status st = tl_grow(&list->items, &list->cap, to, sizeof *list->items, err);
    if (st != TL_OK)
        return st;
    list->n = to;
    while (b > 0) { /* from behind: nothing is overwritten before it is read */
        bool mine = a > 0 && list->items[a - 1] >= other->items[b - 1];
        b -= !mine || list->items[a - 1] == other->items[b - 1];
        list->items[--to] = mine ? list->items[--a] : other->items[b];
    }
    return TL_OK;
}
