/* migrate.c - "tanlian migrate": the whole database from a file to a server, or back. */
#include <inttypes.h>

#include "cli/cli.h"
#include "format/json.h"
#include "store/copy.h"

static tl_status print(const tl_cli *cli, const char *from, const char *to,
                       const tl_store_copied *c, tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    if (cli->json) {
        tl_json j = tl_json_start(&b, true);
        tl_json_object(&j, NULL);
        tl_json_text(&j, "from", from);
        tl_json_text(&j, "to", to);
        tl_json_int(&j, "tables", c->tables);
        tl_json_int(&j, "rows", c->rows);
        tl_json_int(&j, "audit_entries", c->entries);
        tl_json_text(&j, "audit_head", c->head);
        tl_json_end(&j);
        tl_buf_char(&b, '\n');
    } else {
        tl_buf_printf(&b,
                      cli->zh ? "%s -> %s：%" PRId64 " 张表，%" PRId64 " 行；审计链 %" PRId64
                                " 条，末条 %s\n"
                              : "%s -> %s: %" PRId64 " tables, %" PRId64
                                " rows; audit chain of %" PRId64 " entries, head %s\n",
                      from, to, c->tables, c->rows, c->entries, c->head);
    }
    tl_status st = tl_cli_print(&b, err);
    tl_buf_clear(&b);
    return st;
}

static tl_status migrate(tl_cli *cli, const char *from, const char *to, tl_error *err)
{
    const tl_store_opts reading = { .read_only = true };
    tl_store *a = NULL, *b = NULL;
    tl_store_copied copied;
    tl_status st = tl_store_open(&a, from, &reading, err);
    if (st == TL_OK && (st = tl_store_open(&b, to, NULL, err)) == TL_OK &&
        (st = tl_store_copy(a, b, &cli->log, &copied, err)) == TL_OK)
        st = print(cli, tl_store_address(a), tl_store_address(b), &copied, err);
    tl_store_close(a);
    tl_store_close(b);
    return st;
}

static int run(tl_cli *cli, int argc, char **argv)
{
    const char *from = NULL, *to = NULL;
    tl_error err = { 0 };
    const tl_option options[] = { { "from", TL_OPTION_TEXT, &from },
                                  { "to", TL_OPTION_TEXT, &to } };
    if (tl_options_take(options, 2, &argc, argv, &err) != TL_OK)
        return tl_cli_fail(cli, &err);
    if (argc != 1 || !from || !to)
        return tl_cli_usage(cli, &tl_command_migrate);
    return migrate(cli, from, to, &err) == TL_OK ? TL_EXIT_OK : tl_cli_fail(cli, &err);
}

const tl_command tl_command_migrate = {
    .name = "migrate",
    .usage = "--from ADDRESS --to ADDRESS",
    .summary_en = "copy a whole database from a file to a PostgreSQL server, or back",
    .summary_zh = "把整个数据库从文件迁移到 PostgreSQL 服务器，或迁回",
    .run = run,
};
