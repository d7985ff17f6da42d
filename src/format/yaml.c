/* yaml.c - libcyaml's words as one message: the first line of its log is the fault, the first line
 * of its backtrace the place. */
#include "format/yaml.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

struct said {
    char fault[300], place[120];
};

static void listen_to(cyaml_log_t level, void *ctx, const char *fmt, va_list args) TL_PRINTF(3, 0);
static void listen_to(cyaml_log_t level, void *ctx, const char *fmt, va_list args)
{
    struct said *said = ctx;
    char line[300];
    if (level < CYAML_LOG_ERROR)
        return;
    vsnprintf(line, sizeof line, fmt, args);
    line[strcspn(line, "\n")] = '\0';
    const char *text = strncmp(line, "Load: ", 6) == 0 ? line + 6 : line;
    const char *place = strstr(text, "line: ");
    if (!*said->fault)
        snprintf(said->fault, sizeof said->fault, "%s", text);
    else if (place && !*said->place)
        snprintf(said->place, sizeof said->place, "%.*s", (int)strcspn(place, ")"), place);
}

unsigned tl_yaml_line_of(const char *key, const char *data, size_t size)
{
    tl_span text = { data, size }, line;
    size_t n = strcspn(key, " ");
    for (unsigned at = 1; tl_span_split(&text, '\n', &line); at++) {
        line = tl_span_trim(line);
        if (line.n > n && memcmp(line.p, key, n) == 0 && line.p[n] == ':')
            return at;
    }
    return 0;
}

/* libcyaml places an unknown key where its mapping begins; here it is looked for. */
static void place_unknown(struct said *said, const char *data, size_t n)
{
    static const char unknown[] = "Unexpected key: ";
    if (strncmp(said->fault, unknown, sizeof unknown - 1) != 0)
        return;
    unsigned line = tl_yaml_line_of(said->fault + sizeof unknown - 1, data, n);
    if (line > 0)
        snprintf(said->place, sizeof said->place, "line: %u", line);
}

static cyaml_config_t config_of(struct said *said)
{
    return (cyaml_config_t){ .log_fn = listen_to,
                             .log_ctx = said,
                             .mem_fn = cyaml_mem,
                             .log_level = CYAML_LOG_ERROR,
                             .flags = CYAML_CFG_NO_ALIAS };
}

tl_status tl_yaml_load(void **out, const char *data, size_t n, const cyaml_schema_value_t *schema,
                       tl_error *err)
{
    struct said said = { { 0 }, { 0 } };
    const cyaml_config_t config = config_of(&said);
    cyaml_data_t *value = NULL;
    *out = NULL;
    cyaml_err_t rc = cyaml_load_data((const uint8_t *)data, n, &config, schema, &value, NULL);
    if (rc == CYAML_OK) {
        *out = value;
        return TL_OK;
    }
    cyaml_free(&config, schema, value, 0);
    if (rc == CYAML_ERR_OOM)
        return tl_fail_nomem(err);
    place_unknown(&said, data, n);
    return tl_fail(err, TL_EINPUT, "%s%s%s%s", *said.fault ? said.fault : cyaml_strerror(rc),
                   *said.place ? " (" : "", said.place, *said.place ? ")" : "");
}

void tl_yaml_free(void *value, const cyaml_schema_value_t *schema)
{
    struct said said = { { 0 }, { 0 } };
    const cyaml_config_t config = config_of(&said);
    cyaml_free(&config, schema, value, 0);
}
