/* demo.c - "tanlian demo": the main job from nothing, on real cars, with the time each step took.
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "cli/actor.h"
#include "cli/bundled.h"
#include "cli/demo.h"
#include "cli/serve.h"
#include "intake/vehicle_import.h"
#include "report/vehicle.h"

enum { MAKERS_SHOWN = 10 };

void tl_demo_end_step(tl_demo *d, const char *en, const char *zh)
{
    double now = tl_clock_s();
    if (d->n_steps < TL_DEMO_STEPS_MAX) {
        d->steps[d->n_steps].en = en;
        d->steps[d->n_steps].zh = zh;
        d->steps[d->n_steps++].seconds = now - d->started_s;
    }
    d->started_s = now;
}

static const char *say(const tl_demo *d, const char *en, const char *zh)
{
    return d->cli->zh ? zh : en;
}

/* A fresh database in a folder of its own below the system's place for temporary files. */
static tl_status open_fresh(tl_demo *d, tl_error *err)
{
    const char *tmp = getenv("TMPDIR");
    int n =
        snprintf(d->folder, sizeof d->folder, "%s/tanlian-demo-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    if (n < 0 || (size_t)n >= sizeof d->folder || !mkdtemp(d->folder)) {
        tl_status st = tl_fail(err, TL_EIO, "%s: %s", d->folder, strerror(errno));
        d->folder[0] = '\0';
        return st;
    }
    const char *path = tl_path_join(d->cli->arena, d->folder, "tanlian.db");
    return path ? tl_store_open(&d->store, path, NULL, err) : tl_fail_nomem(err);
}

static void remove_fresh(const tl_demo *d)
{
    static const char *const files[] = { "tanlian.db", "tanlian.db-wal", "tanlian.db-shm" };
    if (!d->folder[0])
        return;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const char *path = tl_path_join(d->cli->arena, d->folder, files[i]);
        if (path)
            unlink(path);
    }
    rmdir(d->folder);
}

static tl_status load_sets(tl_demo *d, tl_error *err)
{
    tl_set_installed *sets;
    size_t n;
    int64_t rows = 0;
    tl_status st = tl_cli_install_bundled(d->cli, d->store, &sets, &n, err);
    if (st != TL_OK)
        return st;
    for (size_t i = 0; i < n; i++)
        rows += sets[i].rows;
    tl_buf_printf(&d->out,
                  d->cli->zh ? "%zu 个数据集，%lld 条排放因子\n"
                             : "%zu data sets, %lld emission factors\n",
                  n, (long long)rows);
    tl_demo_end_step(d, "database and data sets", "数据库与数据集");
    return TL_OK;
}

static tl_status import_cars(tl_demo *d, tl_error *err)
{
    tl_dataset set;
    const char *data, *actor = tl_cli_actor(d->cli->arena);
    const tl_viewer by = tl_viewer_operator(actor);
    size_t n;
    tl_vehicle_verdict v;
    tl_status st = actor ? tl_dataset_get(d->store, "ademe-cars", NULL, d->cli->arena, &set, err)
                         : tl_fail_nomem(err);
    if (st == TL_OK)
        st = tl_dataset_read(d->store, &set, set.files[0].path, d->cli->arena, &data, &n, err);
    if (st == TL_OK)
        st = tl_vehicle_import_memory(d->store, set.files[0].path, data, n, "ademe", &by,
                                      &d->cli->log, d->cli->arena, &v, err);
    if (st != TL_OK)
        return st;
    tl_buf_printf(&d->out,
                  d->cli->zh ? "%s（%s）：%lld 行，接受 %lld 款，拒绝 %lld 行\n"
                             : "%s (%s): %lld rows, %lld cars taken, %lld refused\n",
                  d->cli->zh ? set.title_zh : set.title_en, set.attribution, (long long)v.rows,
                  (long long)v.accepted, (long long)v.refused);
    for (size_t i = 0; i < v.refusal_count; i++)
        tl_buf_printf(&d->out, "  %s\n", v.refusals[i].reason);
    tl_demo_end_step(d, "import of the cars", "导入车型");
    return TL_OK;
}

/* The battery electric car nearest to the mean of its kind: an ordinary one, and always the same.
 */
static const tl_fleet_car *ordinary_car(const tl_fleet *f)
{
    const tl_fleet_car *best = NULL;
    double sum = 0, n = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < f->n_cars; i++) {
            const tl_fleet_car *c = &f->cars[i];
            if (c->refused || strcmp(c->vehicle->powertrain, "bev") != 0)
                continue;
            if (pass == 0) {
                sum += c->g_km;
                n++;
            } else if (!best || fabs(c->g_km - sum / n) < fabs(best->g_km - sum / n)) {
                best = c;
            }
        }
    return best;
}

/* One car with a model. */
static tl_status compute(const tl_car_model *m, const tl_vehicle *v, tl_shown_car *car,
                         tl_demand *demand, tl_footprint *f, char hash[TL_SHA256_HEX],
                         tl_error *err)
{
    tl_status st = tl_car_demand(m, v, NULL, 0, demand, err);
    if (st != TL_OK)
        return st;
    tl_footprint_of(m, v, demand, f);
    *car = (tl_shown_car){
        .model = m, .vehicle = v, .demand = demand, .footprint = f, .input_hash = hash
    };
    return tl_footprint_input_hash(m, v, NULL, 0, hash, err);
}

static tl_status put_report(tl_demo *d, const tl_report *r, tl_error *err)
{
    return r ? tl_report_as_text(r, d->cli->zh, &d->out, err) : tl_fail_nomem(err);
}

/* The car opened, its steel and aluminium followed to their sources, and with cleaner metal. */
static tl_status open_one(tl_demo *d, const tl_car_model *m, tl_error *err)
{
    static const tl_setting cleaner[] = { { "steel.route", "scrap-eaf" },
                                          { "aluminium.power", "hydro" } };
    const tl_fleet_car *in_fleet = ordinary_car(&d->fleet);
    tl_arena *arena = d->cli->arena;
    tl_car_model green = { 0 };
    tl_demand demands[2] = { { 0 }, { 0 } };
    tl_footprint footprints[2];
    char hashes[2][TL_SHA256_HEX];
    tl_shown_car now, then;
    tl_assumption assumptions[5];
    if (!in_fleet)
        return tl_fail(err, TL_ENOTFOUND, "no battery electric car with a footprint");
    const tl_vehicle *v = in_fleet->vehicle;
    tl_status st = compute(m, v, &now, &demands[0], &footprints[0], hashes[0], err);
    if (st == TL_OK)
        st = tl_car_assumptions(m, v, NULL, 0, assumptions, 5, &now.n_assumptions, err);
    if (st == TL_OK)
        st = tl_car_model_open(&green, d->store, cleaner, 2, arena, err);
    if (st == TL_OK)
        st = compute(&green, v, &then, &demands[1], &footprints[1], hashes[1], err);
    if (st == TL_OK) {
        now.fleet = &d->fleet;
        now.in_fleet = in_fleet;
        now.assumptions = assumptions;
        tl_buf_printf(&d->out, "\n%s\n", say(d, "One car opened", "打开一款车"));
        tl_buf_char(&d->out, '\n');
        st = put_report(d, tl_report_vehicle_footprint(&now, &then, arena), err);
        tl_buf_printf(&d->out, "\n%s\n",
                      say(d, "Its steel and aluminium, down to the sources", "钢与铝，追溯到来源"));
        tl_demo_sources(d, m, "steel");
        tl_demo_sources(d, m, "aluminium");
        tl_demo_end_step(d, "one car, sources and what-if", "单车、来源与情景");
    }
    tl_demand_clear(&demands[0]);
    tl_demand_clear(&demands[1]);
    tl_car_model_close(&green);
    return st;
}

static tl_status compute_cars(tl_demo *d, tl_error *err)
{
    tl_car_model m;
    tl_status st = tl_car_model_open(&m, d->store, NULL, 0, d->cli->arena, err);
    if (st != TL_OK)
        return st;
    tl_demo_end_step(d, "building and solving the product system", "建立并求解产品系统");
    st = tl_fleet_compute(&d->fleet, d->store, tl_viewer_program(), &m, &d->cli->log, d->cli->arena,
                          err);
    if (st == TL_OK) {
        tl_demo_end_step(d, "footprints of all cars", "全部车型碳足迹");
        tl_buf_char(&d->out, '\n');
        st = put_report(
            d, tl_report_vehicle_fleet(&m, &d->fleet, MAKERS_SHOWN, false, d->cli->arena), err);
    }
    if (st == TL_OK)
        st = open_one(d, &m, err);
    if (st == TL_OK)
        st = tl_demo_registry(d, &m, ordinary_car(&d->fleet), err);
    tl_car_model_close(&m);
    return st;
}

static void show_times(tl_demo *d)
{
    double total = 0;
    tl_buf_printf(&d->out, "\n%s\n", say(d, "How long each step took", "各步骤用时"));
    for (size_t i = 0; i < d->n_steps; i++) {
        tl_buf_printf(&d->out, "  %7.1f ms  %s\n", d->steps[i].seconds * 1000,
                      d->cli->zh ? d->steps[i].zh : d->steps[i].en);
        total += d->steps[i].seconds;
    }
    tl_buf_printf(&d->out, "  %7.1f ms  %s\n", total * 1000, say(d, "in all", "合计"));
}

/* The page over what the demo has made, until Ctrl+C. */
static int serve(const tl_demo *d)
{
    const char *path = tl_path_join(d->cli->arena, d->folder, "tanlian.db");
    tl_server_config c = { .no_access_log = true,
                           .opts = { .http.address = d->listen,
                                     .database = path,
                                     .data_dir = d->cli->data_dir,
                                     .log = &d->cli->log } };
    tl_error err = { 0 };
    if (!path) {
        tl_fail_nomem(&err);
        return tl_cli_fail(d->cli, &err);
    }
    return tl_cli_serve(d->cli, &c);
}

/* All of it up to the last line printed. */
static tl_status show_all(tl_demo *d, tl_error *err)
{
    if (!(d->who = tl_cli_actor(d->cli->arena)))
        return tl_fail_nomem(err);
    if (d->keep && mkdir(d->keep, 0777) != 0 && errno != EEXIST)
        return tl_fail(err, TL_EIO, "%s: %s", d->keep, strerror(errno));
    tl_status st = open_fresh(d, err);
    if (st == TL_OK)
        st = load_sets(d, err);
    if (st == TL_OK && d->serve)
        st = tl_demo_people(d, err);
    if (st == TL_OK)
        st = import_cars(d, err);
    if (st == TL_OK)
        st = compute_cars(d, err);
    if (st == TL_OK)
        st = tl_demo_rating(d, err);
    if (st != TL_OK)
        return st;
    show_times(d);
    if (d->serve)
        tl_demo_show_people(d);
    return tl_cli_print(&d->out, err);
}

static int run(tl_cli *cli, int argc, char **argv)
{
    tl_error err = { 0 };
    tl_demo d = { .cli = cli, .listen = "127.0.0.1:8080", .started_s = tl_clock_s() };
    bool no_serve = false;
    const tl_option options[] = { { "out", TL_OPTION_TEXT, &d.keep },
                                  { "listen", TL_OPTION_TEXT, &d.listen },
                                  { "no-serve", TL_OPTION_FLAG, &no_serve } };
    tl_status st = tl_options_take(options, 3, &argc, argv, &err);
    d.serve = !no_serve && !cli->json;
    if (st == TL_OK && argc != 1)
        return tl_cli_usage(cli, &tl_command_demo);
    tl_buf_init(&d.out, 0);
    if (st == TL_OK)
        st = show_all(&d, &err);
    tl_buf_clear(&d.out);
    tl_store_close(d.store);
    int code = st == TL_OK ? TL_EXIT_OK : tl_cli_fail(cli, &err);
    if (st == TL_OK && d.serve)
        code = serve(&d);
    remove_fresh(&d);
    return code;
}

const tl_command tl_command_demo = {
    .name = "demo",
    .usage = "[--out FOLDER] [--listen HOST:PORT] [--no-serve]",
    .summary_en = "the main job on 7,679 real cars and 51 rated automakers, in a fresh database",
    .summary_zh = "以 7,679 款真实车型和 51 家整车企业评价演示主要功能，使用临时数据库",
    .run = run,
};
