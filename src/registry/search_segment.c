/* search_segment.c - makes a segment out of objects that come in the order of an answer.
 *
 * Because of that order every list of places grows at its end and is packed as it grows. Beginnings
 * are not gathered word by word: once the words are sorted, those that begin alike stand together.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/map.h"
#include "registry/search_block.h"
#include "registry/search_priv.h"

/* Most words are rare: a short list lies where the address of a longer one would. */
enum { SHORT = 8 };
struct list {
    union {
        unsigned char bytes[SHORT];
        unsigned char *far; /* owned; where cap is not 0 */
    } packed;
    uint32_t len, cap;
    uint32_t next; /* place after the last one */
};

struct tl_search_segment {
    tl_store *s;
    tl_map *words;      /* owned; word -> its list, by place in the map */
    struct list *lists; /* owned */
    size_t list_cap;
    int64_t first[TL_FOUND_KINDS], count[TL_FOUND_KINDS];
    int64_t *numbers; /* owned; object of each place */
    size_t number_cap;
    uint32_t places;
};

tl_status tl_search_segment_new(tl_search_segment **out, tl_store *s, tl_error *err)
{
    tl_search_segment *g = calloc(1, sizeof *g);
    *out = NULL;
    if (!g)
        return tl_fail_nomem(err);
    g->s = s;
    tl_status st = tl_map_new(&g->words, err);
    if (st == TL_OK)
        *out = g;
    else
        free(g);
    return st;
}

/* Forgets the objects. */
static void empty(tl_search_segment *g)
{
    for (size_t i = 0; i < g->list_cap; i++)
        if (g->lists[i].cap)
            free(g->lists[i].packed.far);
    free(g->lists);
    tl_map_free(g->words);
    g->lists = NULL;
    g->words = NULL;
    g->list_cap = 0;
    g->places = 0;
    memset(g->count, 0, sizeof g->count);
}

void tl_search_segment_free(tl_search_segment *g)
{
    if (!g)
        return;
    empty(g);
    free(g->numbers);
    free(g);
}

size_t tl_search_segment_size(const tl_search_segment *g)
{
    return g->places;
}

static unsigned char *bytes_of(struct list *list)
{
    return list->cap ? list->packed.far : list->packed.bytes;
}

/* A place takes five bytes at most, a segment has TL_SEARCH_SEGMENT of them: no sum overflows. */
static tl_status append(struct list *list, uint32_t gap, tl_error *err)
{
    uint32_t room = list->cap ? list->cap : SHORT;
    if (list->len + 5 > room) {
        uint32_t cap = room * 2;
        unsigned char *far = realloc(list->cap ? list->packed.far : NULL, cap);
        if (!far)
            return tl_fail_nomem(err);
        if (!list->cap)
            memcpy(far, list->packed.bytes, list->len);
        list->packed.far = far;
        list->cap = cap;
    }
    unsigned char *p = bytes_of(list);
    for (; gap >= 0x80; gap >>= 7)
        p[list->len++] = (unsigned char)(gap | 0x80);
    p[list->len++] = (unsigned char)gap;
    return TL_OK;
}

static tl_status put_word(tl_search_segment *g, const char *word, tl_error *err)
{
    size_t i, cap = g->list_cap;
    bool was_there;
    tl_status st =
        tl_grow(&g->lists, &g->list_cap, tl_map_size(g->words) + 1, sizeof *g->lists, err);
    if (st != TL_OK)
        return st;
    if (cap < g->list_cap)
        memset(g->lists + cap, 0, (g->list_cap - cap) * sizeof *g->lists);
    if ((st = tl_map_add(g->words, tl_span_of(word), 0, &i, &was_there, err)) != TL_OK)
        return st;
    struct list *list = &g->lists[i];
    if (list->next == g->places + 1) /* the object has it already */
        return TL_OK;
    st = append(list, g->places + 1 - list->next, err);
    list->next = g->places + 1;
    return st;
}

tl_status tl_search_segment_put(tl_search_segment *g, int64_t number, tl_found_kind kind,
                                const tl_words *words, tl_error *err)
{
    tl_status st =
        tl_grow(&g->numbers, &g->number_cap, (size_t)g->places + 1, sizeof *g->numbers, err);
    if (st == TL_OK && !g->words)
        st = tl_map_new(&g->words, err);
    for (size_t i = 0; st == TL_OK && i < words->n; i++)
        st = put_word(g, words->items[i], err);
    if (st != TL_OK)
        return st;
    if (g->count[kind]++ == 0)
        g->first[kind] = g->places;
    g->numbers[g->places++] = number;
    return TL_OK;
}

/* A segment as it is written. */
struct writing {
    tl_search_segment *g;
    int64_t number;
    const char **words;  /* owned; sorted */
    struct list **lists; /* owned; of the sorted words */
    size_t n;
    uint64_t *bits;                     /* owned; one a place */
    tl_buf list, block;                 /* owned */
    char first[TL_BLOCK_WORD_MAX + 2];  /* words of the block at hand: the first and */
    char before[TL_BLOCK_WORD_MAX + 2]; /* the last */
    size_t first_len, before_len;       /* 0: none */
    tl_error *err;
};

static tl_status end_block(struct writing *w)
{
    tl_query *q;
    if (!w->first_len)
        return TL_OK;
    tl_status st = tl_buf_status(&w->block, w->err);
    if (st == TL_OK)
        st = tl_store_query(w->g->s, "search_block.insert", &q, w->err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, w->number);
    tl_query_blob(q, 2, w->first, w->first_len);
    tl_query_blob(q, 3, w->block.data, w->block.len);
    st = tl_query_run(q, w->err);
    w->first_len = w->before_len = 0;
    tl_buf_reset(&w->block);
    return st;
}

/* The word with the list in w->list. */
static tl_status write_word(struct writing *w, const char *word, size_t n)
{
    tl_status st = tl_buf_status(&w->list, w->err);
    if (st == TL_OK && w->list.len >= TL_BLOCK_LIST_ALONE)
        st = end_block(w);
    if (st != TL_OK)
        return st;
    tl_block_add(&w->block, w->before, w->before_len, word, n, w->list.data, w->list.len);
    memcpy(w->before, word, n);
    w->before_len = n;
    if (!w->first_len) {
        memcpy(w->first, word, n);
        w->first_len = n;
    }
    return w->block.len >= TL_BLOCK_BYTES ? end_block(w) : TL_OK;
}

/* All objects with a word of the group, as "steel*". */
static tl_status write_group(struct writing *w, const tl_search_group *group)
{
    char word[TL_BLOCK_WORD_MAX + 2];
    size_t places = w->g->places;
    memset(w->bits, 0, (places + 63) / 64 * sizeof *w->bits);
    for (uint32_t i = group->first; i <= group->last; i++) {
        struct list *list = w->lists[i];
        const unsigned char *p = bytes_of(list), *end = p + list->len;
        for (uint32_t behind = 0, step, shift; p < end; behind += step) {
            for (step = 0, shift = 0; *p >= 0x80; shift += 7)
                step |= (uint32_t)(*p++ & 0x7F) << shift;
            step |= (uint32_t)*p++ << shift;
            w->bits[(behind + step - 1) / 64] |= (uint64_t)1 << (behind + step - 1) % 64;
        }
    }
    memcpy(word, w->words[group->first], group->bytes);
    word[group->bytes] = '*';
    tl_buf_reset(&w->list);
    tl_block_pack(&w->list, w->bits, places, false);
    return write_word(w, word, group->bytes + 1);
}

static tl_status write_list(struct writing *w, size_t i)
{
    struct list *list = w->lists[i];
    bool facet = *w->words[i] == '#';
    tl_buf_reset(&w->list);
    tl_block_repack(&w->list, bytes_of(list), list->len, w->g->places, facet, w->bits);
    return write_word(w, w->words[i], strlen(w->words[i]));
}

/* Beginnings are those of words that can grow; names and facets are only asked for whole. */
static tl_status write_beginning(struct writing *w, const tl_search_group *group)
{
    const char *word = w->words[group->first];
    bool grows = *word != '=' && *word != '#' && tl_search_word_grows(word);
    return grows ? write_group(w, group) : TL_OK;
}

/* Words and groups in one order: a group stands before its words, but for the one that is no longer
 * than their beginning. */
static tl_status write_words(struct writing *w)
{
    tl_search_group *groups;
    size_t n, next = 0;
    tl_status st = tl_search_groups(w->words, w->n, &groups, &n, w->err);
    for (size_t i = 0; i < w->n && st == TL_OK; i++) {
        const char *word = w->words[i];
        while (st == TL_OK && next < n && groups[next].first == i && word[groups[next].bytes])
            st = write_beginning(w, &groups[next++]);
        if (st == TL_OK && (st = write_list(w, i)) == TL_OK && next < n && groups[next].first == i)
            st = write_beginning(w, &groups[next++]);
    }
    free(groups);
    return st == TL_OK ? end_block(w) : st;
}

struct word {
    const char *text;
    struct list *list;
};

static int by_text(const void *a, const void *b)
{
    return strcmp(((const struct word *)a)->text, ((const struct word *)b)->text);
}

static tl_status sort_words(struct writing *w)
{
    tl_search_segment *g = w->g;
    w->n = tl_map_size(g->words);
    struct word *words = tl_new_array(w->n, sizeof *words);
    w->words = tl_new_array(w->n, sizeof *w->words);
    w->lists = tl_new_array(w->n, sizeof *w->lists);
    w->bits = tl_new_array(g->places / 64 + 1, sizeof *w->bits);
    bool full = !words || !w->words || !w->lists || !w->bits;
    for (size_t i = 0; !full && i < w->n; i++)
        words[i] = (struct word){ tl_map_key(g->words, i), &g->lists[i] };
    if (!full && w->n)
        qsort(words, w->n, sizeof *words, by_text);
    for (size_t i = 0; !full && i < w->n; i++) {
        w->words[i] = words[i].text;
        w->lists[i] = words[i].list;
    }
    free(words);
    return full ? tl_fail_nomem(w->err) : TL_OK;
}

/* Runs a query that takes whole numbers only. */
static tl_status write_numbers(struct writing *w, const char *name, const int64_t *values, int n)
{
    tl_query *q;
    tl_status st = tl_store_query(w->g->s, name, &q, w->err);
    if (st != TL_OK)
        return st;
    for (int i = 0; i < n; i++)
        tl_query_int(q, i + 1, values[i]);
    return tl_query_run(q, w->err);
}

static tl_status write_chunk(struct writing *w, uint32_t chunk, int64_t above)
{
    unsigned char bytes[4 * TL_SEARCH_CHUNK];
    const int64_t *numbers = w->g->numbers + (size_t)chunk * TL_SEARCH_CHUNK;
    size_t n = w->g->places - chunk * TL_SEARCH_CHUNK;
    tl_query *q;
    n = n < TL_SEARCH_CHUNK ? n : TL_SEARCH_CHUNK;
    for (size_t i = 0; i < 4 * n; i++)
        bytes[i] = (unsigned char)((uint64_t)(numbers[i / 4] - above) >> 8 * (i % 4));
    tl_status st = tl_store_query(w->g->s, "search_order.insert", &q, w->err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, w->number);
    tl_query_int(q, 2, chunk);
    tl_query_blob(q, 3, bytes, 4 * n);
    return tl_query_run(q, w->err);
}

static tl_status insert_segment(struct writing *w, int64_t above, int64_t last)
{
    tl_query *q;
    bool row;
    tl_status st = tl_store_query(w->g->s, "search_segment.insert", &q, w->err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, above);
    tl_query_int(q, 2, last);
    tl_query_int(q, 3, w->g->places);
    if ((st = tl_query_step(q, &row, w->err)) == TL_OK && row) {
        w->number = tl_query_get_int(q, 0);
        st = tl_query_step(q, &row, w->err); /* the change is done once its rows are read */
    }
    tl_query_reset(q);
    return st;
}

static tl_status write_order(struct writing *w, int64_t above, int64_t last)
{
    const tl_search_segment *g = w->g;
    tl_status st = insert_segment(w, above, last);
    for (uint32_t i = 0; i * TL_SEARCH_CHUNK < g->places && st == TL_OK; i++)
        st = write_chunk(w, i, above);
    for (int i = 0; i < TL_FOUND_KINDS && st == TL_OK; i++)
        if (g->count[i])
            st = write_numbers(w, "search_part.insert",
                               (int64_t[]){ w->number, i, g->first[i], g->count[i] }, 4);
    return st;
}

tl_status tl_search_segment_write(tl_search_segment *g, int64_t above, int64_t last, tl_error *err)
{
    struct writing w = { .g = g, .err = err };
    if (g->places == 0)
        return TL_OK;
    if (last - above > UINT32_MAX)
        return tl_fail(err, TL_EIO, "the numbers of the search have run out, make its index anew");
    tl_buf_init(&w.list, 0);
    tl_buf_init(&w.block, 0);
    tl_status st = sort_words(&w);
    if (st == TL_OK && (st = write_order(&w, above, last)) == TL_OK)
        st = write_words(&w);
    free(w.words);
    free(w.lists);
    free(w.bits);
    tl_buf_clear(&w.list);
    tl_buf_clear(&w.block);
    empty(g);
    return st;
}

static tl_status fold_row(tl_search_segment *g, tl_search_cutter *c, tl_query *q, tl_error *err)
{
    const tl_search_entry e = {
        .found = { (tl_found_kind)tl_query_get_int(q, 1), tl_query_get_text(q, 2),
                   tl_query_get_text(q, 3), tl_query_get_text(q, 4), "" },
        .text = tl_query_get_text(q, 5),
        .facets = tl_query_get_text(q, 6),
    };
    tl_words words;
    tl_arena_reset(c->scratch);
    tl_status st = tl_search_words(c, &e, &words, err);
    return st == TL_OK ? tl_search_segment_put(g, tl_query_get_int(q, 0), e.found.kind, &words, err)
                       : st;
}

tl_status tl_search_fold(tl_store *s, tl_search_cutter *c, int64_t above, int64_t last,
                         tl_error *err)
{
    tl_query *q;
    bool row;
    tl_search_segment *g;
    tl_status st = tl_search_segment_new(&g, s, err);
    if (st != TL_OK)
        return st;
    if ((st = tl_store_query(s, "search_object.order", &q, err)) == TL_OK) {
        tl_query_int(q, 1, above);
        tl_query_int(q, 2, last);
        while ((st = tl_query_step(q, &row, err)) == TL_OK && row)
            if ((st = fold_row(g, c, q, err)) != TL_OK)
                break;
        tl_query_reset(q);
    }
    if (st == TL_OK)
        st = tl_search_segment_write(g, above, last, err);
    tl_search_segment_free(g);
    return st;
}
