/* test_accept.c - what a client would rather have, and lists of entity tags. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "http/reply.h"

#define WORKBOOK "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
static const char *const types[] = { "application/json", "text/csv; charset=utf-8", WORKBOOK };

/* Hand worked from RFC 9110, 12.5.1: the most exact range gives the quality of a type. */
static const struct accept_case {
    const char *label, *header;
    size_t want;
} accept_cases[] = {
    { "none", NULL, 0 },
    { "empty", "", 0 },
    { "anything", "*/*", 0 },
    { "csv", "text/csv", 1 },
    { "main type", "text/*", 1 },
    { "letter case", "TEXT/CSV", 1 },
    { "quality decides", "application/json;q=0.4, text/csv;q=0.5", 1 },
    { "equal quality: first offer", "text/csv, application/json", 0 },
    { "exact beats wide", "application/json;q=0.1, */*;q=0.5", 1 },
    { "refused", "application/json;q=0, */*;q=0.1", 1 },
    { "nothing fits", "image/png", SIZE_MAX },
    { "quality that is none", "text/csv;q=x, application/json;q=0.001", 0 },
    { "a browser", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", 0 },
};

static void test_accept(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof accept_cases / sizeof *accept_cases; i++) {
        size_t got = tl_http_accept(accept_cases[i].header, types, 3);
        if (got != accept_cases[i].want)
            fail_msg("%s: %zu, expected %zu", accept_cases[i].label, got, accept_cases[i].want);
    }
}

static const struct accept_case language_cases[] = {
    { "none", NULL, 2 },           { "Chinese", "zh-CN,zh;q=0.9,en;q=0.8", 0 },
    { "English", "en-GB", 1 },     { "neither", "fr", 2 },
    { "not zhuang", "zha,en", 1 }, { "anything", "*", 0 },
};

static void test_language(void **state)
{
    (void)state;
    static const char *const languages[] = { "zh", "en" };
    for (size_t i = 0; i < sizeof language_cases / sizeof *language_cases; i++) {
        size_t got = tl_http_accept_language(language_cases[i].header, languages, 2);
        if (got != language_cases[i].want)
            fail_msg("%s: %zu, expected %zu", language_cases[i].label, got, language_cases[i].want);
    }
}

static void test_etags(void **state)
{
    (void)state;
    assert_true(tl_http_etag_listed("\"a\", \"b\"", "\"b\""));
    assert_true(tl_http_etag_listed("W/\"b\"", "\"b\""));
    assert_true(tl_http_etag_listed("*", "\"b\""));
    assert_false(tl_http_etag_listed("\"a\"", "\"b\""));
    assert_false(tl_http_etag_listed("", "\"b\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accept),
        cmocka_unit_test(test_language),
        cmocka_unit_test(test_etags),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
