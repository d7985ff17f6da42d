/* role.c - which role may do what: the one table. */
#include "account/role.h"

#include <string.h>

#include "base/buf.h"

#define V TL_ROLE_BIT(TL_ROLE_VISITOR)
#define CE TL_ROLE_BIT(TL_ROLE_COMPANY_EDITOR)
#define CA TL_ROLE_BIT(TL_ROLE_COMPANY_APPROVER)
#define VE TL_ROLE_BIT(TL_ROLE_VERIFIER)
#define AN TL_ROLE_BIT(TL_ROLE_ANALYST)
#define RE TL_ROLE_BIT(TL_ROLE_REVIEWER)
#define PU TL_ROLE_BIT(TL_ROLE_PUBLISHER)
#define RR TL_ROLE_BIT(TL_ROLE_REGULATOR_READER)
#define BO TL_ROLE_BIT(TL_ROLE_BANK_OFFICER)
#define AD TL_ROLE_BIT(TL_ROLE_ADMINISTRATOR)
#define ALL TL_ROLES_ALL

/* What a right needs: one of these roles. */
static const struct right_row {
    uint32_t roles;          /* in any organisation that can give them */
    uint32_t operator_roles; /* further ones, in the organisation that runs the installation */
    bool writes;
    bool personal; /* never in an API key */
} right_rows[TL_RIGHTS] = {
    [TL_RIGHT_PUBLIC_READ] = { .roles = ALL },
    [TL_RIGHT_RECORD_READ] = { .roles = CE | CA | VE | PU | RR },
    [TL_RIGHT_RECORD_EDIT] = { .roles = CE, .writes = true },
    [TL_RIGHT_RECORD_STEP] = { .roles = CA | VE | PU, .writes = true },
    [TL_RIGHT_RECORD_PUBLISH] = { .roles = PU, .writes = true },
    [TL_RIGHT_EPD_EDIT] = { .roles = CE, .writes = true },
    [TL_RIGHT_EPD_VERIFY] = { .roles = VE, .writes = true },
    [TL_RIGHT_EPD_REGISTER] = { .roles = PU, .writes = true },
    [TL_RIGHT_ASSESSMENT_READ] = { .roles = AN | RE | PU | RR },
    [TL_RIGHT_ASSESSMENT_WRITE] = { .roles = AN, .writes = true },
    [TL_RIGHT_ASSESSMENT_REVIEW] = { .roles = RE, .writes = true },
    [TL_RIGHT_ASSESSMENT_PUBLISH] = { .roles = PU, .writes = true },
    [TL_RIGHT_ASSESSMENT_REPLY] = { .roles = CA, .writes = true },
    [TL_RIGHT_INVENTORY_READ] = { .roles = CE | CA | VE | RR },
    [TL_RIGHT_INVENTORY_EDIT] = { .roles = CE, .writes = true },
    [TL_RIGHT_INVENTORY_APPROVE] = { .roles = CA, .writes = true },
    [TL_RIGHT_INVENTORY_VERIFY] = { .roles = VE, .writes = true },
    [TL_RIGHT_COMPANY_EDIT] = { .roles = AN, .operator_roles = AD, .writes = true },
    [TL_RIGHT_LOAN_READ] = { .roles = BO | RR },
    [TL_RIGHT_LOAN_EDIT] = { .roles = BO, .writes = true },
    [TL_RIGHT_JOB_READ] = { .roles = ALL & ~V },
    [TL_RIGHT_JOB_RUN] = { .roles = ALL & ~(V | RR), .writes = true },
    [TL_RIGHT_KEY] = { .roles = ALL & ~V, .writes = true, .personal = true },
    [TL_RIGHT_PEOPLE] = { .roles = AD, .writes = true, .personal = true },
    [TL_RIGHT_TENANT] = { .operator_roles = AD, .writes = true, .personal = true },
    [TL_RIGHT_DATASET_INSTALL] = { .operator_roles = AD, .writes = true },
    [TL_RIGHT_AUDIT_READ] = { .roles = RR, .operator_roles = AD },
    [TL_RIGHT_FACTOR_PROPOSE] = { .roles = ALL & ~(V | RR), .writes = true },
};

/* A company's administrator gives out that company's own work and nothing that judges it. The
 * operator gives no company's roles: it would be author and publisher at once. */
static const struct kind_row {
    tl_role_word word;
    uint32_t roles;
} kind_rows[TL_TENANT_KINDS] = {
    [TL_TENANT_OPERATOR] = { { "operator", "operator of the installation", "平台运营方" },
                             V | AN | RE | PU | RR | AD },
    [TL_TENANT_COMPANY] = { { "company", "company", "企业" }, V | CE | CA | AD },
    [TL_TENANT_VERIFIER] = { { "verifier", "verification body", "核查机构" }, V | VE | AD },
    [TL_TENANT_BANK] = { { "bank", "bank", "银行" }, V | BO | AD },
    [TL_TENANT_REGULATOR] = { { "regulator", "regulator", "监管机构" }, V | RR | AD },
};

static const tl_role_word role_rows[TL_ROLES] = {
    [TL_ROLE_VISITOR] = { "visitor", "visitor", "访客" },
    [TL_ROLE_COMPANY_EDITOR] = { "company-editor", "company editor", "企业填报员" },
    [TL_ROLE_COMPANY_APPROVER] = { "company-approver", "company approver", "企业审批人" },
    [TL_ROLE_VERIFIER] = { "verifier", "verifier", "核查员" },
    [TL_ROLE_ANALYST] = { "analyst", "analyst", "分析员" },
    [TL_ROLE_REVIEWER] = { "reviewer", "reviewer", "复核员" },
    [TL_ROLE_PUBLISHER] = { "publisher", "publisher", "发布员" },
    [TL_ROLE_REGULATOR_READER] = { "regulator-reader", "regulator (reader)", "监管查阅员" },
    [TL_ROLE_BANK_OFFICER] = { "bank-officer", "bank officer", "银行信贷员" },
    [TL_ROLE_ADMINISTRATOR] = { "administrator", "administrator", "管理员" },
};

tl_role_word tl_role_words(tl_role role)
{
    return role < TL_ROLES ? role_rows[role] : (tl_role_word){ "?", "?", "?" };
}

tl_role_word tl_tenant_kind_words(tl_tenant_kind kind)
{
    return kind < TL_TENANT_KINDS ? kind_rows[kind].word : (tl_role_word){ "?", "?", "?" };
}

static const char *role_code(int i)
{
    return role_rows[i].code;
}

static const char *kind_code(int i)
{
    return kind_rows[i].word.code;
}

static const char *right_code(int i)
{
    return tl_right_name((tl_right)i);
}

static tl_status find_code(const char *what, const char *code, const char *(*name)(int), int n,
                           int *out, tl_error *err)
{
    tl_buf known;
    for (int i = 0; i < n; i++)
        if (tl_text_equal(name(i), code)) {
            *out = i;
            return TL_OK;
        }
    tl_buf_init(&known, 0);
    for (int i = 0; i < n; i++)
        tl_buf_printf(&known, "%s%s", i ? ", " : "", name(i));
    tl_fail(err, TL_EINPUT, "no %s '%s', expected one of %s", what, code ? code : "",
            tl_buf_text(&known));
    tl_buf_clear(&known);
    return TL_EINPUT;
}

tl_status tl_role_parse(const char *code, tl_role *out, tl_error *err)
{
    int i = 0;
    tl_status st = find_code("role", code, role_code, TL_ROLES, &i, err);
    *out = (tl_role)i;
    return st;
}

tl_status tl_tenant_kind_parse(const char *code, tl_tenant_kind *out, tl_error *err)
{
    int i = 0;
    tl_status st = find_code("kind of organisation", code, kind_code, TL_TENANT_KINDS, &i, err);
    *out = (tl_tenant_kind)i;
    return st;
}

tl_status tl_right_parse(const char *code, tl_right *out, tl_error *err)
{
    int i = 0;
    tl_status st = find_code("right", code, right_code, TL_RIGHTS, &i, err);
    *out = (tl_right)i;
    return st;
}

uint32_t tl_role_allowed(tl_tenant_kind kind)
{
    return kind < TL_TENANT_KINDS ? kind_rows[kind].roles : 0;
}

uint64_t tl_role_rights(uint32_t roles, tl_tenant_kind kind)
{
    uint64_t rights = 0;
    roles &= tl_role_allowed(kind);
    for (int i = 0; i < TL_RIGHTS; i++) {
        uint32_t by = right_rows[i].roles;
        if (kind == TL_TENANT_OPERATOR)
            by |= right_rows[i].operator_roles;
        if (roles & by)
            rights |= TL_RIGHT_BIT(i);
    }
    return rights;
}

uint64_t tl_role_read_rights(void)
{
    uint64_t rights = 0;
    for (int i = 0; i < TL_RIGHTS; i++)
        rights |= right_rows[i].writes ? 0 : TL_RIGHT_BIT(i);
    return rights;
}

uint64_t tl_role_personal_rights(void)
{
    uint64_t rights = 0;
    for (int i = 0; i < TL_RIGHTS; i++)
        rights |= right_rows[i].personal ? TL_RIGHT_BIT(i) : 0;
    return rights;
}

tl_status tl_role_second_person(const char *author, const char *second, const char *item,
                                tl_error *err)
{
    if (!author || !second || !*author || !*second)
        return tl_fail(err, TL_EFORBIDDEN, "%s: author and second person must both be known", item);
    if (strcmp(author, second) == 0)
        return tl_fail(err, TL_EFORBIDDEN,
                       "%s: %s is its author; somebody else has to take this step", item, author);
    return TL_OK;
}
