/* body.c - the body of a request: in memory while it is small, then in a temporary file that is
 * removed with the request. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "http/http_priv.h"

static bool write_all(int fd, const char *p, size_t n)
{
    while (n > 0) {
        ssize_t took = write(fd, p, n);
        if (took < 0 && errno == EINTR)
            continue;
        if (took <= 0)
            return false;
        p += took;
        n -= (size_t)took;
    }
    return true;
}

/* A file in a new folder that only this process can look into: nothing else lies beside it. */
static bool make_file(tl_http_exchange *x)
{
    size_t n = strlen(x->server->temp_dir) + 32;
    x->dir = malloc(n);
    x->file = malloc(n);
    if (!x->dir || !x->file)
        return false;
    snprintf(x->dir, n, "%s/tanlian-XXXXXX", x->server->temp_dir);
    if (!mkdtemp(x->dir)) {
        free(x->dir);
        x->dir = NULL;
        return false;
    }
    snprintf(x->file, n, "%s/upload", x->dir);
    x->fd = open(x->file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    return x->fd >= 0;
}

/* What is in memory so far goes to a file. */
static bool spill(tl_http_exchange *x)
{
    bool done = make_file(x) && write_all(x->fd, tl_buf_text(&x->body), x->body.len);
    tl_buf_clear(&x->body);
    return done;
}

void tl_exchange_take(tl_http_exchange *x, const char *data, size_t n)
{
    if (x->too_large || x->lost)
        return; /* read and forgotten, so that the client gets to its answer */
    if (n > x->plan.body_bytes - x->request.body_bytes) {
        x->too_large = true;
        return;
    }
    x->request.body_bytes += n;
    bool large = x->plan.to_file || x->request.body_bytes > x->server->memory_bytes;
    if (x->fd < 0 && large && !spill(x)) {
        x->lost = true;
        return;
    }
    if (x->fd >= 0)
        x->lost = !write_all(x->fd, data, n);
    else
        tl_buf_add(&x->body, data, n);
    x->lost = x->lost || tl_buf_status(&x->body, NULL) != TL_OK;
}

void tl_exchange_body_ends(tl_http_exchange *x)
{
    if (x->fd >= 0) {
        x->lost = close(x->fd) != 0 || x->lost;
        x->fd = -1;
        x->request.file = x->file;
    } else {
        x->request.body = (tl_span){ tl_buf_text(&x->body), x->body.len };
    }
}

void tl_exchange_body_clear(tl_http_exchange *x)
{
    if (x->fd >= 0)
        close(x->fd);
    if (x->dir) {
        unlink(x->file);
        rmdir(x->dir);
    }
    free(x->file);
    free(x->dir);
    tl_buf_clear(&x->body);
}
