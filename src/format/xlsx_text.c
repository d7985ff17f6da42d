/* xlsx_text.c - what Excel does not take as it is: names of sheets, long texts, its own escapes. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include <unicode/uchar.h>

#include "base/text.h"
#include "format/clean.h"
#include "format/xlsx_priv.h"

/* Bytes of the longest start of s with at most `units` UTF-16 units. */
static size_t cut(const char *s, size_t units)
{
    size_t n = strlen(s), i = 0, len;
    while (i < n) {
        size_t need = tl_utf8_next(s + i, n - i, &len) > 0xFFFF ? 2 : 1;
        if (need > units)
            break;
        units -= need;
        i += len;
    }
    return i;
}

/* Excel takes none of []:*?/\ and no apostrophe at either end, and keeps "History" for itself. A
 * name that looks like a number or the name of a cell would need quotes in the definition of a
 * filter, which libxlsxwriter 1.1.4 sets only for other than letters and digits: it gets brackets.
 */
static void tidy_name(tl_buf *out, const char *name)
{
    tl_buf clean;
    bool plain = true, digit = false;
    tl_buf_init(&clean, 0);
    tl_clean_text(&clean, *name ? name : "Sheet", false);
    for (const char *p = tl_buf_text(&clean); *p; p++) {
        unsigned char c = (unsigned char)*p;
        plain = plain && (isalnum(c) || c == '_' || c == '.');
        digit = digit || isdigit(c);
    }
    bool brackets = plain && (digit || clean.len <= 2 || strcasecmp(clean.data, "history") == 0);
    tl_buf_str(out, brackets ? "(" : "");
    for (const char *p = tl_buf_text(&clean); *p; p++) {
        bool end = p == clean.data || !p[1];
        tl_buf_char(out, strchr("[]:*?/\\", *p) || (*p == '\'' && end) ? '_' : *p);
    }
    out->failed = out->failed || clean.failed;
    tl_buf_clear(&clean);
    if (brackets && out->len < TL_XLSX_NAME)
        tl_buf_char(out, ')');
}

void tl_xlsx_name(tl_buf *out, const char *name, int number)
{
    tl_buf tidy, tail;
    tl_buf_init(&tidy, 0);
    tl_buf_init(&tail, 0);
    tidy_name(&tidy, name);
    if (number > 1)
        tl_buf_printf(&tail, " (%d)", number);
    size_t n = cut(tl_buf_text(&tidy), TL_XLSX_NAME - tail.len);
    tl_buf_add(out, tl_buf_text(&tidy), n);
    if (n && out->data && out->data[out->len - 1] == '\'')
        out->data[out->len - 1] = '_'; /* the cut laid an apostrophe bare */
    tl_buf_str(out, tl_buf_text(&tail));
    out->failed = out->failed || tidy.failed || tail.failed;
    tl_buf_clear(&tidy);
    tl_buf_clear(&tail);
}

bool tl_xlsx_name_same(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b), i = 0, j = 0, len;
    while (i < n && j < m) {
        UChar32 c = (UChar32)tl_utf8_next(a + i, n - i, &len);
        i += len;
        UChar32 d = (UChar32)tl_utf8_next(b + j, m - j, &len);
        j += len;
        if (u_foldCase(c, U_FOLD_CASE_DEFAULT) != u_foldCase(d, U_FOLD_CASE_DEFAULT))
            return false;
    }
    return i == n && j == m;
}

static bool looks_escaped(const char *s)
{
    if (s[0] != '_' || s[1] != 'x')
        return false;
    for (int i = 2; i < 6; i++)
        if (!isxdigit((unsigned char)s[i]))
            return false;
    return s[6] == '_';
}

void tl_xlsx_escape(tl_buf *out, const char *text, size_t most)
{
    tl_buf clean, escaped;
    tl_buf_init(&clean, 0);
    tl_buf_init(&escaped, 0);
    tl_clean_text(&clean, text, true);
    for (const char *p = tl_buf_text(&clean); *p;) {
        size_t n = strcspn(p + 1, "_") + 1; /* up to the next underscore */
        if (looks_escaped(p))
            tl_buf_str(&escaped, "_x005F");
        tl_buf_add(&escaped, p, n);
        p += n;
    }
    tl_buf_add(out, tl_buf_text(&escaped), cut(tl_buf_text(&escaped), most));
    out->failed = out->failed || clean.failed || escaped.failed;
    tl_buf_clear(&clean);
    tl_buf_clear(&escaped);
}
