/* show.h - a report onto the terminal and into the file asked for. */
#ifndef TL_CLI_SHOW_H
#define TL_CLI_SHOW_H

#include "cli/cli.h"
#include "report/report.h"

/* Prints r as text or JSON as the call asks, and writes it to `out` (NULL: nowhere) by its ending.
 * r NULL: out of memory. */
TL_MUST_CHECK tl_status tl_cli_show(const tl_cli *cli, const tl_report *r, const char *out,
                                    tl_error *err);

/* Writes a drawing or document that was made into b where st is TL_OK, and releases b. */
TL_MUST_CHECK tl_status tl_cli_save(const char *path, tl_buf *b, tl_status st, tl_error *err);

#endif
