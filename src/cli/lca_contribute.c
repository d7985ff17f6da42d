/* lca_contribute.c - where a score comes from: activities, flows, suppliers, the tree upstream, and
 * the inputs whose uncertainty matters. */
#include <math.h>

#include "cli/lca.h"

/* One list of parts, its total and how many of it are shown. */
struct list {
    tl_lca_grouping grouping;
    const char *name, *heading_en, *heading_zh;
    tl_lca_part *parts; /* owned */
    size_t n, shown;
};

struct parts {
    struct list lists[3];
    tl_lca_node *nodes; /* owned */
    size_t n_nodes;
    bool truncated;
    tl_lca_first_order first; /* its top is owned */
};

/* What is not shown of a list, in one part. */
static tl_lca_part rest_of(const struct list *l)
{
    tl_lca_part rest = { .index = TL_LCA_NONE };
    for (size_t i = l->shown; i < l->n; i++) {
        rest.score += l->parts[i].score;
        rest.share += l->parts[i].share;
    }
    return rest;
}

static void json_name(tl_json *j, const tl_lca_call *c, tl_lca_grouping grouping, size_t index)
{
    if (index == TL_LCA_NONE) {
        tl_json_null(j, "id"); /* the demanded activities' own emissions */
        tl_json_text(j, "name", "own emissions");
        tl_json_text(j, "unit", NULL);
        return;
    }
    tl_lca_name name = grouping == TL_LCA_BY_FLOW ? tl_lca_flow_name(c->in.system, index)
                                                  : tl_lca_activity_name(c->in.system, index);
    tl_json_text(j, "id", name.id);
    tl_json_text(j, "name", name.name);
    tl_json_text(j, "unit", name.unit);
}

static void json_list(tl_json *j, const tl_lca_call *c, const struct list *l)
{
    tl_lca_part rest = rest_of(l);
    tl_json_object(j, l->name);
    tl_json_array(j, "parts");
    for (size_t i = 0; i < l->shown; i++) {
        tl_json_object(j, NULL);
        json_name(j, c, l->grouping, l->parts[i].index);
        tl_json_number(j, "amount", l->parts[i].amount);
        tl_json_number(j, "score", l->parts[i].score);
        tl_json_number(j, "share", l->parts[i].share);
        tl_json_end(j);
    }
    tl_json_end(j);
    tl_json_object(j, "others");
    tl_json_int(j, "n", (int64_t)(l->n - l->shown));
    tl_json_number(j, "score", rest.score);
    tl_json_number(j, "share", rest.share);
    tl_json_end(j);
    tl_json_end(j);
}

static void json_tree(tl_json *j, const tl_lca_call *c, const struct parts *p)
{
    tl_json_array(j, "tree");
    for (size_t i = 0; i < p->n_nodes; i++) {
        const tl_lca_node *n = &p->nodes[i];
        tl_json_object(j, NULL);
        json_name(j, c, TL_LCA_BY_ACTIVITY, n->activity);
        if (n->parent == TL_LCA_NONE)
            tl_json_null(j, "parent");
        else
            tl_json_int(j, "parent", (int64_t)n->parent);
        tl_json_int(j, "depth", n->depth);
        tl_json_number(j, "amount", n->amount);
        tl_json_number(j, "score", n->score);
        tl_json_number(j, "share", n->share);
        tl_json_number(j, "own", n->own);
        tl_json_number(j, "hidden", n->hidden);
        tl_json_end(j);
    }
    tl_json_end(j);
    tl_json_bool(j, "tree_truncated", p->truncated);
}

static const char *kind_word(tl_lca_exchange_kind k)
{
    return k == TL_LCA_INPUT ? "input" : k == TL_LCA_EMISSION ? "emission" : "production";
}

static const char *row_id(const tl_lca_call *c, const tl_lca_influence *e)
{
    return e->kind == TL_LCA_EMISSION ? tl_lca_flow_name(c->in.system, e->row).id
                                      : tl_lca_activity_name(c->in.system, e->row).id;
}

static void json_first_order(tl_json *j, const tl_lca_call *c, const tl_lca_first_order *f)
{
    tl_json_object(j, "first_order");
    tl_json_number(j, "sd", f->sd);
    tl_json_number(j, "log_sd", f->log_sd);
    tl_json_int(j, "uncertain", (int64_t)f->uncertain);
    tl_json_array(j, "top");
    for (size_t i = 0; i < f->n_top; i++) {
        const tl_lca_influence *e = &f->top[i];
        tl_json_object(j, NULL);
        tl_json_text(j, "kind", kind_word(e->kind));
        tl_json_text(j, "row", row_id(c, e));
        tl_json_text(j, "col", tl_lca_activity_name(c->in.system, e->activity).id);
        tl_json_number(j, "amount", e->amount);
        tl_json_number(j, "elasticity", e->elasticity);
        tl_json_number(j, "variance_share", e->variance_share);
        tl_json_end(j);
    }
    tl_json_end(j);
    tl_json_end(j);
}

static void write_json(tl_buf *out, const tl_lca_call *c, const struct parts *p)
{
    tl_json j = tl_json_start(out, false);
    tl_json_object(&j, NULL);
    tl_json_number(&j, "score", p->first.score);
    for (size_t i = 0; i < 3; i++)
        json_list(&j, c, &p->lists[i]);
    json_tree(&j, c, p);
    json_first_order(&j, c, &p->first);
    tl_json_end(&j);
    tl_buf_char(out, '\n');
}

static void text_list(tl_buf *out, const tl_lca_call *c, const struct list *l)
{
    bool zh = c->cli->zh;
    tl_grid g;
    tl_grid_init(&g, "rrl", c->cli->arena);
    for (size_t i = 0; i < l->shown; i++) {
        const tl_lca_part *p = &l->parts[i];
        tl_lca_share_cell(&g, p->share);
        tl_lca_cell(&g, p->score);
        if (p->index == TL_LCA_NONE)
            tl_grid_cell(&g, zh ? "（自身排放）" : "(own emissions)");
        else if (l->grouping == TL_LCA_BY_FLOW)
            tl_grid_cell(&g, tl_lca_flow_name(c->in.system, p->index).id);
        else
            tl_grid_cell(&g, tl_lca_label(c, p->index));
    }
    if (l->shown < l->n) {
        tl_lca_part rest = rest_of(l);
        tl_lca_share_cell(&g, rest.share);
        tl_lca_cell(&g, rest.score);
        tl_grid_cellf(&g, zh ? "（其余 %zu 项）" : "(%zu others)", l->n - l->shown);
    }
    tl_lca_put_grid(out, zh ? l->heading_zh : l->heading_en, &g);
}

static void text_tree(tl_buf *out, const tl_lca_call *c, const struct parts *p)
{
    bool zh = c->cli->zh;
    tl_grid g;
    tl_grid_init(&g, "rrl", c->cli->arena);
    for (size_t i = 0; i < p->n_nodes; i++) {
        const tl_lca_node *n = &p->nodes[i];
        tl_grid amount;
        tl_grid_init(&amount, "l", c->cli->arena);
        tl_lca_cell(&amount, n->amount);
        tl_lca_share_cell(&g, n->share);
        tl_lca_cell(&g, n->score);
        tl_grid_cellf(
            &g, "%*s%s %s  %s", (int)(2 * n->depth), "", amount.count ? amount.cells[0] : "",
            tl_lca_activity_name(c->in.system, n->activity).unit, tl_lca_label(c, n->activity));
        tl_grid_clear(&amount);
    }
    tl_lca_put_grid(out, zh ? "上游" : "upstream", &g);
    if (p->truncated)
        tl_buf_str(out, zh ? "  ……\n" : "  ...\n");
}

static void text_first_order(tl_buf *out, const tl_lca_call *c, const tl_lca_first_order *f)
{
    bool zh = c->cli->zh;
    tl_grid g;
    tl_grid_init(&g, "rrl", c->cli->arena);
    tl_buf_printf(out,
                  zh ? "\n一阶不确定性：%zu 项不确定"
                     : "\nfirst-order uncertainty: %zu uncertain exchanges",
                  f->uncertain);
    if (f->uncertain == 0) {
        tl_buf_char(out, '\n');
        tl_grid_clear(&g);
        return;
    }
    tl_buf_printf(out, zh ? "，标准差 %.6g（%.1f%%）\n" : ", standard deviation %.6g (%.1f%%)\n",
                  f->sd, 100 * f->log_sd);
    tl_grid_cell(&g, zh ? "方差占比" : "of variance");
    tl_grid_cell(&g, zh ? "弹性" : "elasticity");
    tl_grid_cell(&g, zh ? "交换" : "exchange");
    for (size_t i = 0; i < f->n_top; i++) {
        const tl_lca_influence *e = &f->top[i];
        tl_lca_share_cell(&g, e->variance_share);
        tl_lca_cell(&g, e->elasticity);
        tl_grid_cellf(&g, "%s -> %s", row_id(c, e),
                      tl_lca_activity_name(c->in.system, e->activity).id);
    }
    tl_grid_write(&g, 2, out);
    tl_grid_clear(&g);
}

static tl_status compute(tl_lca_call *c, struct parts *p, tl_error *err)
{
    const tl_lca_tree_options options = { .cutoff = c->cutoff, .max_depth = (unsigned)c->depth };
    tl_status st = tl_lca_call_solve(c, err);
    for (size_t i = 0; i < 3 && st == TL_OK; i++) {
        struct list *l = &p->lists[i];
        st = tl_lca_contributions(c->solver, c->solution, c->in.category, l->grouping, &l->parts,
                                  &l->n, err);
        l->shown = l->n < (size_t)c->top ? l->n : (size_t)c->top;
    }
    if (st == TL_OK)
        st = tl_lca_upstream_tree(c->solver, c->solution, c->in.category, &options, &p->nodes,
                                  &p->n_nodes, &p->truncated, err);
    if (st == TL_OK)
        st = tl_lca_first_order_sd(c->solver, c->solution, c->in.category, (size_t)c->top,
                                   &p->first, err);
    return st;
}

tl_status tl_lca_write_contributions(tl_lca_call *c, tl_buf *out, tl_error *err)
{
    struct parts p = { .lists = {
                           { .grouping = TL_LCA_BY_ACTIVITY,
                             .name = "by_activity",
                             .heading_en = "by activity (whose emissions)",
                             .heading_zh = "按活动（谁的排放）" },
                           { .grouping = TL_LCA_BY_FLOW,
                             .name = "by_flow",
                             .heading_en = "by flow (which emissions)",
                             .heading_zh = "按基本流（何种排放）" },
                           { .grouping = TL_LCA_BY_SUPPLIER,
                             .name = "by_supplier",
                             .heading_en = "by direct supplier (with all that lies behind)",
                             .heading_zh = "按直接供应（含其全部上游）" },
                       } };
    tl_status st = compute(c, &p, err);
    if (st == TL_OK && c->cli->json) {
        write_json(out, c, &p);
    } else if (st == TL_OK) {
        tl_grid g;
        tl_grid_init(&g, "ll", c->cli->arena);
        tl_lca_pair(&g, c->cli->zh ? "得分" : "score", p.first.score);
        tl_lca_put_grid(out, NULL, &g);
        for (size_t i = 0; i < 3; i++)
            text_list(out, c, &p.lists[i]);
        text_tree(out, c, &p);
        text_first_order(out, c, &p.first);
    }
    for (size_t i = 0; i < 3; i++)
        tl_lca_free(p.lists[i].parts);
    tl_lca_free(p.nodes);
    tl_lca_free(p.first.top);
    return st;
}
