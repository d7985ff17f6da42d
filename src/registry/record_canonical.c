/* record_canonical.c - one fixed text for what a record says.
 *
 * Members in the order below, no blanks, numbers in their shortest form that reads back as the same
 * double, null for a number that is not stated. The order is part of the format: docs/registry.md
 * and tools/check-record name it too. */
#include <stdlib.h>
#include <string.h>

#include "format/json.h"
#include "format/json_read.h"
#include "registry/record_chain.h"
#include "registry/record_priv.h"

enum { PINS_MAX = 200, PIN_TEXT_MAX = 200 };

struct pin {
    const char *id, *version, *checksum;
};

static int by_id(const void *a, const void *b)
{
    const struct pin *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    return order ? order : strcmp(x->version, y->version);
}

static tl_status read_pin(tl_json_value v, struct pin *out, tl_error *err)
{
    tl_status st = tl_json_as_object(v, err);
    if (st != TL_OK || (st = tl_json_as_text(tl_json_get(v, "id"), &out->id, err)) != TL_OK ||
        (st = tl_json_as_text(tl_json_get(v, "version"), &out->version, err)) != TL_OK ||
        (st = tl_json_as_text(tl_json_get(v, "checksum"), &out->checksum, err)) != TL_OK)
        return st;
    if (tl_json_count(v) != 3)
        return tl_json_fail(v, err, "expected id, version and checksum and nothing else");
    if ((st = tl_record_text_check("id", out->id, PIN_TEXT_MAX, false, true, err)) != TL_OK ||
        (st = tl_record_text_check("version", out->version, PIN_TEXT_MAX, false, true, err)) !=
            TL_OK)
        return st;
    return tl_record_text_check("checksum", out->checksum, PIN_TEXT_MAX, false, true, err);
}

static tl_status read_pins(tl_json_value list, struct pin *pins, tl_buf *out, tl_error *err)
{
    size_t n = tl_json_count(list);
    tl_status st = tl_json_as_array(list, err);
    if (st == TL_OK && n > PINS_MAX)
        st = tl_fail(err, TL_EINPUT, "pins: %zu data sets, at most %d are kept", n, (int)PINS_MAX);
    for (size_t i = 0; st == TL_OK && i < n; i++)
        st = read_pin(tl_json_item(list, i), &pins[i], err);
    if (st != TL_OK)
        return st;
    qsort(pins, n, sizeof *pins, by_id);
    tl_json j = tl_json_start(out, false);
    tl_json_array(&j, NULL);
    for (size_t i = 0; i < n; i++) {
        tl_json_object(&j, NULL);
        tl_json_text(&j, "id", pins[i].id);
        tl_json_text(&j, "version", pins[i].version);
        tl_json_text(&j, "checksum", pins[i].checksum);
        tl_json_end(&j);
    }
    tl_json_end(&j);
    return tl_buf_status(out, err);
}

tl_status tl_record_pins_normal(const char *pins, tl_buf *out, tl_error *err)
{
    struct pin list[PINS_MAX];
    tl_json_doc *doc = NULL;
    if (!pins || !*pins) {
        tl_buf_str(out, "[]");
        return tl_buf_status(out, err);
    }
    tl_status st = tl_json_read(&doc, "pins", pins, strlen(pins), NULL, err);
    if (st == TL_OK)
        st = read_pins(tl_json_root(doc), list, out, err);
    tl_json_doc_free(doc);
    return st;
}

static const char *text_of(const char *s)
{
    return s ? s : "";
}

static void put_texts(tl_json *j, const char *const (*members)[2], size_t n)
{
    for (size_t i = 0; i < n; i++)
        tl_json_text(j, members[i][0], text_of(members[i][1]));
}

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void put_product(tl_json *j, const tl_record *r)
{
    const char *const texts[][2] = {
        { "id", r->id },
        { "kind", tl_record_kind_name(r->kind) },
        { "product", r->product },
        { "maker", r->maker },
        { "company", r->company },
        { "disclosure_id", r->disclosure_id },
        { "series", r->series },
        { "size_class", r->size_class },
        { "body", r->body },
        { "powertrain", r->powertrain },
        { "launched", r->launched },
    };
    put_texts(j, texts, COUNT(texts));
    tl_json_number(j, "kerb_mass_kg", r->kerb_mass_kg);
    tl_json_number(j, "price", r->price);
    tl_json_text(j, "currency", text_of(r->currency));
}

static void put_footprint(tl_json *j, const tl_record *r)
{
    const char *const texts[][2] = {
        { "unit", r->unit },         { "boundary", r->boundary }, { "method", r->method },
        { "region", r->region },     { "grade", r->grade },       { "verifier", r->verifier },
        { "evidence", r->evidence },
    };
    tl_json_number(j, "value", r->value);
    put_texts(j, texts, COUNT(texts));
    tl_json_int(j, "year", r->year);
    tl_json_number(j, "uncertainty", r->uncertainty);
    tl_json_number(j, "primary_share", r->primary_share);
    tl_json_text(j, "valid_from", text_of(r->valid_from));
    tl_json_text(j, "valid_until", text_of(r->valid_until));
    tl_json_text(j, "input_hash", text_of(r->input_hash));
}

static void put_parts(tl_json *j, const tl_record *r)
{
    tl_json_array(j, "parts");
    for (size_t i = 0; i < r->n_parts; i++) {
        const tl_record_part *part = &r->parts[i];
        tl_json_object(j, NULL);
        tl_json_text(j, "kind", text_of(part->kind));
        tl_json_text(j, "key", text_of(part->key));
        tl_json_number(j, "value", part->value);
        tl_json_text(j, "unit", *text_of(part->unit) ? part->unit : r->unit);
        tl_json_end(j);
    }
    tl_json_end(j);
}

void tl_record_canonical_put(const tl_record *r, const char *pins, bool whole, tl_buf *out)
{
    tl_json j = tl_json_start(out, false);
    tl_json_object(&j, NULL);
    put_product(&j, r);
    put_footprint(&j, r);
    put_parts(&j, r);
    if (whole) {
        tl_json_int(&j, "version", r->version);
        tl_json_text(&j, "reason", text_of(r->reason));
        tl_json_text(&j, "author", text_of(r->author));
        tl_json_text(&j, "published_on", text_of(r->published_on));
    }
    /* the last member, because its text is there already */
    tl_buf_str(out, ",\"pins\":");
    tl_buf_str(out, pins);
    tl_json_end(&j);
}

tl_status tl_record_canonical(const tl_record *r, tl_buf *out, tl_error *err)
{
    tl_buf pins;
    tl_buf_init(&pins, 0);
    tl_status st = tl_record_pins_normal(r->pins, &pins, err);
    if (st == TL_OK) {
        tl_record_canonical_put(r, tl_buf_text(&pins), true, out);
        st = tl_buf_status(out, err);
    }
    tl_buf_clear(&pins);
    return st;
}
