/* assessment_read.c - versions of assessments out of the database. */
#include <string.h>

#include "rating/assessment_priv.h"

/* Columns of a version; the queries keep this order. */
enum column {
    ID,
    COMPANY,
    INDEX,
    INDEX_VERSION,
    PERIOD,
    LEVEL,
    VERSION,
    STATE,
    WAY,
    INDUSTRY,
    SCOPE12,
    CUT_OFF,
    ORIGIN,
    AUTHOR,
    APPROVER,
    REASON,
    REPLY_UNTIL,
    PUBLISHED_ON,
    STATED_TOTAL,
    STATED_RANK,
    STATED_STARS,
    CONTENT
};

static const char *column(tl_query *q, int i, tl_arena *arena, bool *full)
{
    const char *text = tl_query_get_text(q, i);
    const char *kept = text ? tl_arena_str(arena, text) : "";
    *full = *full || !kept;
    return kept;
}

static tl_sheet_level level_of(const char *name)
{
    int level = TL_LEVEL_INDICATOR;
    while (level < TL_LEVEL_TOTAL && strcmp(tl_level_name((tl_sheet_level)level), name) != 0)
        level++;
    return (tl_sheet_level)level;
}

static tl_assessment_state state_of(const char *name)
{
    int state = TL_STATE_DRAFT;
    while (state < TL_STATE_SUPERSEDED &&
           strcmp(tl_state_name((tl_assessment_state)state), name) != 0)
        state++;
    return (tl_assessment_state)state;
}

tl_status tl_version_read(tl_query *q, tl_arena *arena, tl_stored_version *out, tl_error *err)
{
    bool full = false;
    *out = (tl_stored_version){
        .assessment = tl_query_get_int(q, ID),
        .way = column(q, WAY, arena, &full),
        .content = column(q, CONTENT, arena, &full),
        .a = {
            .key = { .company = column(q, COMPANY, arena, &full),
                     .index = column(q, INDEX, arena, &full),
                     .index_version = column(q, INDEX_VERSION, arena, &full),
                     .period = column(q, PERIOD, arena, &full),
                     .level = level_of(tl_query_get_text(q, LEVEL)) },
            .version = tl_query_get_int(q, VERSION),
            .state = state_of(tl_query_get_text(q, STATE)),
            .industry = column(q, INDUSTRY, arena, &full),
            .scope12 = (tl_weight)tl_query_get_int(q, SCOPE12),
            .cut_off = column(q, CUT_OFF, arena, &full),
            .origin = column(q, ORIGIN, arena, &full),
            .author = column(q, AUTHOR, arena, &full),
            .approver = column(q, APPROVER, arena, &full),
            .reason = column(q, REASON, arena, &full),
            .reply_until = column(q, REPLY_UNTIL, arena, &full),
            .published_on = column(q, PUBLISHED_ON, arena, &full),
            .stated_total = tl_query_is_null(q, STATED_TOTAL)
                                ? TL_SLOT_NOT_ASKED
                                : (tl_points)tl_query_get_int(q, STATED_TOTAL),
            .stated_rank = (int)tl_query_get_int(q, STATED_RANK),
            .stated_stars = (int)tl_query_get_int(q, STATED_STARS),
        },
    };
    return full ? tl_fail_nomem(err) : TL_OK;
}

static void bind_key(tl_query *q, const tl_assessment_key *key)
{
    tl_query_text(q, 1, key->company);
    tl_query_text(q, 2, key->index);
    tl_query_text(q, 3, key->index_version);
    tl_query_text(q, 4, key->period);
    tl_query_text(q, 5, tl_level_name(key->level));
}

tl_status tl_version_find(tl_store *s, const tl_assessment_key *key, int64_t version,
                          tl_arena *arena, tl_stored_version *out, bool *found, tl_error *err)
{
    tl_query *q;
    const char *name = version == 0  ? "assessment.published"
                       : version < 0 ? "assessment.newest"
                                     : "assessment.version";
    *found = false;
    tl_status st = tl_store_query(s, name, &q, err);
    if (st != TL_OK)
        return st;
    bind_key(q, key);
    if (version > 0)
        tl_query_int(q, 6, version);
    if ((st = tl_query_step(q, found, err)) == TL_OK && *found)
        st = tl_version_read(q, arena, out, err);
    tl_query_reset(q);
    return st;
}

size_t tl_key_text(const tl_assessment_key *key, char *out, size_t size)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_buf_printf(&b, "%s, %s@%s, %s, %s", key->company, key->index, key->index_version,
                  key->period, tl_level_name(key->level));
    size_t n = b.len < size ? b.len : size - 1;
    memcpy(out, tl_buf_text(&b), n);
    out[n] = '\0';
    tl_buf_clear(&b);
    return n;
}

/* All evidence of a version, answer by answer: the rows of one answer stand together. */
struct pile {
    tl_evidence *items; /* in the arena */
    int64_t *places;
    size_t n, cap, places_cap;
};

static tl_status read_evidence(tl_store *s, const tl_stored_version *v, tl_arena *arena,
                               struct pile *p, tl_error *err)
{
    tl_query *q;
    bool row = false, full = false;
    tl_status st = tl_store_query(s, "evidence.list", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, v->assessment);
    tl_query_int(q, 2, v->a.version);
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        if ((st = tl_arena_grow(arena, &p->items, &p->cap, p->n + 1, sizeof *p->items, err)) !=
                TL_OK ||
            (st = tl_arena_grow(arena, &p->places, &p->places_cap, p->n + 1, sizeof *p->places,
                                err)) != TL_OK)
            break;
        p->places[p->n] = tl_query_get_int(q, 0);
        p->items[p->n++] = (tl_evidence){
            .id = tl_query_get_int(q, 1),
            .document = column(q, 2, arena, &full),
            .page = column(q, 3, arena, &full),
            .quote = column(q, 4, arena, &full),
            .language = column(q, 5, arena, &full),
            .url = column(q, 6, arena, &full),
            .dated = column(q, 7, arena, &full),
            .retrieved = column(q, 8, arena, &full),
            .sha256 = column(q, 9, arena, &full),
            .late = tl_query_get_int(q, 10) != 0,
            .withdrawn = tl_query_get_int(q, 11) != 0,
        };
        if (full) {
            st = tl_fail_nomem(err);
            break;
        }
    }
    tl_query_reset(q);
    return st;
}

static tl_status read_answers(tl_store *s, tl_stored_version *v, const struct pile *p,
                              tl_arena *arena, tl_error *err)
{
    tl_query *q;
    bool row = false, full = false;
    tl_answer *list = NULL;
    size_t n = 0, cap = 0, at = 0;
    tl_status st = tl_store_query(s, "answer.list", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, v->assessment);
    tl_query_int(q, 2, v->a.version);
    while (!full && (st = tl_query_step(q, &row, err)) == TL_OK && row) {
        int64_t place = tl_query_get_int(q, 0);
        if ((st = tl_arena_grow(arena, &list, &cap, n + 1, sizeof *list, err)) != TL_OK)
            break;
        size_t from = at;
        while (at < p->n && p->places[at] == place)
            at++;
        list[n] = (tl_answer){ .slot = column(q, 1, arena, &full),
                               .points = (tl_points)tl_query_get_int(q, 2),
                               .inferred = tl_query_get_int(q, 3) != 0,
                               .assessor = column(q, 4, arena, &full),
                               .note = column(q, 5, arena, &full),
                               .evidence = p->items ? p->items + from : NULL,
                               .n_evidence = at - from };
        list[n].counted = tl_answer_counted(&v->a, &list[n]);
        n++;
    }
    tl_query_reset(q);
    v->a.answers = list;
    v->a.n_answers = n;
    return full ? tl_fail_nomem(err) : st;
}

tl_status tl_version_answers(tl_store *s, tl_stored_version *v, tl_arena *arena, tl_error *err)
{
    struct pile p = { 0 };
    tl_status st = read_evidence(s, v, arena, &p, err);
    if (st == TL_OK)
        st = read_answers(s, v, &p, arena, err);
    return st == TL_OK ? tl_version_replies(s, v, arena, err) : st;
}

tl_status tl_assessment_get(tl_store *s, const tl_assessment_key *key, int64_t version,
                            tl_arena *arena, tl_assessment *out, tl_error *err)
{
    tl_stored_version v;
    char name[300];
    bool found;
    tl_status st = tl_version_find(s, key, version, arena, &v, &found, err);
    if (st == TL_OK && !found) {
        tl_key_text(key, name, sizeof name);
        return version > 0
                   ? tl_fail(err, TL_ENOTFOUND, "%s: no version %lld", name, (long long)version)
                   : tl_fail(err, TL_ENOTFOUND,
                             version == 0 ? "%s: no published assessment" : "%s: no assessment",
                             name);
    }
    if (st == TL_OK && (st = tl_version_answers(s, &v, arena, err)) == TL_OK)
        *out = v.a;
    return st;
}

/* The rows of a bound query of versions. */
static tl_status read_list(tl_query *q, tl_arena *arena, const tl_assessment **out, size_t *n,
                           tl_error *err)
{
    tl_assessment *list = NULL;
    tl_stored_version v;
    size_t cap = 0;
    bool row = false;
    tl_status st;
    *n = 0;
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        if ((st = tl_arena_grow(arena, &list, &cap, *n + 1, sizeof *list, err)) != TL_OK ||
            (st = tl_version_read(q, arena, &v, err)) != TL_OK)
            break;
        list[(*n)++] = v.a;
    }
    tl_query_reset(q);
    *out = list;
    return st;
}

tl_status tl_assessment_list(tl_store *s, const char *company, tl_arena *arena,
                             const tl_assessment **out, size_t *n, tl_error *err)
{
    tl_query *q;
    *out = NULL;
    *n = 0;
    tl_status st = tl_store_query(s, company ? "assessment.list_of" : "assessment.list", &q, err);
    if (st != TL_OK)
        return st;
    if (company)
        tl_query_text(q, 1, company);
    return read_list(q, arena, out, n, err);
}

tl_status tl_assessment_versions(tl_store *s, const tl_assessment_key *key, tl_arena *arena,
                                 const tl_assessment **out, size_t *n, tl_error *err)
{
    tl_query *q;
    *out = NULL;
    *n = 0;
    tl_status st = tl_store_query(s, "assessment.versions", &q, err);
    if (st != TL_OK)
        return st;
    bind_key(q, key);
    return read_list(q, arena, out, n, err);
}
