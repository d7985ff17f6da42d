/* verdict.c - refusals as warnings and as a file. */
#include "cli/verdict.h"

#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "format/csv_write.h"
#include "format/message.h"

enum { REFUSALS_SHOWN = 20 };

static void warn(const tl_cli *cli, const tl_row_refusal *refusals, size_t n)
{
    for (size_t i = 0; i < n && i < REFUSALS_SHOWN; i++)
        tl_log_write(&cli->log, TL_LOG_WARN, "%s",
                     tl_message_said(cli->arena, refusals[i].reason, cli->zh));
    if (n > REFUSALS_SHOWN)
        tl_log_write(&cli->log, TL_LOG_WARN,
                     cli->zh ? "另有 %zu 行被拒绝（--refused 文件 可取全部）"
                             : "and %zu more (--refused FILE gives all)",
                     n - REFUSALS_SHOWN);
}

static void put_rows(const tl_cli *cli, tl_buf *b, const tl_row_refusal *refusals, size_t n)
{
    tl_csv_writer w = tl_csv_write_start(b, &(tl_csv_write_opts){ .mark = true, .guard = true });
    tl_csv_write_text(&w, "row");
    tl_csv_write_text(&w, "reason");
    tl_csv_write_end(&w);
    for (size_t i = 0; i < n; i++) {
        tl_csv_write_int(&w, (int64_t)refusals[i].row);
        tl_csv_write_text(&w, tl_message_said(cli->arena, refusals[i].reason, cli->zh));
        tl_csv_write_end(&w);
    }
}

static tl_status save(const tl_cli *cli, const char *path, const tl_row_refusal *refusals, size_t n,
                      tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    put_rows(cli, &b, refusals, n);
    tl_status st = tl_buf_status(&b, err);
    if (st == TL_OK)
        st = tl_file_write(path, tl_buf_text(&b), b.len, err);
    tl_buf_clear(&b);
    return st;
}

static bool ends_with(const char *s, const char *tail)
{
    size_t n = strlen(s), m = strlen(tail);
    return n >= m && strcasecmp(s + n - m, tail) == 0;
}

int tl_cli_end_verdict(const tl_cli *cli, const char *path, const tl_refused_source *source,
                       const tl_row_refusal *refusals, size_t n)
{
    tl_error err = { 0 };
    warn(cli, refusals, n);
    if (path &&
        (ends_with(path, ".xlsx") ? tl_refused_rows_save(path, source, refusals, n, cli->zh, &err)
                                  : save(cli, path, refusals, n, &err)) != TL_OK) {
        tl_log_write(&cli->log, TL_LOG_ERROR, "%s", tl_message_said(cli->arena, err.text, cli->zh));
        return tl_cli_exit_code(err.status);
    }
    return n ? TL_EXIT_PARTIAL : TL_EXIT_OK;
}
