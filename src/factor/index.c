/* index.c - from rows in the order of the file to lists of places in the order of an answer. */
#include "factor/index.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "factor/places.h"
#include "factor/reading.h"

struct name {
    int64_t hash;
    uint32_t row; /* in writing: the place */
};

struct tl_factor_index {
    tl_map *words;    /* owned; word -> its list, by place in the map */
    tl_places *lists; /* owned; rows where the word occurs */
    size_t list_cap;
    struct name *names; /* owned */
    size_t name_count, name_cap;
    uint32_t rows;
    tl_word_cutter *cutter; /* owned */
};

/* One language, two spellings; each side of a row is one word. */
static const struct spelling {
    const char *american, *british;
} spellings[] = {
    { "aluminum", "aluminium" }, { "fiber", "fibre" },        { "fibers", "fibres" },
    { "sulfur", "sulphur" },     { "sulfuric", "sulphuric" }, { "tire", "tyre" },
    { "tires", "tyres" },
};

static const char *british(const char *word)
{
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
        if (strcmp(word, spellings[i].american) == 0)
            return spellings[i].british;
    return word;
}

tl_status tl_factor_words(tl_word_cutter *c, const char *text, tl_words_use use, tl_arena *arena,
                          tl_words *out, tl_error *err)
{
    tl_status st = tl_words_cut(c, text, strlen(text), use, arena, out, err);
    for (size_t i = 0; st == TL_OK && i < out->n; i++)
        out->items[i] = british(out->items[i]);
    return st;
}

int64_t tl_factor_name_hash(const tl_words *words)
{
    uint64_t h = UINT64_C(0xCBF29CE484222325); /* FNV-1a */
    for (size_t i = 0; i < words->n; i++)
        for (const char *p = words->items[i];; p++) {
            h = (h ^ (unsigned char)*p) * UINT64_C(0x100000001B3);
            if (!*p)
                break;
        }
    int64_t signed_hash;
    memcpy(&signed_hash, &h, sizeof signed_hash);
    return signed_hash;
}

tl_status tl_factor_index_new(tl_factor_index **out, tl_error *err)
{
    tl_factor_index *x = calloc(1, sizeof *x);
    *out = NULL;
    if (!x)
        return tl_fail_nomem(err);
    tl_status st = tl_map_new(&x->words, err);
    if (st == TL_OK)
        st = tl_word_cutter_new(&x->cutter, err);
    if (st != TL_OK)
        tl_factor_index_free(x);
    else
        *out = x;
    return st;
}

void tl_factor_index_free(tl_factor_index *x)
{
    if (!x)
        return;
    for (size_t i = 0; x->words && i < tl_map_size(x->words) && i < x->list_cap; i++)
        tl_places_clear(&x->lists[i]);
    free(x->lists);
    free(x->names);
    tl_map_free(x->words);
    tl_word_cutter_free(x->cutter);
    free(x);
}

/* Adds the present row to the list of a word. */
static tl_status put(tl_factor_index *x, const char *word, tl_error *err)
{
    bool was_there;
    size_t i, cap = x->list_cap, n = tl_map_size(x->words);
    tl_status st = tl_grow(&x->lists, &x->list_cap, n + 1, sizeof *x->lists, err);
    if (st != TL_OK)
        return st;
    if (cap < x->list_cap)
        memset(x->lists + cap, 0, (x->list_cap - cap) * sizeof *x->lists);
    if ((st = tl_map_add(x->words, tl_span_of(word), n, &i, &was_there, err)) != TL_OK)
        return st;
    tl_places *list = &x->lists[i];
    if (list->n && list->items[list->n - 1] == x->rows) /* two spellings in one row */
        return TL_OK;
    return tl_places_add(list, x->rows, err);
}

/* True if the present row has the word already. */
static bool has(const tl_factor_index *x, const char *word)
{
    uint64_t i;
    if (!tl_map_find(x->words, tl_span_of(word), &i))
        return false;
    return x->lists[i].n && x->lists[i].items[x->lists[i].n - 1] == x->rows;
}

static tl_status put_words(tl_factor_index *x, const char *text, bool of_name, tl_arena *scratch,
                           tl_error *err)
{
    tl_words words;
    if (!text)
        return tl_fail_nomem(err);
    tl_status st = tl_factor_words(x->cutter, text, TL_WORDS_INDEX, scratch, &words, err);
    for (size_t i = 0; st == TL_OK && i < words.n; i++) {
        if (of_name || !has(x, words.items[i]))
            st = put(x, words.items[i], err);
        else
            continue;
        const char *mark =
            of_name || st != TL_OK ? "" : tl_arena_printf(scratch, ":%s", words.items[i]);
        if (!mark)
            return tl_fail_nomem(err);
        if (st == TL_OK && *mark)
            st = put(x, mark, err);
    }
    return st;
}

/* The names first: a word that only category or technology have is marked, ":iron", as what is
 * called so comes before what is merely made of it. */
static tl_status put_texts(tl_factor_index *x, const tl_factor *f, tl_arena *scratch, tl_error *err)
{
    const char *names = tl_arena_printf(scratch, "%s\n%s", f->name_en, f->name_zh);
    const char *rest = tl_arena_printf(scratch, "%s\n%s", f->category, f->technology);
    tl_status st = put_words(x, names, true, scratch, err);
    return st == TL_OK ? put_words(x, rest, false, scratch, err) : st;
}

/* "@CN", "@CN-GRID" and "@CN-GRID-EAST" for CN-GRID-EAST; "#metal". */
static tl_status put_marks(tl_factor_index *x, const tl_factor *f, tl_arena *scratch, tl_error *err)
{
    char *mark = tl_arena_printf(scratch, "@%s", f->region);
    if (!mark)
        return tl_fail_nomem(err);
    tl_status st = put(x, mark, err);
    for (char *dash; st == TL_OK && (dash = strrchr(mark, '-'));) {
        *dash = '\0';
        st = put(x, mark, err);
    }
    if (st != TL_OK || !*f->category)
        return st;
    mark = tl_arena_printf(scratch, "#%s", f->category);
    return mark ? put(x, mark, err) : tl_fail_nomem(err);
}

static tl_status put_name(tl_factor_index *x, const char *name, tl_arena *scratch, tl_error *err)
{
    tl_words words;
    tl_status st = tl_factor_words(x->cutter, name, TL_WORDS_QUERY, scratch, &words, err);
    if (st != TL_OK || words.n == 0)
        return st;
    st = tl_grow(&x->names, &x->name_cap, x->name_count + 1, sizeof *x->names, err);
    if (st == TL_OK)
        x->names[x->name_count++] = (struct name){ tl_factor_name_hash(&words), x->rows };
    return st;
}

tl_status tl_factor_index_add(tl_factor_index *x, const tl_factor *f, tl_arena *scratch,
                              tl_error *err)
{
    tl_arena_reset(scratch);
    if (x->rows == UINT32_MAX - 1)
        return tl_fail(err, TL_EINPUT, "more than %u factors in one set", UINT32_MAX - 1);
    tl_status st = put_texts(x, f, scratch, err);
    if (st == TL_OK && (st = put_marks(x, f, scratch, err)) == TL_OK &&
        (st = put_name(x, f->name_en, scratch, err)) == TL_OK &&
        !tl_text_equal(f->name_en, f->name_zh))
        st = put_name(x, f->name_zh, scratch, err);
    if (st == TL_OK)
        x->rows++;
    return st;
}

/* A run of places with one mark and one year. */
struct run {
    int64_t set_number, first, count, verified, year;
};

static tl_status write_run(tl_store *s, const struct run *run, tl_error *err)
{
    tl_query *q;
    tl_status st = run->count ? tl_store_query(s, "factor_run.insert", &q, err) : TL_OK;
    if (st != TL_OK || !run->count)
        return st;
    tl_query_int(q, 1, run->set_number);
    tl_query_int(q, 2, run->first);
    tl_query_int(q, 3, run->count);
    tl_query_int(q, 4, run->verified);
    tl_query_int(q, 5, run->year);
    return tl_query_run(q, err);
}

static tl_status write_place(tl_store *s, int64_t set_number, uint32_t place, int64_t factor,
                             tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "factor_place.insert", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, set_number);
    tl_query_int(q, 2, place);
    tl_query_int(q, 3, factor);
    return tl_query_run(q, err);
}

/* Writes places and runs; place_of[row] tells where a row went. */
static tl_status write_order(tl_factor_index *x, tl_store *s, int64_t set_number, int64_t first_id,
                             uint32_t *place_of, tl_error *err)
{
    tl_query *q;
    bool row;
    uint32_t place = 0;
    struct run run = { .set_number = set_number };
    tl_status st = tl_store_query(s, "factor.order", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, set_number);
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        int64_t id = tl_query_get_int(q, 0), verified = tl_query_get_int(q, 1),
                year = tl_query_get_int(q, 2);
        if (id < first_id || id - first_id >= x->rows)
            st = tl_fail(err, TL_EIO, "factor %lld is not one of this load", (long long)id);
        else if (verified != run.verified || year != run.year) {
            st = write_run(s, &run, err);
            run = (struct run){ set_number, place, 0, verified, year };
        }
        if (st != TL_OK || (st = write_place(s, set_number, place, id, err)) != TL_OK)
            break;
        run.count++;
        place_of[id - first_id] = place++;
    }
    tl_query_reset(q);
    return st == TL_OK ? write_run(s, &run, err) : st;
}

static int by_place(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static tl_status write_word(tl_store *s, int64_t set_number, const char *word, tl_places *list,
                            const uint32_t *place_of, tl_buf *packed, tl_error *err)
{
    tl_query *q;
    bool rising = true;
    for (size_t i = 0; i < list->n; i++) {
        list->items[i] = place_of[list->items[i]];
        rising = rising && (i == 0 || list->items[i - 1] < list->items[i]);
    }
    if (!rising)
        qsort(list->items, list->n, sizeof *list->items, by_place);
    tl_buf_reset(packed);
    tl_places_pack(packed, list->items, list->n);
    tl_status st = tl_buf_status(packed, err);
    if (st != TL_OK || (st = tl_store_query(s, "factor_word.insert", &q, err)) != TL_OK)
        return st;
    tl_query_text(q, 1, word);
    tl_query_int(q, 2, set_number);
    tl_query_int(q, 3, (int64_t)list->n);
    tl_query_blob(q, 4, packed->data, packed->len);
    return tl_query_run(q, err);
}

struct word {
    const char *text;
    tl_places *list;
};

static int by_text(const void *a, const void *b)
{
    return strcmp(((const struct word *)a)->text, ((const struct word *)b)->text);
}

/* In the order of the words, so that the index of the table grows at its end. */
static tl_status write_words(tl_factor_index *x, tl_store *s, int64_t set_number,
                             const uint32_t *place_of, tl_error *err)
{
    size_t n = tl_map_size(x->words);
    tl_buf packed;
    tl_status st = TL_OK;
    struct word *words = tl_new_array(n, sizeof *words);
    if (!words)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < n; i++)
        words[i] = (struct word){ tl_map_key(x->words, i), &x->lists[i] };
    qsort(words, n, sizeof *words, by_text);
    tl_buf_init(&packed, 0);
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        st = write_word(s, set_number, words[i].text, words[i].list, place_of, &packed, err);
        tl_places_clear(words[i].list);
    }
    tl_buf_clear(&packed);
    free(words);
    return st;
}

static int by_hash(const void *a, const void *b)
{
    const struct name *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static tl_status write_names(tl_factor_index *x, tl_store *s, int64_t set_number,
                             const uint32_t *place_of, tl_error *err)
{
    tl_status st = TL_OK;
    for (size_t i = 0; i < x->name_count; i++)
        x->names[i].row = place_of[x->names[i].row];
    if (x->name_count)
        qsort(x->names, x->name_count, sizeof *x->names, by_hash);
    for (size_t i = 0; i < x->name_count && st == TL_OK; i++) {
        const struct name *n = &x->names[i];
        tl_query *q;
        if (i && by_hash(n - 1, n) == 0) /* both languages write it alike */
            continue;
        if ((st = tl_store_query(s, "factor_name.insert", &q, err)) != TL_OK)
            break;
        tl_query_int(q, 1, n->hash);
        tl_query_int(q, 2, set_number);
        tl_query_int(q, 3, n->row);
        st = tl_query_run(q, err);
    }
    return st;
}

/* How the Chinese words of the set are typed. */
static tl_status write_readings(tl_factor_index *x, tl_store *s, tl_error *err)
{
    tl_factor_reader *r = NULL;
    tl_status st = tl_factor_reader_new(&r, err);
    for (size_t i = 0; i < tl_map_size(x->words) && st == TL_OK; i++)
        st = tl_factor_reader_write(r, s, tl_map_key(x->words, i), err);
    tl_factor_reader_free(r);
    return st;
}

tl_status tl_factor_index_write(tl_factor_index *x, tl_store *s, int64_t set_number,
                                int64_t first_id, tl_error *err)
{
    uint32_t *place_of = tl_new_array(x->rows, sizeof *place_of);
    if (!place_of)
        return tl_fail_nomem(err);
    tl_status st = write_order(x, s, set_number, first_id, place_of, err);
    if (st == TL_OK && (st = write_words(x, s, set_number, place_of, err)) == TL_OK)
        st = write_names(x, s, set_number, place_of, err);
    if (st == TL_OK)
        st = write_readings(x, s, err);
    free(place_of);
    return st;
}
