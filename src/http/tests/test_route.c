/* test_route.c - patterns and paths. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "http/route.h"

static const tl_http_route routes[] = {
    { TL_HTTP_GET, "/api/v1/records/{id}", NULL },
    { TL_HTTP_GET, "/api/v1/records/new", NULL },
    { TL_HTTP_POST, "/api/v1/records", NULL },
    { TL_HTTP_GET, "/api/v1/records", NULL },
    { TL_HTTP_GET, "/api/v1/records/{id}/versions/{version}", NULL },
    { TL_HTTP_GET, "/assets/{path...}", NULL },
    { TL_HTTP_GET, "/", NULL },
    { TL_HTTP_GET, "/pages/{language}/{page...}", NULL },
    { TL_HTTP_DELETE, "/api/v1/records/{id}", NULL },
};

static const struct path_case {
    const char *label;
    tl_http_method method;
    const char *path;
    tl_status want;
    size_t route;
    const char *name, *value;
    unsigned allowed;
} path_cases[] = {
    { "one place", TL_HTTP_GET, "/api/v1/records/byd-seal", TL_OK, 0, "id", "byd-seal", 0 },
    { "fixed before place", TL_HTTP_GET, "/api/v1/records/new", TL_OK, 1, NULL, NULL, 0 },
    { "method chooses", TL_HTTP_POST, "/api/v1/records", TL_OK, 2, NULL, NULL, 0 },
    { "other method of a place", TL_HTTP_DELETE, "/api/v1/records/x", TL_OK, 8, "id", "x", 0 },
    { "two places", TL_HTTP_GET, "/api/v1/records/x/versions/3", TL_OK, 4, "version", "3", 0 },
    { "a place behind a fixed one", TL_HTTP_GET, "/api/v1/records/new/versions/1", TL_OK, 4, "id",
      "new", 0 },
    { "rest", TL_HTTP_GET, "/assets/a/b.js", TL_OK, 5, "path", "a/b.js", 0 },
    { "empty rest", TL_HTTP_GET, "/assets/", TL_ENOTFOUND, 0, NULL, NULL, 0 },
    { "root", TL_HTTP_GET, "/", TL_OK, 6, NULL, NULL, 0 },
    { "rest behind a place", TL_HTTP_GET, "/pages/zh/cars/x", TL_OK, 7, "page", "cars/x", 0 },
    { "unknown", TL_HTTP_GET, "/nothing", TL_ENOTFOUND, 0, NULL, NULL, 0 },
    { "empty place", TL_HTTP_DELETE, "/api/v1/records/", TL_ENOTFOUND, 0, NULL, NULL, 0 },
    { "wrong method", TL_HTTP_PUT, "/api/v1/records", TL_ECONFLICT, 0, NULL, NULL,
      1U << TL_HTTP_GET | 1U << TL_HTTP_POST },
    { "many segments", TL_HTTP_GET, "/assets/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17", TL_OK, 5,
      "path", "1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17", 0 },
};

static void test_find(void **state)
{
    (void)state;
    tl_http_routes *r;
    tl_arena *arena;
    tl_error err = { 0 };
    assert_int_equal(tl_arena_new(&arena, 0, &err), TL_OK);
    assert_int_equal(tl_http_routes_new(&r, routes, sizeof routes / sizeof *routes, &err), TL_OK);
    for (size_t i = 0; i < sizeof path_cases / sizeof *path_cases; i++) {
        const struct path_case *c = &path_cases[i];
        tl_http_match m;
        tl_status got = tl_http_routes_find(r, c->method, c->path, arena, &m, &err);
        if (got != c->want || (got == TL_OK && m.route != c->route) ||
            (got == TL_ECONFLICT && m.allowed != c->allowed))
            fail_msg("%s: status %d, route %zu, allowed %u", c->label, (int)got, m.route,
                     m.allowed);
        if (c->name && strcmp(tl_http_param(&m, c->name), c->value) != 0)
            fail_msg("%s: %s is '%s'", c->label, c->name, tl_http_param(&m, c->name));
    }
    tl_http_routes_free(r);
    tl_arena_free(arena);
}

static const struct bad_case {
    const char *label, *pattern, *other;
    tl_status want;
} bad_cases[] = {
    { "no slash", "api", NULL, TL_EINPUT },
    { "open brace", "/{id", NULL, TL_EINPUT },
    { "no name", "/{}", NULL, TL_EINPUT },
    { "rest not last", "/{a...}/b", NULL, TL_EINPUT },
    { "nine places", "/{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}/{i}", NULL, TL_EINPUT },
    { "17 segments", "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17", NULL, TL_EINPUT },
    { "twins under other names", "/a/{x}", "/a/{y}", TL_ECONFLICT },
};

static void test_bad_patterns(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad_cases / sizeof *bad_cases; i++) {
        const struct bad_case *c = &bad_cases[i];
        tl_http_route two[] = { { TL_HTTP_GET, c->pattern, NULL },
                                { TL_HTTP_GET, c->other, NULL } };
        tl_http_routes *r;
        tl_error err = { 0 };
        tl_status got = tl_http_routes_new(&r, two, c->other ? 2 : 1, &err);
        if (got != c->want || r)
            fail_msg("%s: status %d", c->label, (int)got);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_bad_patterns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
