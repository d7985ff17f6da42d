/* operate.h - operations at the command line: "tanlian rate rank --top 5". */
#ifndef TL_CLI_OPERATE_H
#define TL_CLI_OPERATE_H

#include <stdio.h>

#include "cli/cli.h"
#include "operation/operation.h"

/* The operation that the first one to three words name, NULL if none; *words says how many. */
const tl_operation *tl_cli_find_operation(int argc, char **argv, int *words);

/* Reads the arguments behind the name, runs, prints the report (or writes the document) and what
 * --out, --chart and --refused ask for. The exit code of the program. */
int tl_cli_operate(tl_cli *cli, const tl_operation *o, int argc, char **argv);

/* The usage of all operations of a list, a line each. */
void tl_cli_operations_usage(FILE *out, const tl_cli *cli, const tl_operations *list);

/* The list whose name is `name`, NULL if there is none. */
const tl_operations *tl_cli_find_operations(const char *name);

#endif
