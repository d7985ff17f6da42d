/* loan_tests.c - tests of a facility that were kept, and when the next one is due.
 *
 * A kept test is an entry of the audit chain and nothing else: day, margins, and the SHA-256 of the
 * report of that day, so that a supervisor who runs the same test again sees whether it says the
 * same. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "format/json.h"
#include "format/json_read.h"
#include "registry/loan_priv.h"
#include "registry/record_priv.h"
#include "store/audit.h"

static const char action[] = "facility.test";
enum { MONTHS_BETWEEN = 6, PAGE = 500 };

/* "07" at text; the days of the database are checked. */
static int digits(const char *text, int n)
{
    int v = 0;
    for (int i = 0; i < n; i++)
        v = 10 * v + (text[i] - '0');
    return v;
}

static int days_of(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month] + (month == 1 && leap);
}

tl_status tl_loan_next_test(const char *signed_on, const char *after, char out[TL_LOAN_DAY],
                            tl_error *err)
{
    char first[TL_DAY_TEXT], text[48];
    tl_status st = tl_record_day(signed_on, first, err);
    if (st != TL_OK)
        return st;
    const int day = digits(first + 8, 2);
    int months = 12 * digits(first, 4) + digits(first + 5, 2) - 1;
    do {
        months += MONTHS_BETWEEN;
        const int year = months / 12, most = days_of(year, months % 12);
        if (year > 9999)
            return tl_fail(err, TL_EINPUT, "no test is due after %s", after);
        snprintf(text, sizeof text, "%04d-%02d-%02d", year, months % 12 + 1,
                 day < most ? day : most);
        memcpy(out, text, TL_LOAN_DAY - 1);
        out[TL_LOAN_DAY - 1] = '\0';
    } while (strcmp(out, after) <= 0);
    return TL_OK;
}

static tl_status hash_of(const tl_facility *f, const tl_loan_car *cars, size_t n,
                         const tl_loan_result *r, char sha256[TL_SHA256_HEX], tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_status st = tl_loan_report(f, cars, n, r, &b, err);
    if (st == TL_OK)
        st = tl_sha256_of(tl_buf_text(&b), b.len, sha256, err);
    tl_buf_clear(&b);
    return st;
}

tl_status tl_loan_keep_test(tl_store *s, const tl_facility *f, const tl_loan_car *cars, size_t n,
                            const tl_loan_result *r, const char *day, const char *who,
                            tl_error *err)
{
    char sha256[TL_SHA256_HEX];
    tl_buf b;
    assert(tl_store_in_transaction(s));
    tl_status st = hash_of(f, cars, n, r, sha256, err);
    if (st != TL_OK)
        return st;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "day", day);
    tl_json_int(&j, "margin_e4", r->margin_e4);
    tl_json_int(&j, "margin_on_day_e4", r->margin_now_e4);
    tl_json_text(&j, "report_sha256", sha256);
    tl_json_end(&j);
    return tl_facility_audit(s, who, action, f->id, &b, err);
}

void tl_loan_since(const tl_facility *f, tl_loan_car *now, const tl_loan_car *then, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const bool in_grid = (size_t)then[i].newest_class <= f->n_steps;
        now[i].version = then[i].newest;
        now[i].g_km = then[i].newest_g_km;
        now[i].class_number = f->basis == TL_LOAN_BY_CLASS && !in_grid ? 0 : then[i].newest_class;
    }
}

static tl_status copy_text(tl_json_value v, tl_arena *arena, const char **out, tl_error *err)
{
    const char *text;
    tl_status st = tl_json_as_text(v, &text, err);
    if (st != TL_OK)
        return st;
    *out = tl_arena_str(arena, text);
    return *out ? TL_OK : tl_fail_nomem(err);
}

static tl_status read_test(const tl_audit_entry *e, tl_arena *arena, tl_loan_kept_test *out,
                           tl_error *err)
{
    tl_json_doc *doc = NULL;
    *out = (tl_loan_kept_test){ .at = e->at, .who = e->actor };
    tl_status st = tl_json_read(&doc, "audit", e->detail, strlen(e->detail), NULL, err);
    const tl_json_value root = tl_json_root(doc);
    if (st == TL_OK)
        st = copy_text(tl_json_get(root, "day"), arena, &out->day, err);
    if (st == TL_OK)
        st = copy_text(tl_json_get(root, "report_sha256"), arena, &out->sha256, err);
    if (st == TL_OK)
        st = tl_json_as_int(tl_json_get(root, "margin_e4"), INT64_MIN / 2, INT64_MAX / 2,
                            &out->margin_e4, err);
    if (st == TL_OK)
        st = tl_json_as_int(tl_json_get(root, "margin_on_day_e4"), INT64_MIN / 2, INT64_MAX / 2,
                            &out->on_day_e4, err);
    tl_json_doc_free(doc);
    return st;
}

/* The entries of one page that are tests, behind those in the list. */
static tl_status take_page(const tl_audit_entry *entries, size_t n, tl_arena *arena,
                           tl_loan_kept_test **list, size_t *have, tl_error *err)
{
    tl_loan_kept_test *grown = tl_arena_alloc(arena, *have + n + 1, sizeof *grown);
    if (!grown)
        return tl_fail_nomem(err);
    if (*have)
        memcpy(grown, *list, *have * sizeof *grown);
    *list = grown;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(entries[i].action, action) != 0 || !entries[i].detail)
            continue;
        tl_status st = read_test(&entries[i], arena, &grown[*have], err);
        if (st != TL_OK)
            return st;
        ++*have;
    }
    return TL_OK;
}

tl_status tl_loan_kept_tests(tl_store *s, const char *id, tl_arena *arena,
                             const tl_loan_kept_test **out, size_t *n, tl_error *err)
{
    const tl_audit_entry *page;
    tl_loan_kept_test *list = NULL;
    size_t got = 0;
    tl_audit_filter filter = { .object = tl_arena_printf(arena, "facility/%s", id), .limit = PAGE };
    tl_status st = filter.object ? TL_OK : tl_fail_nomem(err);
    *n = 0;
    do {
        if (st == TL_OK)
            st = tl_audit_newest(s, &filter, arena, &page, &got, err);
        if (st == TL_OK)
            st = take_page(page, got, arena, &list, n, err);
        if (st == TL_OK && got)
            filter.before = page[got - 1].seq;
    } while (st == TL_OK && got == PAGE);
    *out = list;
    return st;
}
