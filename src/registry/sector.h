/* sector.h - published cars maker by maker for who looks over the whole sector: how many, their
 * mean, what it is made of stage by stage, and how much of it stands on verified data. */
#ifndef TL_REGISTRY_SECTOR_H
#define TL_REGISTRY_SECTOR_H

#include <stddef.h>

#include "base/memory.h"
#include "store/store.h"

enum { TL_SECTOR_STAGES = 16, TL_SECTOR_GRADES = 3 };

/* Grades in the order of sector_grades. */
extern const char *const tl_sector_grades[TL_SECTOR_GRADES]; /* "own", "estimate", "default" */

typedef struct tl_sector_group {
    const char *maker; /* NULL: all of them */
    size_t cars;
    double mean_g_km;
    size_t verified; /* cars whose record names a verifier */
    size_t grades[TL_SECTOR_GRADES];
    size_t with_primary;  /* cars that state a share of primary data */
    double primary_share; /* mean over those, NAN without any */
    size_t staged;        /* cars that state stages */
    double
        stage_g_km[TL_SECTOR_STAGES]; /* mean over those; a stage a car does not name is 0 of it */
} tl_sector_group;

typedef struct tl_sector {
    const char *stages[TL_SECTOR_STAGES]; /* keys in the order they are met */
    size_t n_stages;
    const tl_sector_group *makers; /* by name */
    size_t n;
    tl_sector_group all;
} tl_sector;

/* Which cars; "" or NULL = any. */
typedef struct tl_sector_filter {
    const char *size, *body, *powertrain;
    const char *const *makers; /* n_makers 0: all */
    size_t n_makers;
} tl_sector_filter;

/* Reads the published cars once. TL_EINPUT for more than TL_SECTOR_STAGES stages. All in the arena.
 */
TL_MUST_CHECK tl_status tl_sector_read(tl_store *s, const tl_sector_filter *f, tl_arena *arena,
                                       tl_sector *out, tl_error *err);

#endif
