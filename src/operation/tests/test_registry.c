/* test_registry.c - who sees and changes what of the register before it is published.
 *
 * own-1 and other-1 are drafts of two companies; own-2 is published with an open correction. */
#include <unistd.h>

#include "account/tenant.h"
#include "base/file.h"
#include "company/company.h"
#include "operation/operation.h"
#include "registry/named.h"
#include "registry/tests/record_test.h"

#define EDITOR                                                                                     \
    (TL_RIGHT_BIT(TL_RIGHT_PUBLIC_READ) | TL_RIGHT_BIT(TL_RIGHT_RECORD_READ) |                     \
     TL_RIGHT_BIT(TL_RIGHT_RECORD_EDIT) | TL_RIGHT_BIT(TL_RIGHT_RECORD_STEP))

static const tl_viewer visitor = { .rights = TL_RIGHT_BIT(TL_RIGHT_PUBLIC_READ) };
static const tl_viewer editor = { .user = "eva", .company = "own", .rights = EDITOR };
static const tl_viewer loose = { .user = "lou", .rights = EDITOR }; /* of no company */
#define VERIFIER                                                                                   \
    (TL_RIGHT_BIT(TL_RIGHT_PUBLIC_READ) | TL_RIGHT_BIT(TL_RIGHT_RECORD_READ) |                     \
     TL_RIGHT_BIT(TL_RIGHT_RECORD_STEP) | TL_RIGHT_BIT(TL_RIGHT_EPD_VERIFY))
static const tl_viewer verifier = { .user = "vera", .tenant = "verity", .rights = VERIFIER };
static const tl_viewer unnamed = { .user = "ulf", .tenant = "unnamed", .rights = VERIFIER };
static const tl_viewer keeper = { .user = "kim", .rights = TL_RIGHTS_ALL, .all_tenants = true };

static void put_company(record_fixture *f, const char *id)
{
    const tl_company c = { .id = id, .name_en = id, .country = "CN", .source = "invented" };
    tl_company_change change;
    record_expect("begin", tl_store_begin(f->s, &f->err), TL_OK, &f->err, NULL);
    record_expect(id, tl_company_put(f->s, &c, "anna", &change, &f->err), TL_OK, &f->err, NULL);
    record_expect("commit", tl_store_commit(f->s, &f->err), TL_OK, &f->err, NULL);
}

static void put_tenant(record_fixture *f, const char *id, tl_tenant_kind kind, const char *company)
{
    const tl_tenant t = {
        .id = id, .kind = kind, .name_en = id, .name_zh = "", .company = company
    };
    record_expect("begin", tl_store_begin(f->s, &f->err), TL_OK, &f->err, NULL);
    record_expect(id, tl_tenant_add(f->s, tl_viewer_program(), &t, 0, &f->err), TL_OK, &f->err,
                  NULL);
    record_expect("commit", tl_store_commit(f->s, &f->err), TL_OK, &f->err, NULL);
}

static tl_record car(const char *id, const char *company, const char *disclosure)
{
    tl_record r = record_car(id, 201);
    r.company = company;
    r.disclosure_id = disclosure;
    return r;
}

static int setup(void **state)
{
    bool same;
    if (record_setup(state) != 0)
        return -1;
    record_fixture *f = *state;
    put_company(f, "own");
    put_company(f, "other");
    put_tenant(f, "verity", TL_TENANT_VERIFIER, NULL);
    put_tenant(f, "unnamed", TL_TENANT_VERIFIER, NULL);
    put_tenant(f, "inhouse", TL_TENANT_VERIFIER, "own");
    put_tenant(f, "bank", TL_TENANT_BANK, NULL);
    tl_record r = car("own-1", "own", "");
    record_expect("own-1", record_put(f, &r, &same), TL_OK, &f->err, NULL);
    r = car("other-1", "other", "");
    record_expect("other-1", record_put(f, &r, &same), TL_OK, &f->err, NULL);
    r = car("own-2", "own", "");
    r.kind = TL_RECORD_PCF; /* needs no class */
    r.disclosure_id = "";
    record_publish(f, &r, "2026-01-02");
    r.reason = "measured anew";
    r.year = 2025;
    record_expect("own-2", record_put(f, &r, &same), TL_OK, &f->err, NULL);
    return 0;
}

static const struct see_case {
    const char *label, *operation;
    const tl_viewer *viewer;
    tl_given given[3];
    tl_status want;
    const char *words; /* of the refusal */
} see_cases[] = {
    { "a draft, visitor",
      "registry show",
      &visitor,
      { { "record", "own-1" } },
      TL_ENOTFOUND,
      "nothing published" },
    { "a draft by its number, visitor",
      "registry show",
      &visitor,
      { { "record", "own-1" }, { "result", "1" } },
      TL_ENOTFOUND,
      "no version 1" },
    { "own draft", "registry show", &editor, { { "record", "own-1" } }, TL_OK, NULL },
    { "a draft of others",
      "registry show",
      &editor,
      { { "record", "other-1" } },
      TL_ENOTFOUND,
      "nothing published" },
    { "a draft, of no company",
      "registry show",
      &loose,
      { { "record", "own-1" } },
      TL_ENOTFOUND,
      "nothing published" },
    { "a draft, keeper", "registry show", &keeper, { { "record", "other-1" } }, TL_OK, NULL },
    { "published, visitor", "registry show", &visitor, { { "record", "own-2" } }, TL_OK, NULL },
    { "its correction, visitor",
      "registry show",
      &visitor,
      { { "record", "own-2" }, { "result", "2" } },
      TL_ENOTFOUND,
      "no version 2" },
    { "its newest, visitor",
      "registry show",
      &visitor,
      { { "record", "own-2" }, { "result", "-1" } },
      TL_ENOTFOUND,
      "nothing published" },
    { "its correction, own",
      "registry show",
      &editor,
      { { "record", "own-2" }, { "result", "2" } },
      TL_OK,
      NULL },
    { "versions of a draft, visitor",
      "registry history",
      &visitor,
      { { "record", "own-1" } },
      TL_ENOTFOUND,
      "nothing published" },
    { "versions of a draft of others",
      "registry history",
      &editor,
      { { "record", "other-1" } },
      TL_ENOTFOUND,
      "nothing published" },
    { "list, visitor",
      "registry list",
      &visitor,
      { { "kind", "vehicle" } },
      TL_EFORBIDDEN,
      "record-read" },
    { "list of published, visitor",
      "registry list",
      &visitor,
      { { "kind", "vehicle" }, { "state", "published" } },
      TL_OK,
      NULL },
    { "list, own", "registry list", &editor, { { "kind", "vehicle" } }, TL_OK, NULL },
    { "list of others",
      "registry list",
      &editor,
      { { "kind", "vehicle" }, { "company", "other" } },
      TL_EFORBIDDEN,
      "your own company" },
    { "list, of no company",
      "registry list",
      &loose,
      { { "kind", "vehicle" } },
      TL_EFORBIDDEN,
      "your own company" },
    { "rounds, own", "registry batch", &editor, { { 0 } }, TL_OK, NULL },
    { "rounds, keeper", "registry batch", &keeper, { { 0 } }, TL_OK, NULL },
    { "a step of others",
      "registry step",
      &editor,
      { { "record", "other-1" }, { "step", "ask" } },
      TL_ENOTFOUND,
      "nothing published" },
    { "a step of what is not there",
      "registry step",
      &editor,
      { { "record", "none-1" }, { "step", "ask" } },
      TL_ENOTFOUND,
      "nothing published" },
    { "a step of others' published record",
      "registry step",
      &unnamed,
      { { "record", "own-2" }, { "step", "ask" } },
      TL_EFORBIDDEN,
      "of another company" },
    { "before the naming",
      "registry show",
      &verifier,
      { { "record", "own-1" } },
      TL_ENOTFOUND,
      "nothing published" },
    { "naming, by another company",
      "registry verifier",
      &editor,
      { { "record", "other-1" }, { "verifier", "verity" } },
      TL_ENOTFOUND,
      "nothing published" },
    { "naming, by the verifier",
      "registry verifier",
      &verifier,
      { { "record", "own-1" }, { "verifier", "verity" } },
      TL_ENOTFOUND,
      "nothing published" },
    { "naming of a bank",
      "registry verifier",
      &editor,
      { { "record", "own-1" }, { "verifier", "bank" } },
      TL_EINPUT,
      "no verification body" },
    { "naming of the own people",
      "registry verifier",
      &editor,
      { { "record", "own-1" }, { "verifier", "inhouse" } },
      TL_EINPUT,
      "whose footprint it is" },
    { "naming",
      "registry verifier",
      &editor,
      { { "record", "own-1" }, { "verifier", "verity" } },
      TL_OK,
      NULL },
    { "named, show", "registry show", &verifier, { { "record", "own-1" } }, TL_OK, NULL },
    { "named, of others",
      "registry show",
      &verifier,
      { { "record", "other-1" } },
      TL_ENOTFOUND,
      "nothing published" },
    { "not named",
      "registry show",
      &unnamed,
      { { "record", "own-1" } },
      TL_ENOTFOUND,
      "nothing published" },
    { "not named, a step",
      "registry step",
      &unnamed,
      { { "record", "own-1" }, { "step", "ask" } },
      TL_ENOTFOUND,
      "nothing published" },
    { "named, publishing",
      "registry step",
      &verifier,
      { { "record", "own-1" }, { "step", "publish" } },
      TL_EFORBIDDEN,
      "record-publish" },
    { "a round not named for",
      "registry batch",
      &verifier,
      { { "batch", "one" } },
      TL_ENOTFOUND,
      "no such batch" },
    { "publishing without the right",
      "registry step",
      &editor,
      { { "record", "own-1" }, { "step", "publish" } },
      TL_EFORBIDDEN,
      "record-publish" },
    { "a table of records, of no company",
      "registry import",
      &loose,
      { { "file", "/nonexistent" }, { "kind", "vehicle" } },
      TL_EFORBIDDEN,
      "runs the register" },
    { "remarks, of no company",
      "registry feedback",
      &loose,
      { { "file", "/nonexistent" } },
      TL_EFORBIDDEN,
      "runs the register" },
    { "named, a step",
      "registry step",
      &verifier,
      { { "record", "own-1" }, { "step", "ask" } },
      TL_OK,
      NULL },
};

static tl_status ask(record_fixture *f, const struct see_case *k, tl_call *c, tl_error *err)
{
    *c = (tl_call){ .operation = tl_operation_find(k->operation),
                    .store = f->s,
                    .viewer = k->viewer,
                    .today = "2026-06-01",
                    .arena = f->arena,
                    .given = k->given };
    assert_non_null(c->operation);
    while (c->n_given < 3 && k->given[c->n_given].name)
        c->n_given++;
    return tl_call_run(c, err);
}

static void test_see(void **state)
{
    record_fixture *f = *state;
    for (size_t i = 0; i < RECORD_COUNT(see_cases); i++) {
        tl_error err = { 0 };
        tl_call c;
        record_expect(see_cases[i].label, ask(f, &see_cases[i], &c, &err), see_cases[i].want, &err,
                      see_cases[i].words);
    }
}

static const struct shown_case {
    struct see_case call;
    const char *has, *lacks;
} shown_cases[] = {
    { { "list of a verifier", "registry list", &verifier, { { "kind", "vehicle" } }, TL_OK, NULL },
      "own-1",
      "other-1" },
    { { "list of another", "registry list", &unnamed, { { "kind", "vehicle" } }, TL_OK, NULL },
      "record",
      "own-1" },
    { { "own namings", "registry verifications", &editor, { { 0 } }, TL_OK, NULL },
      "verity",
      "unnamed" },
    { { "namings of another", "registry verifications", &unnamed, { { 0 } }, TL_OK, NULL },
      "verification",
      "own-1" },
    { { "own list", "registry list", &editor, { { "kind", "vehicle" } }, TL_OK, NULL },
      "own-1",
      "other-1" },
    { { "whole list", "registry list", &keeper, { { "kind", "vehicle" } }, TL_OK, NULL },
      "other-1",
      "own-2" },
    { { "versions, visitor", "registry history", &visitor, { { "record", "own-2" } }, TL_OK, NULL },
      "published",
      "measured anew" },
    { { "versions, own", "registry history", &editor, { { "record", "own-2" } }, TL_OK, NULL },
      "measured anew",
      "superseded" },
};

static void test_shown(void **state)
{
    record_fixture *f = *state;
    const tl_naming naming = { TL_NAMED_RECORD, "own-1", "verity", "2026-01-03", "eva", false };
    record_expect("begin", tl_store_begin(f->s, &f->err), TL_OK, &f->err, NULL);
    record_expect("naming", tl_named_put(f->s, &naming, &f->err), TL_OK, &f->err, NULL);
    record_expect("commit", tl_store_commit(f->s, &f->err), TL_OK, &f->err, NULL);
    for (size_t i = 0; i < RECORD_COUNT(shown_cases); i++) {
        const struct shown_case *k = &shown_cases[i];
        tl_error err = { 0 };
        tl_call c;
        tl_buf b;
        record_expect(k->call.label, ask(f, &k->call, &c, &err), TL_OK, &err, NULL);
        tl_buf_init(&b, 0);
        assert_int_equal(tl_report_as_json(c.report, &b, &err), TL_OK);
        if (!strstr(tl_buf_text(&b), k->has) || strstr(tl_buf_text(&b), k->lacks))
            fail_msg("%s: want '%s' and not '%s':\n%s", k->call.label, k->has, k->lacks,
                     tl_buf_text(&b));
        tl_buf_clear(&b);
    }
}

/* A row about a record of others is refused, the other one is taken. */
static const struct table_case {
    struct see_case call; /* its first argument is the file, filled in */
    const char *text;
} table_cases[] = {
    { { "records",
        "registry import",
        &editor,
        { { "file", "" }, { "kind", "vehicle" } },
        TL_OK,
        "of another company" },
      "id,product,value,unit\nown-1,P,150,g CO2e/km\nother-1,P,150,g CO2e/km\n" },
    { { "a record that gives itself to others",
        "registry import",
        &editor,
        { { "file", "" }, { "kind", "vehicle" } },
        TL_OK,
        "of another company" },
      "id,product,value,unit,company,kerb_mass_kg\nown-1,P,160,g CO2e/km,own,1870\n"
      "new-1,P,150,g CO2e/km,other,1870\n" },
    { { "remarks", "registry feedback", &editor, { { "file", "" } }, TL_OK, "no such record" },
      "record,by,text\nown-1,Eva,too high\nother-1,Eva,too low\n" },
};

static void test_tables(void **state)
{
    record_fixture *f = *state;
    for (size_t i = 0; i < RECORD_COUNT(table_cases); i++) {
        struct see_case k = table_cases[i].call;
        char path[] = "/tmp/tanlian-test-XXXXXX";
        tl_error err = { 0 };
        tl_call c;
        const int fd = mkstemp(path);
        assert_true(fd >= 0);
        close(fd);
        assert_int_equal(
            tl_file_write(path, table_cases[i].text, strlen(table_cases[i].text), NULL), TL_OK);
        k.given[0].value = path;
        const tl_status st = ask(f, &k, &c, &err);
        unlink(path);
        record_expect(k.label, st, TL_OK, &err, NULL);
        if (c.n_refusals != 1 || c.refusals[0].row != 3 || !strstr(c.refusals[0].reason, k.words))
            fail_msg("%s: %zu refused, the first '%s'", k.label, c.n_refusals,
                     c.n_refusals ? c.refusals[0].reason : "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_see, setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_shown, setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_tables, setup, record_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
