/* letter.c - the texts of the mails, and fields put into them. */
#include "exchange/letter.h"

#include <stddef.h>
#include <string.h>

#include "base/text.h"

enum { FIELD_MAX = 2000 };

#define SENT_BY_EN                                                                                 \
    "\n\n-- \nTanlian. This mail was sent by a program; nobody reads answers to it.\n"
#define SENT_BY_ZH "\n\n-- \n碳链。本邮件由系统自动发送，请勿直接回复。\n"

static const struct text {
    const char *code;
    const char *subject_en, *body_en, *subject_zh, *body_zh;
} texts[TL_LETTERS] = {
    [TL_LETTER_TRIAL] = { "trial", "Tanlian: trial mail",
                          "This is a trial. Sending mail works.\n" SENT_BY_EN, "碳链：测试邮件",
                          "这是一封测试邮件。邮件发送功能正常。\n" SENT_BY_ZH },
    [TL_LETTER_INVITATION] = { "invitation", "Tanlian: invitation to {organisation}",
                               "{name},\n\n"
                               "you are invited to {organisation} on Tanlian. This link lets you "
                               "in:\n\n{link}\n\n"
                               "It works once, until {until}. If you expect no invitation, leave "
                               "it: nothing happens.\n" SENT_BY_EN,
                               "碳链：邀请您加入{organisation}",
                               "{name}：\n\n"
                               "您受邀加入碳链平台上的“{organisation}”。请打开以下链接：\n\n{link}"
                               "\n\n"
                               "链接只能使用一次，有效期至 {until}"
                               "。如与您无关，请忽略本邮件。\n" SENT_BY_ZH },
    [TL_LETTER_RESET] = { "reset", "Tanlian: a new password",
                          "{name},\n\n"
                          "somebody asked for a new password of your account. This link lets you "
                          "set one:\n\n{link}\n\n"
                          "It works once, until {until}. If it was not you, leave it: your "
                          "password stays as it is.\n" SENT_BY_EN,
                          "碳链：重置密码",
                          "{name}：\n\n"
                          "有人申请重置您账户的密码。请打开以下链接设置新密码：\n\n{link}\n\n"
                          "链接只能使用一次，有效期至 {until}"
                          "。如非您本人操作，请忽略本邮件，密码不会改变。\n" SENT_BY_ZH },
    [TL_LETTER_PASSWORD_CHANGED] = { "password-changed", "Tanlian: your password was changed",
                                     "{name},\n\n"
                                     "the password of your account was changed ({when}), and all "
                                     "its sessions have ended.\n\n"
                                     "If it was not you, ask for a new password at once and tell "
                                     "your administrator.\n" SENT_BY_EN,
                                     "碳链：您的密码已更改",
                                     "{name}：\n\n"
                                     "您账户的密码已更改（{when}），全部会话已结束。\n\n"
                                     "如非您本人操作，请立即重置密码并告知管理员。\n" SENT_BY_ZH },
    [TL_LETTER_FACTOR_ON] = { "second-factor-on", "Tanlian: second factor turned on",
                              "{name},\n\n"
                              "a second factor was turned on for your account ({when}). Signing in "
                              "by password needs a code of your authenticator app from now on, and "
                              "your other sessions have ended.\n\n"
                              "If it was not you, tell your administrator at once.\n" SENT_BY_EN,
                              "碳链：已启用两步验证",
                              "{name}：\n\n"
                              "您的账户已启用第二验证因素（{when}）。今后用密码登录须输入身份验证器"
                              "应用的验证码，其他会话已结束。\n\n"
                              "如非您本人操作，请立即告知管理员。\n" SENT_BY_ZH },
    [TL_LETTER_FACTOR_OFF] = { "second-factor-off", "Tanlian: second factor turned off",
                               "{name},\n\n"
                               "the second factor of your account was turned off ({when}). The "
                               "password alone opens it now.\n\n"
                               "If it was not you, ask for a new password at once and tell your "
                               "administrator.\n" SENT_BY_EN,
                               "碳链：已停用两步验证",
                               "{name}：\n\n"
                               "您账户的第二验证因素已停用（{when}），现在仅凭密码即可登录。\n\n"
                               "如非您本人操作，请立即重置密码并告知管理员。\n" SENT_BY_ZH },
    [TL_LETTER_LOAN_NOTICE] = { "loan-notice", "Tanlian: footprint corrected, facility {facility}",
                                "{name},\n\n"
                                "a published footprint that facility {facility} counts on was "
                                "corrected.\n\n"
                                "Product: {item}\nBefore: {before}\nAfter: {after}\n"
                                "Corrected: {when}\nReason: {reason}\n\n"
                                "The margin may change from the next test on; the results of "
                                "earlier tests stay as they were.\n" SENT_BY_EN,
                                "碳链：碳足迹更正，贷款 {facility}",
                                "{name}：\n\n"
                                "贷款“{facility}”所依据的一项已发布碳足迹已更正。\n\n"
                                "产品：{item}\n更正前：{before}\n更正后：{after}\n"
                                "更正时间：{when}\n原因：{reason}\n\n"
                                "利差自下次测试起可能变化，以往测试结果不变。\n" SENT_BY_ZH },
    [TL_LETTER_EPD_EXPIRING] = { "epd-expiring", "Tanlian: a declaration ends on {until}",
                                 "{name},\n\n"
                                 "the environmental product declaration {item} ends on {until}. "
                                 "From that day it no longer counts in footprints; register a new "
                                 "one before.\n" SENT_BY_EN,
                                 "碳链：环境产品声明将于 {until} 到期",
                                 "{name}：\n\n"
                                 "环境产品声明 {item} 将于 {until} "
                                 "到期，此后不再计入碳足迹。请提前登记新的声明。\n" SENT_BY_ZH },
};

/* The fields that may stand in braces. */
static const struct field {
    const char *name;
    size_t at;
} fields[] = {
    { "name", offsetof(tl_letter, name) },
    { "organisation", offsetof(tl_letter, organisation) },
    { "facility", offsetof(tl_letter, facility) },
    { "link", offsetof(tl_letter, link) },
    { "item", offsetof(tl_letter, item) },
    { "before", offsetof(tl_letter, before) },
    { "after", offsetof(tl_letter, after) },
    { "when", offsetof(tl_letter, when) },
    { "until", offsetof(tl_letter, until) },
    { "reason", offsetof(tl_letter, reason) },
};

static const char *value_of(const tl_letter *l, tl_span name)
{
    const char *value = NULL;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (tl_span_is(name, fields[i].name))
            memcpy(&value, (const char *)l + fields[i].at, sizeof value);
    return value;
}

/* What is put in is not read for fields again. */
static tl_status fill(const tl_letter *l, const char *text, tl_arena *arena, const char **out,
                      tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, TL_MAIL_BODY_MAX);
    tl_status st = TL_OK;
    for (const char *p = text; *p && st == TL_OK;) {
        size_t plain = strcspn(p, "{");
        tl_buf_add(&b, p, plain);
        p += plain;
        if (!*p)
            break;
        const tl_span name = { p + 1, strcspn(p + 1, "}") };
        const char *value = value_of(l, name);
        if (!value || !*value || strlen(value) > FIELD_MAX || !tl_text_plain(value, false))
            st = tl_fail(err, TL_EINPUT,
                         "letter '%s': expected " TL_SPAN_FMT " of 1 to %d bytes on one line",
                         texts[l->kind].code, TL_SPAN_ARG(name), (int)FIELD_MAX);
        else
            tl_buf_str(&b, value);
        p += name.n + 2;
    }
    if (st == TL_OK && (st = tl_buf_status(&b, err)) == TL_OK &&
        !(*out = tl_arena_str(arena, tl_buf_text(&b))))
        st = tl_fail_nomem(err);
    tl_buf_clear(&b);
    return st;
}

/* A long name of an organisation does not keep a letter from being sent. */
static void cut_subject(char *s)
{
    size_t n = strlen(s), at = 0, len;
    while (at < n) {
        tl_utf8_next(s + at, n - at, &len);
        if (at + len > TL_MAIL_SUBJECT_MAX)
            break;
        at += len;
    }
    s[at] = '\0';
}

tl_status tl_letter_write(const tl_letter *l, tl_arena *arena, tl_mail *out, tl_error *err)
{
    const char *subject = NULL, *body = NULL;
    *out = (tl_mail){ 0 };
    if (l->kind >= TL_LETTERS)
        return tl_fail(err, TL_EINPUT, "no such letter");
    bool zh = tl_text_equal(l->language, "zh");
    const struct text *t = &texts[l->kind];
    tl_status st = fill(l, zh ? t->subject_zh : t->subject_en, arena, &subject, err);
    if (st == TL_OK)
        st = fill(l, zh ? t->body_zh : t->body_en, arena, &body, err);
    char *cut = st == TL_OK ? tl_arena_str(arena, subject) : NULL;
    if (st == TL_OK && !cut)
        st = tl_fail_nomem(err);
    if (st != TL_OK)
        return st;
    cut_subject(cut);
    *out = (tl_mail){
        .to = l->to, .to_name = l->name, .subject = cut, .body = body, .language = zh ? "zh" : "en"
    };
    return TL_OK;
}

const char *tl_letter_code(tl_letter_kind kind)
{
    return kind < TL_LETTERS ? texts[kind].code : NULL;
}
