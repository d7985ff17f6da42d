/* pack.h - data sets in one file, for a phone, a laptop or a place without a network. */
#ifndef TL_CLI_PACK_H
#define TL_CLI_PACK_H

#include "cli/cli.h"

/* Writes every current set of factors and of search words into a zip: <id>/manifest.yaml and the
 * set's files, as they were installed. Says on stdout what is in it. */
TL_MUST_CHECK tl_status tl_cli_pack(tl_cli *cli, tl_store *s, const char *path, tl_error *err);

/* Unpacks a zip of sets into a new temporary folder; *folders are those with a manifest, in the
 * order of the file, *root is to be removed by tl_cli_unpacked_remove. In the arena. */
TL_MUST_CHECK tl_status tl_cli_unpack(tl_cli *cli, const char *path, const char **root,
                                      const char ***folders, size_t *n, tl_error *err);
void tl_cli_unpacked_remove(const char *root);

#endif
