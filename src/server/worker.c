/* worker.c - what each serving thread has for itself: a connection to read, one to write. */
#include <stdlib.h>

#include "server/server_priv.h"

tl_status tl_worker_open(void *ctx, void **out, tl_error *err)
{
    tl_worker *w = calloc(1, sizeof *w);
    if (!w)
        return tl_fail_nomem(err);
    w->server = ctx;
    *out = w;
    return TL_OK;
}

void tl_worker_close(void *ctx, void *worker)
{
    (void)ctx;
    tl_worker *w = worker;
    tl_oidc_remote_free(w->oidc);
    tl_store_close(w->reader);
    tl_store_close(w->writer);
    free(w);
}

tl_status tl_worker_store(tl_worker *w, bool write, tl_store **out, tl_error *err)
{
    tl_store **own = write ? &w->writer : &w->reader;
    const tl_store_opts opts = { .read_only = !write, .must_exist = true };
    tl_status st = TL_OK;
    if (!*own)
        st = tl_store_open(own, w->server->opts.database, &opts, err);
    *out = *own;
    return st;
}
