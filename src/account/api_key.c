/* api_key.c - keys for programs: made, used, revoked. */
#include "account/api_key.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "account/account_priv.h"

enum { DAY_S = 86400, NAME_CHARS = 100, ID_DIGITS = TL_KEY_ID - 1 };

static tl_status refused(tl_error *err)
{
    return tl_fail(err, TL_EFORBIDDEN, "this API key opens nothing: unknown, expired or revoked");
}

bool tl_api_key_parse(const char *text, char id[TL_KEY_ID], char secret[TL_SECRET_TEXT])
{
    const char *at = text ? text + 3 : NULL;
    id[0] = secret[0] = '\0';
    if (!text || strlen(text) != TL_API_KEY_TEXT - 1 || memcmp(text, "tl_", 3) != 0 ||
        strspn(at, "0123456789abcdef") < ID_DIGITS || at[ID_DIGITS] != '_' ||
        !tl_secret_shaped(at + ID_DIGITS + 1))
        return false;
    memcpy(id, at, ID_DIGITS);
    id[ID_DIGITS] = '\0';
    memcpy(secret, at + ID_DIGITS + 1, TL_SECRET_TEXT);
    return true;
}

/* The rights the person has in the organisation now, without those no key has. */
static tl_status rights_there(tl_store *s, const tl_api_key *k, uint64_t *out, tl_error *err)
{
    tl_tenant_kind kind;
    uint32_t roles = 0;
    *out = 0;
    tl_status st = tl_account_kind(s, k->tenant, &kind, err);
    if (st == TL_OK)
        st = tl_account_roles_of(s, k->user, k->tenant, &roles, err);
    if (st != TL_OK)
        return st;
    *out = tl_role_rights(roles, kind) & ~tl_role_personal_rights();
    return *out ? TL_OK : tl_fail(err, TL_EFORBIDDEN, "the person has no place in '%s'", k->tenant);
}

static tl_status settle_rights(tl_store *s, const tl_api_key *k, uint64_t *rights, tl_error *err)
{
    uint64_t there;
    tl_status st = rights_there(s, k, &there, err);
    if (st != TL_OK)
        return st;
    *rights = k->rights ? k->rights : there;
    for (int i = 0; i < 64; i++)
        if (*rights & ~there & (UINT64_C(1) << i)) {
            const char *name = tl_right_name((tl_right)i);
            return tl_fail(err, TL_EINPUT, "a key cannot have the right '%s' here",
                           name ? name : "?");
        }
    if (k->read_only && !(*rights & tl_role_read_rights()))
        return tl_fail(err, TL_EINPUT, "a key for reading with no right to read anything");
    return TL_OK;
}

static tl_status audit_add(tl_store *s, const tl_viewer *by, const tl_api_key *k, const char *id,
                           uint64_t rights, tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "user", k->user);
    tl_json_text(&j, "tenant", k->tenant);
    tl_json_text(&j, "name", k->name);
    tl_json_bool(&j, "read_only", k->read_only);
    tl_json_array(&j, "rights");
    for (int i = 0; i < TL_RIGHTS; i++)
        if (rights & TL_RIGHT_BIT(i))
            tl_json_text(&j, NULL, tl_right_name((tl_right)i));
    tl_json_end(&j);
    tl_json_end(&j);
    return tl_account_audit(s, tl_viewer_name(by), "key.add", "key", id, &b, err);
}

static tl_status insert(tl_store *s, const tl_api_key *k, const char *id, const char *hash,
                        int64_t made_at, int64_t ends_at, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "account_key.insert", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    tl_query_text(q, 2, hash);
    tl_query_text(q, 3, k->user);
    tl_query_text(q, 4, k->tenant);
    tl_query_text(q, 5, k->name);
    tl_query_int(q, 6, (int64_t)k->rights);
    tl_query_int(q, 7, k->read_only);
    tl_query_int(q, 8, made_at);
    tl_query_int(q, 9, ends_at);
    return tl_query_run(q, err);
}

static tl_status check(const tl_viewer *by, const tl_api_key *k, int64_t days, tl_error *err)
{
    if (days < 1 || days > TL_API_KEY_DAYS_MOST)
        return tl_fail(err, TL_EINPUT, "a key lives 1 to %d days", (int)TL_API_KEY_DAYS_MOST);
    if (!tl_viewer_may(by, TL_RIGHT_TENANT)) {
        tl_status st = tl_viewer_require(by, TL_RIGHT_KEY, err);
        if (st != TL_OK)
            return st;
        if (!tl_text_equal(by->user, k->user) || !tl_text_equal(by->tenant, k->tenant))
            return tl_fail(err, TL_EFORBIDDEN, "a key is made by the person it acts for");
    }
    return tl_account_name("name of the key", k->name, NAME_CHARS, err);
}

tl_status tl_api_key_add(tl_store *s, const tl_viewer *by, const tl_api_key *k, int64_t days,
                         int64_t now, char text[TL_API_KEY_TEXT], tl_error *err)
{
    char id[TL_KEY_ID], secret[TL_SECRET_TEXT], hash[TL_SECRET_HASH];
    tl_api_key made = *k;
    assert(tl_store_in_transaction(s));
    text[0] = '\0';
    days = days ? days : TL_API_KEY_DAYS;
    tl_status st = check(by, k, days, err);
    if (st == TL_OK)
        st = settle_rights(s, k, &made.rights, err);
    if (st != TL_OK || (st = tl_secret_id(id, ID_DIGITS, err)) != TL_OK ||
        (st = tl_secret_new(secret, err)) != TL_OK)
        return st;
    tl_secret_hash(secret, hash);
    st = insert(s, &made, id, hash, now, now + days * DAY_S, err);
    if (st == TL_OK)
        st = audit_add(s, by, k, id, made.rights, err);
    if (st == TL_OK)
        snprintf(text, TL_API_KEY_TEXT, "tl_%s_%s", id, secret);
    tl_secret_wipe(secret, sizeof secret);
    return st;
}

/* The columns of account_key.use. */
enum { C_ID, C_HASH, C_RIGHTS, C_READ_ONLY, C_USED, C_USER, C_TENANT, C_COMPANY, C_KIND, C_ROLES };

static tl_status take_viewer(tl_query *q, int64_t now, tl_arena *arena, tl_viewer *out, bool *due,
                             tl_error *err)
{
    bool full = false;
    tl_tenant_kind kind;
    tl_status st = tl_tenant_kind_parse(tl_query_get_text(q, C_KIND), &kind, err);
    if (st != TL_OK)
        return st;
    uint64_t rights = (uint64_t)tl_query_get_int(q, C_RIGHTS) & ~tl_role_personal_rights();
    if (tl_query_get_int(q, C_READ_ONLY))
        rights &= tl_role_read_rights();
    const char *user = tl_account_column(q, C_USER, arena, &full);
    const char *tenant = tl_account_column(q, C_TENANT, arena, &full);
    const char *company = tl_account_column(q, C_COMPANY, arena, &full);
    if (full)
        return tl_fail_nomem(err);
    *out = tl_account_viewer(user, tenant, company, (uint32_t)tl_query_get_int(q, C_ROLES), kind);
    out->rights &= rights;
    *due = tl_query_is_null(q, C_USED) || now - tl_query_get_int(q, C_USED) >= TL_API_KEY_SEEN_S;
    return TL_OK;
}

tl_status tl_api_key_viewer(tl_store *s, const char *text, int64_t now, tl_arena *arena,
                            tl_viewer *out, bool *due, tl_error *err)
{
    char id[TL_KEY_ID], secret[TL_SECRET_TEXT], hash[TL_SECRET_HASH];
    tl_query *q;
    bool row;
    *out = tl_viewer_visitor();
    *due = false;
    if (!tl_api_key_parse(text, id, secret))
        return refused(err);
    tl_secret_hash(secret, hash);
    tl_secret_wipe(secret, sizeof secret);
    tl_status st = tl_store_query(s, "account_key.use", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    tl_query_int(q, 2, now);
    if ((st = tl_query_step(q, &row, err)) != TL_OK)
        return st;
    const char *kept = row ? tl_query_get_text(q, C_HASH) : NULL;
    st = kept && tl_secret_equal(kept, hash) ? take_viewer(q, now, arena, out, due, err)
                                             : refused(err);
    tl_query_reset(q);
    return st;
}

tl_status tl_api_key_keep(tl_store *s, const char *text, int64_t now, tl_error *err)
{
    char id[TL_KEY_ID], secret[TL_SECRET_TEXT];
    if (!tl_api_key_parse(text, id, secret))
        return TL_OK;
    tl_secret_wipe(secret, sizeof secret);
    return tl_account_run(s, "account_key.used", (const char *[]){ id, NULL }, now, NULL, err);
}

/* Whether `by` may revoke it; a key of somebody else is as if it were not there. */
static tl_status find_revocable(tl_store *s, const tl_viewer *by, const char *id, bool *revoked,
                                tl_error *err)
{
    tl_query *q;
    bool row, may = false;
    tl_status st = tl_store_query(s, "account_key.get", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        may = (by->user && tl_text_equal(by->user, tl_query_get_text(q, 0)) &&
               tl_viewer_may(by, TL_RIGHT_KEY)) ||
              tl_user_require(by, tl_query_get_text(q, 1), NULL) == TL_OK;
        *revoked = !tl_query_is_null(q, 2);
    }
    tl_query_reset(q);
    return st != TL_OK || may ? st : tl_fail(err, TL_ENOTFOUND, "no API key '%.40s'", id);
}

tl_status tl_api_key_revoke(tl_store *s, const tl_viewer *by, const char *id, int64_t now,
                            tl_error *err)
{
    bool revoked = false;
    assert(tl_store_in_transaction(s));
    tl_status st = find_revocable(s, by, id, &revoked, err);
    if (st != TL_OK || revoked)
        return st;
    st = tl_account_run(s, "account_key.revoke", (const char *[]){ id, NULL }, now, NULL, err);
    return st == TL_OK ? tl_account_audit(s, tl_viewer_name(by), "key.revoke", "key", id, NULL, err)
                       : st;
}

static void read_row(tl_query *q, tl_arena *arena, void *item, bool *full)
{
    *(tl_api_key *)item = (tl_api_key){ .id = tl_account_column(q, 0, arena, full),
                                        .user = tl_account_column(q, 1, arena, full),
                                        .email = tl_account_column(q, 2, arena, full),
                                        .tenant = tl_account_column(q, 3, arena, full),
                                        .name = tl_account_column(q, 4, arena, full),
                                        .rights = (uint64_t)tl_query_get_int(q, 5),
                                        .read_only = tl_query_get_int(q, 6) != 0,
                                        .made_at = tl_query_get_int(q, 7),
                                        .ends_at = tl_query_get_int(q, 8),
                                        .used_at = tl_query_get_int(q, 9),
                                        .revoked_at = tl_query_get_int(q, 10) };
}

tl_status tl_api_key_list(tl_store *s, const char *tenant, const char *user, tl_arena *arena,
                          const tl_api_key **out, size_t *n, tl_error *err)
{
    tl_query *q;
    *out = NULL;
    *n = 0;
    tl_status st = tl_store_query(s, "account_key.list", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, tenant);
    tl_query_text(q, 2, user);
    return tl_query_all(q, read_row, sizeof **out, arena, out, n, err);
}
