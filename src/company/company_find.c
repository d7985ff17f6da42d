/* company_find.c - the company meant by a text, further names, and near ones for who mistyped. */
#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "company/company_priv.h"
#include "format/fold.h"
#include "format/json.h"

enum { WORD_MAX = 48, NEAR_SHOWN = 3 };

tl_status tl_company_named(tl_store *s, const char *folded, tl_arena *arena, const char **id,
                           tl_error *err)
{
    tl_query *q;
    bool row = false;
    *id = NULL;
    tl_status st = tl_store_query(s, "company.named", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, folded);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row &&
        !(*id = tl_arena_str(arena, tl_query_get_text(q, 0))))
        st = tl_fail_nomem(err);
    tl_query_reset(q);
    return st;
}

/* Code points of a text, WORD_MAX at most. */
static size_t decode(const char *text, uint32_t out[WORD_MAX])
{
    size_t n = 0, len = strlen(text), step;
    for (size_t i = 0; i < len && n < WORD_MAX; i += step)
        out[n++] = tl_utf8_next(text + i, len - i, &step);
    return n;
}

/* Edits of one code point between two texts (Levenshtein 1966), one row of the table at a time. */
static size_t distance(const uint32_t *x, size_t nx, const char *text)
{
    uint32_t y[WORD_MAX];
    size_t row[WORD_MAX + 1], ny = decode(text, y);
    for (size_t j = 0; j <= ny; j++)
        row[j] = j;
    for (size_t i = 1; i <= nx; i++) {
        size_t before = row[0];
        row[0] = i;
        for (size_t j = 1; j <= ny; j++) {
            size_t best = before + (x[i - 1] != y[j - 1]);
            best = row[j] + 1 < best ? row[j] + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            before = row[j];
            row[j] = best;
        }
    }
    return row[ny];
}

struct near {
    size_t distance;
    const char *id;
};

/* Keeps the nearest few, one entry a company, the first of equals. */
static void keep_near(struct near near[NEAR_SHOWN], size_t *n, struct near found)
{
    size_t at = 0, last;
    while (at < *n && near[at].distance <= found.distance && strcmp(near[at].id, found.id) != 0)
        at++;
    if (at == NEAR_SHOWN || (at < *n && near[at].distance <= found.distance))
        return;
    for (last = at; last < *n && strcmp(near[last].id, found.id) != 0; last++)
        ;
    if (last == *n && *n < NEAR_SHOWN)
        ++*n;
    else if (last == NEAR_SHOWN)
        last--;
    for (size_t i = last; i > at; i--)
        near[i] = near[i - 1];
    near[at] = found;
}

/* The companies with names like `folded`: one holds the other, or a third of it are edits at most.
 */
static tl_status find_near(tl_store *s, const char *folded, tl_arena *arena,
                           struct near near[NEAR_SHOWN], size_t *n, tl_error *err)
{
    uint32_t x[WORD_MAX];
    size_t nx = decode(folded, x);
    tl_query *q;
    bool row = false;
    *n = 0;
    tl_status st = tl_store_query(s, "company.names", &q, err);
    if (st != TL_OK)
        return st;
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        const char *name = tl_query_get_text(q, 0), *id = tl_query_get_text(q, 1);
        bool holds = (strstr(name, folded) && nx > 1) || (strlen(name) > 2 && strstr(folded, name));
        struct near found = { holds ? 1 : distance(x, nx, name), NULL };
        if (nx == 0 || nx == WORD_MAX || (!holds && 3 * found.distance > nx + 1))
            continue;
        if (!(found.id = tl_arena_str(arena, id))) {
            st = tl_fail_nomem(err);
            break;
        }
        keep_near(near, n, found);
    }
    tl_query_reset(q);
    return st;
}

static tl_status unknown(tl_store *s, const char *text, const char *folded, tl_arena *arena,
                         tl_error *err)
{
    struct near near[NEAR_SHOWN];
    size_t n;
    tl_buf b;
    tl_status st = find_near(s, folded, arena, near, &n, err);
    if (st != TL_OK)
        return st;
    tl_buf_init(&b, 400);
    for (size_t i = 0; i < n; i++)
        tl_buf_printf(&b, "%s%s", i ? ", " : "", near[i].id);
    st = n > 0 ? tl_fail(err, TL_ENOTFOUND, "no company '%.80s'; near: %s", text, tl_buf_text(&b))
               : tl_fail(err, TL_ENOTFOUND, "no company '%.80s'", text);
    tl_buf_clear(&b);
    return st;
}

/* *folded is the text as it is looked up. */
static tl_status lookup(tl_store *s, const char *text, tl_arena *arena, const char **folded,
                        tl_company *out, bool *found, tl_error *err)
{
    const char *id = NULL;
    *found = false;
    tl_status st = tl_fold(text, arena, folded, err);
    if (st == TL_OK && **folded)
        st = tl_company_named(s, *folded, arena, &id, err);
    *found = id != NULL;
    return st == TL_OK && id ? tl_company_get(s, id, arena, out, err) : st;
}

tl_status tl_company_lookup(tl_store *s, const char *text, tl_arena *arena, tl_company *out,
                            bool *found, tl_error *err)
{
    const char *folded;
    return lookup(s, text, arena, &folded, out, found, err);
}

tl_status tl_company_find(tl_store *s, const char *text, tl_arena *arena, tl_company *out,
                          tl_error *err)
{
    const char *folded = "";
    bool found;
    tl_status st = lookup(s, text, arena, &folded, out, &found, err);
    return st == TL_OK && !found ? unknown(s, text, folded, arena, err) : st;
}

/* *same: the company has this alias already. */
static tl_status check_alias(tl_store *s, const char *id, const char *alias, const char *folded,
                             tl_arena *arena, bool *same, tl_error *err)
{
    const char *owner = NULL;
    tl_query *q;
    *same = false;
    tl_status st = tl_company_named(s, folded, arena, &owner, err);
    if (st != TL_OK)
        return st;
    if (owner && strcmp(owner, id) != 0)
        return tl_fail(err, TL_ECONFLICT, "alias: '%s' is a name of company '%s' already", alias,
                       owner);
    if (!owner || (st = tl_store_query(s, "company_alias.get", &q, err)) != TL_OK)
        return st;
    tl_query_text(q, 1, folded);
    st = tl_query_step(q, same, err);
    tl_query_reset(q);
    return st;
}

static tl_status insert_alias(tl_store *s, const char *const values[4], const char *actor,
                              tl_error *err)
{
    tl_query *q;
    tl_buf b;
    tl_status st = tl_store_query(s, "company_alias.insert", &q, err);
    if (st != TL_OK)
        return st;
    for (int i = 0; i < 4; i++)
        tl_query_text(q, i + 1, values[i]);
    if ((st = tl_query_run(q, err)) != TL_OK)
        return st;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "alias", values[2]);
    tl_json_text(&j, "source", values[3]);
    tl_json_end(&j);
    return tl_company_audit(s, actor, "company.alias", values[1], &b, err);
}

tl_status tl_company_put_alias(tl_store *s, const char *id, const char *alias, const char *source,
                               const char *actor, tl_error *err)
{
    tl_arena *scratch = NULL;
    tl_company c;
    const char *folded = "";
    bool same = false;
    assert(tl_store_in_transaction(s));
    tl_status st = tl_company_check_text("alias", alias, true, err);
    if (st == TL_OK)
        st = tl_company_check_text("source", source, true, err);
    if (st != TL_OK || (st = tl_arena_new(&scratch, 0, err)) != TL_OK)
        return st;
    if ((st = tl_company_get(s, id, scratch, &c, err)) == TL_OK &&
        (st = tl_fold(alias, scratch, &folded, err)) == TL_OK && !*folded)
        st = tl_fail(err, TL_EINPUT, "alias: '%s' is no name", alias);
    if (st == TL_OK && (st = check_alias(s, id, alias, folded, scratch, &same, err)) == TL_OK &&
        !same)
        st = insert_alias(s, (const char *const[]){ folded, id, alias, source }, actor, err);
    tl_arena_free(scratch);
    return st;
}

tl_status tl_company_aliases(tl_store *s, const char *id, tl_arena *arena, const char *const **out,
                             size_t *n, tl_error *err)
{
    const char **list = NULL;
    size_t cap = 0;
    tl_query *q;
    bool row = false, full = false;
    *out = NULL;
    *n = 0;
    tl_status st = tl_store_query(s, "company_alias.list", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row && !full) {
        if ((st = tl_arena_grow(arena, &list, &cap, *n + 1, sizeof *list, err)) != TL_OK)
            break;
        list[(*n)++] = tl_company_column(q, 0, arena, &full);
    }
    tl_query_reset(q);
    *out = list;
    return st == TL_OK && full ? tl_fail_nomem(err) : st;
}
