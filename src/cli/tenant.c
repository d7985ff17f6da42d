/* tenant.c - `tanlian tenant`: organisations. */
#include "account/tenant.h"
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
    const tl_tenant *all;
    size_t n;
    tl_status st = tl_tenant_list(c->store, c->cli->arena, &all, &n, err);
    return st == TL_OK ? tl_cli_show(c->cli, tl_report_tenants(all, n, c->cli->arena), c->out, err)
                       : st;
}

static tl_status add(tl_account_call *c, tl_error *err)
{
    tl_tenant t = {
        .id = c->argv[0], .name_en = c->name_en, .name_zh = c->name_zh, .company = c->company
    };
    tl_status st = tl_cli_account_need("kind", c->kind, err);
    if (st == TL_OK)
        st = tl_tenant_kind_parse(c->kind, &t.kind, err);
    return st == TL_OK ? tl_tenant_add(c->store, &c->by, &t, c->now, err) : st;
}

static const tl_account_form forms[] = {
    { "list", 0, false, nothing, show },
    { "add", 1, true, add, show },
};

static int run(tl_cli *cli, int argc, char **argv)
{
    return tl_cli_account_run(cli, &tl_command_tenant, forms, sizeof forms / sizeof *forms, argc,
                              argv);
}

const tl_command tl_command_tenant = {
    .name = "tenant",
    .usage = "list [--out FILE.csv|.xlsx|.json]\n"
             "add ID --kind operator|company|verifier|bank|regulator --name-en NAME --name-zh NAME "
             "[--company ID]",
    .summary_en = "organisations that have people here",
    .summary_zh = "使用本平台的机构",
    .run = run,
};
