/* user.c - `tanlian user`: people, their roles, and the links that let them in. */
#include "account/user.h"
#include "account/session.h"
#include "account/token.h"
#include "cli/account.h"
#include "cli/show.h"
#include "report/account.h"

static tl_status show_all(tl_account_call *c, tl_error *err)
{
    tl_people_view v = { .arena = c->cli->arena };
    tl_status st = tl_user_list(c->store, c->tenant, v.arena, &v.members, &v.n, err);
    if (st == TL_OK)
        st = tl_invitation_list(c->store, c->tenant, c->now, v.arena, &v.invitations,
                                &v.n_invitations, err);
    return st == TL_OK ? tl_cli_show(c->cli, tl_report_people(&v), c->out, err) : st;
}

static tl_status list(tl_account_call *c, tl_error *err)
{
    tl_tenant t;
    return c->tenant ? tl_tenant_get(c->store, c->tenant, c->cli->arena, &t, err) : TL_OK;
}

/* The person a command was about. */
static tl_status show_one(tl_account_call *c, tl_error *err)
{
    tl_people_view v = { .arena = c->cli->arena };
    tl_user u;
    tl_status st = tl_user_find(c->store, c->argv[0], v.arena, &u, err);
    if (st == TL_OK)
        st = tl_user_places(c->store, u.id, v.arena, &v.members, &v.n, err);
    const tl_member alone = { .user = u };
    if (st == TL_OK && v.n == 0) {
        v.members = &alone;
        v.n = 1;
    }
    return st == TL_OK ? tl_cli_show(c->cli, tl_report_people(&v), c->out, err) : st;
}

static tl_status add(tl_account_call *c, tl_error *err)
{
    const tl_user u = { .email = c->argv[0], .name = c->name, .language = c->language };
    char id[TL_ACCOUNT_ID];
    uint32_t roles;
    tl_status st = tl_cli_account_roles(c, &roles, err);
    if (st == TL_OK)
        st = tl_cli_account_need("tenant", c->tenant, err);
    if (st == TL_OK)
        st = tl_cli_account_need("name", c->name, err);
    return st == TL_OK ? tl_user_add(c->store, &c->by, &u, c->tenant, roles, c->now, id, err) : st;
}

/* A link is printed before the transaction ends: one that could not be printed is not kept. */
static tl_status print_link(tl_account_call *c, const char *link, tl_error *err)
{
    tl_log_write(&c->cli->log, TL_LOG_INFO,
                 c->cli->zh ? "请把下面的链接发给本人；链接只能使用一次，不再显示"
                            : "mail this link to the person; it works once and is not shown again");
    return tl_cli_account_print_once(c, "link", link, err);
}

static tl_status invite(tl_account_call *c, tl_error *err)
{
    tl_invitation i = {
        .email = c->argv[0], .name = c->name, .language = c->language, .tenant = c->tenant
    };
    const char *link;
    tl_status st = tl_cli_account_roles(c, &i.roles, err);
    if (st == TL_OK)
        st = tl_cli_account_need("tenant", c->tenant, err);
    if (st == TL_OK)
        st = tl_cli_account_need("name", c->name, err);
    if (st == TL_OK)
        st = tl_invitation_link(c->store, &c->by, &i, c->base, c->now, c->cli->arena, &link, err);
    return st == TL_OK ? print_link(c, link, err) : st;
}

static tl_status first(tl_account_call *c, tl_error *err)
{
    const tl_invitation i = { .email = c->argv[0], .name = c->name, .language = c->language };
    const tl_tenant runs_it = { .id = c->tenant, .name_en = c->name_en, .name_zh = c->name_zh };
    const char *link;
    tl_status st = tl_cli_account_need("tenant", c->tenant, err);
    if (st == TL_OK)
        st = tl_cli_account_need("name", c->name, err);
    if (st == TL_OK)
        st = tl_account_first_link(c->store, &i, &runs_it, c->base, c->now, c->cli->arena, &link,
                                   err);
    return st == TL_OK ? print_link(c, link, err) : st;
}

static tl_status reset(tl_account_call *c, tl_error *err)
{
    const char *link;
    tl_status st = tl_reset_link(c->store, c->argv[0], c->base, tl_viewer_name(&c->by), c->now,
                                 c->cli->arena, &link, err);
    return st == TL_OK ? print_link(c, link, err) : st;
}

static tl_status set_disabled(tl_account_call *c, bool disabled, tl_error *err)
{
    tl_user u;
    tl_status st = tl_user_find(c->store, c->argv[0], c->cli->arena, &u, err);
    return st == TL_OK ? tl_user_set_disabled(c->store, &c->by, u.id, disabled, err) : st;
}

static tl_status disable(tl_account_call *c, tl_error *err)
{
    return set_disabled(c, true, err);
}

static tl_status enable(tl_account_call *c, tl_error *err)
{
    return set_disabled(c, false, err);
}

static tl_status log_out(tl_account_call *c, tl_error *err)
{
    tl_user u;
    int64_t ended = 0;
    tl_status st = tl_user_find(c->store, c->argv[0], c->cli->arena, &u, err);
    if (st == TL_OK)
        st = tl_session_revoke_others(c->store, tl_viewer_name(&c->by), u.id, NULL, &ended, err);
    if (st == TL_OK)
        tl_log_write(&c->cli->log, TL_LOG_INFO,
                     c->cli->zh ? "已结束 %lld 个会话" : "%lld sessions ended", (long long)ended);
    return st;
}

static tl_status roles(tl_account_call *c, tl_error *err)
{
    tl_user u;
    uint32_t bits;
    tl_status st = tl_cli_account_roles(c, &bits, err);
    if (st == TL_OK)
        st = tl_cli_account_need("tenant", c->tenant, err);
    if (st == TL_OK)
        st = tl_user_find(c->store, c->argv[0], c->cli->arena, &u, err);
    return st == TL_OK ? tl_user_set_roles(c->store, &c->by, u.id, c->tenant, bits, c->now, err)
                       : st;
}

static const tl_account_form forms[] = {
    { "list", 0, false, list, show_all },      { "add", 1, true, add, show_one },
    { "invite", 1, true, invite, NULL },       { "first", 1, true, first, NULL },
    { "disable", 1, true, disable, show_one }, { "enable", 1, true, enable, show_one },
    { "logout", 1, true, log_out, show_one },  { "roles", 1, true, roles, show_one },
    { "reset", 1, true, reset, NULL },
};

static int run(tl_cli *cli, int argc, char **argv)
{
    return tl_cli_account_run(cli, &tl_command_user, forms, sizeof forms / sizeof *forms, argc,
                              argv);
}

const tl_command tl_command_user = {
    .name = "user",
    .usage = "list [--tenant ID] [--out FILE.csv|.xlsx|.json]\n"
             "first EMAIL --name NAME --tenant ID --name-en ORGANISATION [--base https://HOST]\n"
             "invite EMAIL --name NAME --tenant ID --role ROLE [--role ROLE ...] "
             "[--language zh|en] [--base https://HOST]\n"
             "add EMAIL --name NAME --tenant ID --role ROLE [--role ROLE ...]\n"
             "roles EMAIL --tenant ID [--role ROLE ...]     (no role: leaves the organisation)\n"
             "disable EMAIL\n"
             "enable EMAIL\n"
             "logout EMAIL     (ends all sessions)\n"
             "reset EMAIL [--base https://HOST]",
    .summary_en = "people, their roles, invitations and password resets",
    .summary_zh = "人员、角色、邀请与密码重置",
    .run = run,
};
