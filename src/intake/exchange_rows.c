/* exchange_rows.c - parts of files cut into rows side by side, handed on in order.
 *
 * Parts are cut at line ends, which is right only where no line end stands inside quotes, and a
 * part does not know its place in the file. So whatever a part finds wrong or not plain, the caller
 * reads again from the beginning, in one piece: that reading has the say.
 *
 * Each thread has one list and uses it again for its next part: fresh memory costs more than the
 * numbers put into it. */
#include "intake/exchange_rows.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/thread.h"

enum { BIOSPHERE = 1, MOST_THREADS = 16, LIST_ROWS = 4096 };
#define PART_BYTES ((size_t)256 << 10) /* about LIST_ROWS rows */

/* Where the columns are; -1 for an optional one that is absent. */
struct columns {
    int row, column, amount, distribution, loc, scale, minimum, maximum;
};

struct file {
    tl_csv *csv;
    struct columns at;
    bool biosphere;
};

/* One part being read. */
struct reading {
    const struct file *file;
    tl_csv *csv;
    const tl_map *activities;
    tl_exchange_list *list;
    char last_id[64]; /* the column's id of the row before: rows come sorted by it as a rule */
    size_t last_n;
    uint32_t last_index;
};

static tl_status find_columns(struct file *f, tl_error *err)
{
    struct columns *at = &f->at;
    tl_status st = tl_csv_require(f->csv, f->biosphere ? "flow" : "row", &at->row, err);
    if (st != TL_OK || (st = tl_csv_require(f->csv, "col", &at->column, err)) != TL_OK ||
        (st = tl_csv_require(f->csv, "amount", &at->amount, err)) != TL_OK)
        return st;
    at->distribution = tl_csv_column(f->csv, "distribution");
    at->loc = tl_csv_column(f->csv, "loc");
    at->scale = tl_csv_column(f->csv, "scale");
    at->minimum = tl_csv_column(f->csv, "min");
    at->maximum = tl_csv_column(f->csv, "max");
    return TL_OK;
}

static tl_status find_activity(const struct reading *r, int column, tl_span id, uint32_t *index,
                               tl_error *err)
{
    uint64_t value;
    if (id.n == 0)
        return tl_csv_fail(r->csv, column, err, "empty, expected the id of an activity");
    if (!tl_map_find(r->activities, id, &value))
        return tl_csv_fail(r->csv, column, err, "no activity '" TL_SPAN_FMT "' in activities.csv",
                           TL_SPAN_ARG(id));
    *index = (uint32_t)value;
    return TL_OK;
}

static tl_status find_column_activity(struct reading *r, uint32_t *index, tl_error *err)
{
    int column = r->file->at.column;
    tl_span id = tl_span_trim(tl_csv_cell(r->csv, column));
    if (id.n && id.n == r->last_n && memcmp(id.p, r->last_id, id.n) == 0) {
        *index = r->last_index;
        return TL_OK;
    }
    tl_status st = find_activity(r, column, id, index, err);
    r->last_n = 0;
    if (st == TL_OK && id.n <= sizeof r->last_id) {
        memcpy(r->last_id, id.p, id.n);
        r->last_n = id.n;
        r->last_index = *index;
    }
    return st;
}

static tl_status find_flow(const struct reading *r, uint32_t *index, tl_error *err)
{
    tl_span id = tl_span_trim(tl_csv_cell(r->csv, r->file->at.row));
    size_t at;
    if (id.n == 0)
        return tl_csv_fail(r->csv, r->file->at.row, err, "empty, expected the id of a flow");
    tl_status st = tl_map_add(r->list->flows, id, 0, &at, NULL, err);
    *index = (uint32_t)at;
    return st;
}

/* A number from 0 to 5 or a name; empty means none. */
static tl_status read_distribution(const struct reading *r, int *out, tl_error *err)
{
    static const char *const names[] = { "undefined", "certain", "lognormal",
                                         "normal",    "uniform", "triangular" };
    tl_span cell = tl_span_trim(tl_csv_cell(r->csv, r->file->at.distribution));
    *out = TL_LCA_UNDEFINED;
    if (cell.n == 0)
        return TL_OK;
    if (cell.n == 1 && cell.p[0] >= '0' && cell.p[0] <= '5') {
        *out = cell.p[0] - '0';
        return TL_OK;
    }
    for (int i = 0; i < (int)(sizeof names / sizeof *names); i++)
        if (tl_span_is(cell, names[i])) {
            *out = i;
            return TL_OK;
        }
    return tl_csv_fail(r->csv, r->file->at.distribution, err,
                       "'" TL_SPAN_FMT "', expected 0 to 5 or undefined, certain, lognormal, "
                       "normal, uniform, triangular",
                       TL_SPAN_ARG(cell));
}

/* A parameter that the distribution cannot do without. */
static tl_status need(const struct reading *r, int column, const char *name, const char *word,
                      double *out, tl_error *err)
{
    bool given = false;
    tl_status st = tl_csv_number_opt(r->csv, column, out, &given, err);
    if (st != TL_OK || given)
        return st;
    if (column < 0)
        return tl_csv_fail(r->csv, -1, err, "no column '%s', which a %s amount needs", name, word);
    return tl_csv_fail(r->csv, column, err, "empty, expected a number for a %s amount", word);
}

static tl_status read_uncertainty(const struct reading *r, tl_lca_uncertainty *u, tl_error *err)
{
    const struct columns *at = &r->file->at;
    bool given;
    tl_status st = read_distribution(r, &u->distribution, err);
    if (st != TL_OK || u->distribution <= TL_LCA_CERTAIN)
        return st;
    u->loc = NAN;
    if (u->distribution != TL_LCA_UNIFORM &&
        (st = tl_csv_number_opt(r->csv, at->loc, &u->loc, &given, err)) != TL_OK)
        return st;
    if (u->distribution == TL_LCA_LOGNORMAL || u->distribution == TL_LCA_NORMAL) {
        const char *word = u->distribution == TL_LCA_NORMAL ? "normal" : "lognormal";
        if ((st = need(r, at->scale, "scale", word, &u->scale, err)) == TL_OK && u->scale < 0)
            st = tl_csv_fail(r->csv, at->scale, err,
                             "%g is negative, expected a standard deviation", u->scale);
        return st;
    }
    const char *word = u->distribution == TL_LCA_UNIFORM ? "uniform" : "triangular";
    if ((st = need(r, at->minimum, "min", word, &u->minimum, err)) == TL_OK)
        st = need(r, at->maximum, "max", word, &u->maximum, err);
    return st;
}

static tl_status keep_uncertainty(tl_exchange_list *list, const tl_lca_uncertainty *u,
                                  uint32_t *place, tl_error *err)
{
    tl_status st = tl_grow(&list->uncertainties, &list->uncertainties_cap,
                           list->uncertainties_n + 1, sizeof *list->uncertainties, err);
    if (st != TL_OK)
        return st;
    list->uncertainties[list->uncertainties_n++] = *u;
    *place = (uint32_t)list->uncertainties_n;
    return TL_OK;
}

static tl_status read_row(struct reading *r, tl_error *err)
{
    tl_exchange_row row = { .line = tl_csv_row(r->csv) };
    tl_lca_uncertainty u = { 0 };
    const struct columns *at = &r->file->at;
    tl_span id = tl_span_trim(tl_csv_cell(r->csv, at->row));
    tl_status st = r->file->biosphere ? find_flow(r, &row.row, err)
                                      : find_activity(r, at->row, id, &row.row, err);
    if (st != TL_OK || (st = find_column_activity(r, &row.column, err)) != TL_OK ||
        (st = tl_csv_number(r->csv, at->amount, &row.amount, err)) != TL_OK ||
        (st = read_uncertainty(r, &u, err)) != TL_OK)
        return st;
    if (u.distribution > TL_LCA_CERTAIN &&
        (st = keep_uncertainty(r->list, &u, &row.uncertainty, err)) != TL_OK)
        return st;
    if ((st = tl_grow(&r->list->rows, &r->list->cap, r->list->n + 1, sizeof row, err)) == TL_OK)
        r->list->rows[r->list->n++] = row;
    return st;
}

/* An empty list for the next part; its memory stays. */
static tl_status empty_list(tl_exchange_list *list, bool biosphere, tl_error *err)
{
    list->n = list->uncertainties_n = 0;
    tl_map_free(list->flows);
    list->flows = NULL;
    return biosphere ? tl_map_new(&list->flows, err) : TL_OK;
}

static void clear_list(tl_exchange_list *list)
{
    free(list->rows);
    free(list->uncertainties);
    tl_map_free(list->flows);
}

/* Reads up to `most` rows into the list; *more tells whether there may be others. */
static tl_status read_list(struct reading *r, size_t most, bool *more, tl_error *err)
{
    tl_status st = empty_list(r->list, r->file->biosphere, err);
    *more = true;
    while (st == TL_OK && r->list->n < most) {
        if ((st = tl_csv_next(r->csv, more, err)) != TL_OK || !*more)
            break;
        st = read_row(r, err);
    }
    return st;
}

/* One file from its beginning, a list of LIST_ROWS rows at a time. */
static tl_status read_in_order(const tl_exchange_job *job, const struct file *file, size_t number,
                               tl_error *err)
{
    tl_exchange_list list = { 0 };
    struct reading r = {
        .file = file, .csv = file->csv, .activities = job->activities, .list = &list
    };
    bool more = true;
    tl_status st = TL_OK;
    while (more && st == TL_OK)
        if ((st = read_list(&r, LIST_ROWS, &more, err)) == TL_OK)
            st = job->put(job->ctx, number, &list, 0, err);
    clear_list(&list);
    return st;
}

/* Threads that read parts; each waits for its turn to hand on what it read. */
struct team {
    const tl_exchange_job *job;
    const struct file *files;
    size_t parts[TL_EXCHANGE_FILES];
    tl_exchange_list lists[MOST_THREADS];
    pthread_mutex_t lock; /* guards all below */
    pthread_cond_t next;
    size_t turn;  /* part whose rows come next */
    size_t lines; /* of its file, before it */
    bool failed;
};

/* Waits until all parts before `part` are handed on; false if one of them failed. The lowest part
 * in work never waits, because parts are given out in order. */
static bool wait_turn(struct team *t, size_t part)
{
    pthread_mutex_lock(&t->lock);
    while (t->turn != part && !t->failed)
        pthread_cond_wait(&t->next, &t->lock);
    bool go = !t->failed;
    pthread_mutex_unlock(&t->lock);
    return go;
}

static void end_turn(struct team *t, size_t lines, bool failed)
{
    pthread_mutex_lock(&t->lock);
    t->turn++;
    t->lines += lines;
    t->failed = t->failed || failed;
    pthread_cond_broadcast(&t->next);
    pthread_mutex_unlock(&t->lock);
}

/* Work item: the parts of the first file, then those of the second. */
static tl_status read_part(void *ctx, size_t item, unsigned worker, tl_error *err)
{
    struct team *t = ctx;
    size_t k = item < t->parts[0] ? 0 : 1, part = k ? item - t->parts[0] : item, lines = 0;
    const struct file *file = &t->files[k];
    struct reading r = { .file = file,
                         .activities = t->job->activities,
                         .list = &t->lists[worker] };
    bool more = false;
    tl_status st = tl_csv_open_part(&r.csv, file->csv, part, t->parts[k], err);
    if (st == TL_OK) {
        st = read_list(&r, SIZE_MAX, &more, err);
        lines = tl_csv_lines(r.csv);
        if (st == TL_OK && !tl_csv_plain(r.csv))
            st = tl_csv_fail(r.csv, -1, err, "not plain");
        tl_csv_close(r.csv);
    }
    bool go = wait_turn(t, item);
    if (go && st == TL_OK) {
        if (part == 0)
            t->lines = tl_csv_lines(file->csv); /* its header; nobody else has the turn */
        st = t->job->put(t->job->ctx, k, r.list, t->lines, err);
    }
    end_turn(t, lines, st != TL_OK);
    return go ? st : TL_ECANCELLED;
}

static tl_status read_in_parts(const tl_exchange_job *job, const struct file *files,
                               unsigned threads)
{
    struct team team = { .job = job,
                         .files = files,
                         .lock = PTHREAD_MUTEX_INITIALIZER,
                         .next = PTHREAD_COND_INITIALIZER };
    for (size_t k = 0; k < TL_EXCHANGE_FILES; k++)
        team.parts[k] = tl_csv_bytes(files[k].csv) / PART_BYTES + 1;
    tl_status st = tl_parallel(threads, team.parts[0] + team.parts[1], read_part, &team, NULL);
    for (size_t i = 0; i < MOST_THREADS; i++)
        clear_list(&team.lists[i]);
    pthread_cond_destroy(&team.next);
    pthread_mutex_destroy(&team.lock);
    return st;
}

tl_status tl_exchange_read(const tl_exchange_job *job, bool *again, tl_error *err)
{
    struct file files[TL_EXCHANGE_FILES];
    size_t bytes = 0;
    tl_status st = TL_OK;
    unsigned threads = job->threads ? job->threads : tl_processors();
    *again = false;
    for (size_t k = 0; k < TL_EXCHANGE_FILES; k++) {
        files[k] = (struct file){ .csv = job->files[k], .biosphere = k == BIOSPHERE };
        if ((st = find_columns(&files[k], err)) != TL_OK)
            return st;
        bytes += tl_csv_bytes(job->files[k]);
    }
    if (threads > 1 && bytes > 2 * PART_BYTES) {
        st = read_in_parts(job, files, threads < MOST_THREADS ? threads : MOST_THREADS);
        *again = st != TL_OK;
        return TL_OK;
    }
    for (size_t k = 0; k < TL_EXCHANGE_FILES && st == TL_OK; k++)
        st = read_in_order(job, &files[k], k, err);
    return st;
}
