/* by_operation.h - operations in the form of commands, so that one table of steps holds both. */
#ifndef TL_CLI_TESTS_BY_OPERATION_H
#define TL_CLI_TESTS_BY_OPERATION_H

#include "cli/cli.h"
#include "cli/operate.h"

/* As main does: the operation by its words, else the usage of the list. */
static int by_operation(tl_cli *cli, int argc, char **argv)
{
    int words;
    const tl_operation *o = tl_cli_find_operation(argc, argv, &words);
    if (o)
        return tl_cli_operate(cli, o, argc - words, argv + words);
    tl_cli_operations_usage(stderr, cli, tl_cli_find_operations(argv[0]));
    return TL_EXIT_INPUT;
}

/* The command of that name. */
#define BY_OPERATION(word)                                                                         \
    {                                                                                              \
        .name = (word), .run = by_operation                                                        \
    }

#endif
