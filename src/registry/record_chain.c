/* record_chain.c - the export that a stranger checks, and the same check over the whole database.
 *
 * The export has one form, byte by byte: docs/registry.md describes it, tools/check-record holds
 * every byte of it against that. */
#include "registry/record_chain.h"

#include <string.h>

#include "format/json.h"
#include "registry/record_priv.h"

/* One version behind the others. The state is not sealed, because it changes after the seal was
 * put; the checksum at the end covers it. */
static tl_status export_version(tl_store *s, tl_json *j, tl_record_row *row, tl_arena *scratch,
                                tl_error *err)
{
    tl_status st = tl_record_row_parts(s, row, scratch, err);
    if (st != TL_OK)
        return st;
    tl_json_object(j, NULL);
    tl_json_text(j, "state", tl_record_state_name(row->r.state));
    tl_json_text(j, "ended_on", row->r.ended_on);
    tl_json_text(j, "ended_because", row->r.ended_because);
    tl_json_text(j, "seal", row->r.hash);
    tl_buf_str(j->out, ",\"record\":");
    tl_record_canonical_put(&row->r, row->r.pins, true, j->out);
    tl_json_end(j);
    return TL_OK;
}

static tl_status export_versions(tl_store *s, const char *id, tl_json *j, tl_arena *scratch,
                                 char head[TL_SHA256_HEX], tl_error *err)
{
    tl_query *q;
    bool more = false;
    tl_status st = tl_store_query(s, "record_version.list", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    while ((st = tl_query_step(q, &more, err)) == TL_OK && more) {
        tl_record_row row;
        tl_arena_reset(scratch);
        if ((st = tl_record_row_read(q, scratch, &row, err)) != TL_OK)
            break;
        if (!*row.r.hash)
            continue; /* open */
        if ((st = export_version(s, j, &row, scratch, err)) != TL_OK)
            break;
        memcpy(head, row.r.hash, TL_SHA256_HEX);
    }
    tl_query_reset(q);
    return st;
}

static tl_status export_all(tl_store *s, const char *id, tl_arena *scratch, tl_buf *out,
                            tl_error *err)
{
    char head[TL_SHA256_HEX] = "", checksum[TL_SHA256_HEX];
    size_t start = out->len;
    tl_json j = tl_json_start(out, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "format", "tanlian-record-chain 1");
    tl_json_text(&j, "id", id);
    tl_json_array(&j, "versions");
    tl_status st = export_versions(s, id, &j, scratch, head, err);
    if (st == TL_OK && !*head)
        st = tl_fail(err, TL_ENOTFOUND, "record '%.100s': nothing published", id);
    if (st != TL_OK)
        return st;
    tl_json_end(&j);
    tl_json_text(&j, "head", head);
    if ((st = tl_buf_status(out, err)) != TL_OK ||
        (st = tl_sha256_of(out->data + start, out->len - start, checksum, err)) != TL_OK)
        return st;
    tl_json_text(&j, "checksum", checksum);
    tl_json_end(&j);
    tl_buf_char(out, '\n');
    return tl_buf_status(out, err);
}

tl_status tl_record_export(tl_store *s, const char *id, tl_buf *out, tl_error *err)
{
    tl_arena *scratch = NULL;
    tl_status st = tl_arena_new(&scratch, 0, err);
    if (st != TL_OK)
        return st;
    st = export_all(s, id ? id : "", scratch, out, err);
    tl_arena_free(scratch);
    return st;
}

/* Walks from seal to seal; begins anew with each record. */
struct walk {
    tl_store *s;
    tl_arena *scratch;
    tl_buf text;
    char id[TL_RECORD_ID_MAX + 1];
    int64_t version;
    char before[TL_SHA256_HEX];
};

static tl_status verify_row(struct walk *w, tl_record_row *row, tl_error *err)
{
    char hash[TL_SHA256_HEX];
    if (strcmp(w->id, row->r.id) != 0) {
        strncpy(w->id, row->r.id, sizeof w->id - 1);
        memcpy(w->before, tl_record_first_link, sizeof w->before);
        w->version = 0;
    }
    if (row->r.version != ++w->version)
        return tl_fail(err, TL_ECONFLICT, "record '%s': version %lld is missing", w->id,
                       (long long)w->version);
    tl_buf_reset(&w->text);
    tl_status st = tl_record_row_parts(w->s, row, w->scratch, err);
    if (st != TL_OK)
        return st;
    tl_record_canonical_put(&row->r, row->r.pins, true, &w->text);
    if ((st = tl_record_seal_text(&w->text, w->before, hash, err)) != TL_OK)
        return st;
    if (strcmp(hash, row->r.hash) != 0)
        return tl_fail(err, TL_ECONFLICT,
                       "record '%s': version %lld is not what was sealed on %s: it or the version "
                       "before was changed",
                       w->id, (long long)row->r.version, row->r.published_on);
    memcpy(w->before, hash, sizeof w->before);
    return TL_OK;
}

tl_status tl_record_verify(tl_store *s, int64_t *n, tl_error *err)
{
    struct walk w = { .s = s };
    tl_record_row row;
    tl_query *q = NULL;
    bool more = false;
    *n = 0;
    tl_buf_init(&w.text, 0);
    tl_status st = tl_arena_new(&w.scratch, 0, err);
    if (st == TL_OK)
        st = tl_store_query(s, "record_version.sealed", &q, err);
    while (st == TL_OK && (st = tl_query_step(q, &more, err)) == TL_OK && more) {
        tl_arena_reset(w.scratch);
        if ((st = tl_record_row_read(q, w.scratch, &row, err)) == TL_OK)
            st = verify_row(&w, &row, err);
        *n += st == TL_OK;
    }
    if (q)
        tl_query_reset(q);
    tl_buf_clear(&w.text);
    tl_arena_free(w.scratch);
    return st;
}
