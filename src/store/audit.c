/* audit.c - the chain of entries, each sealed with the hash of the one before. */
#include "store/audit.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/hash.h"

static const char first_link[] = "0000000000000000000000000000000000000000000000000000000000000000";

struct entry {
    int64_t seq;
    const char *at, *actor, *action, *object, *detail; /* detail may be NULL */
};

static tl_status seal(tl_sha256 *h, const struct entry *e, const char *before,
                      char hash[TL_SHA256_HEX], tl_error *err)
{
    char seq[24];
    snprintf(seq, sizeof seq, "%" PRId64, e->seq);
    const char *const fields[] = { seq, e->at, e->actor, e->action, e->object, e->detail, before };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        tl_sha256_add_field(h, fields[i]);
    return tl_sha256_final(h, hash, err);
}

/* Takes number and hash from the row of q, if there is one. */
static tl_status take_hash(tl_query *q, bool *row, int64_t *seq, char hash[TL_SHA256_HEX],
                           tl_error *err)
{
    tl_status st = tl_query_step(q, row, err);
    if (st != TL_OK || !*row)
        return st;
    *seq = tl_query_get_int(q, 0);
    const char *text = tl_query_get_text(q, 1);
    if (!text || strlen(text) != TL_SHA256_HEX - 1)
        st = tl_fail(err, TL_ECONFLICT, "audit entry %" PRId64 " has no hash", *seq);
    else
        memcpy(hash, text, TL_SHA256_HEX);
    tl_query_reset(q);
    return st;
}

tl_status tl_audit_head(tl_store *s, int64_t *seq, char hash[TL_SHA256_HEX], tl_error *err)
{
    tl_query *q;
    bool row;
    *seq = 0;
    memcpy(hash, first_link, TL_SHA256_HEX);
    tl_status st = tl_store_query(s, "audit.last", &q, err);
    return st == TL_OK ? take_hash(q, &row, seq, hash, err) : st;
}

tl_status tl_audit_hash(tl_store *s, int64_t seq, char hash[TL_SHA256_HEX], tl_error *err)
{
    tl_query *q;
    bool row;
    tl_status st = tl_store_query(s, "audit.hash", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, seq);
    st = take_hash(q, &row, &seq, hash, err);
    if (st == TL_OK && !row)
        st = tl_fail(err, TL_ENOTFOUND, "there is no audit entry %" PRId64, seq);
    return st;
}

static tl_status insert(tl_store *s, const struct entry *e, const char *hash, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "audit.insert", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, e->seq);
    tl_query_text(q, 2, e->at);
    tl_query_text(q, 3, e->actor);
    tl_query_text(q, 4, e->action);
    tl_query_text(q, 5, e->object);
    tl_query_text(q, 6, e->detail);
    tl_query_text(q, 7, hash);
    return tl_query_run(q, err);
}

tl_status tl_audit_append(tl_store *s, const char *actor, const char *action, const char *object,
                          const char *detail, tl_error *err)
{
    char at[TL_TIME_ISO], before[TL_SHA256_HEX], hash[TL_SHA256_HEX];
    struct entry e = { 0, at, actor, action, object, detail };
    tl_sha256 *h = NULL;
    tl_status st;

    assert(tl_store_in_transaction(s));
    tl_time_now(at);
    if ((st = tl_audit_head(s, &e.seq, before, err)) != TL_OK)
        return st;
    e.seq++;
    if ((st = tl_sha256_new(&h, err)) == TL_OK && (st = seal(h, &e, before, hash, err)) == TL_OK)
        st = insert(s, &e, hash, err);
    tl_sha256_free(h);
    return st;
}

/* Text of a column, or "" and *odd where it holds a NUL byte: what follows one would not be in the
 * hash. */
static const char *plain(tl_query *q, int column, bool *odd)
{
    size_t n;
    const char *p = tl_query_get_text(q, column);
    if (!p)
        return NULL;
    tl_query_get_blob(q, column, &n);
    if (strlen(p) != n)
        *odd = true;
    return p;
}

static tl_status check_entry(tl_query *q, tl_sha256 *h, int64_t due, char before[TL_SHA256_HEX],
                             tl_error *err)
{
    char hash[TL_SHA256_HEX];
    bool odd = false;
    struct entry e = { tl_query_get_int(q, 0), plain(q, 1, &odd), plain(q, 2, &odd),
                       plain(q, 3, &odd),      plain(q, 4, &odd), plain(q, 5, &odd) };
    const char *stored = plain(q, 6, &odd);
    if (e.seq != due)
        return tl_fail(err, TL_ECONFLICT, "audit entry %" PRId64 " is missing", due);
    tl_status st = seal(h, &e, before, hash, err);
    if (st != TL_OK)
        return st;
    if (odd || !stored || strcmp(stored, hash) != 0)
        return tl_fail(err, TL_ECONFLICT,
                       "audit entry %" PRId64 " (%s, %s, %s) is not what was sealed: it or the "
                       "entry before was changed",
                       e.seq, e.at ? e.at : "?", e.action ? e.action : "?",
                       e.object ? e.object : "?");
    memcpy(before, hash, TL_SHA256_HEX);
    return TL_OK;
}

tl_status tl_audit_verify(tl_store *s, int64_t *entries, tl_error *err)
{
    char before[TL_SHA256_HEX];
    tl_sha256 *h = NULL;
    tl_query *q;
    bool row;
    tl_status st;

    *entries = 0;
    memcpy(before, first_link, sizeof before);
    if ((st = tl_store_query(s, "audit.list", &q, err)) != TL_OK ||
        (st = tl_sha256_new(&h, err)) != TL_OK)
        return st;
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        if ((st = check_entry(q, h, *entries + 1, before, err)) != TL_OK)
            break;
        ++*entries;
    }
    tl_query_reset(q);
    tl_sha256_free(h);
    return st;
}

static tl_status keep(tl_query *q, tl_arena *arena, tl_audit_entry *e, tl_error *err)
{
    const char **texts[] = { &e->at, &e->actor, &e->action, &e->object, &e->detail, &e->hash };
    e->seq = tl_query_get_int(q, 0);
    for (int i = 0; i < 6; i++) {
        const char *text = tl_query_get_text(q, i + 1);
        *texts[i] = tl_arena_str(arena, text);
        if (text && !*texts[i])
            return tl_fail_nomem(err);
    }
    return TL_OK;
}

tl_status tl_audit_newest(tl_store *s, const tl_audit_filter *filter, tl_arena *arena,
                          const tl_audit_entry **out, size_t *n, tl_error *err)
{
    tl_query *q;
    bool row;
    size_t most = filter->limit ? filter->limit : 100;
    tl_audit_entry *all = tl_arena_alloc(arena, most, sizeof *all);
    tl_status st = all ? tl_store_query(s, "audit.newest", &q, err) : tl_fail_nomem(err);
    *n = 0;
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, filter->object ? filter->object : "");
    tl_query_int(q, 2, filter->before > 0 ? filter->before : INT64_MAX);
    tl_query_int(q, 3, (int64_t)most);
    const char *texts[] = { filter->about, filter->actor, filter->action, filter->from,
                            filter->to };
    for (int i = 0; i < 5; i++)
        tl_query_text(q, 4 + i, texts[i] ? texts[i] : "");
    while (*n < most && (st = tl_query_step(q, &row, err)) == TL_OK && row)
        if ((st = keep(q, arena, &all[*n], err)) != TL_OK)
            break;
        else
            ++*n;
    tl_query_reset(q);
    *out = all;
    return st;
}
