/* factor_print.h - factors as a person and as a script reads them. */
#ifndef TL_CLI_FACTOR_PRINT_H
#define TL_CLI_FACTOR_PRINT_H

#include "cli/cli.h"
#include "factor/compare.h"
#include "factor/factor.h"
#include "factor/per.h"

/* A list of n factors; more tells that others match too. */
TL_MUST_CHECK tl_status tl_cli_put_factors(const tl_cli *cli, const tl_factor *factors, size_t n,
                                           bool more, tl_buf *out, tl_error *err);

/* One factor with the licence of its set. Asked for by version it reads the same for ever: whether
 * its set is superseded by now is then left to the log. */
typedef struct tl_cli_factor {
    tl_factor factor;
    tl_dataset set;
    bool pinned;                    /* asked for by version */
    const tl_factor_per_query *per; /* another denominator was asked for, or NULL */
    tl_factor_per_answer answer;
} tl_cli_factor;

/* Whole factors, field by field. */
void tl_cli_put_whole_factors(const tl_cli *cli, const tl_cli_factor *factors, size_t n,
                              tl_buf *out);

/* Candidates side by side, group by group, with their sources below. */
TL_MUST_CHECK tl_status tl_cli_put_comparison(const tl_cli *cli, const tl_factor_comparison *c,
                                              bool more, tl_buf *out, tl_error *err);

/* The same three as JSON. */
void tl_cli_json_factors(const tl_factor *factors, size_t n, bool more, tl_buf *out);
void tl_cli_json_whole_factors(const tl_cli_factor *factors, size_t n, tl_buf *out);
void tl_cli_json_comparison(const tl_factor_comparison *c, bool more, tl_buf *out);

/* "factor topics" and "factor tree"; factor_topics.c. out: a file as well, or NULL. */
TL_MUST_CHECK tl_status tl_cli_factor_topics(tl_cli *cli, tl_store *s, const char *out,
                                             tl_error *err);
TL_MUST_CHECK tl_status tl_cli_factor_tree(tl_cli *cli, tl_store *s, const char *out,
                                           tl_error *err);

#endif
