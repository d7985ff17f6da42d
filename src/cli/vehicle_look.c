/* vehicle_look.c - `tanlian vehicle show|search|parameters|intensity`. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "cli/vehicle.h"
#include "cli/vehicle_show.h"
#include "dataset/table.h"
#include "footprint/intensity.h"
#include "format/grid.h"

static tl_status finish(tl_buf *b, tl_status st, tl_error *err)
{
    if (st == TL_OK)
        st = tl_cli_print(b, err);
    tl_buf_clear(b);
    return st;
}

static void list_json(tl_buf *b, const tl_vehicle *list, size_t n)
{
    tl_json j = tl_json_start(b, true);
    tl_json_array(&j, NULL);
    for (size_t i = 0; i < n; i++) {
        tl_json_object(&j, NULL);
        tl_json_text(&j, "id", list[i].id);
        tl_json_text(&j, "brand", list[i].brand);
        tl_json_text(&j, "model", list[i].model);
        tl_json_text(&j, "description", list[i].description);
        tl_json_text(&j, "powertrain", list[i].powertrain);
        tl_json_number(&j, "kerb_mass_kg", list[i].kerb_mass_kg);
        tl_json_end(&j);
    }
    tl_json_end(&j);
    tl_buf_char(b, '\n');
}

static void list_text(tl_buf *b, const tl_vehicle *list, size_t n, tl_arena *arena)
{
    tl_grid t;
    tl_grid_init(&t, "lllr", arena);
    for (size_t i = 0; i < n; i++) {
        tl_grid_cell(&t, list[i].id);
        tl_grid_cell(&t, tl_show_name(&list[i], arena));
        tl_grid_cell(&t, list[i].powertrain);
        tl_grid_cellf(&t, "%.0f kg", list[i].kerb_mass_kg);
    }
    tl_grid_write(&t, 0, b);
    tl_grid_clear(&t);
}

int tl_vehicle_search_run(tl_cli *cli, int argc, char **argv)
{
    tl_error err = { 0 };
    tl_store *s = NULL;
    tl_vehicle *list = NULL;
    size_t n = 0;
    int64_t limit = 20;
    tl_buf words, b;
    const tl_option options[] = { { "limit", TL_OPTION_INT, &limit } };
    tl_status st = tl_options_take(options, 1, &argc, argv, &err);
    if (st == TL_OK && (argc < 2 || limit < 1))
        return tl_cli_usage(cli, &tl_command_vehicle);
    tl_buf_init(&words, 0);
    tl_buf_init(&b, 0);
    for (int i = 1; i < argc; i++)
        tl_buf_printf(&words, "%s%s", i > 1 ? " " : "", argv[i]);
    if (st == TL_OK)
        st = tl_cli_store(cli, &(tl_store_opts){ .must_exist = true }, &s, &err);
    if (st == TL_OK)
        st = tl_vehicle_search(s, tl_buf_text(&words), (size_t)limit, cli->arena, &list, &n, &err);
    if (st == TL_OK && n == 0)
        st = tl_fail(&err, TL_ENOTFOUND, "no car matches '%.80s'", tl_buf_text(&words));
    if (st == TL_OK) {
        if (cli->json)
            list_json(&b, list, n);
        else
            list_text(&b, list, n, cli->arena);
    }
    st = finish(&b, st, &err);
    tl_buf_clear(&words);
    tl_store_close(s);
    return st == TL_OK ? TL_EXIT_OK : tl_cli_fail(cli, &err);
}

static void bill_json(tl_json *j, const tl_vehicle_part *parts, size_t n)
{
    tl_json_array(j, "bill_of_materials");
    for (size_t i = 0; i < n; i++) {
        tl_json_object(j, NULL);
        tl_json_text(j, "part", parts[i].part);
        tl_json_text(j, "material", parts[i].material);
        tl_json_number(j, "mass_kg", parts[i].mass_kg);
        tl_json_text(j, "supplier", parts[i].supplier);
        tl_json_text(j, "process", parts[i].process);
        tl_json_number(j, "recycled_share", parts[i].recycled_share);
        tl_json_end(j);
    }
    tl_json_end(j);
}

static void bill_text(tl_buf *b, const tl_vehicle_part *parts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        tl_buf_printf(b, "%s  %s  %g kg  %s  %s  %g\n", parts[i].part, parts[i].material,
                      parts[i].mass_kg, parts[i].supplier, parts[i].process,
                      parts[i].recycled_share);
}

/* One field of a car: text, or a number that may not have been given. */
static void show_field(const tl_cli *cli, tl_json *j, tl_grid *t, const char *name,
                       const char *text, double number)
{
    char digits[TL_NUMBER_MAX];
    tl_number_format(number, digits);
    if (cli->json && text)
        tl_json_text(j, name, text);
    else if (cli->json)
        tl_json_number(j, name, number);
    if (!text)
        text = isnan(number) ? (cli->zh ? "未披露" : "not disclosed") : digits;
    tl_grid_cell(t, name);
    tl_grid_cell(t, text);
}

/* A car as its source has it, and its bill of materials. */
static tl_status show_vehicle(tl_cli *cli, tl_store *s, const char *id, tl_buf *b, tl_error *err)
{
    tl_vehicle v;
    tl_vehicle_part *parts;
    size_t n;
    tl_status st = tl_vehicle_get(s, id, cli->arena, &v, err);
    if (st == TL_OK)
        st = tl_vehicle_parts(s, id, cli->arena, &parts, &n, err);
    if (st != TL_OK)
        return st;
    const struct {
        const char *name, *text;
        double number;
    } rows[] = {
        { "id", v.id, NAN },
        { "source", v.map, NAN },
        { "source_row", NULL, (double)v.source_row },
        { "brand", v.brand, NAN },
        { "maker_group", v.maker_group, NAN },
        { "model", v.model, NAN },
        { "description", v.description, NAN },
        { "size_class", v.size_class, NAN },
        { "body", v.body, NAN },
        { "powertrain", v.powertrain, NAN },
        { "fuel", v.fuel, NAN },
        { "kerb_mass_kg", NULL, v.kerb_mass_kg },
        { "fuel_low_l_100km", NULL, v.fuel_low },
        { "fuel_high_l_100km", NULL, v.fuel_high },
        { "electricity_low_wh_km", NULL, v.electricity_low_wh_km },
        { "electricity_high_wh_km", NULL, v.electricity_high_wh_km },
        { "range_low_km", NULL, v.range_low_km },
        { "range_high_km", NULL, v.range_high_km },
        { "battery_kwh", NULL, v.battery_kwh },
        { "chemistry", v.chemistry, NAN },
        { "co2_low_g_km", NULL, v.co2_low_g_km },
        { "co2_high_g_km", NULL, v.co2_high_g_km },
        { "price", NULL, v.price },
        { "currency", v.currency, NAN },
    };
    tl_json j = tl_json_start(b, true);
    tl_grid t;
    tl_grid_init(&t, "ll", cli->arena);
    if (cli->json)
        tl_json_object(&j, NULL);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        show_field(cli, &j, &t, rows[i].name, rows[i].text, rows[i].number);
    if (cli->json) {
        bill_json(&j, parts, n);
        tl_json_end(&j);
        tl_buf_char(b, '\n');
    } else {
        tl_grid_write(&t, 0, b);
        bill_text(b, parts, n);
    }
    tl_grid_clear(&t);
    return TL_OK;
}

int tl_vehicle_show_run(tl_cli *cli, int argc, char **argv)
{
    tl_error err = { 0 };
    tl_store *s = NULL;
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_status st = tl_options_take(NULL, 0, &argc, argv, &err);
    if (st == TL_OK && argc != 2)
        return tl_cli_usage(cli, &tl_command_vehicle);
    if (st == TL_OK)
        st = tl_cli_store(cli, &(tl_store_opts){ .must_exist = true }, &s, &err);
    if (st == TL_OK)
        st = show_vehicle(cli, s, argv[1], &b, &err);
    st = finish(&b, st, &err);
    tl_store_close(s);
    return st == TL_OK ? TL_EXIT_OK : tl_cli_fail(cli, &err);
}

static void parameters_json(tl_buf *b, const tl_car_model *m)
{
    size_t n;
    const tl_choice *c = tl_car_system_choices(m->system, &n);
    tl_json j = tl_json_start(b, true);
    tl_json_object(&j, NULL);
    tl_json_array(&j, "parameters");
    for (size_t i = 0; i < TL_CAR_PARAMETERS; i++) {
        const tl_parameter *p = &m->rule.parameters[i];
        tl_json_object(&j, NULL);
        tl_json_text(&j, "name", p->name);
        tl_json_number(&j, "value", p->value);
        tl_json_text(&j, "unit", p->unit);
        tl_json_number(&j, "low", p->low);
        tl_json_number(&j, "high", p->high);
        tl_json_text(&j, "basis", p->basis);
        tl_json_text(&j, "source", p->source);
        tl_json_text(&j, "note", p->note);
        tl_json_end(&j);
    }
    tl_json_end(&j);
    tl_json_array(&j, "choices");
    for (size_t i = 0; i < n; i++) {
        tl_json_object(&j, NULL);
        tl_json_text(&j, "parameter", c[i].parameter);
        tl_json_text(&j, "option", c[i].option);
        tl_json_bool(&j, "chosen", c[i].chosen);
        tl_json_text(&j, "label_en", c[i].label_en);
        tl_json_text(&j, "label_zh", c[i].label_zh);
        tl_json_text(&j, "note", c[i].note);
        tl_json_end(&j);
    }
    tl_json_end(&j);
    tl_json_end(&j);
    tl_buf_char(b, '\n');
}

static void parameters_text(tl_buf *b, const tl_car_model *m, bool zh, tl_arena *arena)
{
    size_t n;
    const tl_choice *c = tl_car_system_choices(m->system, &n);
    tl_grid t;
    tl_grid_init(&t, "lrlll", arena);
    for (size_t i = 0; i < TL_CAR_PARAMETERS; i++) {
        const tl_parameter *p = &m->rule.parameters[i];
        tl_grid_cell(&t, p->name);
        if (isnan(p->value))
            tl_grid_cell(&t, zh ? "无数据" : "none held");
        else
            tl_grid_cellf(&t, "%g", p->value);
        tl_grid_cell(&t, p->unit);
        tl_grid_cell(&t, zh ? p->label_zh : p->label_en);
        tl_grid_cell(&t, *p->source ? p->source : p->note);
    }
    tl_grid_write(&t, 0, b);
    tl_grid_clear(&t);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || strcmp(c[i].parameter, c[i - 1].parameter) != 0)
            tl_buf_printf(b, "%s%s:", i ? "\n" : "", c[i].parameter);
        tl_buf_printf(b, " %s%s%s", c[i].chosen ? "[" : "", c[i].option, c[i].chosen ? "]" : "");
    }
    tl_buf_str(b, "\n");
}

int tl_vehicle_parameters_run(tl_cli *cli, int argc, char **argv)
{
    tl_error err = { 0 };
    tl_store *s = NULL;
    tl_car_model m = { 0 };
    tl_option_list texts = { .n = 0 };
    tl_settings settings;
    tl_buf b;
    tl_buf_init(&b, 0);
    const tl_option options[] = { { "set", TL_OPTION_LIST, &texts } };
    tl_status st = tl_options_take(options, 1, &argc, argv, &err);
    if (st == TL_OK && argc != 1)
        return tl_cli_usage(cli, &tl_command_vehicle);
    if (st == TL_OK)
        st = tl_settings_read(&settings, &texts, cli->arena, &err);
    if (st == TL_OK)
        st = tl_cli_store(cli, &(tl_store_opts){ .must_exist = true }, &s, &err);
    if (st == TL_OK)
        st = tl_car_model_open(&m, s, settings.items, settings.n, cli->arena, &err);
    if (st == TL_OK) {
        if (cli->json)
            parameters_json(&b, &m);
        else
            parameters_text(&b, &m, cli->zh, cli->arena);
    }
    st = finish(&b, st, &err);
    tl_car_model_close(&m);
    tl_store_close(s);
    return st == TL_OK ? TL_EXIT_OK : tl_cli_fail(cli, &err);
}

/* One row of the published figures of makers: car, material, footprint, share, mass. */
static tl_status intensity_row(tl_grid *t, tl_json *j, const char *car, const char *material,
                               double footprint_t, double percent, double mass_kg, tl_error *err)
{
    double v;
    tl_status st = tl_material_intensity(footprint_t, percent / 100, mass_kg, &v, err);
    if (st != TL_OK)
        return st;
    tl_grid_cell(t, car);
    tl_grid_cell(t, material);
    tl_grid_number(t, footprint_t, 1);
    tl_grid_cellf(t, "%g%%", percent);
    tl_grid_cellf(t, "%g", mass_kg);
    tl_grid_number(t, v, 4);
    tl_json_object(j, NULL);
    tl_json_text(j, "car", car);
    tl_json_text(j, "material", material);
    tl_json_number(j, "footprint_t", footprint_t);
    tl_json_number(j, "share_percent", percent);
    tl_json_number(j, "mass_kg", mass_kg);
    tl_json_number(j, "t_co2e_per_kg", v);
    tl_json_end(j);
    return TL_OK;
}

/* All rows of the installed set maker-lca. */
static tl_status published_intensities(tl_cli *cli, tl_store *s, tl_grid *grid, tl_json *j,
                                       tl_error *err)
{
    static const char *const names[] = { "car", "material", "footprint_t", "share_percent",
                                         "mass_kg" };
    tl_table t = { 0 };
    tl_dataset set;
    const tl_table_reader from = { s, &set, cli->arena };
    tl_status st = tl_dataset_get(s, "maker-lca", NULL, cli->arena, &set, err);
    if (st == TL_OK)
        st = tl_table_read(&t, &from, "materials.csv", names, 5, err);
    for (size_t i = 0; st == TL_OK && i < t.sheet.rows; i++) {
        double v[3];
        for (size_t k = 0; st == TL_OK && k < 3; k++)
            st = tl_sheet_number(&t.sheet, i, t.at[2 + k], &v[k], err);
        if (st == TL_OK)
            st = intensity_row(grid, j, tl_table_text(&t, i, 0), tl_table_text(&t, i, 1), v[0],
                               v[1], v[2], err);
    }
    return st;
}

int tl_vehicle_intensity_run(tl_cli *cli, int argc, char **argv)
{
    tl_error err = { 0 };
    tl_store *s = NULL;
    double footprint = NAN, share = NAN, mass = NAN;
    tl_buf b, text;
    tl_grid t;
    const tl_option options[] = { { "footprint", TL_OPTION_NUMBER, &footprint },
                                  { "share", TL_OPTION_NUMBER, &share },
                                  { "mass", TL_OPTION_NUMBER, &mass } };
    tl_status st = tl_options_take(options, 3, &argc, argv, &err);
    bool given = !isnan(footprint) || !isnan(share) || !isnan(mass);
    if (st == TL_OK && argc != 1)
        return tl_cli_usage(cli, &tl_command_vehicle);
    tl_buf_init(&b, 0);
    tl_buf_init(&text, 0);
    tl_grid_init(&t, "llrrrr", cli->arena);
    static const char *const head[] = { "", "", "t CO2e", "%", "kg", "t CO2e/kg" };
    for (size_t i = 0; i < 6; i++)
        tl_grid_cell(&t, head[i]);
    tl_json j = tl_json_start(&b, true);
    tl_json_array(&j, NULL);
    if (st == TL_OK && given)
        st = intensity_row(&t, &j, "-", "-", footprint, share, mass, &err);
    if (st == TL_OK && !given)
        st = tl_cli_store(cli, &(tl_store_opts){ .must_exist = true }, &s, &err);
    if (st == TL_OK && !given)
        st = published_intensities(cli, s, &t, &j, &err);
    if (st == TL_OK) {
        tl_json_end(&j);
        tl_buf_char(&b, '\n');
        tl_grid_write(&t, 0, &text);
        st = tl_cli_print(cli->json ? &b : &text, &err);
    }
    tl_grid_clear(&t);
    tl_buf_clear(&b);
    tl_buf_clear(&text);
    tl_store_close(s);
    return st == TL_OK ? TL_EXIT_OK : tl_cli_fail(cli, &err);
}
