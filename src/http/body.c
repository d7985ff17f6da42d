/* body.c - the body of a request: in memory while it is small, then in a temporary file that has no
 * name anybody could guess and is removed with the request. */
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

/* What is in memory so far goes to a file. */
static bool spill(tl_http_exchange *x)
{
    static const char name[] = "/tanlian-XXXXXX";
    size_t n = strlen(x->server->temp_dir) + sizeof name;
    x->file = malloc(n);
    if (!x->file)
        return false;
    snprintf(x->file, n, "%s%s", x->server->temp_dir, name);
    x->fd = mkostemp(x->file, O_CLOEXEC);
    if (x->fd < 0) {
        free(x->file);
        x->file = NULL;
        return false;
    }
    bool done = write_all(x->fd, tl_buf_text(&x->body), x->body.len);
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
    if (x->fd < 0 && x->request.body_bytes > x->server->memory_bytes && !spill(x)) {
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
    if (x->file)
        unlink(x->file);
    free(x->file);
    tl_buf_clear(&x->body);
}
