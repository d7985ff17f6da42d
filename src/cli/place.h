/* place.h - where the bundled data sets lie. */
#ifndef TL_CLI_PLACE_H
#define TL_CLI_PLACE_H

#include "base/memory.h"

/* `given` if not NULL, else $TANLIAN_DATA, else ../data or ../share/tanlian/data beside the running
 * program; NULL if none of these exists. */
const char *tl_data_folder(const char *given, tl_arena *arena);

#endif
