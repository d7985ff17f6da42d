/* dataset.c - data sets: which are installed, what is in them, what a new edition changes. */
#include "operation/dataset.h"

#include <string.h>

#include "intake/set_pack.h"
#include "operation/operations.h"
#include "rating/assessment.h"
#include "registry/record_correction.h"
#include "report/dataset.h"
#include "store/audit.h"

enum { ROWS_TOLD = 20, FOLDERS_MAX = 256, BROUGHT_MAX = 20000 };

static tl_status run_list(tl_call *c, tl_error *err)
{
    const tl_dataset *sets;
    size_t n;
    tl_status st = tl_dataset_list(c->store, c->arena, &sets, &n, err);
    return st == TL_OK ? tl_call_report(c, tl_report_sets(sets, n, c->arena), err) : st;
}

static tl_status find(tl_call *c, const char *reference, tl_dataset *out, tl_error *err)
{
    const char *id, *version;
    tl_status st = tl_dataset_reference(reference, c->arena, &id, &version, err);
    return st == TL_OK ? tl_dataset_get(c->store, id, version, c->arena, out, err) : st;
}

/* A set of results is who acts in the entries of the results it brought. */
static tl_status count_brought(tl_call *c, const tl_dataset *set, int64_t *out, tl_error *err)
{
    const tl_audit_filter by = { .actor = tl_arena_printf(c->arena, "dataset %s@%s", set->id,
                                                          set->version),
                                 .action = "assessment.take_over",
                                 .limit = BROUGHT_MAX };
    const tl_audit_entry *entries;
    size_t n = 0;
    tl_status st =
        by.actor ? tl_audit_newest(c->store, &by, c->arena, &entries, &n, err) : tl_fail_nomem(err);
    *out = (int64_t)n;
    return st;
}

/* Every version of the set that is installed. */
static tl_status find_versions(tl_call *c, const char *id, tl_set_uses *out, tl_error *err)
{
    const tl_dataset *all;
    size_t n = 0;
    tl_status st = tl_dataset_list(c->store, c->arena, &all, &n, err);
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        if (strcmp(all[i].id, id) != 0)
            continue;
        out->versions = out->versions ? out->versions : &all[i]; /* by id, so they are neighbours */
        out->n_versions++;
    }
    return st;
}

static tl_status run_show(tl_call *c, tl_error *err)
{
    tl_dataset set;
    tl_set_uses uses = { 0 };
    tl_status st = find(c, tl_call_text(c, "set"), &set, err);
    if (st == TL_OK)
        st = tl_record_uses(c->store, set.id, set.version, &uses.records, err);
    if (st == TL_OK)
        st = tl_assessment_uses(c->store, set.id, set.version, &uses.ratings, err);
    if (st == TL_OK && strcmp(set.kind, "index-results") == 0)
        st = count_brought(c, &set, &uses.ratings, err);
    if (st == TL_OK)
        st = find_versions(c, set.id, &uses, err);
    return st == TL_OK ? tl_call_report(c, tl_report_set(&set, &uses, c->arena), err) : st;
}

/* A reference has no '/', so that ./gwp is the folder and gwp the installed set. */
static tl_status side(tl_call *c, const char *text, tl_dataset *set, tl_diff_side *out,
                      tl_error *err)
{
    bool folder =
        c->own_files && (strchr(text, '/') || strcmp(text, ".") == 0 || strcmp(text, "..") == 0);
    *out = (tl_diff_side){ set, folder ? NULL : c->store, folder ? text : NULL };
    return folder ? tl_dataset_load(set, text, c->arena, err) : find(c, text, set, err);
}

static tl_status run_diff(tl_call *c, tl_error *err)
{
    tl_dataset a, b;
    tl_diff_side from, to;
    const tl_diff_file *files;
    size_t n;
    tl_status st = side(c, tl_call_text(c, "from"), &a, &from, err);
    if (st == TL_OK)
        st = side(c, tl_call_text(c, "to"), &b, &to, err);
    if (st == TL_OK)
        st = tl_dataset_diff(&from, &to, c->arena, &files, &n, err);
    if (st != TL_OK)
        return st;
    size_t most = tl_call_flag(c, "all") ? 0 : ROWS_TOLD;
    return tl_call_report(c, tl_report_set_diff(&from, &to, files, n, most, c->arena), err);
}

tl_report *tl_report_installed(const tl_set_installed *sets, size_t n, tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "already", .name = { "was there", "原已安装" }, .kind = TL_COLUMN_BOOL },
        { .key = "id", .name = { "id", "编号" }, .kind = TL_COLUMN_TEXT },
        { .key = "version", .name = { "version", "版本" }, .kind = TL_COLUMN_TEXT },
        { .key = "superseded_by",
          .name = { "superseded by", "已被取代" },
          .kind = TL_COLUMN_TEXT,
          .files_only = true },
        { .key = "rows_loaded", .name = { "rows loaded", "载入行数" }, .kind = TL_COLUMN_INT },
        { .key = "title", .name = { "title", "名称" }, .kind = TL_COLUMN_LABEL },
        { .key = "checksum",
          .name = { "checksum", "校验和" },
          .kind = TL_COLUMN_TEXT,
          .files_only = true },
    };
    int64_t fresh = 0;
    tl_report *r = tl_report_new(arena, "dataset-install",
                                 (tl_label){ "Data sets installed", "数据集安装结果" });
    if (!r)
        return NULL;
    tl_report_table(r, "sets", (tl_label){ "Data sets", "数据集" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++) {
        const tl_set_installed *s = &sets[i];
        tl_report_bool(r, s->already);
        tl_report_text(r, s->set.id);
        tl_report_text(r, s->set.version);
        tl_report_text(r, s->set.superseded_by);
        if (s->has_rows && !s->already)
            tl_report_int(r, s->rows);
        else
            tl_report_empty(r, (tl_label){ NULL, NULL });
        tl_report_label(r, (tl_label){ s->set.title_en, s->set.title_zh });
        tl_report_text(r, s->set.checksum);
        fresh += !s->already;
    }
    tl_report_fact_int(r, "count", (tl_label){ "data sets", "数据集" }, (int64_t)n);
    tl_report_fact_int(r, "fresh", (tl_label){ "of them new", "其中新装" }, fresh);
    return r;
}

/* All folders or none. */
static tl_status install(tl_call *c, const char *const *folders, size_t n, tl_error *err)
{
    tl_set_installed *sets = tl_arena_alloc(c->arena, n, sizeof *sets);
    tl_status st = sets ? tl_store_begin(c->store, err) : tl_fail_nomem(err);
    if (st != TL_OK)
        return st;
    tl_progress bar = tl_progress_start(c->log, c->zh ? "安装数据集" : "data sets", n);
    for (size_t i = 0; i < n && st == TL_OK; i++)
        if ((st = tl_progress_at(&bar, i, err)) == TL_OK)
            st = tl_set_install(c->store, folders[i], tl_call_who(c), c->arena, &sets[i], err);
    tl_progress_end(&bar);
    if (st == TL_OK)
        st = tl_store_commit(c->store, err);
    else
        tl_store_rollback(c->store);
    return st == TL_OK ? tl_call_report(c, tl_report_installed(sets, n, c->arena), err) : st;
}

static tl_status install_pack(tl_call *c, const char *path, tl_error *err)
{
    const char *root = NULL, **folders = NULL;
    size_t n = 0;
    tl_status st = tl_set_unpack(path, c->arena, &root, &folders, &n, err);
    if (st == TL_OK)
        st = install(c, folders, n, err);
    tl_set_unpacked_remove(root);
    return st;
}

static bool is_zip(const char *path)
{
    size_t n = strlen(path);
    return n > 4 && strcmp(path + n - 4, ".zip") == 0;
}

/* Folders are for whom the files of this machine are at hand; what came as a body is a pack. */
static tl_status run_install(tl_call *c, tl_error *err)
{
    const char *paths[FOLDERS_MAX];
    size_t n = tl_call_list(c, "file", paths, FOLDERS_MAX);
    if (!c->own_files)
        return install_pack(c, paths[0], err);
    if (n > FOLDERS_MAX)
        return tl_fail(err, TL_EINPUT, "more than %d data sets", (int)FOLDERS_MAX);
    for (size_t i = 0; i < n && n > 1; i++)
        if (is_zip(paths[i]))
            return tl_fail(err, TL_EINPUT, "%s: a pack is installed by itself", paths[i]);
    return is_zip(paths[0]) ? install_pack(c, paths[0], err) : install(c, paths, n, err);
}

#define SET_HELP                                                                                   \
    {                                                                                              \
        "id of a data set, or id@version", "数据集编号，或 编号@版本"                   \
    }

static const tl_argument show_arguments[] = {
    { .name = "set", .word = true, .shown = "ID[@VERSION]", .help = SET_HELP },
};
static const tl_argument diff_arguments[] = {
    { .name = "from", .word = true, .shown = "ID[@VERSION]|FOLDER/", .help = SET_HELP },
    { .name = "to", .word = true, .shown = "ID[@VERSION]|FOLDER/", .help = SET_HELP },
    { .name = "all",
      .kind = TL_ARGUMENT_FLAG,
      .help = { "every row that differs", "列出全部不同的行" } },
};
static const tl_argument install_arguments[] = {
    { .name = "file",
      .kind = TL_ARGUMENT_FILE,
      .word = true,
      .many = true,
      .shown = "FILE.zip|FOLDER",
      .help = { "a pack of data sets, ZIP", "数据集包，ZIP" } },
};

static const tl_argument untranslated_arguments[] = {
    { .name = "set",
      .shown = "ID",
      .help = { "one data set, or companies", "某数据集或 companies" } },
    { .name = "lacks",
      .kind = TL_ARGUMENT_CHOICE,
      .choices = "zh|en",
      .help = { "the language that is missing", "缺少的语言" } },
    { .name = "limit",
      .kind = TL_ARGUMENT_INT,
      .least = 1,
      .most = 2000,
      .shown = "N",
      .help = { "tell so many; 200 if not given", "列出个数，默认 200" } },
};

static const tl_operation rows[] = {
    { .name = "dataset list",
      .summary = { "what is installed", "已安装的数据集" },
      .method = TL_HTTP_GET,
      .path = "/datasets",
      .right = TL_RIGHT_PUBLIC_READ,
      .run = run_list },
    { .name = "dataset show",
      .summary = { "one data set: licence, source, checksums", "一个数据集：许可、来源与校验和" },
      .method = TL_HTTP_GET,
      .path = "/datasets/{set}",
      .right = TL_RIGHT_PUBLIC_READ,
      .arguments = show_arguments,
      .n = 1,
      .run = run_show },
    { .name = "dataset diff",
      .summary = { "what a new edition changes, row by row", "逐行比较两个版本" },
      .method = TL_HTTP_GET,
      .path = "/datasets/diff",
      .right = TL_RIGHT_PUBLIC_READ,
      .arguments = diff_arguments,
      .n = sizeof diff_arguments / sizeof *diff_arguments,
      .run = run_diff },
    { .name = "dataset untranslated",
      .summary = { "names that exist in one language only", "仅有一种语言的名称" },
      .method = TL_HTTP_GET,
      .path = "/translations",
      .right = TL_RIGHT_PUBLIC_READ,
      .arguments = untranslated_arguments,
      .n = sizeof untranslated_arguments / sizeof *untranslated_arguments,
      .run = tl_run_dataset_untranslated },
    { .name = "dataset install",
      .summary = { "further data sets, all or none", "安装数据集，全部或全不" },
      .method = TL_HTTP_POST,
      .path = "/datasets",
      .right = TL_RIGHT_DATASET_INSTALL,
      .flags = TL_OPERATION_WRITES | TL_OPERATION_LONG,
      .arguments = install_arguments,
      .n = 1,
      .run = run_install },
};

const tl_operations tl_operations_dataset = {
    "dataset",
    { "installed data sets: list, show, install, compare editions",
      "数据集：列出、查看、安装、比较版本" },
    rows,
    sizeof rows / sizeof *rows,
};
