/* account_role.c - what each role may, in words: the table of account/role.c for people. */
#include "base/buf.h"
#include "report/account.h"

static const tl_label right_words[TL_RIGHTS] = {
    [TL_RIGHT_PUBLIC_READ] = { "read what is published", "查阅已公布内容" },
    [TL_RIGHT_RECORD_READ] = { "see footprints before publication", "查看未公布的碳足迹" },
    [TL_RIGHT_RECORD_EDIT] = { "write the company's footprints", "编辑本企业碳足迹" },
    [TL_RIGHT_RECORD_STEP] = { "check footprints and hand them on", "核对并移交碳足迹" },
    [TL_RIGHT_RECORD_PUBLISH] = { "publish and withdraw footprints", "公布与撤回碳足迹" },
    [TL_RIGHT_EPD_EDIT] = { "write the company's declarations", "编辑本企业环境产品声明" },
    [TL_RIGHT_EPD_VERIFY] = { "question and verify declarations", "对声明提问并核查" },
    [TL_RIGHT_EPD_REGISTER] = { "register declarations", "注册环境产品声明" },
    [TL_RIGHT_ASSESSMENT_READ] = { "see ratings before publication", "查看未发布的企业评价" },
    [TL_RIGHT_ASSESSMENT_WRITE] = { "write assessments", "编写企业评价" },
    [TL_RIGHT_ASSESSMENT_REVIEW] = { "take the second look at assessments", "复核企业评价" },
    [TL_RIGHT_ASSESSMENT_PUBLISH] = { "publish ratings", "发布企业评价" },
    [TL_RIGHT_ASSESSMENT_REPLY] = { "reply to a rating", "回复企业评价" },
    [TL_RIGHT_INVENTORY_READ] = { "see enterprise accounts", "查看企业核算" },
    [TL_RIGHT_INVENTORY_EDIT] = { "write enterprise accounts", "编辑企业核算" },
    [TL_RIGHT_INVENTORY_APPROVE] = { "approve enterprise accounts", "审批企业核算" },
    [TL_RIGHT_INVENTORY_VERIFY] = { "verify enterprise accounts", "核查企业核算" },
    [TL_RIGHT_COMPANY_EDIT] = { "keep the register of companies", "维护企业名录" },
    [TL_RIGHT_LOAN_READ] = { "see loans", "查看贷款" },
    [TL_RIGHT_LOAN_EDIT] = { "write loans", "编辑贷款" },
    [TL_RIGHT_JOB_READ] = { "see jobs", "查看任务" },
    [TL_RIGHT_JOB_RUN] = { "start jobs", "启动任务" },
    [TL_RIGHT_KEY] = { "make API keys of one's own", "管理本人 API 密钥" },
    [TL_RIGHT_PEOPLE] = { "keep the people of the organisation", "管理本机构人员" },
    [TL_RIGHT_TENANT] = { "keep organisations", "管理机构" },
    [TL_RIGHT_DATASET_INSTALL] = { "install data sets", "安装数据集" },
    [TL_RIGHT_AUDIT_READ] = { "read the audit chain", "查阅审计链" },
    [TL_RIGHT_FACTOR_PROPOSE] = { "propose emission factors", "提出排放因子" },
};

tl_label tl_word_right(tl_right right)
{
    return right < TL_RIGHTS && right_words[right].en ? right_words[right] : (tl_label){ "?", "?" };
}

typedef enum form { CODE, EN, ZH } form;

/* The rights as a list; all may read what is published, which goes without saying. */
static const char *join(tl_arena *arena, uint64_t rights, form f)
{
    static const char *const between[] = { " ", "; ", "；" };
    const char *text = NULL;
    tl_buf b;
    tl_buf_init(&b, 0);
    for (int i = 0; i < TL_RIGHTS; i++) {
        const tl_label word = tl_word_right((tl_right)i);
        if (!(rights & TL_RIGHT_BIT(i)) ||
            (f != CODE && i == TL_RIGHT_PUBLIC_READ && rights != TL_RIGHT_BIT(i)))
            continue;
        tl_buf_printf(&b, "%s%s", b.len ? between[f] : "",
                      f == CODE ? tl_right_name((tl_right)i)
                      : f == EN ? word.en
                                : word.zh);
    }
    if (tl_buf_status(&b, NULL) == TL_OK)
        text = tl_arena_str(arena, tl_buf_text(&b));
    tl_buf_clear(&b);
    return text;
}

static const tl_column columns[] = {
    { .key = "kind", .name = { "organisation", "机构类型" }, .kind = TL_COLUMN_WORD },
    { .key = "role", .name = { "role", "角色" }, .kind = TL_COLUMN_WORD },
    { .key = "may", .name = { "may", "权限说明" }, .kind = TL_COLUMN_LABEL },
    { .key = "rights",
      .name = { "rights", "权限代码" },
      .kind = TL_COLUMN_TEXT,
      .files_only = true },
};

static const tl_column right_columns[] = {
    { .key = "right", .name = { "right", "权限" }, .kind = TL_COLUMN_WORD },
    { .key = "changes", .name = { "changes something", "可更改" }, .kind = TL_COLUMN_BOOL },
    { .key = "in_key", .name = { "can be in an API key", "可授予密钥" }, .kind = TL_COLUMN_BOOL },
};

tl_report *tl_report_roles(tl_arena *arena)
{
    tl_report *r =
        tl_report_new(arena, "roles", (tl_label){ "What each role may", "各角色的权限" });
    if (!r)
        return NULL;
    tl_report_table(r, "roles", (tl_label){ "Roles by kind of organisation", "各类机构的角色" },
                    columns, sizeof columns / sizeof *columns);
    for (int kind = 0; kind < TL_TENANT_KINDS; kind++)
        for (int role = 0; role < TL_ROLES; role++) {
            const tl_role_word k = tl_tenant_kind_words((tl_tenant_kind)kind);
            const tl_role_word w = tl_role_words((tl_role)role);
            const uint64_t rights = tl_role_rights(TL_ROLE_BIT(role), (tl_tenant_kind)kind);
            if (!(tl_role_allowed((tl_tenant_kind)kind) & TL_ROLE_BIT(role)))
                continue;
            tl_report_word(r, k.code, (tl_label){ k.en, k.zh });
            tl_report_word(r, w.code, (tl_label){ w.en, w.zh });
            tl_report_label(r, (tl_label){ join(arena, rights, EN), join(arena, rights, ZH) });
            tl_report_text(r, join(arena, rights, CODE));
        }
    tl_report_table(r, "rights", (tl_label){ "Rights", "权限" }, right_columns, 3);
    for (int i = 0; i < TL_RIGHTS; i++) {
        tl_report_word(r, tl_right_name((tl_right)i), tl_word_right((tl_right)i));
        tl_report_bool(r, !(tl_role_read_rights() & TL_RIGHT_BIT(i)));
        tl_report_bool(r, !(tl_role_personal_rights() & TL_RIGHT_BIT(i)));
    }
    return r;
}
