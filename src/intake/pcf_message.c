/* pcf_message.c - which messages a document holds, of which form, and what is found in each. */
#include "intake/pcf_message.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "intake/pcf_message_priv.h"

/* The first element where a list stands in the way: Catena-X puts each group into a list of one. */
static tl_json_value step_into_list(tl_json_value v, const char **where, tl_arena *arena)
{
    tl_json_value first = tl_json_item(v, 0);
    if (tl_json_missing(first))
        return v;
    if (*where)
        *where = tl_arena_printf(arena, "%s[0]", *where);
    return first;
}

tl_json_value tl_pcf_at(const tl_pcf_check *c, const char *path, const char **where)
{
    tl_json_value v = c->root;
    tl_span rest = tl_span_of(path), part;
    *where = c->path;
    while (tl_span_split(&rest, '.', &part)) {
        char *name = tl_arena_copy(c->arena, part.p, part.n);
        if (!name || !*where) {
            *where = NULL;
            return (tl_json_value){ .doc = v.doc };
        }
        v = tl_json_get(step_into_list(v, where, c->arena), name);
        *where = *where ? tl_arena_printf(c->arena, "%s.%s", *where, name) : NULL;
    }
    return v;
}

/* Decimals of a number as JSON or text write it: those behind the point. */
static int decimals_of(const char *text)
{
    const char *point = strchr(text, '.');
    return point ? (int)strspn(point + 1, "0123456789") : 0;
}

bool tl_pcf_number(tl_json_value at, double *v, int *decimals)
{
    const char *text;
    char number[TL_NUMBER_MAX];
    if (tl_json_missing(at))
        return false;
    if (tl_json_as_text(at, &text, NULL) == TL_OK) {
        *decimals = decimals_of(text);
        return tl_number_parse(text, v, NULL) == TL_OK && isfinite(*v);
    }
    if (tl_json_as_number(at, v, NULL) != TL_OK)
        return false;
    tl_number_format(*v, number);
    *decimals = decimals_of(number);
    return true;
}

void tl_pcf_find(tl_pcf_check *c, bool error, const char *where, const char *rule, const char *en,
                 const char *zh)
{
    if (c->st != TL_OK)
        return;
    if (!where || !en || !zh) {
        c->st = tl_fail_nomem(c->err);
        return;
    }
    c->errors += error;
    if (c->n == TL_PCF_FINDINGS) {
        c->left_out++;
        return;
    }
    c->st = tl_grow(&c->findings, &c->cap, c->n + 1, sizeof *c->findings, c->err);
    if (c->st == TL_OK)
        c->findings[c->n++] = (tl_pcf_finding){ where, rule, en, zh, error };
}

static bool starts(tl_json_value v, const char *prefix)
{
    const char *text;
    return !tl_json_missing(v) && tl_json_as_text(v, &text, NULL) == TL_OK &&
           tl_text_starts(text, prefix);
}

/* The form a message says it has; NULL for one that says none that is known. */
static const tl_pcf_form *recognise(const tl_pcf_check *c)
{
    static const struct {
        const char *path, *prefix, *form;
    } signs[] = {
        { "specVersion", "3.", "PACT 3" },
        { "specVersion", "2.", "PACT 2" },
        { "specVersion", "urn:io.catenax.pcf:datamodel:version:7.", "Catena-X 7" },
        { "scopeOfPcfForm.specVersion", "urn:io.catenax.pcf:datamodel:version:9.", "Catena-X 9" },
    };
    const char *where;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (starts(tl_pcf_at(c, signs[i].path, &where), signs[i].prefix))
            return tl_pcf_form_find(signs[i].form);
    if (!tl_json_missing(tl_pcf_at(c, "pcfValues.sharesPerStage", &where)))
        return tl_pcf_form_find("Catena-X battery 1");
    return NULL;
}

static tl_status keep(tl_pcf_check *c, tl_pcf_message *out)
{
    tl_pcf_finding *kept = tl_arena_alloc(c->arena, c->n + 1, sizeof *kept);
    if (!kept)
        return tl_fail_nomem(c->err);
    if (c->n)
        memcpy(kept, c->findings, c->n * sizeof *kept);
    out->findings = kept;
    out->n = c->n;
    out->errors = c->errors;
    return TL_OK;
}

static tl_status check_message(tl_json_value root, const char *path, tl_arena *arena,
                               tl_pcf_message *out, tl_error *err)
{
    tl_pcf_check c = { .root = root, .path = path, .arena = arena, .err = err };
    const char *id = "", *where;
    *out = (tl_pcf_message){ .path = path, .id = "", .form = "" };
    c.form = recognise(&c);
    if (!c.form) {
        tl_pcf_find(&c, true, path, "form",
                    "says no known specVersion, expected PACT 2 or 3 or io.catenax.pcf 7 or 9",
                    "未标明已知的 specVersion，应为 PACT 2、3 或 io.catenax.pcf 7、9");
    } else {
        out->form = c.form->name;
        tl_json_value v = tl_pcf_at(&c, c.form->id, &where);
        if (!tl_json_missing(v) && tl_json_as_text(v, &id, NULL) == TL_OK)
            out->id = tl_arena_str(arena, id);
        tl_pcf_check_fields(&c);
        tl_pcf_check_sums(&c);
    }
    tl_status st = c.st;
    if (st == TL_OK && !out->id)
        st = tl_fail_nomem(err);
    if (st == TL_OK)
        st = keep(&c, out);
    free(c.findings);
    return st;
}

/* What holds the messages, and how it is called: the root, its data, or the pfs in its data. */
static tl_json_value find_messages(tl_json_value root, const char **path)
{
    tl_json_value data = tl_json_get(root, "data"), pfs = tl_json_get(data, "pfs");
    *path = !tl_json_missing(pfs) ? "$.data.pfs" : !tl_json_missing(data) ? "$.data" : "$";
    return !tl_json_missing(pfs) ? pfs : !tl_json_missing(data) ? data : root;
}

static tl_status check_all(tl_json_value root, const char *name, tl_arena *arena,
                           const tl_pcf_message **out, size_t *count, tl_error *err)
{
    const char *path;
    tl_json_value all = find_messages(root, &path);
    bool list = tl_json_as_array(all, NULL) == TL_OK;
    size_t n = list ? tl_json_count(all) : 1;
    if (!list && tl_json_as_object(all, NULL) != TL_OK)
        return tl_fail(err, TL_EINPUT, "%s: %s is no message, expected an object or a list of them",
                       name, path);
    if (n == 0 || n > TL_PCF_MESSAGES)
        return tl_fail(err, TL_EINPUT, "%s: %zu messages, expected 1 to %d", name, n,
                       (int)TL_PCF_MESSAGES);
    tl_pcf_message *messages = tl_arena_alloc(arena, n, sizeof *messages);
    tl_status st = messages ? TL_OK : tl_fail_nomem(err);
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        const char *where = list ? tl_arena_printf(arena, "%s[%zu]", path, i) : path;
        tl_json_value one = list ? tl_json_item(all, i) : all;
        st = where ? check_message(one, where, arena, &messages[i], err) : tl_fail_nomem(err);
    }
    *out = messages;
    *count = st == TL_OK ? n : 0;
    return st;
}

tl_status tl_pcf_messages_check(const char *name, const char *text, size_t n, tl_arena *arena,
                                const tl_pcf_message **out, size_t *count, tl_error *err)
{
    tl_json_doc *doc = NULL;
    *out = NULL;
    *count = 0;
    tl_status st = tl_json_read(&doc, name, text, n, NULL, err);
    if (st == TL_OK)
        st = check_all(tl_json_root(doc), name, arena, out, count, err);
    tl_json_doc_free(doc);
    return st;
}
