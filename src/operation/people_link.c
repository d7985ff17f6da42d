/* people_link.c - the links that let people in: invitations, the first one, resets. */
#include <string.h>

#include "account/token.h"
#include "base/clock.h"
#include "format/json.h"
#include "job/outbox.h"
#include "operation/people.h"

/* To one address by one organisation: who invites shall not fill somebody's mailbox. */
enum { INVITATIONS_A_DAY = 5 };

static const char *fields_of(const char *organisation, const char *until, tl_arena *arena)
{
    const char *text = NULL;
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "organisation", organisation);
    tl_json_text(&j, "until", until);
    tl_json_end(&j);
    if (tl_buf_status(&b, NULL) == TL_OK)
        text = tl_arena_str(arena, tl_buf_text(&b));
    tl_buf_clear(&b);
    return text;
}

tl_status tl_people_once(tl_call *c, const char *name, const char *key, const char *secret,
                         tl_error *err)
{
    bool link = key[0] == 'l';
    tl_report *r = tl_report_new(
        c->arena, name, link ? (tl_label){ "Link", "链接" } : (tl_label){ "API key", "API 密钥" });
    if (!r)
        return tl_fail_nomem(err);
    tl_report_fact(r, key, link ? (tl_label){ "link", "链接" } : (tl_label){ "key", "密钥" },
                   secret);
    if (link)
        tl_report_note(r, (tl_label){ "It works once and is not shown again. Mail it to the person "
                                      "it was made for, to nobody else.",
                                      "链接只能使用一次，不再显示。请仅发给本人。" });
    else
        tl_report_note(r, (tl_label){ "It is not shown again. Keep it safe.",
                                      "密钥只显示这一次，请妥善保管。" });
    return tl_call_report(c, r, err);
}

/* The letter of an invitation: of its link only what stands behind the host is the asker's. */
static tl_status mail_invitation(tl_call *c, const tl_invitation *i, const char *link, bool *mailed,
                                 tl_error *err)
{
    char until[TL_TIME_ISO];
    tl_tenant t;
    int64_t number, lately;
    const tl_call_mail *m = c->mail;
    tl_outbox_letter l = { .kind = "invitation",
                           .to = i->email,
                           .name = i->name,
                           .language = i->language,
                           .tenant = i->tenant,
                           .holder = m->holder };
    tl_status st = tl_outbox_count_to(c->store, &l, c->now - 86400, &lately, err);
    if (st != TL_OK || lately >= INVITATIONS_A_DAY)
        return st;
    if ((st = tl_tenant_get(c->store, i->tenant, c->arena, &t, err)) != TL_OK)
        return st;
    bool zh = strcmp(i->language, "zh") == 0;
    tl_time_format(c->now + TL_INVITATION_S, until);
    const char *organisation = zh ? t.name_zh : t.name_en;
    if (!organisation || !*organisation)
        organisation = zh ? t.name_en : t.name_zh;
    const char *whole = tl_arena_printf(c->arena, "%s%s", m->base, strstr(link, "/invitation#"));
    l.fields = fields_of(organisation, until, c->arena);
    if (!whole || !l.fields)
        return tl_fail_nomem(err);
    if ((st = tl_outbox_put(c->store, &l, c->now, &number, err)) == TL_OK)
        m->hold(m->ctx, number, whole);
    *mailed = st == TL_OK;
    return st;
}

static tl_status tell_invitation(tl_call *c, const char *link, const char *email, bool mailed,
                                 tl_error *err)
{
    tl_report *r = tl_report_new(c->arena, "user-invite", (tl_label){ "Link", "链接" });
    if (!r)
        return tl_fail_nomem(err);
    tl_report_fact(r, "link", (tl_label){ "link", "链接" }, link);
    tl_report_fact(r, "mailed_to", (tl_label){ "mailed to", "发送至" }, mailed ? email : NULL);
    if (mailed)
        tl_report_note(r, (tl_label){ "The link is on its way by mail. It works once and is not "
                                      "shown again.",
                                      "链接正通过邮件发送，只能使用一次，不再显示。" });
    else
        tl_report_note(r, (tl_label){ "It works once and is not shown again. Mail it to the person "
                                      "it was made for, to nobody else.",
                                      "链接只能使用一次，不再显示。请仅发给本人。" });
    return tl_call_report(c, r, err);
}

tl_status tl_run_user_invite(tl_call *c, tl_error *err)
{
    tl_invitation i = { .email = tl_call_text(c, "user"),
                        .name = tl_call_text(c, "name"),
                        .language = tl_people_language(c) };
    const char *link, *base = tl_call_text(c, "base");
    bool mailed = false;
    tl_status st = tl_people_roles(c, &i.roles, err);
    if (st == TL_OK)
        st = tl_people_tenant(c, &i.tenant, err);
    if (st != TL_OK || (st = tl_store_begin(c->store, err)) != TL_OK)
        return st;
    st = tl_invitation_link(c->store, c->viewer, &i, base ? base : c->base, c->now, c->arena, &link,
                            err);
    if (st == TL_OK && c->mail)
        st = mail_invitation(c, &i, link, &mailed, err);
    st = tl_people_end(c, st, err);
    return st == TL_OK ? tell_invitation(c, link, i.email, mailed, err) : st;
}

tl_status tl_run_user_first(tl_call *c, tl_error *err)
{
    const tl_invitation i = { .email = tl_call_text(c, "user"),
                              .name = tl_call_text(c, "name"),
                              .language = tl_people_language(c) };
    const tl_tenant runs_it = { .id = tl_call_text(c, "tenant"),
                                .name_en = tl_call_text(c, "name-en"),
                                .name_zh = tl_call_text(c, "name-zh") };
    const char *link;
    tl_status st = tl_store_begin(c->store, err);
    if (st != TL_OK)
        return st;
    st = tl_account_first_link(c->store, &i, &runs_it, tl_call_text(c, "base"), c->now, c->arena,
                               &link, err);
    st = tl_people_end(c, st, err);
    return st == TL_OK ? tl_people_once(c, "user-first", "link", link, err) : st;
}

tl_status tl_run_user_reset(tl_call *c, tl_error *err)
{
    const char *link;
    tl_status st = tl_store_begin(c->store, err);
    if (st != TL_OK)
        return st;
    st = tl_reset_link(c->store, tl_call_text(c, "user"), tl_call_text(c, "base"), tl_call_who(c),
                       c->now, c->arena, &link, err);
    st = tl_people_end(c, st, err);
    return st == TL_OK ? tl_people_once(c, "user-reset", "link", link, err) : st;
}
