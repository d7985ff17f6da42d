/* rate_index.c - the definitions of indices, and one of them. */
#include <string.h>

#include "dataset/dataset.h"
#include "operation/rate.h"
#include "operation/rating_open.h"

static const tl_column columns[] = {
    { .key = "index", .name = { "index", "指数" }, .kind = TL_COLUMN_TEXT },
    { .key = "version", .name = { "version", "版本" }, .kind = TL_COLUMN_TEXT },
    { .key = "date", .name = { "date", "日期" }, .kind = TL_COLUMN_TEXT },
    { .key = "name", .name = { "name", "名称" }, .kind = TL_COLUMN_LABEL },
    { .key = "superseded_by", .name = { "superseded by", "被取代于" }, .kind = TL_COLUMN_TEXT },
};

static tl_status list(tl_call *c, tl_error *err)
{
    const tl_dataset *sets;
    size_t n;
    tl_status st = tl_dataset_list(c->store, c->arena, &sets, &n, err);
    tl_report *r =
        tl_report_new(c->arena, "rate-indices", (tl_label){ "Index definitions", "指数定义" });
    if (st != TL_OK || !r)
        return st != TL_OK ? st : tl_fail_nomem(err);
    tl_report_table(r, "indices", (tl_label){ "Installed", "已安装" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(sets[i].kind, "index") != 0)
            continue;
        tl_report_text(r, sets[i].id);
        tl_report_text(r, sets[i].version);
        tl_report_text(r, sets[i].date);
        tl_report_label(r, (tl_label){ sets[i].title_en, sets[i].title_zh });
        tl_report_text(r, sets[i].superseded_by);
    }
    return tl_call_report(c, r, err);
}

tl_status tl_run_rate_index(tl_call *c, tl_error *err)
{
    tl_index x;
    const char *name = tl_call_text(c, "index");
    if (!name)
        return list(c, err);
    tl_status st = tl_index_open(c->store, name, c->arena, &x, err);
    return st == TL_OK ? tl_call_report(c, tl_report_index(&x, c->arena), err) : st;
}
