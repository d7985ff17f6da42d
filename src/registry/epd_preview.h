/* epd_preview.h - what a declaration would do, worked out on a copy in memory before anything is
 * saved: footprints, eta of the makers, classes, loans (SPEC 3.10, check 7).
 *
 * Nothing published changes by it, nor by saving the use: the values below come true when a new
 * version of each car is published. */
#ifndef TL_REGISTRY_EPD_PREVIEW_H
#define TL_REGISTRY_EPD_PREVIEW_H

#include "registry/epd.h"
#include "registry/loan.h"

/* Why a name in a bill is not taken for the owner of a declaration. */
typedef enum tl_epd_doubt_why {
    TL_EPD_DOUBT_GROUP, /* it is another company, of the owner's group */
    TL_EPD_DOUBT_MILL,  /* the mill named in the declaration, but nobody's name in the register */
    TL_EPD_DOUBT_LIKE   /* it holds a name of the owner, or a name of the owner holds it */
} tl_epd_doubt_why;

const char *tl_epd_doubt_name(tl_epd_doubt_why why); /* "group", "mill", "like" */

typedef struct tl_epd_doubt {
    const char *name;    /* as the bills have it */
    const char *company; /* id, "" where the register knows none of that name */
    size_t cars;
    tl_epd_doubt_why why;
} tl_epd_doubt;

/* The company that owns a declaration: its id, names and aliases in the register of companies, each
 * once (letter case and width aside), and the names in bills for the material that may or may not
 * mean it. Those are told and never taken: an alias settles it. In the arena. */
typedef struct tl_epd_owner {
    const char *company;
    const char *const *names;
    size_t n_names;
    const tl_epd_doubt *doubts; /* by name */
    size_t n_doubts;
} tl_epd_owner;
TL_MUST_CHECK tl_status tl_epd_owner_of(tl_store *s, const char *record, const char *material,
                                        tl_arena *arena, tl_epd_owner *out, tl_error *err);

/* A car whose footprint, class or place against its mean moves. */
typedef struct tl_epd_shift {
    const char *car;
    double mass_kg; /* of the material; 0: only others around it moved; NAN: not shown */
    double computed_before, computed_after; /* g/km as computed today, NAN where there is none */
    /* of the published car; version 0: none is published, the rest is empty */
    int64_t version;
    const char *maker;
    double g_km_before, g_km_after; /* published, and the same moved as the computed one moves */
    double mean_before, mean_after; /* of its category, NAN */
    bool below_before, below_after;
    int class_before, class_after; /* 0 = none */
} tl_epd_shift;

/* A maker of a car of the list, or whose eta moves because a mean did. eta = below / cars. */
typedef struct tl_epd_maker {
    const char *maker;
    size_t cars; /* published, with a category */
    size_t below_before, below_after;
} tl_epd_maker;

/* A facility that lists one of the cars: what it would cost if its list were priced by what is
 * published today, and by the preview. What a signed one is charged never moves. */
typedef struct tl_epd_loan {
    const char *id, *signed_on; /* "" while a draft */
    const char *refused;        /* why no margin can be worked out; NULL: it was */
    tl_loan_weight weight;      /* of the contract */
    size_t cars;                /* of its list that move */
    int64_t charged_e4;         /* of a signed one */
    int64_t by_count_before_e4, by_count_after_e4;
    int64_t by_price_before_e4, by_price_after_e4;
} tl_epd_loan;

typedef struct tl_epd_preview {
    const char *declaration; /* "epd-coil@1" */
    const tl_supplier_factor *factors;
    size_t n_factors;
    const tl_epd_shift *cars; /* those of the bills by id, then the others by id */
    size_t n_cars;
    const tl_epd_maker *makers; /* by name */
    size_t n_makers;
    const tl_epd_loan *loans; /* by id */
    size_t n_loans;
    char hash[TL_SHA256_HEX]; /* of all of the above */
} tl_epd_preview;

/* supplier NULL: every name of the owner (tl_epd_owner_of). Errors are those of tl_epd_effects. */
TL_MUST_CHECK tl_status tl_epd_preview_make(tl_store *s, const char *record, const char *material,
                                            const char *supplier, tl_arena *arena,
                                            tl_epd_preview *out, tl_error *err);

/* The same for figures that are not registered yet: version n+1 in the place of every saved use of
 * the record. `fresh` has its value and unit. */
TL_MUST_CHECK tl_status tl_epd_preview_update(tl_store *s, const tl_record *fresh, tl_arena *arena,
                                              tl_epd_preview *out, tl_error *err);

/* Saves the use as tl_epd_use; supplier NULL: of every name of the owner. expect: the hash that was
 * shown, TL_ECONFLICT where the effects are others by now; NULL: not asked. */
TL_MUST_CHECK tl_status tl_epd_use_shown(tl_store *s, const char *record, const char *material,
                                         const char *supplier, const char *expect, const char *who,
                                         tl_error *err);

#endif
