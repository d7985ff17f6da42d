/* server_bench.c - answers a second of the service, beside the bare HTTP library on the same
 * machine.
 *
 * usage: bench_server [SECONDS]
 *        bench_server soak SECONDS     the same questions mixed over 64 connections, with the
 * memory of the service by twentieths of the time, which has to stay flat
 *
 * The service and the bare server (libmicrohttpd with as many event threads, the same bytes from
 * memory) run in a process of their own; one thread of this one asks over 64 and over 512 kept
 * connections. Aims: a stored answer as JSON at 60% of the bare rate or more, p99 at 64 connections
 * at most 10 ms, no error. Answers that have to be worked out each time stand below. */
#include <microhttpd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/thread.h"
#include "cli/cli.h"
#include "intake/vehicle_import.h"
#include "load_client.h"
#include "server/server.h"

static char body[1 << 20];
static size_t body_bytes;

static enum MHD_Result answer(void *cls, struct MHD_Connection *c, const char *path,
                              const char *method, const char *version, const char *data, size_t *n,
                              void **state)
{
    (void)cls;
    (void)path;
    (void)method;
    (void)version;
    (void)data;
    (void)n;
    if (!*state) {
        *state = body;
        return MHD_YES;
    }
    struct MHD_Response *r =
        MHD_create_response_from_buffer(body_bytes, body, MHD_RESPMEM_PERSISTENT);
    MHD_add_response_header(r, "Content-Type", "application/json");
    enum MHD_Result queued = MHD_queue_response(c, 200, r);
    MHD_destroy_response(r);
    return queued;
}

/* A server in a process of its own; its port comes through the pipe. */
struct child {
    pid_t pid;
    uint16_t port;
};

static void serve_bare(int to)
{
    struct MHD_Daemon *d =
        MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, answer, NULL,
                         MHD_OPTION_THREAD_POOL_SIZE, tl_processors() > 1 ? tl_processors() : 0U,
                         MHD_OPTION_CONNECTION_LIMIT, 2048U, MHD_OPTION_END);
    const union MHD_DaemonInfo *info = d ? MHD_get_daemon_info(d, MHD_DAEMON_INFO_BIND_PORT) : NULL;
    uint16_t port = info ? info->port : 0;
    if (write(to, &port, sizeof port) == sizeof port)
        pause();
}

static void serve_tanlian(int to, const char *database)
{
    tl_server *s;
    tl_error err = { 0 };
    uint16_t port = 0;
    const tl_server_opts o = { .database = database,
                               .version = "bench",
                               .http = { .address = "127.0.0.1:0", .per_address = 2048 } };
    if (tl_server_start(&s, &o, &err) == TL_OK)
        port = tl_server_port(s);
    else
        fprintf(stderr, "%s\n", err.text);
    if (write(to, &port, sizeof port) == sizeof port)
        pause();
}

static int start(struct child *c, const char *database)
{
    int ends[2];
    if (pipe(ends) != 0)
        return 0;
    fflush(stdout);
    c->pid = fork();
    if (c->pid == 0) {
        if (database)
            serve_tanlian(ends[1], database);
        else
            serve_bare(ends[1]);
        _exit(0);
    }
    c->port = 0;
    ssize_t got = c->pid > 0 ? read(ends[0], &c->port, sizeof c->port) : 0;
    close(ends[0]);
    close(ends[1]);
    return got == sizeof c->port && c->port > 0;
}

static long stop(const struct child *c)
{
    struct rusage used = { 0 };
    kill(c->pid, SIGKILL);
    wait4(c->pid, NULL, 0, &used);
    return used.ru_maxrss;
}

static const char *const stored[] = { "/api/v1/ratings/companies/byd" };
static const char *const league[] = { "/api/v1/ratings/league" };
static const char *const footprint[] = { "/api/v1/vehicles/ademe-640e1edcd995/footprint" };
static const char *const searches[] = {
    "/api/v1/factors?q=steel",          "/api/v1/factors?q=%E9%93%9D&region=CN",
    "/api/v1/factors?q=dianli",         "/api/v1/factors?q=natural%20gas",
    "/api/v1/vehicles?words=e-208",     "/api/v1/vehicles?words=hybrid&limit=50",
    "/api/v1/search?q=tesla",           "/api/v1/search?q=%E9%92%A2",
    "/api/v1/search?q=byd&facets=true", "/api/v1/search?q=electricity&kind=factor",
};
static const char *const names[] = { "/api/v1/companies/byd", "/api/v1/companies/nio",
                                     "/api/v1/companies/volvo-cars", "/api/v1/companies/ford" };

static void show(const char *what, unsigned connections, const tl_load *l, double reference)
{
    printf("%-34s %4u  %8.0f/s  p50 %6.2f ms  p99 %6.2f ms  errors %zu", what, connections,
           l->per_second, l->p50_ms, l->p99_ms, l->errors);
    if (reference > 0)
        printf("  %3.0f%% of bare", 100 * l->per_second / reference);
    printf("\n");
}

/* The body of the stored answer, for the bare server: asked once. */
static int fetch(uint16_t port)
{
    tl_load l;
    if (!tl_load_run(port, stored, 1, 1, 0.3, &l) || l.answers == 0)
        return 0;
    memset(body, 'x', 12000);
    body_bytes = 7700; /* as long as the stored answer is */
    return 1;
}

/* Targets no two of which are equal, so that nothing is there already. */
static const char *const *distinct(size_t n)
{
    char(*texts)[80] = calloc(n, sizeof *texts);
    const char **list = calloc(n, sizeof *list);
    if (!texts || !list) {
        fprintf(stderr, "bench_server: out of memory\n");
        exit(1);
    }
    for (size_t i = 0; i < n; i++) {
        snprintf(texts[i], sizeof texts[i], "/api/v1/ratings/what-if?w12=0.%04zu&range=0:0.%04zu",
                 i % 9999 + 1, i / 9999 + 1);
        list[i] = texts[i];
    }
    return list;
}

static void measure(const struct child *ours, const struct child *bare, double seconds)
{
    static const unsigned sizes[] = { 64, 512 };
    const char *const *asked_once = distinct(90000);
    for (size_t i = 0; i < 2; i++) {
        tl_load ref, l;
        tl_load_run(bare->port, stored, 1, sizes[i], seconds, &ref);
        show("bare library, the same bytes", sizes[i], &ref, 0);
        tl_load_run(ours->port, stored, 1, sizes[i], seconds, &l);
        show("a stored answer", sizes[i], &l, ref.per_second);
        tl_load_run(ours->port, league, 1, sizes[i], seconds, &l);
        show("the league table", sizes[i], &l, 0);
        tl_load_run(ours->port, footprint, 1, sizes[i], seconds, &l);
        show("a footprint asked for before", sizes[i], &l, 0);
        tl_load_run(ours->port, searches, sizeof searches / sizeof *searches, sizes[i], seconds,
                    &l);
        show("ten searches", sizes[i], &l, 0);
        tl_load_run(ours->port, names, sizeof names / sizeof *names, sizes[i], seconds, &l);
        show("four companies", sizes[i], &l, 0);
        tl_load_run(ours->port, asked_once, 90000, sizes[i], seconds, &l);
        show("what-if, never the same twice", sizes[i], &l, 0);
    }
}

/* Resident memory of a process now, KiB. */
static long resident_kib(pid_t pid)
{
    char path[64], line[256];
    long kib = 0;
    snprintf(path, sizeof path, "/proc/%ld/status", (long)pid);
    FILE *f = fopen(path, "re");
    while (f && fgets(line, sizeof line, f))
        if (strncmp(line, "VmRSS:", 6) == 0)
            kib = strtol(line + 6, NULL, 10);
    if (f)
        fclose(f);
    return kib;
}

static void soak(const struct child *ours, double seconds)
{
    const char *mixed[40];
    const char *const *asked_once = distinct(90000);
    size_t n = 0;
    mixed[n++] = stored[0];
    mixed[n++] = league[0];
    mixed[n++] = footprint[0];
    for (size_t i = 0; i < sizeof searches / sizeof *searches; i++)
        mixed[n++] = searches[i];
    for (int part = 1; part <= 20; part++) {
        tl_load l, fresh;
        tl_load_run(ours->port, mixed, n, 64, seconds / 40, &l);
        tl_load_run(ours->port, asked_once, 90000, 64, seconds / 40, &fresh);
        printf("%4.0f s  %8zu answers  %6zu worked out  errors %zu  p99 %6.2f and %6.2f ms  %6.1f "
               "MiB\n",
               seconds * part / 20, l.answers, fresh.answers, l.errors + fresh.errors, l.p99_ms,
               fresh.p99_ms, (double)resident_kib(ours->pid) / 1024);
        fflush(stdout);
    }
}

/* The cars that ship, so that there are footprints. */
static int import_cars(const char *database, tl_arena *arena)
{
    tl_store *s;
    tl_vehicle_verdict v;
    tl_error err = { 0 };
    const tl_viewer by = tl_viewer_operator("bench");
    tl_status st = tl_store_open(&s, database, NULL, &err);
    if (st == TL_OK)
        st = tl_vehicle_import(s, TL_DATA "/ademe-cars/ADEME-CarLabelling.csv", "ademe", &by, NULL,
                               arena, &v, &err);
    tl_store_close(s);
    if (st != TL_OK)
        printf("%s\n", err.text);
    return st == TL_OK;
}

int main(int argc, char **argv)
{
    char database[] = "/tmp/tanlian-bench-XXXXXX";
    double seconds = 3;
    struct child ours, bare;
    tl_cli cli = { .program = argv[0], .database = database, .data_dir = TL_DATA, .quiet = true };
    char *words[] = { "init", NULL };
    bool soaks = argc > 2 && strcmp(argv[1], "soak") == 0;
    if (argc > 1 && tl_number_parse(argv[argc - 1], &seconds, NULL) != TL_OK)
        return 2;
    int fd = mkstemp(database);
    if (fd < 0 || tl_arena_new(&cli.arena, 0, NULL) != TL_OK)
        return 1;
    close(fd);
    fflush(stdout);
    if (!freopen("/dev/null", "w", stderr) || tl_command_init.run(&cli, 1, words) != 0 ||
        !import_cars(database, cli.arena))
        return 1;
    if (!start(&ours, database) || !fetch(ours.port) || !start(&bare, NULL))
        return 1;
    if (soaks)
        soak(&ours, seconds);
    else
        measure(&ours, &bare, seconds);
    long kib = stop(&ours);
    stop(&bare);
    printf("most memory of the service: %ld MiB\n", kib / 1024);
    unlink(database);
    tl_arena_free(cli.arena);
    return 0;
}
