/* people_key.c - API keys: list, add, revoke. */
#include "account/api_key.h"
#include "base/text.h"
#include "operation/people.h"
#include "report/account.h"

enum { GIVEN_MAX = 64 };

/* Administrators see the keys of their organisation, everybody else their own. */
static tl_status show(tl_call *c, const char *tenant, bool own, tl_error *err)
{
    const tl_api_key *all;
    size_t n;
    const tl_viewer *v = c->viewer;
    const char *user = NULL;
    tl_status st = TL_OK;
    if (own && v->user) {
        user = v->user;
    } else if (tl_viewer_may(v, TL_RIGHT_TENANT)) {
    } else if (tl_viewer_may(v, TL_RIGHT_PEOPLE)) {
        tenant = tenant ? tenant : v->tenant;
        st = tl_user_require(v, tenant, err);
    } else {
        tenant = tenant ? tenant : v->tenant;
        user = v->user;
        if (!user || !tenant || !tl_text_equal(tenant, v->tenant))
            st = tl_fail(err, TL_EFORBIDDEN, "only keys of your own in your own organisation");
    }
    if (st == TL_OK)
        st = tl_api_key_list(c->store, tenant, user, c->arena, &all, &n, err);
    return st == TL_OK ? tl_call_report(c, tl_report_api_keys(all, n, c->now, c->arena), err) : st;
}

tl_status tl_run_key_list(tl_call *c, tl_error *err)
{
    return show(c, tl_call_text(c, "tenant"), tl_call_flag(c, "own"), err);
}

static tl_status read_rights(const tl_call *c, uint64_t *out, tl_error *err)
{
    const char *codes[GIVEN_MAX];
    size_t n = tl_call_list(c, "right", codes, GIVEN_MAX);
    *out = 0;
    for (size_t i = 0; i < n && i < GIVEN_MAX; i++) {
        tl_right right;
        tl_status st = tl_right_parse(codes[i], &right, err);
        if (st != TL_OK)
            return tl_call_context(c, "right", st, err);
        *out |= TL_RIGHT_BIT(right);
    }
    return n <= GIVEN_MAX ? TL_OK
                          : tl_fail(err, TL_EINPUT, "more than %d rights given", (int)GIVEN_MAX);
}

/* Whose key it becomes: a person named by who may, or the one who asks. */
static tl_status find_owner(const tl_call *c, const char **user, tl_error *err)
{
    tl_user u;
    *user = c->viewer->user;
    if (!tl_call_text(c, "user"))
        return *user ? TL_OK : tl_fail(err, TL_EINPUT, "user is missing: whose key");
    tl_status st = tl_people_find(c, &u, err);
    if (st == TL_OK)
        *user = u.id;
    return st;
}

tl_status tl_run_key_add(tl_call *c, tl_error *err)
{
    tl_api_key k = { .name = tl_call_text(c, "name"), .read_only = tl_call_flag(c, "read-only") };
    char text[TL_API_KEY_TEXT];
    int64_t days = 0;
    tl_call_int(c, "days", &days);
    tl_status st = read_rights(c, &k.rights, err);
    if (st == TL_OK)
        st = tl_people_tenant(c, &k.tenant, err);
    if (st == TL_OK)
        st = find_owner(c, &k.user, err);
    if (st != TL_OK || (st = tl_store_begin(c->store, err)) != TL_OK)
        return st;
    st = tl_api_key_add(c->store, c->viewer, &k, days, c->now, text, err);
    st = tl_people_end(c, st, err);
    const char *shown = st == TL_OK ? tl_arena_str(c->arena, text) : NULL;
    tl_secret_wipe(text, sizeof text);
    if (st == TL_OK && !shown)
        st = tl_fail_nomem(err);
    return st == TL_OK ? tl_people_once(c, "key-add", "key", shown, err) : st;
}

tl_status tl_run_key_revoke(tl_call *c, tl_error *err)
{
    tl_status st = tl_store_begin(c->store, err);
    if (st != TL_OK)
        return st;
    st = tl_api_key_revoke(c->store, c->viewer, tl_call_text(c, "key"), c->now, err);
    st = tl_people_end(c, st, err);
    return st == TL_OK ? show(c, NULL, false, err) : st;
}
