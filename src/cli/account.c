/* account.c - what `tanlian user`, `tenant` and `key` share: options, transaction, output. */
#include "cli/account.h"

#include <string.h>

#include "base/clock.h"
#include "cli/actor.h"
#include "format/json.h"

tl_status tl_cli_account_roles(const tl_account_call *c, uint32_t *out, tl_error *err)
{
    *out = 0;
    for (size_t i = 0; i < c->roles.n; i++) {
        tl_role role;
        tl_status st = tl_role_parse(c->roles.items[i], &role, err);
        if (st != TL_OK)
            return tl_context(err, st, "--role");
        *out |= TL_ROLE_BIT(role);
    }
    return TL_OK;
}

tl_status tl_cli_account_need(const char *option, const char *value, tl_error *err)
{
    return value && *value ? TL_OK : tl_fail(err, TL_EINPUT, "--%s is missing", option);
}

tl_status tl_cli_account_print_once(const tl_account_call *c, const char *key, const char *text,
                                    tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    if (c->cli->json) {
        tl_json j = tl_json_start(&b, true);
        tl_json_object(&j, NULL);
        tl_json_text(&j, key, text);
        tl_json_end(&j);
    } else {
        tl_buf_str(&b, text);
    }
    tl_buf_char(&b, '\n');
    tl_status st = tl_cli_print(&b, err);
    tl_buf_clear(&b);
    return st;
}

static const tl_account_form *find_form(const tl_account_form *forms, size_t n, int argc,
                                        char **argv)
{
    for (size_t i = 0; argc > 1 && i < n; i++)
        if (strcmp(argv[1], forms[i].name) == 0 && argc - 2 == forms[i].words)
            return &forms[i];
    return NULL;
}

static tl_status open_store(tl_account_call *c, bool writes, tl_error *err)
{
    const tl_store_opts opts = { .read_only = !writes, .must_exist = true };
    const char *actor = tl_cli_actor(c->cli->arena);
    if (!actor)
        return tl_fail_nomem(err);
    c->by = tl_viewer_operator(actor);
    c->now = tl_time_unix();
    return tl_cli_store(c->cli, &opts, &c->store, err);
}

static tl_status run_form(tl_account_call *c, const tl_account_form *form, tl_error *err)
{
    tl_status st = open_store(c, form->writes, err);
    if (st != TL_OK || (st = tl_store_begin(c->store, err)) != TL_OK)
        return st;
    if ((st = form->run(c, err)) == TL_OK && form->writes)
        st = tl_store_commit(c->store, err);
    else
        tl_store_rollback(c->store);
    return st == TL_OK && form->show ? form->show(c, err) : st;
}

int tl_cli_account_run(tl_cli *cli, const tl_command *command, const tl_account_form *forms,
                       size_t n, int argc, char **argv)
{
    tl_error err = { 0 };
    tl_account_call c = { .cli = cli, .command = command, .language = cli->zh ? "zh" : "en" };
    const tl_option options[] = {
        { "tenant", TL_OPTION_TEXT, &c.tenant },
        { "name", TL_OPTION_TEXT, &c.name },
        { "language", TL_OPTION_TEXT, &c.language },
        { "base", TL_OPTION_TEXT, &c.base },
        { "kind", TL_OPTION_TEXT, &c.kind },
        { "name-en", TL_OPTION_TEXT, &c.name_en },
        { "name-zh", TL_OPTION_TEXT, &c.name_zh },
        { "company", TL_OPTION_TEXT, &c.company },
        { "out", TL_OPTION_TEXT, &c.out },
        { "role", TL_OPTION_LIST, &c.roles },
        { "right", TL_OPTION_LIST, &c.rights },
        { "days", TL_OPTION_INT, &c.days },
        { "read-only", TL_OPTION_FLAG, &c.read_only },
    };
    tl_status st = tl_options_take(options, sizeof options / sizeof *options, &argc, argv, &err);
    const tl_account_form *form = st == TL_OK ? find_form(forms, n, argc, argv) : NULL;
    if (st == TL_OK && !form)
        return tl_cli_usage(cli, command);
    c.argc = argc - 2;
    c.argv = argv + 2;
    if (st == TL_OK)
        st = run_form(&c, form, &err);
    tl_store_close(c.store);
    return st == TL_OK ? TL_EXIT_OK : tl_cli_fail(cli, &err);
}
