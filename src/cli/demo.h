/* demo.h - what the parts of `tanlian demo` share. */
#ifndef TL_CLI_DEMO_H
#define TL_CLI_DEMO_H

#include "cli/cli.h"
#include "footprint/fleet.h"

#define TL_DEMO_BANK "demo-bank"

enum { TL_DEMO_STEPS_MAX = 16 };

typedef struct tl_demo {
    tl_cli *cli;
    tl_store *store;
    const char *who;    /* acts in the register */
    bool serve;         /* the page is served at the end, until Ctrl+C */
    const char *listen; /* where it is served */
    const char *keep;   /* folder for what is drawn; NULL: nothing is written */
    char folder[64];    /* temporary, removed at the end */
    char password[20];  /* of all people of the demo */
    tl_buf out;
    tl_fleet fleet;
    struct {
        const char *en, *zh;
        double seconds;
    } steps[TL_DEMO_STEPS_MAX];
    size_t n_steps;
    double started_s;
} tl_demo;

/* Notes the time since the last step under this name. */
void tl_demo_end_step(tl_demo *d, const char *en, const char *zh);

/* What stands behind one material, from the car part down to where the chain ends. demo_sources.c
 */
void tl_demo_sources(tl_demo *d, const tl_car_model *m, const char *activity);

/* Organisations and people for the page, and how to sign in as them; d->who acts. demo_people.c */
TL_MUST_CHECK tl_status tl_demo_people(tl_demo *d, tl_error *err);
void tl_demo_show_people(tl_demo *d);

/* The register over the battery electric cars: facets, both benchmarks and the label of one car, an
 * award, a loan. m is the model of the fleet. demo_registry.c */
TL_MUST_CHECK tl_status tl_demo_registry(tl_demo *d, const tl_car_model *m, const tl_fleet_car *car,
                                         tl_error *err);

/* The league table's top and bottom, and the gaps of one company. demo_rating.c */
TL_MUST_CHECK tl_status tl_demo_rating(tl_demo *d, tl_error *err);

#endif
