/* clean.c - one pass, runs of plain ASCII in one piece. */
#include "format/clean.h"

#include <string.h>

#include "base/text.h"

static size_t plain(const char *s, size_t n)
{
    size_t i = 0;
    while (i < n && (unsigned char)s[i] >= 0x20 && (unsigned char)s[i] < 0x7F)
        i++;
    return i;
}

void tl_clean_text(tl_buf *out, const char *s, bool lines)
{
    size_t n = strlen(s), len;
    for (size_t i = 0; i < n; i += len) {
        if ((len = plain(s + i, n - i)) > 0) {
            tl_buf_add(out, s + i, len);
            continue;
        }
        uint32_t c = tl_utf8_next(s + i, n - i, &len);
        if ((c < 0x20 && !(lines && (c == '\n' || c == '\t'))) || (c >= 0x7F && c < 0xA0))
            tl_buf_char(out, ' ');
        else if (c == 0xFFFD || c == 0xFFFE || c == 0xFFFF)
            tl_buf_str(out, "\xEF\xBF\xBD");
        else
            tl_buf_add(out, s + i, len);
    }
}
