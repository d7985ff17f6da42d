/* test_config.c - the file of the service: what it holds, and what is wrong with it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "server/config.h"

static tl_status read_text(const char *text, tl_server_config *c, tl_arena *arena, tl_error *err)
{
    assert_int_equal(tl_file_write("serve.yaml", text, strlen(text), NULL), TL_OK);
    tl_status st = tl_server_config_read(c, "serve.yaml", arena, err);
    unlink("serve.yaml");
    return st;
}

static void test_whole(void **state)
{
    (void)state;
    tl_arena *arena;
    tl_error err = { 0 };
    tl_server_config c = { .opts = { .per_second = 200, .database = "given.db" } };
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    if (read_text("listen: '[::1]:80'\nworkers: 3\nper_second: 2.5\nupload_mb: 8\n"
                  "behind_proxy: true\naccess_log: false\nbase: https://a.example\n"
                  "mail: smtps://m.example\nmail_from: a@b.example\nmail_user: u\n"
                  "mail_password_file: p\noidc_issuer: https://i.example\noidc_client: c\n"
                  "oidc_name_zh: 员工\n",
                  &c, arena, &err) != TL_OK)
        fail_msg("%s", err.text);
    assert_string_equal(c.opts.http.address, "[::1]:80");
    assert_int_equal(c.opts.http.workers, 3);
    assert_true(c.opts.per_second > 2.49 && c.opts.per_second < 2.51);
    assert_int_equal(c.opts.upload_bytes, 8 << 20);
    assert_true(c.opts.http.proxied);
    assert_true(c.no_access_log);
    assert_string_equal(c.opts.database, "given.db"); /* what the file does not say stays */
    assert_string_equal(c.opts.base, "https://a.example");
    assert_string_equal(c.opts.mail.where, "smtps://m.example");
    assert_string_equal(c.opts.mail.password_file, "p");
    assert_string_equal(c.opts.oidc.client_id, "c");
    assert_string_equal(c.opts.oidc_name_zh, "员工");
    tl_arena_free(arena);
}

static const struct wrong_case {
    const char *label, *text, *want;
} wrong_cases[] = {
    { "unknown field", "listen: a:1\nlisten_to: b\n", "line: 2" },
    { "no number", "workers: many\n", "line: 1" },
    { "no yes or no", "behind_proxy: maybe\n", "expected true or false" },
    { "too many", "listen: a:1\nworkers: 1000\n", "workers is 1000, expected 0 to 256 (line: 2)" },
    { "no address of ours", "mail: /tmp\nbase: ftp://a\n", "(line: 2)" },
    { "an address with more", "base: https://a.example/x?y\n", "(line: 1)" },
    { "mail field of old", "mail_dir: /tmp\n", "line: 1" },
    { "no YAML", "listen: [", "serve.yaml: " },
    { "a list", "- a\n- b\n", "serve.yaml: " },
};

static void test_wrong(void **state)
{
    (void)state;
    tl_arena *arena;
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    for (size_t i = 0; i < sizeof wrong_cases / sizeof *wrong_cases; i++) {
        tl_error err = { 0 };
        tl_server_config c = { 0 };
        tl_status st = read_text(wrong_cases[i].text, &c, arena, &err);
        if (st != TL_EINPUT || !strstr(err.text, wrong_cases[i].want))
            fail_msg("%s: %d %s", wrong_cases[i].label, (int)st, err.text);
    }
    tl_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_whole),
                                        cmocka_unit_test(test_wrong) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
