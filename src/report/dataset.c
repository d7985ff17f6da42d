/* dataset.c - one set is facts and its files; a difference is files, and rows cell by cell. */
#include "report/dataset.h"

#include <string.h>

#include "report/words_data.h"

static int64_t rows_of(const tl_dataset *set)
{
    int64_t rows = 0;
    for (size_t i = 0; i < set->file_count; i++)
        rows += set->files[i].rows;
    return rows;
}

tl_report *tl_report_sets(const tl_dataset *sets, size_t n, tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "id", .name = { "id", "编号" }, .kind = TL_COLUMN_TEXT },
        { .key = "version", .name = { "version", "版本" }, .kind = TL_COLUMN_TEXT },
        { .key = "superseded_by", .name = { "superseded by", "已被取代" }, .kind = TL_COLUMN_TEXT },
        { .key = "date", .name = { "date", "日期" }, .kind = TL_COLUMN_TEXT },
        { .key = "kind", .name = { "kind", "类别" }, .kind = TL_COLUMN_WORD },
        { .key = "rows", .name = { "rows", "行数" }, .kind = TL_COLUMN_INT },
        { .key = "licence", .name = { "licence", "许可" }, .kind = TL_COLUMN_TEXT },
        { .key = "title", .name = { "title", "名称" }, .kind = TL_COLUMN_LABEL },
        { "attribution", { "attribution", "署名" }, .kind = TL_COLUMN_TEXT, .files_only = true },
        { "source", { "source", "来源" }, .kind = TL_COLUMN_TEXT, .files_only = true },
        { "note", { "note", "备注" }, .kind = TL_COLUMN_TEXT, .files_only = true },
        { "checksum", { "checksum", "校验和" }, .kind = TL_COLUMN_TEXT, .files_only = true },
        { "installed_at",
          { "installed at", "安装时间" },
          .kind = TL_COLUMN_TEXT,
          .files_only = true },
        { "files", { "files", "文件数" }, .kind = TL_COLUMN_INT, .files_only = true },
    };
    tl_report *r = tl_report_new(arena, "dataset-list", (tl_label){ "Data sets", "数据集" });
    if (!r)
        return NULL;
    tl_report_table(r, "sets", (tl_label){ "Installed", "已安装" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++) {
        const tl_dataset *set = &sets[i];
        tl_report_text(r, set->id);
        tl_report_text(r, set->version);
        if (set->superseded_by)
            tl_report_text(r, set->superseded_by);
        else
            tl_report_empty(r, (tl_label){ "current", "现行" });
        tl_report_text(r, set->date);
        tl_report_word(r, set->kind, tl_word_set_kind(set->kind));
        tl_report_int(r, rows_of(set));
        tl_report_text(r, set->licence);
        tl_report_label(r, (tl_label){ set->title_en, set->title_zh });
        tl_report_text(r, set->attribution);
        tl_report_text(r, set->source);
        tl_report_text(r, set->note);
        tl_report_text(r, set->checksum);
        tl_report_text(r, set->installed_at);
        tl_report_int(r, (int64_t)set->file_count);
    }
    return r;
}

static void put_uses(tl_report *r, const tl_dataset *set, const tl_set_uses *uses)
{
    static const tl_column columns[] = {
        { .key = "version", .name = { "version", "版本" }, .kind = TL_COLUMN_TEXT },
        { .key = "date", .name = { "date", "日期" }, .kind = TL_COLUMN_TEXT },
        { .key = "superseded_by", .name = { "superseded by", "已被取代" }, .kind = TL_COLUMN_TEXT },
        { .key = "installed_at", .name = { "installed at", "安装时间" }, .kind = TL_COLUMN_TEXT },
        { .key = "checksum",
          .name = { "checksum", "校验和" },
          .kind = TL_COLUMN_TEXT,
          .files_only = true },
    };
    tl_report_fact_int(r, "used_by_records",
                       (tl_label){ "published footprints that use it", "使用它的已公布碳足迹" },
                       uses->records);
    if (strcmp(set->kind, "index-results") == 0)
        tl_report_fact_int(r, "brought_ratings",
                           (tl_label){ "published ratings it brought", "由它录入的已发布评价" },
                           uses->ratings);
    if (strcmp(set->kind, "index") == 0)
        tl_report_fact_int(r, "used_by_ratings",
                           (tl_label){ "published ratings scored with it", "按其计分的已发布评价" },
                           uses->ratings);
    tl_report_table(r, "versions", (tl_label){ "Versions", "版本" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < uses->n_versions; i++) {
        const tl_dataset *v = &uses->versions[i];
        tl_report_text(r, v->version);
        tl_report_text(r, v->date);
        if (v->superseded_by)
            tl_report_text(r, v->superseded_by);
        else
            tl_report_empty(r, (tl_label){ "current", "现行" });
        tl_report_text(r, v->installed_at);
        tl_report_text(r, v->checksum);
    }
}

tl_report *tl_report_set(const tl_dataset *set, const tl_set_uses *uses, tl_arena *arena)
{
    static const tl_column columns[] = {
        { .key = "path", .name = { "file", "文件" }, .kind = TL_COLUMN_TEXT },
        { .key = "rows", .name = { "rows", "行数" }, .kind = TL_COLUMN_INT },
        { .key = "sha256", .name = { "SHA-256", "SHA-256" }, .kind = TL_COLUMN_TEXT },
    };
    const struct {
        const char *key;
        tl_label name;
        const char *value;
    } facts[] = {
        { "id", { "id", "编号" }, set->id },
        { "version", { "version", "版本" }, set->version },
        { "superseded_by", { "superseded by", "已被取代" }, set->superseded_by },
        { "date", { "date", "日期" }, set->date },
        { "kind", { "kind", "类别" }, set->kind },
        { "licence", { "licence", "许可" }, set->licence },
        { "attribution", { "attribution", "署名" }, set->attribution },
        { "source", { "source", "来源" }, set->source },
        { "note", { "note", "备注" }, set->note },
        { "checksum", { "checksum", "校验和" }, set->checksum },
        { "installed_at", { "installed at", "安装时间" }, set->installed_at },
    };
    tl_report *r = tl_report_new(arena, "dataset-show", (tl_label){ set->title_en, set->title_zh });
    if (!r)
        return NULL;
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        if (facts[i].value == set->kind)
            tl_report_fact_word(r, facts[i].key, facts[i].name, set->kind,
                                tl_word_set_kind(set->kind));
        else if (uses || facts[i].value != set->superseded_by)
            tl_report_fact(r, facts[i].key, facts[i].name, facts[i].value);
    tl_report_fact_int(r, "rows", (tl_label){ "rows", "行数" }, rows_of(set));
    tl_report_table(r, "files", (tl_label){ "Files", "文件" }, columns, 3);
    for (size_t i = 0; i < set->file_count; i++) {
        tl_report_text(r, set->files[i].path);
        tl_report_int(r, set->files[i].rows);
        tl_report_text(r, set->files[i].sha256);
    }
    if (uses)
        put_uses(r, set, uses);
    return r;
}

static tl_label change_label(tl_change change)
{
    static const char *const zh[] = { "相同", "新增", "删除", "更改" };
    return (tl_label){ tl_change_name(change), zh[change] };
}

static void put_change(tl_report *r, tl_change change)
{
    tl_report_word(r, tl_change_name(change), change_label(change));
}

static void put_files(tl_report *r, const tl_diff_file *files, size_t n)
{
    static const tl_column columns[] = {
        { .key = "path", .name = { "file", "文件" }, .kind = TL_COLUMN_TEXT },
        { .key = "change", .name = { "change", "变化" }, .kind = TL_COLUMN_WORD },
        { .key = "rows_added", .name = { "rows added", "新增行" }, .kind = TL_COLUMN_INT },
        { .key = "rows_removed", .name = { "removed", "删除行" }, .kind = TL_COLUMN_INT },
        { .key = "rows_changed", .name = { "changed", "更改行" }, .kind = TL_COLUMN_INT },
    };
    const tl_label none = { "no table", "非表格" };
    tl_report_table(r, "files", (tl_label){ "Files", "文件" }, columns, 5);
    for (size_t i = 0; i < n; i++) {
        const tl_diff_file *f = &files[i];
        const size_t counts[] = { f->rows_added, f->rows_removed, f->rows_changed };
        tl_report_text(r, f->path);
        put_change(r, f->change);
        for (size_t k = 0; k < 3; k++)
            if (f->table)
                tl_report_int(r, (int64_t)counts[k]);
            else
                tl_report_empty(r, none);
    }
}

static void put_columns(tl_report *r, const char *path, tl_change change, const char *const *names,
                        size_t n)
{
    for (size_t i = 0; i < n; i++) {
        tl_report_text(r, path);
        put_change(r, change);
        tl_report_text(r, names[i]);
    }
}

static void put_row(tl_report *r, const char *path, const tl_diff_row *row, const tl_diff_cell *c)
{
    tl_report_text(r, path);
    tl_report_text(r, row->key);
    put_change(r, row->change);
    tl_report_text(r, c ? c->column : NULL);
    tl_report_text(r, c ? c->from : NULL);
    tl_report_text(r, c ? c->to : NULL);
}

static size_t put_rows(tl_report *r, const tl_diff_file *f, size_t most)
{
    size_t shown = most && f->row_count > most ? most : f->row_count;
    for (size_t i = 0; i < shown; i++) {
        const tl_diff_row *row = &f->rows[i];
        for (size_t c = 0; c < row->cell_count; c++)
            put_row(r, f->path, row, &row->cells[c]);
        if (row->cell_count == 0)
            put_row(r, f->path, row, NULL);
    }
    return f->row_count - shown;
}

static void put_tables(tl_report *r, const tl_diff_file *files, size_t n, size_t most)
{
    static const tl_column of_columns[] = {
        { .key = "path", .name = { "file", "文件" }, .kind = TL_COLUMN_TEXT },
        { .key = "change", .name = { "change", "变化" }, .kind = TL_COLUMN_WORD },
        { .key = "column", .name = { "column", "列" }, .kind = TL_COLUMN_TEXT },
    };
    static const tl_column of_rows[] = {
        { .key = "path", .name = { "file", "文件" }, .kind = TL_COLUMN_TEXT },
        { .key = "key", .name = { "row", "行" }, .kind = TL_COLUMN_TEXT },
        { .key = "change", .name = { "change", "变化" }, .kind = TL_COLUMN_WORD },
        { .key = "column", .name = { "column", "列" }, .kind = TL_COLUMN_TEXT },
        { .key = "from", .name = { "from", "原值" }, .kind = TL_COLUMN_TEXT },
        { .key = "to", .name = { "to", "新值" }, .kind = TL_COLUMN_TEXT },
    };
    size_t left = 0;
    tl_report_table(r, "columns", (tl_label){ "Columns", "列" }, of_columns, 3);
    for (size_t i = 0; i < n; i++) {
        const tl_diff_file *f = &files[i];
        put_columns(r, f->path, TL_CHANGE_ADDED, f->columns_added, f->columns_added_count);
        put_columns(r, f->path, TL_CHANGE_REMOVED, f->columns_removed, f->columns_removed_count);
    }
    tl_report_table(r, "rows", (tl_label){ "Rows", "行" }, of_rows, 6);
    for (size_t i = 0; i < n; i++)
        left += put_rows(r, &files[i], most);
    tl_report_fact_int(r, "rows_not_told", (tl_label){ "rows not told", "未列出的行" },
                       (int64_t)left);
    if (left)
        tl_report_note(r, (tl_label){ "More rows differ; with all every one is told.",
                                      "另有不同的行；加 all 全部列出。" });
}

tl_report *tl_report_set_diff(const tl_diff_side *from, const tl_diff_side *to,
                              const tl_diff_file *files, size_t n, size_t most, tl_arena *arena)
{
    tl_report *r = tl_report_new(arena, "dataset-diff",
                                 (tl_label){ "What an edition changes", "版本之间的变化" });
    if (!r)
        return NULL;
    tl_report_fact(r, "from", (tl_label){ "from", "原版本" },
                   tl_arena_printf(arena, "%s@%s", from->set->id, from->set->version));
    tl_report_fact(r, "from_checksum", (tl_label){ "its checksum", "其校验和" },
                   from->set->checksum);
    tl_report_fact(r, "to", (tl_label){ "to", "新版本" },
                   tl_arena_printf(arena, "%s@%s", to->set->id, to->set->version));
    tl_report_fact(r, "to_checksum", (tl_label){ "its checksum", "其校验和" }, to->set->checksum);
    put_files(r, files, n);
    put_tables(r, files, n, most);
    return r;
}
