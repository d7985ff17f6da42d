/* epd.h - one call of `tanlian epd`, shared by the files of its forms. */
#ifndef TL_CLI_EPD_H
#define TL_CLI_EPD_H

#include "cli/show.h"

typedef struct tl_epd_call {
    tl_cli *cli;
    tl_store *store;
    char **argv; /* words behind the form's name */
    const char *out, *day, *text, *who;
    const char *pcr, *owner, *programme, *verifier, *verifier_company, *number, *until;
    const char *title_en, *title_zh, *pcr_version, *source, *material, *supplier;
    const char *state, *expect, *reason, *product, *link;
    double value, scrap; /* scrap NAN: not said */
    int64_t years, question;
} tl_epd_call;

/* TL_EINPUT names an option that is missing. */
TL_MUST_CHECK tl_status tl_epd_need(const char *option, const char *value, tl_error *err);

/* Forms that write are called inside a transaction, which they end. */
tl_status tl_epd_form_effects(tl_epd_call *c, tl_error *err); /* epd_effect.c */
tl_status tl_epd_form_use(tl_epd_call *c, tl_error *err);
tl_status tl_epd_form_check_update(tl_epd_call *c, tl_error *err);
tl_status tl_epd_form_update(tl_epd_call *c, tl_error *err);
tl_status tl_epd_form_print(tl_epd_call *c, tl_error *err); /* epd_file.c */
tl_status tl_epd_form_export(tl_epd_call *c, tl_error *err);

#endif
