/* registry_lint.c - "tanlian registry lint": footprint messages held against their rules. It needs
 * no database, so it is a command; the other forms of `registry` are operations. */
#include <string.h>

#include "base/file.h"
#include "cli/show.h"
#include "intake/pcf_message.h"

static tl_label severity(bool error)
{
    return error ? (tl_label){ "error", "错误" } : (tl_label){ "remark", "提示" };
}

static void put_messages(tl_report *r, const tl_pcf_message *all, size_t n)
{
    static const tl_column columns[] = {
        { .key = "path", .name = { "message", "报文" }, .kind = TL_COLUMN_TEXT },
        { .key = "id", .name = { "id", "编号" }, .kind = TL_COLUMN_TEXT },
        { .key = "form", .name = { "form", "格式" }, .kind = TL_COLUMN_TEXT },
        { .key = "errors", .name = { "errors", "错误" }, .kind = TL_COLUMN_INT },
        { .key = "remarks", .name = { "remarks", "提示" }, .kind = TL_COLUMN_INT },
    };
    tl_report_table(r, "messages", (tl_label){ "Messages", "报文" }, columns, 5);
    for (size_t i = 0; i < n; i++) {
        size_t remarks = 0;
        for (size_t k = 0; k < all[i].n; k++)
            remarks += !all[i].findings[k].error;
        tl_report_text(r, all[i].path);
        tl_report_text(r, all[i].id);
        tl_report_text(r, *all[i].form ? all[i].form : "-");
        tl_report_int(r, (int64_t)all[i].errors);
        tl_report_int(r, (int64_t)remarks);
    }
}

static void put_findings(tl_report *r, const tl_pcf_message *all, size_t n)
{
    static const tl_column columns[] = {
        { .key = "severity", .name = { "", "" }, .kind = TL_COLUMN_WORD },
        { .key = "path", .name = { "field", "字段" }, .kind = TL_COLUMN_TEXT },
        { .key = "rule", .name = { "rule", "规则" }, .kind = TL_COLUMN_TEXT },
        { .key = "finding", .name = { "finding", "结果" }, .kind = TL_COLUMN_LABEL },
    };
    tl_report_table(r, "findings", (tl_label){ "Findings", "检查结果" }, columns, 4);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < all[i].n; k++) {
            const tl_pcf_finding *f = &all[i].findings[k];
            tl_report_word(r, f->error ? "error" : "remark", severity(f->error));
            tl_report_text(r, f->path);
            tl_report_text(r, f->rule);
            tl_report_label(r, (tl_label){ f->en, f->zh });
        }
}

static tl_report *make_report(tl_arena *arena, const tl_pcf_message *all, size_t n, size_t rejected)
{
    tl_report *r = tl_report_new(arena, "pcf-lint",
                                 (tl_label){ "Footprint messages checked", "碳足迹报文检查" });
    if (!r)
        return NULL;
    tl_report_fact_int(r, "checked", (tl_label){ "messages", "报文数" }, (int64_t)n);
    tl_report_fact_int(r, "rejected", (tl_label){ "rejected", "不予接收" }, (int64_t)rejected);
    put_messages(r, all, n);
    put_findings(r, all, n);
    tl_report_note(r, (tl_label){ "Checked are the form of a message and its sums, not whether the "
                                  "footprint is right.",
                                  "仅检查报文格式与加总关系，不判断碳足迹本身是否正确。" });
    return r;
}

static tl_status lint(tl_cli *cli, const char *path, const char *out, size_t *rejected,
                      tl_error *err)
{
    tl_file_view file;
    const tl_pcf_message *all = NULL;
    size_t n = 0;
    tl_status st = tl_file_open(&file, path, 0, err);
    if (st != TL_OK)
        return st;
    st = tl_pcf_messages_check(path, file.data, file.size, cli->arena, &all, &n, err);
    tl_file_close(&file);
    for (size_t i = 0; i < n; i++)
        *rejected += all[i].errors > 0;
    return st == TL_OK ? tl_cli_show(cli, make_report(cli->arena, all, n, *rejected), out, err)
                       : st;
}

static int run(tl_cli *cli, int argc, char **argv)
{
    tl_error err = { 0 };
    const char *out = NULL;
    size_t rejected = 0;
    const tl_option options[] = { { "out", TL_OPTION_TEXT, &out } };
    if (argc < 2 || strcmp(argv[1], "lint") != 0) {
        tl_fail(&err, TL_EINPUT, "'%s' is no form; 'tanlian registry --help' shows them",
                argc < 2 ? "registry" : argv[1]);
        return tl_cli_fail(cli, &err);
    }
    if (tl_options_take(options, 1, &argc, argv, &err) != TL_OK)
        return tl_cli_fail(cli, &err);
    if (argc != 3)
        return tl_cli_usage(cli, &tl_command_registry);
    if (lint(cli, argv[2], out, &rejected, &err) != TL_OK)
        return tl_cli_fail(cli, &err);
    return rejected ? TL_EXIT_PARTIAL : TL_EXIT_OK;
}

const tl_command tl_command_registry = {
    .name = "registry",
    .usage = "lint FILE.json [--out FILE.csv|.xlsx|.json]",
    .summary_en = "published footprints: rounds, records, classes, statistics",
    .summary_zh = "已公布的碳足迹：批次、记录、等级与统计",
    .run = run,
};
