/* attempt.c - counting tries to log in. */
#include "account/attempt.h"

#include <stdio.h>
#include <string.h>

#include "account/account_priv.h"
#include "account/login.h"

enum { SOURCE_MAX = 64 }; /* an IPv6 address with its zone has at most 62 characters */

tl_attempt tl_attempt_of(const char *folded, const char *source)
{
    tl_attempt a;
    char hash[TL_SECRET_HASH];
    tl_secret_hash(folded, hash);
    snprintf(a.account, sizeof a.account, "account/%s", hash);
    a.source[0] = '\0';
    if (source && *source && strlen(source) <= SOURCE_MAX && tl_text_plain(source, false))
        snprintf(a.source, sizeof a.source, "source/%s", source);
    return a;
}

int64_t tl_attempt_wait_s(int64_t failures, int64_t free_of_wait)
{
    int64_t wait = TL_LOGIN_WAIT_S;
    if (failures < free_of_wait)
        return 0;
    for (int64_t i = free_of_wait; i < failures && wait < TL_LOGIN_WAIT_MOST_S; i++)
        wait *= 2;
    return wait < TL_LOGIN_WAIT_MOST_S ? wait : TL_LOGIN_WAIT_MOST_S;
}

struct count {
    int64_t failures, last_at, until;
};

static tl_status read_count(tl_store *s, const char *subject, int64_t now, struct count *out,
                            tl_error *err)
{
    tl_query *q;
    bool row;
    *out = (struct count){ 0 };
    tl_status st = tl_store_query(s, "login_attempt.get", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, subject);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row)
        *out = (struct count){ tl_query_get_int(q, 0), tl_query_get_int(q, 1),
                               tl_query_get_int(q, 2) };
    tl_query_reset(q);
    if (now - out->last_at >= TL_LOGIN_FORGET_S)
        *out = (struct count){ 0 };
    return st;
}

/* Counts one more; what follows from it holds from now on. */
static tl_status write_count(tl_store *s, const char *subject, int64_t failures, int64_t now,
                             int64_t wait_s, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "login_attempt.put", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, subject);
    tl_query_int(q, 2, failures);
    tl_query_int(q, 3, now);
    tl_query_int(q, 4, wait_s ? now + wait_s : 0);
    return tl_query_run(q, err);
}

static tl_status count(tl_store *s, const tl_attempt *a, int64_t now, int64_t *wait_s,
                       int64_t *begins_s, tl_error *err)
{
    const char *const subjects[2] = { a->account, a->source };
    const int64_t free_of_wait[2] = { TL_LOGIN_FREE, TL_LOGIN_FREE_SOURCE };
    struct count there[2];
    tl_status st = TL_OK;
    for (int i = 0; i < 2 && st == TL_OK; i++) {
        st = read_count(s, subjects[i], now, &there[i], err);
        if (st == TL_OK && there[i].until - now > *wait_s)
            *wait_s = there[i].until - now;
    }
    if (st == TL_OK && *wait_s > 0)
        return tl_fail(err, TL_EFORBIDDEN, "too many failed logins; try again in %lld s",
                       (long long)*wait_s);
    for (int i = 0; i < 2 && st == TL_OK; i++) {
        int64_t failures = there[i].failures + 1;
        int64_t wait = tl_attempt_wait_s(failures, free_of_wait[i]);
        if (!*subjects[i])
            continue;
        if (wait > *begins_s)
            *begins_s = wait;
        st = write_count(s, subjects[i], failures, now, wait, err);
    }
    return st;
}

tl_status tl_attempt_begin(tl_store *s, const tl_attempt *a, int64_t now, int64_t *wait_s,
                           int64_t *begins_s, tl_error *err)
{
    *wait_s = 0;
    *begins_s = 0;
    tl_status st = tl_store_begin(s, err);
    return st == TL_OK ? tl_account_end(s, count(s, a, now, wait_s, begins_s, err), err) : st;
}

tl_status tl_attempt_forgive(tl_store *s, const tl_attempt *a, tl_error *err)
{
    tl_status st = tl_account_run(s, "login_attempt.clear", (const char *[]){ a->account, NULL },
                                  -1, NULL, err);
    return st == TL_OK ? tl_attempt_give_back(s, a, err) : st;
}

tl_status tl_attempt_give_back(tl_store *s, const tl_attempt *a, tl_error *err)
{
    return *a->source
               ? tl_account_run(s, "login_attempt.give_back", (const char *[]){ a->source, NULL },
                                TL_LOGIN_FREE_SOURCE, NULL, err)
               : TL_OK;
}
