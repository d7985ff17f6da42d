/* lca.h - one call of `tanlian lca`, shared by the files of its forms. */
#ifndef TL_CLI_LCA_H
#define TL_CLI_LCA_H

#include "cli/cli.h"
#include "format/grid.h"
#include "format/json.h"
#include "intake/inventory_folder.h"

/* Options as given, and what was made from the folder. */
typedef struct tl_lca_call {
    tl_cli *cli;
    const char *folder;     /* as given */
    tl_option_list demands; /* --demand ID=AMOUNT */
    const char *method, *samples_path;
    bool all;
    int64_t top, depth, samples, seed;
    double cutoff;
    tl_inventory_folder in;
    tl_lca_solver *solver;
    tl_lca_solution *solution; /* of the demand; NULL until tl_lca_call_solve */
} tl_lca_call;

/* Solves the demand of the call. */
TL_MUST_CHECK tl_status tl_lca_call_solve(tl_lca_call *c, tl_error *err);

/* The forms: each computes and writes to out, JSON or text. */
tl_status tl_lca_write_solve(tl_lca_call *c, tl_buf *out, tl_error *err);
tl_status tl_lca_write_score(tl_lca_call *c, tl_buf *out, tl_error *err);
tl_status tl_lca_write_unit_scores(tl_lca_call *c, tl_buf *out, tl_error *err);
tl_status tl_lca_write_contributions(tl_lca_call *c, tl_buf *out, tl_error *err);
tl_status tl_lca_write_samples(tl_lca_call *c, tl_buf *out, tl_error *err);

/* A cell with v to six significant digits, "-" if it is none. */
void tl_lca_cell(tl_grid *g, double v);

/* A cell with a share as percent. */
void tl_lca_share_cell(tl_grid *g, double share);

/* A line "name  value". */
void tl_lca_pair(tl_grid *g, const char *name, double v);

/* Name of an activity for people: its name, or the id where it has none. */
const char *tl_lca_label(const tl_lca_call *c, size_t activity);

/* Ends a form: writes the grid under a heading (NULL: none) and releases it. */
void tl_lca_put_grid(tl_buf *out, const char *heading, tl_grid *g);

#endif
