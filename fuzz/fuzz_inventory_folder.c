/* fuzz_inventory_folder.c - five CSV files in one blob, separated by bytes 0x1E; what is accepted
 * is also solved. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "intake/inventory_folder.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void solve(const tl_inventory_folder *in)
{
    tl_lca_solver *solver = NULL;
    tl_lca_solution *x = NULL;
    tl_lca_score score = { 0 };
    tl_status st = tl_lca_solver_new(&solver, in->system, NULL, NULL);
    if (st == TL_OK)
        st = tl_lca_solve(solver, in->demand, in->demand_n, &x, NULL);
    if (st == TL_OK)
        st = tl_lca_solution_score(solver, x, in->category, &score, NULL);
    if (st == TL_OK && !isfinite(score.score))
        abort();
    tl_lca_solution_free(x);
    tl_lca_solver_free(solver);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[TL_INVENTORY_FILES] = { "a", "t", "b", "c", "d" };
    tl_csv *files[TL_INVENTORY_FILES] = { NULL };
    tl_inventory_folder in = { 0 };
    tl_error err = { 0 };
    tl_span rest = { (const char *)data, size }, piece;
    tl_status st = TL_OK;
    if (size > 20000)
        return 0;
    for (size_t i = 0; i < TL_INVENTORY_FILES && st == TL_OK; i++) {
        if (!tl_span_split(&rest, '\x1E', &piece))
            piece = (tl_span){ "", 0 };
        st = tl_csv_open_memory(&files[i], names[i], piece.p, piece.n, NULL, &err);
    }
    if (st == TL_OK)
        st = tl_inventory_folder_read(&in, files, 1, &err);
    if (st == TL_OK)
        solve(&in);
    else if (in.system || in.demand || !strchr("atbcd", err.text[0]))
        abort();
    tl_inventory_folder_clear(&in);
    for (size_t i = 0; i < TL_INVENTORY_FILES; i++)
        tl_csv_close(files[i]);
    return 0;
}
