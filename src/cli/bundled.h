/* bundled.h - the data sets that ship with the program, installed together. */
#ifndef TL_CLI_BUNDLED_H
#define TL_CLI_BUNDLED_H

#include "cli/cli.h"
#include "intake/set_install.h"

/* Installs every set below cli->data_dir, in the order of their names, in one transaction: all or
 * none. *sets (in the arena of the call) says what became of each. TL_ENOTFOUND without the folder.
 */
TL_MUST_CHECK tl_status tl_cli_install_bundled(tl_cli *cli, tl_store *s, tl_set_installed **sets,
                                               size_t *n, tl_error *err);

#endif
