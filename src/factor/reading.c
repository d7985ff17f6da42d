/* reading.c - readings into the database. */
#include "factor/reading.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "format/pinyin.h"

enum { READING_MAX = 40 };

struct tl_factor_reader {
    tl_pinyin *pinyin; /* owned */
    tl_arena *scratch; /* owned; of one word */
};

tl_status tl_factor_reader_new(tl_factor_reader **out, tl_error *err)
{
    tl_factor_reader *r = calloc(1, sizeof *r);
    *out = NULL;
    if (!r)
        return tl_fail_nomem(err);
    tl_status st = tl_pinyin_new(&r->pinyin, err);
    if (st == TL_OK)
        st = tl_arena_new(&r->scratch, 0, err);
    if (st == TL_OK)
        *out = r;
    else
        tl_factor_reader_free(r);
    return st;
}

void tl_factor_reader_free(tl_factor_reader *r)
{
    if (!r)
        return;
    tl_pinyin_free(r->pinyin);
    tl_arena_free(r->scratch);
    free(r);
}

/* CJK unified ideographs and their extension A: what the transliterator reads and texts hold. */
static bool all_chinese(const char *s)
{
    size_t n = strlen(s), len;
    for (size_t i = 0; i < n; i += len) {
        uint32_t c = tl_utf8_next(s + i, n - i, &len);
        if (c < 0x3400 || c > 0x9FFF)
            return false;
    }
    return n > 0;
}

static tl_status insert(tl_store *s, const char *pinyin, const char *phrase, tl_error *err)
{
    tl_query *q;
    size_t n = strlen(pinyin);
    if (n == 0 || n > READING_MAX || strspn(pinyin, "abcdefghijklmnopqrstuvwxyz") != n)
        return TL_OK;
    tl_status st = tl_store_query(s, "factor_reading.insert", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, pinyin);
    tl_query_text(q, 2, phrase);
    return tl_query_run(q, err);
}

tl_status tl_factor_reader_write_as(tl_factor_reader *r, tl_store *s, const char *text,
                                    const char *phrase, tl_error *err)
{
    tl_pinyin_forms forms;
    if (!all_chinese(text))
        return TL_OK;
    tl_arena_reset(r->scratch);
    tl_status st = tl_pinyin_read(r->pinyin, text, r->scratch, &forms, err);
    if (st != TL_OK || (st = insert(s, forms.joined, phrase, err)) != TL_OK)
        return st;
    if (!strchr(forms.joined, 'v')) /* v stands for nothing but ü in pinyin */
        return TL_OK;
    char *with_u = tl_arena_str(r->scratch, forms.joined);
    if (!with_u)
        return tl_fail_nomem(err);
    for (char *p = with_u; *p; p++)
        if (*p == 'v')
            *p = 'u';
    return insert(s, with_u, phrase, err);
}

tl_status tl_factor_reader_write(tl_factor_reader *r, tl_store *s, const char *phrase,
                                 tl_error *err)
{
    return tl_factor_reader_write_as(r, s, phrase, phrase, err);
}
