/* cli.h - what every command has in hand, and the command table.
 *
 * Data goes to stdout, talk to stderr. Exit codes: 0 done, 1 some rows refused (the rest is done),
 * 2 bad usage or input, 3 not found, 4 forbidden, 5 system. */
#ifndef TL_CLI_CLI_H
#define TL_CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/log.h"
#include "base/memory.h"
#include "store/store.h"

enum {
    TL_EXIT_OK = 0,
    TL_EXIT_PARTIAL = 1,
    TL_EXIT_INPUT = 2,
    TL_EXIT_NOTFOUND = 3,
    TL_EXIT_FORBIDDEN = 4,
    TL_EXIT_SYSTEM = 5
};

/* The state of one call of the program; options common to all commands are already read. */
typedef struct tl_cli {
    const char *program;  /* path of this program, for finding data/ */
    const char *version;  /* of this program */
    const char *database; /* --db, TANLIAN_DB, or "tanlian.db" */
    const char *data_dir; /* folder of the bundled data sets */
    bool zh;              /* --lang zh */
    bool json, quiet;
    unsigned threads; /* --threads, 0 = one per processor */
    tl_log log;
    tl_arena *arena; /* lives as long as the call */
} tl_cli;

typedef enum tl_option_kind {
    TL_OPTION_FLAG,
    TL_OPTION_TEXT,
    TL_OPTION_INT,
    TL_OPTION_NUMBER,
    TL_OPTION_LIST
} tl_option_kind;

/* A repeated option, such as --set a=b --set c=d. */
typedef struct tl_option_list {
    const char *items[32];
    size_t n;
} tl_option_list;

/* One "--name" a command understands; target is bool*, const char**, int64_t*, double*,
 * tl_option_list*. */
typedef struct tl_option {
    const char *name;
    tl_option_kind kind;
    void *target;
} tl_option;

/* Takes the options out of argv, in any order; *argc and argv keep the rest. "--" ends options. */
TL_MUST_CHECK tl_status tl_options_take(const tl_option *options, size_t n, int *argc, char **argv,
                                        tl_error *err);

/* The same, but leaves options it does not know where they are. */
TL_MUST_CHECK tl_status tl_options_take_known(const tl_option *options, size_t n, int *argc,
                                              char **argv, tl_error *err);

typedef struct tl_command {
    const char *name;
    const char
        *usage; /* "search WORDS [--region R] ..." without program and name, one line a form */
    const char *summary_en, *summary_zh;
    int (*run)(tl_cli *cli, int argc, char **argv); /* argv[0] is the command's name */
} tl_command;

/* The exit code for a status. */
int tl_cli_exit_code(tl_status st);

/* Prints the error to stderr (and as JSON to stdout under --json) and gives the exit code for it.
 */
int tl_cli_fail(const tl_cli *cli, const tl_error *err);

/* "usage: ..." of a command, exit code 2. */
int tl_cli_usage(const tl_cli *cli, const tl_command *command);

/* The same text to stdout, exit code 0. */
int tl_cli_help(const tl_cli *cli, const tl_command *command);

/* Opens the database of the call. */
TL_MUST_CHECK tl_status tl_cli_store(tl_cli *cli, const tl_store_opts *opts, tl_store **out,
                                     tl_error *err);

/* Its address as it may be shown: without a password. */
const char *tl_cli_database(const tl_cli *cli);

/* Writes the buffer to stdout; a failed write (closed pipe, full disk) is an error. */
TL_MUST_CHECK tl_status tl_cli_print(const tl_buf *text, tl_error *err);

extern const tl_command tl_command_lca;      /* lca.c */
extern const tl_command tl_command_init;     /* init.c */
extern const tl_command tl_command_migrate;  /* migrate.c */
extern const tl_command tl_command_registry; /* registry_lint.c */
extern const tl_command tl_command_api;      /* api.c */
extern const tl_command tl_command_serve;    /* serve.c */
extern const tl_command tl_command_demo;     /* demo.c */
extern const tl_command tl_command_mail;     /* mail.c */

#endif
