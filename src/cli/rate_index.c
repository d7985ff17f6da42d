/* rate_index.c - `tanlian rate index`: the definitions, and one of them opened. */
#include <string.h>

#include "cli/rate.h"

static const tl_column columns[] = {
    { .key = "index", .name = { "index", "指数" }, .kind = TL_COLUMN_TEXT },
    { .key = "version", .name = { "version", "版本" }, .kind = TL_COLUMN_TEXT },
    { .key = "date", .name = { "date", "日期" }, .kind = TL_COLUMN_TEXT },
    { .key = "name", .name = { "name", "名称" }, .kind = TL_COLUMN_LABEL },
    { .key = "superseded_by", .name = { "superseded by", "被取代于" }, .kind = TL_COLUMN_TEXT },
};

static tl_status list(tl_rate_call *c, tl_error *err)
{
    const tl_dataset *sets;
    size_t n;
    tl_status st = tl_dataset_list(c->store, c->cli->arena, &sets, &n, err);
    tl_report *r =
        tl_report_new(c->cli->arena, "rate-indices", (tl_label){ "Index definitions", "指数定义" });
    if (st != TL_OK || !r)
        return st != TL_OK ? st : tl_fail_nomem(err);
    tl_report_table(r, "indices", (tl_label){ "Installed", "已安装" }, columns, 5);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(sets[i].kind, "index") != 0)
            continue;
        tl_report_text(r, sets[i].id);
        tl_report_text(r, sets[i].version);
        tl_report_text(r, sets[i].date);
        tl_report_label(r, (tl_label){ sets[i].title_en, sets[i].title_zh });
        tl_report_text(r, sets[i].superseded_by);
    }
    return tl_rate_show(c, r, err);
}

tl_status tl_rate_index(tl_rate_call *c, tl_error *err)
{
    tl_status st = tl_rate_options(c, NULL, 0, 0, 1, err);
    if (st != TL_OK)
        return st;
    if (c->argc == 1)
        c->index = c->argv[0];
    if (c->index) {
        st = tl_rate_open(c, false, err);
        return st == TL_OK ? tl_rate_show(c, tl_report_index(&c->definition, c->cli->arena), err)
                           : st;
    }
    const tl_store_opts opts = { .read_only = true, .must_exist = true };
    st = tl_cli_store(c->cli, &opts, &c->store, err);
    return st == TL_OK ? list(c, err) : st;
}
