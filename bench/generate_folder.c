/* generate_folder.c - writes a made-up system of any size as an inventory folder.
 *
 * usage: generate_folder DIR [ACTIVITIES [SEED [BURDEN [SIGMA]]]] */
#include <stdio.h>

#include "base/number.h"
#include "generate_lca.h"

int main(int argc, char **argv)
{
    tl_error err = { 0 };
    int64_t n = 20000, seed = 1;
    bench_shape shape = { .burden = 0.8, .sigma = 0.2 };
    if (argc < 2 || argc > 6) {
        fprintf(stderr, "usage: generate_folder DIR [ACTIVITIES [SEED [BURDEN [SIGMA]]]]\n");
        return 2;
    }
    if (argc > 2)
        bench_check(tl_int_parse(argv[2], 10, 10000000, &n, &err), &err);
    if (argc > 3)
        bench_check(tl_int_parse(argv[3], 0, INT64_MAX, &seed, &err), &err);
    if (argc > 4)
        bench_check(tl_number_parse(argv[4], &shape.burden, &err), &err);
    if (argc > 5)
        bench_check(tl_number_parse(argv[5], &shape.sigma, &err), &err);
    shape.n = (size_t)n;
    shape.seed = (uint64_t)seed;
    bench_system g = bench_generate(&shape);
    bench_write_folder(&g, argv[1]);
    fprintf(stderr, "%s: %zu activities, %zu inputs, %zu emissions\n", argv[1], g.shape.n,
            g.n_inputs, g.n_emissions);
    bench_clear(&g);
    return 0;
}
