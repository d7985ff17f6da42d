/* registry_list.c - many records out as a table, and back in. */
#include <inttypes.h>
#include <string.h>

#include "cli/registry.h"
#include "cli/verdict.h"
#include "format/json.h"
#include "intake/record_import.h"
#include "registry/record_list.h"
#include "registry/record_table.h"
#include "report/registry_list.h"

static tl_status read_kind(const char *text, tl_record_kind *out, tl_error *err)
{
    if (text && tl_record_kind_parse(text, out))
        return TL_OK;
    return tl_fail(err, TL_EINPUT, "--kind is '%s', expected vehicle, pcf or epd",
                   text ? text : "");
}

tl_status tl_registry_list(tl_registry_call *c, tl_error *err)
{
    const char *kind = NULL;
    tl_record_filter f = { 0 };
    tl_record_state state;
    const tl_option options[] = {
        { "kind", TL_OPTION_TEXT, &kind },
        { "state", TL_OPTION_TEXT, &f.state },
        { "maker", TL_OPTION_TEXT, &f.maker },
        { "company", TL_OPTION_TEXT, &f.company },
        { "size", TL_OPTION_TEXT, &f.size_class },
        { "body", TL_OPTION_TEXT, &f.body },
        { "powertrain", TL_OPTION_TEXT, &f.powertrain },
    };
    const tl_record *records = NULL;
    size_t n = 0;
    tl_report *r = NULL;
    tl_arena *arena = c->cli->arena;
    tl_status st = tl_registry_options(c, options, sizeof options / sizeof *options, 0, 0, err);
    if (st == TL_OK)
        st = read_kind(kind, &f.kind, err);
    if (st == TL_OK && f.state && !tl_record_state_parse(f.state, &state))
        return tl_fail(err, TL_EINPUT,
                       "--state is '%s', expected preliminary, review, "
                       "recalculated, published, expired or withdrawn",
                       f.state);
    if (st == TL_OK && (st = tl_registry_open(c, false, err)) == TL_OK)
        st = tl_record_list(c->store, &f, arena, &records, &n, err);
    if (st == TL_OK)
        st = tl_report_record_list(&r, records, n, f.kind, arena, err);
    if (st == TL_OK && c->out) /* thousands of rows: into the file and not to the terminal too */
        return tl_report_save(r, c->out, err);
    return st == TL_OK ? tl_cli_show(c->cli, r, NULL, err) : st;
}

static tl_status print_verdict(const tl_registry_call *c, const tl_record_verdict *v, tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    if (c->cli->json) {
        tl_json j = tl_json_start(&b, true);
        tl_json_object(&j, NULL);
        tl_json_text(&j, "file", c->argv[0]);
        tl_json_int(&j, "rows", v->rows);
        tl_json_int(&j, "added", v->added);
        tl_json_int(&j, "changed", v->changed);
        tl_json_int(&j, "unchanged", v->same);
        tl_json_int(&j, "refused", v->refused);
        tl_cli_json_refusals(&j, v->refusals, v->refusal_count);
        tl_json_end(&j);
        tl_buf_char(&b, '\n');
    } else {
        bool nothing = v->added + v->changed == 0;
        tl_buf_printf(&b,
                      c->cli->zh ? "%s：%" PRId64 " 行，新增 %" PRId64 "，更正 %" PRId64
                                   "，未变 %" PRId64 "，拒绝 %" PRId64 "%s\n"
                                 : "%s: %" PRId64 " rows, %" PRId64 " added, %" PRId64
                                   " changed, %" PRId64 " unchanged, %" PRId64 " refused%s\n",
                      c->argv[0], v->rows, v->added, v->changed, v->same, v->refused,
                      !nothing     ? ""
                      : c->cli->zh ? "；登记册未作改动"
                                   : "; nothing was changed");
    }
    tl_status st = tl_cli_print(&b, err);
    tl_buf_clear(&b);
    return st;
}

tl_status tl_registry_import(tl_registry_call *c, tl_error *err)
{
    const char *kind = NULL, *refused = NULL;
    const tl_option options[] = { { "kind", TL_OPTION_TEXT, &kind },
                                  { "refused", TL_OPTION_TEXT, &refused } };
    tl_record_import how = { .reason = c->reason, .progress = &c->cli->log };
    tl_record_verdict v = { 0 };
    tl_status st = tl_registry_options(c, options, 2, 1, 1, err);
    if (st == TL_OK)
        st = read_kind(kind, &how.kind, err);
    if (st == TL_OK)
        st = tl_registry_open(c, true, err);
    how.path = c->argv[0];
    how.actor = c->who;
    if (st == TL_OK)
        st = tl_record_import_file(c->store, &how, c->cli->arena, &v, err);
    if (st == TL_OK)
        st = print_verdict(c, &v, err);
    if (st == TL_OK)
        c->code = tl_cli_end_verdict(
            c->cli, refused,
            &(tl_refused_source){ c->argv[0], tl_record_columns_needed, TL_RECORD_COLUMNS },
            v.refusals, v.refusal_count);
    return st;
}
