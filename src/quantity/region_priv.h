/* region_priv.h - the table behind region.h. */
#ifndef TL_QUANTITY_REGION_PRIV_H
#define TL_QUANTITY_REGION_PRIV_H

#include "quantity/region.h"

typedef struct tl_region_alias {
    const char *name, *code;
} tl_region_alias;

extern const tl_region tl_region_table[];
extern const size_t tl_region_table_size;
extern const tl_region_alias tl_region_aliases[];
extern const size_t tl_region_aliases_size;

#endif
