/* api.c - `tanlian api`: the description of the API, as it is kept in api/openapi.yaml. */
#include "cli/cli.h"
#include "server/server.h"

static int run(tl_cli *cli, int argc, char **argv)
{
    (void)argv;
    tl_error err = { 0 };
    tl_buf b;
    if (argc > 1)
        return tl_cli_usage(cli, &tl_command_api);
    tl_buf_init(&b, 0);
    tl_server_openapi(cli->version, &b);
    tl_status st = tl_cli_print(&b, &err);
    tl_buf_clear(&b);
    return st == TL_OK ? TL_EXIT_OK : tl_cli_fail(cli, &err);
}

const tl_command tl_command_api = {
    .name = "api",
    .usage = "",
    .summary_en = "the description of the API (OpenAPI 3.1)",
    .summary_zh = "接口说明（OpenAPI 3.1）",
    .run = run,
};
