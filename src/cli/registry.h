/* registry.h - one call of `tanlian registry`, shared by the files of its forms. */
#ifndef TL_CLI_REGISTRY_H
#define TL_CLI_REGISTRY_H

#include "cli/show.h"
#include "registry/peer.h"
#include "registry/statistics.h"
#include "report/carbon_label.h"
#include "report/registry_statistics.h"

typedef struct tl_registry_call {
    tl_cli *cli;
    int argc;    /* words behind the form's name, options taken out */
    char **argv; /* argv[0] is the first of them */
    const char *out, *chart, *day, *reason, *who;
    int code; /* of a call that went well: rows may have been refused */
    tl_store *store;
    tl_cars cars; /* by tl_registry_cars */
    tl_peer_rule rule;
    tl_benchmarks benchmarks;
} tl_registry_call;

/* The same as the reports want them; the day is --day or today. */
TL_MUST_CHECK tl_status tl_registry_view_of(tl_registry_call *c, tl_registry_view *v,
                                            tl_error *err);

/* Keeps classes and category means of all published cars as they are on the day of the call, inside
 * a transaction: what a label showed on a day stays known. */
TL_MUST_CHECK tl_status tl_registry_keep(tl_registry_call *c, tl_error *err);

typedef tl_status (*tl_registry_form)(tl_registry_call *c, tl_error *err);

/* Takes the form's own options out of the words and checks how many words are left; TL_EINPUT. */
TL_MUST_CHECK tl_status tl_registry_options(tl_registry_call *c, const tl_option *options, size_t n,
                                            int least, int most, tl_error *err);

TL_MUST_CHECK tl_status tl_registry_open(tl_registry_call *c, bool write, tl_error *err);

/* --day, or today in UTC. TL_EINPUT for what is no day. */
TL_MUST_CHECK tl_status tl_registry_day(const tl_registry_call *c, const char **day, tl_error *err);

/* The published cars with both benchmarks; opens the database where it is not open. */
TL_MUST_CHECK tl_status tl_registry_cars(tl_registry_call *c, tl_error *err);

/* The label of a record, the car at `place` of those read. link NULL: record@version. Texts live in
 * the arena of the call. registry_label.c */
TL_MUST_CHECK tl_status tl_registry_label_of(tl_registry_call *c, const tl_record *r, size_t place,
                                             const char *link, tl_carbon_label *l, tl_error *err);

tl_status tl_registry_batch(tl_registry_call *c, tl_error *err);    /* registry_batch.c */
tl_status tl_registry_form_out(tl_registry_call *c, tl_error *err); /* registry_batch.c */
tl_status tl_registry_feedback(tl_registry_call *c, tl_error *err); /* registry_batch.c */
tl_status tl_registry_show(tl_registry_call *c, tl_error *err);     /* registry_record.c */
tl_status tl_registry_history(tl_registry_call *c, tl_error *err);
tl_status tl_registry_export(tl_registry_call *c, tl_error *err);
tl_status tl_registry_step(tl_registry_call *c, tl_error *err);
tl_status tl_registry_label(tl_registry_call *c, tl_error *err); /* registry_label.c */
tl_status tl_registry_put(tl_registry_call *c, tl_error *err);   /* registry_label.c */
tl_status tl_registry_list(tl_registry_call *c, tl_error *err);  /* registry_list.c */
tl_status tl_registry_import(tl_registry_call *c, tl_error *err);
tl_status tl_registry_printed(tl_registry_call *c, tl_error *err); /* registry_printed.c */
tl_status tl_registry_catalogue(tl_registry_call *c, tl_error *err);
tl_status tl_registry_lint(tl_registry_call *c, tl_error *err);  /* registry_lint.c */
tl_status tl_registry_stats(tl_registry_call *c, tl_error *err); /* registry_cars.c */
tl_status tl_registry_facets(tl_registry_call *c, tl_error *err);
tl_status tl_registry_histogram(tl_registry_call *c, tl_error *err);
tl_status tl_registry_class(tl_registry_call *c, tl_error *err);
tl_status tl_registry_sales(tl_registry_call *c, tl_error *err); /* registry_sales.c */
tl_status tl_registry_best_sellers(tl_registry_call *c, tl_error *err);
tl_status tl_registry_top_runner(tl_registry_call *c, tl_error *err); /* registry_award.c */

#endif
