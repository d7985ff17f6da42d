/* test_leaked.c - files of leaked passwords: which are taken, and that every line of one is found
 * and nothing else. */
#include "account/leaked.h"
#include "store/tests/scratch.h"

#include <time.h>

#include "account/password.h"
#include "base/hash.h"

/* SHA-1 of "password" and "hello": `printf %s password | sha1sum` */
#define PASSWORD "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8"
#define HELLO "AAF4C61DDCC5E8A2DABEDE0F3B482CD9AEA9434D"
#define LEAST "0000000000000000000000000000000000000000"
#define MOST "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"

static void put(scratch *s, const char *text)
{
    assert_int_equal(tl_file_write(scratch_path(s, "leaked"), text, strlen(text), NULL), TL_OK);
}

static const struct file_case {
    const char *label, *text;
    bool password, hello;
} file_cases[] = {
    { "one line", PASSWORD "\n", true, false },
    { "without its end", PASSWORD, true, false },
    { "with CR LF", PASSWORD "\r\n" HELLO "\r\n", true, true },
    { "with counts", LEAST ":1\n" PASSWORD ":10434004\n" MOST ":2\n", true, false },
    { "counts and CR LF, no last end", LEAST ":3\r\n" HELLO ":18446744073709551615", false, true },
    { "lower case", "5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8:7\n" HELLO ":7\n", true, true },
    { "first and last", PASSWORD "\n" HELLO "\n", true, true },
    { "neither", LEAST "\n" MOST "\n", false, false },
    { "before the first", HELLO "\n" MOST "\n", false, true },
    { "behind the last", LEAST "\n" PASSWORD "\n", true, false },
    { "twice", PASSWORD "\n" PASSWORD "\n" HELLO "\n", true, true },
};

static void test_files(void **state)
{
    scratch *s = *state;
    for (size_t i = 0; i < TEST_COUNT(file_cases); i++) {
        const struct file_case *c = &file_cases[i];
        tl_error err = { 0 };
        bool password, hello;
        put(s, c->text);
        expect(c->label, tl_leaked_check(s->path, &err), TL_OK, &err, NULL);
        expect(c->label, tl_leaked_find(s->path, "password", &password, &err), TL_OK, &err, NULL);
        expect(c->label, tl_leaked_find(s->path, "hello", &hello, &err), TL_OK, &err, NULL);
        if (password != c->password || hello != c->hello)
            fail_msg("%s: got %d %d, want %d %d", c->label, password, hello, c->password, c->hello);
    }
}

static const struct wrong_case {
    const char *label, *text, *words; /* text NULL: there is no file */
} wrong_cases[] = {
    { "missing", NULL, "No such file" },
    { "empty", "", "no file or empty" },
    { "an end of a line alone", "\n", "no file or empty" },
    { "not sorted", MOST "\n" HELLO "\n" PASSWORD "\n", "byte 41: a hash that does not ascend" },
    { "not hexadecimal", "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FDG\n",
      "byte 0: a line of 40 bytes" },
    { "the second is not", PASSWORD "\nhello\n", "byte 41: a line of 5 bytes" },
    { "too short", "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD\n", "a line of 39 bytes" },
    { "NTLM", "8846F7EAEE8FB117AD06BDD830B7586C:10434004\n", "expected 40 hexadecimal digits" },
    { "a colon without a count", PASSWORD ":\n", "a line of 41 bytes" },
    { "a count that is none", PASSWORD ":many\n", "a line of 45 bytes" },
    { "a count too long", PASSWORD ":1234567890123456789012345\n", "a line of 66 bytes" },
    { "hash and name", PASSWORD " password\n", "a line of 49 bytes" },
    { "blank lines between", PASSWORD "\n\n\n\n" HELLO "\n", "a line of 0 bytes" },
    { "passwords themselves", "secret one\nsecret two\n", "a line of 10 bytes" },
    { "one long line", PASSWORD PASSWORD PASSWORD PASSWORD PASSWORD "\n", "a line of " },
};

/* A wrong file stops the start as input, and a new password as what the service cannot do; what
 * stands in it is not shown. */
static void test_wrong(void **state)
{
    scratch *s = *state;
    const tl_password_limits limits = { .leaked = scratch_path(s, "leaked") };
    for (size_t i = 0; i < TEST_COUNT(wrong_cases); i++) {
        const struct wrong_case *c = &wrong_cases[i];
        tl_error err = { 0 };
        if (c->text)
            put(s, c->text);
        expect(c->label, tl_leaked_check(s->path, &err), c->text ? TL_EINPUT : TL_ENOTFOUND, &err,
               c->words);
        if (strstr(err.text, "secret") || strstr(err.text, "5BAA"))
            fail_msg("%s: the message shows the file: %s", c->label, err.text);
        expect(c->label, tl_password_check("three lonely herons", NULL, &limits, &err), TL_EIO,
               &err, "leaked passwords cannot be looked up");
    }
    tl_error err = { 0 };
    expect("a folder", tl_leaked_check(s->folder, &err), TL_EINPUT, &err, "no file or empty");
}

/* What a password is refused for, and that what costs nothing is looked at first. */
static void test_password(void **state)
{
    scratch *s = *state;
    const tl_password_limits limits = { .leaked = scratch_path(s, "leaked") };
    tl_error err = { 0 };
    put(s, "8842297b24a6b7362cff8aadcf6368b779a81eb8:2\n"); /* three lonely herons */
    expect("leaked", tl_password_check("three lonely herons", NULL, &limits, &err), TL_EINPUT, &err,
           "from a leak");
    expect("as it is typed", tl_password_check("Three lonely herons", NULL, &limits, &err), TL_OK,
           &err, NULL);
    unlink(s->path);
    expect("common", tl_password_check("Password2026!", NULL, &limits, &err), TL_EINPUT, &err,
           "common");
    expect("short", tl_password_check("herons", NULL, &limits, &err), TL_EINPUT, &err, "6 char");
    expect("no file", tl_password_check("two lonely herons", NULL, &limits, &err), TL_EIO, &err,
           "leaked: No such file");
}

enum { MOST_LINES = 700 };

struct leak {
    unsigned char hash[TL_SHA1_BYTES];
    char password[32];
};

static int by_hash(const void *a, const void *b)
{
    return memcmp(((const struct leak *)a)->hash, ((const struct leak *)b)->hash, TL_SHA1_BYTES);
}

/* Every second hash goes into the file: lines of every length, in either case. */
static void write_every_second(scratch *s, const struct leak *leaks, size_t n, unsigned seed)
{
    FILE *f = fopen(scratch_path(s, "leaked"), "we");
    assert_non_null(f);
    for (size_t i = 0; i < n; i += 2) {
        for (size_t k = 0; k < TL_SHA1_BYTES; k++)
            fprintf(f, seed & 1 ? "%02X" : "%02x", leaks[i].hash[k]);
        if (seed & 2)
            fprintf(f, ":%.*s", (int)(1 + (seed + i) % 20), "12345678901234567890");
        if (i + 2 < n || seed & 8)
            fputs(seed & 4 ? "\r\n" : "\n", f);
    }
    assert_int_equal(fclose(f), 0);
}

/* Of passwords in the order of their hashes every second one is in the file: each of those is
 * found, and none of their neighbours on either side. For files of 1 to 350 lines, in all 16 forms.
 */
static void test_every_line(void **state)
{
    scratch *s = *state;
    static struct leak leaks[MOST_LINES];
    unsigned seed = (unsigned)time(NULL);
    print_message("seed %u\n", seed);
    for (size_t n = 1; n <= MOST_LINES; n += n < 40 ? 1 : 47, seed++) {
        for (size_t i = 0; i < n; i++) {
            snprintf(leaks[i].password, sizeof leaks[i].password, "%u-%zu", seed, i);
            assert_int_equal(
                tl_sha1_of(leaks[i].password, strlen(leaks[i].password), leaks[i].hash, NULL),
                TL_OK);
        }
        qsort(leaks, n, sizeof *leaks, by_hash);
        write_every_second(s, leaks, n, seed);
        tl_error err = { 0 };
        expect("sound", tl_leaked_check(s->path, &err), TL_OK, &err, NULL);
        for (size_t i = 0; i < n; i++) {
            bool found;
            expect("look", tl_leaked_find(s->path, leaks[i].password, &found, &err), TL_OK, &err,
                   NULL);
            if (found != (i % 2 == 0))
                fail_msg("seed %u, %zu of %zu: found %d", seed, i, n, found);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_files, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_wrong, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_password, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_every_line, scratch_setup, scratch_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
