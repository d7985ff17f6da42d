/* lca.c - `tanlian lca`: options, the folder, and which form was asked for. */
#include "cli/lca.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/number.h"
#include "base/text.h"

void tl_lca_cell(tl_grid *g, double v)
{
    char text[TL_NUMBER_MAX];
    if (!isfinite(v)) {
        tl_grid_cell(g, "-");
        return;
    }
    snprintf(text, sizeof text, "%.6g", v);
    if (tl_number_scan(text, strlen(text), '.', &v) == TL_NUMBER_OK)
        tl_number_format(v, text);
    tl_grid_cell(g, text);
}

void tl_lca_share_cell(tl_grid *g, double share)
{
    char text[TL_NUMBER_MAX + 320];
    tl_number_format_fixed(100 * share, 1, text);
    tl_grid_cellf(g, "%s%%", text);
}

void tl_lca_pair(tl_grid *g, const char *name, double v)
{
    tl_grid_cell(g, name);
    tl_lca_cell(g, v);
}

const char *tl_lca_label(const tl_lca_call *c, size_t activity)
{
    tl_lca_name name = tl_lca_activity_name(c->in.system, activity);
    return *name.name ? name.name : name.id;
}

void tl_lca_put_grid(tl_buf *out, const char *heading, tl_grid *g)
{
    if (heading)
        tl_buf_printf(out, "%s%s\n", out->len ? "\n" : "", heading);
    tl_grid_write(g, heading ? 2 : 0, out);
    tl_grid_clear(g);
}

tl_status tl_lca_call_solve(tl_lca_call *c, tl_error *err)
{
    return tl_lca_solve(c->solver, c->in.demand, c->in.demand_n, &c->solution, err);
}

/* "ID=AMOUNT" or "ID" for one unit; an id may contain '=', an amount may not. */
static tl_status parse_demand(const tl_lca_call *c, const char *text, tl_lca_demand *out,
                              tl_error *err)
{
    const char *equals = strrchr(text, '=');
    const char *id =
        tl_arena_copy(c->cli->arena, text, equals ? (size_t)(equals - text) : strlen(text));
    if (!id)
        return tl_fail_nomem(err);
    out->amount = 1;
    tl_status st = equals ? tl_number_parse(equals + 1, &out->amount, err) : TL_OK;
    if (st != TL_OK)
        return tl_context(err, st, "--demand %s", text);
    out->activity = tl_lca_find_activity(c->in.system, id);
    if (out->activity == TL_LCA_NONE)
        return tl_fail(err, TL_EINPUT, "--demand %s: no activity '%s' in activities.csv", text, id);
    return TL_OK;
}

/* --demand takes the place of demand.csv. */
static tl_status take_demands(tl_lca_call *c, tl_error *err)
{
    if (c->demands.n == 0)
        return TL_OK;
    size_t cap = c->in.demand_n;
    tl_status st = tl_grow(&c->in.demand, &cap, c->demands.n, sizeof *c->in.demand, err);
    c->in.demand_n = 0;
    for (size_t i = 0; i < c->demands.n && st == TL_OK; i++)
        st = parse_demand(c, c->demands.items[i], &c->in.demand[c->in.demand_n++], err);
    return st;
}

static tl_status check_range(const char *name, int64_t v, int64_t lo, int64_t hi, tl_error *err)
{
    if (v >= lo && v <= hi)
        return TL_OK;
    return tl_fail(err, TL_EINPUT, "--%s is %lld, expected %lld to %lld", name, (long long)v,
                   (long long)lo, (long long)hi);
}

static tl_status parse_method(const char *text, tl_lca_method *out, tl_error *err)
{
    *out = TL_LCA_METHOD_AUTO;
    if (!text)
        return TL_OK;
    for (int m = TL_LCA_METHOD_AUTO; m <= TL_LCA_METHOD_BICGSTAB; m++)
        if (strcmp(text, tl_lca_method_name((tl_lca_method)m)) == 0) {
            *out = (tl_lca_method)m;
            return TL_OK;
        }
    return tl_fail(err, TL_EINPUT, "--method is '%s', expected auto, direct, sweeps or bicgstab",
                   text);
}

static tl_status read_options(tl_lca_call *c, int *argc, char **argv, tl_error *err)
{
    const tl_option options[] = {
        { "demand", TL_OPTION_LIST, &c->demands },
        { "method", TL_OPTION_TEXT, &c->method },
        { "all", TL_OPTION_FLAG, &c->all },
        { "top", TL_OPTION_INT, &c->top },
        { "cutoff", TL_OPTION_NUMBER, &c->cutoff },
        { "depth", TL_OPTION_INT, &c->depth },
        { "n", TL_OPTION_INT, &c->samples },
        { "seed", TL_OPTION_INT, &c->seed },
        { "samples", TL_OPTION_TEXT, &c->samples_path },
    };
    tl_status st = tl_options_take(options, sizeof options / sizeof *options, argc, argv, err);
    if (st != TL_OK || (st = check_range("top", c->top, 0, 1000000, err)) != TL_OK ||
        (st = check_range("depth", c->depth, 1, 50, err)) != TL_OK ||
        (st = check_range("n", c->samples, 1, 100000000, err)) != TL_OK ||
        (st = check_range("seed", c->seed, 0, INT64_MAX, err)) != TL_OK)
        return st;
    if (!(c->cutoff > 0 && c->cutoff <= 1))
        return tl_fail(err, TL_EINPUT, "--cutoff is %g, expected a share above 0 and up to 1",
                       c->cutoff);
    return TL_OK;
}

typedef tl_status (*form)(tl_lca_call *c, tl_buf *out, tl_error *err);

static form find_form(const char *name, bool all)
{
    static const struct {
        const char *name;
        form run;
    } forms[] = {
        { "solve", tl_lca_write_solve },
        { "score", tl_lca_write_score },
        { "contribute", tl_lca_write_contributions },
        { "sample", tl_lca_write_samples },
    };
    if (all && strcmp(name, "score") == 0)
        return tl_lca_write_unit_scores;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (strcmp(name, forms[i].name) == 0)
            return forms[i].run;
    return NULL;
}

/* A packed system, made by `lca pack`: no files to read, and no demand of its own. */
static tl_status load_packed(tl_lca_call *c, tl_error *err)
{
    tl_status st = tl_lca_system_load(&c->in.system, c->folder, err);
    if (st == TL_EINPUT)
        return tl_context(err, st, "expected an inventory folder or a packed system");
    if (st != TL_OK)
        return st;
    c->in.category = 0;
    if (c->demands.n == 0 && !c->all)
        return tl_fail(err, TL_EINPUT, "%s: a packed system has no demand: give --demand ID=AMOUNT",
                       c->folder);
    return TL_OK;
}

static tl_status load(tl_lca_call *c, tl_error *err)
{
    return tl_file_is_plain(c->folder)
               ? load_packed(c, err)
               : tl_inventory_folder_load(&c->in, c->folder, c->cli->threads, err);
}

static tl_status work(tl_lca_call *c, form run, tl_error *err)
{
    tl_lca_solver_options options = { 0 };
    tl_buf out;
    tl_buf_init(&out, 0);
    tl_status st = parse_method(c->method, &options.method, err);
    if (st == TL_OK)
        st = load(c, err);
    if (st == TL_OK)
        st = take_demands(c, err);
    if (st == TL_OK)
        st = tl_lca_solver_new(&c->solver, c->in.system, &options, err);
    if (st == TL_OK)
        st = run(c, &out, err);
    if (st == TL_OK)
        st = tl_cli_print(&out, err);
    tl_buf_clear(&out);
    tl_lca_solution_free(c->solution);
    tl_lca_solver_free(c->solver);
    tl_inventory_folder_clear(&c->in);
    return st;
}

/* The assembled system of a folder in the flat form that is mapped instead of read. */
static int pack(tl_cli *cli, const char *folder, const char *file)
{
    tl_inventory_folder in = { 0 };
    tl_error err = { 0 };
    tl_lca_facts facts;
    tl_status st = tl_inventory_folder_load(&in, folder, cli->threads, &err);
    if (st == TL_OK)
        st = tl_lca_system_save(in.system, file, &err);
    if (st == TL_OK) {
        tl_lca_system_facts(in.system, &facts);
        tl_log_write(&cli->log, TL_LOG_INFO, cli->zh ? "%s：%zu 个活动" : "%s: %zu activities",
                     file, facts.activities);
    }
    tl_inventory_folder_clear(&in);
    return st == TL_OK ? TL_EXIT_OK : tl_cli_fail(cli, &err);
}

static int run(tl_cli *cli, int argc, char **argv)
{
    tl_lca_call c = { .cli = cli, .top = 10, .cutoff = 0.01, .depth = 8, .samples = 1000 };
    tl_error err = { 0 };
    if (read_options(&c, &argc, argv, &err) != TL_OK)
        return tl_cli_fail(cli, &err);
    if (argc == 4 && strcmp(argv[1], "pack") == 0)
        return pack(cli, argv[2], argv[3]);
    form f = argc == 3 ? find_form(argv[1], c.all) : NULL;
    if (!f)
        return tl_cli_usage(cli, &tl_command_lca);
    c.folder = argv[2];
    return work(&c, f, &err) == TL_OK ? TL_EXIT_OK : tl_cli_fail(cli, &err);
}

const tl_command tl_command_lca = {
    .name = "lca",
    .usage =
        "solve DIR [--demand ID=AMOUNT ...] [--method auto|direct|sweeps|bicgstab]\n"
        "score DIR [--all] [--demand ID=AMOUNT ...] [--method ...]\n"
        "contribute DIR [--top N] [--cutoff SHARE] [--depth N] [--demand ID=AMOUNT ...]\n"
        "sample DIR [--n N] [--seed S] [--threads T] [--samples FILE] [--demand ID=AMOUNT ...]\n"
        "pack DIR FILE    (the others then take FILE, with --demand, in place of DIR)",
    .summary_en = "life cycle systems from an inventory folder: solve, score, explain, sample",
    .summary_zh = "清单文件夹中的生命周期系统：求解、计分、归因、抽样",
    .run = run,
};
