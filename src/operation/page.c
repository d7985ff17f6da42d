/* page.c - limit and cursor read, the next cursor left in the call. */
#include "operation/page.h"

#include <string.h>

#include "base/hash.h"
#include "base/number.h"

/* The same however the filters are ordered: their hashes are added up. */
uint64_t tl_page_list(const char *name, const tl_given *given, size_t n)
{
    uint64_t sum = tl_fnv1a(name, strlen(name));
    for (size_t i = 0; i < n; i++) {
        if (strcmp(given[i].name, "limit") == 0 || strcmp(given[i].name, "cursor") == 0)
            continue;
        uint64_t pair[2] = { tl_fnv1a(given[i].name, strlen(given[i].name)),
                             tl_fnv1a(given[i].value, strlen(given[i].value)) };
        sum += tl_fnv1a(pair, sizeof pair);
    }
    return sum;
}

static uint64_t list_of(const tl_call *c)
{
    return tl_page_list(c->operation->name, c->given, c->n_given);
}

tl_status tl_page_read(const tl_call *c, size_t n, size_t unasked, tl_page *out, tl_error *err)
{
    const char *cursor = tl_call_text(c, "cursor");
    int64_t limit = (int64_t)unasked;
    tl_call_int(c, "limit", &limit);
    *out = (tl_page){ .limit = (size_t)limit, .goes_on = cursor != NULL };
    return cursor ? tl_cursor_read(cursor, list_of(c), c->arena, out->after, n, err) : TL_OK;
}

tl_status tl_page_more(tl_call *c, const char *const *fields, size_t n, tl_error *err)
{
    c->next = tl_cursor_write(list_of(c), fields, n, c->arena);
    return c->next ? TL_OK : tl_fail_nomem(err);
}

tl_status tl_page_pick(tl_call *c, const tl_page *p, const char *const *keys, size_t n,
                       size_t *from, size_t *until, tl_error *err)
{
    *from = 0;
    while (p->goes_on && *from < n && strcmp(keys[*from], p->after[0]) <= 0)
        ++*from;
    *until = p->limit && n - *from > p->limit ? *from + p->limit : n;
    return *until < n ? tl_page_more(c, &keys[*until - 1], 1, err) : TL_OK;
}
