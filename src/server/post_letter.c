/* post_letter.c - from a row of the outbox to a mail. */
#include <string.h>

#include "account/token.h"
#include "account/user.h"
#include "base/clock.h"
#include "exchange/letter.h"
#include "format/json_read.h"
#include "server/post_priv.h"

enum { RESET_LEAST_S = 600 };

/* "2026-11-22T05:36:00Z" as people read it; a day stays as it is. */
static const char *moment(const char *text, tl_arena *arena)
{
    if (!text || strlen(text) != TL_TIME_ISO - 1 || text[10] != 'T')
        return text;
    return tl_arena_printf(arena, "%.10s %.5s UTC", text, text + 11);
}

static const char *field(tl_json_value root, const char *name, tl_arena *arena)
{
    const char *text = NULL;
    tl_json_value v = tl_json_get(root, name);
    if (tl_json_missing(v) || tl_json_as_text(v, &text, NULL) != TL_OK)
        return NULL;
    return moment(tl_arena_str(arena, text), arena);
}

static tl_status read_fields(const char *text, tl_arena *arena, tl_letter *out, tl_error *err)
{
    tl_json_doc *doc;
    tl_status st = tl_json_read(&doc, "letter", text, strlen(text), NULL, err);
    if (st != TL_OK)
        return st;
    tl_json_value root = tl_json_root(doc);
    out->organisation = field(root, "organisation", arena);
    out->facility = field(root, "facility", arena);
    out->item = field(root, "item", arena);
    out->before = field(root, "before", arena);
    out->after = field(root, "after", arena);
    out->when = field(root, "when", arena);
    out->until = field(root, "until", arena);
    out->reason = field(root, "reason", arena);
    tl_json_doc_free(doc);
    return TL_OK;
}

static bool kind_of(const char *code, tl_letter_kind *out)
{
    for (int k = 0; k < TL_LETTERS; k++)
        if (strcmp(tl_letter_code((tl_letter_kind)k), code) == 0) {
            *out = (tl_letter_kind)k;
            return true;
        }
    return false;
}

/* One link in RESET_LEAST_S, whoever asks: the last one still works. Later tries of a letter made
 * one themselves. */
static tl_status is_pest(tl_store *s, const tl_outbox_letter *l, int64_t now, bool *out,
                         tl_error *err)
{
    *out = false;
    tl_status st = l->tries > 1 ? TL_OK : tl_reset_recent(s, l->to, now - RESET_LEAST_S, out, err);
    return st == TL_EINPUT ? TL_OK : st;
}

/* Made only now, so that it is in no table, and lives its hour from here. */
static tl_status add_reset(tl_store *s, const char *base, int64_t now, tl_arena *arena,
                           tl_letter *l, bool *nobody, tl_error *err)
{
    tl_user u;
    char until[TL_TIME_ISO];
    tl_error why = { 0 };
    tl_status st = tl_store_begin(s, err);
    if (st != TL_OK)
        return st;
    st = tl_user_find(s, l->to, arena, &u, &why);
    if (st == TL_OK)
        st = tl_reset_link(s, l->to, base, "unknown", now, arena, &l->link, &why);
    if (st != TL_OK) {
        tl_store_rollback(s);
        *nobody = st == TL_ENOTFOUND || st == TL_EINPUT;
        return *nobody ? TL_OK : tl_fail(err, st, "%s", why.text);
    }
    l->to = u.email;
    l->name = u.name;
    l->language = u.language;
    tl_time_format(now + TL_RESET_S, until);
    l->until = moment(tl_arena_str(arena, until), arena);
    return tl_store_commit(s, err);
}

tl_status tl_post_write(tl_store *s, const tl_outbox_letter *l, const char *base, const char *link,
                        int64_t now, tl_arena *arena, tl_mail *out, bool *nobody, tl_error *err)
{
    tl_letter letter = { .to = l->to, .name = l->name, .language = l->language, .link = link };
    *nobody = false;
    if (!kind_of(l->kind, &letter.kind))
        return tl_fail(err, TL_EINPUT, "this program has no letter '%s'", l->kind);
    if (*l->holder && !link)
        return tl_fail(err, TL_EINPUT, "the link of this letter is lost; make it anew");
    tl_status st = read_fields(l->fields, arena, &letter, err);
    if (st == TL_OK && letter.kind == TL_LETTER_RESET)
        st = is_pest(s, l, now, nobody, err);
    if (st == TL_OK && letter.kind == TL_LETTER_RESET && !*nobody)
        st = add_reset(s, base, now, arena, &letter, nobody, err);
    return st == TL_OK && !*nobody ? tl_letter_write(&letter, arena, out, err) : st;
}
