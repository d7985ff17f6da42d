/* account_routes.c - what a person sees of the own account, and the ways into this service. */
#include <string.h>

#include "account/oidc.h"
#include "account/second_factor.h"
#include "account/tenant.h"
#include "account/user.h"
#include "server/person.h"
#include "server/settings.h"

static void put_places(tl_json *j, const tl_tenant *tenants, const tl_member *places, size_t n)
{
    tl_json_array(j, "places");
    for (size_t i = 0; i < n; i++) {
        tl_json_object(j, NULL);
        tl_json_text(j, "tenant", places[i].tenant);
        tl_json_text(j, "name_en", tenants[i].name_en);
        tl_json_text(j, "name_zh", tenants[i].name_zh);
        tl_person_roles(j, places[i].roles);
        tl_json_end(j);
    }
    tl_json_end(j);
}

static tl_status read_places(tl_request *q, tl_store *s, const tl_member **places,
                             tl_tenant **tenants, size_t *n, tl_error *err)
{
    tl_arena *arena = q->http->arena;
    tl_status st = tl_user_places(s, q->viewer.user, arena, places, n, err);
    if (st != TL_OK)
        return st;
    *tenants = tl_arena_alloc(arena, *n + 1, sizeof **tenants);
    if (!*tenants)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < *n && st == TL_OK; i++)
        st = tl_tenant_get(s, (*places)[i].tenant, arena, &(*tenants)[i], err);
    return st;
}

static void put_provider(tl_json *j, const tl_server_opts *o)
{
    tl_json_text(j, "name_en", tl_settings_provider(o, false));
    tl_json_text(j, "name_zh", tl_settings_provider(o, true));
}

static void put_factor(tl_json *j, const tl_second_factor *f, bool required)
{
    tl_json_object(j, "factor");
    tl_json_bool(j, "on", f->on);
    if (f->on)
        tl_json_int(j, "since", f->since);
    else
        tl_json_null(j, "since");
    tl_json_int(j, "recovery_left", f->recovery_left);
    tl_json_bool(j, "required", required);
    tl_json_end(j);
}

/* GET /api/v1/account: who one is, the organisations one may act for, how one can sign in. */
static void show_account(tl_request *q)
{
    tl_error err = { 0 };
    tl_store *s;
    tl_user u;
    const tl_member *places;
    tl_tenant *tenants;
    size_t n = 0;
    bool linked = false;
    tl_second_factor factor = { 0 };
    const tl_server_opts *o = &q->server->opts;
    tl_status st = tl_person_session(q, &s, false, &err);
    if (st == TL_OK)
        st = tl_user_get(s, q->viewer.user, q->http->arena, &u, &err);
    if (st == TL_OK)
        st = read_places(q, s, &places, &tenants, &n, &err);
    if (st == TL_OK)
        st = tl_second_get(s, u.id, &factor, &err);
    if (st == TL_OK && o->oidc.issuer)
        st = tl_oidc_linked(s, q->viewer.user, o->oidc.issuer, &linked, &err);
    if (st == TL_OK) {
        tl_json j = tl_json_start(&q->reply->body, false);
        tl_json_object(&j, NULL);
        tl_json_text(&j, "email", u.email);
        tl_json_text(&j, "name", u.name);
        tl_json_text(&j, "language", u.language);
        tl_json_bool(&j, "has_password", u.has_password);
        if (u.has_password)
            put_factor(&j, &factor, tl_settings_factor_required(o));
        else
            tl_json_null(&j, "factor");
        tl_json_text(&j, "tenant", q->session->tenant);
        put_places(&j, tenants, places, n);
        tl_json_array(&j, "providers");
        if (o->oidc.issuer) {
            tl_json_object(&j, NULL);
            put_provider(&j, o);
            tl_json_bool(&j, "linked", linked);
            tl_json_end(&j);
        }
        tl_json_end(&j);
        tl_json_end(&j);
        q->reply->type = "application/json";
    }
    tl_person_end(q, st, &err);
}

/* GET /api/v1/login: how people can sign in here; says nothing about anybody. */
static void show_ways(tl_request *q)
{
    const tl_server_opts *o = &q->server->opts;
    tl_json j = tl_json_start(&q->reply->body, false);
    tl_json_object(&j, NULL);
    tl_json_bool(&j, "password", true);
    tl_json_bool(&j, "reset", q->server->post != NULL);
    tl_json_array(&j, "providers");
    if (o->oidc.issuer) {
        tl_json_object(&j, NULL);
        put_provider(&j, o);
        tl_json_end(&j);
    }
    tl_json_end(&j);
    tl_json_end(&j);
    tl_buf_char(&q->reply->body, '\n');
    q->reply->type = "application/json";
    tl_http_reply_header(q->reply, "Cache-Control", "no-store");
}

static const tl_server_route rows[] = {
    { TL_HTTP_GET, "/api/v1/account", show_account, false, false },
    { TL_HTTP_GET, "/api/v1/login", show_ways, true, false },
};
const tl_server_routes tl_server_account = { rows, sizeof rows / sizeof *rows };
