/* test_named.c - naming a verification body for a footprint or a round: who is named, who cannot
 * be, and what it is then named for. */
#include "account/tenant.h"
#include "company/company.h"
#include "registry/batch.h"
#include "registry/named.h"
#include "registry/tests/record_test.h"
#include "store/audit.h"

#define READS TL_RIGHT_BIT(TL_RIGHT_RECORD_READ)

static void put_tenant(record_fixture *f, const char *id, tl_tenant_kind kind, const char *company)
{
    const tl_tenant t = {
        .id = id, .kind = kind, .name_en = id, .name_zh = "", .company = company
    };
    record_expect(id, tl_tenant_add(f->s, tl_viewer_program(), &t, 0, &f->err), TL_OK, &f->err,
                  NULL);
}

/* Footprints one and two of company maker; one is in the round autumn. */
static int setup(void **state)
{
    bool same;
    tl_company_change change;
    const tl_company c = {
        .id = "maker", .name_en = "Maker", .country = "CN", .source = "invented"
    };
    static const char *const ids[] = { "one", "two" };
    if (record_setup(state) != 0)
        return -1;
    record_fixture *f = *state;
    record_expect("begin", tl_store_begin(f->s, &f->err), TL_OK, &f->err, NULL);
    record_expect("maker", tl_company_put(f->s, &c, "anna", &change, &f->err), TL_OK, &f->err,
                  NULL);
    for (size_t i = 0; i < RECORD_COUNT(ids); i++) {
        tl_record r = record_car(ids[i], 201);
        r.company = "maker";
        r.disclosure_id = "";
        record_expect(ids[i], tl_record_put(f->s, &r, "anna", &same, &f->err), TL_OK, &f->err,
                      NULL);
    }
    put_tenant(f, "verity", TL_TENANT_VERIFIER, NULL);
    put_tenant(f, "other", TL_TENANT_VERIFIER, NULL);
    put_tenant(f, "inhouse", TL_TENANT_VERIFIER, "maker");
    put_tenant(f, "bank", TL_TENANT_BANK, NULL);
    record_expect("batch",
                  tl_store_exec(f->s,
                                "INSERT INTO batch VALUES ('autumn', 'Autumn', '2026-01-01');"
                                "INSERT INTO batch VALUES ('spring', 'Spring', '2026-01-01');"
                                "INSERT INTO batch_record VALUES ('autumn', 'one')",
                                &f->err),
                  TL_OK, &f->err, NULL);
    record_expect("commit", tl_store_commit(f->s, &f->err), TL_OK, &f->err, NULL);
    return 0;
}

static const struct put_case {
    const char *label;
    tl_naming naming;
    tl_status want;
    const char *words;
    int audited; /* entries it writes */
} put_cases[] = {
    { "a footprint that is not there",
      { TL_NAMED_RECORD, "none", "verity", "2026-01-02", "eva", false },
      TL_ENOTFOUND,
      "no such record",
      0 },
    { "a round that is not there",
      { TL_NAMED_BATCH, "none", "verity", "2026-01-02", "eva", false },
      TL_ENOTFOUND,
      "no such batch",
      0 },
    { "nobody",
      { TL_NAMED_RECORD, "one", "none", "2026-01-02", "eva", false },
      TL_ENOTFOUND,
      NULL,
      0 },
    { "a bank",
      { TL_NAMED_RECORD, "one", "bank", "2026-01-02", "eva", false },
      TL_EINPUT,
      "no verification body",
      0 },
    { "of the company",
      { TL_NAMED_RECORD, "one", "inhouse", "2026-01-02", "eva", false },
      TL_EINPUT,
      "whose footprint it is",
      0 },
    { "of a company in the round",
      { TL_NAMED_BATCH, "autumn", "inhouse", "2026-01-02", "eva", false },
      TL_EINPUT,
      "whose footprint it is",
      0 },
    { "a round without a footprint of its company",
      { TL_NAMED_BATCH, "spring", "inhouse", "2026-01-02", "eva", false },
      TL_OK,
      NULL,
      1 },
    { "named", { TL_NAMED_RECORD, "two", "verity", "2026-01-02", "eva", false }, TL_OK, NULL, 1 },
    { "named again",
      { TL_NAMED_RECORD, "two", "verity", "2026-01-03", "eva", false },
      TL_OK,
      NULL,
      0 },
    { "a round",
      { TL_NAMED_BATCH, "autumn", "other", "2026-01-02", "eva", false },
      TL_OK,
      NULL,
      1 },
    { "taken back",
      { TL_NAMED_BATCH, "spring", "inhouse", "2026-01-02", "eva", true },
      TL_OK,
      NULL,
      1 },
    { "taken back again",
      { TL_NAMED_BATCH, "spring", "inhouse", "2026-01-02", "eva", true },
      TL_OK,
      NULL,
      0 },
};

static int64_t audit_length(record_fixture *f)
{
    int64_t seq;
    char hash[TL_SHA256_HEX];
    record_expect("audit", tl_audit_head(f->s, &seq, hash, &f->err), TL_OK, &f->err, NULL);
    return seq;
}

static void put_all(record_fixture *f)
{
    for (size_t i = 0; i < RECORD_COUNT(put_cases); i++) {
        const struct put_case *k = &put_cases[i];
        const int64_t before = audit_length(f);
        tl_error err = { 0 };
        record_expect("begin", tl_store_begin(f->s, &f->err), TL_OK, &f->err, NULL);
        tl_status st = tl_named_put(f->s, &k->naming, &err);
        record_expect(k->label, st, k->want, &err, k->words);
        if (st == TL_OK)
            record_expect("commit", tl_store_commit(f->s, &f->err), TL_OK, &f->err, NULL);
        else
            tl_store_rollback(f->s);
        if (audit_length(f) - before != k->audited)
            fail_msg("%s: %lld audit entries", k->label, (long long)(audit_length(f) - before));
    }
}

static const struct is_case {
    const char *label;
    tl_viewer who;
    tl_named_kind kind;
    const char *id;
    bool want;
    size_t listed; /* namings that are listed to it */
} is_cases[] = {
    { "named for the footprint",
      { .tenant = "verity", .rights = READS },
      TL_NAMED_RECORD,
      "two",
      true,
      1 },
    { "not for the other",
      { .tenant = "verity", .rights = READS },
      TL_NAMED_RECORD,
      "one",
      false,
      1 },
    { "nor for the round",
      { .tenant = "verity", .rights = READS },
      TL_NAMED_BATCH,
      "autumn",
      false,
      1 },
    { "named for the round",
      { .tenant = "other", .rights = READS },
      TL_NAMED_BATCH,
      "autumn",
      true,
      1 },
    { "and all in it", { .tenant = "other", .rights = READS }, TL_NAMED_RECORD, "one", true, 1 },
    { "not what is not", { .tenant = "other", .rights = READS }, TL_NAMED_RECORD, "two", false, 1 },
    { "no longer", { .tenant = "inhouse", .rights = READS }, TL_NAMED_BATCH, "spring", false, 0 },
    { "without the right", { .tenant = "verity", .rights = 1 }, TL_NAMED_RECORD, "two", false, 1 },
    { "nobody", { .rights = READS }, TL_NAMED_RECORD, "two", false, 0 },
    { "the company itself",
      { .tenant = "m", .company = "maker", .rights = READS },
      TL_NAMED_RECORD,
      "two",
      false,
      1 },
    { "who sees all", { .rights = READS, .all_tenants = true }, TL_NAMED_RECORD, "two", false, 2 },
};

static void test_named(void **state)
{
    record_fixture *f = *state;
    put_all(f);
    for (size_t i = 0; i < RECORD_COUNT(is_cases); i++) {
        const struct is_case *k = &is_cases[i];
        const tl_named *list;
        size_t n = 0;
        bool is = !k->want;
        record_expect(k->label, tl_named_is(f->s, &k->who, k->kind, k->id, &is, &f->err), TL_OK,
                      &f->err, NULL);
        record_expect(
            k->label,
            tl_named_list(f->s, &k->who, &(tl_named_filter){ 0 }, f->arena, &list, &n, &f->err),
            TL_OK, &f->err, NULL);
        if (is != k->want || n != k->listed)
            fail_msg("%s: %s, %zu listed", k->label, is ? "named" : "not named", n);
    }
}

/* All that was named, for one record or round. */
static void test_of(void **state)
{
    static const struct of_case {
        const char *label;
        tl_named_filter of;
        size_t want;
    } cases[] = {
        { "a record", { .record = "two" }, 1 },
        { "a round", { .batch = "autumn" }, 1 },
        { "a record nobody was named for", { .record = "autumn" }, 0 },
        { "both at once are nothing", { .record = "two", .batch = "autumn" }, 0 },
    };
    static const tl_viewer all = { .rights = READS, .all_tenants = true };
    record_fixture *f = *state;
    put_all(f);
    for (size_t i = 0; i < RECORD_COUNT(cases); i++) {
        const tl_named *list;
        size_t n = 0;
        record_expect(cases[i].label,
                      tl_named_list(f->s, &all, &cases[i].of, f->arena, &list, &n, &f->err), TL_OK,
                      &f->err, NULL);
        if (n != cases[i].want)
            fail_msg("%s: %zu listed, wanted %zu", cases[i].label, n, cases[i].want);
    }
}

/* Past the functions, the tables refuse it too. */
static void test_tables(void **state)
{
    static const char *const refused[] = {
        "INSERT INTO record_verifier VALUES ('one', 'bank', '2026-01-02', 'eva')",
        "INSERT INTO batch_verifier VALUES ('autumn', 'bank', '2026-01-02', 'eva')",
        "INSERT INTO record_verifier VALUES ('one', 'verity', 'tomorrow', 'eva')",
        "INSERT INTO batch_verifier VALUES ('autumn', 'verity', 'tomorrow', 'eva')",
        "INSERT INTO record_verifier VALUES ('one', 'verity', '2026-01-02', '')",
        "INSERT INTO batch_verifier VALUES ('autumn', 'verity', '2026-01-02', '')",
        "INSERT INTO record_verifier VALUES ('none', 'verity', '2026-01-02', 'eva')",
        "INSERT INTO batch_verifier VALUES ('none', 'verity', '2026-01-02', 'eva')",
    };
    record_fixture *f = *state;
    for (size_t i = 0; i < RECORD_COUNT(refused); i++) {
        record_expect("begin", tl_store_begin(f->s, &f->err), TL_OK, &f->err, NULL);
        if (tl_store_exec(f->s, refused[i], &f->err) == TL_OK)
            fail_msg("%s: taken", refused[i]);
        tl_store_rollback(f->s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_named, setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_of, setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_tables, setup, record_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
