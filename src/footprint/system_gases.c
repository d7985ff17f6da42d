/* system_gases.c - the flows of the system weighed as CO2e, with values of the data set gwp. */
#include <math.h>
#include <string.h>

#include "dataset/table.h"
#include "footprint/system_priv.h"
#include "quantity/gwp.h"

/* Values of all gases in all sets; an empty cell is a value the set does not have. */
static tl_status fill(tl_gwp *g, const tl_table *t, tl_error *err)
{
    tl_status st = TL_OK;
    for (size_t i = 0; st == TL_OK && i < t->sheet.rows; i++)
        for (size_t k = 0; st == TL_OK && k < TL_GWP_SETS; k++) {
            double value;
            st = tl_sheet_number_opt(&t->sheet, i, t->at[1 + k], &value, err);
            if (st == TL_OK && !isnan(value))
                st = tl_gwp_add(g, tl_table_text(t, i, 0), (tl_gwp_set)k, value, err);
            if (st != TL_OK)
                st = tl_context(err, st, "%s:%zu", t->sheet.name, t->sheet.lines[i]);
        }
    return st;
}

static tl_status load(struct tl_system_reading *r, tl_gwp *g, tl_error *err)
{
    static const char *const names[] = { "gas", "sar", "ar4", "ar5", "ar6" };
    tl_table t;
    tl_dataset set;
    const tl_table_reader from = { r->store, &set, r->arena };
    tl_status st = tl_dataset_get(r->store, "gwp", NULL, r->arena, &set, err);
    if (st == TL_OK)
        st = tl_pins_add(r->pins, &set, err);
    if (st == TL_OK)
        st = tl_table_read(&t, &from, "gwp.csv", names, sizeof names / sizeof *names, err);
    return st == TL_OK ? fill(g, &t, err) : st;
}

/* CO2e is 1 by definition, a gas has the value of the chosen set. */
static tl_status weigh(struct tl_system_reading *r, const tl_gwp *g, tl_gwp_set set,
                       const char *flow, tl_error *err)
{
    double value = 1;
    tl_status st = strcmp(flow, "CO2e") == 0 ? TL_OK : tl_gwp_get(g, flow, set, &value, err);
    if (st != TL_OK)
        return st;
    return tl_lca_add_factor(r->system->builder, 0, tl_lca_builder_flow(r->system->builder, flow),
                             value, err);
}

/* Every flow of the evidence once, in the order of its first mention. */
static tl_status weigh_all(struct tl_system_reading *r, const tl_gwp *g, tl_gwp_set set,
                           tl_error *err)
{
    const tl_car_evidence *e = r->system->evidence;
    tl_status st = TL_OK;
    for (size_t i = 0; st == TL_OK && i < r->system->evidence_count; i++) {
        bool first = tl_lca_builder_flow(r->system->builder, e[i].what) != TL_LCA_NONE;
        for (size_t k = 0; first && k < i; k++)
            first = strcmp(e[k].what, e[i].what) != 0;
        if (first)
            st = weigh(r, g, set, e[i].what, err);
    }
    return st;
}

tl_status tl_system_characterise(struct tl_system_reading *r, tl_error *err)
{
    const tl_lca_name category = { .id = "gwp100", .name = "climate change", .unit = "kg CO2e" };
    const char *asked = tl_setting_find(r->settings, r->setting_count, "gwp");
    tl_gwp *g = NULL;
    tl_gwp_set set;
    tl_status st = tl_gwp_set_parse(asked ? asked : "AR6", &set, err);
    if (st != TL_OK)
        return tl_context(err, st, "setting gwp");
    r->system->gwp = tl_gwp_set_name(set);
    st = tl_gwp_new(&g, err);
    if (st == TL_OK)
        st = load(r, g, err);
    if (st == TL_OK)
        st = tl_lca_add_category(r->system->builder, &category, NULL, err);
    if (st == TL_OK)
        st = weigh_all(r, g, set, err);
    tl_gwp_free(g);
    return st;
}
