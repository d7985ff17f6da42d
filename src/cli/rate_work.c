/* rate_work.c - the forms that write: import answers, and the steps of an assessment. */
#include <inttypes.h>
#include <string.h>

#include "base/number.h"
#include "cli/actor.h"
#include "cli/rate.h"
#include "cli/verdict.h"
#include "intake/answer_import.h"
#include "report/words.h"

static tl_status print_verdict(tl_rate_call *c, const char *file, const tl_answer_verdict *v,
                               tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    if (c->cli->json) {
        tl_json j = tl_json_start(&b, true);
        tl_json_object(&j, NULL);
        tl_json_text(&j, "file", file);
        tl_json_int(&j, "rows", v->rows);
        tl_json_int(&j, "accepted", v->accepted);
        tl_json_int(&j, "refused", v->refused);
        tl_json_int(&j, "companies", v->companies);
        tl_json_int(&j, "companies_unchanged", v->companies_same);
        tl_cli_json_refusals(&j, v->refusals, v->refusal_count);
        tl_json_end(&j);
        tl_buf_char(&b, '\n');
    } else {
        tl_buf_printf(&b,
                      c->cli->zh ? "%s：%" PRId64 " 行，接受 %" PRId64 "，拒绝 %" PRId64
                                   "；写入草稿 %" PRId64 " 家，无变化 %" PRId64 " 家\n"
                                 : "%s: %" PRId64 " rows, %" PRId64 " accepted, %" PRId64
                                   " refused; %" PRId64 " companies written as drafts, %" PRId64
                                   " unchanged\n",
                      file, v->rows, v->accepted, v->refused, v->companies, v->companies_same);
    }
    tl_status st = tl_cli_print(&b, err);
    tl_buf_clear(&b);
    return st;
}

tl_status tl_rate_import(tl_rate_call *c, tl_error *err)
{
    const char *refused = NULL;
    bool given;
    tl_answer_import how = { .actor = tl_cli_actor(c->cli->arena), .progress = &c->cli->log };
    tl_answer_verdict v = { 0 };
    const tl_option options[] = { { "industry", TL_OPTION_TEXT, &how.industry },
                                  { "cut-off", TL_OPTION_TEXT, &how.cut_off },
                                  { "refused", TL_OPTION_TEXT, &refused } };
    tl_status st = tl_rate_options(c, options, 3, 1, 1, err);
    if (st == TL_OK && !c->period)
        return tl_fail(err, TL_EINPUT, "--period P is missing: the year the answers are about");
    if (st == TL_OK && !how.actor)
        return tl_fail_nomem(err);
    if (st == TL_OK)
        st = tl_rate_level(c->level, &how.level, &given, err);
    if (st == TL_OK)
        st = tl_rate_open(c, true, err);
    if (st != TL_OK)
        return st;
    how.path = c->argv[0];
    how.period = c->period;
    st = tl_answer_import_file(c->store, &c->definition, &how, c->cli->arena, &v, err);
    if (st == TL_OK)
        st = print_verdict(c, how.path, &v, err);
    if (st == TL_OK)
        c->code = tl_cli_end_verdict(
            c->cli, refused, &(tl_refused_source){ how.path, tl_answer_columns, TL_ANSWER_COLUMNS },
            v.refusals, v.refusal_count);
    return st;
}

static const tl_column list_columns[] = {
    { .key = "company", .name = { "company", "企业编号" }, .kind = TL_COLUMN_TEXT },
    { .key = "index", .name = { "index", "指数" }, .kind = TL_COLUMN_TEXT },
    { .key = "index_version", .name = { "version", "指数版本" }, .kind = TL_COLUMN_TEXT },
    { .key = "period", .name = { "period", "评价期" }, .kind = TL_COLUMN_TEXT },
    { .key = "level", .name = { "level", "数据层级" }, .kind = TL_COLUMN_WORD },
    { .key = "version", .name = { "result", "结果版本" }, .kind = TL_COLUMN_INT },
    { .key = "state", .name = { "state", "状态" }, .kind = TL_COLUMN_WORD },
    { .key = "author", .name = { "author", "作者" }, .kind = TL_COLUMN_TEXT },
    { .key = "reply_until", .name = { "replies until", "回复截止" }, .kind = TL_COLUMN_TEXT },
};

tl_status tl_rate_list(tl_rate_call *c, tl_error *err)
{
    const tl_store_opts opts = { .read_only = true, .must_exist = true };
    const tl_assessment *all = NULL;
    size_t n = 0;
    tl_company company = { 0 };
    tl_status st = tl_rate_options(c, NULL, 0, 0, 1, err);
    if (st == TL_OK)
        st = tl_cli_store(c->cli, &opts, &c->store, err);
    if (st == TL_OK && c->argc == 1)
        st = tl_company_find(c->store, c->argv[0], c->cli->arena, &company, err);
    if (st == TL_OK)
        st = tl_assessment_list(c->store, company.id, c->cli->arena, &all, &n, err);
    if (st != TL_OK)
        return st;
    tl_report *r =
        tl_report_new(c->cli->arena, "rate-list", (tl_label){ "Assessments", "评价列表" });
    if (!r)
        return tl_fail_nomem(err);
    tl_report_table(r, "assessments", (tl_label){ "Newest version of each", "各评价的最新版本" },
                    list_columns, sizeof list_columns / sizeof *list_columns);
    for (size_t i = 0; i < n; i++) {
        const tl_assessment *a = &all[i];
        tl_report_text(r, a->key.company);
        tl_report_text(r, a->key.index);
        tl_report_text(r, a->key.index_version);
        tl_report_text(r, a->key.period);
        tl_report_word(r, tl_level_name(a->key.level), tl_word_level(a->key.level));
        tl_report_int(r, a->version);
        tl_report_word(r, tl_state_name(a->state), tl_word_state(a->state));
        tl_report_text(r, a->author);
        tl_report_text(r, a->reply_until);
    }
    return tl_rate_show(c, r, err);
}

/* Options and words of a form that changes one assessment. */
struct work {
    const char *who, *day, *reason, *text, *by, *slot;
    tl_assessment_key key;
    int64_t evidence;
};

static tl_status open_work(tl_rate_call *c, struct work *w, int words, tl_error *err)
{
    bool given;
    tl_company company;
    const tl_option options[] = {
        { "day", TL_OPTION_TEXT, &w->day },   { "reason", TL_OPTION_TEXT, &w->reason },
        { "text", TL_OPTION_TEXT, &w->text }, { "by", TL_OPTION_TEXT, &w->by },
        { "slot", TL_OPTION_TEXT, &w->slot },
    };
    tl_status st = tl_rate_options(c, options, sizeof options / sizeof *options, words, words, err);
    if (st == TL_OK && !(w->who = tl_cli_actor(c->cli->arena)))
        return tl_fail_nomem(err);
    if (st == TL_OK)
        st = tl_rate_level(c->level, &w->key.level, &given, err);
    if (st == TL_OK && words == 2)
        st = tl_int_parse(c->argv[1], 1, INT64_MAX / 2, &w->evidence, err);
    if (st == TL_OK)
        st = tl_rate_open(c, true, err);
    if (st == TL_OK)
        st = tl_company_find(c->store, c->argv[0], c->cli->arena, &company, err);
    if (st != TL_OK)
        return st;
    w->key.company = company.id;
    w->key.index = c->definition.id;
    w->key.index_version = c->definition.version;
    w->key.period = c->period;
    return c->period ? TL_OK : tl_rate_latest_period(c, company.id, &w->key.period, err);
}

/* What the assessment is now, in one line or as JSON. */
static tl_status print_state(tl_rate_call *c, const struct work *w, tl_error *err)
{
    tl_assessment a;
    tl_buf b;
    tl_status st = tl_assessment_get(c->store, &w->key, -1, c->cli->arena, &a, err);
    if (st != TL_OK)
        return st;
    tl_label state = tl_word_state(a.state);
    tl_buf_init(&b, 0);
    if (c->cli->json) {
        tl_json j = tl_json_start(&b, true);
        tl_json_object(&j, NULL);
        tl_json_text(&j, "company", a.key.company);
        tl_json_text(&j, "index", a.key.index);
        tl_json_text(&j, "index_version", a.key.index_version);
        tl_json_text(&j, "period", a.key.period);
        tl_json_int(&j, "version", a.version);
        tl_json_text(&j, "state", tl_state_name(a.state));
        tl_json_text(&j, "reply_until", *a.reply_until ? a.reply_until : NULL);
        tl_json_text(&j, "published_on", *a.published_on ? a.published_on : NULL);
        tl_json_end(&j);
        tl_buf_char(&b, '\n');
    } else {
        tl_buf_printf(&b,
                      c->cli->zh ? "%s，%s@%s，%s，第 %" PRId64 " 版：%s"
                                 : "%s, %s@%s, %s, version %" PRId64 ": %s",
                      a.key.company, a.key.index, a.key.index_version, a.key.period, a.version,
                      c->cli->zh ? state.zh : state.en);
        if (a.state == TL_STATE_COMPANY)
            tl_buf_printf(&b, c->cli->zh ? "，回复截止 %s" : ", replies until %s", a.reply_until);
        tl_buf_char(&b, '\n');
    }
    st = tl_cli_print(&b, err);
    tl_buf_clear(&b);
    return st;
}

/* Commits what was done, or undoes it. */
static tl_status end_work(tl_rate_call *c, const struct work *w, tl_status st, tl_error *err)
{
    if (st == TL_OK)
        st = tl_store_commit(c->store, err);
    else
        tl_store_rollback(c->store);
    return st == TL_OK ? print_state(c, w, err) : st;
}

static tl_status take(tl_rate_call *c, tl_assessment_step step, tl_error *err)
{
    struct work w = { 0 };
    tl_status st = open_work(c, &w, 1, err);
    if (st == TL_OK && step == TL_STEP_RETURN && !w.reason)
        st = tl_fail(err, TL_EINPUT, "--reason TEXT is missing: why it goes back");
    if (st != TL_OK || (st = tl_store_begin(c->store, err)) != TL_OK)
        return st;
    st = tl_assessment_take(c->store, &c->definition, &w.key, step, w.day ? w.day : "",
                            w.reason ? w.reason : "", w.who, err);
    return end_work(c, &w, st, err);
}

tl_status tl_rate_submit(tl_rate_call *c, tl_error *err)
{
    return take(c, TL_STEP_SUBMIT, err);
}

tl_status tl_rate_return(tl_rate_call *c, tl_error *err)
{
    return take(c, TL_STEP_RETURN, err);
}

tl_status tl_rate_approve(tl_rate_call *c, tl_error *err)
{
    return take(c, TL_STEP_APPROVE, err);
}

tl_status tl_rate_finalise(tl_rate_call *c, tl_error *err)
{
    return take(c, TL_STEP_FINALISE, err);
}

tl_status tl_rate_publish(tl_rate_call *c, tl_error *err)
{
    return take(c, TL_STEP_PUBLISH, err);
}

tl_status tl_rate_reply(tl_rate_call *c, tl_error *err)
{
    struct work w = { 0 };
    tl_status st = open_work(c, &w, 1, err);
    if (st == TL_OK && (!w.by || !w.text))
        st = tl_fail(err, TL_EINPUT, "--by NAME and --text TEXT are needed: who replied what");
    if (st != TL_OK || (st = tl_store_begin(c->store, err)) != TL_OK)
        return st;
    st = tl_assessment_reply(c->store, &w.key, w.slot ? w.slot : "", w.day ? w.day : "", w.text,
                             w.by, w.who, err);
    return end_work(c, &w, st, err);
}

tl_status tl_rate_correct(tl_rate_call *c, tl_error *err)
{
    struct work w = { 0 };
    tl_status st = open_work(c, &w, 1, err);
    if (st == TL_OK && !w.reason)
        st = tl_fail(err, TL_EINPUT, "--reason TEXT is missing: why it is corrected");
    if (st != TL_OK || (st = tl_store_begin(c->store, err)) != TL_OK)
        return st;
    st = tl_assessment_correct(c->store, &w.key, w.reason, w.who, err);
    return end_work(c, &w, st, err);
}

tl_status tl_rate_withdraw(tl_rate_call *c, tl_error *err)
{
    struct work w = { 0 };
    tl_status st = open_work(c, &w, 2, err);
    if (st == TL_OK && !w.reason)
        st = tl_fail(err, TL_EINPUT, "--reason TEXT is missing: why the evidence is withdrawn");
    if (st != TL_OK || (st = tl_store_begin(c->store, err)) != TL_OK)
        return st;
    st = tl_assessment_withdraw(c->store, &c->definition, &w.key, w.evidence, w.reason, w.who, err);
    return end_work(c, &w, st, err);
}
