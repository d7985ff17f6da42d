/* vehicle.h - the sub-commands of `tanlian vehicle`; argv[0] is the sub-command. */
#ifndef TL_CLI_VEHICLE_H
#define TL_CLI_VEHICLE_H

#include "cli/cli.h"
#include "footprint/setting.h"

enum { TL_SETTINGS_MAX = 32 };

typedef struct tl_settings {
    tl_setting items[TL_SETTINGS_MAX];
    size_t n;
} tl_settings;

/* Reads "--set a=b" texts; also the option --gwp as setting gwp. */
TL_MUST_CHECK tl_status tl_settings_read(tl_settings *out, const tl_option_list *texts,
                                         tl_arena *arena, tl_error *err);

int tl_vehicle_import_run(tl_cli *cli, int argc, char **argv);     /* vehicle_import.c */
int tl_vehicle_bill_run(tl_cli *cli, int argc, char **argv);       /* vehicle_import.c */
int tl_vehicle_footprint_run(tl_cli *cli, int argc, char **argv);  /* vehicle_footprint.c */
int tl_vehicle_compare_run(tl_cli *cli, int argc, char **argv);    /* vehicle_footprint.c */
int tl_vehicle_show_run(tl_cli *cli, int argc, char **argv);       /* vehicle_look.c */
int tl_vehicle_search_run(tl_cli *cli, int argc, char **argv);     /* vehicle_look.c */
int tl_vehicle_parameters_run(tl_cli *cli, int argc, char **argv); /* vehicle_look.c */
int tl_vehicle_intensity_run(tl_cli *cli, int argc, char **argv);  /* vehicle_look.c */

#endif
