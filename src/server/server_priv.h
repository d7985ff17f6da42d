/* server_priv.h - what the files of this folder share: the routes, a thread's stores, a request
 * being answered. */
#ifndef TL_SERVER_SERVER_PRIV_H
#define TL_SERVER_SERVER_PRIV_H

#include <pthread.h>
#include <stdatomic.h>

#include "operation/operation.h"
#include "server/cache.h"
#include "server/runner.h"
#include "server/server.h"

struct tl_request;

/* What answers a request that is no operation. */
typedef void (*tl_server_handler)(struct tl_request *q);

/* A row of the server's own: sessions, the page, health. */
typedef struct tl_server_route {
    tl_http_method method;
    const char *path; /* whole */
    tl_server_handler run;
    bool quick;
    bool own_key; /* looks at Authorization itself: who asks is not looked up */
} tl_server_route;

/* The lists of routes beside the operations, one file each. */
typedef struct tl_server_routes {
    const tl_server_route *items;
    size_t n;
} tl_server_routes;
extern const tl_server_routes tl_server_sessions;      /* session_routes.c */
extern const tl_server_routes tl_server_doors;         /* door_routes.c */
extern const tl_server_routes tl_server_account;       /* account_routes.c */
extern const tl_server_routes tl_server_second_factor; /* second_factor_routes.c */
extern const tl_server_routes tl_server_oidc;          /* oidc_routes.c */
extern const tl_server_routes tl_server_system;        /* system.c */
extern const tl_server_routes tl_server_jobs;          /* job_routes.c */
extern const tl_server_routes tl_server_page;          /* page.c */

/* What a route of http/route.h points to: an operation or a row of the server. */
typedef struct tl_target {
    const tl_operation *operation;
    const tl_server_route *own;
} tl_target;

struct tl_server {
    tl_server_opts opts;
    tl_http_server *http;
    tl_http_routes *routes;
    tl_http_route *route_rows; /* owned */
    tl_target *targets;        /* owned; as many */
    size_t n;
    tl_cache *cache;
    struct tl_watch *watch; /* sees what other processes write */
    tl_runner *runner;
    struct tl_throttle *throttle, *resets; /* of all requests; of those for a reset */
    struct tl_post *post;                  /* NULL: no mail is sent */
    char *back;                            /* owned; where providers send browsers back to */
    char *metrics_token;                   /* owned; NULL: this machine alone may ask */
    pthread_mutex_t write_lock; /* guards writing: how many requests change something now */
    pthread_cond_t write_free;
    unsigned writing;
};

/* What one thread has for itself. */
typedef struct tl_worker {
    tl_server *server;
    tl_store *reader, *writer;   /* opened when first needed */
    tl_store *keeper;            /* writes too, but does not wait: for upkeep before reads */
    struct tl_oidc_remote *oidc; /* made when first needed */
} tl_worker;

/* A request being answered. */
typedef struct tl_request {
    tl_server *server;
    tl_http_request *http;
    tl_http_reply *reply;
    tl_http_match match;
    const tl_target *target;
    tl_worker *worker;
    tl_cached *cached;   /* the answer found before, held */
    const char *key;     /* under which the answer may be kept, NULL: not */
    uint64_t generation; /* of the data when it was begun */
    tl_viewer viewer;
    struct tl_session *session; /* of the viewer; NULL until known */
    bool frozen;                /* the answer stays what it is */
    bool zh;
} tl_request;

TL_MUST_CHECK tl_status tl_worker_open(void *ctx, void **out, tl_error *err);
void tl_worker_close(void *ctx, void *worker);
/* The store of the thread, opened where it is not open yet. */
TL_MUST_CHECK tl_status tl_worker_store(tl_worker *w, bool write, tl_store **out, tl_error *err);

/* One that writes and waits a moment at most for another writer. */
TL_MUST_CHECK tl_status tl_worker_keeper(tl_worker *w, tl_store **out, tl_error *err);
/* How often one address may ask for a new password; door_routes.c */
struct tl_throttle *tl_server_reset_throttle(void);

/* The problem for a failure; TL_EFORBIDDEN of somebody who has not said who they are is 401. What
 * stays inside is logged. */
void tl_server_problem(tl_request *q, const tl_error *err);

/* A problem with a type of its own, as tl_http_problem; the cookies put before are told with it. */
void tl_server_problem_as(tl_request *q, int status, const char *type, const char *title,
                          const char *detail);

/* False, with the problem, where a session asks for something that needs its password again
 * (session.h, tl_session_proved). */
bool tl_server_proved(tl_request *q);

/* Collects the arguments of the request from path, query and body; a file is left out where
 * with_file is false. */
TL_MUST_CHECK tl_status tl_collect(tl_request *q, const tl_operation *o, bool with_file,
                                   const tl_given **given, size_t *n, tl_error *err);

/* Runs the operation of the request and answers with what it leaves. */
void tl_serve_operation(tl_request *q);

/* Fills the reply from what an operation left, in the form the client would rather have. */
void tl_present(tl_request *q, tl_call *c);

/* The media type of the i-th form an answer of the operation can have, and its ?format=; NULL
 * behind the last. */
const char *tl_form_type(const tl_operation *o, size_t i, const char **name);
/* The header that says where the list goes on, or where the newest version of what is frozen
 * stands; "" for none. In the arena, NULL when out of memory. */
const char *tl_link_of(const tl_request *q, const char *cursor, bool frozen);
/* The form asked for by ?format= or Accept; TL_EINPUT where there is none such. Called before the
 * operation runs: it says whether a drawing or document is wanted. */
TL_MUST_CHECK tl_status tl_choose_form(const tl_request *q, const tl_operation *o,
                                       const char **form, tl_error *err);

/* Watches the database for what other processes write, and the server's own writes. */
TL_MUST_CHECK tl_status tl_watch_start(struct tl_watch **out, tl_server *s, tl_error *err);
void tl_watch_stop(struct tl_watch *w);

#endif
