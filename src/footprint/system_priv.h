/* system_priv.h - what system.c and system_read.c share. */
#ifndef TL_FOOTPRINT_SYSTEM_PRIV_H
#define TL_FOOTPRINT_SYSTEM_PRIV_H

#include "base/memory.h"
#include "footprint/system.h"
#include "quantity/unit.h"

struct tl_car_system {
    tl_lca_builder *builder; /* NULL once the system is finished */
    tl_lca_system *system;
    tl_lca_solver *solver;
    const double *scores;           /* owned by solver */
    const char **names_zh, **units; /* by activity; arena */
    tl_car_evidence *evidence;      /* owned */
    size_t evidence_count, evidence_cap;
    tl_choice *choices; /* owned */
    size_t choice_count, choice_cap;
    const char *gwp; /* name of the set of global warming potentials */
};

/* What reading needs besides the system itself. */
struct tl_system_reading {
    tl_car_system *system;
    tl_store *store;
    const tl_setting *settings;
    size_t setting_count;
    tl_pins *pins;
    tl_arena *arena;
    tl_units *units;
};

/* Reads all files into the builder, evidence and choices. */
TL_MUST_CHECK tl_status tl_system_read(struct tl_system_reading *r, tl_error *err);

/* Weighs every flow with the set of global warming potentials that the setting gwp names (AR6). */
TL_MUST_CHECK tl_status tl_system_characterise(struct tl_system_reading *r, tl_error *err);

#endif
