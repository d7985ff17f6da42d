/* login.c - by e-mail and password. */
#include "account/login.h"

#include <assert.h>
#include <string.h>

#include "account/account_priv.h"
#include "account/attempt.h"
#include "account/second_factor.h"

/* What is known of whoever tries; id NULL where there is nobody of that name. */
struct person {
    const char *id, *password, *email, *name;
    bool active;
};

static tl_status find_person(tl_store *s, const char *query, const char *key, tl_arena *arena,
                             struct person *out, tl_error *err)
{
    tl_query *q;
    bool row, full = false;
    *out = (struct person){ 0 };
    tl_status st = tl_store_query(s, query, &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, key);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        *out = (struct person){ .id = tl_account_column(q, 0, arena, &full),
                                .password = tl_account_column(q, 2, arena, &full),
                                .email = tl_account_column(q, 3, arena, &full),
                                .name = tl_account_column(q, 4, arena, &full) };
        out->active = tl_text_equal(tl_query_get_text(q, 1), "active");
    }
    tl_query_reset(q);
    return st == TL_OK && full ? tl_fail_nomem(err) : st;
}

/* The address goes into the chain: who guesses from where is what an audit asks about. what: names
 * and values beside it, a NULL behind the last. */
static tl_status audit(tl_store *s, const char *action, const struct person *p, const tl_attempt *a,
                       const char *const what[], tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    if (*a->source)
        tl_json_text(&j, "source", a->source + strlen("source/"));
    for (; what[0]; what += 2)
        tl_json_text(&j, what[0], what[1]);
    tl_json_end(&j);
    if (p->id)
        return tl_account_audit(s, p->id, action, "user", p->id, &b, err);
    char some[17]; /* enough to see that it is the same one again */
    memcpy(some, a->account + strlen("account/"), 16);
    some[16] = '\0';
    return tl_account_audit(s, "unknown", action, "login", some, &b, err);
}

static const char *const nothing[] = { NULL };

/* Notes a failure; one in which begins a wait has a second entry. */
static tl_status note_failure(tl_store *s, const struct person *p, const tl_attempt *a, bool locks,
                              tl_error *err)
{
    tl_status st = tl_store_begin(s, err);
    if (st != TL_OK)
        return st;
    st = audit(s, "login.failure", p, a, nothing, err);
    if (st == TL_OK && locks)
        st = audit(s, "login.lock", p, a, nothing, err);
    return tl_account_end(s, st, err);
}

static tl_status wrong(tl_error *err)
{
    return tl_fail(err, TL_EFORBIDDEN, "e-mail or password is wrong");
}

/* Counts the try, then looks at the password; a disabled account has no right one. *wait_s is the
 * wait this try begins, unless what follows forgives it. */
static tl_status try_password(tl_store *s, const struct person *p, const tl_attempt *a,
                              const char *password, const tl_password_limits *limits, int64_t now,
                              int64_t *wait_s, tl_error *err)
{
    bool right;
    int64_t begins_s;
    tl_status st = tl_attempt_begin(s, a, now, wait_s, &begins_s, err);
    if (st != TL_OK)
        return st;
    const char *kept = p->active ? p->password : NULL;
    if (!password || strlen(password) > (size_t)TL_PASSWORD_MOST * 4) {
        kept = NULL; /* no password we ever took */
        password = "";
    }
    st = tl_password_verify(kept, password, limits, &right, err);
    *wait_s = begins_s;
    if (st != TL_OK || right)
        return st;
    st = note_failure(s, p, a, begins_s > 0, err);
    return st == TL_OK ? wrong(err) : st;
}

/* The password is right: looks whether a code is needed, and at the one given. */
static tl_status try_code(tl_store *s, const struct person *p, const tl_attempt *a,
                          const char *code, int64_t now, tl_second_given *given,
                          tl_login_told *told, tl_error *err)
{
    tl_status st = tl_second_look(s, p->id, code, now, given, err);
    if (st != TL_OK || !given->on || !given->none)
        return st;
    told->wants_code = true;
    st = tl_attempt_give_back(s, a, err);
    return st == TL_OK ? tl_fail(err, TL_EFORBIDDEN, "a code of your second factor is needed") : st;
}

/* Uses the code up, inside the transaction that it lets in. */
static tl_status use_code(tl_store *s, const struct person *p, const tl_second_given *given,
                          bool *right, tl_error *err)
{
    tl_status st = tl_second_use(s, p->id, given, right, err);
    return st == TL_OK && !*right ? wrong(err) : st;
}

static tl_status first_place(tl_store *s, const char *user, tl_arena *arena, const char **tenant,
                             tl_error *err)
{
    tl_query *q;
    bool row, full = false;
    *tenant = NULL;
    tl_status st = tl_store_query(s, "account_role.first", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, user);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row)
        *tenant = tl_account_column(q, 0, arena, &full);
    tl_query_reset(q);
    return st == TL_OK && full ? tl_fail_nomem(err) : st;
}

/* What somebody with a right password comes in with. */
struct entry {
    const tl_login *login;
    const struct person *p;
    const tl_attempt *a;
    tl_second_given given;
    const char *tenant;
    char fresh[TL_PASSWORD_HASH]; /* a new hash of the password, or "" */
};

/* What follows a right password, in one transaction. */
static tl_status enter(tl_store *s, const struct entry *e, int64_t now, char token[TL_SECRET_TEXT],
                       tl_error *err)
{
    bool right;
    const struct person *p = e->p;
    tl_status st = use_code(s, p, &e->given, &right, err);
    if (st == TL_OK)
        st = tl_attempt_forgive(s, e->a, err);
    if (st == TL_OK && *e->fresh)
        st = tl_account_run(s, "account.rehash",
                            (const char *[]){ p->id, p->password, e->fresh, NULL }, -1, NULL, err);
    if (st == TL_OK)
        st = tl_session_start(s, p->id, e->tenant, &e->login->session, now, token, err);
    const char *const how[] = { "tenant", e->tenant, e->given.on ? "factor" : NULL,
                                e->given.step > 0 ? "app" : "recovery", NULL };
    return st == TL_OK ? audit(s, "login.success", p, e->a, how, err) : st;
}

static tl_status go_in(tl_store *s, struct entry *e, int64_t now, tl_arena *arena,
                       char token[TL_SECRET_TEXT], tl_login_told *told, tl_error *err)
{
    const tl_login *login = e->login;
    tl_status st = try_code(s, e->p, e->a, login->code, now, &e->given, told, err);
    e->tenant = login->tenant;
    if (st == TL_OK && !e->tenant)
        st = first_place(s, e->p->id, arena, &e->tenant, err);
    if (st != TL_OK)
        return st;
    bool locks = told->wait_s > 0;
    if (!e->tenant) {
        st = note_failure(s, e->p, e->a, locks, err);
        return st == TL_OK ? wrong(err) : st;
    }
    if (tl_password_outdated(e->p->password, &login->limits) &&
        (st = tl_password_hash(login->password, &login->limits, e->fresh, err)) != TL_OK)
        return st;
    if ((st = tl_store_begin(s, err)) != TL_OK)
        return st;
    st = tl_account_end(s, enter(s, e, now, token, err), err);
    if (st != TL_OK)
        tl_secret_wipe(token, TL_SECRET_TEXT);
    if (st != TL_EFORBIDDEN)
        return st;
    /* a wrong code, or no place in the organisation asked for */
    st = note_failure(s, e->p, e->a, locks, err);
    return st == TL_OK ? wrong(err) : st;
}

tl_status tl_login_password(tl_store *s, const tl_login *login, int64_t now,
                            char token[TL_SECRET_TEXT], tl_login_told *told, tl_error *err)
{
    tl_arena *scratch = NULL;
    struct person p = { 0 };
    const char *folded = "";
    assert(!tl_store_in_transaction(s));
    token[0] = '\0';
    *told = (tl_login_told){ 0 };
    tl_status st = tl_arena_new(&scratch, TL_ACCOUNT_SCRATCH_BYTES, err);
    if (st != TL_OK)
        return st;
    /* what is no e-mail is nobody's, and is counted all the same */
    st = tl_account_email(login->email, scratch, &folded, err);
    if (st == TL_EINPUT)
        st = TL_OK;
    if (st == TL_OK)
        st = find_person(s, "account.login", folded, scratch, &p, err);
    tl_attempt a = tl_attempt_of(folded, login->session.source);
    if (st == TL_OK)
        st = try_password(s, &p, &a, login->password, &login->limits, now, &told->wait_s, err);
    struct entry e = { .login = login, .p = &p, .a = &a };
    if (st == TL_OK)
        st = go_in(s, &e, now, scratch, token, told, err);
    if (st == TL_OK)
        told->wait_s = 0;
    tl_arena_free(scratch);
    return st;
}

/* What follows a right password of somebody who is signed in already. */
static tl_status prove(tl_store *s, const struct person *p, const tl_attempt *a, const char *token,
                       const tl_second_given *given, bool *right, int64_t now,
                       char renewed[TL_SECRET_TEXT], tl_error *err)
{
    tl_status st = use_code(s, p, given, right, err);
    if (st == TL_OK)
        st = tl_attempt_forgive(s, a, err);
    return st == TL_OK ? tl_session_prove(s, p->id, token, now, now, renewed, err) : st;
}

static tl_status prove_with(tl_store *s, const struct person *p, const tl_attempt *a,
                            const tl_login_proof *proof, int64_t now, char renewed[TL_SECRET_TEXT],
                            tl_login_told *told, tl_error *err)
{
    tl_second_given given;
    bool right = true;
    tl_status st = try_code(s, p, a, proof->code, now, &given, told, err);
    if (st != TL_OK || (st = tl_store_begin(s, err)) != TL_OK)
        return st;
    st = tl_account_end(s, prove(s, p, a, proof->token, &given, &right, now, renewed, err), err);
    if (st != TL_OK)
        tl_secret_wipe(renewed, TL_SECRET_TEXT);
    if (st != TL_EFORBIDDEN || right)
        return st;
    st = note_failure(s, p, a, told->wait_s > 0, err);
    return st == TL_OK ? wrong(err) : st;
}

tl_status tl_login_prove(tl_store *s, const tl_login_proof *proof, int64_t now,
                         char renewed[TL_SECRET_TEXT], tl_login_told *told, tl_error *err)
{
    tl_arena *scratch = NULL;
    struct person p = { 0 };
    const char *folded = "";
    assert(!tl_store_in_transaction(s));
    renewed[0] = '\0';
    *told = (tl_login_told){ 0 };
    tl_status st = tl_arena_new(&scratch, TL_ACCOUNT_SCRATCH_BYTES, err);
    if (st != TL_OK)
        return st;
    st = find_person(s, "account.secret", proof->user, scratch, &p, err);
    if (st == TL_OK && !p.id)
        st = tl_fail(err, TL_ENOTFOUND, "no account '%.40s'", proof->user);
    if (st == TL_OK)
        st = tl_account_email(p.email, scratch, &folded, err);
    const tl_attempt a = tl_attempt_of(folded, proof->source);
    if (st == TL_OK)
        st = try_password(s, &p, &a, proof->password, &proof->limits, now, &told->wait_s, err);
    if (st == TL_OK)
        st = prove_with(s, &p, &a, proof, now, renewed, told, err);
    if (st == TL_OK)
        told->wait_s = 0;
    tl_arena_free(scratch);
    return st;
}

static tl_status put_password(tl_store *s, const struct person *p, const tl_attempt *a,
                              const char *hash, int64_t now, tl_error *err)
{
    tl_status st = tl_store_begin(s, err);
    if (st != TL_OK)
        return st;
    if ((st = tl_attempt_forgive(s, a, err)) == TL_OK)
        st = tl_account_put_password(s, p->id, hash, p->id, now, err);
    return tl_account_end(s, st, err);
}

tl_status tl_login_change_password(tl_store *s, const char *user, const char *old,
                                   const char *fresh, const tl_password_limits *limits, int64_t now,
                                   tl_error *err)
{
    tl_arena *scratch = NULL;
    struct person p = { 0 };
    const char *folded = "";
    char hash[TL_PASSWORD_HASH];
    int64_t wait_s;
    assert(!tl_store_in_transaction(s));
    tl_status st = tl_arena_new(&scratch, TL_ACCOUNT_SCRATCH_BYTES, err);
    if (st == TL_OK)
        st = find_person(s, "account.secret", user, scratch, &p, err);
    if (st == TL_OK && !p.id)
        st = tl_fail(err, TL_ENOTFOUND, "no account '%.40s'", user);
    if (st == TL_OK)
        st = tl_account_email(p.email, scratch, &folded, err);
    tl_password_owner owner = { .email = p.email, .name = p.name };
    if (st == TL_OK)
        st = tl_account_organisations(s, p.id, NULL, scratch, &owner.organisations, err);
    if (st == TL_OK)
        st = tl_password_check(fresh, &owner, limits, err);
    const tl_attempt a = tl_attempt_of(folded, NULL);
    if (st == TL_OK)
        st = try_password(s, &p, &a, old, limits, now, &wait_s, err);
    if (st == TL_OK && (st = tl_password_hash(fresh, limits, hash, err)) == TL_OK)
        st = put_password(s, &p, &a, hash, now, err);
    tl_arena_free(scratch);
    return st;
}

tl_status tl_account_sweep(tl_store *s, int64_t now, tl_error *err)
{
    static const char *const queries[] = { "account_session.sweep", "invitation.sweep",
                                           "password_reset.sweep", "oidc_pending.sweep" };
    static const char *const none[] = { NULL };
    tl_status st = tl_store_begin(s, err);
    if (st != TL_OK)
        return st;
    int64_t forget = now > TL_LOGIN_FORGET_S ? now - TL_LOGIN_FORGET_S : 0;
    st = tl_account_run(s, "login_attempt.sweep", none, forget, NULL, err);
    for (size_t i = 0; i < sizeof queries / sizeof *queries && st == TL_OK; i++)
        st = tl_account_run(s, queries[i], none, now, NULL, err);
    int64_t begun = now > TL_SECOND_PENDING_S ? now - TL_SECOND_PENDING_S : 0;
    if (st == TL_OK)
        st = tl_account_run(s, "account_factor.sweep", none, begun, NULL, err);
    return tl_account_end(s, st, err);
}
