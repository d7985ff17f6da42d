/* test_disclosure_id.c - ids read into parts and written back. */
#include "registry/tests/record_test.h"

#include "registry/disclosure_id.h"

/* The first is the one printed example; parts "" where the text is of another form. */
static const struct id_case {
    const char *label, *text, *kept;
    const char *prefix, *programme, *object, *maker, *serial;
} cases[] = {
    { "as printed", "88.186.1/CPP.V.LW4.RB00001", "88.186.1/CPP.V.LW4.RB00001", "88.186.1", "CPP",
      "V", "LW4", "RB00001" },
    { "blanks at the ends", "  88.186.1/CPP.V.LW4.RB00001\xE3\x80\x80",
      "88.186.1/CPP.V.LW4.RB00001", "88.186.1", "CPP", "V", "LW4", "RB00001" },
    { "full width", "８８．１８６．１／ＣＰＰ．Ｖ．ＬＷ４．ＲＢ００００１",
      "88.186.1/CPP.V.LW4.RB00001", "88.186.1", "CPP", "V", "LW4", "RB00001" },
    { "small letters", "1/a.b.c.d", "1/a.b.c.d", "1", "a", "b", "c", "d" },
    { "no slash", "88.186.1 CPP.V.LW4.RB00001", "88.186.1 CPP.V.LW4.RB00001", "", "", "", "", "" },
    { "no prefix", "/CPP.V.LW4.RB00001", "/CPP.V.LW4.RB00001", "", "", "", "", "" },
    { "letters in the prefix", "88.A.1/CPP.V.LW4.1", "88.A.1/CPP.V.LW4.1", "", "", "", "", "" },
    { "two points", "88..1/CPP.V.LW4.1", "88..1/CPP.V.LW4.1", "", "", "", "", "" },
    { "a point at the end of the prefix", "88./CPP.V.LW4.1", "88./CPP.V.LW4.1", "", "", "", "",
      "" },
    { "three parts", "88/CPP.V.LW4", "88/CPP.V.LW4", "", "", "", "", "" },
    { "five parts", "88/CPP.V.LW4.RB.1", "88/CPP.V.LW4.RB.1", "", "", "", "", "" },
    { "an empty part", "88/CPP..LW4.1", "88/CPP..LW4.1", "", "", "", "", "" },
    { "Chinese", "吉利一号", "吉利一号", "", "", "", "", "" },
    { "nothing", "", "", "", "", "", "", "" },
    { "blanks", "   ", "", "", "", "", "", "" },
};

static void expect_text(const char *label, const char *what, const char *got, const char *want)
{
    if (!got || strcmp(got, want) != 0)
        fail_msg("%s: %s is '%s', want '%s'", label, what, got ? got : "(null)", want);
}

static void test_parse(void **state)
{
    record_fixture *f = *state;
    for (size_t i = 0; i < RECORD_COUNT(cases); i++) {
        const struct id_case *c = &cases[i];
        tl_disclosure_id got;
        record_expect(c->label, tl_disclosure_id_parse(&got, c->text, f->arena, &f->err), TL_OK,
                      &f->err, NULL);
        expect_text(c->label, "text", got.text, c->kept);
        expect_text(c->label, "prefix", got.prefix, c->prefix);
        expect_text(c->label, "programme", got.programme, c->programme);
        expect_text(c->label, "object", got.object, c->object);
        expect_text(c->label, "maker", got.maker, c->maker);
        expect_text(c->label, "serial", got.serial, c->serial);
        assert_int_equal(got.parsed, *c->prefix != '\0');
        expect_text(c->label, "format", tl_disclosure_id_format(&got, f->arena), c->kept);
    }
}

static void test_refused(void **state)
{
    record_fixture *f = *state;
    char text[202];
    tl_disclosure_id got;
    memset(text, '1', sizeof text);
    text[200] = '\0';
    record_expect("200 bytes", tl_disclosure_id_parse(&got, text, f->arena, &f->err), TL_OK,
                  &f->err, NULL);
    text[200] = '1';
    text[201] = '\0';
    record_expect("201 bytes", tl_disclosure_id_parse(&got, text, f->arena, &f->err), TL_EINPUT,
                  &f->err, "201 bytes");
    record_expect("control", tl_disclosure_id_parse(&got, "88/CPP.V\x1b.1", f->arena, &f->err),
                  TL_EINPUT, &f->err, "control");
    record_expect("no UTF-8", tl_disclosure_id_parse(&got, "88/\xff", f->arena, &f->err), TL_EINPUT,
                  &f->err, "UTF-8");
    assert_string_equal(got.text, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_parse, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_refused, record_setup, record_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
