/* registry.h - the operations of the register; their rows are in registry.c. */
#ifndef TL_OPERATION_REGISTRY_H
#define TL_OPERATION_REGISTRY_H

#include "operation/operation.h"

tl_status tl_run_registry_show(tl_call *c, tl_error *err); /* registry_record.c */
tl_status tl_run_registry_history(tl_call *c, tl_error *err);
tl_status tl_run_registry_export(tl_call *c, tl_error *err);
tl_status tl_run_registry_put(tl_call *c, tl_error *err);
tl_status tl_run_registry_step(tl_call *c, tl_error *err);
tl_status tl_run_registry_label(tl_call *c, tl_error *err); /* registry_label.c */
tl_status tl_run_registry_list(tl_call *c, tl_error *err);  /* registry_list.c */
tl_status tl_run_registry_import(tl_call *c, tl_error *err);
tl_status tl_run_registry_catalogue(tl_call *c, tl_error *err);
tl_status tl_run_registry_printed(tl_call *c, tl_error *err);
tl_status tl_run_registry_stats(tl_call *c, tl_error *err); /* registry_cars.c */
tl_status tl_run_registry_sector(tl_call *c, tl_error *err);
tl_status tl_run_registry_facets(tl_call *c, tl_error *err);
tl_status tl_run_registry_histogram(tl_call *c, tl_error *err);
tl_status tl_run_registry_class(tl_call *c, tl_error *err);
tl_status tl_run_registry_cars(tl_call *c, tl_error *err); /* registry_pick.c */
tl_status tl_run_registry_better(tl_call *c, tl_error *err);
tl_status tl_run_registry_sales(tl_call *c, tl_error *err); /* registry_sales.c */
tl_status tl_run_registry_sales_import(tl_call *c, tl_error *err);
tl_status tl_run_registry_best_sellers(tl_call *c, tl_error *err);
tl_status tl_run_registry_batch(tl_call *c, tl_error *err); /* registry_batch.c */
tl_status tl_run_registry_batch_add(tl_call *c, tl_error *err);
tl_status tl_run_registry_batch_ask(tl_call *c, tl_error *err);
tl_status tl_run_registry_batch_publish(tl_call *c, tl_error *err);
tl_status tl_run_registry_form(tl_call *c, tl_error *err);
tl_status tl_run_registry_feedback(tl_call *c, tl_error *err);
tl_status tl_run_registry_verifier(tl_call *c, tl_error *err); /* registry_named.c */
tl_status tl_run_registry_batch_verifier(tl_call *c, tl_error *err);
tl_status tl_run_registry_verifications(tl_call *c, tl_error *err);
tl_status tl_run_registry_bodies(tl_call *c, tl_error *err);
tl_status tl_run_registry_top_runner(tl_call *c, tl_error *err); /* registry_award.c */
tl_status tl_run_registry_award_keep(tl_call *c, tl_error *err);
tl_status tl_run_registry_award_show(tl_call *c, tl_error *err);
tl_status tl_run_registry_award_list(tl_call *c, tl_error *err);
tl_status tl_run_registry_award_export(tl_call *c, tl_error *err);

#endif
