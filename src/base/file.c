/* file.c - mapping and atomic writing. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const char nothing[1] = ""; /* what an empty file points at */

static tl_status read_stream(tl_file_view *out, int fd, const char *path, size_t max, tl_error *err)
{
    char *data = NULL;
    size_t len = 0, cap = 0;
    for (;;) {
        tl_status st = tl_grow(&data, &cap, len + 65536, 1, err);
        if (st != TL_OK) {
            free(data);
            return st;
        }
        ssize_t got = read(fd, data + len, cap - len);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            free(data);
            return tl_fail(err, TL_EIO, "%s: %s", path, strerror(errno));
        }
        if (got == 0)
            break;
        len += (size_t)got;
        if (max && len > max) {
            free(data);
            return tl_fail(err, TL_EINPUT, "%s: larger than the limit of %zu bytes", path, max);
        }
    }
    *out = (tl_file_view){ data, len, false };
    return TL_OK;
}

static tl_status view(tl_file_view *out, int fd, const char *path, size_t max, tl_error *err)
{
    struct stat s;
    if (fstat(fd, &s) != 0)
        return tl_fail(err, TL_EIO, "%s: %s", path, strerror(errno));
    if (S_ISDIR(s.st_mode))
        return tl_fail(err, TL_EINPUT, "%s: is a folder, expected a file", path);
    if (!S_ISREG(s.st_mode))
        return read_stream(out, fd, path, max, err);
    size_t size = (size_t)s.st_size;
    if (max && size > max)
        return tl_fail(err, TL_EINPUT, "%s: %zu bytes, larger than the limit of %zu", path, size,
                       max);
    if (size == 0) {
        *out = (tl_file_view){ nothing, 0, false };
        return TL_OK;
    }
    void *p = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (p == MAP_FAILED)
        return tl_fail(err, TL_EIO, "%s: %s", path, strerror(errno));
    *out = (tl_file_view){ p, size, true };
    /* cppcheck-suppress memleak ; *out owns p now */
    return TL_OK;
}

tl_status tl_file_open(tl_file_view *out, const char *path, size_t max_bytes, tl_error *err)
{
    *out = (tl_file_view){ 0 };
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return tl_fail(err, errno == ENOENT ? TL_ENOTFOUND : TL_EIO, "%s: %s", path,
                       strerror(errno));
    tl_status st = view(out, fd, path, max_bytes, err);
    close(fd);
    return st;
}

void tl_file_close(tl_file_view *v)
{
    if (!v || !v->data)
        return;
    if (v->mapped)
        munmap((void *)(uintptr_t)v->data, v->size);
    else if (v->data != nothing)
        free((void *)(uintptr_t)v->data);
    *v = (tl_file_view){ 0 };
}

static tl_status write_all(int fd, const char *p, size_t n, const char *path, tl_error *err)
{
    while (n) {
        ssize_t put = write(fd, p, n);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return tl_fail(err, TL_EIO, "%s: %s", path, strerror(errno));
        p += put;
        n -= (size_t)put;
    }
    return fsync(fd) == 0 ? TL_OK : tl_fail(err, TL_EIO, "%s: %s", path, strerror(errno));
}

static tl_status write_whole(const char *path, const void *data, size_t n, mode_t mode,
                             tl_error *err)
{
    char tmp[4096];
    int len = snprintf(tmp, sizeof tmp, "%s.XXXXXX", path);
    if (len < 0 || (size_t)len >= sizeof tmp)
        return tl_fail(err, TL_EINPUT, "%.80s...: path too long", path);
    int fd = mkostemp(tmp, O_CLOEXEC);
    if (fd < 0)
        return tl_fail(err, TL_EIO, "%s: %s", path, strerror(errno));
    tl_status st = write_all(fd, data, n, path, err);
    if (fchmod(fd, mode) != 0 && st == TL_OK)
        st = tl_fail(err, TL_EIO, "%s: %s", path, strerror(errno));
    if (close(fd) != 0 && st == TL_OK)
        st = tl_fail(err, TL_EIO, "%s: %s", path, strerror(errno));
    if (st == TL_OK && rename(tmp, path) != 0)
        st = tl_fail(err, TL_EIO, "%s: %s", path, strerror(errno));
    if (st != TL_OK)
        unlink(tmp);
    return st;
}

tl_status tl_file_write(const char *path, const void *data, size_t n, tl_error *err)
{
    return write_whole(path, data, n, 0644, err);
}

tl_status tl_file_write_private(const char *path, const void *data, size_t n, tl_error *err)
{
    return write_whole(path, data, n, 0600, err);
}

bool tl_file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

bool tl_file_open_to_all(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && (st.st_mode & S_IROTH) != 0;
}

bool tl_file_is_plain(const char *path)
{
    struct stat s;
    return stat(path, &s) == 0 && S_ISREG(s.st_mode);
}

char *tl_path_join(tl_arena *a, const char *dir, const char *name)
{
    size_t n = strlen(dir);
    return tl_arena_printf(a, n && dir[n - 1] == '/' ? "%s%s" : "%s/%s", dir, name);
}

const char *tl_path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}
