/* dataset_print.h - how the dataset command shows sets and their differences. */
#ifndef TL_CLI_DATASET_PRINT_H
#define TL_CLI_DATASET_PRINT_H

#include "cli/cli.h"
#include "dataset/diff.h"

/* All rows of all files of a set. */
int64_t tl_cli_dataset_rows(const tl_dataset *set);

void tl_cli_put_sets(const tl_cli *cli, const tl_dataset *sets, size_t n, tl_buf *out);
void tl_cli_put_set(const tl_cli *cli, const tl_dataset *set, tl_buf *out);

/* `most`: rows shown of a file as text, 0 = all; JSON always has all. */
void tl_cli_put_diff(const tl_cli *cli, const tl_dataset *from, const tl_dataset *to,
                     const tl_diff_file *files, size_t n, size_t most, tl_buf *out);

#endif
