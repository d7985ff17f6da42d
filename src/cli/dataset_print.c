/* dataset_print.c - data sets as text and as JSON. */
#include "cli/dataset_print.h"

#include <inttypes.h>

#include "format/grid.h"
#include "format/json.h"

int64_t tl_cli_dataset_rows(const tl_dataset *set)
{
    int64_t rows = 0;
    for (size_t i = 0; i < set->file_count; i++)
        rows += set->files[i].rows;
    return rows;
}

static void set_json(tl_json *j, const char *name, const tl_dataset *set)
{
    tl_json_object(j, name);
    tl_json_text(j, "id", set->id);
    tl_json_text(j, "version", set->version);
    tl_json_text(j, "date", set->date);
    tl_json_text(j, "kind", set->kind);
    tl_json_text(j, "title_en", set->title_en);
    tl_json_text(j, "title_zh", set->title_zh);
    tl_json_text(j, "licence", set->licence);
    tl_json_text(j, "attribution", set->attribution);
    tl_json_text(j, "source", set->source);
    tl_json_text(j, "note", set->note);
    tl_json_text(j, "checksum", set->checksum);
    tl_json_text(j, "installed_at", set->installed_at);
    tl_json_text(j, "superseded_by", set->superseded_by);
    tl_json_int(j, "rows", tl_cli_dataset_rows(set));
    tl_json_array(j, "files");
    for (size_t i = 0; i < set->file_count; i++) {
        tl_json_object(j, NULL);
        tl_json_text(j, "path", set->files[i].path);
        tl_json_text(j, "sha256", set->files[i].sha256);
        tl_json_int(j, "rows", set->files[i].rows);
        tl_json_end(j);
    }
    tl_json_end(j);
    tl_json_end(j);
}

static void put_state(const tl_cli *cli, const tl_dataset *set, tl_grid *grid)
{
    if (!set->superseded_by)
        tl_grid_cell(grid, cli->zh ? "现行" : "current");
    else
        tl_grid_cellf(grid, cli->zh ? "已被 %s 取代" : "superseded by %s", set->superseded_by);
}

static void sets_text(const tl_cli *cli, const tl_dataset *sets, size_t n, tl_buf *out)
{
    enum { COLUMNS = 8 };
    static const char *const heading[2][COLUMNS] = {
        { "id", "version", "state", "date", "kind", "rows", "licence", "title" },
        { "编号", "版本", "状态", "日期", "类别", "行数", "许可", "名称" },
    };
    tl_grid grid;
    tl_grid_init(&grid, "lllllrll", cli->arena);
    for (size_t c = 0; c < COLUMNS; c++)
        tl_grid_cell(&grid, heading[cli->zh][c]);
    for (size_t i = 0; i < n; i++) {
        tl_grid_cell(&grid, sets[i].id);
        tl_grid_cell(&grid, sets[i].version);
        put_state(cli, &sets[i], &grid);
        tl_grid_cell(&grid, sets[i].date);
        tl_grid_cell(&grid, sets[i].kind);
        tl_grid_cellf(&grid, "%" PRId64, tl_cli_dataset_rows(&sets[i]));
        tl_grid_cell(&grid, sets[i].licence);
        tl_grid_cell(&grid, cli->zh ? sets[i].title_zh : sets[i].title_en);
    }
    tl_grid_write(&grid, 0, out);
    tl_grid_clear(&grid);
}

void tl_cli_put_sets(const tl_cli *cli, const tl_dataset *sets, size_t n, tl_buf *out)
{
    if (!cli->json) {
        sets_text(cli, sets, n, out);
        return;
    }
    tl_json j = tl_json_start(out, true);
    tl_json_object(&j, NULL);
    tl_json_array(&j, "sets");
    for (size_t i = 0; i < n; i++)
        set_json(&j, NULL, &sets[i]);
    tl_json_end(&j);
    tl_json_end(&j);
    tl_buf_char(out, '\n');
}

static void files_text(const tl_cli *cli, const tl_dataset *set, tl_buf *out)
{
    tl_grid grid;
    tl_grid_init(&grid, "lrl", cli->arena);
    tl_grid_cell(&grid, cli->zh ? "文件" : "file");
    tl_grid_cell(&grid, cli->zh ? "行数" : "rows");
    tl_grid_cell(&grid, "SHA-256");
    for (size_t i = 0; i < set->file_count; i++) {
        tl_grid_cell(&grid, set->files[i].path);
        tl_grid_cellf(&grid, "%" PRId64, set->files[i].rows);
        tl_grid_cell(&grid, set->files[i].sha256);
    }
    tl_buf_char(out, '\n');
    tl_grid_write(&grid, 0, out);
    tl_grid_clear(&grid);
}

void tl_cli_put_set(const tl_cli *cli, const tl_dataset *set, tl_buf *out)
{
    const struct {
        const char *en, *zh, *value;
    } lines[] = {
        { "version", "版本", set->version },
        { "date", "日期", set->date },
        { "kind", "类别", set->kind },
        { "licence", "许可", set->licence },
        { "attribution", "署名", set->attribution },
        { "source", "来源", set->source },
        { "note", "备注", set->note },
        { "checksum", "校验和", set->checksum },
        { "installed at", "安装时间", set->installed_at },
    };
    if (cli->json) {
        tl_json j = tl_json_start(out, true);
        set_json(&j, NULL, set);
        tl_buf_char(out, '\n');
        return;
    }
    tl_grid grid;
    tl_grid_init(&grid, "ll", cli->arena);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (lines[i].value) {
            tl_grid_cell(&grid, cli->zh ? lines[i].zh : lines[i].en);
            tl_grid_cell(&grid, lines[i].value);
        }
    tl_grid_cell(&grid, cli->zh ? "状态" : "state");
    put_state(cli, set, &grid);
    tl_buf_printf(out, "%s  %s\n", set->id, cli->zh ? set->title_zh : set->title_en);
    tl_grid_write(&grid, 0, out);
    tl_grid_clear(&grid);
    files_text(cli, set, out);
}

static void names_json(tl_json *j, const char *name, const char *const *names, size_t n)
{
    tl_json_array(j, name);
    for (size_t i = 0; i < n; i++)
        tl_json_text(j, NULL, names[i]);
    tl_json_end(j);
}

static void rows_json(tl_json *j, const tl_diff_file *f)
{
    tl_json_int(j, "rows_added", (int64_t)f->rows_added);
    tl_json_int(j, "rows_removed", (int64_t)f->rows_removed);
    tl_json_int(j, "rows_changed", (int64_t)f->rows_changed);
    names_json(j, "columns_added", f->columns_added, f->columns_added_count);
    names_json(j, "columns_removed", f->columns_removed, f->columns_removed_count);
    tl_json_array(j, "rows");
    for (size_t i = 0; i < f->row_count; i++) {
        const tl_diff_row *r = &f->rows[i];
        tl_json_object(j, NULL);
        tl_json_text(j, "key", r->key);
        tl_json_text(j, "change", tl_change_name(r->change));
        tl_json_array(j, "cells");
        for (size_t c = 0; c < r->cell_count; c++) {
            tl_json_object(j, NULL);
            tl_json_text(j, "column", r->cells[c].column);
            tl_json_text(j, "from", r->cells[c].from);
            tl_json_text(j, "to", r->cells[c].to);
            tl_json_end(j);
        }
        tl_json_end(j);
        tl_json_end(j);
    }
    tl_json_end(j);
}

static void diff_json(const tl_dataset *from, const tl_dataset *to, const tl_diff_file *files,
                      size_t n, tl_buf *out)
{
    tl_json j = tl_json_start(out, true);
    tl_json_object(&j, NULL);
    set_json(&j, "from", from);
    set_json(&j, "to", to);
    tl_json_array(&j, "files");
    for (size_t i = 0; i < n; i++) {
        tl_json_object(&j, NULL);
        tl_json_text(&j, "path", files[i].path);
        tl_json_text(&j, "change", tl_change_name(files[i].change));
        tl_json_bool(&j, "table", files[i].table);
        if (files[i].table)
            rows_json(&j, &files[i]);
        tl_json_end(&j);
    }
    tl_json_end(&j);
    tl_json_end(&j);
    tl_buf_char(out, '\n');
}

static void diff_rows_text(const tl_cli *cli, const tl_diff_file *f, size_t most, tl_buf *out)
{
    static const char mark[] = { ' ', '+', '-', '~' };
    for (size_t i = 0; i < f->columns_added_count; i++)
        tl_buf_printf(out, cli->zh ? "  + 列 %s\n" : "  + column %s\n", f->columns_added[i]);
    for (size_t i = 0; i < f->columns_removed_count; i++)
        tl_buf_printf(out, cli->zh ? "  - 列 %s\n" : "  - column %s\n", f->columns_removed[i]);
    for (size_t i = 0; i < f->row_count && (!most || i < most); i++) {
        const tl_diff_row *r = &f->rows[i];
        tl_buf_printf(out, "  %c %s\n", mark[r->change], r->key);
        for (size_t c = 0; c < r->cell_count; c++)
            tl_buf_printf(out, "      %s: %s -> %s\n", r->cells[c].column, r->cells[c].from,
                          r->cells[c].to);
    }
    if (most && f->row_count > most)
        tl_buf_printf(
            out, cli->zh ? "  另有 %zu 行，--all 全部列出\n" : "  %zu more, --all shows them\n",
            f->row_count - most);
}

void tl_cli_put_diff(const tl_cli *cli, const tl_dataset *from, const tl_dataset *to,
                     const tl_diff_file *files, size_t n, size_t most, tl_buf *out)
{
    static const char *const zh[] = { "相同", "新增", "删除", "更改" };
    if (cli->json) {
        diff_json(from, to, files, n, out);
        return;
    }
    tl_buf_printf(out, "%s@%s -> %s@%s\n", from->id, from->version, to->id, to->version);
    for (size_t i = 0; i < n; i++) {
        const tl_diff_file *f = &files[i];
        tl_buf_printf(out, "%s: %s", f->path, cli->zh ? zh[f->change] : tl_change_name(f->change));
        if (f->table)
            tl_buf_printf(out,
                          cli->zh ? "（增 %zu 行，删 %zu 行，改 %zu 行）"
                                  : " (%zu rows added, %zu removed, %zu changed)",
                          f->rows_added, f->rows_removed, f->rows_changed);
        tl_buf_char(out, '\n');
        diff_rows_text(cli, f, most, out);
    }
}
