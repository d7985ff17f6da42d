/* dataset_kinds.c - kind of data set to the function that loads its rows. */
#include "cli/dataset_kinds.h"

#include <string.h>

#include "base/buf.h"
#include "cli/table.h"
#include "factor/factor.h"
#include "format/json.h"

typedef tl_status (*loader)(tl_store *s, const tl_dataset *set, tl_arena *arena, int64_t *rows,
                            tl_error *err);

/* A kind that is not here is kept as files only. */
static const struct {
    const char *kind;
    loader load;
} kinds[] = {
    { "factors", tl_factor_load },
};

static loader find(const char *kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].kind, kind) == 0)
            return kinds[i].load;
    return NULL;
}

tl_status tl_cli_install(tl_store *s, const char *folder, const char *actor, tl_arena *arena,
                         tl_cli_installed *out, tl_error *err)
{
    *out = (tl_cli_installed){ 0 };
    tl_status st = tl_dataset_install(s, folder, actor, arena, &out->set, &out->already, err);
    if (st != TL_OK)
        return st;
    loader load = find(out->set.kind);
    out->has_rows = load != NULL;
    if (!load || out->already)
        return TL_OK;
    st = load(s, &out->set, arena, &out->rows, err);
    return st == TL_OK ? st : tl_context(err, st, "%s", folder);
}

static void put_json(const tl_cli *cli, const tl_cli_installed *sets, size_t n, tl_buf *out)
{
    tl_json j = tl_json_start(out, true);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "database", cli->database);
    tl_json_array(&j, "sets");
    for (size_t i = 0; i < n; i++) {
        tl_json_object(&j, NULL);
        tl_json_text(&j, "id", sets[i].set.id);
        tl_json_text(&j, "version", sets[i].set.version);
        tl_json_text(&j, "checksum", sets[i].set.checksum);
        tl_json_text(&j, "superseded_by", sets[i].set.superseded_by);
        tl_json_bool(&j, "already", sets[i].already);
        if (sets[i].has_rows && !sets[i].already)
            tl_json_int(&j, "rows_loaded", sets[i].rows);
        tl_json_end(&j);
    }
    tl_json_end(&j);
    tl_json_end(&j);
    tl_buf_char(out, '\n');
}

static tl_status put_text(const tl_cli *cli, const tl_cli_installed *sets, size_t n, tl_buf *out,
                          tl_error *err)
{
    enum { COLUMNS = 4 };
    const char **cells = tl_arena_alloc(cli->arena, n * COLUMNS + 1, sizeof *cells);
    size_t fresh = 0;
    if (!cells)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < n; i++) {
        const tl_cli_installed *s = &sets[i];
        const char **row = cells + i * COLUMNS;
        row[0] = s->already ? (cli->zh ? "已有" : "present") : (cli->zh ? "安装" : "installed");
        row[1] = tl_arena_printf(cli->arena, "%s@%s", s->set.id, s->set.version);
        row[2] =
            s->has_rows && !s->already
                ? tl_arena_printf(cli->arena, cli->zh ? "%lld 行" : "%lld rows", (long long)s->rows)
                : "";
        row[3] = cli->zh ? s->set.title_zh : s->set.title_en;
        if (!row[1] || !row[2])
            return tl_fail_nomem(err);
        fresh += !s->already;
    }
    tl_cli_table(out, cells, n, "llrl");
    tl_buf_printf(out, cli->zh ? "%s：%zu 个数据集，新装 %zu 个\n" : "%s: %zu data sets, %zu new\n",
                  cli->database, n, fresh);
    return TL_OK;
}

tl_status tl_cli_print_installed(const tl_cli *cli, const tl_cli_installed *sets, size_t n,
                                 tl_error *err)
{
    tl_buf out;
    tl_status st = TL_OK;
    tl_buf_init(&out, 0);
    if (cli->json)
        put_json(cli, sets, n, &out);
    else
        st = put_text(cli, sets, n, &out, err);
    if (st == TL_OK)
        st = tl_cli_print(&out, err);
    tl_buf_clear(&out);
    return st;
}
