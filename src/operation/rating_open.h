/* rating_open.h - what the operations of the rating open: a definition, an edition, one company. */
#ifndef TL_OPERATION_RATING_OPEN_H
#define TL_OPERATION_RATING_OPEN_H

#include "operation/operation.h"
#include "report/rating.h"

/* Arguments that say which index, period and level is meant. */
#define TL_RATING_ARGUMENTS                                                                        \
    { .name = "index",                                                                             \
      .shown = "INDEX[@VERSION]",                                                                  \
      .help = { "the index, cati-auto if not given", "指数，默认 cati-auto" } },                   \
    {                                                                                              \
        .name = "period", .help = {                                                                \
            "the year assessed, the latest if not given",                                          \
            "评价期，默认最新"                                                             \
        }                                                                                          \
    }
#define TL_RATING_LEVEL                                                                            \
    {                                                                                              \
        .name = "level", .kind = TL_ARGUMENT_CHOICE, .choices = "indicator|theme|total", .help = { \
            "how fine the results are",                                                            \
            "数据层级"                                                                         \
        }                                                                                          \
    }

typedef struct tl_rating_opened {
    tl_index index;
    tl_edition edition, before;
    tl_index before_index;
    tl_rating_view view;
} tl_rating_opened;

/* The definition of the argument "index". */
TL_MUST_CHECK tl_status tl_rating_open_index(const tl_call *c, tl_index *out, tl_error *err);

/* The same where published results are asked for: of an index without a version the newest that has
 * some, so that a version installed for ratings to come takes nothing away. */
TL_MUST_CHECK tl_status tl_rating_open_published(const tl_call *c, tl_index *out, tl_error *err);

/* That, and the published results of "period" with their league table. */
TL_MUST_CHECK tl_status tl_rating_open(const tl_call *c, tl_rating_opened *out, tl_error *err);

/* The row of the company a person means by `text`. TL_ENOTFOUND where it is not rated. */
TL_MUST_CHECK tl_status tl_rating_row(const tl_call *c, const tl_rating_opened *o, const char *text,
                                      const tl_league_row **row, tl_error *err);

/* The argument "level"; false where it is not given, then *level is the finest. */
bool tl_rating_level(const tl_call *c, tl_sheet_level *level);

/* The published result of a company at the level asked for, else at the finest one.
 * (rate_company.c)
 */
TL_MUST_CHECK tl_status tl_rating_published(const tl_call *c, const tl_index *x,
                                            const char *company, tl_assessment *out, tl_error *err);

/* The latest period in which a company was assessed under x. TL_ENOTFOUND. */
TL_MUST_CHECK tl_status tl_rating_latest_period(const tl_call *c, const tl_index *x,
                                                const char *company, const char **period,
                                                tl_error *err);

/* May who asks see this version: what is published may be seen by all; what the company is asked
 * about, and what is final, by its people too; the rest by those who assess. */
bool tl_rating_visible(const tl_call *c, const tl_assessment *a);

/* The newest period of which a published result is there, or one that may be seen where nothing is
 * published. TL_ENOTFOUND. */
TL_MUST_CHECK tl_status tl_rating_shown_period(const tl_call *c, const tl_index *x,
                                               const char *company, const char **period,
                                               tl_error *err);

#endif
