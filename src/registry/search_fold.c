/* search_fold.c - packs a range of objects into one segment.
 *
 * Objects come in the order of an answer, so every list of places grows at its end and is packed as
 * it grows. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/map.h"
#include "factor/places.h"
#include "registry/search_priv.h"

/* Most words are rare: a list takes few bytes more than it holds. */
struct list {
    char *packed; /* owned */
    uint32_t len, cap;
    uint32_t next; /* place after the last one */
};

struct folding {
    tl_store *s;
    tl_search_cutter *c;
    int64_t segment;
    tl_map *words;      /* owned; word -> its list, by place in the map */
    struct list *lists; /* owned */
    tl_buf step;        /* owned; the place at hand, packed */
    size_t list_cap;
    uint32_t place;
    int64_t first[TL_SEARCH_KINDS], count[TL_SEARCH_KINDS];
    int64_t *numbers; /* owned; object of each place */
    size_t number_cap;
    tl_error *err;
};

/* A place takes five bytes at most, a segment has TL_SEARCH_SEGMENT of them: no sum overflows. */
static tl_status append(struct list *list, const char *bytes, uint32_t n, tl_error *err)
{
    if (list->len + n > list->cap) {
        uint32_t cap = list->cap + list->cap / 2 + 8;
        char *p = realloc(list->packed, cap);
        if (!p)
            return tl_fail_nomem(err);
        list->packed = p;
        list->cap = cap;
    }
    memcpy(list->packed + list->len, bytes, n);
    list->len += n;
    return TL_OK;
}

static tl_status put_word(struct folding *k, const char *word)
{
    size_t i, cap = k->list_cap;
    bool was_there;
    tl_status st =
        tl_grow(&k->lists, &k->list_cap, tl_map_size(k->words) + 1, sizeof *k->lists, k->err);
    if (st != TL_OK)
        return st;
    if (cap < k->list_cap)
        memset(k->lists + cap, 0, (k->list_cap - cap) * sizeof *k->lists);
    if ((st = tl_map_add(k->words, tl_span_of(word), 0, &i, &was_there, k->err)) != TL_OK)
        return st;
    struct list *list = &k->lists[i];
    if (list->next == k->place + 1) /* the object has it already */
        return TL_OK;
    uint32_t gap = k->place - list->next; /* the first of a list counts from -1, all from before */
    tl_buf_reset(&k->step);
    tl_places_pack(&k->step, &gap, 1);
    list->next = k->place + 1;
    if ((st = tl_buf_status(&k->step, k->err)) == TL_OK)
        st = append(list, k->step.data, (uint32_t)k->step.len, k->err);
    return st;
}

static tl_status put_object(struct folding *k, int64_t number, int64_t kind, const char *text)
{
    tl_words words;
    tl_arena_reset(k->c->scratch);
    tl_status st =
        tl_grow(&k->numbers, &k->number_cap, (size_t)k->place + 1, sizeof *k->numbers, k->err);
    if (st == TL_OK)
        st = tl_search_words(k->c, text, &words, k->err);
    for (size_t i = 0; st == TL_OK && i < words.n; i++)
        st = put_word(k, words.items[i]);
    if (st != TL_OK)
        return st;
    if (k->count[kind]++ == 0)
        k->first[kind] = k->place;
    k->numbers[k->place++] = number;
    return TL_OK;
}

static tl_status read_objects(struct folding *k, int64_t above, int64_t last)
{
    tl_query *q;
    bool row;
    tl_status st = tl_store_query(k->s, "search_object.order", &q, k->err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, above);
    tl_query_int(q, 2, last);
    while ((st = tl_query_step(q, &row, k->err)) == TL_OK && row)
        if ((st = put_object(k, tl_query_get_int(q, 0), tl_query_get_int(q, 1),
                             tl_query_get_text(q, 2))) != TL_OK)
            break;
    tl_query_reset(q);
    return st;
}

/* Runs a query that takes whole numbers only. */
static tl_status write_numbers(struct folding *k, const char *name, const int64_t *values, int n)
{
    tl_query *q;
    tl_status st = tl_store_query(k->s, name, &q, k->err);
    if (st != TL_OK)
        return st;
    for (int i = 0; i < n; i++)
        tl_query_int(q, i + 1, values[i]);
    return tl_query_run(q, k->err);
}

/* The number the segment was given: it is the last one, as numbers rise. */
static tl_status find_segment(struct folding *k)
{
    tl_query *q;
    bool row;
    tl_status st = tl_store_query(k->s, "search_segment.list", &q, k->err);
    while (st == TL_OK && (st = tl_query_step(q, &row, k->err)) == TL_OK && row)
        if (tl_query_get_int(q, 0) > k->segment)
            k->segment = tl_query_get_int(q, 0);
    return st;
}

static tl_status write_order(struct folding *k, int64_t above, int64_t last)
{
    tl_status st =
        write_numbers(k, "search_segment.insert", (int64_t[]){ above, last, (int64_t)k->place }, 3);
    if (st == TL_OK)
        st = find_segment(k);
    for (uint32_t i = 0; i < k->place && st == TL_OK; i++)
        st =
            write_numbers(k, "search_place.insert", (int64_t[]){ k->segment, i, k->numbers[i] }, 3);
    for (int i = 0; i < TL_SEARCH_KINDS && st == TL_OK; i++)
        if (k->count[i])
            st = write_numbers(k, "search_part.insert",
                               (int64_t[]){ k->segment, i, k->first[i], k->count[i] }, 4);
    return st;
}

struct word {
    const char *text;
    const struct list *list;
};

static int by_text(const void *a, const void *b)
{
    return strcmp(((const struct word *)a)->text, ((const struct word *)b)->text);
}

/* In the order of the words, so that the index of the table grows at its end. */
static tl_status write_words(struct folding *k)
{
    size_t n = tl_map_size(k->words);
    tl_status st = TL_OK;
    struct word *words = tl_new_array(n, sizeof *words);
    if (!words)
        return tl_fail_nomem(k->err);
    for (size_t i = 0; i < n; i++)
        words[i] = (struct word){ tl_map_key(k->words, i), &k->lists[i] };
    qsort(words, n, sizeof *words, by_text);
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        tl_query *q;
        if ((st = tl_store_query(k->s, "search_word.insert", &q, k->err)) != TL_OK)
            break;
        tl_query_int(q, 1, k->segment);
        tl_query_text(q, 2, words[i].text);
        tl_query_blob(q, 3, words[i].list->packed, words[i].list->len);
        st = tl_query_run(q, k->err);
    }
    free(words);
    return st;
}

tl_status tl_search_fold(tl_store *s, tl_search_cutter *c, int64_t above, int64_t last,
                         tl_error *err)
{
    struct folding k = { .s = s, .c = c, .err = err };
    tl_buf_init(&k.step, 0);
    tl_status st = tl_map_new(&k.words, err);
    if (st == TL_OK && (st = read_objects(&k, above, last)) == TL_OK && k.place &&
        (st = write_order(&k, above, last)) == TL_OK)
        st = write_words(&k);
    for (size_t i = 0; i < k.list_cap; i++)
        free(k.lists[i].packed);
    tl_buf_clear(&k.step);
    free(k.lists);
    free(k.numbers);
    tl_map_free(k.words);
    return st;
}
