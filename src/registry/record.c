/* record.c - writing versions of records. */
#include "registry/record.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "company/company.h"
#include "format/json.h"
#include "registry/record_priv.h"

static const char *text_of(const char *s)
{
    return s ? s : "";
}

tl_status tl_record_writer_init(tl_record_writer *w, tl_store *s, const char *who, tl_error *err)
{
    *w = (tl_record_writer){ .s = s, .who = who };
    tl_buf_init(&w->text, 0);
    tl_buf_init(&w->pins, 0);
    tl_status st = tl_record_text_check("who", who, TL_RECORD_NAME_MAX, false, true, err);
    return st == TL_OK ? tl_arena_new(&w->scratch, 0, err) : st;
}

void tl_record_writer_clear(tl_record_writer *w)
{
    tl_arena_free(w->scratch);
    tl_buf_clear(&w->text);
    tl_buf_clear(&w->pins);
    free(w->given);
}

static tl_status find_pins(tl_record_writer *w, const char *sha256, int64_t *id, bool *found,
                           tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(w->s, "record_pins.find", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, sha256);
    if ((st = tl_query_step(q, found, err)) == TL_OK && *found)
        *id = tl_query_get_int(q, 0);
    tl_query_reset(q);
    return st;
}

static tl_status insert_pins(tl_record_writer *w, const char *sha256, int64_t *id, tl_error *err)
{
    tl_query *q;
    bool row;
    tl_status st = tl_store_query(w->s, "record_pins.insert", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, sha256);
    tl_query_text(q, 2, tl_buf_text(&w->pins));
    if ((st = tl_query_step(q, &row, err)) == TL_OK)
        *id = tl_query_get_int(q, 0);
    tl_query_reset(q);
    return st;
}

/* Fills w->pins and w->pins_id; the row of the pins comes into being where needed. */
static tl_status take_pins(tl_record_writer *w, const char *pins, tl_error *err)
{
    char sha256[TL_SHA256_HEX];
    bool found = false;
    if (w->given && strcmp(w->given, text_of(pins)) == 0)
        return TL_OK;
    free(w->given);
    w->given = NULL; /* until the row is known */
    tl_buf_reset(&w->pins);
    tl_status st = tl_record_pins_normal(pins, &w->pins, err);
    if (st == TL_OK)
        st = tl_sha256_of(w->pins.data, w->pins.len, sha256, err);
    if (st == TL_OK && (st = find_pins(w, sha256, &w->pins_id, &found, err)) == TL_OK && !found)
        st = insert_pins(w, sha256, &w->pins_id, err);
    if (st == TL_OK && !(w->given = strdup(text_of(pins))))
        st = tl_fail_nomem(err);
    return st;
}

static void bind_number(tl_query *q, int parameter, double v)
{
    if (isnan(v))
        tl_query_null(q, parameter);
    else
        tl_query_number(q, parameter, v);
}

/* Parameters that insert and rewrite have in common. */
static void bind_version(tl_query *q, const tl_record_writer *w, const tl_record *r,
                         const char *content, const char *reviewed)
{
    const char *const head[] = { r->product,       r->maker,      NULL,
                                 r->disclosure_id, r->series,     r->size_class,
                                 r->body,          r->powertrain, r->launched };
    const char *const middle[] = { r->unit,  r->boundary, r->method,  r->region,
                                   r->grade, r->verifier, r->evidence };
    for (int i = 0; i < 9; i++)
        tl_query_text(q, i + 1, text_of(head[i]));
    if (*text_of(r->company))
        tl_query_text(q, 3, r->company);
    else
        tl_query_null(q, 3);
    bind_number(q, 10, r->kerb_mass_kg);
    bind_number(q, 11, r->price);
    tl_query_text(q, 12, text_of(r->currency));
    tl_query_number(q, 13, r->value);
    for (int i = 0; i < 7; i++)
        tl_query_text(q, i + 14, text_of(middle[i]));
    tl_query_int(q, 21, r->year);
    bind_number(q, 22, r->uncertainty);
    bind_number(q, 23, r->primary_share);
    tl_query_text(q, 24, text_of(r->valid_from));
    tl_query_text(q, 25, text_of(r->valid_until));
    tl_query_int(q, 26, w->pins_id);
    tl_query_text(q, 27, text_of(r->input_hash));
    tl_query_text(q, 28, text_of(r->reason));
    tl_query_text(q, 29, w->who);
    tl_query_text(q, 30, content);
    tl_query_text(q, 31, reviewed);
}

static tl_status insert_record(tl_record_writer *w, const tl_record *r, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(w->s, "record.insert", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, r->id);
    tl_query_text(q, 2, tl_record_kind_name(r->kind));
    return tl_query_run(q, err);
}

static tl_status insert_version(tl_record_writer *w, const tl_record *r, int64_t version,
                                const char *content, int64_t *number, tl_error *err)
{
    tl_query *q;
    bool row;
    tl_status st = tl_store_query(w->s, "record_version.insert", &q, err);
    if (st != TL_OK)
        return st;
    bind_version(q, w, r, content, "");
    tl_query_text(q, 32, r->id);
    tl_query_int(q, 33, version);
    tl_query_text(q, 34, tl_record_kind_name(r->kind));
    if ((st = tl_query_step(q, &row, err)) == TL_OK)
        *number = tl_query_get_int(q, 0);
    tl_query_reset(q);
    return st;
}

static tl_status rewrite_version(tl_record_writer *w, const tl_record *r, const tl_record_row *old,
                                 const char *content, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(w->s, "record_part.clear", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, old->number);
    if ((st = tl_query_run(q, err)) != TL_OK ||
        (st = tl_store_query(w->s, "record_version.rewrite", &q, err)) != TL_OK)
        return st;
    bind_version(q, w, r, content, old->reviewed);
    tl_query_int(q, 32, old->number);
    return tl_query_run(q, err);
}

static tl_status insert_parts(tl_record_writer *w, const tl_record *r, int64_t number,
                              tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(w->s, "record_part.insert", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, number);
    for (size_t i = 0; st == TL_OK && i < r->n_parts; i++) {
        const tl_record_part *part = &r->parts[i];
        bool same = strcmp(text_of(part->unit), r->unit) == 0;
        tl_query_int(q, 2, (int64_t)i);
        tl_query_text(q, 3, part->kind);
        tl_query_text(q, 4, part->key);
        tl_query_number(q, 5, part->value);
        tl_query_text(q, 6,
                      same && strcmp(part->kind, "indicator") != 0 ? "" : text_of(part->unit));
        st = tl_query_run(q, err);
    }
    return st;
}

static tl_status digest(tl_record_writer *w, const tl_record *r, char hex[TL_SHA256_HEX],
                        tl_error *err)
{
    tl_buf_reset(&w->text);
    tl_record_canonical_put(r, tl_buf_text(&w->pins), false, &w->text);
    tl_status st = tl_buf_status(&w->text, err);
    return st == TL_OK ? tl_sha256_of(w->text.data, w->text.len, hex, err) : st;
}

/* Everything that is refused before anything is written. */
static tl_status prepare(tl_record_writer *w, const tl_record *r, tl_record_row *old, bool *found,
                         tl_error *err)
{
    tl_company company;
    tl_status st = tl_record_check(r, err);
    if (st == TL_OK && *text_of(r->company) &&
        (st = tl_company_get(w->s, r->company, w->scratch, &company, err)) != TL_OK)
        return tl_context(err, st, "company");
    if (st == TL_OK && (st = tl_record_find(w->s, r->id, -1, w->scratch, old, found, err)) == TL_OK)
        st = take_pins(w, r->pins, err);
    if (st == TL_OK && *found && old->r.kind != r->kind)
        st = tl_fail(err, TL_ECONFLICT, "it is of kind %s, not %s",
                     tl_record_kind_name(old->r.kind), tl_record_kind_name(r->kind));
    return st;
}

static bool is_open(const tl_record_row *row)
{
    return row->r.state < TL_RECORD_PUBLISHED;
}

static tl_status write_version(tl_record_writer *w, const tl_record *r, const tl_record_row *old,
                               bool found, tl_record_put_done *done, tl_error *err)
{
    int64_t number = found ? old->number : 0;
    bool rewrite = found && is_open(old);
    bool reason_due = found && (old->r.version > 1 || old->r.state != TL_RECORD_PRELIMINARY);
    tl_status st = TL_OK;
    if (reason_due && !*text_of(r->reason))
        return tl_fail(err, TL_EINPUT,
                       "reason: empty; version %lld is %s, a change of it needs one",
                       (long long)old->r.version, tl_record_state_name(old->r.state));
    done->before = found ? old->r.value : NAN;
    done->version = !found ? 1 : rewrite ? old->r.version : old->r.version + 1;
    if (rewrite)
        st = rewrite_version(w, r, old, done->content, err);
    else if (found || (st = insert_record(w, r, err)) == TL_OK)
        st = insert_version(w, r, done->version, done->content, &number, err);
    return st == TL_OK ? insert_parts(w, r, number, err) : st;
}

tl_status tl_record_write(tl_record_writer *w, const tl_record *r, tl_record_put_done *done,
                          tl_error *err)
{
    tl_record_row old;
    bool found = false;
    *done = (tl_record_put_done){ .before = NAN };
    tl_arena_reset(w->scratch);
    tl_status st = prepare(w, r, &old, &found, err);
    if (st == TL_OK && (st = digest(w, r, done->content, err)) == TL_OK) {
        done->same = found && strcmp(old.content, done->content) == 0 &&
                     (!is_open(&old) || strcmp(old.r.reason, text_of(r->reason)) == 0);
        done->version = found ? old.r.version : 0;
        if (!done->same)
            st = write_version(w, r, &old, found, done, err);
    }
    return st == TL_OK ? st : tl_context(err, st, "record '%.100s'", text_of(r->id));
}

static tl_status audit_put(const tl_record_writer *w, const tl_record *r,
                           const tl_record_put_done *done, tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    tl_json_int(&j, "version", done->version);
    tl_json_number(&j, "value_before", done->before);
    tl_json_number(&j, "value", r->value);
    tl_json_text(&j, "unit", r->unit);
    tl_json_text(&j, "content", done->content);
    tl_json_text(&j, "reason", text_of(r->reason));
    tl_json_end(&j);
    return tl_record_audit(w->s, w->who, "record.put", "record", r->id, &b, err);
}

tl_status tl_record_put(tl_store *s, const tl_record *r, const char *who, bool *same, tl_error *err)
{
    tl_record_writer w;
    tl_record_put_done done;
    *same = false;
    assert(tl_store_in_transaction(s));
    tl_status st = tl_record_writer_init(&w, s, who, err);
    if (st == TL_OK && (st = tl_record_write(&w, r, &done, err)) == TL_OK && !done.same)
        st = audit_put(&w, r, &done, err);
    if (st == TL_OK)
        *same = done.same;
    tl_record_writer_clear(&w);
    return st;
}
