/* supplier_factor.h - what a supplier has declared for a material, in place of the average.
 *
 * A line of a bill of materials that names the supplier for the material is counted with it. The
 * value stands for the material as delivered, whatever its route and recycled share; letter case
 * and width of the names do not count. */
#ifndef TL_FOOTPRINT_SUPPLIER_FACTOR_H
#define TL_FOOTPRINT_SUPPLIER_FACTOR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

typedef struct tl_supplier_factor {
    const char *material; /* id of data/car-rule/materials.csv */
    const char *supplier; /* as bills name it */
    double kg_co2e_per_kg;
    const char *pin;      /* what it stands on: id and version of a declaration, "epd-coil@1" */
    const char *checksum; /* seal of that version; NULL or "": not known */
    const char *boundary; /* of the declared value, "cradle to gate"; NULL or "": not said */
} tl_supplier_factor;

/* Whether two names are one, letter case, width and blanks at the ends aside. */
TL_MUST_CHECK tl_status tl_supplier_same(const char *a, const char *b, bool *same, tl_error *err);

/* The first of n factors for this material from this supplier, NULL where there is none: "" is no
 * supplier. TL_ENUMERIC where its value is no finite number. */
TL_MUST_CHECK tl_status tl_supplier_factor_find(const tl_supplier_factor *list, size_t n,
                                                const char *material, const char *supplier,
                                                const tl_supplier_factor **out, tl_error *err);

#endif
