/* rate.h - one call of `tanlian rate`, shared by the files of its forms. */
#ifndef TL_CLI_RATE_H
#define TL_CLI_RATE_H

#include "cli/cli.h"
#include "report/rating.h"

/* What every form has in hand: the options they share, and what was opened for it. */
typedef struct tl_rate_call {
    tl_cli *cli;
    int argc;    /* words behind the form's name, options taken out */
    char **argv; /* argv[0] is the first of them */
    const char *index, *period, *level;
    const char *out, *chart; /* files to write, or NULL */
    int code;                /* of a call that went well: rows may have been refused */
    tl_store *store;
    tl_index definition;
    tl_edition edition, before;
    tl_index before_index;
    tl_rating_view view;
} tl_rate_call;

/* A form of the command: reads its own options, opens what it needs, prints. */
typedef tl_status (*tl_rate_form)(tl_rate_call *c, tl_error *err);

/* Takes the form's own options out of the words and checks how many words are left; TL_EINPUT. */
TL_MUST_CHECK tl_status tl_rate_options(tl_rate_call *c, const tl_option *options, size_t n,
                                        int least, int most, tl_error *err);

/* Opens the database (to read, or to write) and the definition of --index. */
TL_MUST_CHECK tl_status tl_rate_open(tl_rate_call *c, bool write, tl_error *err);

/* The same, and the published results of --period with their league table. */
TL_MUST_CHECK tl_status tl_rate_open_edition(tl_rate_call *c, tl_error *err);

/* The row of the company a person means by `text`. TL_ENOTFOUND where it is not rated. */
TL_MUST_CHECK tl_status tl_rate_row(tl_rate_call *c, const char *text, const tl_league_row **row,
                                    tl_error *err);

/* The latest period in which a company was assessed under the index of the call. TL_ENOTFOUND. */
TL_MUST_CHECK tl_status tl_rate_latest_period(tl_rate_call *c, const char *company,
                                              const char **period, tl_error *err);

/* Prints the report as --json asks and writes --out. r NULL: out of memory. */
TL_MUST_CHECK tl_status tl_rate_show(tl_rate_call *c, const tl_report *r, tl_error *err);

/* "indicator", "theme", "total"; NULL stays `given` = false. */
TL_MUST_CHECK tl_status tl_rate_level(const char *text, tl_sheet_level *level, bool *given,
                                      tl_error *err);

tl_status tl_rate_index(tl_rate_call *c, tl_error *err);     /* rate_index.c */
tl_status tl_rate_rank(tl_rate_call *c, tl_error *err);      /* rate_league.c */
tl_status tl_rate_whatif(tl_rate_call *c, tl_error *err);    /* rate_league.c */
tl_status tl_rate_stats(tl_rate_call *c, tl_error *err);     /* rate_league.c */
tl_status tl_rate_score(tl_rate_call *c, tl_error *err);     /* rate_company.c */
tl_status tl_rate_history(tl_rate_call *c, tl_error *err);   /* rate_company.c */
tl_status tl_rate_gap(tl_rate_call *c, tl_error *err);       /* rate_company.c */
tl_status tl_rate_compare(tl_rate_call *c, tl_error *err);   /* rate_company.c */
tl_status tl_rate_crosswalk(tl_rate_call *c, tl_error *err); /* rate_company.c */
tl_status tl_rate_import(tl_rate_call *c, tl_error *err);    /* rate_work.c */
tl_status tl_rate_list(tl_rate_call *c, tl_error *err);      /* rate_work.c */
tl_status tl_rate_submit(tl_rate_call *c, tl_error *err);    /* rate_work.c */
tl_status tl_rate_return(tl_rate_call *c, tl_error *err);
tl_status tl_rate_approve(tl_rate_call *c, tl_error *err);
tl_status tl_rate_finalise(tl_rate_call *c, tl_error *err);
tl_status tl_rate_publish(tl_rate_call *c, tl_error *err);
tl_status tl_rate_reply(tl_rate_call *c, tl_error *err);
tl_status tl_rate_correct(tl_rate_call *c, tl_error *err);
tl_status tl_rate_withdraw(tl_rate_call *c, tl_error *err);

#endif
