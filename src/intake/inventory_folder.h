/* inventory_folder.h - a folder of CSV files becomes a system of the numerical engine.
 *
 * activities.csv, technosphere.csv, biosphere.csv, characterisation.csv and demand.csv, as
 * described in docs/inventory-folder.md. What is wrong is told with file, row, column, the text
 * found and what was expected; the first fault in that order of files ends the reading. */
#ifndef TL_INTAKE_INVENTORY_FOLDER_H
#define TL_INTAKE_INVENTORY_FOLDER_H

#include <stddef.h>

#include "format/csv.h"
#include "tanlian/lca.h"

enum {
    TL_INVENTORY_ACTIVITIES,
    TL_INVENTORY_TECHNOSPHERE,
    TL_INVENTORY_BIOSPHERE,
    TL_INVENTORY_CHARACTERISATION,
    TL_INVENTORY_DEMAND,
    TL_INVENTORY_FILES
};

typedef struct tl_inventory_folder {
    tl_lca_system *system; /* owned */
    tl_lca_demand *demand; /* owned; rows of demand.csv in their order */
    size_t demand_n;
    size_t category; /* the one impact category, "score" */
} tl_inventory_folder;

/* Reads the folder with up to `threads` threads (0 = one per processor); the result does not depend
 * on their number. TL_ENOTFOUND if there is no such folder, TL_EINPUT for a missing file and for
 * everything wrong inside, TL_EIO, TL_ENOMEM. *out is empty on failure. */
TL_MUST_CHECK tl_status tl_inventory_folder_load(tl_inventory_folder *out, const char *path,
                                                 unsigned threads, tl_error *err);

/* The same from readers that the caller opened and will close, in the order of the enum. */
TL_MUST_CHECK tl_status tl_inventory_folder_read(tl_inventory_folder *out,
                                                 tl_csv *const files[TL_INVENTORY_FILES],
                                                 unsigned threads, tl_error *err);

/* Releases what the struct holds. An empty one is fine. */
void tl_inventory_folder_clear(tl_inventory_folder *f);

#endif
