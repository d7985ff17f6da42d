/* record_list.c - one walk over the newest versions; records written without an entry of each. */
#include "registry/record_list.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "registry/record_priv.h"

struct listed {
    tl_record_row *rows; /* owned */
    size_t n, cap;
};

/* More than any table holds: a limit for who wants none. */
#define EVERY INT64_C(1000000000)

/* "%a!%b%": the text anywhere, its own marks of LIKE guarded. NULL where memory is out. */
static const char *pattern_of(const char *text, tl_arena *arena)
{
    if (!text || !*text)
        return "";
    char *out = tl_arena_alloc(arena, 2 * strlen(text) + 3, 1), *p = out;
    if (!out)
        return NULL;
    *p++ = '%';
    for (; *text; text++) {
        if (strchr("%_!", *text))
            *p++ = '!';
        *p++ = *text >= 'A' && *text <= 'Z' ? (char)(*text - 'A' + 'a') : *text;
    }
    *p++ = '%';
    *p = 0;
    return out;
}

/* The conditions, which both queries begin with. */
static tl_status bind(tl_query *q, const tl_record_filter *f, tl_arena *arena, tl_error *err)
{
    const char *const texts[] = { tl_record_kind_name(f->kind),
                                  f->in_force ? "in force" : f->state,
                                  f->maker,
                                  f->company,
                                  f->size_class,
                                  f->body,
                                  f->powertrain,
                                  f->batch,
                                  pattern_of(f->search, arena),
                                  f->named };
    const int n = sizeof texts / sizeof *texts, pattern = 8;
    for (int i = 0; i < n; i++)
        tl_query_text(q, i + 1, texts[i] ? texts[i] : "");
    return texts[pattern] ? TL_OK : tl_fail_nomem(err);
}

static tl_status read_rows(struct listed *l, tl_store *s, const tl_record_filter *f,
                           tl_arena *arena, tl_error *err)
{
    tl_query *q;
    bool more = false;
    tl_status st = tl_store_query(s, "record_version.newest_of", &q, err);
    if (st != TL_OK || (st = bind(q, f, arena, err)) != TL_OK)
        return st;
    tl_query_text(q, 11, f->sort ? f->sort : "");
    tl_query_int(q, 12, f->limit > 0 ? f->limit : EVERY);
    tl_query_int(q, 13, f->offset > 0 ? f->offset : 0);
    tl_query_text(q, 14, f->after ? f->after : "");
    while ((st = tl_query_step(q, &more, err)) == TL_OK && more) {
        if ((st = tl_grow((void *)&l->rows, &l->cap, l->n + 1, sizeof *l->rows, err)) != TL_OK ||
            (st = tl_record_row_read(q, arena, &l->rows[l->n], err)) != TL_OK)
            break;
        l->n++;
    }
    tl_query_reset(q);
    return st;
}

tl_status tl_record_count(tl_store *s, const tl_record_filter *f, int64_t *n, tl_error *err)
{
    tl_query *q;
    tl_arena *arena;
    bool row = false;
    *n = 0;
    tl_status st = tl_arena_new(&arena, 0, err);
    if (st != TL_OK)
        return st;
    if ((st = tl_store_query(s, "record_version.count_of", &q, err)) == TL_OK) {
        if ((st = bind(q, f, arena, err)) == TL_OK && (st = tl_query_step(q, &row, err)) == TL_OK &&
            row)
            *n = tl_query_get_int(q, 0);
        tl_query_reset(q);
    }
    tl_arena_free(arena);
    return st;
}

tl_status tl_record_list(tl_store *s, const tl_record_filter *f, tl_arena *arena,
                         const tl_record **out, size_t *n, tl_error *err)
{
    struct listed l = { 0 };
    tl_record *list = NULL;
    *out = NULL;
    *n = 0;
    tl_status st = read_rows(&l, s, f, arena, err);
    if (st == TL_OK && !(list = tl_arena_alloc(arena, l.n, sizeof *list)))
        st = tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < l.n; i++)
        if ((st = tl_record_row_parts(s, &l.rows[i], arena, err)) == TL_OK)
            list[i] = l.rows[i].r;
    if (st == TL_OK) {
        *out = list;
        *n = l.n;
    }
    free(l.rows);
    return st;
}

struct tl_record_bulk {
    tl_record_writer w;
    tl_sha256 *hash; /* owned */
};

tl_status tl_record_bulk_new(tl_record_bulk **out, tl_store *s, const char *who, tl_error *err)
{
    tl_record_bulk *b = tl_new_array(1, sizeof *b);
    *out = NULL;
    if (!b)
        return tl_fail_nomem(err);
    assert(tl_store_in_transaction(s));
    tl_status st = tl_record_writer_init(&b->w, s, who, err);
    if (st == TL_OK)
        st = tl_sha256_new(&b->hash, err);
    if (st != TL_OK) {
        tl_record_bulk_free(b);
        return st;
    }
    *out = b;
    return TL_OK;
}

void tl_record_bulk_free(tl_record_bulk *b)
{
    if (!b)
        return;
    tl_record_writer_clear(&b->w);
    tl_sha256_free(b->hash);
    free(b);
}

tl_status tl_record_bulk_put(tl_record_bulk *b, const tl_record *r, tl_record_change *change,
                             tl_error *err)
{
    tl_record_put_done done;
    char version[24];
    tl_status st = tl_record_write(&b->w, r, &done, err);
    if (st != TL_OK)
        return st;
    *change = done.same ? TL_RECORD_SAME : isnan(done.before) ? TL_RECORD_NEW : TL_RECORD_CHANGED;
    if (done.same)
        return TL_OK;
    snprintf(version, sizeof version, "%lld", (long long)done.version);
    tl_sha256_add_field(b->hash, r->id);
    tl_sha256_add_field(b->hash, version);
    tl_sha256_add_field(b->hash, done.content);
    return TL_OK;
}

tl_status tl_record_bulk_digest(tl_record_bulk *b, char hex[TL_SHA256_HEX], tl_error *err)
{
    return tl_sha256_final(b->hash, hex, err);
}
