/* zip_write.c - local headers with their files, then the directory (APPNOTE 4.3.6). */
#include "format/zip_write.h"

#include <stdint.h>
#include <string.h>

enum {
    LOCAL = 0x04034b50,
    CENTRAL = 0x02014b50,
    END = 0x06054b50,
    NEEDED = 20,       /* version 2.0: folders */
    UTF8 = 1 << 11,    /* names, APPNOTE 4.4.4 */
    FIRST_DAY = 0x21,  /* 1980-01-01 */
    FILES_MAX = 65534, /* 65,535 would mean "see zip64" */
    NAME_MAX_BYTES = 400
};

/* CRC-32 of ISO 3309, four bits at a time. */
static uint32_t crc_of(const char *p, size_t n)
{
    static const uint32_t table[16] = { 0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac,
                                        0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
                                        0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
                                        0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c };
    uint32_t c = 0xffffffffu;
    for (size_t i = 0; i < n; i++) {
        c ^= (unsigned char)p[i];
        c = (c >> 4) ^ table[c & 15];
        c = (c >> 4) ^ table[c & 15];
    }
    return c ^ 0xffffffffu;
}

static void put(tl_buf *out, uint32_t v, int bytes)
{
    for (int i = 0; i < bytes; i++)
        tl_buf_char(out, (char)(unsigned char)(v >> (8 * i) & 0xff));
}

/* What both headers say of a file, from "version needed" to the length of the extra field. */
static void put_common(tl_buf *out, const tl_zip_file *f, uint32_t crc)
{
    put(out, NEEDED, 2);
    put(out, UTF8, 2);
    put(out, 0, 2); /* stored */
    put(out, 0, 2); /* 00:00 */
    put(out, FIRST_DAY, 2);
    put(out, crc, 4);
    put(out, (uint32_t)f->n, 4);
    put(out, (uint32_t)f->n, 4);
    put(out, (uint32_t)strlen(f->name), 2);
    put(out, 0, 2);
}

static tl_status check_name(const char *name, tl_error *err)
{
    const size_t n = strlen(name);
    if (n == 0 || n > NAME_MAX_BYTES || name[0] == '/' || strstr(name, "..") ||
        strpbrk(name, ":\\"))
        return tl_fail(err, TL_EINPUT, "'%.80s' is no name for a file in an archive", name);
    return TL_OK;
}

static tl_status check(const tl_zip_file *files, size_t n, tl_error *err)
{
    size_t room = UINT32_MAX;
    if (n > FILES_MAX)
        return tl_fail(err, TL_EINPUT, "%zu files, an archive holds at most %d", n, (int)FILES_MAX);
    for (size_t i = 0; i < n; i++) {
        tl_status st = check_name(files[i].name, err);
        if (st != TL_OK)
            return st;
        const size_t need = 2 * strlen(files[i].name) + 100; /* headers are shorter */
        if (files[i].n > room || need > room - files[i].n)
            return tl_fail(err, TL_EINPUT, "the files take more than an archive of 4 GiB");
        room -= files[i].n + need;
    }
    return TL_OK;
}

/* The directory; starts are where the files begin. */
static void put_directory(const tl_zip_file *files, size_t n, size_t start, tl_buf *out)
{
    const size_t directory = out->len;
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        put(out, CENTRAL, 4);
        put(out, NEEDED, 2); /* made by: 0 = MS-DOS, so no owner and mode */
        put_common(out, &files[i], crc_of(files[i].data, files[i].n));
        put(out, 0, 2); /* comment */
        put(out, 0, 2); /* disk */
        put(out, 0, 2); /* internal attributes */
        put(out, 0, 4); /* external attributes */
        put(out, (uint32_t)at, 4);
        tl_buf_str(out, files[i].name);
        at += 30 + strlen(files[i].name) + files[i].n;
    }
    const size_t size = out->len - directory;
    put(out, END, 4);
    put(out, 0, 4); /* this disk, disk of the directory */
    put(out, (uint32_t)n, 2);
    put(out, (uint32_t)n, 2);
    put(out, (uint32_t)size, 4);
    put(out, (uint32_t)(directory - start), 4);
    put(out, 0, 2); /* comment */
}

tl_status tl_zip_write(const tl_zip_file *files, size_t n, tl_buf *out, tl_error *err)
{
    const size_t start = out->len;
    tl_status st = check(files, n, err);
    if (st != TL_OK)
        return st;
    for (size_t i = 0; i < n; i++) {
        put(out, LOCAL, 4);
        put_common(out, &files[i], crc_of(files[i].data, files[i].n));
        tl_buf_str(out, files[i].name);
        tl_buf_add(out, files[i].data, files[i].n);
    }
    put_directory(files, n, start, out);
    return tl_buf_status(out, err);
}
