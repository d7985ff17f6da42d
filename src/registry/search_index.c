/* search_index.c - objects come and go: one at a time, or all at once in search_sources.c. */
#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "factor/index.h"
#include "registry/search_priv.h"

tl_status tl_search_number(tl_store *s, const char *query, int64_t *out, tl_error *err)
{
    tl_query *q;
    bool row;
    *out = 0;
    tl_status st = tl_store_query(s, query, &q, err);
    if (st != TL_OK)
        return st;
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row)
        *out = tl_query_get_int(q, 0);
    tl_query_reset(q);
    return st;
}

static tl_status check(const tl_found *o, const char *text, tl_error *err)
{
    if ((int)o->kind < 0 || (int)o->kind >= TL_SEARCH_KINDS)
        return tl_fail(err, TL_EINPUT, "search: no kind %d", (int)o->kind);
    if (!*o->id || (!*o->title_en && !*o->title_zh))
        return tl_fail(err, TL_EINPUT, "search: '%s' has no %s", o->id, *o->id ? "name" : "id");
    if (strlen(text) > TL_SEARCH_TEXT_MAX || strlen(o->title_en) > TL_SEARCH_TEXT_MAX ||
        strlen(o->title_zh) > TL_SEARCH_TEXT_MAX)
        return tl_fail(err, TL_EINPUT, "search: the text of %s is longer than %d bytes", o->id,
                       (int)TL_SEARCH_TEXT_MAX);
    return TL_OK;
}

/* Whose names, and whether they are put or taken away. */
struct naming {
    tl_store *s;
    tl_search_cutter *c;
    tl_found_kind kind;
    const char *id;
    int64_t number, weight;
    bool away;
};

static tl_status name(const struct naming *k, const char *line, tl_error *err)
{
    tl_words words;
    tl_query *q;
    tl_status st = tl_factor_words(k->c->words, line, TL_WORDS_QUERY, k->c->scratch, &words, err);
    if (st != TL_OK || words.n == 0)
        return st;
    st = tl_store_query(k->s, k->away ? "search_name.delete" : "search_name.insert", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, tl_factor_name_hash(&words));
    tl_query_int(q, 2, k->kind);
    tl_query_int(q, 3, k->weight);
    tl_query_text(q, 4, k->id);
    if (!k->away)
        tl_query_int(q, 5, k->number);
    return tl_query_run(q, err);
}

/* A line as it is written; where that has Chinese, also as it is typed, so that 铁 and tie find the
 * same first. */
static tl_status name_line(const struct naming *k, const char *line, tl_error *err)
{
    tl_pinyin_forms typed = { "", "", "" };
    tl_status st = name(k, line, err);
    if (st == TL_OK && tl_search_has_chinese(line))
        st = tl_pinyin_read(k->c->pinyin, line, k->c->scratch, &typed, err);
    if (st == TL_OK && (st = name(k, typed.joined, err)) == TL_OK &&
        strcmp(typed.syllables, typed.joined) != 0)
        st = name(k, typed.syllables, err);
    return st;
}

/* The lines of a text, each a name. The text holds the titles and the id as well. */
static tl_status name_lines(const struct naming *k, const char *text, tl_error *err)
{
    tl_status st = TL_OK;
    while (*text && st == TL_OK) {
        size_t n = strcspn(text, "\n");
        const char *line = tl_arena_copy(k->c->scratch, text, n);
        st = line ? name_line(k, line, err) : tl_fail_nomem(err);
        text += n + (text[n] == '\n');
    }
    return st;
}

static tl_status insert(tl_store *s, const tl_found *o, const char *text, int64_t weight,
                        tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "search_object.insert", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, o->kind);
    tl_query_text(q, 2, o->id);
    tl_query_text(q, 3, o->title_en);
    tl_query_text(q, 4, o->title_zh);
    tl_query_text(q, 5, o->hint ? o->hint : "");
    tl_query_int(q, 6, weight);
    tl_query_text(q, 7, text);
    return tl_query_run(q, err);
}

tl_status tl_search_add(tl_store *s, tl_search_cutter *c, const tl_found *object, const char *text,
                        int64_t weight, tl_error *err)
{
    tl_found o = *object;
    struct naming k = { .s = s, .c = c, .kind = o.kind, .id = o.id, .weight = weight };
    tl_arena_reset(c->scratch);
    o.title_en = o.title_en ? o.title_en : "";
    o.title_zh = o.title_zh ? o.title_zh : "";
    tl_status st = check(&o, text, err);
    if (st != TL_OK)
        return st;
    const char *all =
        tl_arena_printf(c->scratch, "%s\n%s\n%s\n%s", o.title_en, o.title_zh, o.id, text);
    if (!all)
        return tl_fail_nomem(err);
    if ((st = insert(s, &o, all, weight, err)) == TL_OK &&
        (st = tl_search_number(s, "search_object.last", &k.number, err)) == TL_OK)
        st = name_lines(&k, all, err);
    return st;
}

/* Takes away the object that has this kind and id, if there is one. */
static tl_status take_away(tl_store *s, tl_search_cutter *c, tl_found_kind kind, const char *id,
                           tl_error *err)
{
    struct naming k = { .s = s, .c = c, .kind = kind, .id = id, .away = true };
    tl_query *q;
    bool row, full = false;
    const char *text = NULL;
    tl_arena_reset(c->scratch);
    tl_status st = tl_store_query(s, "search_object.find", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, kind);
    tl_query_text(q, 2, id);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        k.number = tl_query_get_int(q, 0);
        k.weight = tl_query_get_int(q, 1);
        text = tl_arena_str(c->scratch, tl_query_get_text(q, 4));
        full = !text;
    }
    tl_query_reset(q);
    if (st != TL_OK || !text)
        return full ? tl_fail_nomem(err) : st;
    if ((st = name_lines(&k, text, err)) != TL_OK ||
        (st = tl_store_query(s, "search_object.delete", &q, err)) != TL_OK)
        return st;
    tl_query_int(q, 1, k.number);
    return tl_query_run(q, err);
}

static tl_status put_recent(tl_store *s, tl_search_cutter *c, int64_t number, tl_error *err)
{
    tl_query *q;
    tl_words words;
    bool row;
    const char *text = NULL;
    tl_arena_reset(c->scratch);
    tl_status st = tl_store_query(s, "search_object.order", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, number - 1);
    tl_query_int(q, 2, number);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row &&
        !(text = tl_arena_str(c->scratch, tl_query_get_text(q, 2))))
        st = tl_fail_nomem(err);
    tl_query_reset(q);
    if (st != TL_OK || !text || (st = tl_search_words(c, text, &words, err)) != TL_OK)
        return st;
    for (size_t i = 0; i < words.n && st == TL_OK; i++) {
        if ((st = tl_store_query(s, "search_recent.insert", &q, err)) != TL_OK)
            return st;
        tl_query_text(q, 1, words.items[i]);
        tl_query_int(q, 2, number);
        st = tl_query_run(q, err);
    }
    return st;
}

/* Where there are enough recent objects, folds them, together with the last segment while that is
 * small. */
static tl_status fold_recent(tl_store *s, tl_search_cutter *c, int64_t number, tl_error *err)
{
    tl_query *q;
    bool row;
    int64_t segment = 0, above = 0, last = 0;
    tl_status st = tl_store_query(s, "search_segment.list", &q, err);
    if (st != TL_OK)
        return st;
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        segment = tl_query_get_int(q, 0);
        above = tl_query_get_int(q, 1);
        last = tl_query_get_int(q, 2);
    }
    if (st != TL_OK || number - last < TL_SEARCH_RECENT)
        return st;
    if (segment && number - above <= TL_SEARCH_SMALL) {
        if ((st = tl_store_query(s, "search_segment.delete", &q, err)) != TL_OK)
            return st;
        tl_query_int(q, 1, segment);
        if ((st = tl_query_run(q, err)) != TL_OK)
            return st;
        last = above;
    }
    if ((st = tl_search_fold(s, c, last, number, err)) != TL_OK ||
        (st = tl_store_query(s, "search_recent.clear", &q, err)) != TL_OK)
        return st;
    return tl_query_run(q, err);
}

tl_status tl_search_put(tl_store *s, const tl_found *object, const char *text, int64_t weight,
                        tl_error *err)
{
    tl_search_cutter c;
    int64_t number;
    assert(tl_store_in_transaction(s));
    tl_status st = tl_search_cutter_init(&c, err);
    if (st == TL_OK && (st = take_away(s, &c, object->kind, object->id, err)) == TL_OK &&
        (st = tl_search_add(s, &c, object, text, weight, err)) == TL_OK &&
        (st = tl_search_number(s, "search_object.last", &number, err)) == TL_OK &&
        (st = put_recent(s, &c, number, err)) == TL_OK)
        st = fold_recent(s, &c, number, err);
    tl_search_cutter_clear(&c);
    return st;
}

tl_status tl_search_drop(tl_store *s, tl_found_kind kind, const char *id, tl_error *err)
{
    tl_search_cutter c;
    assert(tl_store_in_transaction(s));
    tl_status st = tl_search_cutter_init(&c, err);
    if (st == TL_OK)
        st = take_away(s, &c, kind, id, err);
    tl_search_cutter_clear(&c);
    return st;
}
