/* test_qr.c - codes against the parts ISO/IEC 18004 fixes, and one against its known modules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "format/qr.h"

/* HELLO as libqrencode 4.1.1 gives it; zbarimg reads the word from it. */
static const char *const hello[] = {
    "#######..#.##.#######", "#.....#.#...#.#.....#", "#.###.#..#..#.#.###.#",
    "#.###.#.......#.###.#", "#.###.#.#..##.#.###.#", "#.....#..#.#..#.....#",
    "#######.#.#.#.#######", ".....................", "#.#.#.#..##.#...#..#.",
    "##..##..##.#.#.#....#", "####.#######.###.#...", "####.#.#.#.###.#####.",
    "..##.#####.#.###..#.#", "........#.#...#...#.#", "#######..##.#...#.#..",
    "#.....#..##...#...###", "#.###.#.##..#.#.#.#.#", "#.###.#....#.#.#.#.#.",
    "#.###.#.####.###..#.#", "#.....#...####.###.##", "#######.##.#.###..#.#",
};

static void test_known(void **state)
{
    (void)state;
    tl_qr q;
    assert_int_equal(tl_qr_make(&q, "HELLO", NULL), TL_OK);
    assert_int_equal(q.width, 21);
    for (size_t row = 0; row < 21; row++)
        for (size_t column = 0; column < 21; column++)
            if (tl_qr_dark(&q, column, row) != (hello[row][column] == '#'))
                fail_msg("module %zu of row %zu: got %d", column, row, tl_qr_dark(&q, column, row));
    tl_qr_clear(&q);
}

/* A finder pattern (6.3.3): rings dark 7, light 5, dark 3, and a light separator (6.3.4). */
static void check_finder(const char *label, const tl_qr *q, size_t left, size_t top)
{
    for (size_t y = 0; y < 7; y++)
        for (size_t x = 0; x < 7; x++) {
            size_t dx = x < 3 ? 3 - x : x - 3, dy = y < 3 ? 3 - y : y - 3;
            bool want = (dx > dy ? dx : dy) != 2;
            if (tl_qr_dark(q, left + x, top + y) != want)
                fail_msg("%s: finder pattern at %zu,%zu: module %zu,%zu", label, left, top, x, y);
        }
    for (size_t i = 0; i < 8; i++)
        if (tl_qr_dark(q, left ? left - 1 : 7, top ? top - 1 + i : i) ||
            tl_qr_dark(q, left ? left - 1 + i : i, top ? top - 1 : 7))
            fail_msg("%s: separator at %zu,%zu", label, left, top);
}

/* The 15 bits beside the upper left finder (figure 25), highest first. */
static unsigned format_bits(const tl_qr *q)
{
    static const unsigned char columns[] = { 0, 1, 2, 3, 4, 5, 7, 8, 8, 8, 8, 8, 8, 8, 8 };
    static const unsigned char rows[] = { 8, 8, 8, 8, 8, 8, 8, 8, 7, 5, 4, 3, 2, 1, 0 };
    unsigned bits = 0;
    for (size_t i = 0; i < 15; i++)
        bits = bits << 1 | tl_qr_dark(q, columns[i], rows[i]);
    return bits;
}

static const struct code_case {
    const char *label, *text;
    size_t width; /* 17 + 4 x version */
} code_cases[] = {
    /* capacities of level M, table 7 */
    { "20 letters fill version 1", "ABCDEFGHIJKLMNOPQRST", 21 },
    { "21 letters need version 2", "ABCDEFGHIJKLMNOPQRSTU", 25 },
    { "14 bytes fill version 1", "abcdefghijklmn", 21 },
    { "an address", "https://example.org/zh/footprint/CN-2024-0001/version/3", 33 },
    { "Chinese, 27 bytes", "比亚迪汉电动汽车版", 29 }, /* version 3 holds 42, version 2 26 */
};

static void test_codes(void **state)
{
    (void)state;
    /* level M with masks 0 to 7 (table C.1) */
    static const unsigned formats[] = { 0x5412, 0x5125, 0x5E7C, 0x5B4B,
                                        0x45F9, 0x40CE, 0x4F97, 0x4AA0 };
    for (size_t i = 0; i < sizeof code_cases / sizeof *code_cases; i++) {
        const struct code_case *c = &code_cases[i];
        tl_qr q;
        tl_error err = { 0 };
        if (tl_qr_make(&q, c->text, &err) != TL_OK)
            fail_msg("%s: %s", c->label, err.text);
        if (q.width != c->width)
            fail_msg("%s: %zu modules, want %zu", c->label, q.width, c->width);
        check_finder(c->label, &q, 0, 0);
        check_finder(c->label, &q, q.width - 7, 0);
        check_finder(c->label, &q, 0, q.width - 7);
        for (size_t x = 8; x < q.width - 8; x++) /* timing patterns, 6.3.5 */
            if (tl_qr_dark(&q, x, 6) != (x % 2 == 0) || tl_qr_dark(&q, 6, x) != (x % 2 == 0))
                fail_msg("%s: timing pattern at %zu", c->label, x);
        bool level_m = false;
        for (size_t k = 0; k < 8; k++)
            level_m = level_m || formats[k] == format_bits(&q);
        if (!level_m)
            fail_msg("%s: format %04x is not of level M", c->label, format_bits(&q));
        tl_qr_clear(&q);
    }
}

static void test_refused(void **state)
{
    (void)state;
    static char full[TL_QR_TEXT_BYTES + 2];
    memset(full, 'a', TL_QR_TEXT_BYTES);
    tl_qr q;
    assert_int_equal(tl_qr_make(&q, full, NULL), TL_OK);
    assert_int_equal(q.width, 177);
    tl_qr_clear(&q);
    full[TL_QR_TEXT_BYTES] = 'a';
    const char *const wrong[] = { NULL, "", full, "a\nb", "a\xFF", "\x1b[0m" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        tl_error err = { 0 };
        tl_status st = tl_qr_make(&q, wrong[i], &err);
        if (st != TL_EINPUT || !err.text[0] || q.dark || q.width)
            fail_msg("row %zu: status %d '%s'", i, (int)st, err.text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known),
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
