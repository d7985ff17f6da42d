/* leaked.c - binary search by byte in a sorted file of hashes: the line that holds the middle byte
 * is read and compared, whatever its length, and the half without the hash is left out. */
#include "account/leaked.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "account/secret.h"
#include "base/hash.h"

enum {
    HEX = 2 * TL_SHA1_BYTES,
    LINE_MOST = 64, /* bytes with its end: hash, ':', 20 digits, CR LF */
    LOOKS = 100     /* lines that are looked at before the file is believed */
};

struct list {
    const char *path;
    int fd;
    off_t size; /* without the end of the last line */
};

/* A line: where it stands, and where the one behind it would. */
struct line {
    unsigned char hash[TL_SHA1_BYTES];
    off_t at, next;
};

static tl_status close_list(struct list *l, tl_status st)
{
    if (l->fd >= 0)
        close(l->fd);
    l->fd = -1;
    return st;
}

/* At most n bytes from there; *got are fewer only at the end of the file. */
static tl_status read_at(const struct list *l, off_t at, char *buf, size_t n, size_t *got,
                         tl_error *err)
{
    for (*got = 0; *got < n;) {
        ssize_t r = pread(l->fd, buf + *got, n - *got, at + (off_t)*got);
        if (r < 0 && errno == EINTR)
            continue;
        if (r < 0)
            return tl_fail(err, TL_EIO, "%s: %s", l->path, strerror(errno));
        if (r == 0)
            break;
        *got += (size_t)r;
    }
    return TL_OK;
}

static tl_status open_list(struct list *l, const char *path, tl_error *err)
{
    struct stat s;
    char last = 0;
    size_t got = 0;
    *l = (struct list){ .path = path };
    l->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe must not hold us */
    if (l->fd < 0)
        return tl_fail(err, errno == ENOENT ? TL_ENOTFOUND : TL_EIO, "%s: %s", path,
                       strerror(errno));
    if (fstat(l->fd, &s) != 0)
        return close_list(l, tl_fail(err, TL_EIO, "%s: %s", path, strerror(errno)));
    l->size = S_ISREG(s.st_mode) ? s.st_size : 0;
    tl_status st = l->size ? read_at(l, l->size - 1, &last, 1, &got, err) : TL_OK;
    l->size -= last == '\n';
    if (st == TL_OK && l->size == 0)
        st = tl_fail(err, TL_EINPUT,
                     "%s: no file or empty, expected SHA-1 hashes in ascending order", path);
    return st == TL_OK ? TL_OK : close_list(l, st);
}

static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The hash of a line without its LF; false where it is of another form. */
static bool parse(const char *text, size_t n, unsigned char hash[TL_SHA1_BYTES])
{
    if (n > 0 && text[n - 1] == '\r')
        n--;
    if (n < HEX || n >= LINE_MOST || (n > HEX && (text[HEX] != ':' || n == HEX + 1)))
        return false;
    for (size_t i = 0; i < TL_SHA1_BYTES; i++) {
        int high = digit(text[2 * i]), low = digit(text[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        hash[i] = (unsigned char)(high * 16 + low);
    }
    for (size_t i = HEX + 1; i < n; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return true;
}

static tl_status misformed(const struct list *l, off_t at, size_t n, tl_error *err)
{
    return tl_fail(
        err, TL_EINPUT,
        "%s: byte %lld: a line of %zu bytes, expected 40 hexadecimal digits (SHA-1) and, "
        "if wanted, ':' and a count",
        l->path, (long long)at, n);
}

/* The line that has the byte at `middle`, its LF included. */
static tl_status line_at(const struct list *l, off_t middle, struct line *out, tl_error *err)
{
    char buf[2 * LINE_MOST];
    size_t got = 0;
    off_t from = middle > LINE_MOST ? middle - LINE_MOST : 0;
    tl_status st = read_at(l, from, buf, sizeof buf, &got, err);
    if (st != TL_OK)
        return st;
    if ((off_t)got > l->size - from)
        got = (size_t)(l->size - from);
    if (middle - from >= (off_t)got)
        return tl_fail(err, TL_EIO, "%s: became shorter while it was read", l->path);
    size_t begin = (size_t)(middle - from), end = begin;
    while (begin > 0 && buf[begin - 1] != '\n')
        begin--;
    while (end < got && buf[end] != '\n')
        end++;
    out->at = from + (off_t)begin;
    out->next = from + (off_t)end + 1;
    return parse(buf + begin, end - begin, out->hash) ? TL_OK
                                                      : misformed(l, out->at, end - begin, err);
}

static tl_status unsorted(const struct list *l, off_t at, tl_error *err)
{
    return tl_fail(err, TL_EINPUT,
                   "%s: byte %lld: a hash that does not ascend, expected the file ordered by hash",
                   l->path, (long long)at);
}

static tl_status check(const struct list *l, tl_error *err)
{
    struct line before = { .at = -1 }, line;
    tl_status st = TL_OK;
    for (int i = 0; i <= LOOKS && st == TL_OK; i++) {
        off_t last = l->size - 1;
        st = line_at(l, last / LOOKS * i + last % LOOKS * i / LOOKS, &line, err);
        if (st == TL_OK && line.at != before.at &&
            memcmp(before.hash, line.hash, sizeof line.hash) > 0)
            st = unsorted(l, line.at, err);
        before = line;
    }
    return st;
}

tl_status tl_leaked_check(const char *path, tl_error *err)
{
    struct list l;
    tl_status st = open_list(&l, path, err);
    return st == TL_OK ? close_list(&l, check(&l, err)) : st;
}

/* Every line that is read lies between those that bound the half it stands in, else the file is not
 * in order and its answer is worth nothing. */
static tl_status find(const struct list *l, const unsigned char hash[TL_SHA1_BYTES], bool *found,
                      tl_error *err)
{
    unsigned char least[TL_SHA1_BYTES], most[TL_SHA1_BYTES];
    off_t lo = 0, hi = l->size;
    memset(least, 0, sizeof least);
    memset(most, 0xFF, sizeof most);
    while (lo < hi) {
        struct line line;
        tl_status st = line_at(l, lo + (hi - lo) / 2, &line, err);
        if (st != TL_OK)
            return st;
        if (memcmp(line.hash, least, sizeof least) < 0 || memcmp(line.hash, most, sizeof most) > 0)
            return unsorted(l, line.at, err);
        int order = memcmp(hash, line.hash, sizeof line.hash);
        *found = order == 0;
        if (*found)
            return TL_OK;
        memcpy(order < 0 ? most : least, line.hash, sizeof line.hash);
        if (order < 0)
            hi = line.at;
        else
            lo = line.next;
    }
    return TL_OK;
}

tl_status tl_leaked_find(const char *path, const char *password, bool *found, tl_error *err)
{
    unsigned char hash[TL_SHA1_BYTES];
    struct list l;
    *found = false;
    tl_status st = tl_sha1_of(password, strlen(password), hash, err);
    if (st == TL_OK && (st = open_list(&l, path, err)) == TL_OK)
        st = close_list(&l, find(&l, hash, found, err));
    tl_secret_wipe(hash, sizeof hash);
    /* the file is at fault, not who chose the password */
    return st == TL_OK ? TL_OK : tl_context(err, TL_EIO, "leaked passwords cannot be looked up");
}
