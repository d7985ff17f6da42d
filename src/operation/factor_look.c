/* factor_look.c - factors found, shown whole, compared. */
#include <math.h>
#include <string.h>

#include "operation/factor.h"

#include "base/number.h"
#include "operation/page.h"
#include "report/factor.h"
#include "report/factor_chart.h"

enum { WORDS_MAX = 200, DEFAULT_LIMIT = 50, PLACE = 6 };

/* A copy in capitals or small letters, ASCII only; NULL stays NULL. */
static tl_status in_case(tl_call *c, const char **text, char from, char to, tl_error *err)
{
    char *copy = tl_arena_str(c->arena, *text);
    if (!*text)
        return TL_OK;
    if (!copy)
        return tl_fail_nomem(err);
    for (char *p = copy; *p; p++)
        if (*p >= from && *p < from + 26)
            *p = (char)(*p - from + to);
    *text = copy;
    return TL_OK;
}

/* What to search for; words with a '/' are references and no words of it. */
struct question {
    tl_factor_query query;
    const char *words[WORDS_MAX];
    size_t n, named;
};

static tl_status read_words(tl_call *c, struct question *q, tl_error *err)
{
    const char *text = "";
    q->n = tl_call_list(c, "q", q->words, WORDS_MAX);
    if (q->n > WORDS_MAX)
        return tl_fail(err, TL_EINPUT, "more than %d words", (int)WORDS_MAX);
    for (size_t i = 0; i < q->n; i++) {
        bool reference = strchr(q->words[i], '/') != NULL;
        q->named += reference;
        if (!reference && !(text = tl_arena_printf(c->arena, "%s%s ", text, q->words[i])))
            return tl_fail_nomem(err);
    }
    q->query.text = text;
    return TL_OK;
}

static tl_status read_question(tl_call *c, struct question *q, tl_error *err)
{
    int64_t year = 0, limit = DEFAULT_LIMIT;
    tl_call_int(c, "year", &year);
    tl_call_int(c, "limit", &limit);
    *q = (struct question){ .query = { .region = tl_call_text(c, "region"),
                                       .category = tl_call_text(c, "category"),
                                       .year = (int)year,
                                       .superseded = tl_call_flag(c, "all-versions"),
                                       .verified = tl_call_flag(c, "verified"),
                                       .limit = (size_t)limit } };
    tl_status st = in_case(c, &q->query.region, 'a', 'A', err);
    if (st == TL_OK)
        st = in_case(c, &q->query.category, 'A', 'a', err);
    return st == TL_OK ? read_words(c, q, err) : st;
}

/* Searches with one more than the limit, which tells whether there are more. */
static tl_status look_up(tl_call *c, const struct question *q, const tl_factor **out, size_t *n,
                         bool *more, tl_error *err)
{
    tl_factor_query query = q->query;
    query.limit++;
    tl_status st = tl_factor_search(c->store, &query, c->arena, out, n, err);
    *more = st == TL_OK && *n > q->query.limit;
    if (*more)
        *n = q->query.limit;
    return st;
}

static tl_status read_place(const char *const fields[PLACE], tl_factor_place *out, tl_error *err)
{
    int64_t tier = 0, verified = 0, year = 0;
    tl_status st = tl_int_parse(fields[0], 0, 9, &tier, err);
    if (st == TL_OK)
        st = tl_int_parse(fields[1], 0, 1, &verified, err);
    if (st == TL_OK)
        st = tl_int_parse(fields[2], 0, 9999, &year, err);
    *out =
        (tl_factor_place){ (int)tier, verified == 1, (int)year, fields[3], fields[4], fields[5] };
    return st;
}

static tl_status tell_more(tl_call *c, const tl_factor_place *p, tl_error *err)
{
    const char *const fields[PLACE] = { tl_arena_printf(c->arena, "%d", p->tier),
                                        p->verified ? "1" : "0",
                                        tl_arena_printf(c->arena, "%d", p->year),
                                        p->set,
                                        p->key,
                                        p->set_version };
    return fields[0] && fields[2] ? tl_page_more(c, fields, PLACE, err) : tl_fail_nomem(err);
}

tl_status tl_run_factor_search(tl_call *c, tl_error *err)
{
    struct question q;
    tl_page page;
    tl_factor_place after;
    tl_factor_page part = { 0 };
    const tl_factor *factors;
    size_t n;
    tl_status st = tl_page_read(c, PLACE, DEFAULT_LIMIT, &page, err);
    if (st == TL_OK && page.goes_on)
        st = read_place(page.after, &after, err);
    if (st == TL_OK)
        st = read_question(c, &q, err);
    if (st != TL_OK)
        return st;
    part.after = page.goes_on ? &after : NULL;
    q.query.page = &part;
    st = tl_factor_search(c->store, &q.query, c->arena, &factors, &n, err);
    bool more = part.more;
    if (st == TL_OK && more)
        st = tell_more(c, &part.last, err);
    return st == TL_OK ? tl_call_report(c, tl_report_factors(factors, n, more, c->arena), err) : st;
}

/* One factor, in another denominator where that was asked for. */
static tl_status show_one(tl_call *c, const char *reference, const tl_factor_per_query *per,
                          tl_whole_factor *out, tl_error *err)
{
    tl_factor *f = &out->factor;
    out->pinned = strchr(reference, '@') != NULL;
    tl_status st = tl_factor_get(c->store, reference, c->arena, f, err);
    if (st == TL_OK)
        st = tl_dataset_get(c->store, f->set, f->set_version, c->arena, &out->set, err);
    if (st == TL_OK && out->pinned && out->set.superseded_by)
        tl_log_write(c->log, TL_LOG_INFO,
                     c->zh ? "%s@%s 已被 %s 取代" : "%s@%s is superseded by %s", f->set,
                     f->set_version, out->set.superseded_by);
    if (st != TL_OK || !per->unit)
        return st;
    out->per = per;
    return tl_factor_per(f, per, c->arena, &out->answer, err);
}

/* The place of a path is the first reference, further ones stand beside it. */
static tl_status references(tl_call *c, const char **out, size_t *n, tl_error *err)
{
    const char *set = tl_call_text(c, "set"), *key = tl_call_text(c, "key"),
               *version = tl_call_text(c, "version");
    *n = 0;
    if (version && (!set || !key || strchr(key, '@') || strchr(set, '@')))
        return tl_fail(err, TL_EINPUT, "version stands with set and key without one");
    if (set && key &&
        !(out[(*n)++] = tl_arena_printf(c->arena, "%s/%s%s%s", set, key, version ? "@" : "",
                                        version ? version : "")))
        return tl_fail_nomem(err);
    size_t most = WORDS_MAX - *n, more = tl_call_list(c, "reference", out + *n, most);
    if (more > most)
        return tl_fail(err, TL_EINPUT, "more than %d factors", (int)WORDS_MAX);
    *n += more;
    return *n ? TL_OK : tl_fail(err, TL_EINPUT, "reference is missing: SET/KEY[@VERSION]");
}

tl_status tl_run_factor_show(tl_call *c, tl_error *err)
{
    const char *names[WORDS_MAX];
    size_t n;
    tl_factor_per_query *per = tl_arena_alloc(c->arena, 1, sizeof *per);
    tl_whole_factor *whole = tl_arena_alloc(c->arena, WORDS_MAX, sizeof *whole);
    if (!per || !whole)
        return tl_fail_nomem(err);
    *per = (tl_factor_per_query){ tl_call_text(c, "per"), tl_call_text(c, "density"),
                                  tl_call_text(c, "heating-value") };
    if (!per->unit && (per->density || per->heating_value))
        return tl_fail(err, TL_EINPUT, "%s%s without %sper UNIT", c->dash ? c->dash : "",
                       per->density ? "density" : "heating-value", c->dash ? c->dash : "");
    tl_status st = references(c, names, &n, err);
    c->frozen = st == TL_OK;
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        st = show_one(c, names[i], per, &whole[i], err);
        c->frozen = c->frozen && whole[i].pinned;
    }
    return st == TL_OK ? tl_call_report(c, tl_report_whole_factors(whole, n, c->arena), err) : st;
}

static bool is_among(const tl_factor *all, size_t n, const tl_factor *f)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(all[i].set, f->set) == 0 && strcmp(all[i].key, f->key) == 0 &&
            strcmp(all[i].set_version, f->set_version) == 0)
            return true;
    return false;
}

/* The references of the question, then what its words find (if there are words at all), none twice.
 */
static tl_status candidates(tl_call *c, const struct question *q, tl_factor **out, size_t *n,
                            bool *more, tl_error *err)
{
    const tl_factor *found = NULL;
    size_t found_count = 0;
    tl_status st = TL_OK;
    *more = false;
    *n = 0;
    if (q->named < q->n)
        st = look_up(c, q, &found, &found_count, more, err);
    tl_factor *all = tl_arena_alloc(c->arena, q->n + found_count, sizeof *all);
    if (st == TL_OK && !all)
        st = tl_fail_nomem(err);
    for (size_t i = 0; i < q->n && st == TL_OK; i++)
        if (strchr(q->words[i], '/'))
            st = tl_factor_get(c->store, q->words[i], c->arena, &all[(*n)++], err);
    for (size_t i = 0; i < found_count && st == TL_OK; i++)
        if (!is_among(all, q->named, &found[i]))
            all[(*n)++] = found[i];
    *out = all;
    return st;
}

static tl_status draw(tl_call *c, const struct question *q, const tl_factor_comparison *comparison,
                      tl_error *err)
{
    const char *words = q->words[0];
    for (size_t i = 1; i < q->n && words; i++)
        words = tl_arena_printf(c->arena, "%s %s", words, q->words[i]);
    return words ? tl_chart_factors(comparison, words, c->zh, c->arena, &c->drawing, err)
                 : tl_fail_nomem(err);
}

tl_status tl_run_factor_compare(tl_call *c, tl_error *err)
{
    struct question q;
    tl_factor *factors;
    tl_factor_comparison *comparison = tl_arena_alloc(c->arena, 1, sizeof *comparison);
    size_t n;
    bool more;
    tl_status st = comparison ? read_question(c, &q, err) : tl_fail_nomem(err);
    if (st == TL_OK)
        st = candidates(c, &q, &factors, &n, &more, err);
    if (st == TL_OK)
        st = tl_factor_compare(factors, n, c->arena, comparison, err);
    if (st == TL_OK && c->draw)
        st = draw(c, &q, comparison, err);
    return st == TL_OK
               ? tl_call_report(c, tl_report_factor_comparison(comparison, more, c->arena), err)
               : st;
}
