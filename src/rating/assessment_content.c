/* assessment_content.c - a digest over what was said, by which the same result is known again. */
#include <inttypes.h>
#include <stdio.h>

#include "rating/assessment_priv.h"

static void add_text(tl_sha256 *h, const char *text)
{
    tl_sha256_add_field(h, text ? text : "");
}

static void add_number(tl_sha256 *h, int64_t v)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, v);
    tl_sha256_add_field(h, text);
}

static void add_answer(tl_sha256 *h, const char *slot, const tl_answer *a)
{
    add_text(h, slot);
    add_number(h, a->points);
    add_number(h, a->inferred);
    add_text(h, a->assessor);
    add_text(h, a->note);
    add_number(h, (int64_t)a->n_evidence);
    for (size_t i = 0; i < a->n_evidence; i++) {
        const tl_evidence *e = &a->evidence[i];
        const char *const texts[] = { e->document, e->page,  e->quote,     e->language,
                                      e->url,      e->dated, e->retrieved, e->sha256 };
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            add_text(h, texts[k]);
    }
}

tl_status tl_assessment_digest(const tl_index *x, const tl_assessment *a, bool with_day,
                               const tl_prepared *p, char hex[TL_SHA256_HEX], tl_error *err)
{
    tl_sha256 *h;
    tl_status st = tl_sha256_new(&h, err);
    if (st != TL_OK)
        return st;
    add_text(h, a->industry);
    add_text(h, a->cut_off);
    add_text(h, a->origin);
    add_text(h, with_day ? a->published_on : "");
    add_number(h, a->stated_total);
    add_number(h, a->stated_rank);
    add_number(h, a->stated_stars);
    for (size_t i = 0; i < p->n_slots; i++)
        if (p->at[i])
            add_answer(h, tl_slot_code(x, a->key.level, i), p->at[i]);
    st = tl_sha256_final(h, hex, err);
    tl_sha256_free(h);
    return st;
}
