/* cars.c - the published cars in one walk along the index record_car. */
#include "registry/cars.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"

/* Columns of record_version.cars. */
enum column {
    RECORD,
    VERSION,
    PRODUCT,
    MAKER,
    SIZE_CLASS,
    BODY,
    POWERTRAIN,
    LAUNCHED,
    VALUE,
    KERB_MASS,
    PRICE
};

/* Words in the order they are met, and the one met last: neighbours are often alike. */
struct coder {
    tl_map *map;
    const char *last; /* borrowed from the map */
    uint32_t last_code;
    uint32_t *places; /* owned; code -> place in byte order */
};

struct reading {
    struct coder makers, sizes, bodies, powertrains;
    tl_published_car *cars; /* owned while it grows */
    size_t n, cap;
    const char *launched; /* text kept last */
};

static tl_status code(struct coder *c, const char *text, uint32_t *out, tl_error *err)
{
    uint64_t found;
    size_t at;
    bool there;
    if (c->last && strcmp(c->last, text) == 0) {
        *out = c->last_code;
        return TL_OK;
    }
    if (tl_map_find(c->map, tl_span_of(text), &found)) {
        at = (size_t)found;
    } else {
        uint64_t next = tl_map_size(c->map);
        tl_status st = tl_map_add(c->map, tl_span_of(text), next, &at, &there, err);
        if (st != TL_OK)
            return st;
    }
    c->last = tl_map_key(c->map, at);
    *out = c->last_code = (uint32_t)at;
    return TL_OK;
}

/* A code that fits a byte, TL_CAR_UNKNOWN for "". */
static tl_status small_code(struct coder *c, const char *field, const char *text, uint8_t *out,
                            tl_error *err)
{
    uint32_t wide = TL_CAR_UNKNOWN;
    *out = TL_CAR_UNKNOWN;
    if (!*text)
        return TL_OK;
    tl_status st = code(c, text, &wide, err);
    if (st == TL_OK && wide >= TL_CAR_UNKNOWN)
        st = tl_fail(err, TL_EINPUT, "published cars: more than %d different words for %s",
                     (int)TL_CAR_UNKNOWN, field);
    *out = (uint8_t)wide;
    return st;
}

static double number(tl_query *q, int column)
{
    return tl_query_is_null(q, column) ? NAN : tl_query_get_number(q, column);
}

static tl_status read_car(struct reading *r, tl_query *q, tl_arena *arena, tl_error *err)
{
    tl_status st = tl_grow((void *)&r->cars, &r->cap, r->n + 1, sizeof *r->cars, err);
    if (st != TL_OK)
        return st;
    tl_published_car *car = &r->cars[r->n];
    const char *launched = tl_query_get_text(q, LAUNCHED);
    if (!*launched)
        r->launched = "";
    else if (!r->launched || strcmp(r->launched, launched) != 0)
        r->launched = tl_arena_str(arena, launched);
    *car = (tl_published_car){ .id = tl_arena_str(arena, tl_query_get_text(q, RECORD)),
                               .product = tl_arena_str(arena, tl_query_get_text(q, PRODUCT)),
                               .g_km = tl_query_get_number(q, VALUE),
                               .kerb_mass_kg = number(q, KERB_MASS),
                               .price = number(q, PRICE),
                               .launched = r->launched,
                               .version = tl_query_get_int(q, VERSION) };
    if (!car->id || !car->product || !car->launched)
        return tl_fail_nomem(err);
    if ((st = code(&r->makers, tl_query_get_text(q, MAKER), &car->maker, err)) != TL_OK ||
        (st = small_code(&r->sizes, "size class", tl_query_get_text(q, SIZE_CLASS), &car->size,
                         err)) != TL_OK ||
        (st = small_code(&r->bodies, "body", tl_query_get_text(q, BODY), &car->body, err)) != TL_OK)
        return st;
    r->n++;
    return small_code(&r->powertrains, "powertrain", tl_query_get_text(q, POWERTRAIN),
                      &car->powertrain, err);
}

struct word {
    const char *text;
    uint32_t code;
};

static int by_text(const void *a, const void *b)
{
    return strcmp(((const struct word *)a)->text, ((const struct word *)b)->text);
}

/* The words in byte order, so that the codes do not depend on which car came first. */
static tl_status sort_words(struct coder *c, tl_arena *arena, tl_car_words *out, tl_error *err)
{
    size_t n = tl_map_size(c->map);
    const char **items = tl_arena_alloc(arena, n, sizeof *items);
    struct word *words = tl_new_array(n, sizeof *words);
    c->places = tl_new_array(n, sizeof *c->places);
    tl_status st = items && words && c->places ? TL_OK : tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < n; i++)
        words[i] = (struct word){ tl_map_key(c->map, i), (uint32_t)i };
    if (st == TL_OK)
        qsort(words, n, sizeof *words, by_text);
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        c->places[words[i].code] = (uint32_t)i;
        if (!(items[i] = tl_arena_str(arena, words[i].text)))
            st = tl_fail_nomem(err);
    }
    free(words);
    *out = (tl_car_words){ items, n };
    return st;
}

static uint8_t place(const struct coder *c, uint8_t code)
{
    return code == TL_CAR_UNKNOWN ? code : (uint8_t)c->places[code];
}

static tl_status finish(struct reading *r, tl_arena *arena, tl_cars *out, tl_error *err)
{
    tl_status st = sort_words(&r->makers, arena, &out->makers, err);
    if (st != TL_OK || (st = sort_words(&r->sizes, arena, &out->sizes, err)) != TL_OK ||
        (st = sort_words(&r->bodies, arena, &out->bodies, err)) != TL_OK ||
        (st = sort_words(&r->powertrains, arena, &out->powertrains, err)) != TL_OK)
        return st;
    tl_published_car *cars = tl_arena_alloc(arena, r->n, sizeof *cars);
    if (!cars)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < r->n; i++) {
        cars[i] = r->cars[i];
        cars[i].maker = r->makers.places[cars[i].maker];
        cars[i].size = place(&r->sizes, cars[i].size);
        cars[i].body = place(&r->bodies, cars[i].body);
        cars[i].powertrain = place(&r->powertrains, cars[i].powertrain);
    }
    out->cars = cars;
    out->n = r->n;
    return TL_OK;
}

static tl_status read_all(struct reading *r, tl_store *s, tl_arena *arena, tl_error *err)
{
    tl_query *q;
    bool row = false;
    tl_status st = tl_store_query(s, "record_version.cars", &q, err);
    if (st != TL_OK)
        return st;
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row)
        if ((st = read_car(r, q, arena, err)) != TL_OK)
            break;
    tl_query_reset(q);
    return st;
}

tl_status tl_cars_read(tl_cars *out, tl_store *s, tl_arena *arena, tl_error *err)
{
    struct reading r = { 0 };
    struct coder *const coders[] = { &r.makers, &r.sizes, &r.bodies, &r.powertrains };
    tl_status st = TL_OK;
    *out = (tl_cars){ 0 };
    for (size_t i = 0; st == TL_OK && i < 4; i++)
        st = tl_map_new(&coders[i]->map, err);
    if (st == TL_OK)
        st = read_all(&r, s, arena, err);
    if (st == TL_OK)
        st = finish(&r, arena, out, err);
    for (size_t i = 0; i < 4; i++) {
        tl_map_free(coders[i]->map);
        free(coders[i]->places);
    }
    free(r.cars);
    return st;
}
