/* frozen.h - the answers behind a page, put away for good under the hash of what they say.
 *
 * A page that is quoted must be found again as it was, also where its numbers come from many
 * records of which each has versions of its own. What is put away are the reports themselves, with
 * their drawings; nothing of it is worked out again. The same page with the same answers is kept
 * once, whoever asks and however often. */
#ifndef TL_REPORT_FROZEN_H
#define TL_REPORT_FROZEN_H

#include "report/report.h"
#include "store/store.h"

enum {
    TL_FROZEN_ID = 33,       /* 32 hex digits and the NUL */
    TL_FROZEN_ANSWERS = 32,  /* at most, of one page */
    TL_FROZEN_PER_DAY = 1000 /* new pages a day; beyond that only people who have signed in */
};
#define TL_FROZEN_BYTES ((size_t)4 << 20)           /* at most, of one page */
#define TL_FROZEN_BYTES_PER_DAY ((size_t)128 << 20) /* as with the number a day */

/* Texts are borrowed, or in the arena where they are read. */
typedef struct tl_frozen_answer {
    const char *path, *query; /* as asked, below /api/v1: "/companies/byd", "a=1&b=2"; "" = none */
    const char *report;       /* tl_report_keep */
    const char *document;     /* JSON of its own, where it is not that of the report; else NULL */
    const char *drawing_en, *drawing_zh; /* SVG; NULL: the service draws it not */
} tl_frozen_answer;

typedef struct tl_frozen_page {
    const char *page; /* its address in the web interface without language: "/league?country=CN" */
    const char *kept_on; /* ISO day on which these answers were first put away */
    const tl_frozen_answer *answers;
    size_t n;
} tl_frozen_page;

/* The first 32 hex digits of the SHA-256 over page and answers, each text with its length. */
TL_MUST_CHECK tl_status tl_frozen_id(const tl_frozen_page *p, char id[TL_FROZEN_ID], tl_error *err);

/* Puts it away inside the caller's transaction; one that is there already stays as it is, and
 * *fresh is false. stranger: the bounds of a day hold. TL_EINPUT for what is larger than those of a
 * page, TL_ECONFLICT when those of the day are reached. */
TL_MUST_CHECK tl_status tl_frozen_put(tl_store *s, const tl_frozen_page *p, bool stranger,
                                      char id[TL_FROZEN_ID], bool *fresh, tl_error *err);

/* TL_ENOTFOUND; TL_EIO where what was kept is not what its id says. */
TL_MUST_CHECK tl_status tl_frozen_get(tl_store *s, const char *id, tl_arena *arena,
                                      tl_frozen_page *out, tl_error *err);

#endif
