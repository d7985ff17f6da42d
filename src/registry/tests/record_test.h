/* record_test.h - a database in memory and records made in one line, for the tests of registry. */
#ifndef TL_REGISTRY_TESTS_RECORD_TEST_H
#define TL_REGISTRY_TESTS_RECORD_TEST_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "registry/record.h"
#include "store/store_priv.h"

#define RECORD_COUNT(a) (sizeof(a) / sizeof *(a))

typedef struct record_fixture {
    tl_store *s;
    tl_arena *arena;
    tl_error err;
} record_fixture;

static inline int record_setup(void **state)
{
    record_fixture *f = calloc(1, sizeof *f);
    *state = f;
    if (!f || tl_arena_new(&f->arena, 0, &f->err) != TL_OK ||
        tl_store_open(&f->s, ":memory:", NULL, &f->err) != TL_OK) {
        fprintf(stderr, "setup: %s\n", f ? f->err.text : "out of memory");
        return -1;
    }
    return 0;
}

static inline int record_teardown(void **state)
{
    record_fixture *f = *state;
    if (!f)
        return 0; /* setup has said so */
    tl_store_close(f->s);
    tl_arena_free(f->arena);
    free(f);
    return 0;
}

/* The plug-in hybrid of the screenshot in the reports: 201 g/km. Stages add up: 71 + 130. */
static inline tl_record record_car(const char *id, double g_km)
{
    static const tl_record_part parts[] = {
        { "stage", "materials", 71, "g CO2e/km" },
        { "stage", "driving", 130, "g CO2e/km" },
        { "material", "steel", 20.5, "g CO2e/km" },
    };
    return (tl_record){ .id = id,
                        .kind = TL_RECORD_VEHICLE,
                        .product = "Lynk & Co 01",
                        .maker = "Lynk & Co",
                        .disclosure_id = "88.186.1/CPP.V.LW4.RB00001",
                        .size_class = "compact",
                        .body = "suv",
                        .powertrain = "phev",
                        .launched = "2023-06",
                        .kerb_mass_kg = 1870,
                        .price = 198000,
                        .currency = "CNY",
                        .value = g_km,
                        .unit = "g CO2e/km",
                        .boundary = "cradle to grave",
                        .method = "test 1.0",
                        .uncertainty = NAN,
                        .primary_share = 0.25,
                        .pins = "[{\"id\":\"materials\",\"version\":\"1\",\"checksum\":\"ab\"}]",
                        .parts = parts,
                        .n_parts = RECORD_COUNT(parts) };
}

/* One act in a transaction of its own. */
static inline tl_status record_put(record_fixture *f, const tl_record *r, bool *same)
{
    tl_status st = tl_store_begin(f->s, &f->err);
    if (st == TL_OK && (st = tl_record_put(f->s, r, "anna", same, &f->err)) == TL_OK)
        return tl_store_commit(f->s, &f->err);
    tl_store_rollback(f->s);
    return st;
}

static inline tl_status record_take(record_fixture *f, const char *id, tl_record_step step,
                                    const char *day, const char *reason)
{
    tl_status st = tl_store_begin(f->s, &f->err);
    if (st == TL_OK && (st = tl_record_take(f->s, id, step, day, reason, "bert", &f->err)) == TL_OK)
        return tl_store_commit(f->s, &f->err);
    tl_store_rollback(f->s);
    return st;
}

static inline void record_expect(const char *label, tl_status got, tl_status want,
                                 const tl_error *err, const char *words)
{
    if (got != want)
        fail_msg("%s: got %s (%s), want %s", label, tl_status_name(got), err->text,
                 tl_status_name(want));
    if (words && !strstr(err->text, words))
        fail_msg("%s: error '%s' does not say '%s'", label, err->text, words);
}

/* SQL of somebody with the file in hand. */
static inline void record_raw(record_fixture *f, const char *sql, tl_status want, const char *words)
{
    tl_error err = { 0 };
    record_expect(sql, tl_store_exec(f->s, sql, &err), want, &err, words);
}

/* Puts a record and brings it to publication. */
static inline void record_publish(record_fixture *f, const tl_record *r, const char *day)
{
    bool same;
    record_expect("put", record_put(f, r, &same), TL_OK, &f->err, NULL);
    record_expect("ask", record_take(f, r->id, TL_RECORD_ASK, day, NULL), TL_OK, &f->err, NULL);
    record_expect("publish", record_take(f, r->id, TL_RECORD_PUBLISH, day, NULL), TL_OK, &f->err,
                  NULL);
}

#endif
