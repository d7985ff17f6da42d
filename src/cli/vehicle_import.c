/* vehicle_import.c - `tanlian vehicle import` and `tanlian vehicle bill`. */
#include <inttypes.h>

#include "cli/actor.h"
#include "cli/vehicle.h"
#include "cli/verdict.h"
#include "format/json.h"
#include "intake/bill_import.h"
#include "intake/vehicle_import.h"

enum { FAULTS_SHOWN = 20 };

static tl_status print_verdict(const tl_cli *cli, const char *file, const tl_vehicle_verdict *v,
                               tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    if (cli->json) {
        tl_json j = tl_json_start(&b, true);
        tl_json_object(&j, NULL);
        tl_json_text(&j, "file", file);
        tl_json_bool(&j, "already_imported", v->already);
        tl_json_int(&j, "rows", v->rows);
        tl_json_int(&j, "accepted", v->accepted);
        tl_json_int(&j, "repeated", v->repeated);
        tl_json_int(&j, "refused", v->refused);
        tl_cli_json_refusals(&j, v->refusals, v->refusal_count);
        tl_json_end(&j);
        tl_buf_char(&b, '\n');
    } else {
        tl_buf_printf(
            &b,
            cli->zh ? "%s%s：%" PRId64 " 行，接受 %" PRId64 "，已有 %" PRId64 "，拒绝 %" PRId64 "\n"
                    : "%s%s: %" PRId64 " rows, %" PRId64 " accepted, %" PRId64
                      " there already, %" PRId64 " refused\n",
            v->already ? (cli->zh ? "此前已导入，未作改动 " : "imported before, nothing changed: ")
                       : "",
            file, v->rows, v->accepted, v->repeated, v->refused);
    }
    tl_status st = tl_cli_print(&b, err);
    tl_buf_clear(&b);
    return st;
}

int tl_vehicle_import_run(tl_cli *cli, int argc, char **argv)
{
    tl_error err = { 0 };
    tl_store *s = NULL;
    const char *map = NULL, *refused = NULL;
    tl_vehicle_verdict v = { 0 };
    const tl_option options[] = { { "map", TL_OPTION_TEXT, &map },
                                  { "refused", TL_OPTION_TEXT, &refused } };
    tl_status st = tl_options_take(options, 2, &argc, argv, &err);
    if (st == TL_OK && (argc != 2 || !map))
        return tl_cli_usage(cli, &tl_command_vehicle);
    const char *actor = tl_cli_actor(cli->arena);
    if (st == TL_OK && !actor)
        st = tl_fail_nomem(&err);
    if (st == TL_OK)
        st = tl_cli_store(cli, NULL, &s, &err);
    if (st == TL_OK)
        st = tl_vehicle_import(s, argv[1], map, actor, &cli->log, cli->arena, &v, &err);
    if (st == TL_OK)
        st = print_verdict(cli, argv[1], &v, &err);
    tl_store_close(s);
    if (st != TL_OK)
        return tl_cli_fail(cli, &err);
    return tl_cli_end_verdict(cli, refused, &(tl_refused_source){ argv[1], NULL, 0 }, v.refusals,
                              v.refusal_count);
}

static tl_status print_bill(const tl_cli *cli, const char *id, const tl_bill_verdict *v,
                            tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    if (cli->json) {
        tl_json j = tl_json_start(&b, true);
        tl_json_object(&j, NULL);
        tl_json_text(&j, "car", id);
        tl_json_int(&j, "parts", (int64_t)v->parts);
        tl_json_number(&j, "mass_kg", v->mass_kg);
        tl_json_bool(&j, "unchanged", v->same);
        tl_json_end(&j);
        tl_buf_char(&b, '\n');
    } else {
        tl_buf_printf(&b,
                      cli->zh ? "%s：物料清单 %zu 项，%.1f kg%s\n"
                              : "%s: bill of materials with %zu parts, %.1f kg%s\n",
                      id, v->parts, v->mass_kg,
                      v->same ? (cli->zh ? "（无变化）" : " (unchanged)") : "");
    }
    tl_status st = tl_cli_print(&b, err);
    tl_buf_clear(&b);
    return st;
}

int tl_vehicle_bill_run(tl_cli *cli, int argc, char **argv)
{
    tl_error err = { 0 };
    tl_store *s = NULL;
    tl_car_model m = { 0 };
    tl_bill_verdict v = { 0 };
    tl_status st = tl_options_take(NULL, 0, &argc, argv, &err);
    if (st == TL_OK && argc != 3)
        return tl_cli_usage(cli, &tl_command_vehicle);
    const char *actor = tl_cli_actor(cli->arena);
    if (st == TL_OK && !actor)
        st = tl_fail_nomem(&err);
    if (st == TL_OK)
        st = tl_cli_store(cli, NULL, &s, &err);
    if (st == TL_OK)
        st = tl_car_model_open(&m, s, NULL, 0, cli->arena, &err);
    if (st == TL_OK)
        st = tl_bill_import(s, &m, argv[1], argv[2], actor, cli->arena, &v, &err);
    if (st == TL_OK)
        st = print_bill(cli, argv[1], &v, &err);
    for (size_t i = 1; i < v.n_faults && i < FAULTS_SHOWN; i++)
        tl_log_write(&cli->log, TL_LOG_WARN, "%s", v.faults[i].text);
    tl_car_model_close(&m);
    tl_store_close(s);
    return st == TL_OK ? TL_EXIT_OK : tl_cli_fail(cli, &err);
}
