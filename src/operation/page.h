/* page.h - long lists a page at a time: the arguments limit and cursor of a call. */
#ifndef TL_OPERATION_PAGE_H
#define TL_OPERATION_PAGE_H

#include "operation/cursor.h"
#include "operation/operation.h"

enum { TL_PAGE_MOST = 1000 };

#define TL_PAGE_CURSOR                                                                             \
    {                                                                                              \
        .name = "cursor", .help = {                                                                \
            "go on after a page: what it told as next",                                            \
            "续页游标：取自上一页的 next"                                               \
        }                                                                                          \
    }
#define TL_PAGE_ARGUMENTS                                                                          \
    { .name = "limit",                                                                             \
      .kind = TL_ARGUMENT_INT,                                                                     \
      .least = 1,                                                                                  \
      .most = TL_PAGE_MOST,                                                                        \
      .shown = "N",                                                                                \
      .help = { "a page of so many; all if not given", "每页行数，默认全部" } },                   \
        TL_PAGE_CURSOR

typedef struct tl_page {
    size_t limit;                        /* rows wanted; 0: all */
    const char *after[TL_CURSOR_FIELDS]; /* names the row seen last */
    bool goes_on;                        /* there is one: a cursor was given */
} tl_page;

/* Reads the arguments of a list whose rows are named by n fields. unasked: how many rows where no
 * limit is given. TL_EINPUT for a cursor that is not of this list with these filters. */
TL_MUST_CHECK tl_status tl_page_read(const tl_call *c, size_t n, size_t unasked, tl_page *out,
                                     tl_error *err);

/* What tells this list and its filters from others: for lists that are no operation. */
uint64_t tl_page_list(const char *name, const tl_given *given, size_t n);

/* Says that more follows after the row that n fields name. Before the report is kept. */
TL_MUST_CHECK tl_status tl_page_more(tl_call *c, const char *const *fields, size_t n,
                                     tl_error *err);

/* Picks the page out of a whole list: the items from *from up to *until, and says what follows.
 * keys are the texts that order it, rising by bytes; the list has one field. */
TL_MUST_CHECK tl_status tl_page_pick(tl_call *c, const tl_page *p, const char *const *keys,
                                     size_t n, size_t *from, size_t *until, tl_error *err);

#endif
