/* fuzz_lca_image.c - any bytes as a saved system: refused, or one that can be solved and sampled.
 *
 * The checksum is put right first, or nothing would come through; sizes in the header follow the
 * input's. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lca/image.h"
#include "tanlian/lca.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void use(const tl_lca_system *s)
{
    tl_lca_facts facts;
    tl_lca_solver *v = NULL;
    tl_lca_samples *m = NULL;
    const double *unit;
    size_t undefined, first = 0;
    tl_lca_system_facts(s, &facts);
    if (tl_lca_find_activity(s, tl_lca_activity_name(s, 0).id) != 0)
        abort();
    if (facts.activities > 1000 || tl_lca_solver_new(&v, s, NULL, NULL) != TL_OK)
        return;
    if (facts.categories > 0 && tl_lca_unit_scores(v, 0, &unit, &undefined, NULL) == TL_OK &&
        tl_lca_sample_products(v, &first, 1, 0, &(tl_lca_sample_options){ .n = 8, .threads = 1 },
                               &m, NULL) == TL_OK)
        tl_lca_samples_free(m);
    tl_lca_solver_free(v);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tl_lca_system *s;
    char *copy = aligned_alloc(64, (size + 64) / 64 * 64);
    if (!copy)
        return 0;
    if (size)
        memcpy(copy, data, size);
    if (size >= LCA_HEADER_BYTES)
        lca_image_seal(copy, size);
    tl_file_view view = { copy, size, false };
    if (lca_image_take(&s, &view, "input", NULL) != TL_OK) {
        free(copy);
        return 0;
    }
    use(s);
    tl_lca_system_free(s);
    return 0;
}
