/* people_link.c - the links that let people in: invitations, the first one, resets. */
#include "account/token.h"
#include "operation/people.h"

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

tl_status tl_run_user_invite(tl_call *c, tl_error *err)
{
    tl_invitation i = { .email = tl_call_text(c, "user"),
                        .name = tl_call_text(c, "name"),
                        .language = tl_people_language(c) };
    const char *link;
    tl_status st = tl_people_roles(c, &i.roles, err);
    if (st == TL_OK)
        st = tl_people_tenant(c, &i.tenant, err);
    if (st != TL_OK || (st = tl_store_begin(c->store, err)) != TL_OK)
        return st;
    st = tl_invitation_link(c->store, c->viewer, &i, tl_call_text(c, "base"), c->now, c->arena,
                            &link, err);
    st = tl_people_end(c, st, err);
    return st == TL_OK ? tl_people_once(c, "user-invite", "link", link, err) : st;
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
