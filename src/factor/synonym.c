/* synonym.c - loading words that mean the same; each as the words into which a question is cut. */
#include "factor/synonym.h"

#include <string.h>

#include "base/text.h"
#include "factor/index.h"
#include "factor/reading.h"
#include "format/csv.h"

enum { ZH, EN, COLUMNS };

struct load {
    tl_store *s;
    const tl_dataset *set;
    tl_csv *csv;              /* owned */
    tl_word_cutter *cutter;   /* owned */
    tl_factor_reader *reader; /* owned */
    tl_arena *scratch;        /* owned; of a row */
    int at[COLUMNS];
    int64_t row;
    tl_error *err;
};

static tl_status insert(struct load *l, const char *phrase)
{
    tl_query *q;
    tl_status st = tl_store_query(l->s, "factor_synonym.insert", &q, l->err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, l->set->id);
    tl_query_text(q, 2, l->set->version);
    tl_query_int(q, 3, l->row);
    tl_query_text(q, 4, phrase);
    return tl_query_run(q, l->err);
}

/* One word of a cell: "cast iron" stands as its words, 电解铝 as 电解 解铝. */
static tl_status add(struct load *l, tl_span text)
{
    tl_words words;
    const char *phrase = NULL, *whole = tl_arena_copy(l->scratch, text.p, text.n);
    if (!whole)
        return tl_fail_nomem(l->err);
    tl_status st = tl_factor_words(l->cutter, whole, TL_WORDS_QUERY, l->scratch, &words, l->err);
    if (st != TL_OK)
        return st;
    if (words.n == 0)
        return tl_csv_fail(l->csv, -1, l->err, "'%s' holds no word", whole);
    for (size_t i = 0; i < words.n; i++) {
        phrase =
            i == 0 ? words.items[0] : tl_arena_printf(l->scratch, "%s %s", phrase, words.items[i]);
        if (!phrase)
            return tl_fail_nomem(l->err);
    }
    st = insert(l, phrase);
    return st == TL_OK ? tl_factor_reader_write_as(l->reader, l->s, whole, phrase, l->err) : st;
}

static tl_status load_row(struct load *l)
{
    tl_status st = TL_OK;
    size_t n = 0;
    l->row++;
    tl_arena_reset(l->scratch);
    for (int c = 0; c < COLUMNS; c++) {
        tl_span rest = tl_csv_cell(l->csv, l->at[c]), piece;
        while (st == TL_OK && tl_span_split(&rest, ';', &piece)) {
            piece = tl_span_trim(piece);
            if (piece.n == 0)
                continue;
            st = add(l, piece);
            n++;
        }
    }
    if (st == TL_OK && n < 2)
        return tl_csv_fail(l->csv, -1, l->err, "%zu word, expected two or more of one meaning", n);
    return st;
}

static tl_status load_rows(struct load *l)
{
    bool more;
    tl_status st = tl_csv_require(l->csv, "zh", &l->at[ZH], l->err);
    if (st == TL_OK)
        st = tl_csv_require(l->csv, "en", &l->at[EN], l->err);
    while (st == TL_OK && (st = tl_csv_next(l->csv, &more, l->err)) == TL_OK && more)
        st = load_row(l);
    return st;
}

tl_status tl_factor_load_synonyms(tl_store *s, const tl_dataset *set, tl_arena *arena,
                                  int64_t *rows, tl_error *err)
{
    struct load l = { .s = s, .set = set, .err = err };
    const char *data;
    size_t n;
    *rows = 0;
    tl_status st = tl_dataset_read(s, set, "synonyms.csv", arena, &data, &n, err);
    if (st == TL_OK && (st = tl_word_cutter_new(&l.cutter, err)) == TL_OK &&
        (st = tl_factor_reader_new(&l.reader, err)) == TL_OK &&
        (st = tl_arena_new(&l.scratch, 0, err)) == TL_OK &&
        (st = tl_csv_open_memory(&l.csv, "synonyms.csv", data, n, NULL, err)) == TL_OK)
        st = load_rows(&l);
    if (st == TL_OK)
        *rows = l.row;
    tl_csv_close(l.csv);
    tl_word_cutter_free(l.cutter);
    tl_factor_reader_free(l.reader);
    tl_arena_free(l.scratch);
    return st;
}
