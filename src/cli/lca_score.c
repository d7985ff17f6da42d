/* lca_score.c - levels and flows of a demand, its score, and the unit scores of all products. */
#include <math.h>

#include "cli/lca.h"

static void json_levels(tl_json *j, const tl_lca_call *c, const double *level, size_t n)
{
    tl_json_array(j, "levels");
    for (size_t i = 0; i < n; i++) {
        if (level[i] == 0)
            continue;
        tl_lca_name name = tl_lca_activity_name(c->in.system, i);
        tl_json_object(j, NULL);
        tl_json_text(j, "id", name.id);
        tl_json_number(j, "level", level[i]);
        tl_json_text(j, "unit", name.unit);
        tl_json_end(j);
    }
    tl_json_end(j);
}

static void json_flows(tl_json *j, const tl_lca_call *c, const double *flow, size_t n)
{
    tl_json_array(j, "flows");
    for (size_t i = 0; i < n; i++) {
        if (flow[i] == 0)
            continue;
        tl_json_object(j, NULL);
        tl_json_text(j, "id", tl_lca_flow_name(c->in.system, i).id);
        tl_json_number(j, "amount", flow[i]);
        tl_json_end(j);
    }
    tl_json_end(j);
}

static void text_levels(tl_buf *out, const tl_lca_call *c, const double *level, size_t n)
{
    tl_grid g;
    tl_grid_init(&g, "rlll", c->cli->arena);
    for (size_t i = 0; i < n; i++) {
        if (level[i] == 0)
            continue;
        tl_lca_name name = tl_lca_activity_name(c->in.system, i);
        tl_lca_cell(&g, level[i]);
        tl_grid_cell(&g, name.unit);
        tl_grid_cell(&g, name.id);
        tl_grid_cell(&g, name.name);
    }
    tl_lca_put_grid(out, c->cli->zh ? "活动水平" : "levels of activities", &g);
}

static void text_flows(tl_buf *out, const tl_lca_call *c, const double *flow, size_t n)
{
    tl_grid g;
    tl_grid_init(&g, "rl", c->cli->arena);
    for (size_t i = 0; i < n; i++) {
        if (flow[i] == 0)
            continue;
        tl_lca_cell(&g, flow[i]);
        tl_grid_cell(&g, tl_lca_flow_name(c->in.system, i).id);
    }
    tl_lca_put_grid(out, c->cli->zh ? "基本流" : "elementary flows", &g);
}

tl_status tl_lca_write_solve(tl_lca_call *c, tl_buf *out, tl_error *err)
{
    tl_lca_facts facts;
    double *flow = NULL;
    tl_status st = tl_lca_call_solve(c, err);
    if (st != TL_OK || (st = tl_lca_inventory(c->solution, &flow, err)) != TL_OK)
        return st;
    const double *level = tl_lca_solution_levels(c->solution);
    tl_lca_system_facts(c->in.system, &facts);
    if (c->cli->json) {
        tl_json j = tl_json_start(out, false);
        tl_json_object(&j, NULL);
        json_levels(&j, c, level, facts.activities);
        json_flows(&j, c, flow, facts.flows);
        tl_json_end(&j);
        tl_buf_char(out, '\n');
    } else {
        text_levels(out, c, level, facts.activities);
        text_flows(out, c, flow, facts.flows);
    }
    tl_lca_free(flow);
    return TL_OK;
}

static void json_score(tl_buf *out, const tl_lca_score *s, const tl_lca_facts *facts,
                       const tl_lca_plan_facts *plan)
{
    tl_json j = tl_json_start(out, false);
    tl_json_object(&j, NULL);
    tl_json_number(&j, "score", s->score);
    tl_json_number(&j, "residual", s->residual);
    tl_json_text(&j, "method", tl_lca_method_name(s->method));
    tl_json_number(&j, "error_bound", s->error_bound);
    tl_json_int(&j, "sweeps", s->sweeps);
    tl_json_int(&j, "activities", (int64_t)facts->activities);
    tl_json_int(&j, "inputs", (int64_t)facts->inputs);
    tl_json_int(&j, "emissions", (int64_t)facts->emissions);
    tl_json_int(&j, "loops", (int64_t)plan->loops);
    tl_json_int(&j, "largest_loop", (int64_t)plan->largest_loop);
    tl_json_int(&j, "flows_without_factor", (int64_t)facts->unused_flows);
    tl_json_end(&j);
    tl_buf_char(out, '\n');
}

static void text_score(tl_buf *out, const tl_lca_call *c, const tl_lca_score *s,
                       const tl_lca_facts *facts, const tl_lca_plan_facts *plan)
{
    bool zh = c->cli->zh;
    tl_grid g;
    tl_grid_init(&g, "ll", c->cli->arena);
    tl_lca_pair(&g, zh ? "得分" : "score", s->score);
    tl_lca_pair(&g, zh ? "误差上限" : "error bound", s->error_bound);
    tl_lca_pair(&g, zh ? "残差" : "residual", s->residual);
    tl_grid_cell(&g, zh ? "方法" : "method");
    tl_grid_cell(&g, tl_lca_method_name(s->method));
    tl_lca_pair(&g, zh ? "活动" : "activities", (double)facts->activities);
    tl_lca_pair(&g, zh ? "其中在环路中" : "of these in loops", (double)plan->activities_in_loops);
    tl_lca_pair(&g, zh ? "投入" : "inputs", (double)facts->inputs);
    tl_lca_pair(&g, zh ? "排放" : "emissions", (double)facts->emissions);
    tl_lca_pair(&g, zh ? "无特征化因子的流" : "flows without factor", (double)facts->unused_flows);
    tl_lca_put_grid(out, NULL, &g);
}

tl_status tl_lca_write_score(tl_lca_call *c, tl_buf *out, tl_error *err)
{
    tl_lca_score score;
    tl_lca_facts facts;
    tl_lca_plan_facts plan;
    tl_status st = tl_lca_call_solve(c, err);
    if (st != TL_OK ||
        (st = tl_lca_solution_score(c->solver, c->solution, c->in.category, &score, err)) != TL_OK)
        return st;
    tl_lca_system_facts(c->in.system, &facts);
    tl_lca_solver_facts(c->solver, &plan);
    if (c->cli->json)
        json_score(out, &score, &facts, &plan);
    else
        text_score(out, c, &score, &facts, &plan);
    return TL_OK;
}

tl_status tl_lca_write_unit_scores(tl_lca_call *c, tl_buf *out, tl_error *err)
{
    const double *score;
    size_t undefined = 0;
    tl_lca_facts facts;
    tl_status st = tl_lca_unit_scores(c->solver, c->in.category, &score, &undefined, err);
    if (st != TL_OK)
        return st;
    tl_lca_system_facts(c->in.system, &facts);
    if (c->cli->json) {
        tl_json j = tl_json_start(out, false);
        tl_json_object(&j, NULL);
        tl_json_int(&j, "undefined", (int64_t)undefined);
        tl_json_array(&j, "scores");
        for (size_t i = 0; i < facts.activities; i++) {
            tl_json_object(&j, NULL);
            tl_json_text(&j, "id", tl_lca_activity_name(c->in.system, i).id);
            tl_json_number(&j, "score", score[i]);
            tl_json_end(&j);
        }
        tl_json_end(&j);
        tl_json_end(&j);
        tl_buf_char(out, '\n');
        return TL_OK;
    }
    tl_grid g;
    tl_grid_init(&g, "rlll", c->cli->arena);
    for (size_t i = 0; i < facts.activities; i++) {
        tl_lca_name name = tl_lca_activity_name(c->in.system, i);
        tl_lca_cell(&g, score[i]);
        tl_grid_cellf(&g, "/ %s", *name.unit ? name.unit : "1");
        tl_grid_cell(&g, name.id);
        tl_grid_cell(&g, name.name);
    }
    tl_lca_put_grid(out, NULL, &g);
    if (undefined)
        tl_log_write(&c->cli->log, TL_LOG_WARN,
                     c->cli->zh ? "%zu 种产品需要失控的环路，没有得分"
                                : "%zu products need a runaway loop and have no score",
                     undefined);
    return TL_OK;
}
