/* fold.c - ICU's NFKC_Casefold between two buffers. */
#include "format/fold.h"

#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/text.h"

/* One blank where there are some, none at the ends. ICU has made no-break and full-width blanks
 * plain ones. */
static int32_t squeeze(UChar *u, int32_t n)
{
    int32_t to = 0;
    for (int32_t i = 0; i < n; i++) {
        bool blank = u[i] == ' ' || u[i] == '\t' || u[i] == '\n' || u[i] == '\r';
        if (blank && (to == 0 || u[to - 1] == ' '))
            continue;
        u[to++] = blank ? (UChar)' ' : u[i];
    }
    return to > 0 && u[to - 1] == ' ' ? to - 1 : to;
}

tl_status tl_fold(const char *text, tl_arena *arena, const char **out, tl_error *err)
{
    UErrorCode code = U_ZERO_ERROR;
    size_t n = strlen(text);
    int32_t raw_len = 0, len = 0, bytes = 0;
    *out = NULL;
    if (n > TL_FOLD_MAX || tl_utf8_valid(text, n) != n)
        return tl_fail(err, TL_EINPUT, "a text that is not UTF-8 or longer than %d bytes",
                       (int)TL_FOLD_MAX);
    const UNormalizer2 *form = unorm2_getNFKCCasefoldInstance(&code);
    /* one character folds into eighteen at most (U+FDFA) */
    size_t cap = 18 * n + 1;
    UChar *raw = tl_arena_alloc(arena, n + 1, sizeof *raw);
    UChar *folded = tl_arena_alloc(arena, cap, sizeof *folded);
    char *utf8 = tl_arena_alloc(arena, 3 * cap, 1);
    if (!raw || !folded || !utf8)
        return tl_fail_nomem(err);
    u_strFromUTF8(raw, (int32_t)(n + 1), &raw_len, text, (int32_t)n, &code);
    len = unorm2_normalize(form, raw, raw_len, folded, (int32_t)cap, &code);
    if (U_SUCCESS(code))
        len = squeeze(folded, len);
    u_strToUTF8(utf8, (int32_t)(3 * cap), &bytes, folded, len, &code);
    if (U_FAILURE(code))
        return tl_fail(err, TL_EINPUT, "text: %s", u_errorName(code));
    *out = utf8;
    return TL_OK;
}
