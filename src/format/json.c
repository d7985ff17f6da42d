/* json.c - the writer: bytes go straight into the buffer, nothing is kept but the nesting. */
#include "format/json.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"

/* What is open at a depth; the top bit-value counts as "nothing open". */
enum { TOP_EMPTY, TOP_DONE, OBJECT_EMPTY, OBJECT_MORE, ARRAY_EMPTY, ARRAY_MORE };

tl_json tl_json_start(tl_buf *out, bool pretty)
{
    return (tl_json){ .out = out, .pretty = pretty, .state = { TOP_EMPTY } };
}

static void new_line(tl_json *j)
{
    if (!j->pretty)
        return;
    tl_buf_char(j->out, '\n');
    for (int i = 0; i < j->depth; i++)
        tl_buf_add(j->out, "  ", 2);
}

static void put_control(tl_buf *out, unsigned char c)
{
    static const char short_form[32] = { [8] = 'b', [9] = 't', [10] = 'n', [12] = 'f', [13] = 'r' };
    if (c < 32 && short_form[c]) {
        const char two[2] = { '\\', short_form[c] };
        tl_buf_add(out, two, 2);
    } else {
        tl_buf_printf(out, "\\u%04x", c);
    }
}

/* Bytes at s that need no care: not control, quote, backslash, nor above 0x7E. */
static size_t plain(const char *s, size_t n)
{
    size_t i = 0;
    while (i < n && (unsigned char)s[i] >= 0x20 && (unsigned char)s[i] < 0x7F && s[i] != '"' &&
           s[i] != '\\')
        i++;
    return i;
}

static void put_text(tl_buf *out, const char *s)
{
    size_t n = strlen(s), len;
    tl_buf_char(out, '"');
    for (size_t i = 0; i < n; i += len) {
        if ((len = plain(s + i, n - i)) > 0) {
            tl_buf_add(out, s + i, len);
            continue;
        }
        uint32_t c = tl_utf8_next(s + i, n - i, &len);
        if (c == '"' || c == '\\') {
            const char two[2] = { '\\', (char)c };
            tl_buf_add(out, two, 2);
        } else if (c < 0x20 || c == 0x7F) {
            put_control(out, (unsigned char)c);
        } else if (c == 0xFFFD && len == 1) {
            tl_buf_str(out, "\xEF\xBF\xBD"); /* U+FFFD for each byte that is not UTF-8 */
        } else {
            tl_buf_add(out, s + i, len);
        }
    }
    tl_buf_char(out, '"');
}

/* Comma, line and member name that come before a value. */
static void before_value(tl_json *j, const char *name)
{
    unsigned char *state = &j->state[j->depth];
    bool in_object = *state == OBJECT_EMPTY || *state == OBJECT_MORE;
    assert(*state != TOP_DONE && "one value at the top");
    assert(in_object == (name != NULL) && "a name in an object, none elsewhere");
    if (*state == OBJECT_MORE || *state == ARRAY_MORE)
        tl_buf_char(j->out, ',');
    if (*state != TOP_EMPTY)
        new_line(j);
    *state = *state == TOP_EMPTY ? TOP_DONE : in_object ? OBJECT_MORE : ARRAY_MORE;
    if (in_object && name) {
        put_text(j->out, name);
        tl_buf_add(j->out, ": ", j->pretty ? 2 : 1);
    }
}

static void open_level(tl_json *j, const char *name, char bracket, unsigned char state)
{
    before_value(j, name);
    assert(j->depth + 1 < (int)sizeof j->state && "nested too deep");
    tl_buf_char(j->out, bracket);
    j->state[++j->depth] = state;
}

void tl_json_object(tl_json *j, const char *name)
{
    open_level(j, name, '{', OBJECT_EMPTY);
}

void tl_json_array(tl_json *j, const char *name)
{
    open_level(j, name, '[', ARRAY_EMPTY);
}

void tl_json_end(tl_json *j)
{
    assert(j->depth > 0 && "nothing is open");
    unsigned char state = j->state[j->depth--];
    if (state == OBJECT_MORE || state == ARRAY_MORE)
        new_line(j);
    tl_buf_char(j->out, state == OBJECT_EMPTY || state == OBJECT_MORE ? '}' : ']');
}

void tl_json_text(tl_json *j, const char *name, const char *v)
{
    before_value(j, name);
    if (v)
        put_text(j->out, v);
    else
        tl_buf_str(j->out, "null");
}

void tl_json_number(tl_json *j, const char *name, double v)
{
    before_value(j, name);
    tl_buf_number(j->out, v);
}

bool tl_json_is_number(const char *text)
{
    static const char digits[] = "0123456789";
    const char *p = text + (*text == '-');
    size_t n = *p == '0' ? 1 : strspn(p, digits); /* no zeros in front */
    if (n == 0)
        return false;
    p += n;
    if (*p == '.') {
        if ((n = strspn(++p, digits)) == 0)
            return false;
        p += n;
    }
    if (*p == 'e' || *p == 'E') {
        p++;
        p += *p == '+' || *p == '-';
        if ((n = strspn(p, digits)) == 0)
            return false;
        p += n;
    }
    return *p == '\0';
}

void tl_json_exact(tl_json *j, const char *name, const char *decimal)
{
    before_value(j, name);
    if (tl_json_is_number(decimal))
        tl_buf_str(j->out, decimal);
    else
        put_text(j->out, decimal);
}

void tl_json_int(tl_json *j, const char *name, int64_t v)
{
    before_value(j, name);
    tl_buf_printf(j->out, "%lld", (long long)v);
}

void tl_json_bool(tl_json *j, const char *name, bool v)
{
    before_value(j, name);
    tl_buf_str(j->out, v ? "true" : "false");
}

void tl_json_null(tl_json *j, const char *name)
{
    before_value(j, name);
    tl_buf_str(j->out, "null");
}
