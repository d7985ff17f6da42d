/* epd.h - the operations of the programme of declarations; their rows are in epd.c. */
#ifndef TL_OPERATION_EPD_H
#define TL_OPERATION_EPD_H

#include "operation/operation.h"

tl_status tl_run_epd_list(tl_call *c, tl_error *err); /* epd_look.c */
tl_status tl_run_epd_rules(tl_call *c, tl_error *err);
tl_status tl_run_epd_show(tl_call *c, tl_error *err);
tl_status tl_run_epd_expiring(tl_call *c, tl_error *err);
tl_status tl_run_epd_thresholds(tl_call *c, tl_error *err);
tl_status tl_run_epd_pcr(tl_call *c, tl_error *err); /* epd_work.c */
tl_status tl_run_epd_open(tl_call *c, tl_error *err);
tl_status tl_run_epd_submit(tl_call *c, tl_error *err);
tl_status tl_run_epd_ask(tl_call *c, tl_error *err);
tl_status tl_run_epd_answer(tl_call *c, tl_error *err);
tl_status tl_run_epd_close(tl_call *c, tl_error *err);
tl_status tl_run_epd_register(tl_call *c, tl_error *err);
tl_status tl_run_epd_effects(tl_call *c, tl_error *err); /* epd_effect.c */
tl_status tl_run_epd_use(tl_call *c, tl_error *err);
tl_status tl_run_epd_check_update(tl_call *c, tl_error *err); /* epd_update.c */
tl_status tl_run_epd_update(tl_call *c, tl_error *err);
tl_status tl_run_epd_print(tl_call *c, tl_error *err); /* epd_file.c */
tl_status tl_run_epd_export(tl_call *c, tl_error *err);
tl_status tl_run_epd_import(tl_call *c, tl_error *err); /* epd_import.c */

#endif
