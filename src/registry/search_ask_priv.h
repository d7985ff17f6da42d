/* search_ask_priv.h - one question as it is answered (search.c search_meet.c search_facets.c). */
#ifndef TL_REGISTRY_SEARCH_ASK_PRIV_H
#define TL_REGISTRY_SEARCH_ASK_PRIV_H

#include "registry/search_priv.h"

/* Its objects are the bits from .. from+count-1, from a multiple of 64; number 0 is the recent
 * ones. */
typedef struct tl_ask_segment {
    int64_t number, above;
    size_t from, count;
    size_t first[TL_FOUND_KINDS], part[TL_FOUND_KINDS]; /* places of each kind; not of the recent */
} tl_ask_segment;

typedef struct tl_ask_hit {
    int64_t number, weight;
    tl_found found;
} tl_ask_hit;

typedef struct tl_ask {
    tl_store *s;
    tl_arena *arena; /* of the caller */
    const tl_search_opts *opts;
    tl_words words, name; /* of the question: to be met, and as a whole name */
    bool grows;           /* the last word may be the beginning of one */
    const char **alike;   /* in the arena: what means the same as the whole question */
    size_t alike_count;
    size_t limit;
    tl_ask_segment *segments; /* owned; the recent ones last */
    size_t segment_count, segment_cap, bit_count;
    int64_t recent_above;        /* number of bit 0 of the recent ones, less one */
    unsigned char *recent_kinds; /* owned; 255 = has gone */
    uint64_t *all, *one, *named; /* owned; bits with every word so far, with the word at hand, and
                                    of those whose name was asked for */
    tl_ask_hit *hits;            /* owned; the best of a kind, `limit` at most */
    size_t hit_count, exact;     /* the first `exact` are called just as was asked */
    tl_error *err;
} tl_ask;

/* Meets the lists of all words, of the picks and of the whole name: k->all and k->named. */
TL_MUST_CHECK tl_status tl_ask_meet(tl_ask *k);

/* Counts the facets of the vehicles in k->all. */
TL_MUST_CHECK tl_status tl_ask_facets(tl_ask *k, tl_search_answer *out);

/* The bits of a kind in a segment: [*from, *to). Recent ones of other kinds lie between. */
void tl_ask_part(const tl_ask_segment *g, tl_found_kind kind, size_t *from, size_t *to);

static inline bool tl_ask_bit(const uint64_t *bits, size_t i)
{
    return bits[i / 64] >> i % 64 & 1;
}

tl_status tl_ask_damaged(const tl_ask *k);

/* k->one: the objects that have the word, in the segments where something is left. */
TL_MUST_CHECK tl_status tl_ask_mark(tl_ask *k, const char *word, bool grows);

/* Keeps in k->all what has each word of the question, or what means the same (factor/synonym.h), so
 * that tie, 铁 and iron find the same; fills k->named. (search_alike.c) */
TL_MUST_CHECK tl_status tl_ask_meet_words(tl_ask *k);
TL_MUST_CHECK tl_status tl_ask_meet_names(tl_ask *k);

#endif
