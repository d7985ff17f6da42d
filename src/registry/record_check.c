/* record_check.c - whether what was given can be a record; the first fault is named by its field.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "registry/record_priv.h"

static const char *text_of(const char *s)
{
    return s ? s : "";
}

tl_status tl_record_text_check(const char *field, const char *text, size_t most, bool lines,
                               bool needed, tl_error *err)
{
    size_t n = strlen(text_of(text));
    if (n == 0)
        return needed ? tl_fail(err, TL_EINPUT, "%s: empty, expected a text", field) : TL_OK;
    if (n > most)
        return tl_fail(err, TL_EINPUT, "%s: %zu bytes, at most %zu are kept", field, n, most);
    if (!tl_text_plain(text, lines))
        return tl_fail(err, TL_EINPUT, "%s: '%.60s' holds control characters or is not UTF-8",
                       field, text);
    return text[strspn(text, " \t\r\n")] ? TL_OK
                                         : tl_fail(err, TL_EINPUT, "%s: blanks only", field);
}

tl_status tl_record_id_check(const char *field, const char *id, size_t most, tl_error *err)
{
    size_t n = strlen(text_of(id));
    if (n > 0 && n <= most && strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == n)
        return TL_OK;
    return tl_fail(err, TL_EINPUT,
                   "%s: '%.120s', expected 1 to %zu lower-case letters, digits and '-'", field,
                   text_of(id), most);
}

tl_status tl_record_day(const char *day, char out[TL_DAY_TEXT], tl_error *err)
{
    char now[TL_TIME_ISO];
    if (!*text_of(day)) {
        tl_time_now(now);
        day = now;
        memcpy(out, day, TL_DAY_TEXT - 1);
    } else if (tl_date_valid(day)) {
        memcpy(out, day, TL_DAY_TEXT - 1);
    } else {
        return tl_fail(err, TL_EINPUT, "day: '%.40s' is no day, expected one such as 2026-11-30",
                       day);
    }
    out[TL_DAY_TEXT - 1] = '\0';
    return TL_OK;
}

/* Texts of a record: field, where it is, and how much of it is kept. */
struct text_field {
    const char *name, *text;
    bool needed;
};

static tl_status check_texts(const tl_record *r, tl_error *err)
{
    const struct text_field fields[] = {
        { "product", r->product, true },  { "maker", r->maker, false },
        { "company", r->company, false }, { "disclosure_id", r->disclosure_id, false },
        { "series", r->series, false },   { "size_class", r->size_class, false },
        { "body", r->body, false },       { "powertrain", r->powertrain, false },
        { "unit", r->unit, true },        { "boundary", r->boundary, false },
        { "method", r->method, false },   { "region", r->region, false },
        { "grade", r->grade, false },     { "verifier", r->verifier, false },
    };
    tl_status st = TL_OK;
    for (size_t i = 0; st == TL_OK && i < sizeof fields / sizeof *fields; i++)
        st = tl_record_text_check(fields[i].name, fields[i].text, TL_RECORD_NAME_MAX, false,
                                  fields[i].needed, err);
    if (st == TL_OK)
        st = tl_record_text_check("evidence", r->evidence, TL_RECORD_TEXT_MAX, true, false, err);
    return st == TL_OK
               ? tl_record_text_check("reason", r->reason, TL_RECORD_TEXT_MAX, true, false, err)
               : st;
}

static tl_status check_day(const char *field, const char *day, bool month, tl_error *err)
{
    char whole[TL_DAY_TEXT];
    day = text_of(day);
    size_t n = strlen(day);
    if (n == 7 && month) {
        snprintf(whole, sizeof whole, "%s-01", day);
        day = whole;
        n = 10;
    }
    return n == 0 || (n == 10 && tl_date_valid(day))
               ? TL_OK
               : tl_fail(err, TL_EINPUT, "%s: '%.40s', expected %s such as 2026-11-30", field, day,
                         month ? "a month or day" : "a day");
}

static tl_status check_dates(const tl_record *r, tl_error *err)
{
    tl_status st = check_day("launched", r->launched, true, err);
    if (st != TL_OK || (st = check_day("valid_from", r->valid_from, false, err)) != TL_OK ||
        (st = check_day("valid_until", r->valid_until, false, err)) != TL_OK)
        return st;
    if (*text_of(r->valid_from) && *text_of(r->valid_until) &&
        strcmp(r->valid_from, r->valid_until) > 0)
        return tl_fail(err, TL_EINPUT, "valid_until: %s is before valid_from %s", r->valid_until,
                       r->valid_from);
    if (r->year != 0 && (r->year < 1900 || r->year > 2100))
        return tl_fail(err, TL_EINPUT, "year: %lld, expected 1900 to 2100, or 0 for not stated",
                       (long long)r->year);
    return TL_OK;
}

static tl_status check_numbers(const tl_record *r, tl_error *err)
{
    const char *currency = text_of(r->currency);
    if (!isfinite(r->value))
        return tl_fail(err, TL_EINPUT, "value: expected a number");
    if (!(isnan(r->kerb_mass_kg) || (isfinite(r->kerb_mass_kg) && r->kerb_mass_kg > 0)))
        return tl_fail(err, TL_EINPUT, "kerb_mass_kg: %g, expected more than 0", r->kerb_mass_kg);
    if (!(isnan(r->price) || (isfinite(r->price) && r->price >= 0)))
        return tl_fail(err, TL_EINPUT, "price: %g, expected 0 or more", r->price);
    if (*currency && (strlen(currency) != 3 || strspn(currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3))
        return tl_fail(err, TL_EINPUT, "currency: '%.20s', expected three letters such as CNY",
                       currency);
    if (!isnan(r->price) && !*currency)
        return tl_fail(err, TL_EINPUT, "currency: a price needs one, such as CNY");
    if (!(isnan(r->uncertainty) || (isfinite(r->uncertainty) && r->uncertainty > 0)))
        return tl_fail(err, TL_EINPUT,
                       "uncertainty: %g, expected more than 0; what is not known is left out",
                       r->uncertainty);
    if (!(isnan(r->primary_share) || (r->primary_share >= 0 && r->primary_share <= 1)))
        return tl_fail(err, TL_EINPUT, "primary_share: %g, expected 0 to 1", r->primary_share);
    return TL_OK;
}

static tl_status check_part(const tl_record *r, const tl_record_part *part, tl_error *err)
{
    const char *kind = text_of(part->kind), *unit = text_of(part->unit);
    bool share = strcmp(kind, "stage") == 0 || strcmp(kind, "material") == 0;
    if (!share && strcmp(kind, "indicator") != 0)
        return tl_fail(err, TL_EINPUT, "kind '%.40s', expected stage, material or indicator", kind);
    tl_status st = tl_record_text_check("key", part->key, TL_RECORD_NAME_MAX, false, true, err);
    if (st == TL_OK)
        st = tl_record_text_check("unit", unit, TL_RECORD_NAME_MAX, false, !share, err);
    if (st == TL_OK && share && *unit && strcmp(unit, r->unit) != 0)
        st = tl_fail(err, TL_EINPUT, "unit '%.60s', a %s is in that of the value, %s", unit, kind,
                     r->unit);
    if (st == TL_OK && !isfinite(part->value))
        st = tl_fail(err, TL_EINPUT, "value: expected a number");
    return st;
}

static tl_status check_parts(const tl_record *r, tl_error *err)
{
    if (r->n_parts > TL_RECORD_PARTS_MAX)
        return tl_fail(err, TL_EINPUT, "%zu parts, at most %d are kept", r->n_parts,
                       (int)TL_RECORD_PARTS_MAX);
    for (size_t i = 0; i < r->n_parts; i++) {
        const tl_record_part *part = &r->parts[i];
        tl_status st = check_part(r, part, err);
        for (size_t k = 0; st == TL_OK && k < i; k++)
            if (strcmp(r->parts[k].key, part->key) == 0 &&
                strcmp(r->parts[k].kind, part->kind) == 0)
                st = tl_fail(err, TL_EINPUT, "there twice");
        if (st != TL_OK)
            return tl_context(err, st, "part %zu, '%.60s'", i + 1, text_of(part->key));
    }
    return TL_OK;
}

/* The functional unit of cars: what compares them counts on it. */
static tl_status check_vehicle(const tl_record *r, tl_error *err)
{
    if (strcmp(r->unit, "g CO2e/km") != 0)
        return tl_fail(err, TL_EINPUT, "unit: '%.60s', that of a vehicle is g CO2e/km", r->unit);
    return r->value > 0
               ? TL_OK
               : tl_fail(err, TL_EINPUT, "value: %g, that of a vehicle is more than 0", r->value);
}

tl_status tl_record_check(const tl_record *r, tl_error *err)
{
    const char *hash = text_of(r->input_hash);
    if ((unsigned)r->kind > TL_RECORD_EPD)
        return tl_fail(err, TL_EINPUT, "kind: %d is none", (int)r->kind);
    tl_status st = tl_record_id_check("id", r->id, TL_RECORD_ID_MAX, err);
    if (st != TL_OK || (st = check_texts(r, err)) != TL_OK || (st = check_dates(r, err)) != TL_OK ||
        (st = check_numbers(r, err)) != TL_OK || (st = check_parts(r, err)) != TL_OK)
        return st;
    if (*hash && (strlen(hash) != 64 || strspn(hash, "0123456789abcdef") != 64))
        return tl_fail(err, TL_EINPUT, "input_hash: '%.70s', expected 64 lower-case hex digits",
                       hash);
    return r->kind == TL_RECORD_VEHICLE ? check_vehicle(r, err) : TL_OK;
}
