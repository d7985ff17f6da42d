/* queue_bench.c - the queue of jobs: what an order costs as the queue grows, and 10,000 orders that
 * outlive a kill.
 *
 * usage: bench_queue [JOBS]      TANLIAN_TEST_DB names a PostgreSQL server (tools/with-postgres)
 *
 * First the queue alone: JOBS orders put, taken and ended, with the time of each tenth, which has
 * to stay the same. Then the service: JOBS imports of one company each are ordered, a server is
 * killed (SIGKILL) after about a third, another one does the rest. Each order has to be done, and
 * its import to stand in the audit chain once. */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/number.h"
#include "company/company.h"
#include "job/job.h"
#include "server/server.h"
#include "store/audit.h"

enum { TENTHS = 10 };

static void check(tl_status st, const tl_error *err)
{
    if (st == TL_OK)
        return;
    fprintf(stderr, "bench_queue: %s\n", err->text);
    exit(1);
}

static void put(tl_store *s, int64_t i)
{
    char id[TL_JOB_ID], row[120];
    tl_error err = { 0 };
    int n = snprintf(row, sizeof row,
                     "id,name_en,source\nworks-%" PRId64 ",Works %" PRId64 ",bench\n", i, i);
    const tl_job_order o = {
        .operation = "company import",
        .arguments = "{\"given\": [], \"zh\": false, \"file\": \"file\"}",
        .viewer = "{\"user\": null, \"tenant\": null, \"company\": null, \"roles\": 0,"
                  " \"rights\": 1099511627775, \"all_tenants\": true}",
        .owner = "",
        .tenant = "",
        .input = row,
        .input_bytes = (size_t)n
    };
    check(tl_job_put(s, &o, tl_time_unix(), id, &err), &err);
}

/* Takes and ends n; how many there were. */
static int64_t take(tl_store *s, tl_arena *arena, int64_t n)
{
    static const tl_job_outcome done = { .state = TL_JOB_DONE };
    tl_error err = { 0 };
    tl_job job;
    bool got = true;
    int64_t i = 0;
    while (i < n) {
        tl_arena_reset(arena);
        check(tl_job_claim(s, "bench", tl_time_unix(), arena, &job, &got, &err), &err);
        if (!got)
            return i;
        check(tl_job_end(s, job.id, "bench", tl_time_unix(), &done, &err), &err);
        i++;
    }
    return i;
}

static void show(const char *what, const double ms[TENTHS])
{
    printf("%-22s", what);
    for (size_t i = 0; i < TENTHS; i++)
        printf(" %5.2f", ms[i]);
    printf("   last to first %.2f\n", ms[TENTHS - 1] / ms[0]);
}

static void queue_alone(tl_store *s, tl_arena *arena, int64_t jobs)
{
    double put_ms[TENTHS], take_ms[TENTHS];
    int64_t tenth = jobs / TENTHS, taken = 0;
    tl_error err = { 0 };
    for (size_t t = 0; t < TENTHS; t++) {
        double start = tl_clock_s();
        for (int64_t i = 0; i < tenth; i++)
            put(s, i);
        put_ms[t] = (tl_clock_s() - start) * 1e3 / (double)tenth;
    }
    for (size_t t = 0; t < TENTHS; t++) {
        double start = tl_clock_s();
        taken += take(s, arena, tenth);
        take_ms[t] = (tl_clock_s() - start) * 1e3 / (double)tenth;
    }
    printf("the queue alone, %" PRId64 " orders, ms an order by tenths:\n", jobs);
    show("put", put_ms);
    show("taken and ended", take_ms);
    if (taken != tenth * TENTHS)
        printf("WRONG: %" PRId64 " were taken\n", taken);
    check(tl_job_forget(s, tl_time_unix() + 1, &err), &err);
}

static pid_t serve(const char *database)
{
    fflush(stdout);
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    tl_server *s;
    tl_error err = { 0 };
    const tl_server_opts o = { .database = database,
                               .version = "bench",
                               .http = { .address = "127.0.0.1:0" } };
    if (tl_server_start(&s, &o, &err) == TL_OK)
        pause();
    fprintf(stderr, "%s\n", err.text);
    _exit(1);
}

static int64_t waiting(tl_store *s)
{
    int64_t n = 0;
    tl_error err = { 0 };
    check(tl_job_waiting(s, &n, &err), &err);
    return n;
}

static void wait_until(tl_store *s, int64_t left)
{
    while (waiting(s) > left)
        usleep(20000);
}

/* How many imports the audit chain has. */
static int64_t imports(tl_store *s, tl_arena *arena)
{
    int64_t n = 0;
    size_t found = 1;
    tl_audit_filter f = { .limit = 1000 };
    const tl_audit_entry *e;
    tl_error err = { 0 };
    while (found > 0) {
        tl_arena_reset(arena);
        check(tl_audit_newest(s, &f, arena, &e, &found, &err), &err);
        for (size_t i = 0; i < found; i++)
            n += strcmp(e[i].action, "company.import") == 0;
        f.before = found ? e[found - 1].seq : 0;
    }
    return n;
}

static void count_states(tl_store *s, tl_arena *arena, int64_t jobs,
                         int64_t n[TL_JOB_CANCELLED + 1])
{
    const tl_job *all;
    size_t found;
    tl_error err = { 0 };
    tl_arena_reset(arena);
    check(tl_job_list(s, "", NULL, (size_t)jobs + 1, arena, &all, &found, &err), &err);
    for (size_t i = 0; i < found; i++)
        n[all[i].state]++;
}

static void service_killed(const char *database, tl_store *s, tl_arena *arena, int64_t jobs)
{
    int64_t revived = 0, states[TL_JOB_CANCELLED + 1] = { 0 };
    tl_error err = { 0 };
    double start = tl_clock_s();
    for (int64_t i = 0; i < jobs; i++)
        put(s, i);
    double ordered = tl_clock_s();
    pid_t first = serve(database);
    wait_until(s, jobs - jobs / 3);
    kill(first, SIGKILL);
    waitpid(first, NULL, 0);
    int64_t left = waiting(s);
    double killed = tl_clock_s();
    /* what ran is known to be dead here; a server alone waits two minutes for a sign */
    check(tl_job_revive(s, tl_time_unix() + 1, tl_time_unix(), &revived, &err), &err);
    pid_t second = serve(database);
    wait_until(s, 0);
    do {
        usleep(50000);
        memset(states, 0, sizeof states);
        count_states(s, arena, jobs, states);
    } while (states[TL_JOB_RUNNING] > 0);
    double end = tl_clock_s();
    kill(second, SIGKILL);
    waitpid(second, NULL, 0);
    printf("the service, %" PRId64
           " imports of a company: ordered in %.1f s; killed after %.1f s with "
           "%" PRId64 " waiting and %" PRId64 " running; the rest in %.1f s, %.2f ms each\n",
           jobs, ordered - start, killed - ordered, left, revived, end - killed,
           (end - killed) * 1e3 / (double)(left + revived));
    printf("done %" PRId64 ", failed %" PRId64 ", imports in the audit chain %" PRId64 ": %s\n",
           states[TL_JOB_DONE], states[TL_JOB_FAILED], imports(s, arena),
           states[TL_JOB_DONE] == jobs && imports(s, arena) == jobs ? "each once" : "WRONG");
}

int main(int argc, char **argv)
{
    char file[] = "/tmp/tanlian-bench-XXXXXX";
    const char *server = getenv("TANLIAN_TEST_DB"), *database = server ? server : file;
    int64_t jobs = 10000;
    tl_error err = { 0 };
    tl_store *s;
    tl_arena *arena;
    if (argc > 1 && tl_int_parse(argv[1], TENTHS, 1000000, &jobs, NULL) != TL_OK)
        return 2;
    int fd = server ? -1 : mkstemp(file);
    if (fd >= 0)
        close(fd);
    check(tl_store_open(&s, database, NULL, &err), &err);
    check(tl_arena_new(&arena, 0, &err), &err);
    printf("%s\n", server ? "PostgreSQL" : "SQLite");
    queue_alone(s, arena, jobs);
    service_killed(database, s, arena, jobs);
    tl_store_close(s);
    tl_arena_free(arena);
    if (!server)
        unlink(file);
    return 0;
}
