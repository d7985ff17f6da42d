/* postgres_value.c - values to the server's binary form and back.
 *
 * The server tells the type of each parameter and column when a query is prepared; numbers travel
 * as their eight bytes, most significant first, so nothing is rounded on the way. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "store/postgres_priv.h"

static void put_bytes(char *to, uint64_t v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] = (char)(unsigned char)(v >> (8 * (n - 1 - i)));
}

static uint64_t take_bytes(const char *from, size_t n)
{
    uint64_t v = 0;
    for (size_t i = 0; i < n; i++)
        v = v << 8 | (unsigned char)from[i];
    return v;
}

/* The value to bind; NULL while rows are being read, which still stand on the old ones. */
static tl_pg_value *free_value(tl_query *q, int parameter)
{
    return q->pg->state == TL_PG_IDLE ? &q->pg->values[parameter - 1] : NULL;
}

static tl_status put_fixed(tl_pg_value *v, uint64_t bits, size_t n)
{
    put_bytes(v->fixed, bits, n);
    v->p = v->fixed;
    v->n = n;
    return TL_OK;
}

static tl_status put_copy(tl_pg_value *v, const void *p, size_t n)
{
    if (n > INT32_MAX)
        return TL_EINPUT;
    if (tl_grow(&v->bytes, &v->cap, n + 1, 1, NULL) != TL_OK)
        return TL_ENOMEM;
    memcpy(v->bytes, p, n);
    v->p = v->bytes;
    v->n = n;
    return TL_OK;
}

static tl_status put_number(tl_pg_value *v, double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return put_fixed(v, bits, 8);
}

tl_status tl_pg_bind_int(tl_query *q, int parameter, int64_t number)
{
    char words[24];
    tl_pg_value *v = free_value(q, parameter);
    if (!v)
        return TL_EIO;
    switch (v->type) {
    case TL_PG_INT8:
        return put_fixed(v, (uint64_t)number, 8);
    case TL_PG_INT4:
        return number == (int32_t)number ? put_fixed(v, (uint64_t)number, 4) : TL_ECONFLICT;
    case TL_PG_FLOAT8:
        return put_number(v, (double)number);
    case TL_PG_TEXT:
        snprintf(words, sizeof words, "%" PRId64, number);
        return put_copy(v, words, strlen(words));
    default:
        return TL_ECONFLICT;
    }
}

tl_status tl_pg_bind_number(tl_query *q, int parameter, double number)
{
    tl_pg_value *v = free_value(q, parameter);
    if (!v)
        return TL_EIO;
    if (v->type == TL_PG_FLOAT8)
        return put_number(v, number);
    /* a whole number that a double holds exactly may stand for an integer, as with SQLite */
    if (number > -9007199254740992.0 && number < 9007199254740992.0 &&
        (double)(int64_t)number == number && v->type != TL_PG_TEXT)
        return tl_pg_bind_int(q, parameter, (int64_t)number);
    return TL_ECONFLICT;
}

/* Text that is a number may stand for one, as with SQLite. */
static tl_status put_words(tl_query *q, int parameter, const char *p, size_t n)
{
    char words[64];
    int64_t whole_number;
    double number;
    if (n >= sizeof words || q->pg->values[parameter - 1].type == TL_PG_BYTEA)
        return TL_ECONFLICT;
    memcpy(words, p, n);
    words[n] = '\0';
    if (tl_int_parse(words, INT64_MIN, INT64_MAX, &whole_number, NULL) == TL_OK)
        return tl_pg_bind_int(q, parameter, whole_number);
    return tl_number_parse(words, &number, NULL) == TL_OK ? tl_pg_bind_number(q, parameter, number)
                                                          : TL_ECONFLICT;
}

tl_status tl_pg_bind_text(tl_query *q, int parameter, const char *p, size_t n)
{
    tl_pg_value *v = free_value(q, parameter);
    return !v ? TL_EIO : v->type == TL_PG_TEXT ? put_copy(v, p, n) : put_words(q, parameter, p, n);
}

tl_status tl_pg_bind_blob(tl_query *q, int parameter, const void *p, size_t n)
{
    tl_pg_value *v = free_value(q, parameter);
    return !v ? TL_EIO : v->type == TL_PG_BYTEA ? put_copy(v, p, n) : TL_ECONFLICT;
}

tl_status tl_pg_bind_null(tl_query *q, int parameter)
{
    tl_pg_value *v = free_value(q, parameter);
    if (!v)
        return TL_EIO;
    v->p = NULL;
    v->n = 0;
    return TL_OK;
}

void tl_pg_unbind(tl_query *q)
{
    for (int i = 0; i < q->parameters; i++) {
        q->pg->values[i].p = NULL;
        q->pg->values[i].n = 0;
    }
}

/* A column of the current row. */
static tl_pg_cell cell(const tl_query *q, int column)
{
    const struct tl_pg_query *pg = q->pg;
    if (column < 0 || column >= pg->columns)
        return (tl_pg_cell){ 0 };
    if (!pg->result)
        return pg->state == TL_PG_KEPT ? pg->cells[column] : (tl_pg_cell){ 0 };
    if (PQgetisnull(pg->result, pg->row, column))
        return (tl_pg_cell){ 0 };
    return (tl_pg_cell){ PQgetvalue(pg->result, pg->row, column),
                         (size_t)PQgetlength(pg->result, pg->row, column) };
}

static int64_t whole(tl_pg_cell c)
{
    return c.n == 8   ? (int64_t)take_bytes(c.p, 8)
           : c.n == 4 ? (int32_t)take_bytes(c.p, 4)
           : c.n == 2 ? (int16_t)take_bytes(c.p, 2)
                      : (int64_t)take_bytes(c.p, 1);
}

static double real(tl_pg_cell c)
{
    double v;
    float f;
    uint64_t bits = take_bytes(c.p, c.n);
    uint32_t narrow = (uint32_t)bits;
    memcpy(&v, &bits, sizeof v);
    memcpy(&f, &narrow, sizeof f);
    return c.n == 8 ? v : (double)f;
}

static bool is_real(Oid type)
{
    return type == TL_PG_FLOAT8 || type == TL_PG_FLOAT4;
}

static bool is_bytes(Oid type)
{
    return type == TL_PG_TEXT || type == TL_PG_BYTEA;
}

bool tl_pg_is_null(tl_query *q, int column)
{
    return !cell(q, column).p;
}

int64_t tl_pg_get_int(tl_query *q, int column)
{
    int64_t v = 0;
    tl_pg_cell c = cell(q, column);
    if (!c.p)
        return 0;
    if (is_bytes(q->pg->types[column]))
        return tl_int_parse(c.p, INT64_MIN, INT64_MAX, &v, NULL) == TL_OK ? v : 0;
    if (!is_real(q->pg->types[column]))
        return whole(c);
    double d = real(c); /* SQLite cuts the fraction off and stops at the ends */
    return d >= 9223372036854775807.0    ? INT64_MAX
           : d <= -9223372036854775808.0 ? INT64_MIN
                                         : (int64_t)d;
}

double tl_pg_get_number(tl_query *q, int column)
{
    tl_pg_cell c = cell(q, column);
    if (!c.p || is_bytes(q->pg->types[column]))
        return 0;
    return is_real(q->pg->types[column]) ? real(c) : (double)whole(c);
}

const char *tl_pg_get_text(tl_query *q, int column)
{
    tl_pg_cell c = cell(q, column);
    if (!c.p || is_bytes(q->pg->types[column]))
        return c.p;
    char *words = q->pg->words[column];
    if (is_real(q->pg->types[column]))
        tl_number_format(real(c), words);
    else
        snprintf(words, sizeof *q->pg->words, "%" PRId64, whole(c));
    return words;
}

const void *tl_pg_get_blob(tl_query *q, int column, size_t *n)
{
    tl_pg_cell c = cell(q, column);
    *n = c.n;
    return c.p;
}
