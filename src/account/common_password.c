/* common_password.c - whether a password is one of those that are tried first.
 *
 * The words are in passwords/, with where they come from. One of fewer than 12 characters stands
 * for itself with digits and signs around it ("2026Password!"), so a password is looked up as a
 * whole and with what stands at its ends taken off, sign by sign: "1q2w3e4r" has digits of its own.
 */
#include <string.h>

#include "account/common_password_priv.h"
#include "account/password.h"

enum { CORE_LEAST = 6 }; /* bytes; no word is shorter */

/* Binary search for the n bytes of text. */
static bool among(const char *text, size_t n)
{
    size_t lo = 0, hi = tl_common_count;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        const char *word = tl_common_text + tl_common_starts[mid];
        int order = strncmp(text, word, n);
        if (order == 0 && word[n] == '\0')
            return true;
        if (order > 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return false;
}

/* ASCII that is no letter. */
static bool is_sign(char c)
{
    return c > ' ' && c < 0x7F && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z');
}

/* Whether text[from], with at most as much behind it as there are signs at the end, is common.
 * least: where the signs at the end begin. */
static bool begins_common(const char *text, size_t from, size_t least, size_t n)
{
    size_t end = n - from > tl_common_longest ? from + tl_common_longest : n;
    for (; end >= least && end >= from + CORE_LEAST; end--)
        if (among(text + from, end - from))
            return true;
    return false;
}

bool tl_password_common(const char *folded)
{
    size_t n = strlen(folded), least = n;
    if (among(folded, n))
        return true;
    while (least > 0 && is_sign(folded[least - 1]))
        least--;
    for (size_t from = 0; from + CORE_LEAST <= n; from++) {
        if (begins_common(folded, from, least, n))
            return true;
        if (!is_sign(folded[from]))
            return false;
    }
    return false;
}
