/* demo_people.c - somebody to be: one organisation of each kind, and people who sign in at the
 * page.
 *
 * All names are made up but that of the company whose card the carmaker's people see. The password
 * is drawn anew in each demo, is the same for all, and goes with the database. */
#include <string.h>

#include "account/tenant.h"
#include "account/token.h"
#include "base/clock.h"
#include "cli/demo.h"
#include "company/company.h"
#include "report/report.h"

#define MILL "demo-mill"

static const tl_company mill = { .id = MILL,
                                 .name_en = "Demo steel mill",
                                 .name_zh = "演示钢厂",
                                 .country = "",
                                 .region_group = "",
                                 .listed = "",
                                 .product_type = "",
                                 .industry = "",
                                 .parent = "",
                                 .inclusion = "",
                                 .source = "made up for the demo",
                                 .note = "" };

static const tl_tenant tenants[] = {
    { "demo-house", TL_TENANT_OPERATOR, "Demo research house", "演示研究机构", NULL, 0 },
    { "demo-carmaker", TL_TENANT_COMPANY, "Demo carmaker, as BYD", "演示整车企业（代表比亚迪）",
      "byd", 0 },
    { MILL, TL_TENANT_COMPANY, "Demo steel mill", "演示钢厂", MILL, 0 },
    { "demo-verifier", TL_TENANT_VERIFIER, "Demo verifier", "演示核查机构", NULL, 0 },
    { TL_DEMO_BANK, TL_TENANT_BANK, "Demo bank", "演示银行", NULL, 0 },
    { "demo-regulator", TL_TENANT_REGULATOR, "Demo regulator", "演示监管机构", NULL, 0 },
};

#define BIT(role) TL_ROLE_BIT(TL_ROLE_##role)
static const struct person {
    const char *email, *name, *tenant;
    uint32_t roles;
    tl_label may;
} people[] = {
    { "analyst@demo.example",
      "Anna",
      "demo-house",
      BIT(ANALYST),
      { .en = "assesses companies", .zh = "评价企业" } },
    { "reviewer@demo.example",
      "Robin",
      "demo-house",
      BIT(REVIEWER) | BIT(PUBLISHER) | BIT(ADMINISTRATOR),
      { .en = "reviews, publishes, keeps people and data sets",
        .zh = "复核、发布、管理人员与数据集" } },
    { "carmaker@demo.example",
      "Cai",
      "demo-carmaker",
      BIT(COMPANY_EDITOR) | BIT(COMPANY_APPROVER),
      { .en = "works on the footprints of its cars, replies to its rating",
        .zh = "填报车型碳足迹、回应评价" } },
    { "mill@demo.example",
      "Mei",
      MILL,
      BIT(COMPANY_EDITOR) | BIT(COMPANY_APPROVER),
      { .en = "declares steel", .zh = "编制钢铁产品声明" } },
    { "verifier@demo.example",
      "Vera",
      "demo-verifier",
      BIT(VERIFIER),
      { .en = "questions and verifies declarations", .zh = "提问并核查声明" } },
    { "bank@demo.example",
      "Bo",
      TL_DEMO_BANK,
      BIT(BANK_OFFICER),
      { .en = "lends by footprint", .zh = "办理碳足迹挂钩贷款" } },
    { "regulator@demo.example",
      "Ren",
      "demo-regulator",
      BIT(REGULATOR_READER),
      { .en = "reads everything", .zh = "查阅全部" } },
};
enum { TENANTS = sizeof tenants / sizeof *tenants, PEOPLE = sizeof people / sizeof *people };

/* The organisations, and an invitation for each person, in one transaction. */
static tl_status invite(tl_demo *d, const tl_viewer *by, int64_t now, const char *links[PEOPLE],
                        tl_error *err)
{
    tl_company_change change;
    tl_status st = tl_store_begin(d->store, err);
    if (st != TL_OK)
        return st;
    st = tl_company_put(d->store, &mill, by->user, &change, err);
    for (size_t i = 0; i < TENANTS && st == TL_OK; i++)
        st = tl_tenant_add(d->store, by, &tenants[i], now, err);
    for (size_t i = 0; i < PEOPLE && st == TL_OK; i++) {
        const tl_invitation in = { .email = people[i].email,
                                   .name = people[i].name,
                                   .language = d->cli->zh ? "zh" : "en",
                                   .tenant = people[i].tenant,
                                   .roles = people[i].roles };
        st = tl_invitation_link(d->store, by, &in, "", now, d->cli->arena, &links[i], err);
    }
    if (st == TL_OK)
        return tl_store_commit(d->store, err);
    tl_store_rollback(d->store);
    return st;
}

/* "0a1b-2c3d-4e5f-6071" */
static tl_status draw_password(char out[20], tl_error *err)
{
    char hex[17];
    tl_status st = tl_secret_id(hex, 16, err);
    for (size_t i = 0, at = 0; st == TL_OK && i < 16; i++) {
        if (i && i % 4 == 0)
            out[at++] = '-';
        out[at++] = hex[i];
        out[at] = '\0';
    }
    return st;
}

tl_status tl_demo_people(tl_demo *d, tl_error *err)
{
    /* what OWASP asks at least: seven people are there at once, and the next login makes it more */
    static const tl_password_limits quick = { .passes = 2, .memory_bytes = 19u << 20 };
    const tl_viewer by = tl_viewer_operator(d->who);
    const char *links[PEOPLE];
    char user[TL_ACCOUNT_ID];
    int64_t now = tl_time_unix();
    tl_status st = draw_password(d->password, err);
    if (st == TL_OK)
        st = invite(d, &by, now, links, err);
    for (size_t i = 0; i < PEOPLE && st == TL_OK; i++)
        st = tl_invitation_accept(d->store, strchr(links[i], '#') + 1, d->password, &quick, now,
                                  user, err);
    tl_demo_end_step(d, "organisations and people, for the page", "机构与人员，供网页使用");
    return st;
}

void tl_demo_show_people(tl_demo *d)
{
    tl_buf_printf(&d->out,
                  d->cli->zh ? "\n可用以下身份登录网页，密码均为 %s（仅本次演示有效）\n"
                             : "\nPeople to sign in as at the page, all with the password %s, "
                               "which ends with this demo\n",
                  d->password);
    for (size_t i = 0; i < PEOPLE; i++)
        tl_buf_printf(&d->out, "  %-24s %s\n", people[i].email,
                      d->cli->zh ? people[i].may.zh : people[i].may.en);
}
