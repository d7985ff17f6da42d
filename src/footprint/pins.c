/* pins.c - a short sorted list. */
#include "footprint/pins.h"

#include <string.h>

tl_status tl_pins_add(tl_pins *pins, const tl_dataset *set, tl_error *err)
{
    size_t at = 0;
    while (at < pins->n && strcmp(pins->items[at].id, set->id) < 0)
        at++;
    if (at < pins->n && strcmp(pins->items[at].id, set->id) == 0) {
        if (strcmp(pins->items[at].version, set->version) == 0)
            return TL_OK;
        return tl_fail(err, TL_ECONFLICT, "data set %s is used in versions %s and %s at once",
                       set->id, pins->items[at].version, set->version);
    }
    if (pins->n == TL_PINS_MAX)
        return tl_fail(err, TL_EINPUT, "a result may stand on at most %d data sets", TL_PINS_MAX);
    memmove(&pins->items[at + 1], &pins->items[at], (pins->n - at) * sizeof *pins->items);
    pins->items[at] = (tl_pin){ set->id, set->version, set->checksum };
    pins->n++;
    return TL_OK;
}

void tl_pins_hash(const tl_pins *pins, tl_sha256 *hash)
{
    for (size_t i = 0; i < pins->n; i++) {
        tl_sha256_add_field(hash, pins->items[i].id);
        tl_sha256_add_field(hash, pins->items[i].version);
        tl_sha256_add_field(hash, pins->items[i].checksum);
    }
}
