/* verdict.h - how every importer hands back the rows it refused. */
#ifndef TL_CLI_VERDICT_H
#define TL_CLI_VERDICT_H

#include "cli/cli.h"
#include "format/json.h"
#include "intake/refusal.h"

/* Member "refusals": [{row, reason}]. */
void tl_cli_json_refusals(tl_json *j, const tl_row_refusal *refusals, size_t n);

/* The first twenty as warnings, and how many more there are. */
void tl_cli_warn_refusals(const tl_cli *cli, const tl_row_refusal *refusals, size_t n);

/* All of them as a CSV file that Excel opens; path NULL does nothing. The import is done by then,
 * so a failure is logged, not printed as an error of the call. */
tl_status tl_cli_save_refusals(const tl_cli *cli, const char *path, const tl_row_refusal *refusals,
                               size_t n);

#endif
