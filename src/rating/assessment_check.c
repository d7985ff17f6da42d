/* assessment_check.c - whether what was given can be an assessment: each field, each answer, each
 * piece of evidence; the first fault is named by its slot. */
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "quantity/period.h"
#include "rating/assessment_priv.h"

enum { RANK_MAX = 1000000, STARS_MAX = 5 };

static const char *text_of(const char *s)
{
    return s ? s : "";
}

tl_status tl_field_check(const char *field, const char *text, size_t most, bool lines, bool needed,
                         tl_error *err)
{
    size_t n = strlen(text_of(text));
    if (n == 0)
        return needed ? tl_fail(err, TL_EINPUT, "%s: empty, expected a text", field) : TL_OK;
    if (n > most)
        return tl_fail(err, TL_EINPUT, "%s: %zu bytes, at most %zu are kept", field, n, most);
    if (!tl_text_plain(text, lines))
        return tl_fail(err, TL_EINPUT, "%s: '%.60s' holds control characters or is not UTF-8",
                       field, text);
    return text[strspn(text, " \t\r\n")] ? TL_OK
                                         : tl_fail(err, TL_EINPUT, "%s: blanks only", field);
}

tl_status tl_person_check(const char *role, const char *who, tl_error *err)
{
    return tl_field_check(role, who, TL_PERSON_MAX, false, true, err);
}

tl_status tl_day_check(const char *field, const char *day, bool needed, tl_error *err)
{
    if (!needed && !*text_of(day))
        return TL_OK;
    return tl_date_valid(text_of(day)) ? TL_OK
                                       : tl_fail(err, TL_EINPUT,
                                                 "%s: '%.40s' is no day, expected one such as "
                                                 "2024-03-31",
                                                 field, text_of(day));
}

tl_status tl_day_or_today(const char *day, char out[11], tl_error *err)
{
    char now[TL_TIME_ISO];
    tl_status st = tl_day_check("day", day, false, err);
    if (st != TL_OK)
        return st;
    tl_time_now(now);
    memcpy(out, *text_of(day) ? day : now, 10);
    out[10] = '\0';
    return TL_OK;
}

/* http(s) with something behind it, and nothing a browser or a log would trip over. */
static bool url_valid(const char *url)
{
    const char *rest = tl_text_starts(url, "https://")  ? url + 8
                       : tl_text_starts(url, "http://") ? url + 7
                                                        : "";
    return *rest && *rest != '/' && !url[strcspn(url, " \t\r\n\"<>\\^`{|}")];
}

static bool sha256_valid(const char *s)
{
    return strlen(s) == 64 && strspn(s, "0123456789abcdef") == 64;
}

tl_status tl_evidence_check(const tl_evidence *e, tl_error *err)
{
    const char *url = text_of(e->url), *language = text_of(e->language);
    tl_status st = tl_field_check("document", e->document, 1000, false, true, err);
    if (st != TL_OK || (st = tl_field_check("page", e->page, 200, false, false, err)) != TL_OK ||
        (st = tl_field_check("quote", e->quote, TL_QUOTE_MAX, true, false, err)) != TL_OK ||
        (st = tl_field_check("url", url, 2000, false, false, err)) != TL_OK ||
        (st = tl_day_check("dated", e->dated, false, err)) != TL_OK ||
        (st = tl_day_check("retrieved", e->retrieved, false, err)) != TL_OK)
        return st;
    if (*url && !url_valid(url))
        return tl_fail(err, TL_EINPUT, "url: '%.100s', expected http:// or https:// and no blanks",
                       url);
    if (*text_of(e->sha256) && !sha256_valid(e->sha256))
        return tl_fail(err, TL_EINPUT, "sha256: '%.70s', expected 64 lower-case hex digits",
                       e->sha256);
    if (strlen(language) > 35 ||
        language[strspn(language,
                        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-")])
        return tl_fail(err, TL_EINPUT, "language: '%.40s', expected a tag such as zh or en",
                       language);
    return TL_OK;
}

static tl_status check_answer(const tl_answer *answer, tl_error *err)
{
    tl_status st = tl_field_check("assessor", answer->assessor, TL_PERSON_MAX, false, false, err);
    if (st == TL_OK)
        st = tl_field_check("note", answer->note, TL_LONG_TEXT_MAX, true, false, err);
    if (st == TL_OK && answer->n_evidence > TL_EVIDENCE_MAX)
        st = tl_fail(err, TL_EINPUT, "%zu pieces of evidence, at most %d are kept",
                     answer->n_evidence, (int)TL_EVIDENCE_MAX);
    for (size_t i = 0; st == TL_OK && i < answer->n_evidence; i++) {
        st = tl_evidence_check(&answer->evidence[i], err);
        for (size_t k = 0; st == TL_OK && k < i; k++)
            if (tl_evidence_same(&answer->evidence[k], &answer->evidence[i]))
                st = tl_fail(err, TL_EINPUT, "evidence '%.60s', page '%.20s' is there twice",
                             answer->evidence[i].document, text_of(answer->evidence[i].page));
    }
    return st;
}

tl_status tl_index_fits(const tl_index *x, const tl_assessment_key *key, tl_error *err)
{
    tl_period period;
    if (strcmp(text_of(key->index), x->id) != 0 || strcmp(text_of(key->index_version), x->version))
        return tl_fail(err, TL_EINPUT, "an assessment under %.60s@%.40s, the index is %s@%s",
                       text_of(key->index), text_of(key->index_version), x->id, x->version);
    if ((unsigned)key->level > TL_LEVEL_TOTAL || (key->level == TL_LEVEL_THEME && !x->n_themes) ||
        (key->level == TL_LEVEL_INDICATOR && !x->n_slots))
        return tl_fail(err, TL_EINPUT, "%s@%s has no slots at this level", x->id, x->version);
    tl_status st = tl_period_parse(text_of(key->period), &period, err);
    return st == TL_OK ? st : tl_context(err, st, "period");
}

static tl_status find_weight(const tl_index *x, const char *industry, tl_weight *out, tl_error *err)
{
    const tl_index_industry *found = *industry ? tl_index_find_industry(x, industry) : NULL;
    *out = 0; /* as tl_score says where there is no weighting */
    if (found)
        *out = x->weighted ? found->scope12 : 0;
    else if (x->weighted && x->n_industries)
        return tl_fail(err, TL_EINPUT, "industry: '%.60s' has no weight in %s@%s", industry, x->id,
                       x->version);
    else if (x->weighted)
        *out = TL_WEIGHT_ONE / 2; /* no industries: all groups alike */
    return TL_OK;
}

static tl_status check_head(const tl_index *x, const tl_assessment *a, tl_prepared *out,
                            tl_error *err)
{
    tl_status st = tl_index_fits(x, &a->key, err);
    if (st != TL_OK ||
        (st = tl_field_check("company", a->key.company, 64, false, true, err)) != TL_OK ||
        (st = tl_field_check("industry", a->industry, 64, false, false, err)) != TL_OK ||
        (st = tl_field_check("origin", a->origin, TL_LONG_TEXT_MAX, false, false, err)) != TL_OK ||
        (st = tl_day_check("cut_off", a->cut_off, false, err)) != TL_OK)
        return st;
    if (a->stated_total < TL_SLOT_NOT_ASKED || a->stated_total > TL_POINTS_MAX ||
        a->stated_rank < 0 || a->stated_rank > RANK_MAX || a->stated_stars < 0 ||
        a->stated_stars > STARS_MAX)
        return tl_fail(err, TL_EINPUT, "a stated total, rank or number of stars out of range");
    return find_weight(x, text_of(a->industry), &out->scope12, err);
}

static tl_status lay_out(const tl_index *x, const tl_assessment *a, tl_prepared *p, tl_error *err)
{
    for (size_t i = 0; i < a->n_answers; i++) {
        const tl_answer *answer = &a->answers[i];
        int slot = tl_slot_find(x, a->key.level, text_of(answer->slot));
        if (slot < 0)
            return tl_fail(err, TL_EINPUT, "slot '%.80s': %s@%s has no such %s",
                           text_of(answer->slot), x->id, x->version, tl_level_name(a->key.level));
        if (p->at[slot])
            return tl_fail(err, TL_EINPUT, "slot '%s' is answered twice", answer->slot);
        tl_status st = check_answer(answer, err);
        if (st != TL_OK)
            return tl_context(err, st, "slot '%s'", answer->slot);
        p->at[slot] = answer;
        p->given[slot] = answer->points;
        p->counted[slot] = tl_answer_counted(a, answer);
        if (answer->inferred)
            p->inferred[slot] = true;
    }
    return TL_OK;
}

tl_status tl_assessment_prepare(const tl_index *x, const tl_assessment *a, bool with_day,
                                tl_arena *arena, tl_prepared *out, tl_error *err)
{
    *out = (tl_prepared){ 0 };
    tl_status st = check_head(x, a, out, err);
    if (st != TL_OK)
        return st;
    size_t n = out->n_slots = tl_sheet_slots(x, a->key.level);
    out->at = tl_arena_alloc(arena, n, sizeof(const tl_answer *));
    out->given = tl_arena_alloc(arena, n, sizeof *out->given);
    out->counted = tl_arena_alloc(arena, n, sizeof *out->counted);
    out->inferred = tl_arena_alloc(arena, n, sizeof *out->inferred);
    if (!out->at || !out->given || !out->counted || !out->inferred)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < n; i++)
        out->given[i] = out->counted[i] = TL_SLOT_NOT_ASKED;
    if ((st = lay_out(x, a, out, err)) != TL_OK ||
        (st = tl_score_check(x, a->key.level, out->given, err)) != TL_OK ||
        (st = tl_assessment_digest(x, a, with_day, out, out->content, err)) != TL_OK)
        return st;
    if (!memchr(out->inferred, true, n))
        out->inferred = NULL;
    return TL_OK;
}
