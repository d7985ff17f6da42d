/* openapi.c - the description of the API, written from the rows: what is described is what is
 * served. */
#include <string.h>

#include "server/server_priv.h"

/* A text in YAML's double quotes, which are those of JSON. */
static void quoted(tl_buf *out, const char *text)
{
    tl_buf_char(out, '"');
    for (const char *p = text ? text : ""; *p; p++) {
        if (*p == '"' || *p == '\\')
            tl_buf_char(out, '\\');
        tl_buf_char(out, *p);
    }
    tl_buf_char(out, '"');
}

static void put_help(tl_buf *out, int indent, const char *key, tl_label help)
{
    tl_buf_printf(out, "%*s%s: ", indent, "", key);
    tl_buf both;
    tl_buf_init(&both, 0);
    tl_buf_printf(&both, "%s / %s", help.en, help.zh);
    quoted(out, tl_buf_text(&both));
    tl_buf_clear(&both);
    tl_buf_char(out, '\n');
}

static void put_schema(tl_buf *out, const tl_argument *a)
{
    static const char *const types[] = { "type: string",
                                         "type: string",
                                         "type: integer",
                                         "type: number",
                                         "type: boolean",
                                         "type: string, format: date",
                                         "type: string, format: binary" };
    tl_buf_str(out, a->many ? "{type: array, items: {" : "{");
    tl_buf_str(out, types[a->kind]);
    if (a->kind == TL_ARGUMENT_INT)
        tl_buf_printf(out, ", minimum: %lld, maximum: %lld", (long long)a->least,
                      (long long)a->most);
    if (a->choices) {
        tl_span rest = tl_span_of(a->choices), choice;
        tl_buf_str(out, ", enum: [");
        for (bool first = true; tl_span_split(&rest, '|', &choice); first = false) {
            tl_buf_str(out, first ? "\"" : ", \"");
            tl_buf_add(out, choice.p, choice.n);
            tl_buf_char(out, '"');
        }
        tl_buf_char(out, ']');
    }
    tl_buf_str(out, a->many ? "}}" : "}");
}

static bool in_path(const tl_operation *o, const char *name)
{
    size_t n = strlen(name);
    for (const char *p = o->path; (p = strchr(p, '{')) != NULL; p++)
        if (strncmp(p + 1, name, n) == 0 && (p[1 + n] == '}' || p[1 + n] == '.'))
            return true;
    return false;
}

static bool is_needed(const tl_argument *a)
{
    return (a->required || a->word) && !a->optional;
}

static void put_parameter(tl_buf *out, const tl_operation *o, const tl_argument *a)
{
    bool path = in_path(o, a->name);
    tl_buf_printf(out, "        - name: %s\n          in: %s\n", a->name, path ? "path" : "query");
    if (path || is_needed(a))
        tl_buf_str(out, "          required: true\n");
    put_help(out, 10, "description", a->help);
    tl_buf_str(out, "          schema: ");
    put_schema(out, a);
    tl_buf_char(out, '\n');
}

/* Arguments of GET stand in the query; of others in a body of JSON, where they may stand in the
 * query too. */
static void put_body(tl_buf *out, const tl_operation *o)
{
    bool any = false;
    for (size_t i = 0; i < o->n; i++) {
        const tl_argument *a = &o->arguments[i];
        if (a->kind == TL_ARGUMENT_FILE) {
            tl_buf_str(out, "      requestBody:\n        required: true\n");
            put_help(out, 8, "description", a->help);
            tl_buf_str(out, "        content:\n          application/octet-stream: {schema: "
                            "{type: string, format: binary}}\n");
            return;
        }
        any = any || !in_path(o, a->name);
    }
    if (!any || o->method == TL_HTTP_GET)
        return;
    tl_buf_str(out, "      requestBody:\n        content:\n          application/json:\n"
                    "            schema:\n              type: object\n"
                    "              additionalProperties: false\n              properties:\n");
    for (size_t i = 0; i < o->n; i++)
        if (!in_path(o, o->arguments[i].name)) {
            tl_buf_printf(out, "                %s: ", o->arguments[i].name);
            put_schema(out, &o->arguments[i]);
            tl_buf_char(out, '\n');
        }
}

static bool takes_file(const tl_operation *o)
{
    for (size_t i = 0; i < o->n; i++)
        if (o->arguments[i].kind == TL_ARGUMENT_FILE)
            return true;
    return false;
}

/* What is inside an answer of this form. */
static const char *schema_of(const tl_operation *o, const char *name)
{
    if (strcmp(name, "json") == 0) {
        bool report =
            !(o->flags & TL_OPERATION_OWN_JSON) && (!o->formats || strstr(o->formats, "view"));
        return report ? "{$ref: \"#/components/schemas/Report\"}" : "{}";
    }
    if (strcmp(name, "view") == 0)
        return "{type: object}";
    bool text = strcmp(name, "csv") == 0 || strcmp(name, "svg") == 0 || strcmp(name, "xml") == 0 ||
                strcmp(name, "atom") == 0;
    return text ? "{type: string}" : "{type: string, format: binary}";
}

static void put_answers(tl_buf *out, const tl_operation *o)
{
    const char *name, *type;
    tl_buf_str(out, "      responses:\n        \"200\":\n          description: what was asked "
                    "for\n          content:\n");
    for (size_t i = 0; (type = tl_form_type(o, i, &name)) != NULL; i++)
        tl_buf_printf(out, "            %.*s: {schema: %s}\n", (int)strcspn(type, ";"), type,
                      schema_of(o, name));
    if (o->flags & TL_OPERATION_PROVED)
        tl_buf_str(out, "        \"403\":\n          description: not allowed; or, of type "
                        "/problems/reauthenticate, the session gives its password again first "
                        "(POST /api/v1/session/proof)\n          content:\n            "
                        "application/problem+json: {schema: {$ref: "
                        "\"#/components/schemas/Problem\"}}\n");
    tl_buf_str(out, "        default: {$ref: \"#/components/responses/Problem\"}\n");
}

static void put_operation(tl_buf *out, const tl_operation *o)
{
    static const char *const methods[] = { "get", "post", "put", "patch", "delete" };
    char id[128];
    size_t n = 0; /* "search --rebuild" is search-rebuild */
    for (const char *p = o->name; *p && n + 1 < sizeof id; p++)
        if ((*p != ' ' && *p != '-') || (n && id[n - 1] != '-'))
            id[n++] = *p == ' ' ? '-' : *p;
    id[n] = 0;
    tl_buf_printf(out, "    %s:\n      operationId: %s\n", methods[o->method], id);
    put_help(out, 6, "summary", o->summary);
    tl_buf_printf(out, "      x-right: %s\n", tl_right_name(o->right));
    if (o->right == TL_RIGHT_PUBLIC_READ)
        tl_buf_str(out, "      security: [{}, {key: []}, {session: []}]\n");
    bool query = o->method == TL_HTTP_GET || takes_file(o), begun = false;
    for (size_t i = 0; i < o->n; i++) {
        const tl_argument *a = &o->arguments[i];
        if (a->kind == TL_ARGUMENT_FILE || (!query && !in_path(o, a->name)))
            continue;
        tl_buf_str(out, begun ? "" : "      parameters:\n");
        begun = true;
        put_parameter(out, o, a);
    }
    put_body(out, o);
    put_answers(out, o);
}

/* All operations of a path stand together, where its first one is. */
static void put_path(tl_buf *out, const char *path)
{
    size_t lists;
    const tl_operations *const *all = tl_operations_all(&lists);
    tl_buf_printf(out, "  %s:\n", path);
    for (size_t i = 0; i < lists; i++)
        for (size_t k = 0; k < all[i]->n; k++)
            if (all[i]->items[k].path && strcmp(all[i]->items[k].path, path) == 0)
                put_operation(out, &all[i]->items[k]);
}

static bool seen_before(const tl_operations *const *all, size_t list, size_t row)
{
    const char *path = all[list]->items[row].path;
    for (size_t i = 0; i <= list; i++)
        for (size_t k = 0; k < (i == list ? row : all[i]->n); k++)
            if (all[i]->items[k].path && strcmp(all[i]->items[k].path, path) == 0)
                return true;
    return false;
}

static const char head[] =
    "# Written by the program from its table of operations (tanlian api); a test holds it against\n"
    "# what is served.\n"
    "openapi: 3.1.0\n"
    "info:\n"
    "  title: Tanlian 碳链\n"
    "  license: {name: Apache-2.0, identifier: Apache-2.0}\n"
    "  description: >-\n"
    "    Carbon along the chain from steel mill and smelter to car. Every answer has a form as "
    "JSON,\n"
    "    CSV or XLSX, chosen by Accept or ?format=; charts as SVG. Texts that people read come in\n"
    "    both languages. Problems follow RFC 9457, in Chinese or English by ?lang= or\n"
    "    Accept-Language, English if neither says. Answers to GET carry an ETag.\n";
static const char tail[] =
    "components:\n"
    "  securitySchemes:\n"
    "    key: {type: http, scheme: bearer, description: an API key}\n"
    "    session: {type: apiKey, in: cookie, name: tanlian}\n"
    "  responses:\n"
    "    Problem:\n"
    "      description: why not (RFC 9457)\n"
    "      headers:\n"
    "        Content-Language: {description: of title and detail, schema: {enum: [en, zh]}}\n"
    "      content:\n"
    "        application/problem+json: {schema: {$ref: \"#/components/schemas/Problem\"}}\n"
    "  schemas:\n"
    "    Report:\n"
    "      type: object\n"
    "      description: facts, tables (arrays of rows) and notes of a view\n"
    "      required: [report, title_en, title_zh, notes]\n"
    "      properties:\n"
    "        report: {type: string}\n"
    "        title_en: {type: [string, \"null\"]}\n"
    "        title_zh: {type: [string, \"null\"]}\n"
    "        notes: {type: array, items: {type: object, required: [en, zh]}}\n"
    "    Problem:\n"
    "      type: object\n"
    "      required: [type, title, status, instance]\n"
    "      properties:\n"
    "        type: {type: string, format: uri-reference}\n"
    "        title: {type: string}\n"
    "        status: {type: integer}\n"
    "        detail: {type: string}\n"
    "        instance: {type: string}\n";

void tl_server_openapi(const char *version, tl_buf *out)
{
    size_t lists;
    const tl_operations *const *all = tl_operations_all(&lists);
    tl_buf_str(out, head);
    tl_buf_printf(out, "  version: \"%s\"\n", version);
    tl_buf_str(out, "servers: [{url: /api/v1}]\n"
                    "security: [{key: []}, {session: []}]\n"
                    "paths:\n");
    for (size_t i = 0; i < lists; i++)
        for (size_t k = 0; k < all[i]->n; k++)
            if (all[i]->items[k].path && !seen_before(all, i, k))
                put_path(out, all[i]->items[k].path);
    tl_buf_str(out, tail);
}
