/* factor_topics.c - "tanlian factor topics" and "tree": what there is, by topic. */
#include "report/factor_topics.h"
#include "cli/factor_print.h"
#include "cli/show.h"

#define ANNOUNCED "cpcd-2022-statistics"

tl_status tl_cli_factor_topics(tl_cli *cli, tl_store *s, const char *out, tl_error *err)
{
    tl_factor_topics_view v = { .arena = cli->arena };
    tl_dataset set;
    tl_status st = tl_factor_counts(s, cli->arena, &v.counts, &v.count, err);
    if (st != TL_OK)
        return st;
    st = tl_dataset_get(s, ANNOUNCED, NULL, cli->arena, &set, err);
    if (st == TL_OK) {
        v.set = &set;
        st = tl_printed_read(s, ANNOUNCED, cli->arena, &v.rows, &v.row_count, err);
    } else if (st == TL_ENOTFOUND) {
        st = TL_OK; /* the report says so */
    }
    return st == TL_OK ? tl_cli_show(cli, tl_report_factor_topics(&v), out, err) : st;
}

tl_status tl_cli_factor_tree(tl_cli *cli, tl_store *s, const char *out, tl_error *err)
{
    const tl_factor_count *counts;
    size_t n;
    tl_status st = tl_factor_counts(s, cli->arena, &counts, &n, err);
    return st == TL_OK ? tl_cli_show(cli, tl_report_factor_tree(counts, n, cli->arena), out, err)
                       : st;
}
