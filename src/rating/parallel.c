/* parallel.c - which indicators stand beside each other. */
#include "rating/parallel_priv.h"

int tl_parallel_main(const tl_index *x, int item)
{
    const int beside = x->items[item].parallel_of;
    return beside < 0 ? item : beside; /* a parallel one has none beside itself */
}

int tl_parallel_theme(const tl_index *x, int item)
{
    for (size_t t = 0; t < x->n_themes; t++) {
        const tl_index_theme *theme = &x->themes[t];
        size_t k = 0;
        while (k < theme->n_slots && tl_parallel_main(x, x->slot_items[theme->slots[k]]) == item)
            k++;
        if (k == theme->n_slots)
            return (int)t;
    }
    return -1;
}
