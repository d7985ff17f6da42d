/* test_epd_view.c - who sees what of a declaration: one registered with an update under way, one
 * that was never registered. */
#include "registry/epd_view.h"

#include "base/buf.h"
#include "registry/tests/epd_test.h"

#define BITS(a, b) TL_RIGHT_BIT(TL_RIGHT_PUBLIC_READ) | TL_RIGHT_BIT(a) | TL_RIGHT_BIT(b)
#define BIT(a) BITS(a, a)

static const struct view_case {
    const char *label;
    tl_viewer viewer;
    bool inside;                  /* of both */
    tl_status owner, verifier;    /* of epd-one: may it be worked on so */
    const char *all, *registered; /* ids and versions of the list */
    const char *side;             /* of epd-one */
} view_cases[] = {
    { "visitor",
      { .rights = TL_RIGHT_BIT(TL_RIGHT_PUBLIC_READ) },
      false,
      TL_EFORBIDDEN,
      TL_EFORBIDDEN,
      "epd-one@1",
      "epd-one@1",
      NULL },
    { "mill",
      { .user = MILL, .company = "tangsteel", .rights = BIT(TL_RIGHT_EPD_EDIT) },
      true,
      TL_OK,
      TL_EFORBIDDEN,
      "epd-draft@1 epd-one@2",
      "epd-one@1",
      "owner" },
    { "mill, to read",
      { .user = "a", .company = "tangsteel", .rights = BIT(TL_RIGHT_RECORD_READ) },
      true,
      TL_OK, /* the right to edit is asked for elsewhere */
      TL_EFORBIDDEN,
      "epd-draft@1 epd-one@2",
      "epd-one@1",
      "owner" },
    { "mill, without a right",
      { .user = "a", .company = "tangsteel", .rights = TL_RIGHT_BIT(TL_RIGHT_PUBLIC_READ) },
      false,
      TL_OK,
      TL_EFORBIDDEN,
      "epd-one@1",
      "epd-one@1",
      NULL },
    { "parent company",
      { .user = "a", .company = "hbis", .rights = BITS(TL_RIGHT_EPD_EDIT, TL_RIGHT_RECORD_READ) },
      false,
      TL_EFORBIDDEN,
      TL_EFORBIDDEN,
      "epd-one@1",
      "epd-one@1",
      NULL },
    { "verifier",
      { .user = VERIFIER, .company = "cqc", .rights = BIT(TL_RIGHT_EPD_VERIFY) },
      true,
      TL_EFORBIDDEN,
      TL_OK,
      "epd-one@2", /* epd-draft was not handed over */
      "epd-one@1",
      "verifier" },
    { "another verifier",
      { .user = "b", .company = "hbis-lab", .rights = BIT(TL_RIGHT_EPD_VERIFY) },
      false,
      TL_EFORBIDDEN,
      TL_EFORBIDDEN,
      "epd-one@1",
      "epd-one@1",
      NULL },
    { "verifier of no company",
      { .user = "b", .company = "", .rights = BIT(TL_RIGHT_EPD_VERIFY) },
      false,
      TL_EFORBIDDEN,
      TL_EFORBIDDEN,
      "epd-one@1",
      "epd-one@1",
      NULL },
    { "programme",
      { .user = "p", .rights = BIT(TL_RIGHT_EPD_REGISTER) },
      true,
      TL_EFORBIDDEN,
      TL_EFORBIDDEN,
      "epd-draft@1 epd-one@2",
      "epd-one@1",
      "programme" },
    { "operator",
      { .user = "o", .rights = TL_RIGHTS_ALL, .all_tenants = true },
      true,
      TL_OK,
      TL_OK,
      "epd-draft@1 epd-one@2",
      "epd-one@1",
      NULL },
};

/* epd-one: version 1 registered, version 2 with Vera and a question about it. */
static void prepare(car_fixture *f)
{
    const tl_record one = epd_record("epd-one", 900, "kgCO2e/t");
    const tl_record draft = epd_record("epd-draft", 1, "kgCO2e/t");
    tl_record next = epd_record("epd-one", 700, "kgCO2e/t");
    int64_t question;
    next.reason = "new furnace";
    epd_registered(f, &one);
    epd_draft(f, &draft);
    epd_put(f, &next);
    epd_submit(f, "epd-one", "2027-01-01");
    MUST(f,
         tl_epd_ask(f->s, "epd-one", "Which furnace?", "2027-01-02", VERIFIER, &question, &f->err));
}

static void expect_seen(car_fixture *f, const struct view_case *c)
{
    tl_epd_view e;
    const char *side;
    epd_expect(c->label, f,
               tl_epd_see(f->s, &c->viewer, "epd-one", TL_EPD_NEWEST, f->arena, &e, &f->err), TL_OK,
               NULL);
    if (e.inside != c->inside || e.record.version != (c->inside ? 2 : 1) ||
        e.n != (c->inside ? 1 : 0) || e.epd.open_questions != (c->inside ? 1 : 0))
        fail_msg("%s: inside %d, version %lld, %zu questions, %zu open", c->label, e.inside,
                 (long long)e.record.version, e.n, e.epd.open_questions);
    side = tl_epd_side_name(tl_epd_side_of(&c->viewer, &e.epd));
    if (strcmp(side ? side : "", c->side ? c->side : "") != 0)
        fail_msg("%s: side %s, want %s", c->label, side, c->side);
    epd_expect(c->label, f,
               tl_epd_see(f->s, &c->viewer, "epd-one", TL_EPD_REGISTERED, f->arena, &e, &f->err),
               TL_OK, NULL);
    if (e.record.version != 1 || e.record.n_parts != 2)
        fail_msg("%s: version %lld registered", c->label, (long long)e.record.version);
    bool draft = strstr(c->all, "epd-draft") != NULL;
    epd_expect(c->label, f,
               tl_epd_see(f->s, &c->viewer, "epd-draft", TL_EPD_REGISTERED, f->arena, &e, &f->err),
               draft ? TL_OK : TL_ENOTFOUND, draft ? NULL : "'epd-draft' is no declaration");
}

static void expect_list(car_fixture *f, const struct view_case *c, const char *state,
                        const char *want)
{
    const tl_epd_filter filter = { .state = state, .viewer = &c->viewer };
    tl_epd_found *list;
    size_t n;
    tl_buf b;
    epd_expect(c->label, f, tl_epd_find(f->s, &filter, f->arena, &list, &n, &f->err), TL_OK, NULL);
    tl_buf_init(&b, 0);
    for (size_t i = 0; i < n; i++)
        tl_buf_printf(&b, "%s%s@%lld", i ? " " : "", list[i].record.id,
                      (long long)list[i].record.version);
    if (strcmp(tl_buf_text(&b), want) != 0)
        fail_msg("%s, %s: got '%s', want '%s'", c->label, state ? state : "all", tl_buf_text(&b),
                 want);
    tl_buf_clear(&b);
}

static void test_view(void **state)
{
    car_fixture *f = *state;
    tl_epd_view e;
    prepare(f);
    for (size_t i = 0; i < TEST_COUNT(view_cases); i++) {
        const struct view_case *c = &view_cases[i];
        f->err = (tl_error){ 0 };
        expect_seen(f, c);
        expect_list(f, c, NULL, c->all);
        expect_list(f, c, "registered", c->registered);
        expect_list(f, c, "with-verifier", c->inside ? "epd-one@2" : "");
        epd_expect(c->label, f, tl_epd_of_owner(f->s, &c->viewer, "epd-one", f->arena, &e, &f->err),
                   c->owner, c->owner == TL_OK ? NULL : "another company");
        f->err = (tl_error){ 0 };
        epd_expect(c->label, f,
                   tl_epd_of_verifier(f->s, &c->viewer, "epd-one", f->arena, &e, &f->err),
                   c->verifier, c->verifier == TL_OK ? NULL : "another company");
    }
}

/* The verifier of an update under way is not the one who sealed what is registered. */
static void test_as_registered(void **state)
{
    (void)state;
    const tl_record sealed = { .verifier = "Vera" };
    tl_epd same = { .verifier = "Vera", .verifier_company = "cqc", .open_questions = 2 };
    tl_epd other = { .verifier = "Ivo", .verifier_company = "tuv", .open_questions = 1 };
    tl_epd_as_registered(&same, &sealed);
    tl_epd_as_registered(&other, &sealed);
    assert_string_equal(same.verifier_company, "cqc");
    assert_string_equal(other.verifier, "Vera");
    assert_string_equal(other.verifier_company, "");
    assert_int_equal(same.open_questions + other.open_questions, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_view, epd_setup, car_teardown),
        cmocka_unit_test(test_as_registered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
