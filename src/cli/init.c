/* init.c - "tanlian init": makes the database or brings it up to date, and installs the data that
 * ships with the program. All sets go in or none. */
#include "cli/bundled.h"
#include "cli/cli.h"
#include "cli/show.h"
#include "operation/dataset.h"

static tl_status init(tl_cli *cli, bool empty, tl_error *err)
{
    tl_set_installed *sets = NULL;
    size_t n = 0;
    tl_store *s = NULL;
    tl_status st = tl_cli_store(cli, NULL, &s, err);
    if (st == TL_OK && !empty)
        st = tl_cli_install_bundled(cli, s, &sets, &n, err);
    tl_report *r = st == TL_OK ? tl_report_installed(sets, n, cli->arena) : NULL;
    if (r)
        tl_report_fact(r, "database", (tl_label){ "database", "数据库" }, tl_cli_database(cli));
    if (st == TL_OK)
        st = tl_cli_show(cli, r, NULL, err);
    tl_store_close(s);
    return st;
}

static int run(tl_cli *cli, int argc, char **argv)
{
    bool empty = false;
    tl_error err = { 0 };
    const tl_option options[] = { { "empty", TL_OPTION_FLAG, &empty } };
    if (tl_options_take(options, 1, &argc, argv, &err) != TL_OK)
        return tl_cli_fail(cli, &err);
    if (argc != 1)
        return tl_cli_usage(cli, &tl_command_init);
    return init(cli, empty, &err) == TL_OK ? TL_EXIT_OK : tl_cli_fail(cli, &err);
}

const tl_command tl_command_init = {
    .name = "init",
    .usage = "[--empty]",
    .summary_en = "make the database, or bring it up to date, and install the bundled data sets",
    .summary_zh = "建立或升级数据库，并安装随附的数据集",
    .run = run,
};
