/* image.c - the flat form of a system on disk, and every check that a stranger's file needs.
 *
 * Layout: 128 bytes of header, then the arrays in the order of lca_system_lay_out, each aligned to
 * 64 bytes with zeros between. */
#include "lca/image.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

static const char magic[8] = { 'T', 'L', 'L', 'C', 'A', '\r', '\n', '\x1a' };
enum { VERSION = 1, BYTE_ORDER_MARK = 0x01020304 };

_Static_assert(sizeof(struct lca_header) <= LCA_HEADER_BYTES, "header fits its place");
_Static_assert(sizeof(struct lca_uncertainty) == 40, "no padding inside");

tl_status lca_image_new(tl_lca_system **out, const struct lca_header *head, tl_error *err)
{
    *out = NULL;
    tl_lca_system *s = calloc(1, sizeof *s);
    if (!s)
        return tl_fail_nomem(err);
    s->head = *head;
    size_t size = lca_system_lay_out(s, NULL);
    char *image = size ? aligned_alloc(64, size) : NULL;
    if (!image) {
        free(s);
        return size ? tl_fail_nomem(err)
                    : tl_fail(err, TL_EINPUT, "the system has too many entries");
    }
    memset(image, 0, size);
    memcpy(s->head.magic, magic, sizeof magic);
    s->head.version = VERSION;
    s->head.byte_order = BYTE_ORDER_MARK;
    s->head.image_bytes = lca_system_lay_out(s, image);
    *out = s;
    return TL_OK;
}

/* Four independent lanes so that it runs at memory speed; multiply and rotate as in FNV and
 * MurmurHash3. n is a multiple of 64 here; a rest is taken byte by byte. */
uint64_t lca_checksum(const char *data, size_t n, uint64_t seed)
{
    const uint64_t k = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t h[4] = { seed ^ n, seed + k, ~seed, seed * k };
    size_t i = 0;
    for (; i + 32 <= n; i += 32)
        for (size_t l = 0; l < 4; l++) {
            uint64_t w;
            memcpy(&w, data + i + l * 8, sizeof w);
            h[l] = (h[l] ^ w) * k;
            h[l] ^= h[l] >> 31;
        }
    for (; i < n; i++)
        h[0] = (h[0] ^ (unsigned char)data[i]) * k;
    for (size_t l = 1; l < 4; l++)
        h[0] = ((h[0] ^ h[l]) * k) ^ (h[0] >> 29);
    return h[0];
}

static uint64_t image_checksum(const char *image, size_t size)
{
    char first[LCA_HEADER_BYTES];
    memcpy(first, image, sizeof first);
    memset(first + offsetof(struct lca_header, checksum), 0, sizeof(uint64_t));
    return lca_checksum(image + LCA_HEADER_BYTES, size - LCA_HEADER_BYTES,
                        lca_checksum(first, sizeof first, 0));
}

void lca_image_seal(char *image, size_t size)
{
    uint64_t sum = image_checksum(image, size);
    memcpy(image + offsetof(struct lca_header, checksum), &sum, sizeof sum);
}

tl_status tl_lca_system_save(const tl_lca_system *s, const char *path, tl_error *err)
{
    size_t size = (size_t)s->head.image_bytes;
    char *copy = malloc(size);
    if (!copy)
        return tl_fail_nomem(err);
    memcpy(copy, s->image, size);
    memcpy(copy, &s->head, sizeof s->head);
    lca_image_seal(copy, size);
    tl_status st = tl_file_write(path, copy, size, err);
    free(copy);
    return st;
}

static const char *header_problem(const struct lca_header *h, size_t size)
{
    if (memcmp(h->magic, magic, sizeof magic) != 0)
        return "not a saved system";
    if (h->byte_order != BYTE_ORDER_MARK)
        return "a system saved on a machine of another byte order";
    if (h->version != VERSION)
        return "a saved system of another version";
    if (h->image_bytes != size)
        return "cut short or grown";
    return NULL;
}

static const char *table_problem(const tl_lca_system *s, enum lca_table_kind kind)
{
    const struct lca_table *t = &s->table[kind];
    size_t columns = lca_table_columns(s, kind), rows = lca_table_rows(s, kind);
    if (t->start[0] != 0 || t->start[columns] != s->head.entries[kind])
        return "a table does not add up";
    for (size_t c = 0; c < columns; c++)
        if (t->start[c] > t->start[c + 1])
            return "a table is out of order";
    for (size_t c = 0; c < columns; c++)
        for (uint64_t e = t->start[c]; e < t->start[c + 1]; e++) {
            bool right_row = kind == LCA_PRODUCTIONS ? t->row[e] == c
                             : kind == LCA_INPUTS    ? t->row[e] != c
                                                     : true;
            if (t->row[e] >= rows || !right_row)
                return "an entry refers to nothing";
            if (!isfinite(t->amount[e]))
                return "an amount is not a finite number";
            if (t->uncertainty[e] > s->head.uncertainties ||
                (kind == LCA_FACTORS && t->uncertainty[e] != 0))
                return "an uncertainty refers to nothing";
            if (t->uncertainty[e] == 0)
                continue;
            struct lca_uncertainty u = s->uncertainty[t->uncertainty[e] - 1], as_is = u;
            if (!lca_is_uncertain(u.distribution) || isnan(u.loc) ||
                lca_uncertainty_problem(&u, t->amount[e]) ||
                /* NOLINTNEXTLINE(bugprone-suspicious-memory-comparison,cert-*): bits, no padding */
                memcmp(&u, &as_is, sizeof u) != 0)
                return "an uncertainty makes no sense";
        }
    return NULL;
}

/* Ids strictly rising in the given order also prove that the order names each thing once. */
static const char *names_problem(const tl_lca_system *s, enum lca_kind kind)
{
    size_t n = (size_t)s->head.names[kind], pool = (size_t)s->head.pool_bytes;
    for (size_t i = 0; i < n * LCA_TEXTS; i++) {
        uint32_t at = s->text[kind][i];
        if (at >= pool || (at > 0 && s->pool[at - 1] != '\0'))
            return "a name lies outside the texts";
    }
    for (size_t i = 0; i < n; i++) {
        if (s->sorted[kind][i] >= n)
            return "the index of ids refers to nothing";
        const char *id = lca_id(s, kind, s->sorted[kind][i]);
        if (*id == '\0')
            return "an id is empty";
        if (i > 0 && strcmp(lca_id(s, kind, s->sorted[kind][i - 1]), id) >= 0)
            return "an id is there twice, or the index of ids is out of order";
    }
    return NULL;
}

static const char *content_problem(const tl_lca_system *s)
{
    size_t pool = (size_t)s->head.pool_bytes;
    const char *problem = NULL;
    if (pool == 0 || s->pool[0] != '\0' || s->pool[pool - 1] != '\0')
        return "the texts have no end";
    if (tl_utf8_valid(s->pool, pool) != pool)
        return "a text is not UTF-8";
    for (int k = 0; k < LCA_KINDS && !problem; k++)
        problem = names_problem(s, (enum lca_kind)k);
    for (int t = 0; t < LCA_TABLES && !problem; t++)
        problem = table_problem(s, (enum lca_table_kind)t);
    return problem;
}

static tl_status check_image(tl_lca_system *s, const char *path, tl_error *err)
{
    size_t size = s->view.size;
    if (size < LCA_HEADER_BYTES)
        return tl_fail(err, TL_EINPUT, "%s: not a saved system", path);
    memcpy(&s->head, s->view.data, sizeof s->head);
    const char *problem = header_problem(&s->head, size);
    if (!problem && lca_system_lay_out(s, (char *)(uintptr_t)s->view.data) != size)
        problem = "its sizes do not add up";
    if (!problem && image_checksum(s->image, size) != s->head.checksum)
        problem = "damaged: the checksum does not match";
    if (!problem)
        problem = content_problem(s);
    if (problem)
        return tl_fail(err, TL_EINPUT, "%s: %s", path, problem);
    tl_status st = lca_system_check(s, err);
    return st == TL_OK ? st : tl_context(err, st, "%s", path);
}

tl_status lca_image_take(tl_lca_system **out, tl_file_view *view, const char *name, tl_error *err)
{
    *out = NULL;
    tl_lca_system *s = calloc(1, sizeof *s);
    if (!s)
        return tl_fail_nomem(err);
    s->view = *view;
    s->mapped = true;
    tl_status st = check_image(s, name, err);
    if (st != TL_OK) {
        free(s);
        return st;
    }
    *view = (tl_file_view){ 0 };
    *out = s;
    return TL_OK;
}

tl_status tl_lca_system_load(tl_lca_system **out, const char *path, tl_error *err)
{
    tl_file_view view;
    *out = NULL;
    tl_status st = tl_file_open(&view, path, 0, err);
    if (st != TL_OK)
        return st;
    if ((st = lca_image_take(out, &view, path, err)) != TL_OK)
        tl_file_close(&view);
    return st;
}
