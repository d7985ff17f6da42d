/* account.c - people, organisations and API keys as reports. */
#include "report/account.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/text.h"

static const tl_column people_columns[] = {
    { .key = "email", .name = { "e-mail", "邮箱" }, .kind = TL_COLUMN_TEXT },
    { .key = "name", .name = { "name", "姓名" }, .kind = TL_COLUMN_TEXT },
    { .key = "tenant", .name = { "organisation", "机构" }, .kind = TL_COLUMN_TEXT },
    { .key = "role_names", .name = { "roles", "角色" }, .kind = TL_COLUMN_LABEL },
    { .key = "state", .name = { "state", "状态" }, .kind = TL_COLUMN_WORD },
    { .key = "password", .name = { "password set", "已设密码" }, .kind = TL_COLUMN_BOOL },
    { .key = "factor", .name = { "second factor", "两步验证" }, .kind = TL_COLUMN_BOOL },
    { .key = "language", .name = { "language", "语言" }, .kind = TL_COLUMN_TEXT },
    { .key = "roles",
      .name = { "role codes", "角色代码" },
      .kind = TL_COLUMN_TEXT,
      .files_only = true },
    { .key = "id", .name = { "id", "编号" }, .kind = TL_COLUMN_TEXT, .files_only = true },
    { .key = "made_at",
      .name = { "since", "建立时间" },
      .kind = TL_COLUMN_TEXT,
      .files_only = true },
};

static const tl_column invitation_columns[] = {
    { .key = "email", .name = { "e-mail", "邮箱" }, .kind = TL_COLUMN_TEXT },
    { .key = "name", .name = { "name", "姓名" }, .kind = TL_COLUMN_TEXT },
    { .key = "tenant", .name = { "organisation", "机构" }, .kind = TL_COLUMN_TEXT },
    { .key = "role_names", .name = { "roles", "角色" }, .kind = TL_COLUMN_LABEL },
    { .key = "ends_at", .name = { "works until", "有效期至" }, .kind = TL_COLUMN_TEXT },
    { .key = "roles",
      .name = { "role codes", "角色代码" },
      .kind = TL_COLUMN_TEXT,
      .files_only = true },
};

static const tl_column tenant_columns[] = {
    { .key = "tenant", .name = { "id", "编号" }, .kind = TL_COLUMN_TEXT },
    { .key = "kind", .name = { "kind", "类型" }, .kind = TL_COLUMN_WORD },
    { .key = "name", .name = { "name", "名称" }, .kind = TL_COLUMN_LABEL },
    { .key = "company", .name = { "company", "企业" }, .kind = TL_COLUMN_TEXT },
    { .key = "made_at", .name = { "since", "建立时间" }, .kind = TL_COLUMN_TEXT },
};

static const tl_column key_columns[] = {
    { .key = "key", .name = { "id", "编号" }, .kind = TL_COLUMN_TEXT },
    { .key = "name", .name = { "name", "名称" }, .kind = TL_COLUMN_TEXT },
    { .key = "email", .name = { "e-mail", "邮箱" }, .kind = TL_COLUMN_TEXT },
    { .key = "tenant", .name = { "organisation", "机构" }, .kind = TL_COLUMN_TEXT },
    { .key = "read_only", .name = { "read only", "只读" }, .kind = TL_COLUMN_BOOL },
    { .key = "state", .name = { "state", "状态" }, .kind = TL_COLUMN_WORD },
    { .key = "ends_at", .name = { "works until", "有效期至" }, .kind = TL_COLUMN_TEXT },
    { .key = "used_at", .name = { "last used", "上次使用" }, .kind = TL_COLUMN_TEXT },
    { .key = "rights", .name = { "rights", "权限" }, .kind = TL_COLUMN_TEXT, .files_only = true },
};

static const tl_column letter_columns[] = {
    { .key = "made_at", .name = { "time", "时间" }, .kind = TL_COLUMN_TEXT },
    { .key = "kind", .name = { "letter", "邮件" }, .kind = TL_COLUMN_WORD },
    { .key = "to", .name = { "to", "收件人" }, .kind = TL_COLUMN_TEXT },
    { .key = "state", .name = { "state", "状态" }, .kind = TL_COLUMN_WORD },
    { .key = "tries", .name = { "tries", "尝试次数" }, .kind = TL_COLUMN_INT },
    { .key = "error", .name = { "what went wrong", "失败原因" }, .kind = TL_COLUMN_TEXT },
    { .key = "ended_at", .name = { "sent or given up", "发送或放弃时间" }, .kind = TL_COLUMN_TEXT },
    { .key = "tenant", .name = { "organisation", "机构" }, .kind = TL_COLUMN_TEXT },
};

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* A moment as text; NULL (an empty cell) for none. */
static const char *moment(tl_arena *arena, int64_t unix_s)
{
    char text[TL_TIME_ISO];
    tl_time_format(unix_s, text);
    return unix_s && *text ? tl_arena_str(arena, text) : NULL;
}

typedef enum role_form { ROLE_CODE, ROLE_EN, ROLE_ZH } role_form;

static const char *join_roles(tl_arena *arena, uint32_t roles, role_form form)
{
    static const char *const between[] = { " ", ", ", "、" };
    const char *text = NULL;
    tl_buf b;
    tl_buf_init(&b, 0);
    for (int i = 0; i < TL_ROLES; i++) {
        tl_role_word w = tl_role_words((tl_role)i);
        if (roles & TL_ROLE_BIT(i))
            tl_buf_printf(&b, "%s%s", b.len ? between[form] : "",
                          form == ROLE_CODE ? w.code
                          : form == ROLE_EN ? w.en
                                            : w.zh);
    }
    if (tl_buf_status(&b, NULL) == TL_OK)
        text = tl_arena_str(arena, tl_buf_text(&b));
    tl_buf_clear(&b);
    return text;
}

static void put_roles(tl_report *r, tl_arena *arena, uint32_t roles)
{
    tl_report_label(
        r, (tl_label){ join_roles(arena, roles, ROLE_EN), join_roles(arena, roles, ROLE_ZH) });
}

static void put_member(tl_report *r, const tl_member *m, tl_arena *arena)
{
    static const tl_label active = { "active", "启用" }, disabled = { "disabled", "停用" };
    tl_report_text(r, m->user.email);
    tl_report_text(r, m->user.name);
    tl_report_text(r, m->tenant);
    put_roles(r, arena, m->roles);
    tl_report_word(r, m->user.disabled ? "disabled" : "active",
                   m->user.disabled ? disabled : active);
    tl_report_bool(r, m->user.has_password);
    tl_report_bool(r, m->user.has_factor);
    tl_report_text(r, m->user.language);
    tl_report_text(r, join_roles(arena, m->roles, ROLE_CODE));
    tl_report_text(r, m->user.id);
    tl_report_text(r, moment(arena, m->user.made_at));
}

tl_report *tl_report_people(const tl_people_view *v)
{
    tl_report *r = tl_report_new(v->arena, "people", (tl_label){ "People", "人员" });
    if (!r)
        return NULL;
    tl_report_table(r, "people", (tl_label){ "People and their roles", "人员与角色" },
                    people_columns, COUNT(people_columns));
    for (size_t i = 0; i < v->n; i++)
        put_member(r, &v->members[i], v->arena);
    if (v->n_invitations == 0)
        return r;
    tl_report_table(r, "invitations", (tl_label){ "Open invitations", "待接受的邀请" },
                    invitation_columns, COUNT(invitation_columns));
    for (size_t i = 0; i < v->n_invitations; i++) {
        const tl_invitation *x = &v->invitations[i];
        tl_report_text(r, x->email);
        tl_report_text(r, x->name);
        tl_report_text(r, x->tenant);
        put_roles(r, v->arena, x->roles);
        tl_report_text(r, moment(v->arena, x->ends_at));
        tl_report_text(r, join_roles(v->arena, x->roles, ROLE_CODE));
    }
    return r;
}

tl_report *tl_report_tenants(const tl_tenant *list, size_t n, tl_arena *arena)
{
    tl_report *r = tl_report_new(arena, "tenants", (tl_label){ "Organisations", "机构" });
    if (!r)
        return NULL;
    tl_report_table(r, "tenants", (tl_label){ "Organisations and their kinds", "机构与类型" },
                    tenant_columns, COUNT(tenant_columns));
    for (size_t i = 0; i < n; i++) {
        tl_role_word kind = tl_tenant_kind_words(list[i].kind);
        tl_report_text(r, list[i].id);
        tl_report_word(r, kind.code, (tl_label){ kind.en, kind.zh });
        tl_report_label(r, (tl_label){ list[i].name_en, list[i].name_zh });
        tl_report_text(r, list[i].company);
        tl_report_text(r, moment(arena, list[i].made_at));
    }
    return r;
}

static void put_state(tl_report *r, const tl_api_key *k, int64_t now)
{
    if (k->revoked_at)
        tl_report_word(r, "revoked", (tl_label){ "revoked", "已吊销" });
    else if (k->ends_at <= now)
        tl_report_word(r, "expired", (tl_label){ "expired", "已过期" });
    else
        tl_report_word(r, "active", (tl_label){ "active", "有效" });
}

static const char *join_rights(tl_arena *arena, uint64_t rights)
{
    const char *text = NULL;
    tl_buf b;
    tl_buf_init(&b, 0);
    for (int i = 0; i < TL_RIGHTS; i++)
        if (rights & TL_RIGHT_BIT(i))
            tl_buf_printf(&b, "%s%s", b.len ? " " : "", tl_right_name((tl_right)i));
    if (tl_buf_status(&b, NULL) == TL_OK)
        text = tl_arena_str(arena, tl_buf_text(&b));
    tl_buf_clear(&b);
    return text;
}

tl_report *tl_report_api_keys(const tl_api_key *list, size_t n, int64_t now, tl_arena *arena)
{
    tl_report *r = tl_report_new(arena, "api-keys", (tl_label){ "API keys", "API 密钥" });
    if (!r)
        return NULL;
    tl_report_table(r, "keys", (tl_label){ "Keys and their state", "密钥与状态" }, key_columns,
                    COUNT(key_columns));
    for (size_t i = 0; i < n; i++) {
        const tl_api_key *k = &list[i];
        tl_report_text(r, k->id);
        tl_report_text(r, k->name);
        tl_report_text(r, k->email);
        tl_report_text(r, k->tenant);
        tl_report_bool(r, k->read_only);
        put_state(r, k, now);
        tl_report_text(r, moment(arena, k->ends_at));
        if (k->used_at)
            tl_report_text(r, moment(arena, k->used_at));
        else
            tl_report_empty(r, (tl_label){ "never", "从未使用" });
        tl_report_text(r, join_rights(arena, k->rights));
    }
    return r;
}

static const struct letter_word {
    const char *code;
    tl_label words;
} letter_words[] = {
    { "invitation", { "invitation", "邀请" } },
    { "reset", { "new password", "重置密码" } },
    { "password-changed", { "password changed", "密码已更改" } },
    { "second-factor-on", { "second factor on", "已启用两步验证" } },
    { "second-factor-off", { "second factor off", "已停用两步验证" } },
    { "loan-notice", { "footprint corrected", "碳足迹更正" } },
    { "epd-expiring", { "declaration ends", "环境产品声明到期" } },
};

static tl_label letter_word(const char *code)
{
    for (size_t i = 0; i < COUNT(letter_words); i++)
        if (tl_text_equal(letter_words[i].code, code))
            return letter_words[i].words;
    return (tl_label){ "letter", "邮件" };
}

tl_report *tl_report_letters(const tl_outbox_letter *list, size_t n, tl_arena *arena)
{
    static const tl_label states[] = { { "waiting", "待发送" },
                                       { "sent", "已发送" },
                                       { "given up", "已放弃" } };
    tl_report *r =
        tl_report_new(arena, "letters", (tl_label){ "Mails of the service", "系统邮件" });
    if (!r)
        return NULL;
    tl_report_table(r, "letters", (tl_label){ "The newest first", "最近的在前" }, letter_columns,
                    COUNT(letter_columns));
    for (size_t i = 0; i < n; i++) {
        const tl_outbox_letter *l = &list[i];
        tl_report_text(r, moment(arena, l->made_at));
        tl_report_word(r, l->kind, letter_word(l->kind));
        tl_report_text(r, l->to);
        tl_report_word(r, tl_outbox_state_name(l->state), states[l->state]);
        tl_report_int(r, l->tries);
        if (*l->error)
            tl_report_text(r, l->error);
        else
            tl_report_empty(r, (tl_label){ "nothing", "无" });
        if (l->ended_at)
            tl_report_text(r, moment(arena, l->ended_at));
        else
            tl_report_empty(r, (tl_label){ "not yet", "尚未" });
        if (*l->tenant)
            tl_report_text(r, l->tenant);
        else
            tl_report_empty(r, (tl_label){ "of the person alone", "与机构无关" });
    }
    return r;
}
