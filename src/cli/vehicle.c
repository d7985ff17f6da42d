/* vehicle.c - `tanlian vehicle`: the table of its sub-commands. */
#include "cli/vehicle.h"

#include <string.h>

tl_status tl_settings_read(tl_settings *out, const tl_option_list *texts, tl_arena *arena,
                           tl_error *err)
{
    out->n = 0;
    for (size_t i = 0; i < texts->n; i++) {
        tl_status st =
            tl_setting_parse(&out->items[out->n], texts->items[i], out->items, out->n, arena, err);
        if (st != TL_OK)
            return st;
        out->n++;
    }
    return TL_OK;
}

static int run(tl_cli *cli, int argc, char **argv)
{
    static const struct {
        const char *name;
        int (*run)(tl_cli *cli, int argc, char **argv);
    } table[] = {
        { "import", tl_vehicle_import_run },
        { "bill", tl_vehicle_bill_run },
        { "footprint", tl_vehicle_footprint_run },
        { "compare", tl_vehicle_compare_run },
        { "show", tl_vehicle_show_run },
        { "search", tl_vehicle_search_run },
        { "parameters", tl_vehicle_parameters_run },
        { "intensity", tl_vehicle_intensity_run },
    };
    for (size_t i = 0; argc > 1 && i < sizeof table / sizeof *table; i++)
        if (strcmp(argv[1], table[i].name) == 0)
            return table[i].run(cli, argc - 1, argv + 1);
    return tl_cli_usage(cli, &tl_command_vehicle);
}

const tl_command tl_command_vehicle = {
    .name = "vehicle",
    .usage = "import FILE --map ademe|open-ev [--refused FILE]\n"
             "bill ID FILE\n"
             "footprint --all | ID [--set NAME=VALUE ...] [--draws N [--seed S]]\n"
             "compare ID ID [ID ...] [--set NAME=VALUE ...]\n"
             "show ID\n"
             "search WORDS [--limit N]\n"
             "parameters [--set NAME=VALUE ...]\n"
             "intensity [--footprint T --share PERCENT --mass KG]",
    .summary_en = "cars: import them, compute and explain their footprints",
    .summary_zh = "整车：导入、计算并解释整车碳足迹",
    .run = run,
};
