/* test_json_read.c - what is refused and how the place is named; values come through unchanged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "format/json.h"
#include "format/json_read.h"

static const char sample[] =
    "\xEF\xBB\xBF{\"name\": \"车门\", \"parts\": [{\"mass_kg\": 1.5, \"n\": 3}, {\"mass_kg\": "
    "\"heavy\"}],\n"
    " \"ok\": true, \"none\": null, \"deep\": {\"list\": [[], [1, 2.5, false]]}}";

static tl_json_value at(const tl_json_doc *doc, const char *path)
{
    tl_json_value v = tl_json_root(doc);
    static char names[8][32];
    int k = 0, used = 0;
    for (; *path; path += used) {
        unsigned i;
        if (sscanf(path, ".%31[a-z_]%n", names[k], &used) == 1)
            v = tl_json_get(v, names[k++]);
        /* NOLINTNEXTLINE(cert-err34-c): the path is written in the test */
        else if (sscanf(path, "[%u]%n", &i, &used) == 1)
            v = tl_json_item(v, i);
        else
            fail_msg("path %s", path);
    }
    return v;
}

enum type { TEXT, NUMBER, INT, BOOL, OBJECT, ARRAY };

static const struct get_case {
    const char *path;
    enum type as;
    const char *want; /* the value, or the error behind "s.json: " */
} get_cases[] = {
    { ".name", TEXT, "车门" },
    { ".name", NUMBER, "$.name: text '车门', expected a number" },
    { ".parts[0].mass_kg", NUMBER, "1.5" },
    { ".parts[0].n", NUMBER, "3" },
    { ".parts[0].n", INT, "3" },
    { ".parts[0].mass_kg", INT, "$.parts[0].mass_kg: number 1.5, expected a whole number" },
    { ".parts[1].mass_kg", NUMBER, "$.parts[1].mass_kg: text 'heavy', expected a number" },
    { ".parts[1].n", INT, "$.parts[1].n: missing, expected a whole number" },
    { ".parts[2]", OBJECT, "$.parts[2]: missing, expected an object" },
    { ".parts[0]", OBJECT, "" },
    { ".parts", ARRAY, "" },
    { ".parts", OBJECT, "$.parts: an array, expected an object" },
    { "", ARRAY, "$: an object, expected an array" },
    { "", OBJECT, "" },
    { ".ok", BOOL, "true" },
    { ".ok", TEXT, "$.ok: true, expected a text" },
    { ".none", BOOL, "$.none: null, expected true or false" },
    { ".deep.list[1][1]", TEXT, "$.deep.list[1][1]: number 2.5, expected a text" },
    { ".deep.list[1][2]", NUMBER, "$.deep.list[1][2]: false, expected a number" },
    { ".deep.list[0][0]", NUMBER, "$.deep.list[0][0]: missing, expected a number" },
    { ".deep.list[1][0]", INT, "1" },
};

static tl_status get(tl_json_value v, enum type as, tl_buf *b, tl_error *err)
{
    const char *text = "";
    double number = 0;
    int64_t i = 0;
    bool flag = false;
    tl_status st = TL_OK;
    if (as == TEXT && (st = tl_json_as_text(v, &text, err)) == TL_OK)
        tl_buf_str(b, text);
    else if (as == NUMBER && (st = tl_json_as_number(v, &number, err)) == TL_OK)
        tl_buf_number(b, number);
    else if (as == INT && (st = tl_json_as_int(v, 0, 1000, &i, err)) == TL_OK)
        tl_buf_printf(b, "%lld", (long long)i);
    else if (as == BOOL && (st = tl_json_as_bool(v, &flag, err)) == TL_OK)
        tl_buf_str(b, flag ? "true" : "false");
    else if (as == OBJECT)
        st = tl_json_as_object(v, err);
    else if (as == ARRAY)
        st = tl_json_as_array(v, err);
    return st;
}

static void test_values(void **state)
{
    (void)state;
    tl_json_doc *doc;
    tl_error err = { 0 };
    assert_int_equal(tl_json_read(&doc, "s.json", sample, sizeof sample - 1, NULL, &err), TL_OK);
    for (size_t i = 0; i < sizeof get_cases / sizeof *get_cases; i++) {
        const struct get_case *c = &get_cases[i];
        tl_buf b;
        tl_buf_init(&b, 0);
        tl_status st = get(at(doc, c->path), c->as, &b, &err);
        const char *got = st == TL_OK ? tl_buf_text(&b) : err.text + strlen("s.json: ");
        if (strcmp(got, c->want) != 0)
            fail_msg("%s as %d: got '%s' want '%s'", c->path, (int)c->as, got, c->want);
        tl_buf_clear(&b);
    }
    int64_t n;
    assert_int_equal(tl_json_as_int(at(doc, ".parts[0].n"), 5, 9, &n, &err), TL_EINPUT);
    assert_string_equal(err.text, "s.json: $.parts[0].n: 3, expected a whole number from 5 to 9");
    assert_true(tl_json_missing(at(doc, ".none")) && tl_json_missing(at(doc, ".nothing")));
    assert_int_equal(tl_json_count(at(doc, ".parts")), 2);
    assert_int_equal(tl_json_count(at(doc, ".ok")), 0);
    tl_json_doc_free(doc);
}

static void test_members(void **state)
{
    (void)state;
    static const char *const names[] = { "name", "parts", "ok", "none", "deep" };
    tl_json_doc *doc;
    tl_json_value m;
    void *walk = NULL;
    size_t i = 0;
    assert_int_equal(tl_json_read(&doc, "s.json", sample, sizeof sample - 1, NULL, NULL), TL_OK);
    for (; tl_json_member_next(tl_json_root(doc), &walk, &m); i++)
        assert_string_equal(m.name, names[i]);
    assert_int_equal(i, 5);
    walk = NULL;
    assert_false(tl_json_member_next(at(doc, ".ok"), &walk, &m));
    tl_json_doc_free(doc);
}

static const struct refusal {
    const char *label, *text;
    tl_json_limits limits;
    const char *want; /* beginning of the error; NULL: accepted */
} refusals[] = {
    { "cut", "{\"a\":\n [1, 2", { 0 }, "r.json:2:" },
    { "twice", "{\"a\":1,\"a\":2}", { 0 }, "r.json:1:" },
    { "empty", "", { 0 }, "r.json:1:1: " },
    { "two values", "1 2", { 0 }, "r.json:1:" },
    { "too large a number", "[1e400]", { 0 }, "r.json:1:" },
    { "too large a whole number", "[99999999999999999999]", { 0 }, "r.json:1:" },
    { "not UTF-8", "[\"\xFF\"]", { 0 }, "r.json:1:" },
    { "NUL escape", "[\"\\u0000\"]", { 0 }, "r.json:1:" },
    { "deep", "[\n [[[1]]]]", { .depth = 3 }, "r.json:2:4: nested deeper than 3" },
    { "brackets in text are not depth", "[[\"[[[\\\"[[[\"]]", { .depth = 2 }, NULL },
    { "large", "[1,2,3]", { .max_bytes = 6 }, "r.json: 7 bytes, larger than the limit of 6" },
    { "any value", "\"x\"", { 0 }, NULL },
};

static void test_refusals(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        const struct refusal *r = &refusals[i];
        tl_json_doc *doc;
        tl_error err = { 0 };
        tl_status st = tl_json_read(&doc, "r.json", r->text, strlen(r->text), &r->limits, &err);
        tl_json_doc_free(doc);
        if (st != (r->want ? TL_EINPUT : TL_OK) ||
            (r->want && strncmp(err.text, r->want, strlen(r->want)) != 0))
            fail_msg("%s: status %d text '%s'", r->label, (int)st, err.text);
    }
}

/* 100,000 brackets, against the default depth. */
static void test_bracket_flood(void **state)
{
    (void)state;
    static char text[100000];
    tl_json_doc *doc;
    tl_error err = { 0 };
    memset(text, '[', sizeof text);
    assert_int_equal(tl_json_read(&doc, "f", text, sizeof text, NULL, &err), TL_EINPUT);
    assert_string_equal(err.text, "f:1:65: nested deeper than 64");
    assert_null(doc);
}

/* What the writer writes, the reader reads. */
static void test_round_trip(void **state)
{
    (void)state;
    tl_buf b;
    tl_json_doc *doc;
    const char *text;
    double v;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, true);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "t", "a\"\\\n\x01\x7F 电解铝 𠀀");
    tl_json_number(&j, "v", 0.1 + 0.2);
    tl_json_end(&j);
    assert_int_equal(tl_json_read(&doc, "w", b.data, b.len, NULL, NULL), TL_OK);
    assert_int_equal(tl_json_as_text(tl_json_get(tl_json_root(doc), "t"), &text, NULL), TL_OK);
    assert_string_equal(text, "a\"\\\n\x01\x7F 电解铝 𠀀");
    assert_int_equal(tl_json_as_number(tl_json_get(tl_json_root(doc), "v"), &v, NULL), TL_OK);
    assert_true(v == 0.1 + 0.2);
    tl_json_doc_free(doc);
    tl_buf_clear(&b);
}

static void test_file(void **state)
{
    (void)state;
    tl_json_doc *doc;
    tl_error err = { 0 };
    char path[] = "/tmp/tl_json_XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "[1]", 3), 3);
    close(fd);
    assert_int_equal(tl_json_read_file(&doc, path, NULL, &err), TL_OK);
    assert_int_equal(tl_json_count(tl_json_root(doc)), 1);
    tl_json_doc_free(doc);
    unlink(path);
    assert_int_equal(tl_json_read_file(&doc, path, NULL, &err), TL_ENOTFOUND);
    assert_null(doc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),     cmocka_unit_test(test_members),
        cmocka_unit_test(test_refusals),   cmocka_unit_test(test_bracket_flood),
        cmocka_unit_test(test_round_trip), cmocka_unit_test(test_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
