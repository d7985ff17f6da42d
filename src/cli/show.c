/* show.c - one way out for every report. */
#include "cli/show.h"

#include "base/file.h"

tl_status tl_cli_show(const tl_cli *cli, const tl_report *r, const char *out, tl_error *err)
{
    tl_buf b;
    if (!r)
        return tl_fail_nomem(err);
    tl_buf_init(&b, 0);
    tl_status st =
        cli->json ? tl_report_as_json(r, &b, err) : tl_report_as_text(r, cli->zh, &b, err);
    if (st == TL_OK && out)
        st = tl_report_save(r, out, err);
    if (st == TL_OK)
        st = tl_cli_print(&b, err);
    tl_buf_clear(&b);
    return st;
}

tl_status tl_cli_save(const char *path, tl_buf *b, tl_status st, tl_error *err)
{
    if (st == TL_OK)
        st = tl_file_write(path, tl_buf_text(b), b->len, err);
    tl_buf_clear(b);
    return st;
}
