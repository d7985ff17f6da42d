/* test_zip_write.c - the archive read back by minizip, which is not ours; names that are refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <minizip/unzip.h>

#include "base/file.h"
#include "format/zip_write.h"

#define TEST_COUNT(a) (sizeof(a) / sizeof *(a))

static const tl_zip_file files[] = {
    { "README.txt", "read me\n", 8 },
    { "records/a.json", "{\"a\":1}\n", 8 },
    { "empty", "", 0 },
    { "说明.txt", "\0\xff\r\n", 4 },
};

static void read_back(const char *path)
{
    unzFile zip = unzOpen(path);
    unz_global_info info;
    assert_non_null(zip);
    assert_int_equal(unzGetGlobalInfo(zip, &info), UNZ_OK);
    assert_int_equal(info.number_entry, TEST_COUNT(files));
    for (size_t i = 0; i < TEST_COUNT(files); i++) {
        char data[64] = { 0 };
        unz_file_info of = { 0 };
        if (unzLocateFile(zip, files[i].name, 1) != UNZ_OK ||
            unzGetCurrentFileInfo(zip, &of, NULL, 0, NULL, 0, NULL, 0) != UNZ_OK ||
            unzOpenCurrentFile(zip) != UNZ_OK)
            fail_msg("%s: cannot be opened", files[i].name);
        const int n = unzReadCurrentFile(zip, data, sizeof data);
        if (n != (int)files[i].n || memcmp(data, files[i].data, files[i].n) != 0)
            fail_msg("%s: %d bytes, want %zu", files[i].name, n, files[i].n);
        if (unzCloseCurrentFile(zip) != UNZ_OK) /* checks the sum */
            fail_msg("%s: wrong sum", files[i].name);
        assert_int_equal(of.tmu_date.tm_year, 1980);
    }
    unzClose(zip);
}

static void test_read_back(void **state)
{
    char path[] = "/tmp/test_zip_XXXXXX";
    tl_buf b;
    (void)state;
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    tl_buf_init(&b, 0);
    assert_int_equal(tl_zip_write(files, TEST_COUNT(files), &b, NULL), TL_OK);
    assert_int_equal(tl_file_write(path, b.data, b.len, NULL), TL_OK);
    read_back(path);
    unlink(path);
    tl_buf_clear(&b);
}

/* CRC-32 of "123456789" is cbf43926 (the check value of the catalogue of CRCs). */
static void test_sum(void **state)
{
    static const tl_zip_file one = { "a", "123456789", 9 };
    tl_buf b;
    (void)state;
    tl_buf_init(&b, 0);
    assert_int_equal(tl_zip_write(&one, 1, &b, NULL), TL_OK);
    assert_memory_equal(b.data + 14, "\x26\x39\xf4\xcb", 4);
    tl_buf_clear(&b);
}

static void test_refusals(void **state)
{
    static const char *const names[] = { "", "/etc/x", "../x", "a/../x", "c:x", "a\\b" };
    (void)state;
    for (size_t i = 0; i < TEST_COUNT(names); i++) {
        const tl_zip_file one = { names[i], "", 0 };
        tl_error err = { 0 };
        tl_buf b;
        tl_buf_init(&b, 0);
        tl_status st = tl_zip_write(&one, 1, &b, &err);
        if (st != TL_EINPUT || b.len)
            fail_msg("'%s': status %d, %zu bytes", names[i], (int)st, b.len);
        tl_buf_clear(&b);
    }
}

static void test_limit(void **state)
{
    tl_buf b;
    (void)state;
    tl_buf_init(&b, 40); /* less than the archive needs */
    assert_int_not_equal(tl_zip_write(files, 1, &b, NULL), TL_OK);
    tl_buf_clear(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_read_back),
                                        cmocka_unit_test(test_sum), cmocka_unit_test(test_refusals),
                                        cmocka_unit_test(test_limit) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
