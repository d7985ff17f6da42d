/* origin_record.c - of a footprint: its sealed versions, the data sets it is pinned to. */
#include <string.h>

#include "base/number.h"
#include "format/json_read.h"
#include "operation/origin.h"
#include "registry/record_chain.h"
#include "registry/record_correction.h"
#include "report/registry_record.h"
#include "report/words.h"

static const tl_column columns[] = {
    { .key = "version", .name = { "version", "版本" }, .kind = TL_COLUMN_INT },
    { .key = "state", .name = { "state", "状态" }, .kind = TL_COLUMN_WORD },
    { .key = "value", .name = { "value", "数值" }, .kind = TL_COLUMN_NUMBER, .decimals = 2 },
    { .key = "unit", .name = { "unit", "单位" }, .kind = TL_COLUMN_TEXT },
    { .key = "published_on", .name = { "published", "公布日期" }, .kind = TL_COLUMN_TEXT },
    { .key = "reason", .name = { "why", "原因" }, .kind = TL_COLUMN_TEXT },
    { .key = "sealed", .name = { "seal agrees", "存证相符" }, .kind = TL_COLUMN_BOOL },
    { .key = "seal",
      .name = { "seal (SHA-256)", "存证哈希（SHA-256）" },
      .kind = TL_COLUMN_TEXT,
      .files_only = true },
    { .key = "input_hash",
      .name = { "input hash (SHA-256)", "输入哈希（SHA-256）" },
      .kind = TL_COLUMN_TEXT,
      .files_only = true },
};

/* Published versions, each with its seal worked out again from what is kept. */
static tl_status put_versions(tl_origin *o, const tl_record *all, size_t n, tl_record *now,
                              tl_error *err)
{
    char before[TL_SHA256_HEX], seal[TL_SHA256_HEX];
    tl_status st = TL_OK;
    memset(before, '0', sizeof before - 1);
    before[sizeof before - 1] = '\0';
    tl_report_table(o->r, "versions", (tl_label){ "Versions, oldest first", "版本（由旧到新）" },
                    columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        tl_record *x = now;
        if (!*all[i].published_on)
            continue;
        st = tl_record_get(o->c->store, all[i].id, all[i].version, o->c->arena, x, err);
        if (st == TL_OK)
            st = tl_record_seal(x, before, seal, err);
        if (st != TL_OK)
            return st;
        const bool sealed = strcmp(seal, x->hash) == 0;
        o->sound = o->sound && sealed;
        tl_report_int(o->r, x->version);
        tl_report_word(o->r, tl_record_state_name(x->state), tl_word_record_state(x->state));
        tl_report_number(o->r, x->value);
        tl_report_text(o->r, x->unit);
        tl_report_text(o->r, x->published_on);
        if (*x->ended_because || *x->reason)
            tl_report_text(o->r, *x->ended_because ? x->ended_because : x->reason);
        else
            tl_report_empty(o->r, (tl_label){ "first publication", "首次公布" });
        tl_report_bool(o->r, sealed);
        tl_report_text(o->r, x->hash);
        tl_report_text(o->r, x->input_hash);
        memcpy(before, seal, sizeof before);
    }
    return st;
}

static tl_status put_pins(tl_origin *o, const char *pins, tl_error *err)
{
    tl_json_doc *doc = NULL;
    tl_status st = TL_OK;
    tl_origin_pins(o);
    if (*pins)
        st = tl_json_read(&doc, "pins", pins, strlen(pins), NULL, err);
    const tl_json_value list = doc ? tl_json_root(doc) : (tl_json_value){ 0 };
    for (size_t i = 0; st == TL_OK && i < tl_json_count(list); i++) {
        static const char *const names[] = { "id", "version", "checksum" };
        const char *values[3];
        for (int k = 0; st == TL_OK && k < 3; k++) {
            st = tl_json_as_text(tl_json_get(tl_json_item(list, i), names[k]), &values[k], err);
            if (st == TL_OK && !(values[k] = tl_arena_str(o->c->arena, values[k])))
                st = tl_fail_nomem(err);
        }
        if (st == TL_OK)
            st = tl_origin_pin(o, values[0], values[1], values[2], err);
    }
    tl_json_doc_free(doc);
    return st;
}

static tl_status add_objects(tl_origin *o, const char *id, tl_error *err)
{
    const char *const *batches;
    size_t n;
    tl_status st = tl_origin_object(o, tl_arena_printf(o->c->arena, "record/%s", id), err);
    if (st == TL_OK)
        st = tl_record_batches(o->c->store, id, o->c->arena, &batches, &n, err);
    for (size_t i = 0; st == TL_OK && i < n; i++)
        st = tl_origin_object(o, tl_arena_printf(o->c->arena, "batch/%s", batches[i]), err);
    return st;
}

static void put_facts(tl_origin *o, const tl_record *x)
{
    tl_report *r = o->r;
    char value[TL_NUMBER_MAX + 320];
    tl_number_format_fixed(x->value, 2, value);
    tl_report_fact(r, "record", (tl_label){ "record", "记录" }, x->id);
    tl_report_fact_exact(r, "value", (tl_label){ "footprint", "碳足迹" },
                         tl_arena_str(o->c->arena, value));
    tl_report_fact(r, "unit", (tl_label){ "unit", "单位" }, x->unit);
    tl_report_fact_word(r, "state", (tl_label){ "state", "状态" }, tl_record_state_name(x->state),
                        tl_word_record_state(x->state));
    tl_report_fact(r, "published_on", (tl_label){ "published", "公布日期" }, x->published_on);
    tl_report_fact(r, "method", (tl_label){ "method", "方法" }, x->method);
    tl_report_fact(r, "seal", (tl_label){ "seal (SHA-256)", "存证哈希（SHA-256）" }, x->hash);
    if (*x->input_hash)
        tl_report_fact(r, "input_hash", (tl_label){ "input hash (SHA-256)", "输入哈希（SHA-256）" },
                       x->input_hash);
}

tl_status tl_origin_record(tl_origin *o, const char *id, tl_error *err)
{
    const tl_record *all;
    size_t n = 0, published = 0;
    tl_record now = { 0 };
    tl_error why = { 0 };
    tl_status st = tl_record_versions(o->c->store, id, o->c->arena, &all, &n, &why);
    if (st != TL_OK && st != TL_ENOTFOUND)
        return tl_fail(err, st, "%s", why.text);
    for (size_t i = 0; i < n; i++)
        published += *all[i].published_on != '\0';
    if (published == 0)
        return tl_fail(err, TL_ENOTFOUND, "record '%.100s': nothing published", id);
    /* the newest published one: what of it is shown stands in the list of versions as well */
    for (size_t i = 0; i < n; i++)
        if (*all[i].published_on)
            now = all[i];
    o->r = tl_report_new(o->c->arena, "origin", (tl_label){ now.product, now.product });
    if (!o->r)
        return tl_fail_nomem(err);
    put_facts(o, &now);
    const char *pins = now.pins;
    st = put_versions(o, all, n, &now, err);
    if (st == TL_OK)
        st = put_pins(o, pins, err);
    return st == TL_OK ? add_objects(o, id, err) : st;
}
