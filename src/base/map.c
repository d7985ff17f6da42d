/* map.c - open addressing over an insertion-ordered array.
 *
 * The hash is seeded with a constant: keys come from files of the user's own, the table has a load
 * of at most one half, and a flood of colliding keys costs time, never a wrong answer. */
#include "base/map.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct entry {
    const char *key; /* in keys */
    uint64_t head;   /* its first eight bytes, zeros behind a shorter one */
    uint64_t value;
    uint32_t len;
    uint32_t tag; /* low half of its hash */
};

/* The tag in the slot spares a look at entries of other keys: far memory is what a search costs. */
struct slot {
    uint32_t tag;
    uint32_t place; /* index + 1 into entries, 0 = free */
};

struct tl_map {
    struct entry *entries; /* owned, in order of insertion */
    size_t len, cap;
    struct slot *slots; /* owned */
    size_t slot_count;
    tl_arena *keys;
};

enum { MOST_KEYS = INT32_MAX }; /* a tag can address twice as many slots */

/* Multiply-and-fold over 8 bytes at a time; good mixing at memory speed. */
static uint64_t hash_bytes(const char *p, size_t n)
{
    const uint64_t k = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t h = k ^ n;
    while (n) {
        uint64_t w = 0;
        size_t take = n < 8 ? n : 8;
        memcpy(&w, p, take);
        h = (h ^ w) * k;
        h ^= h >> 29;
        p += take;
        n -= take;
    }
    h *= UINT64_C(0xBF58476D1CE4E5B9);
    return h ^ h >> 32;
}

tl_status tl_map_new(tl_map **out, tl_error *err)
{
    tl_map *m = calloc(1, sizeof *m);
    *out = NULL;
    if (!m)
        return tl_fail_nomem(err);
    m->slot_count = 64;
    m->slots = tl_new_array(m->slot_count, sizeof *m->slots);
    if (!m->slots || tl_arena_new(&m->keys, 0, err) != TL_OK) {
        tl_map_free(m);
        return tl_fail_nomem(err);
    }
    *out = m;
    return TL_OK;
}

void tl_map_free(tl_map *m)
{
    if (!m)
        return;
    free(m->entries);
    free(m->slots);
    tl_arena_free(m->keys);
    free(m);
}

static uint64_t head_of(tl_span key)
{
    uint64_t head = 0;
    if (key.n)
        memcpy(&head, key.p, key.n < 8 ? key.n : 8);
    return head;
}

static bool same(const struct entry *e, tl_span key, uint64_t head)
{
    return e->head == head && e->len == key.n &&
           (key.n <= 8 || memcmp(e->key + 8, key.p + 8, key.n - 8) == 0);
}

/* Slot that holds the key or the free one where it belongs. */
static size_t locate(const tl_map *m, tl_span key, uint64_t hash)
{
    size_t mask = m->slot_count - 1;
    uint64_t head = head_of(key);
    for (size_t s = (size_t)hash & mask;; s = (s + 1) & mask) {
        const struct slot slot = m->slots[s];
        if (slot.place == 0 ||
            (slot.tag == (uint32_t)hash && same(&m->entries[slot.place - 1], key, head)))
            return s;
    }
}

static tl_status rehash(tl_map *m, tl_error *err)
{
    size_t count = m->slot_count * 2;
    struct slot *slots = tl_new_array(count, sizeof *slots);
    if (!slots)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < m->len; i++) {
        size_t s = m->entries[i].tag & (count - 1);
        while (slots[s].place)
            s = (s + 1) & (count - 1);
        slots[s] = (struct slot){ m->entries[i].tag, (uint32_t)(i + 1) };
    }
    free(m->slots);
    m->slots = slots;
    m->slot_count = count;
    return TL_OK;
}

tl_status tl_map_add(tl_map *m, tl_span key, uint64_t value, size_t *index, bool *was_there,
                     tl_error *err)
{
    uint64_t hash = hash_bytes(key.p, key.n);
    size_t s = locate(m, key, hash);
    if (was_there)
        *was_there = m->slots[s].place != 0;
    if (m->slots[s].place) {
        if (index)
            *index = m->slots[s].place - 1;
        return TL_OK;
    }
    if (m->len >= MOST_KEYS || key.n > UINT32_MAX)
        return tl_fail(err, TL_ENOMEM, "more than 2 billion keys, or one of 4 GB");
    if (m->len * 2 >= m->slot_count) {
        tl_status st = rehash(m, err);
        if (st != TL_OK)
            return st;
        s = locate(m, key, hash);
    }
    tl_status st = tl_grow(&m->entries, &m->cap, m->len + 1, sizeof *m->entries, err);
    if (st != TL_OK)
        return st;
    const char *copy = tl_arena_copy(m->keys, key.p, key.n);
    if (!copy)
        return tl_fail_nomem(err);
    m->entries[m->len] =
        (struct entry){ copy, head_of(key), value, (uint32_t)key.n, (uint32_t)hash };
    m->slots[s] = (struct slot){ (uint32_t)hash, (uint32_t)++m->len };
    if (index)
        *index = m->len - 1;
    return TL_OK;
}

bool tl_map_find(const tl_map *m, tl_span key, uint64_t *value)
{
    size_t s = locate(m, key, hash_bytes(key.p, key.n));
    if (m->slots[s].place == 0)
        return false;
    if (value)
        *value = m->entries[m->slots[s].place - 1].value;
    return true;
}

size_t tl_map_size(const tl_map *m)
{
    return m->len;
}

const char *tl_map_key(const tl_map *m, size_t i)
{
    return m->entries[i].key;
}

uint64_t tl_map_value(const tl_map *m, size_t i)
{
    return m->entries[i].value;
}

void tl_map_set(tl_map *m, size_t i, uint64_t value)
{
    m->entries[i].value = value;
}
