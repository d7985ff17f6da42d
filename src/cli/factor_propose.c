/* factor_propose.c - proposing a value, and deciding about it.
 *
 * The accepted proposals are the rows of the set local-factors; its edition is how many they are,
 * so that each acceptance supersedes the edition before. */
#include "cli/factor_propose.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/number.h"
#include "cli/actor.h"
#include "cli/dataset_kinds.h"
#include "cli/pack.h"
#include "cli/show.h"
#include "format/csv_write.h"

#define SET "local-factors"

tl_status tl_cli_factor_propose(tl_cli *cli, tl_store *s, const tl_factor_proposal *what,
                                tl_error *err)
{
    const char *who = tl_cli_actor(cli->arena);
    int64_t id = 0;
    tl_buf b;
    tl_status st = who ? tl_store_begin(s, err) : tl_fail_nomem(err);
    if (st != TL_OK || (st = tl_factor_propose(s, what, who, &id, err)) != TL_OK ||
        (st = tl_store_commit(s, err)) != TL_OK)
        return st;
    tl_buf_init(&b, 0);
    tl_buf_printf(&b,
                  cli->zh ? "提议 %lld，待他人复核\n"
                          : "proposal %lld, to be decided by another person\n",
                  (long long)id);
    st = tl_cli_print(&b, err);
    tl_buf_clear(&b);
    return st;
}

static tl_label state_label(const char *state)
{
    if (strcmp(state, "open") == 0)
        return (tl_label){ "unverified", "未核实" };
    return strcmp(state, "accepted") == 0 ? (tl_label){ "accepted", "已采纳" }
                                          : (tl_label){ "rejected", "未采纳" };
}

static void put_proposal(tl_report *r, const tl_factor_proposal *p, tl_arena *arena)
{
    char value[TL_NUMBER_MAX];
    tl_number_format(p->value, value);
    tl_report_int(r, p->id);
    tl_report_word(r, p->state, state_label(p->state));
    tl_report_label(r, (tl_label){ p->name_en, p->name_zh });
    tl_report_text(r, tl_arena_str(arena, value));
    tl_report_text(r, p->unit);
    tl_report_text(r, p->region);
    if (p->year)
        tl_report_int(r, p->year);
    else
        tl_report_empty(r, (tl_label){ "not stated", "未注明" });
    tl_report_text(r, p->source);
    tl_report_text(r, p->proposed_by);
    tl_report_text(r, p->decided_by);
    tl_report_text(r, p->reason);
}

tl_status tl_cli_factor_proposals(tl_cli *cli, tl_store *s, const char *out, tl_error *err)
{
    static const tl_column columns[] = {
        { .key = "id", .name = { "no.", "编号" }, .kind = TL_COLUMN_INT },
        { .key = "state", .name = { "state", "状态" }, .kind = TL_COLUMN_WORD },
        { .key = "name", .name = { "name", "名称" }, .kind = TL_COLUMN_LABEL },
        { .key = "value", .name = { "value", "数值" }, .kind = TL_COLUMN_EXACT },
        { .key = "unit", .name = { "unit", "单位" }, .kind = TL_COLUMN_TEXT },
        { .key = "region", .name = { "region", "地区" }, .kind = TL_COLUMN_TEXT },
        { .key = "year", .name = { "year", "年份" }, .kind = TL_COLUMN_INT },
        { .key = "source", .name = { "source", "来源" }, .kind = TL_COLUMN_TEXT },
        { .key = "proposed_by", .name = { "proposed by", "提议人" }, .kind = TL_COLUMN_TEXT },
        { .key = "decided_by", .name = { "decided by", "复核人" }, .kind = TL_COLUMN_TEXT },
        { .key = "reason", .name = { "reason", "理由" }, .kind = TL_COLUMN_TEXT },
    };
    const tl_factor_proposal *all;
    size_t n;
    tl_status st = tl_factor_proposals(s, cli->arena, &all, &n, err);
    if (st != TL_OK)
        return st;
    tl_report *r = tl_report_new(cli->arena, "factor-proposals",
                                 (tl_label){ "Proposed factors", "提议的排放因子" });
    if (!r)
        return tl_fail_nomem(err);
    tl_report_table(r, "proposals", (tl_label){ "Proposals", "提议" }, columns,
                    sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++)
        put_proposal(r, &all[i], cli->arena);
    return tl_cli_show(cli, r, out, err);
}

/* All accepted proposals as a factor file; *rows counts them. */
static void put_rows(tl_buf *b, const tl_factor_proposal *all, size_t n, tl_arena *arena,
                     int64_t *rows)
{
    tl_csv_writer w = tl_csv_write_start(b, NULL);
    tl_buf_str(b, "key,name_en,name_zh,category,value,unit,region,data_year,boundary,source,note,"
                  "verified\n");
    for (size_t i = 0; i < n; i++) {
        const tl_factor_proposal *p = &all[i];
        if (strcmp(p->state, "accepted") != 0)
            continue;
        tl_csv_write_text(&w, tl_arena_printf(arena, "p-%lld", (long long)p->id));
        tl_csv_write_text(&w, p->name_en);
        tl_csv_write_text(&w, p->name_zh);
        tl_csv_write_text(&w, p->category);
        tl_csv_write_number(&w, p->value);
        tl_csv_write_text(&w, p->unit);
        tl_csv_write_text(&w, p->region);
        tl_csv_write_text(&w, p->year ? tl_arena_printf(arena, "%lld", (long long)p->year) : "");
        tl_csv_write_text(&w, p->boundary);
        tl_csv_write_text(&w, p->source);
        tl_csv_write_text(&w, tl_arena_printf(arena, "proposed by %s, accepted by %s: %s",
                                              p->proposed_by, p->decided_by, p->reason));
        tl_csv_write_text(&w, "yes");
        tl_csv_write_end(&w);
        ++*rows;
    }
}

static tl_status write_folder(tl_cli *cli, const char *folder, const tl_buf *csv, int64_t rows,
                              tl_error *err)
{
    char sha[TL_SHA256_HEX], now[TL_TIME_ISO];
    const char *data = tl_path_join(cli->arena, folder, "factors.csv");
    const char *manifest = tl_path_join(cli->arena, folder, "manifest.yaml");
    tl_buf b;
    tl_status st =
        data && manifest ? tl_sha256_of(csv->data, csv->len, sha, err) : tl_fail_nomem(err);
    if (st != TL_OK || (st = tl_file_write(data, csv->data, csv->len, err)) != TL_OK)
        return st;
    tl_time_now(now);
    tl_buf_init(&b, 0);
    tl_buf_printf(&b,
                  "id: \"" SET "\"\nversion: \"%lld\"\ndate: \"%.10s\"\nkind: \"factors\"\n"
                  "title_en: \"Factors proposed and accepted here\"\n"
                  "title_zh: \"本库提议并采纳的排放因子\"\nlicence: \"Of each source\"\n"
                  "attribution: \"Users of this database\"\nsource: \"Each row names its source\"\n"
                  "files:\n  - path: \"factors.csv\"\n    sha256: \"%s\"\n    rows: %lld\n",
                  (long long)rows, now, sha, (long long)rows);
    st = tl_buf_status(&b, err);
    if (st == TL_OK)
        st = tl_file_write(manifest, b.data, b.len, err);
    tl_buf_clear(&b);
    return st;
}

/* Installs the next edition of the local set, inside the caller's transaction. */
static tl_status install_edition(tl_cli *cli, tl_store *s, const char *who, tl_cli_installed *set,
                                 tl_error *err)
{
    const tl_factor_proposal *all;
    size_t n;
    int64_t rows = 0;
    tl_buf csv;
    const char *tmp = getenv("TMPDIR");
    char *folder = tl_arena_printf(cli->arena, "%s/tanlian-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    tl_status st = tl_factor_proposals(s, cli->arena, &all, &n, err);
    if (st != TL_OK || !folder)
        return st == TL_OK ? tl_fail_nomem(err) : st;
    tl_buf_init(&csv, 0);
    put_rows(&csv, all, n, cli->arena, &rows);
    if ((st = tl_buf_status(&csv, err)) == TL_OK && !mkdtemp(folder))
        st = tl_fail(err, TL_EIO, "%s: cannot be made", folder);
    else if (st == TL_OK) {
        if ((st = write_folder(cli, folder, &csv, rows, err)) == TL_OK)
            st = tl_cli_install(s, folder, who, cli->arena, set, err);
        tl_cli_unpacked_remove(folder);
    }
    tl_buf_clear(&csv);
    return st;
}

tl_status tl_cli_factor_decide(tl_cli *cli, tl_store *s, const char *id, const char *word,
                               const char *reason, tl_error *err)
{
    const bool accept = strcmp(word, "accept") == 0;
    const char *who = tl_cli_actor(cli->arena);
    int64_t number;
    tl_cli_installed set;
    if (!accept && strcmp(word, "reject") != 0)
        return tl_fail(err, TL_EINPUT, "'%.40s', expected accept or reject", word);
    tl_status st = who ? tl_int_parse(id, 1, INT64_MAX, &number, err) : tl_fail_nomem(err);
    if (st != TL_OK || (st = tl_store_begin(s, err)) != TL_OK ||
        (st = tl_factor_decide(s, number, accept, reason ? reason : "", who, cli->arena, err)) !=
            TL_OK)
        return st;
    if (accept)
        st = install_edition(cli, s, who, &set, err);
    if (st == TL_OK)
        st = tl_store_commit(s, err);
    return st == TL_OK && accept ? tl_cli_print_installed(cli, &set, 1, err) : st;
}
