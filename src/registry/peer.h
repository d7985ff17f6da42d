/* peer.h - the two benchmarks of a car, always shown together.
 *
 * Distance from the mean of its category (size x body x powertrain): eta of a maker counts the cars
 * strictly below it. Class 1 to 5: rank within its peers, the cars of its category whose kerb mass
 * differs by at most the window of the dated rule; best fifth 1, worst fifth 5; fewer peers than
 * the rule asks for: none. The two can contradict each other, because the peers differ. */
#ifndef TL_REGISTRY_PEER_H
#define TL_REGISTRY_PEER_H

#include "footprint/class_rule.h"
#include "registry/cars.h"

typedef struct tl_peer_rule {
    tl_class_rule classes;
    double window_kg;                           /* half width; INFINITY = the whole category */
    const char *version, *checksum;             /* of the data set it comes from */
    const char *class_version, *class_checksum; /* of class-rule */
} tl_peer_rule;

/* Reads the rule from the installed set peer-rule (rule.csv: name, value, basis, note; name
 * kerb_mass_window_kg, its value "whole category" for no window) and the classes from class-rule.
 */
TL_MUST_CHECK tl_status tl_peer_rule_load(tl_peer_rule *out, tl_store *s, tl_arena *arena,
                                          tl_error *err);

typedef struct tl_benchmark {
    size_t category;    /* place in categories, SIZE_MAX = a part of it is not known */
    double mean_g_km;   /* of the category, NAN */
    double to_mean;     /* (g_km - mean) / mean, NAN */
    bool below;         /* strictly */
    size_t peers, rank; /* peers include the car itself; ties share the better rank */
    int class_number;   /* 0 = none */
} tl_benchmark;

typedef struct tl_peer_category {
    uint8_t size, body, powertrain;
    size_t n;
    double mean_g_km, lowest_g_km, highest_g_km;
} tl_peer_category;

typedef struct tl_benchmarks {
    const tl_benchmark *items; /* one a car, in the order of the cars */
    const tl_peer_category *categories;
    size_t n_categories;
} tl_benchmarks;

/* O(n log n) over any number of cars; the same cars in any order give the same result. A car whose
 * kerb mass is not known counts in the mean of its category and has no peers, rank and class; equal
 * to the mean, up to the rounding of sums, is not below it. TL_EINPUT names a car that is there
 * twice or whose numbers are not sound. */
TL_MUST_CHECK tl_status tl_benchmarks_make(const tl_cars *cars, const tl_peer_rule *rule,
                                           tl_arena *arena, tl_benchmarks *out, tl_error *err);

/* Keeps class and category mean of every car under the rule's version, with history: what a label
 * showed on a day stays known. Inside the caller's transaction. A car of which nothing changed gets
 * no new row; a record kept before that is not among the cars any more gets one without class.
 * *changed counts records kept before whose class is another now. TL_ECONFLICT for a day before one
 * already kept. Writes one audit entry where a row was written. */
TL_MUST_CHECK tl_status tl_benchmarks_keep(tl_store *s, const tl_cars *cars, const tl_benchmarks *b,
                                           const tl_peer_rule *rule, const char *day,
                                           const char *who, int64_t *changed, tl_error *err);

/* The benchmark of a published car as it was kept last, without a look at any other car. *found is
 * false where nothing is kept of this very version under this very rule: it is computed then.
 * category is not told (SIZE_MAX). */
TL_MUST_CHECK tl_status tl_benchmark_kept(tl_store *s, const tl_peer_rule *rule,
                                          const tl_record *car, tl_benchmark *out, bool *found,
                                          tl_error *err);

/* A class as it was kept, and the version of the record whose footprint it was given for. */
typedef struct tl_kept_class {
    int class_number; /* 0 = none */
    int64_t version;  /* 0 = nothing was kept by then */
} tl_kept_class;

/* The class a record had on `day` ("" = the last kept). A later version of the record has no class
 * before classes are kept again: compare the version. */
TL_MUST_CHECK tl_status tl_class_on(tl_store *s, const char *record, const char *day,
                                    tl_kept_class *out, tl_error *err);

#endif
