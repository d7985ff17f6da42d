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
    size_t len;
    uint64_t hash, value;
};

struct tl_map {
    struct entry *entries; /* owned, in order of insertion */
    size_t len, cap;
    uint32_t *slots; /* owned; index + 1 into entries, 0 = free */
    size_t slot_count;
    tl_arena *keys;
};

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

/* Slot that holds the key or the free one where it belongs. */
static size_t locate(const tl_map *m, tl_span key, uint64_t hash)
{
    size_t mask = m->slot_count - 1;
    for (size_t s = (size_t)hash & mask;; s = (s + 1) & mask) {
        if (m->slots[s] == 0)
            return s;
        const struct entry *e = &m->entries[m->slots[s] - 1];
        if (e->hash == hash && e->len == key.n && (key.n == 0 || memcmp(e->key, key.p, key.n) == 0))
            return s;
    }
}

static tl_status rehash(tl_map *m, tl_error *err)
{
    size_t count = m->slot_count * 2;
    uint32_t *slots = tl_new_array(count, sizeof *slots);
    if (!slots)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < m->len; i++) {
        size_t s = (size_t)m->entries[i].hash & (count - 1);
        while (slots[s])
            s = (s + 1) & (count - 1);
        slots[s] = (uint32_t)(i + 1);
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
        *was_there = m->slots[s] != 0;
    if (m->slots[s]) {
        if (index)
            *index = m->slots[s] - 1;
        return TL_OK;
    }
    if (m->len >= UINT32_MAX - 1)
        return tl_fail(err, TL_ENOMEM, "more than 4 billion keys");
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
    m->entries[m->len] = (struct entry){ copy, key.n, hash, value };
    m->slots[s] = (uint32_t)++m->len;
    if (index)
        *index = m->len - 1;
    return TL_OK;
}

bool tl_map_find(const tl_map *m, tl_span key, uint64_t *value)
{
    size_t s = locate(m, key, hash_bytes(key.p, key.n));
    if (m->slots[s] == 0)
        return false;
    if (value)
        *value = m->entries[m->slots[s] - 1].value;
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
