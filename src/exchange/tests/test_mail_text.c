/* test_mail_text.c - addresses, encodings, and what must not get into a header. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "exchange/mail_text.h"

#define A64 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct address_case {
    const char *label, *address;
    bool good;
} address_cases[] = {
    { "plain", "li@mill.example", true },
    { "dots and plus", "li.wei+x@a.b-c.example", true },
    { "digits", "123@163.example", true },
    { "no dot in the domain", "root@localhost", true },
    { "longest local part", A64 "@x.example", true },
    { "none", NULL, false },
    { "empty", "", false },
    { "no at", "li", false },
    { "two ats", "a@b@c.example", false },
    { "no local part", "@x.example", false },
    { "no domain", "a@", false },
    { "local part too long", A64 "a@x.example", false },
    { "label too long", "a@" A64 ".example", false },
    { "dot first", ".a@x.example", false },
    { "dot last", "a.@x.example", false },
    { "two dots", "a..b@x.example", false },
    { "domain ends with a dot", "a@x.example.", false },
    { "hyphen first", "a@-x.example", false },
    { "hyphen last", "a@x-.example", false },
    { "a second recipient", "a@x.example,b@y.example", false },
    { "a parameter", "a@x.example> NOTIFY=SUCCESS", false },
    { "a bracket", "a@x.example>", false },
    { "a new line", "a@x.example\r\nBcc: b@y.example", false },
    { "a new line before", "a\n@x.example", false },
    { "a blank", "a b@x.example", false },
    { "quoted", "\"a b\"@x.example", false },
    { "an address literal", "a@[127.0.0.1]", false },
    { "not ASCII", "李@x.example", false },
    { "not ASCII in the domain", "a@碳.example", false },
    { "full width", "a＠x.example", false },
};

static void test_addresses(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(address_cases); i++) {
        tl_error err = { 0 };
        bool good = tl_mail_address_check(address_cases[i].address, &err) == TL_OK;
        if (good != address_cases[i].good)
            fail_msg("%s: got %d (%s)", address_cases[i].label, good, err.text);
    }
}

static const tl_mail_sender sender = {
    .from = "no-reply@tl.example", .from_name = "Tanlian", .now = 1800000000, .id = "0123abcd"
};

static tl_status write(const tl_mail *m, tl_buf *b, tl_error *err)
{
    tl_buf_reset(b);
    return tl_mail_write(m, &sender, b, err);
}

/* 1800000000 s is 2027-01-15T08:00:00Z, a Friday. */
static void test_plain(void **state)
{
    (void)state;
    const tl_mail m = { .to = "ann@mill.example",
                        .to_name = "Ann",
                        .subject = "Hello",
                        .body = "One\n.\nTwo",
                        .language = "en" };
    tl_buf b;
    tl_buf_init(&b, 0);
    assert_int_equal(write(&m, &b, NULL), TL_OK);
    assert_string_equal(tl_buf_text(&b), "From: Tanlian\r\n <no-reply@tl.example>\r\n"
                                         "To: Ann\r\n <ann@mill.example>\r\n"
                                         "Subject: Hello\r\n"
                                         "Date: Fri, 15 Jan 2027 08:00:00 +0000\r\n"
                                         "Message-ID: <0123abcd@tl.example>\r\n"
                                         "Auto-Submitted: auto-generated\r\n"
                                         "MIME-Version: 1.0\r\n"
                                         "Content-Type: text/plain; charset=UTF-8\r\n"
                                         "Content-Language: en\r\n"
                                         "Content-Transfer-Encoding: 7bit\r\n"
                                         "\r\n"
                                         "One\r\n.\r\nTwo\r\n");
    tl_buf_clear(&b);
}

/* By hand: "碳" is E7 A2 B3, base64 "56Kz"; 39 bytes are 13 of them, so 14 make two words. */
static void test_chinese(void **state)
{
    (void)state;
    const tl_mail m = { .to = "ann@mill.example",
                        .to_name = "碳",
                        .subject = "碳碳碳碳碳碳碳碳碳碳碳碳碳碳",
                        .body = "碳\n" };
    tl_buf b;
    tl_buf_init(&b, 0);
    assert_int_equal(write(&m, &b, NULL), TL_OK);
    assert_non_null(strstr(tl_buf_text(&b), "To: =?UTF-8?B?56Kz?=\r\n <ann@mill.example>\r\n"));
    assert_non_null(strstr(tl_buf_text(&b),
                           "Subject: =?UTF-8?B?"
                           "56Kz56Kz56Kz56Kz56Kz56Kz56Kz56Kz56Kz56Kz56Kz56Kz56Kz?=\r\n"
                           " =?UTF-8?B?56Kz?=\r\n"));
    assert_non_null(strstr(tl_buf_text(&b), "base64\r\n\r\n56KzDQo=\r\n"));
    tl_buf_clear(&b);
}

static const struct refused_case {
    const char *label;
    tl_mail mail;
} refused_cases[] = {
    { "a header in the subject", { "a@x.example", NULL, "Hi\r\nBcc: b@y.example", "x", NULL } },
    { "a line end in the subject", { "a@x.example", NULL, "Hi\n", "x", NULL } },
    { "a bare return in the subject", { "a@x.example", NULL, "Hi\rthere", "x", NULL } },
    { "a header in the name", { "a@x.example", "A\r\nBcc: b@y.example", "Hi", "x", NULL } },
    { "a header in the address", { "a@x.example\r\nBcc: b@y", NULL, "Hi", "x", NULL } },
    { "a header in the language", { "a@x.example", NULL, "Hi", "x", "en\r\nBcc: b@y.example" } },
    { "a control character in the body", { "a@x.example", NULL, "Hi", "x\001", NULL } },
    { "no UTF-8", { "a@x.example", NULL, "Hi", "\xff", NULL } },
    { "no UTF-8 in the subject", { "a@x.example", NULL, "\xc3(", "x", NULL } },
    { "no subject", { "a@x.example", NULL, NULL, "x", NULL } },
    { "no body", { "a@x.example", NULL, "Hi", NULL, NULL } },
    { "no address", { NULL, NULL, "Hi", "x", NULL } },
};

static void test_refused(void **state)
{
    (void)state;
    tl_buf b;
    tl_buf_init(&b, 0);
    for (size_t i = 0; i < COUNT(refused_cases); i++) {
        tl_status st = write(&refused_cases[i].mail, &b, NULL);
        if (st != TL_EINPUT || b.len != 0)
            fail_msg("%s: status %d, %s", refused_cases[i].label, (int)st, tl_buf_text(&b));
    }
    tl_buf_clear(&b);
}

/* What looks like an encoded word is encoded, so that nobody reads it as one; names that would
 * need quoting are encoded too. */
static void test_odd_headers(void **state)
{
    (void)state;
    tl_mail m = { .to = "a@x.example", .subject = "=?UTF-8?B?QUFB?=", .body = "x\n" };
    tl_buf b;
    tl_buf_init(&b, 0);
    assert_int_equal(write(&m, &b, NULL), TL_OK);
    assert_non_null(strstr(tl_buf_text(&b), "Subject: =?UTF-8?B?PT9VVEYtOD9C"));
    m.to_name = "Eve <e@y.example>, \"x";
    m.subject = "Hi";
    assert_int_equal(write(&m, &b, NULL), TL_OK);
    assert_null(strstr(tl_buf_text(&b), "e@y.example"));
    m.to_name = NULL;
    assert_int_equal(write(&m, &b, NULL), TL_OK);
    assert_non_null(strstr(tl_buf_text(&b), "To: <a@x.example>\r\n"));
    tl_buf_clear(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_addresses),   cmocka_unit_test(test_plain),
        cmocka_unit_test(test_chinese),     cmocka_unit_test(test_refused),
        cmocka_unit_test(test_odd_headers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
