/* system.h - the inside of tl_lca_system: arrays that lie in one image, in memory or mapped.
 *
 * The image is the file format: builder_finish makes it, save writes it, load maps it. Where each
 * array lies follows from the counts in the header alone, so a file holds no offset that could lie.
 * For this folder only. */
#ifndef TL_LCA_SYSTEM_H
#define TL_LCA_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/file.h"
#include "tanlian/lca.h"

/* Things that have a name. */
enum lca_kind { LCA_ACTIVITY, LCA_FLOW, LCA_CATEGORY, LCA_KINDS };

/* Tables of amounts, all in the same compressed column form. Numbered as tl_lca_exchange_kind. */
enum lca_table_kind { LCA_INPUTS, LCA_EMISSIONS, LCA_PRODUCTIONS, LCA_FACTORS, LCA_TABLES };

/* Column c holds entries start[c] .. start[c + 1] - 1 in the order they were given, not merged. */
struct lca_table {
    const uint64_t *start;       /* columns + 1 */
    const uint32_t *row;         /* activity or flow */
    const double *amount;        /* finite */
    const uint32_t *uncertainty; /* 0 = none, else 1 + place in lca_system.uncertainty */
};

struct lca_uncertainty {
    uint32_t distribution, unused;
    double loc, scale, minimum, maximum;
};

enum { LCA_TEXTS = 4, LCA_HEADER_BYTES = 128 }; /* id, name, unit, location */

struct lca_header {
    char magic[8];
    uint32_t version, byte_order;
    uint64_t checksum; /* of everything else, header included */
    uint64_t image_bytes;
    uint64_t names[LCA_KINDS];
    uint64_t entries[LCA_TABLES];
    uint64_t uncertainties;
    uint64_t pool_bytes;
};

struct tl_lca_system {
    struct lca_header head; /* copy of the image's */
    char *image;            /* owned, or inside view */
    tl_file_view view;
    bool mapped;

    const uint32_t *text[LCA_KINDS];   /* LCA_TEXTS offsets into pool each */
    const uint32_t *sorted[LCA_KINDS]; /* indices in order of id */
    struct lca_table table[LCA_TABLES];
    const struct lca_uncertainty *uncertainty;
    const char *pool; /* NUL-terminated texts */
    tl_lca_facts facts;
};

/* Points the arrays of s into an image of s->head's counts. Returns the image's size, 0 if the
 * counts are beyond what this version holds (2^32 - 1 of anything). image may be NULL: size only.
 */
size_t lca_system_lay_out(tl_lca_system *s, char *image);

/* Columns and rows of a table. */
size_t lca_table_columns(const tl_lca_system *s, enum lca_table_kind t);
size_t lca_table_rows(const tl_lca_system *s, enum lca_table_kind t);

/* The id of thing i. */
const char *lca_id(const tl_lca_system *s, enum lca_kind kind, size_t i);

/* Sum of given production, or 1. */
double lca_production(const tl_lca_system *s, size_t activity);

/* What a finished system must obey beyond its form: no empty column, no production of 0. Fills in
 * s->facts. */
TL_MUST_CHECK tl_status lca_system_check(tl_lca_system *s, tl_error *err);

/* NULL if u suits amount, else what is wrong with it. NAN in loc is filled in from amount. */
const char *lca_uncertainty_problem(struct lca_uncertainty *u, double amount);

static inline bool lca_is_uncertain(uint32_t distribution)
{
    return distribution > TL_LCA_CERTAIN;
}

/* False for what is and remains 0, which plans leave out. An uncertain 0 may be drawn as something.
 */
static inline bool lca_is_entry(const struct lca_table *t, uint64_t e)
{
    return t->amount[e] != 0 || t->uncertainty[e] != 0;
}

/* Checksum against damage, not against malice. */
uint64_t lca_checksum(const char *data, size_t n, uint64_t seed);

#endif
