/* vehicle_footprint.c - `tanlian vehicle footprint` and `compare`. */
#include <string.h>

#include "cli/vehicle.h"
#include "cli/vehicle_show.h"
#include "footprint/draws.h"
#include "operation/declared.h"

/* What the options of `vehicle footprint` ask for. */
struct asked {
    tl_settings settings;
    int64_t draws, seed; /* draws 0: none */
};

/* One car computed with one model, everything that is shown of it. */
struct computed {
    tl_car_model model;
    tl_vehicle vehicle;
    tl_vehicle_part *parts;
    size_t n_parts;
    tl_demand demand;
    tl_footprint footprint;
    tl_assumption assumptions[TL_SHOWN_ASSUMPTIONS];
    size_t n_assumptions;
    char hash[TL_SHA256_HEX];
};

static void close_computed(struct computed *c)
{
    tl_demand_clear(&c->demand);
    tl_car_model_close(&c->model);
}

static tl_status compute(struct computed *c, tl_store *s, const char *id,
                         const tl_settings *settings, tl_arena *arena, tl_error *err)
{
    tl_status st = tl_vehicle_get(s, id, arena, &c->vehicle, err);
    if (st == TL_OK)
        st = tl_declared_car_model(&c->model, s, settings->items, settings->n, arena, err);
    if (st == TL_OK)
        st = tl_vehicle_parts(s, id, arena, &c->parts, &c->n_parts, err);
    if (st == TL_OK && (st = tl_car_demand(&c->model, &c->vehicle, c->parts, c->n_parts, &c->demand,
                                           err)) != TL_OK)
        return tl_context(err, st, "car %s has no footprint", id);
    if (st != TL_OK)
        return st;
    tl_footprint_of(&c->model, &c->vehicle, &c->demand, &c->footprint);
    st = tl_car_assumptions(&c->model, &c->vehicle, c->parts, c->n_parts, c->assumptions,
                            TL_SHOWN_ASSUMPTIONS, &c->n_assumptions, err);
    if (st == TL_OK)
        st = tl_footprint_input_hash(&c->model, &c->vehicle, c->parts, c->n_parts, c->hash, err);
    return st;
}

static tl_shown_car shown(const struct computed *c, const tl_fleet *fleet)
{
    const tl_fleet_car *in_fleet = fleet ? tl_fleet_find(fleet, c->vehicle.id) : NULL;
    return (tl_shown_car){ &c->model, &c->vehicle,    &c->demand,       &c->footprint, fleet,
                           in_fleet,  c->assumptions, c->n_assumptions, c->hash };
}

/* Draws the fleet if asked for; *out stays NULL otherwise. */
static tl_status draw(tl_cli *cli, tl_store *s, tl_car_model *m, const tl_fleet *fleet,
                      const struct asked *asked, tl_spread **out, tl_error *err)
{
    const tl_draw_options options = { .n = (size_t)asked->draws,
                                      .seed = (uint64_t)asked->seed,
                                      .threads = cli->threads };
    *out = NULL;
    if (asked->draws == 0)
        return TL_OK;
    *out = tl_arena_alloc(cli->arena, fleet->n_cars, sizeof **out);
    if (!*out)
        return tl_fail_nomem(err);
    return tl_fleet_spread(fleet, s, m, &options, cli->arena, *out, err);
}

/* The car as it is, with its place in the fleet; with settings, also as it would be. */
static tl_status show_one(tl_cli *cli, tl_store *s, const char *id, const struct asked *asked,
                          tl_error *err)
{
    const tl_settings none = { .n = 0 }, *settings = &asked->settings;
    tl_spread *spreads = NULL;
    struct computed before = { 0 }, after = { 0 };
    tl_fleet fleet = { 0 };
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_status st = compute(&before, s, id, &none, cli->arena, err);
    if (st == TL_OK)
        st = tl_fleet_compute(&fleet, s, &before.model, NULL, cli->arena, err);
    if (st == TL_OK)
        st = draw(cli, s, &before.model, &fleet, asked, &spreads, err);
    fleet.spreads = spreads;
    if (st == TL_OK && settings->n)
        st = compute(&after, s, id, settings, cli->arena, err);
    if (st == TL_OK) {
        tl_shown_car a = shown(&before, &fleet), z = shown(&after, NULL);
        if (cli->json) {
            tl_json j = tl_json_start(&b, true);
            if (settings->n) {
                tl_json_object(&j, NULL);
                tl_show_car_json(&j, "before", &a);
                tl_show_car_json(&j, "after", &z);
                tl_json_end(&j);
            } else {
                tl_show_car_json(&j, NULL, &a);
            }
            tl_buf_char(&b, '\n');
        } else {
            tl_show_car_text(&b, &a, cli->zh, cli->arena);
            if (settings->n)
                tl_show_change_text(&b, &a, &z, cli->zh, cli->arena);
        }
        st = tl_cli_print(&b, err);
    }
    tl_buf_clear(&b);
    close_computed(&before);
    close_computed(&after);
    return st;
}

static tl_status show_all(tl_cli *cli, tl_store *s, const struct asked *asked, bool *partial,
                          tl_error *err)
{
    const tl_settings *settings = &asked->settings;
    tl_spread *spreads = NULL;
    tl_car_model m;
    tl_fleet fleet = { 0 };
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_status st = tl_declared_car_model(&m, s, settings->items, settings->n, cli->arena, err);
    if (st != TL_OK)
        return st;
    st = tl_fleet_compute(&fleet, s, &m, &cli->log, cli->arena, err);
    if (st == TL_OK)
        st = draw(cli, s, &m, &fleet, asked, &spreads, err);
    fleet.spreads = spreads;
    if (st == TL_OK && cli->json)
        st = tl_fleet_explain(&fleet, s, &m, cli->arena, err);
    if (st == TL_OK) {
        if (cli->json) {
            tl_json j = tl_json_start(&b, false);
            tl_show_fleet_json(&j, &m, &fleet);
            tl_buf_char(&b, '\n');
        } else {
            tl_show_fleet_text(&b, &m, &fleet, 10, cli->zh, cli->arena);
        }
        st = tl_cli_print(&b, err);
    }
    *partial = fleet.refused > 0;
    tl_buf_clear(&b);
    tl_car_model_close(&m);
    return st;
}

int tl_vehicle_footprint_run(tl_cli *cli, int argc, char **argv)
{
    tl_error err = { 0 };
    tl_store *s = NULL;
    tl_option_list texts = { .n = 0 };
    struct asked asked = { .draws = 0 };
    bool all = false, partial = false;
    const tl_option options[] = { { "all", TL_OPTION_FLAG, &all },
                                  { "set", TL_OPTION_LIST, &texts },
                                  { "draws", TL_OPTION_INT, &asked.draws },
                                  { "seed", TL_OPTION_INT, &asked.seed } };
    tl_status st = tl_options_take(options, 4, &argc, argv, &err);
    if (st == TL_OK && (all ? argc != 1 : argc != 2))
        return tl_cli_usage(cli, &tl_command_vehicle);
    if (st == TL_OK && (asked.draws < 0 || asked.draws > 100000))
        st = tl_fail(&err, TL_EINPUT, "--draws is %lld, expected 0 to 100000",
                     (long long)asked.draws);
    if (st == TL_OK)
        st = tl_settings_read(&asked.settings, &texts, cli->arena, &err);
    if (st == TL_OK)
        st = tl_cli_store(cli, &(tl_store_opts){ .must_exist = true }, &s, &err);
    if (st == TL_OK)
        st = all ? show_all(cli, s, &asked, &partial, &err)
                 : show_one(cli, s, argv[1], &asked, &err);
    tl_store_close(s);
    if (st != TL_OK)
        return tl_cli_fail(cli, &err);
    return partial ? TL_EXIT_PARTIAL : TL_EXIT_OK;
}

/* Cars side by side: the same JSON for each, or one text after the other. */
static tl_status compare(tl_cli *cli, tl_store *s, char **ids, size_t n,
                         const tl_settings *settings, tl_error *err)
{
    tl_status st = TL_OK;
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, true);
    if (cli->json)
        tl_json_array(&j, NULL);
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        struct computed c = { 0 };
        st = compute(&c, s, ids[i], settings, cli->arena, err);
        tl_shown_car car = shown(&c, NULL);
        if (st == TL_OK && cli->json)
            tl_show_car_json(&j, NULL, &car);
        else if (st == TL_OK)
            tl_show_car_text(&b, &car, cli->zh, cli->arena);
        close_computed(&c);
    }
    if (st == TL_OK && cli->json) {
        tl_json_end(&j);
        tl_buf_char(&b, '\n');
    }
    if (st == TL_OK)
        st = tl_cli_print(&b, err);
    tl_buf_clear(&b);
    return st;
}

int tl_vehicle_compare_run(tl_cli *cli, int argc, char **argv)
{
    tl_error err = { 0 };
    tl_store *s = NULL;
    tl_option_list texts = { .n = 0 };
    tl_settings settings;
    const tl_option options[] = { { "set", TL_OPTION_LIST, &texts } };
    tl_status st = tl_options_take(options, 1, &argc, argv, &err);
    if (st == TL_OK && argc < 3)
        return tl_cli_usage(cli, &tl_command_vehicle);
    if (st == TL_OK)
        st = tl_settings_read(&settings, &texts, cli->arena, &err);
    if (st == TL_OK)
        st = tl_cli_store(cli, &(tl_store_opts){ .must_exist = true }, &s, &err);
    if (st == TL_OK)
        st = compare(cli, s, argv + 1, (size_t)argc - 1, &settings, &err);
    tl_store_close(s);
    return st == TL_OK ? TL_EXIT_OK : tl_cli_fail(cli, &err);
}
