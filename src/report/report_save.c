/* report_save.c - the file's ending says what is written. */
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "report/report.h"

static tl_status as_csv(const tl_report *r, tl_buf *out, tl_error *err)
{
    return tl_report_as_csv(r, NULL, out, err);
}

static const struct way {
    const char *ending;
    tl_status (*write)(const tl_report *r, tl_buf *out, tl_error *err); /* NULL: writes the file */
} ways[] = {
    { ".csv", as_csv },
    { ".json", tl_report_as_json },
    { ".xlsx", NULL },
    { ".zip", tl_report_as_zip },
};

tl_status tl_report_save(const tl_report *r, const char *path, tl_error *err)
{
    const char *ending = strrchr(tl_path_base(path), '.');
    const struct way *w = NULL;
    for (size_t i = 0; ending && i < sizeof ways / sizeof *ways; i++)
        if (strcasecmp(ending, ways[i].ending) == 0)
            w = &ways[i];
    if (!w)
        return tl_fail(err, TL_EINPUT,
                       "%s: expected a name that ends in .csv, .xlsx, .json or .zip", path);
    if (!w->write)
        return tl_report_write_xlsx(r, path, err);
    tl_buf out;
    tl_buf_init(&out, 0);
    tl_status st = w->write(r, &out, err);
    if (st == TL_OK)
        st = tl_file_write(path, tl_buf_text(&out), out.len, err);
    tl_buf_clear(&out);
    return st;
}
