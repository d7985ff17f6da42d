/* json_read.c - jansson parses; limits, paths and messages are ours.
 *
 * jansson descends by recursion, so depth is checked before it sees the text. A handle does not
 * carry its path: it is found again from the root when a message needs it. */
#include "format/json_read.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/buf.h"
#include "base/file.h"

enum { DEFAULT_DEPTH = 64, MOST_DEPTH = 512 };
#define DEFAULT_BYTES ((size_t)64 << 20)

struct tl_json_doc {
    char *name;   /* owned */
    json_t *root; /* owned */
};

/* Line and column (both from 1, in bytes) of place `at`. */
static void locate(const char *text, size_t at, size_t *line, size_t *column)
{
    *line = *column = 1;
    for (size_t i = 0; i < at; i++) {
        *column = text[i] == '\n' ? 1 : *column + 1;
        *line += text[i] == '\n';
    }
}

/* Place of the bracket that nests deeper than allowed, or n. */
static size_t too_deep(const char *text, size_t n, unsigned allowed)
{
    size_t depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < n; i++) {
        char c = text[i];
        if (quoted && c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '[' || c == '{') && ++depth > allowed)
            return i;
        else if (!quoted && (c == ']' || c == '}') && depth)
            depth--;
    }
    return n;
}

static tl_status check_limits(const char *name, const char *text, size_t n,
                              const tl_json_limits *limits, tl_error *err)
{
    size_t most = limits && limits->max_bytes ? limits->max_bytes : DEFAULT_BYTES, line, column;
    unsigned depth = limits && limits->depth ? limits->depth : DEFAULT_DEPTH;
    if (depth > MOST_DEPTH)
        depth = MOST_DEPTH;
    if (n > most)
        return tl_fail(err, TL_EINPUT, "%s: %zu bytes, larger than the limit of %zu", name, n,
                       most);
    size_t at = too_deep(text, n, depth);
    if (at == n)
        return TL_OK;
    locate(text, at, &line, &column);
    return tl_fail(err, TL_EINPUT, "%s:%zu:%zu: nested deeper than %u", name, line, column, depth);
}

tl_status tl_json_read(tl_json_doc **out, const char *name, const char *text, size_t n,
                       const tl_json_limits *limits, tl_error *err)
{
    json_error_t fault;
    *out = NULL;
    tl_status st = check_limits(name, text, n, limits, err);
    if (st != TL_OK)
        return st;
    size_t mark = n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    tl_json_doc *doc = calloc(1, sizeof *doc);
    if (!doc || !(doc->name = strdup(name))) {
        tl_json_doc_free(doc);
        return tl_fail_nomem(err);
    }
    doc->root = json_loadb(text + mark, n - mark, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &fault);
    if (!doc->root) {
        tl_json_doc_free(doc);
        if (json_error_code(&fault) == json_error_out_of_memory)
            return tl_fail_nomem(err);
        return tl_fail(err, TL_EINPUT, "%s:%d:%d: %s", name, fault.line > 0 ? fault.line : 1,
                       fault.column > 0 ? fault.column : 1, fault.text);
    }
    *out = doc;
    return TL_OK;
}

tl_status tl_json_read_file(tl_json_doc **out, const char *path, const tl_json_limits *limits,
                            tl_error *err)
{
    tl_file_view view;
    *out = NULL;
    size_t most = limits && limits->max_bytes ? limits->max_bytes : DEFAULT_BYTES;
    tl_status st = tl_file_open(&view, path, most, err);
    if (st != TL_OK)
        return st;
    st = tl_json_read(out, path, view.data, view.size, limits, err);
    tl_file_close(&view);
    return st;
}

void tl_json_doc_free(tl_json_doc *doc)
{
    if (!doc)
        return;
    json_decref(doc->root);
    free(doc->name);
    free(doc);
}

tl_json_value tl_json_root(const tl_json_doc *doc)
{
    return (tl_json_value){ .doc = doc, .node = doc->root };
}

tl_json_value tl_json_get(tl_json_value v, const char *name)
{
    return (tl_json_value){
        .doc = v.doc, .node = json_object_get(v.node, name), .parent = v.node, .name = name
    };
}

tl_json_value tl_json_item(tl_json_value v, size_t i)
{
    return (tl_json_value){
        .doc = v.doc, .node = json_array_get(v.node, i), .parent = v.node, .index = i
    };
}

size_t tl_json_count(tl_json_value v)
{
    return json_is_array((const json_t *)v.node) ? json_array_size(v.node)
                                                 : json_object_size(v.node);
}

bool tl_json_member_next(tl_json_value object, void **iterator, tl_json_value *member)
{
    json_t *o =
        (json_t *)(uintptr_t)object.node; /* jansson's walk wants no const; nothing changes */
    *iterator = *iterator ? json_object_iter_next(o, *iterator) : json_object_iter(o);
    if (!*iterator)
        return false;
    *member = (tl_json_value){ .doc = object.doc,
                               .node = json_object_iter_value(*iterator),
                               .parent = object.node,
                               .name = json_object_iter_key(*iterator) };
    return true;
}

bool tl_json_missing(tl_json_value v)
{
    return !v.node || json_is_null((const json_t *)v.node);
}

/* One container on the way down while the path of another is searched. */
struct step {
    json_t *node;
    void *iterator; /* the member we are in, for an object */
    size_t index;   /* the element we are in, for an array */
    bool begun;
};

/* The next child of the container that is a container itself, or NULL. */
static json_t *next_child(struct step *s)
{
    for (;;) {
        json_t *child;
        if (json_is_object(s->node)) {
            s->iterator =
                s->begun ? json_object_iter_next(s->node, s->iterator) : json_object_iter(s->node);
            child = s->iterator ? json_object_iter_value(s->iterator) : NULL;
        } else {
            s->index += s->begun;
            child = json_array_get(s->node, s->index);
        }
        s->begun = true;
        if (!child || json_is_object(child) || json_is_array(child))
            return child;
    }
}

static void put_step(tl_buf *path, const char *name, size_t index)
{
    if (name)
        tl_buf_printf(path, ".%s", name);
    else
        tl_buf_printf(path, "[%zu]", index);
}

/* Appends the path from the root to a container. Containers are never shared in a parsed document,
 * so the pointer identifies the place. */
static void put_path(tl_buf *path, json_t *root, const void *container)
{
    struct step steps[MOST_DEPTH + 1] = { { .node = root } };
    size_t depth = 0;
    while (steps[depth].node != container) {
        json_t *child = next_child(&steps[depth]);
        if (child && depth + 1 < sizeof steps / sizeof *steps)
            steps[++depth] = (struct step){ .node = child };
        else if (!child && depth-- == 0)
            return;
    }
    for (size_t i = 0; i < depth; i++) {
        bool object = json_is_object(steps[i].node);
        put_step(path, object ? json_object_iter_key(steps[i].iterator) : NULL, steps[i].index);
    }
}

tl_status tl_json_fail(tl_json_value v, tl_error *err, const char *fmt, ...)
{
    char text[sizeof((tl_error){ 0 }.text)];
    tl_buf path;
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    tl_buf_init(&path, 400);
    tl_buf_char(&path, '$');
    if (v.parent) {
        put_path(&path, v.doc->root, v.parent);
        put_step(&path, v.name, v.index);
    }
    tl_status st = tl_fail(err, TL_EINPUT, "%s: %s%s: %s", v.doc->name, tl_buf_text(&path),
                           path.failed ? "..." : "", text);
    tl_buf_clear(&path);
    return st;
}

/* The error for a value of another type. */
static tl_status wrong(tl_json_value v, const char *expected, tl_error *err)
{
    const json_t *node = v.node;
    if (!node)
        return tl_json_fail(v, err, "missing, expected %s", expected);
    switch (json_typeof(node)) {
    case JSON_STRING:
        return tl_json_fail(v, err, "text '%.60s', expected %s", json_string_value(node), expected);
    case JSON_INTEGER:
        return tl_json_fail(v, err, "number %lld, expected %s", (long long)json_integer_value(node),
                            expected);
    case JSON_REAL:
        return tl_json_fail(v, err, "number %g, expected %s", json_real_value(node), expected);
    case JSON_OBJECT:
        return tl_json_fail(v, err, "an object, expected %s", expected);
    case JSON_ARRAY:
        return tl_json_fail(v, err, "an array, expected %s", expected);
    case JSON_TRUE:
        return tl_json_fail(v, err, "true, expected %s", expected);
    case JSON_FALSE:
        return tl_json_fail(v, err, "false, expected %s", expected);
    case JSON_NULL:
        break;
    }
    return tl_json_fail(v, err, "null, expected %s", expected);
}

tl_status tl_json_as_text(tl_json_value v, const char **out, tl_error *err)
{
    if (!json_is_string((const json_t *)v.node))
        return wrong(v, "a text", err);
    *out = json_string_value(v.node);
    return TL_OK;
}

tl_status tl_json_as_number(tl_json_value v, double *out, tl_error *err)
{
    if (!json_is_number((const json_t *)v.node))
        return wrong(v, "a number", err);
    *out = json_number_value(v.node);
    return TL_OK;
}

tl_status tl_json_as_int(tl_json_value v, int64_t lo, int64_t hi, int64_t *out, tl_error *err)
{
    if (!json_is_integer((const json_t *)v.node))
        return wrong(v, "a whole number", err);
    int64_t i = json_integer_value(v.node);
    if (i < lo || i > hi)
        return tl_json_fail(v, err, "%lld, expected a whole number from %lld to %lld", (long long)i,
                            (long long)lo, (long long)hi);
    *out = i;
    return TL_OK;
}

tl_status tl_json_as_bool(tl_json_value v, bool *out, tl_error *err)
{
    if (!json_is_boolean((const json_t *)v.node))
        return wrong(v, "true or false", err);
    *out = json_is_true((const json_t *)v.node);
    return TL_OK;
}

tl_status tl_json_as_object(tl_json_value v, tl_error *err)
{
    return json_is_object((const json_t *)v.node) ? TL_OK : wrong(v, "an object", err);
}

tl_status tl_json_as_array(tl_json_value v, tl_error *err)
{
    return json_is_array((const json_t *)v.node) ? TL_OK : wrong(v, "an array", err);
}
