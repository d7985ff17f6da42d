/* person.c - bodies of JSON, sessions in answers, transactions: for the routes of people. */
#include "server/person.h"

#include <string.h>

#include "account/user.h"
#include "base/clock.h"
#include "format/json_read.h"
#include "server/identity.h"
#include "server/post.h"

tl_status tl_person_body(tl_request *q, const char *const *names, const char **values, size_t n,
                         tl_error *err)
{
    tl_json_doc *doc;
    void *iterator = NULL;
    tl_json_value member;
    tl_span body = q->http->body;
    for (size_t i = 0; i < n; i++)
        values[i] = NULL;
    tl_status st = tl_json_read(&doc, "body", body.p, body.n, NULL, err);
    if (st != TL_OK)
        return st;
    st = tl_json_as_object(tl_json_root(doc), err);
    while (st == TL_OK && tl_json_member_next(tl_json_root(doc), &iterator, &member)) {
        size_t i = 0;
        while (i < n && strcmp(names[i], member.name) != 0)
            i++;
        const char *text;
        if (i == n)
            st = tl_json_fail(member, err, "is not known here");
        else if (!tl_json_missing(member) && (st = tl_json_as_text(member, &text, err)) == TL_OK &&
                 !(values[i] = tl_arena_str(q->http->arena, text)))
            st = tl_fail_nomem(err);
    }
    tl_json_doc_free(doc);
    return st;
}

tl_status tl_person_need(const char *const *names, const char *const *values, size_t n,
                         tl_error *err)
{
    for (size_t i = 0; i < n; i++)
        if (!values[i] || !*values[i])
            return tl_fail(err, TL_EINPUT, "body: $.%s is missing", names[i]);
    return TL_OK;
}

void tl_person_end(tl_request *q, tl_status st, const tl_error *err)
{
    if (st != TL_OK)
        tl_server_problem(q, err);
    tl_http_reply_header(q->reply, "Cache-Control", "private, no-store");
}

static void write_rights(tl_json *j, uint64_t rights)
{
    tl_json_array(j, "rights");
    for (tl_right r = 0; r < TL_RIGHTS; r++)
        if (rights & TL_RIGHT_BIT(r))
            tl_json_text(j, NULL, tl_right_name(r));
    tl_json_end(j);
}

void tl_person_write(tl_request *q, const tl_session *s)
{
    bool needs = false;
    tl_json j = tl_json_start(&q->reply->body, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "user", q->viewer.user);
    if (s && s->user) {
        tl_json_text(&j, "email", s->email);
        tl_json_text(&j, "name", s->name);
        tl_json_text(&j, "language", s->language);
        tl_json_text(&j, "tenant_en", s->tenant_en);
        tl_json_text(&j, "tenant_zh", s->tenant_zh);
        tl_json_text(&j, "csrf", s->csrf);
        tl_json_int(&j, "ends_at", s->ends_at);
        tl_identity_viewer(q, s, &needs);
        if (needs)
            tl_json_bool(&j, "needs_factor", true);
    }
    tl_json_text(&j, "tenant", s && s->user ? s->tenant : q->viewer.tenant);
    tl_json_text(&j, "company", q->viewer.company);
    write_rights(&j, q->viewer.rights);
    tl_json_end(&j);
    tl_buf_char(&q->reply->body, '\n');
    q->reply->type = "application/json";
}

tl_session_opts tl_person_session_opts(const tl_request *q)
{
    return (tl_session_opts){ .source = q->http->address,
                              .agent = tl_http_header(q->http, "User-Agent"),
                              .most = q->server->opts.sessions };
}

tl_password_limits tl_person_password_limits(const tl_request *q)
{
    return (tl_password_limits){ .leaked = q->server->opts.leaked_passwords };
}

tl_status tl_person_answer(tl_request *q, tl_store *s, const char *token, tl_error *err)
{
    tl_session session;
    tl_status st = tl_session_use(s, token, tl_time_unix(), q->http->arena, &session, err);
    if (st != TL_OK)
        return st;
    q->viewer = tl_identity_viewer(q, &session, NULL);
    q->http->who = q->viewer.user;
    tl_identity_cookie(q, token);
    tl_person_write(q, &session);
    return TL_OK;
}

tl_status tl_person_session(tl_request *q, tl_store **s, bool write, tl_error *err)
{
    if (!q->session || !q->session->user)
        return tl_fail(err, TL_EFORBIDDEN, "only who has logged in may do this");
    return tl_worker_store(q->worker, write, s, err);
}

tl_status tl_person_commit(tl_store *s, tl_status st, tl_error *err)
{
    if (st == TL_OK)
        return tl_store_commit(s, err);
    tl_store_rollback(s);
    return st;
}

void tl_person_roles(tl_json *j, uint32_t roles)
{
    tl_json_array(j, "roles");
    for (int i = 0; i < TL_ROLES; i++) {
        if (!(roles & TL_ROLE_BIT(i)))
            continue;
        tl_role_word word = tl_role_words((tl_role)i);
        tl_json_object(j, NULL);
        tl_json_text(j, "code", word.code);
        tl_json_text(j, "en", word.en);
        tl_json_text(j, "zh", word.zh);
        tl_json_end(j);
    }
    tl_json_end(j);
}

void tl_person_tell(tl_request *q, tl_store *s, const char *user, tl_letter_kind kind)
{
    char now[TL_TIME_ISO];
    tl_user u;
    if (!q->server->post || tl_user_get(s, user, q->http->arena, &u, NULL) != TL_OK)
        return;
    tl_time_now(now);
    const tl_outbox_letter l = { .kind = tl_letter_code(kind),
                                 .to = u.email,
                                 .name = u.name,
                                 .language = u.language,
                                 .fields =
                                     tl_arena_printf(q->http->arena, "{\"when\":\"%s\"}", now) };
    tl_post_letter(q->server->post, s, &l);
}

void tl_person_wait(tl_request *q, tl_status st, int64_t wait_s)
{
    if (st == TL_EFORBIDDEN && wait_s > 0)
        tl_http_reply_header(q->reply, "Retry-After",
                             tl_arena_printf(q->http->arena, "%lld", (long long)wait_s));
}
