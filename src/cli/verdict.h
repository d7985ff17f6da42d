/* verdict.h - how every importer hands back the rows it refused. */
#ifndef TL_CLI_VERDICT_H
#define TL_CLI_VERDICT_H

#include "cli/cli.h"
#include "intake/refused_rows.h"

/* What follows the verdict on stdout: the first twenty refusals as warnings, and all of them as a
 * file (path NULL: none): .xlsx gives the refused rows of the source back to be put right, any
 * other name a list of rows and reasons as CSV that Excel opens. The import is done by then, so a
 * file that cannot be written is logged, not printed as an error of the call. Gives the exit code
 * of the call. */
int tl_cli_end_verdict(const tl_cli *cli, const char *path, const tl_refused_source *source,
                       const tl_row_refusal *refusals, size_t n);

#endif
