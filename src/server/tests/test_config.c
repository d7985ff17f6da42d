/* test_config.c - the file of the service: what it holds, and what is wrong with it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "server/config.h"
#include "server/settings.h"

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
                  "oidc_name_zh: 员工\noidc_acr: phr phrh\noidc_amr: mfa\n",
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
    assert_string_equal(c.opts.oidc.acr, "phr phrh");
    assert_string_equal(c.opts.oidc.amr, "mfa");
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

#define MANY "a b c d e f g h i j k l m n o p"

static const struct strength_case {
    const char *label, *acr, *amr, *words; /* words NULL: taken */
} strength_cases[] = {
    { "none", NULL, NULL, NULL },
    { "a class", "phr", NULL, NULL },
    { "classes", " phr  urn:x:mfa ", NULL, NULL },
    { "the most", MANY, NULL, NULL },
    { "too many", MANY " q", NULL, "oidc_acr" },
    { "no class", "", NULL, "oidc_acr" },
    { "blanks", "  ", NULL, "oidc_acr" },
    { "two lines", "phr\nphrh", NULL, "oidc_acr" },
    { "a method", NULL, "mfa", NULL },
    { "no method", NULL, "", "oidc_amr" },
    { "methods", NULL, "mfa otp", "oidc_amr" },
    { "a method and a blank", NULL, "mfa ", "oidc_amr" },
    { "both", "phr", "mfa", NULL },
};

/* A strength that asks for nothing is an error: who set it believes it asks for something. */
static void test_strength(void **state)
{
    (void)state;
    tl_server_opts o = { .base = "https://a.example", .oidc.client_id = "c" };
    for (size_t i = 0; i < sizeof strength_cases / sizeof *strength_cases; i++) {
        const struct strength_case *c = &strength_cases[i];
        tl_error err = { 0 };
        o.oidc.acr = c->acr;
        o.oidc.amr = c->amr;
        o.oidc.issuer = "https://i.example";
        if (tl_settings_check(&o, &err) != (c->words ? TL_EINPUT : TL_OK) ||
            (c->words && !strstr(err.text, c->words)))
            fail_msg("%s: %s", c->label, err.text);
    }
    const tl_server_opts alone[] = { { .oidc.acr = "phr" }, { .oidc.amr = "mfa" } };
    for (size_t i = 0; i < sizeof alone / sizeof *alone; i++) {
        tl_error err = { 0 };
        assert_int_equal(tl_settings_check(&alone[i], &err), TL_EINPUT);
        assert_non_null(strstr(err.text, "oidc_issuer"));
    }
}

static const struct exposed_case {
    const char *label, *database;
    bool want;
} exposed_cases[] = {
    { "a file", "/var/lib/t.db", false },
    { "no password", "postgresql://tanlian@db.example/tanlian", false },
    { "by socket", "postgresql:///tanlian?host=/run/postgresql", false },
    { "a password", "postgresql://tanlian:s3cret@db.example/tanlian", true },
    { "a password behind", "postgresql://db.example/tanlian?user=t&password=s3cret", true },
    { "a colon in the path", "postgresql://db.example/a:b@c", false },
    { "a port", "postgresql://db.example:5432/tanlian", false },
};

/* The file of the settings is a secret where the address of the database holds one. */
static void test_exposed(void **state)
{
    (void)state;
    assert_int_equal(tl_file_write("serve.yaml", "x", 1, NULL), TL_OK);
    for (int open = 0; open < 2; open++) {
        assert_int_equal(chmod("serve.yaml", open ? 0644 : 0640), 0);
        for (size_t i = 0; i < sizeof exposed_cases / sizeof *exposed_cases; i++) {
            const tl_server_opts o = { .database = exposed_cases[i].database };
            const char *got = tl_settings_exposed(&o, "serve.yaml", 0);
            if (!got == (open && exposed_cases[i].want))
                fail_msg("%s: %s", exposed_cases[i].label, got ? got : "none");
        }
    }
    const tl_server_opts o = { .http.key = "serve.yaml", .metrics_token_file = "nowhere" };
    assert_string_equal(tl_settings_exposed(&o, NULL, 0), "serve.yaml");
    assert_null(tl_settings_exposed(&o, NULL, 1));
    unlink("serve.yaml");
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_whole), cmocka_unit_test(test_wrong),
                                        cmocka_unit_test(test_strength),
                                        cmocka_unit_test(test_exposed) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
