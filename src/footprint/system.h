/* system.h - the product system behind a car: steel by route, aluminium by power, electricity by
 * region, cells by chemistry and so on, as rows of data/car-system, solved by lca.
 *
 * Cars are demands on this system; nothing here knows what a car is made of. */
#ifndef TL_FOOTPRINT_SYSTEM_H
#define TL_FOOTPRINT_SYSTEM_H

#include "footprint/pins.h"
#include "footprint/setting.h"
#include "tanlian/lca.h"

typedef struct tl_car_system tl_car_system;

/* One number of the system and where it comes from. Borrowed from the system. */
typedef struct tl_car_evidence {
    size_t activity;  /* whose unit of output it belongs to */
    const char *what; /* input's activity id, or flow */
    double amount;    /* of what, in unit, per unit of the activity */
    const char *unit;
    const char *factor; /* "set/key", or "" */
    const char *basis;  /* "source", "factor", "declared", "choice" */
    const char *source, *note;
} tl_car_evidence;

/* A parameter that selects suppliers, such as steel.route, and one of its options. */
typedef struct tl_choice {
    const char *parameter, *option, *label_en, *label_zh, *note;
    bool chosen;
} tl_choice;

/* Builds the system from the installed set car-system, the factors it names and the set gwp (AR6
 * unless the setting gwp says SAR, AR4 or AR5), with the choices of the settings. Settings that
 * name no choice are left to others. Notes every set used among pins. TL_EINPUT: an unknown option
 * (the text lists the options), a factor that is unverified or in a wrong unit, an unsound row. */
TL_MUST_CHECK tl_status tl_car_system_open(tl_car_system **out, tl_store *s,
                                           const tl_setting *settings, size_t n, tl_pins *pins,
                                           tl_arena *arena, tl_error *err);
void tl_car_system_close(tl_car_system *y);

/* Index of an activity, TL_LCA_NONE if there is none. */
size_t tl_car_system_activity(const tl_car_system *y, const char *id);
tl_lca_name tl_car_system_name(const tl_car_system *y, size_t activity);
const char *tl_car_system_name_zh(const tl_car_system *y, size_t activity);

/* kg CO2e for one unit of every activity's output, from one transposed solve. Borrowed. */
const double *tl_car_system_scores(const tl_car_system *y);

/* True if a choice has this parameter. */
bool tl_car_system_has(const tl_car_system *y, const char *parameter);

const tl_car_evidence *tl_car_system_evidence(const tl_car_system *y, size_t *n);
const tl_choice *tl_car_system_choices(const tl_car_system *y, size_t *n);

/* "AR6", ... */
const char *tl_car_system_gwp(const tl_car_system *y);

/* The assembled system; borrowed. */
const tl_lca_system *tl_car_system_lca(const tl_car_system *y);

/* The engine's solver for this system: contributions, trees, sampling. */
tl_lca_solver *tl_car_system_solver(tl_car_system *y);

#endif
