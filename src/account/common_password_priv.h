/* common_password_priv.h - the table of common passwords that tools/embed-passwords writes from
 * passwords/: each in the form tl_fold gives, sorted by byte, none twice. */
#ifndef TL_ACCOUNT_COMMON_PASSWORD_PRIV_H
#define TL_ACCOUNT_COMMON_PASSWORD_PRIV_H

#include <stddef.h>
#include <stdint.h>

extern const char tl_common_text[];       /* one behind the other, a NUL behind each */
extern const uint32_t tl_common_starts[]; /* where each begins */
extern const size_t tl_common_count;
extern const size_t tl_common_longest; /* bytes */

#endif
