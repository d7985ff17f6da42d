/* audit.c - the audit chain: what was done last, and whether the database is still what was put
 * into it. */
#include "store/audit.h"

#include <inttypes.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "format/message.h"
#include "operation/operations.h"
#include "operation/page.h"
#include "operation/people.h"
#include "rating/assessment.h"
#include "registry/award.h"
#include "registry/record_chain.h"
#include "report/audit_words.h"
#include "report/words.h"

enum { MOST_LISTED = 1000, DEFAULT_LISTED = 100 };

static const tl_column entry_columns[] = {
    { .key = "seq", .name = { "no.", "序号" }, .kind = TL_COLUMN_INT },
    { .key = "at", .name = { "at", "时间" }, .kind = TL_COLUMN_TEXT },
    { .key = "actor", .name = { "who", "操作人" }, .kind = TL_COLUMN_TEXT },
    { .key = "name", .name = { "name", "姓名" }, .kind = TL_COLUMN_TEXT, .files_only = true },
    { .key = "action", .name = { "did", "操作" }, .kind = TL_COLUMN_WORD },
    { .key = "object", .name = { "with", "对象" }, .kind = TL_COLUMN_TEXT },
    { .key = "detail", .name = { "detail", "内容" }, .kind = TL_COLUMN_TEXT, .files_only = true },
    { .key = "hash", .name = { "hash", "哈希" }, .kind = TL_COLUMN_TEXT, .files_only = true },
};

/* One entry more than the page tells whether there are more. */
static tl_status read_page(tl_call *c, const tl_audit_entry **out, size_t *n, tl_error *err)
{
    tl_audit_filter filter = { .object = tl_call_text(c, "object"),
                               .about = tl_call_text(c, "about"),
                               .actor = tl_call_text(c, "who"),
                               .action = tl_call_text(c, "action"),
                               .from = tl_call_text(c, "from"),
                               .to = tl_call_text(c, "to") };
    tl_page page;
    int64_t seen;
    tl_status st = tl_page_read(c, 1, DEFAULT_LISTED, &page, err);
    tl_call_int(c, "before", &filter.before);
    if (st == TL_OK && page.goes_on) {
        st = tl_int_parse(page.after[0], 1, INT64_MAX, &seen, err);
        if (st == TL_OK && (!filter.before || seen < filter.before))
            filter.before = seen;
    }
    filter.limit = page.limit + 1;
    if (st == TL_OK)
        st = tl_audit_newest(c->store, &filter, c->arena, out, n, err);
    if (st != TL_OK || *n <= page.limit)
        return st;
    *n = page.limit;
    const char *last = tl_arena_printf(c->arena, "%" PRId64, (*out)[*n - 1].seq);
    return last ? tl_page_more(c, &last, 1, err) : tl_fail_nomem(err);
}

/* The chain names people by their id; who reads it may know them by name, which is no secret, and
 * not by e-mail. NULL where the actor is no account: a data set, a person at the command line. */
static tl_status find_names(tl_call *c, const tl_audit_entry *entries, size_t n, const char ***out,
                            tl_error *err)
{
    const char **names = tl_arena_alloc(c->arena, n ? n : 1, sizeof *names);
    tl_status st = names ? TL_OK : tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        size_t k = 0;
        while (k < i && strcmp(entries[k].actor, entries[i].actor) != 0)
            k++;
        if (k < i)
            names[i] = names[k];
        else
            st = tl_people_name(c, entries[i].actor, &names[i], err);
    }
    *out = names;
    return st;
}

/* What the detail of an entry tells of, by the first word of its action. */
static const struct told_of {
    const char *kind;
    tl_right right;
} told_of[] = {
    { "facility", TL_RIGHT_LOAN_READ },       { "loan", TL_RIGHT_LOAN_READ },
    { "record", TL_RIGHT_RECORD_READ },       { "batch", TL_RIGHT_RECORD_READ },
    { "epd", TL_RIGHT_RECORD_READ },          { "vehicle", TL_RIGHT_RECORD_READ },
    { "sales", TL_RIGHT_RECORD_READ },        { "assessment", TL_RIGHT_ASSESSMENT_READ },
    { "evidence", TL_RIGHT_ASSESSMENT_READ },
};

/* Who reads the chain learns that something was done; what is in it only with the right to read the
 * thing itself. The hash stays, so that the chain can be compared. */
static const char *detail_for(const tl_viewer *v, const tl_audit_entry *e)
{
    const size_t n = strcspn(e->action, "._");
    for (size_t i = 0; i < sizeof told_of / sizeof *told_of; i++)
        if (strlen(told_of[i].kind) == n && strncmp(told_of[i].kind, e->action, n) == 0 &&
            !tl_viewer_may(v, told_of[i].right))
            return "";
    return e->detail;
}

static tl_status run_list(tl_call *c, tl_error *err)
{
    const tl_audit_entry *entries;
    size_t n = 0;
    const char **names = NULL;
    tl_status st = read_page(c, &entries, &n, err);
    if (st == TL_OK)
        st = find_names(c, entries, n, &names, err);
    tl_report *r = tl_report_new(c->arena, "audit-list", (tl_label){ "Audit chain", "审计链" });
    if (st != TL_OK || !r)
        return st != TL_OK ? st : tl_fail_nomem(err);
    tl_report_table(r, "entries", (tl_label){ "Newest first", "最新在前" }, entry_columns,
                    sizeof entry_columns / sizeof *entry_columns);
    for (size_t i = 0; i < n; i++) {
        const tl_audit_entry *e = &entries[i];
        tl_report_int(r, e->seq);
        tl_report_text(r, e->at);
        tl_report_text(r, e->actor);
        tl_report_text(r, names[i]);
        tl_report_word(r, e->action, tl_word_action(e->action));
        tl_report_text(r, e->object);
        tl_report_text(r, detail_for(c->viewer, e));
        tl_report_text(r, e->hash);
    }
    return tl_call_report(c, r, err);
}

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
        return tl_fail(err, TL_EINPUT, "'%s', expected NUMBER:HASH as verify tells it", text);
    memcpy(number, seq.p, seq.n);
    number[seq.n] = '\0';
    out->hash = rest;
    return tl_int_parse(number, 1, INT64_MAX, &out->seq, err);
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

/* What is looked at while all of it is looked at. */
struct examined {
    tl_call *c;
    tl_report *r;
    struct noted noted;
    char *head; /* "12:hash", NULL while the chain is empty or broken */
};

/* Each counts what is sound. */
typedef tl_status (*examiner)(struct examined *x, int64_t *count, tl_error *err);

static tl_status examine_storage(struct examined *x, int64_t *count, tl_error *err)
{
    *count = -1; /* nothing to count */
    return tl_store_check(x->c->store, err);
}

static tl_status examine_chain(struct examined *x, int64_t *count, tl_error *err)
{
    int64_t seq = 0;
    char hash[TL_SHA256_HEX];
    tl_status st = tl_audit_verify(x->c->store, count, err);
    if (st == TL_OK)
        st = tl_audit_head(x->c->store, &seq, hash, err);
    if (st == TL_OK && seq &&
        !(x->head = tl_arena_printf(x->c->arena, "%" PRId64 ":%s", seq, hash)))
        return tl_fail_nomem(err);
    return st == TL_OK ? check_noted(x->c->store, &x->noted, err) : st;
}

static tl_status examine_sets(struct examined *x, int64_t *count, tl_error *err)
{
    return tl_dataset_verify(x->c->store, count, err);
}

static tl_status examine_ratings(struct examined *x, int64_t *count, tl_error *err)
{
    return tl_assessment_verify(x->c->store, count, err);
}

static tl_status examine_records(struct examined *x, int64_t *count, tl_error *err)
{
    return tl_record_verify(x->c->store, count, err);
}

static tl_status examine_awards(struct examined *x, int64_t *count, tl_error *err)
{
    return tl_award_verify(x->c->store, count, err);
}

static const struct part {
    const char *code;
    tl_label name, counts;
    examiner examine;
} parts[] = {
    { "storage", { "storage", "存储" }, { "", "" }, examine_storage },
    { "audit", { "audit chain", "审计链" }, { "entries", "条记录" }, examine_chain },
    { "datasets", { "data sets", "数据集" }, { "files", "个文件" }, examine_sets },
    { "ratings",
      { "ratings", "企业评价" },
      { "versions agree with their evidence", "个版本与其佐证相符" },
      examine_ratings },
    { "records",
      { "published footprints", "已公布碳足迹" },
      { "versions agree with their seals", "个版本的存证哈希相符" },
      examine_records },
    { "awards",
      { "Top Runner awards", "低碳领跑者评选" },
      { "rounds agree with their candidates", "次评选与其候选名单相符" },
      examine_awards },
};

/* Of two findings the one that says more of the damage: what cannot be read at all. */
static tl_status worse(tl_status a, tl_status b)
{
    bool content = b == TL_OK || b == TL_ECONFLICT || b == TL_EINPUT;
    return a == TL_OK || !content ? b : a;
}

static void put_part(struct examined *x, const struct part *p)
{
    tl_error err = { 0 };
    int64_t count = 0;
    tl_status st = p->examine(x, &count, &err);
    tl_report_word(x->r, p->code, p->name);
    tl_report_bool(x->r, st == TL_OK);
    if (count < 0)
        tl_report_empty(x->r, (tl_label){ NULL, NULL });
    else
        tl_report_int(x->r, count);
    tl_report_label(x->r, p->counts);
    const char *said = st == TL_OK ? NULL : tl_arena_str(x->c->arena, err.text);
    tl_report_label(x->r, (tl_label){ said, tl_message_said(x->c->arena, said, true) });
    x->c->finding = worse(x->c->finding, st);
}

/* Looks at everything even where a part is broken, in one view of all. */
static tl_status run_verify(tl_call *c, tl_error *err)
{
    static const tl_column columns[] = {
        { .key = "part", .name = { "part", "部分" }, .kind = TL_COLUMN_WORD },
        { .key = "sound", .name = { "sound", "完好" }, .kind = TL_COLUMN_BOOL },
        { .key = "count", .name = { "count", "数量" }, .kind = TL_COLUMN_INT },
        { .key = "of", .name = { "of", "单位" }, .kind = TL_COLUMN_LABEL },
        { .key = "problem", .name = { "problem", "问题" }, .kind = TL_COLUMN_LABEL },
    };
    struct examined x = { .c = c };
    const char *head = tl_call_text(c, "head");
    tl_status st = head ? read_noted(head, &x.noted, err) : TL_OK;
    if (st != TL_OK)
        return tl_call_context(c, "head", st, err);
    x.r = tl_report_new(c->arena, "verify",
                        (tl_label){ "Is the database still what was put into it?", "数据库核对" });
    if (!x.r)
        return tl_fail_nomem(err);
    if ((st = tl_store_begin(c->store, err)) != TL_OK)
        return st;
    tl_report_table(x.r, "parts", (tl_label){ "What was looked at", "核对内容" }, columns, 5);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        put_part(&x, &parts[i]);
    tl_store_rollback(c->store);
    const char *code = c->finding == TL_OK ? "yes" : "no";
    tl_report_fact_word(x.r, "sound", (tl_label){ "sound", "完好" }, code, tl_word_yes_no(code));
    tl_report_fact(x.r, "head", (tl_label){ "last entry of the chain", "末条记录" }, x.head);
    if (x.head)
        tl_report_note(x.r, (tl_label){ "Note the last entry elsewhere for a later head.",
                                        "末条记录请另存，供日后 head 核对。" });
    return tl_call_report(c, x.r, err);
}

static const tl_argument list_arguments[] = {
    { .name = "object",
      .help = { "what was changed: dataset/gwp@2025.1", "对象，如 dataset/gwp" } },
    { .name = "about",
      .shown = "BEGINNING",
      .help = { "all that begin so: record/", "对象前缀，如 record/" } },
    { .name = "who", .shown = "ID", .help = { "who did it", "操作人编号" } },
    { .name = "action",
      .help = { "what was done: record.publish, or all of record", "操作，如 record.publish" } },
    { .name = "from", .kind = TL_ARGUMENT_DAY, .help = { "since that day", "起始日期" } },
    { .name = "to", .kind = TL_ARGUMENT_DAY, .help = { "until that day", "截止日期" } },
    { .name = "before",
      .kind = TL_ARGUMENT_INT,
      .least = 1,
      .most = INT64_MAX / 4,
      .shown = "NUMBER",
      .help = { "only entries before that one", "仅该序号之前的记录" } },
    { .name = "limit",
      .kind = TL_ARGUMENT_INT,
      .least = 1,
      .most = MOST_LISTED,
      .shown = "N",
      .help = { "at most so many; 100 if not given", "最多个数，默认 100" } },
    TL_PAGE_CURSOR,
};
static const tl_argument verify_arguments[] = {
    { .name = "head",
      .shown = "NUMBER:HASH",
      .help = { "an entry noted before, which must still be there", "先前另存的末条记录" } },
};

static const tl_operation audit_rows[] = {
    { .name = "audit list",
      .summary = { "who did what, newest first", "谁做了什么，最新在前" },
      .method = TL_HTTP_GET,
      .path = "/audit",
      .right = TL_RIGHT_AUDIT_READ,
      .arguments = list_arguments,
      .n = sizeof list_arguments / sizeof *list_arguments,
      .run = run_list },
};

static const tl_operation verify_rows[] = {
    { .name = "verify",
      .summary = { "audit chain, checksums, ratings, seals, awards",
                   "核对审计链、校验和、企业评价、存证与评选" },
      .method = TL_HTTP_GET,
      .path = "/audit/verify",
      .right = TL_RIGHT_AUDIT_READ,
      .arguments = verify_arguments,
      .n = 1,
      .run = run_verify },
};

const tl_operations tl_operations_audit = {
    "audit",
    { "the audit chain: who did what", "审计链：谁做了什么" },
    audit_rows,
    sizeof audit_rows / sizeof *audit_rows,
};

const tl_operations tl_operations_verify = {
    "verify",
    { "check the audit chain, data sets, ratings, published footprints and awards",
      "核对审计链、数据集、企业评价、已公布的碳足迹与评选" },
    verify_rows,
    sizeof verify_rows / sizeof *verify_rows,
};
