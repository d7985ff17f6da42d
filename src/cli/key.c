/* key.c - `tanlian key`: API keys. */
#include "account/api_key.h"
#include "account/user.h"
#include "cli/account.h"
#include "cli/show.h"
#include "report/account.h"

static tl_status nothing(tl_account_call *c, tl_error *err)
{
    (void)c, (void)err;
    return TL_OK;
}

static tl_status show(tl_account_call *c, tl_error *err)
{
    const tl_api_key *all;
    size_t n;
    tl_status st = tl_api_key_list(c->store, c->tenant, NULL, c->cli->arena, &all, &n, err);
    return st == TL_OK
               ? tl_cli_show(c->cli, tl_report_api_keys(all, n, c->now, c->cli->arena), c->out, err)
               : st;
}

static tl_status read_rights(const tl_account_call *c, uint64_t *out, tl_error *err)
{
    *out = 0;
    for (size_t i = 0; i < c->rights.n; i++) {
        tl_right right;
        tl_status st = tl_right_parse(c->rights.items[i], &right, err);
        if (st != TL_OK)
            return tl_context(err, st, "--right");
        *out |= TL_RIGHT_BIT(right);
    }
    return TL_OK;
}

/* Printed before the transaction ends: a key that could not be printed is not kept. */
static tl_status add(tl_account_call *c, tl_error *err)
{
    tl_api_key k = { .tenant = c->tenant, .name = c->name, .read_only = c->read_only };
    char text[TL_API_KEY_TEXT];
    tl_user u;
    tl_status st = tl_cli_account_need("tenant", c->tenant, err);
    if (st == TL_OK)
        st = tl_cli_account_need("name", c->name, err);
    if (st == TL_OK)
        st = read_rights(c, &k.rights, err);
    if (st == TL_OK)
        st = tl_user_find(c->store, c->argv[0], c->cli->arena, &u, err);
    if (st != TL_OK)
        return st;
    k.user = u.id;
    if ((st = tl_api_key_add(c->store, &c->by, &k, c->days, c->now, text, err)) != TL_OK)
        return st;
    tl_log_write(&c->cli->log, TL_LOG_INFO,
                 c->cli->zh ? "请妥善保管；密钥只显示这一次"
                            : "keep it safe: the key is not shown again");
    st = tl_cli_account_print_once(c, "key", text, err);
    tl_secret_wipe(text, sizeof text);
    return st;
}

static tl_status revoke(tl_account_call *c, tl_error *err)
{
    return tl_api_key_revoke(c->store, &c->by, c->argv[0], c->now, err);
}

static const tl_account_form forms[] = {
    { "list", 0, false, nothing, show },
    { "add", 1, true, add, NULL },
    { "revoke", 1, true, revoke, show },
};

static int run(tl_cli *cli, int argc, char **argv)
{
    return tl_cli_account_run(cli, &tl_command_key, forms, sizeof forms / sizeof *forms, argc,
                              argv);
}

const tl_command tl_command_key = {
    .name = "key",
    .usage = "list [--tenant ID] [--out FILE.csv|.xlsx|.json]\n"
             "add EMAIL --tenant ID --name WHAT-FOR [--right RIGHT ...] [--read-only] [--days N]\n"
             "revoke ID",
    .summary_en = "API keys of people",
    .summary_zh = "API 密钥",
    .run = run,
};
