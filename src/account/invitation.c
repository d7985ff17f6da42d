/* invitation.c - invitations: made, taken once. */
#include <assert.h>
#include <string.h>

#include "account/account_priv.h"
#include "account/token.h"

static tl_status is_void(tl_error *err)
{
    return tl_fail(err, TL_ENOTFOUND,
                   "this invitation does not work: used, expired, or replaced by a newer one");
}

tl_status tl_account_link(const char *base, const char *path, const char *token, tl_arena *arena,
                          const char **link, tl_error *err)
{
    size_t n = base ? strlen(base) : 0;
    *link = "";
    if (n && !tl_text_starts(base, "https://") && !tl_text_starts(base, "http://"))
        return tl_fail(err, TL_EINPUT, "'%s': expected https://host or nothing", base);
    if (n && (!tl_text_plain(base, false) || strpbrk(base, " #?\"<>")))
        return tl_fail(err, TL_EINPUT, "'%s': expected https://host without '#' and '?'", base);
    while (n && base[n - 1] == '/')
        n--;
    *link = tl_arena_printf(arena, "%.*s%s#%s", (int)n, n ? base : "", path, token);
    return *link ? TL_OK : tl_fail_nomem(err);
}

static tl_status check(tl_store *s, const tl_invitation *i, tl_error *err)
{
    tl_status st = tl_account_name("name", i->name, TL_PERSON_NAME_MAX, err);
    if (st != TL_OK)
        return st;
    if (!tl_text_equal(i->language, "zh") && !tl_text_equal(i->language, "en"))
        return tl_fail(err, TL_EINPUT, "language: expected zh or en");
    return tl_account_check_roles(s, i->tenant, i->roles, err);
}

static tl_status insert(tl_store *s, const char *who, const tl_invitation *i, const char *folded,
                        const char *hash, int64_t now, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_account_run(s, "invitation.withdraw",
                                  (const char *[]){ folded, i->tenant, NULL }, -1, NULL, err);
    if (st != TL_OK || (st = tl_store_query(s, "invitation.insert", &q, err)) != TL_OK)
        return st;
    tl_query_text(q, 1, hash);
    tl_query_text(q, 2, i->email);
    tl_query_text(q, 3, folded);
    tl_query_text(q, 4, i->name);
    tl_query_text(q, 5, i->language);
    tl_query_text(q, 6, i->tenant);
    tl_query_int(q, 7, i->roles);
    tl_query_text(q, 8, who);
    tl_query_int(q, 9, now);
    tl_query_int(q, 10, now + TL_INVITATION_S);
    return tl_query_run(q, err);
}

/* The first digits of the hash name it: they lead nobody to the token. */
static tl_status audit(tl_store *s, const char *who, const char *action, const char *hash,
                       const char *tenant, uint32_t roles, tl_error *err)
{
    char some[17];
    tl_buf b;
    memcpy(some, hash, 16);
    some[16] = '\0';
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "tenant", tenant);
    tl_account_put_roles(&j, "roles", roles);
    tl_json_end(&j);
    return tl_account_audit(s, who, action, "invitation", some, &b, err);
}

tl_status tl_invitation_link(tl_store *s, const tl_viewer *by, const tl_invitation *i,
                             const char *base, int64_t now, tl_arena *arena, const char **link,
                             tl_error *err)
{
    char token[TL_SECRET_TEXT], hash[TL_SECRET_HASH];
    const char *folded;
    assert(tl_store_in_transaction(s));
    *link = "";
    tl_status st = tl_user_require(by, i->tenant, err);
    if (st != TL_OK || (st = check(s, i, err)) != TL_OK ||
        (st = tl_account_email(i->email, arena, &folded, err)) != TL_OK ||
        (st = tl_secret_new(token, err)) != TL_OK)
        return st;
    tl_secret_hash(token, hash);
    st = insert(s, tl_viewer_name(by), i, folded, hash, now, err);
    if (st == TL_OK)
        st = audit(s, tl_viewer_name(by), "invitation.make", hash, i->tenant, i->roles, err);
    if (st == TL_OK)
        st = tl_account_link(base, "/invitation", token, arena, link, err);
    tl_secret_wipe(token, sizeof token);
    return st;
}

static void read_row(tl_query *q, tl_arena *arena, void *item, bool *full)
{
    *(tl_invitation *)item = (tl_invitation){ .email = tl_account_column(q, 0, arena, full),
                                              .name = tl_account_column(q, 1, arena, full),
                                              .language = tl_account_column(q, 2, arena, full),
                                              .tenant = tl_account_column(q, 3, arena, full),
                                              .roles = (uint32_t)tl_query_get_int(q, 4),
                                              .made_at = tl_query_get_int(q, 5),
                                              .ends_at = tl_query_get_int(q, 6) };
}

static tl_status find(tl_store *s, const char *hash, int64_t now, tl_arena *arena,
                      tl_invitation *out, bool *found, tl_error *err)
{
    tl_query *q;
    bool full = false;
    *found = false;
    tl_status st = tl_store_query(s, "invitation.get", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, hash);
    tl_query_int(q, 2, now);
    if ((st = tl_query_step(q, found, err)) == TL_OK && *found)
        read_row(q, arena, out, &full);
    tl_query_reset(q);
    return st == TL_OK && full ? tl_fail_nomem(err) : st;
}

/* By token; TL_ENOTFOUND. hash gets what is kept of it. */
static tl_status find_token(tl_store *s, const char *token, int64_t now, tl_arena *arena,
                            tl_invitation *out, char hash[TL_SECRET_HASH], tl_error *err)
{
    bool found;
    *out = (tl_invitation){ 0 };
    if (!tl_secret_shaped(token))
        return is_void(err);
    tl_secret_hash(token, hash);
    tl_status st = find(s, hash, now, arena, out, &found, err);
    return st == TL_OK && !found ? is_void(err) : st;
}

tl_status tl_invitation_get(tl_store *s, const char *token, int64_t now, tl_arena *arena,
                            tl_invitation *out, bool *has_account, tl_error *err)
{
    char hash[TL_SECRET_HASH];
    tl_user there;
    tl_error why = { 0 };
    *has_account = false;
    tl_status st = find_token(s, token, now, arena, out, hash, err);
    if (st != TL_OK)
        return st;
    st = tl_user_find(s, out->email, arena, &there, &why);
    *has_account = st == TL_OK;
    return st == TL_OK || st == TL_ENOTFOUND ? TL_OK : tl_fail(err, st, "%s", why.text);
}

tl_status tl_account_take_invitation(tl_store *s, const char *hash, const char *user, int64_t now,
                                     bool *taken, tl_error *err)
{
    tl_arena *scratch = NULL;
    tl_invitation i;
    int64_t changed = 0;
    *taken = false;
    assert(tl_store_in_transaction(s));
    tl_status st = tl_arena_new(&scratch, TL_ACCOUNT_SCRATCH_BYTES, err);
    if (st != TL_OK)
        return st;
    bool found = false;
    st = find(s, hash, now, scratch, &i, &found, err);
    if (st == TL_OK && found &&
        (st = tl_account_run(s, "invitation.take", (const char *[]){ hash, user, NULL }, now,
                             &changed, err)) == TL_OK &&
        changed == 1) {
        st = audit(s, user, "invitation.accept", hash, i.tenant, i.roles, err);
        if (st == TL_OK)
            st = tl_account_put_roles_of(s, user, i.tenant, i.roles, user, now, err);
        *taken = st == TL_OK;
    }
    tl_arena_free(scratch);
    return st;
}

/* The account of a new person, inside the transaction. Asks again whether the invitation is open:
 * somebody may have been faster since we looked. */
static tl_status make_account(tl_store *s, const char *hash, const tl_invitation *i,
                              const char *password, int64_t now, char user[TL_ACCOUNT_ID],
                              tl_error *err)
{
    tl_arena *scratch = NULL;
    tl_invitation again;
    bool open = false, taken = false;
    const tl_user fields = { .email = i->email, .name = i->name, .language = i->language };
    tl_status st = tl_arena_new(&scratch, TL_ACCOUNT_SCRATCH_BYTES, err);
    if (st != TL_OK)
        return st;
    st = find(s, hash, now, scratch, &again, &open, err);
    tl_arena_free(scratch);
    if (st == TL_OK && !open)
        return is_void(err);
    if (st == TL_OK)
        st = tl_account_insert(s, &fields, "invitation", now, user, err);
    if (st == TL_OK)
        st = tl_account_take_invitation(s, hash, user, now, &taken, err);
    if (st == TL_OK && !taken)
        return is_void(err);
    return st == TL_OK ? tl_account_put_password(s, user, password, user, now, err) : st;
}

static tl_status check_password(tl_store *s, const char *password, const tl_invitation *i,
                                const tl_password_limits *limits, tl_arena *arena, tl_error *err)
{
    tl_password_owner owner = { .email = i->email, .name = i->name };
    tl_status st = tl_account_organisations(s, NULL, i->tenant, arena, &owner.organisations, err);
    return st == TL_OK ? tl_password_check(password, &owner, limits, err) : st;
}

tl_status tl_invitation_accept(tl_store *s, const char *token, const char *password,
                               const tl_password_limits *limits, int64_t now,
                               char user[TL_ACCOUNT_ID], tl_error *err)
{
    char hash[TL_SECRET_HASH], kept[TL_PASSWORD_HASH];
    tl_arena *scratch = NULL;
    tl_invitation i;
    assert(!tl_store_in_transaction(s));
    user[0] = '\0';
    tl_status st = tl_arena_new(&scratch, TL_ACCOUNT_SCRATCH_BYTES, err);
    if (st != TL_OK)
        return st;
    if ((st = find_token(s, token, now, scratch, &i, hash, err)) == TL_OK &&
        (st = check_password(s, password, &i, limits, scratch, err)) == TL_OK &&
        (st = tl_password_hash(password, limits, kept, err)) == TL_OK &&
        (st = tl_store_begin(s, err)) == TL_OK)
        st = tl_account_end(s, make_account(s, hash, &i, kept, now, user, err), err);
    if (st != TL_OK)
        user[0] = '\0';
    tl_arena_free(scratch);
    return st;
}

static tl_status check_owner(tl_store *s, const tl_invitation *i, const char *user, tl_arena *arena,
                             tl_error *err)
{
    tl_user u = { 0 };
    const char *invited, *own;
    tl_status st = tl_user_get(s, user, arena, &u, err);
    if (st != TL_OK || (st = tl_account_email(i->email, arena, &invited, err)) != TL_OK ||
        (st = tl_account_email(u.email, arena, &own, err)) != TL_OK)
        return st;
    if (u.disabled || strcmp(invited, own) != 0)
        return tl_fail(err, TL_EFORBIDDEN, "this invitation went to another address");
    return TL_OK;
}

static tl_status join(tl_store *s, const char *hash, const char *user, int64_t now, tl_error *err)
{
    bool taken;
    tl_status st = tl_store_begin(s, err);
    if (st != TL_OK)
        return st;
    st = tl_account_take_invitation(s, hash, user, now, &taken, err);
    return tl_account_end(s, st == TL_OK && !taken ? is_void(err) : st, err);
}

tl_status tl_invitation_join(tl_store *s, const char *token, const char *user, int64_t now,
                             tl_error *err)
{
    char hash[TL_SECRET_HASH];
    tl_arena *scratch = NULL;
    tl_invitation i;
    assert(!tl_store_in_transaction(s));
    tl_status st = tl_arena_new(&scratch, TL_ACCOUNT_SCRATCH_BYTES, err);
    if (st == TL_OK)
        st = find_token(s, token, now, scratch, &i, hash, err);
    if (st == TL_OK)
        st = check_owner(s, &i, user, scratch, err);
    tl_arena_free(scratch);
    return st == TL_OK ? join(s, hash, user, now, err) : st;
}

tl_status tl_invitation_list(tl_store *s, const char *tenant, int64_t now, tl_arena *arena,
                             const tl_invitation **out, size_t *n, tl_error *err)
{
    tl_query *q;
    *out = NULL;
    *n = 0;
    tl_status st = tl_store_query(s, "invitation.list", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, tenant);
    tl_query_int(q, 2, now);
    return tl_query_all(q, read_row, sizeof **out, arena, out, n, err);
}
