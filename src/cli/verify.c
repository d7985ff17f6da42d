/* verify.c - "tanlian verify": is the database still what was put into it? */
#include <inttypes.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "cli/cli.h"
#include "dataset/dataset.h"
#include "format/json.h"
#include "rating/assessment.h"
#include "registry/award.h"
#include "registry/record_chain.h"
#include "store/audit.h"

struct report {
    tl_status storage, audit, datasets, ratings, records, awards;
    tl_error storage_err, audit_err, datasets_err, ratings_err, records_err, awards_err;
    int64_t entries, files, head_seq, versions, seals, rounds;
    size_t sets;
    char head[TL_SHA256_HEX];
};

/* A last entry that somebody noted; seq 0 where none was given. */
struct noted {
    int64_t seq;
    tl_span hash;
};

static tl_status read_noted(const char *text, struct noted *out, tl_error *err)
{
    tl_span rest = tl_span_of(text), seq;
    char number[24];
    if (!tl_span_split(&rest, ':', &seq) || seq.n >= sizeof number || rest.n != 64)
        return tl_fail(err, TL_EINPUT, "--head is '%s', expected NUMBER:HASH as verify prints it",
                       text);
    memcpy(number, seq.p, seq.n);
    number[seq.n] = '\0';
    out->hash = rest;
    tl_status st = tl_int_parse(number, 1, INT64_MAX, &out->seq, err);
    return st == TL_OK ? st : tl_context(err, st, "--head");
}

/* The noted entry must still be there: this finds a chain that was cut or written anew. */
static tl_status check_noted(tl_store *s, const struct noted *noted, tl_error *err)
{
    char hash[TL_SHA256_HEX];
    if (!noted->seq)
        return TL_OK;
    tl_status st = tl_audit_hash(s, noted->seq, hash, err);
    if (st == TL_ENOTFOUND)
        return tl_fail(err, TL_ECONFLICT, "audit entry %" PRId64 " was noted and is gone",
                       noted->seq);
    if (st == TL_OK && !tl_span_is(noted->hash, hash))
        return tl_fail(err, TL_ECONFLICT,
                       "audit entry %" PRId64 " is not the one that was noted: the chain was "
                       "written anew",
                       noted->seq);
    return st;
}

/* Looks at everything even where a part is broken; fails only where nothing could be read. */
static tl_status examine(tl_store *s, const struct noted *noted, tl_arena *arena, struct report *r,
                         tl_error *err)
{
    const tl_dataset *sets;
    tl_status st = tl_store_begin(s, err); /* one view of all */
    if (st != TL_OK)
        return st;
    r->storage = tl_store_check(s, &r->storage_err);
    r->audit = tl_audit_verify(s, &r->entries, &r->audit_err);
    if (r->audit == TL_OK)
        r->audit = tl_audit_head(s, &r->head_seq, r->head, &r->audit_err);
    if (r->audit == TL_OK)
        r->audit = check_noted(s, noted, &r->audit_err);
    r->datasets = tl_dataset_verify(s, &r->files, &r->datasets_err);
    if (r->datasets == TL_OK)
        r->datasets = tl_dataset_list(s, arena, &sets, &r->sets, &r->datasets_err);
    r->ratings = tl_assessment_verify(s, &r->versions, &r->ratings_err);
    r->records = tl_record_verify(s, &r->seals, &r->records_err);
    r->awards = tl_award_verify(s, &r->rounds, &r->awards_err);
    tl_store_rollback(s);
    return TL_OK;
}

static void put_part(tl_json *j, const char *name, tl_status st, const tl_error *err)
{
    tl_json_object(j, name);
    tl_json_bool(j, "sound", st == TL_OK);
    if (st != TL_OK)
        tl_json_text(j, "problem", err->text);
}

static void put_json(const tl_cli *cli, const struct report *r, bool sound, tl_buf *out)
{
    tl_json j = tl_json_start(out, true);
    tl_json_object(&j, NULL);
    tl_json_text(&j, "database", tl_cli_database(cli));
    tl_json_bool(&j, "sound", sound);
    put_part(&j, "storage", r->storage, &r->storage_err);
    tl_json_end(&j);
    put_part(&j, "audit", r->audit, &r->audit_err);
    tl_json_int(&j, "entries", r->entries);
    if (r->audit == TL_OK && r->entries) {
        tl_json_object(&j, "head");
        tl_json_int(&j, "seq", r->head_seq);
        tl_json_text(&j, "hash", r->head);
        tl_json_end(&j);
    }
    tl_json_end(&j);
    put_part(&j, "datasets", r->datasets, &r->datasets_err);
    tl_json_int(&j, "files", r->files);
    if (r->datasets == TL_OK)
        tl_json_int(&j, "sets", (int64_t)r->sets);
    tl_json_end(&j);
    put_part(&j, "ratings", r->ratings, &r->ratings_err);
    tl_json_int(&j, "versions", r->versions);
    tl_json_end(&j);
    put_part(&j, "records", r->records, &r->records_err);
    tl_json_int(&j, "seals", r->seals);
    tl_json_end(&j);
    put_part(&j, "awards", r->awards, &r->awards_err);
    tl_json_int(&j, "rounds", r->rounds);
    tl_json_end(&j);
    tl_json_end(&j);
    tl_buf_char(out, '\n');
}

static void put_line(const tl_cli *cli, const char *en, const char *zh, tl_status st,
                     const tl_error *err, tl_buf *out)
{
    tl_buf_printf(out, "%s%s%s\n", cli->zh ? zh : en, cli->zh ? "：" : ": ",
                  st == TL_OK ? (cli->zh ? "完好" : "sound") : err->text);
}

static void put_text(const tl_cli *cli, const struct report *r, tl_buf *out)
{
    put_line(cli, "storage", "存储", r->storage, &r->storage_err, out);
    put_line(cli, "audit chain", "审计链", r->audit, &r->audit_err, out);
    tl_buf_printf(out, cli->zh ? "  %" PRId64 " 条记录完好\n" : "  %" PRId64 " sound entries\n",
                  r->entries);
    if (r->audit == TL_OK && r->entries)
        tl_buf_printf(out,
                      cli->zh ? "  末条 %" PRId64 ":%s（请另存，供日后 --head 核对）\n"
                              : "  head %" PRId64 ":%s (note it elsewhere for a later --head)\n",
                      r->head_seq, r->head);
    put_line(cli, "data sets", "数据集", r->datasets, &r->datasets_err, out);
    if (r->datasets == TL_OK)
        tl_buf_printf(out,
                      cli->zh ? "  %zu 个数据集，%" PRId64 " 个文件完好\n"
                              : "  %zu sets, %" PRId64 " sound files\n",
                      r->sets, r->files);
    else
        tl_buf_printf(out, cli->zh ? "  %" PRId64 " 个文件完好\n" : "  %" PRId64 " sound files\n",
                      r->files);
    put_line(cli, "ratings", "企业评价", r->ratings, &r->ratings_err, out);
    tl_buf_printf(out,
                  cli->zh ? "  %" PRId64 " 个版本与其佐证相符\n"
                          : "  %" PRId64 " versions agree with their evidence\n",
                  r->versions);
    put_line(cli, "published footprints", "已公布碳足迹", r->records, &r->records_err, out);
    tl_buf_printf(out,
                  cli->zh ? "  %" PRId64 " 个版本的存证哈希相符\n"
                          : "  %" PRId64 " versions agree with their seals\n",
                  r->seals);
    put_line(cli, "Top Runner awards", "低碳领跑者评选", r->awards, &r->awards_err, out);
    tl_buf_printf(out,
                  cli->zh ? "  %" PRId64 " 次评选与其候选名单相符\n"
                          : "  %" PRId64 " rounds agree with their candidates\n",
                  r->rounds);
}

static tl_status verify(tl_cli *cli, const struct noted *noted, struct report *r, tl_error *err)
{
    const tl_store_opts opts = { .read_only = true };
    tl_store *s = NULL;
    tl_buf out;
    tl_status st = tl_cli_store(cli, &opts, &s, err);
    if (st != TL_OK)
        return st;
    st = examine(s, noted, cli->arena, r, err);
    tl_store_close(s);
    if (st != TL_OK)
        return st;
    tl_buf_init(&out, 0);
    const bool sound = r->storage == TL_OK && r->audit == TL_OK && r->datasets == TL_OK &&
                       r->ratings == TL_OK && r->records == TL_OK && r->awards == TL_OK;
    if (cli->json)
        put_json(cli, r, sound, &out);
    else
        put_text(cli, r, &out);
    st = tl_cli_print(&out, err);
    tl_buf_clear(&out);
    return st;
}

static int run(tl_cli *cli, int argc, char **argv)
{
    const char *head = NULL;
    struct noted noted = { 0 };
    struct report r = { .entries = 0 };
    tl_error err = { 0 };
    const tl_option options[] = { { "head", TL_OPTION_TEXT, &head } };
    if (tl_options_take(options, 1, &argc, argv, &err) != TL_OK)
        return tl_cli_fail(cli, &err);
    if (argc != 1)
        return tl_cli_usage(cli, &tl_command_verify);
    if ((head && read_noted(head, &noted, &err) != TL_OK) || verify(cli, &noted, &r, &err) != TL_OK)
        return tl_cli_fail(cli, &err);
    const tl_status parts[] = { r.storage, r.audit, r.datasets, r.ratings, r.records, r.awards };
    int code = TL_EXIT_OK;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        int part = tl_cli_exit_code(parts[i]);
        code = part > code ? part : code;
    }
    return code;
}

const tl_command tl_command_verify = {
    .name = "verify",
    .usage = "[--head NUMBER:HASH]",
    .summary_en = "check the audit chain, data sets, ratings, published footprints and awards",
    .summary_zh = "核对审计链、数据集、企业评价、已公布的碳足迹与评选",
    .run = run,
};
