/* dataset_kinds.c - kind of data set to the function that loads its rows. */
#include "cli/dataset_kinds.h"

#include <string.h>

#include "base/buf.h"
#include "company/company.h"
#include "factor/factor.h"
#include "factor/synonym.h"
#include "format/grid.h"
#include "format/json.h"
#include "rating/assessment.h"
#include "registry/printed.h"

typedef tl_status (*loader)(tl_store *s, const tl_dataset *set, tl_arena *arena, int64_t *rows,
                            tl_error *err);

/* A kind that is not here is kept as files only. */
static const struct {
    const char *kind;
    loader load;
} kinds[] = {
    { "factors", tl_factor_load },
    { "synonyms", tl_factor_load_synonyms },
    { "companies", tl_company_load },
    { "index", tl_index_check_set },
    { "index-results", tl_assessment_load_results },
    { "published-statistics", tl_printed_check_set },
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
    tl_json_text(&j, "database", tl_cli_database(cli));
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

static void put_text(const tl_cli *cli, const tl_cli_installed *sets, size_t n, tl_buf *out)
{
    static const char *const done[2][2] = { { "installed", "present" }, { "安装", "已有" } };
    size_t fresh = 0;
    tl_grid grid;
    tl_grid_init(&grid, "llrl", cli->arena);
    for (size_t i = 0; i < n; i++) {
        const tl_cli_installed *s = &sets[i];
        tl_grid_cell(&grid, done[cli->zh][s->already]);
        tl_grid_cellf(&grid, "%s@%s", s->set.id, s->set.version);
        if (s->has_rows && !s->already)
            tl_grid_cellf(&grid, cli->zh ? "%lld 行" : "%lld rows", (long long)s->rows);
        else
            tl_grid_cell(&grid, "");
        tl_grid_cell(&grid, cli->zh ? s->set.title_zh : s->set.title_en);
        fresh += !s->already;
    }
    tl_grid_write(&grid, 0, out);
    tl_grid_clear(&grid);
    tl_buf_printf(out, cli->zh ? "%s：%zu 个数据集，新装 %zu 个\n" : "%s: %zu data sets, %zu new\n",
                  tl_cli_database(cli), n, fresh);
}

tl_status tl_cli_print_installed(const tl_cli *cli, const tl_cli_installed *sets, size_t n,
                                 tl_error *err)
{
    tl_buf out;
    tl_buf_init(&out, 0);
    if (cli->json)
        put_json(cli, sets, n, &out);
    else
        put_text(cli, sets, n, &out);
    tl_status st = tl_cli_print(&out, err);
    tl_buf_clear(&out);
    return st;
}
