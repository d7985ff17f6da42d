/* worker.c - what each serving thread has for itself: a connection to read, one to write,
 * one for upkeep. */
#include <stdlib.h>

#include "server/server_priv.h"

enum { KEEPER_WAIT_MS = 100 };

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
    tl_store_close(w->keeper);
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

tl_status tl_worker_keeper(tl_worker *w, tl_store **out, tl_error *err)
{
    const tl_store_opts opts = { .must_exist = true, .wait_ms = KEEPER_WAIT_MS };
    tl_status st = TL_OK;
    if (!w->keeper)
        st = tl_store_open(&w->keeper, w->server->opts.database, &opts, err);
    *out = w->keeper;
    return st;
}
