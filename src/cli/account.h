/* account.h - what the commands over people, organisations and keys share. */
#ifndef TL_CLI_ACCOUNT_H
#define TL_CLI_ACCOUNT_H

#include "account/role.h"
#include "cli/cli.h"

/* One call of such a command: the options it may take, and what it works with. */
typedef struct tl_account_call {
    tl_cli *cli;
    const tl_command *command;
    tl_store *store;
    tl_viewer by; /* who has the database in hand: all rights */
    int64_t now;
    int argc; /* words behind the form's name */
    char **argv;
    const char *tenant, *name, *language, *base, *kind, *name_en, *name_zh, *company, *out;
    tl_option_list roles, rights;
    int64_t days;
    bool read_only;
} tl_account_call;

typedef struct tl_account_form {
    const char *name;
    int words; /* behind it */
    bool writes;
    tl_status (*run)(tl_account_call *c, tl_error *err); /* inside a transaction */
    /* shows the outcome, after the commit; NULL: nothing to show */
    tl_status (*show)(tl_account_call *c, tl_error *err);
} tl_account_form;

/* Takes the options, finds the form, opens the database, runs, commits, shows. Gives the exit
 * code. */
int tl_cli_account_run(tl_cli *cli, const tl_command *command, const tl_account_form *forms,
                       size_t n, int argc, char **argv);

/* Roles of --role; 0 where none was given. */
TL_MUST_CHECK tl_status tl_cli_account_roles(const tl_account_call *c, uint32_t *out,
                                             tl_error *err);

/* Fails unless the option was given. */
TL_MUST_CHECK tl_status tl_cli_account_need(const char *option, const char *value, tl_error *err);

/* Prints a text that is seen this once: alone on stdout, so that it can be piped into a mail; under
 * --json as {"<key>": text}. */
TL_MUST_CHECK tl_status tl_cli_account_print_once(const tl_account_call *c, const char *key,
                                                  const char *text, tl_error *err);

#endif
