/* lca_sample.c - the score when every uncertain amount is drawn again and again. */
#include <math.h>

#include "base/file.h"
#include "cli/lca.h"
#include "format/csv_write.h"

static void json_statistics(tl_buf *out, const tl_lca_call *c, const tl_lca_statistics *s)
{
    tl_json j = tl_json_start(out, false);
    tl_json_object(&j, NULL);
    tl_json_int(&j, "n", (int64_t)s->n);
    tl_json_int(&j, "seed", c->seed);
    tl_json_int(&j, "valid", (int64_t)s->n_valid);
    tl_json_int(&j, "runaway", (int64_t)s->n_runaway);
    tl_json_int(&j, "failed", (int64_t)s->n_failed);
    tl_json_number(&j, "score", s->deterministic);
    tl_json_number(&j, "mean", s->mean);
    tl_json_number(&j, "sd", s->sd);
    tl_json_number(&j, "median", s->median);
    tl_json_number(&j, "p2_5", s->p2_5);
    tl_json_number(&j, "p97_5", s->p97_5);
    tl_json_end(&j);
    tl_buf_char(out, '\n');
}

static void text_statistics(tl_buf *out, const tl_lca_call *c, const tl_lca_statistics *s)
{
    bool zh = c->cli->zh;
    tl_grid g;
    tl_grid_init(&g, "ll", c->cli->arena);
    tl_lca_pair(&g, zh ? "样本" : "samples", (double)s->n);
    tl_lca_pair(&g, zh ? "其中失控" : "of these runaway", (double)s->n_runaway);
    tl_lca_pair(&g, zh ? "其中未收敛" : "of these failed", (double)s->n_failed);
    tl_lca_pair(&g, zh ? "给定数值的得分" : "score as given", s->deterministic);
    tl_lca_pair(&g, zh ? "均值" : "mean", s->mean);
    tl_lca_pair(&g, zh ? "标准差" : "standard deviation", s->sd);
    tl_lca_pair(&g, zh ? "2.5% 分位" : "2.5 percentile", s->p2_5);
    tl_lca_pair(&g, zh ? "中位数" : "median", s->median);
    tl_lca_pair(&g, zh ? "97.5% 分位" : "97.5 percentile", s->p97_5);
    tl_lca_put_grid(out, NULL, &g);
}

/* One row a sample; a sample without meaning has an empty score. */
static tl_status save_samples(const char *path, const tl_lca_samples *m, tl_error *err)
{
    const double *value = tl_lca_samples_values(m, 0);
    size_t n = tl_lca_samples_statistics(m, 0)->n;
    tl_buf text;
    tl_buf_init(&text, 0);
    tl_csv_writer w = tl_csv_write_start(&text, NULL);
    tl_csv_write_text(&w, "sample");
    tl_csv_write_text(&w, "score");
    tl_csv_write_end(&w);
    for (size_t i = 0; i < n; i++) {
        tl_csv_write_int(&w, (int64_t)i);
        tl_csv_write_number(&w, value[i]);
        tl_csv_write_end(&w);
    }
    tl_status st = tl_buf_status(&text, err);
    if (st == TL_OK)
        st = tl_file_write(path, text.data, text.len, err);
    tl_buf_clear(&text);
    return st;
}

static tl_status show_progress(void *ctx, size_t done, size_t total)
{
    (void)total;
    return tl_progress_at(ctx, done, NULL);
}

tl_status tl_lca_write_samples(tl_lca_call *c, tl_buf *out, tl_error *err)
{
    tl_progress bar =
        tl_progress_start(&c->cli->log, c->cli->zh ? "抽样" : "sampling", (size_t)c->samples);
    const tl_lca_sample_options options = { .n = (size_t)c->samples,
                                            .seed = (uint64_t)c->seed,
                                            .threads = c->cli->threads,
                                            .keep = c->samples_path != NULL,
                                            .progress = show_progress,
                                            .ctx = &bar };
    tl_lca_samples *m = NULL;
    tl_status st =
        tl_lca_sample(c->solver, c->in.demand, c->in.demand_n, c->in.category, &options, &m, err);
    tl_progress_end(&bar);
    if (st == TL_OK && c->samples_path)
        st = save_samples(c->samples_path, m, err);
    if (st == TL_OK && c->cli->json)
        json_statistics(out, c, tl_lca_samples_statistics(m, 0));
    else if (st == TL_OK)
        text_statistics(out, c, tl_lca_samples_statistics(m, 0));
    tl_lca_samples_free(m);
    return st;
}
