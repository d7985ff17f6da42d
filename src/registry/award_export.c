/* award_export.c - a kept award as one line of JSON with a checksum over all that is before it.
 *
 * The export has one form, byte by byte: docs/top-runner.md describes it, tools/check-award holds
 * every byte of it against that. */
#include "format/json.h"
#include "registry/award_priv.h"

static void put_row(tl_json *j, const tl_award_row *r)
{
    tl_json_object(j, NULL);
    tl_json_text(j, "size_class", r->size);
    tl_json_text(j, "body", r->body);
    tl_json_text(j, "powertrain", r->powertrain);
    tl_json_text(j, "record", r->record);
    tl_json_int(j, "version", r->version);
    tl_json_text(j, "product", r->product);
    tl_json_text(j, "maker", r->maker);
    tl_json_text(j, "launched", r->launched);
    tl_json_number(j, "g_km", r->g_km);
    tl_json_text(j, "seal", r->seal);
    tl_json_int(j, "rank", r->rank);
    tl_json_bool(j, "wins", r->wins);
    tl_json_end(j);
}

static tl_json put_body(const tl_kept_award *a, tl_buf *out)
{
    const tl_award_round *r = &a->round;
    tl_json j = tl_json_start(out, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "format", "tanlian-award 1");
    tl_json_text(&j, "id", r->id);
    tl_json_text(&j, "day", r->day);
    tl_json_text(&j, "launched_from", r->rule.from);
    tl_json_text(&j, "launched_until", r->rule.until);
    tl_json_number(&j, "step_g_km", r->rule.step_g_km);
    tl_json_int(&j, "least", (int64_t)r->rule.least);
    tl_json_text(&j, "rule_version", r->rule_version);
    tl_json_text(&j, "rule_checksum", r->rule_checksum);
    tl_json_bool(&j, "as_declared", r->as_declared);
    tl_json_int(&j, "cars", r->cars);
    tl_json_int(&j, "left_out", r->left_out);
    tl_json_text(&j, "author", r->author);
    tl_json_array(&j, "candidates");
    for (size_t i = 0; i < a->n; i++)
        put_row(&j, &a->rows[i]);
    tl_json_end(&j);
    return j;
}

tl_status tl_award_checksum(const tl_kept_award *a, char out[TL_SHA256_HEX], tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    (void)put_body(a, &b);
    tl_status st = tl_buf_status(&b, err);
    if (st == TL_OK)
        st = tl_sha256_of(b.data, b.len, out, err);
    tl_buf_clear(&b);
    return st;
}

tl_status tl_award_export(const tl_kept_award *a, tl_buf *out, tl_error *err)
{
    tl_json j = put_body(a, out);
    tl_json_text(&j, "checksum", a->round.checksum);
    tl_json_end(&j);
    tl_buf_char(out, '\n');
    return tl_buf_status(out, err);
}
