/* cars.c - the published cars in one walk along the index record_car. */
#include "registry/cars.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
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
    PRICE,
    CURRENCY,
    SERIES,
    COMPANY
};

/* Words in the order they are met, and the one met last: neighbours are often alike. */
struct coder {
    tl_map *map;
    const char *last; /* borrowed from the map */
    uint32_t last_code;
    uint32_t *places; /* owned; code -> place in byte order */
};

/* All lists of words. */
enum list { MAKERS, SIZES, BODIES, POWERTRAINS, CURRENCIES, ALL_SERIES, COMPANIES, LISTS };

struct reading {
    struct coder words[LISTS];
    tl_buf name;            /* of one series */
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

/* The same for long lists: TL_CAR_NO_WORD for "". */
static tl_status wide_code(struct coder *c, const char *text, uint32_t *out, tl_error *err)
{
    *out = TL_CAR_NO_WORD;
    return *text ? code(c, text, out, err) : TL_OK;
}

static tl_status series_code(struct reading *r, tl_query *q, uint32_t *out, tl_error *err)
{
    const char *maker = tl_query_get_text(q, MAKER), *series = tl_query_get_text(q, SERIES);
    *out = TL_CAR_NO_WORD;
    if (!*series)
        return TL_OK;
    tl_buf_reset(&r->name);
    tl_buf_printf(&r->name, "%s%s%s", maker, *maker ? TL_SERIES_MARK : "", series);
    tl_status st = tl_buf_status(&r->name, err);
    return st == TL_OK ? code(&r->words[ALL_SERIES], tl_buf_text(&r->name), out, err) : st;
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
                               .version = tl_query_get_int(q, VERSION),
                               .group = TL_CAR_NO_WORD,
                               .style = TL_CAR_NO_WORD };
    if (!car->id || !car->product || !car->launched)
        return tl_fail_nomem(err);
    if ((st = code(&r->words[MAKERS], tl_query_get_text(q, MAKER), &car->maker, err)) != TL_OK ||
        (st = small_code(&r->words[SIZES], "size class", tl_query_get_text(q, SIZE_CLASS),
                         &car->size, err)) != TL_OK ||
        (st = small_code(&r->words[BODIES], "body", tl_query_get_text(q, BODY), &car->body, err)) !=
            TL_OK ||
        (st = small_code(&r->words[POWERTRAINS], "powertrain", tl_query_get_text(q, POWERTRAIN),
                         &car->powertrain, err)) != TL_OK ||
        (st = small_code(&r->words[CURRENCIES], "currency", tl_query_get_text(q, CURRENCY),
                         &car->currency, err)) != TL_OK ||
        (st = series_code(r, q, &car->series, err)) != TL_OK ||
        (st = wide_code(&r->words[COMPANIES], tl_query_get_text(q, COMPANY), &car->company, err)) !=
            TL_OK)
        return st;
    r->n++;
    return TL_OK;
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

static uint32_t wide_place(const struct coder *c, uint32_t code)
{
    return code == TL_CAR_NO_WORD ? code : c->places[code];
}

static tl_status finish(struct reading *r, tl_arena *arena, tl_cars *out, tl_error *err)
{
    tl_car_words *const lists[LISTS] = { &out->makers,      &out->sizes,      &out->bodies,
                                         &out->powertrains, &out->currencies, &out->series,
                                         &out->companies };
    tl_status st = TL_OK;
    for (size_t i = 0; i < LISTS && st == TL_OK; i++)
        st = sort_words(&r->words[i], arena, lists[i], err);
    if (st != TL_OK)
        return st;
    tl_published_car *cars = tl_arena_alloc(arena, r->n, sizeof *cars);
    if (!cars)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < r->n; i++) {
        cars[i] = r->cars[i];
        cars[i].maker = r->words[MAKERS].places[cars[i].maker];
        cars[i].size = place(&r->words[SIZES], cars[i].size);
        cars[i].body = place(&r->words[BODIES], cars[i].body);
        cars[i].powertrain = place(&r->words[POWERTRAINS], cars[i].powertrain);
        cars[i].currency = place(&r->words[CURRENCIES], cars[i].currency);
        cars[i].series = wide_place(&r->words[ALL_SERIES], cars[i].series);
        cars[i].company = wide_place(&r->words[COMPANIES], cars[i].company);
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
    tl_status st = TL_OK;
    *out = (tl_cars){ 0 };
    tl_buf_init(&r.name, 0);
    for (size_t i = 0; st == TL_OK && i < LISTS; i++)
        st = tl_map_new(&r.words[i].map, err);
    if (st == TL_OK)
        st = read_all(&r, s, arena, err);
    if (st == TL_OK)
        st = finish(&r, arena, out, err);
    for (size_t i = 0; i < LISTS; i++) {
        tl_map_free(r.words[i].map);
        free(r.words[i].places);
    }
    tl_buf_clear(&r.name);
    free(r.cars);
    return st;
}
