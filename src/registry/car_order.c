/* car_order.c - the checks on every car, and the two orders. */
#include "registry/car_order_priv.h"

#include <stdlib.h>
#include <string.h>

enum { DIGIT = 256, DIGITS = 8, FEW = 64 };

uint64_t tl_car_key_of(double v)
{
    const uint64_t sign = UINT64_C(1) << 63;
    uint64_t bits;
    if (v == 0)
        v = 0; /* -0 too */
    memcpy(&bits, &v, sizeof bits);
    return bits & sign ? ~bits : bits | sign;
}

static void sort_few(tl_car_key *items, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        const tl_car_key item = items[i];
        size_t at = i;
        for (; at > 0 && items[at - 1].key > item.key; at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

/* One pass over the digit; false, and nothing moved, where it is the same in all keys. */
static bool sort_digit(const tl_car_key *from, tl_car_key *to, size_t n, unsigned shift,
                       size_t *counts)
{
    size_t at = 0;
    if (counts[from[0].key >> shift & (DIGIT - 1)] == n)
        return false;
    for (size_t d = 0; d < DIGIT; d++) {
        const size_t count = counts[d];
        counts[d] = at;
        at += count;
    }
    for (size_t i = 0; i < n; i++)
        to[counts[from[i].key >> shift & (DIGIT - 1)]++] = from[i];
    return true;
}

void tl_car_keys_sort(tl_car_key *items, tl_car_key *scratch, size_t n)
{
    size_t counts[DIGITS][DIGIT] = { 0 };
    tl_car_key *from = items, *to = scratch;
    if (n <= FEW) {
        sort_few(items, n);
        return;
    }
    for (size_t i = 0; i < n; i++)
        for (unsigned d = 0; d < DIGITS; d++)
            counts[d][items[i].key >> 8 * d & (DIGIT - 1)]++;
    for (unsigned d = 0; d < DIGITS; d++)
        if (sort_digit(from, to, n, 8 * d, counts[d])) {
            tl_car_key *t = from;
            from = to;
            to = t;
        }
    if (from != items)
        memcpy(items, from, n * sizeof *items);
}

static tl_status check_car(const tl_cars *cars, const tl_published_car *c, tl_error *err)
{
    const struct {
        const char *what;
        size_t place, n;
        bool may_lack;
    } codes[] = {
        { "maker", c->maker, cars->makers.n, false },
        { "size class", c->size, cars->sizes.n, true },
        { "body", c->body, cars->bodies.n, true },
        { "powertrain", c->powertrain, cars->powertrains.n, true },
    };
    if (!isfinite(c->g_km))
        return tl_fail(err, TL_EINPUT, "car %s: its g CO2e/km is no number", c->id);
    if (!isnan(c->kerb_mass_kg) && !(isfinite(c->kerb_mass_kg) && c->kerb_mass_kg > 0))
        return tl_fail(err, TL_EINPUT, "car %s: kerb mass %g kg, expected a number above 0", c->id,
                       c->kerb_mass_kg);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (codes[i].place >= codes[i].n &&
            !(codes[i].may_lack && codes[i].place == TL_CAR_UNKNOWN))
            return tl_fail(err, TL_EINPUT, "car %s: %s %zu of a list of %zu", c->id, codes[i].what,
                           codes[i].place, codes[i].n);
    return TL_OK;
}

struct named {
    const char *id;
    uint32_t car;
};

static int by_id(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    return strcmp(x->id, y->id);
}

static tl_status sort_ids(const tl_cars *cars, uint32_t *order, tl_error *err)
{
    struct named *names = tl_new_array(cars->n, sizeof *names);
    tl_status st = TL_OK;
    if (!names)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < cars->n; i++)
        names[i] = (struct named){ cars->cars[i].id, (uint32_t)i };
    qsort(names, cars->n, sizeof *names, by_id);
    for (size_t i = 0; i < cars->n && st == TL_OK; i++) {
        order[i] = names[i].car;
        if (i && strcmp(names[i - 1].id, names[i].id) == 0)
            st = tl_fail(err, TL_EINPUT, "car %s is there twice", names[i].id);
    }
    free(names);
    return st;
}

tl_status tl_cars_order(const tl_cars *cars, uint32_t **out, tl_error *err)
{
    bool sorted = true;
    tl_status st = TL_OK;
    *out = NULL;
    if (cars->n >= UINT32_MAX)
        return tl_fail(err, TL_EINPUT, "%zu cars are too many", cars->n);
    uint32_t *order = tl_new_array(cars->n, sizeof *order);
    if (!order)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < cars->n && st == TL_OK; i++) {
        order[i] = (uint32_t)i;
        sorted = sorted && (i == 0 || strcmp(cars->cars[i - 1].id, cars->cars[i].id) < 0);
        st = check_car(cars, &cars->cars[i], err);
    }
    if (st == TL_OK && !sorted)
        st = sort_ids(cars, order, err);
    if (st == TL_OK)
        *out = order;
    else
        free(order);
    return st;
}
