/* leaked.h - a file of leaked passwords that the operator keeps, asked at every new password.
 *
 * It is the form in which Have I Been Pwned gives out its Pwned Passwords, ordered by hash: a line
 * is the SHA-1 of a password in 40 hexadecimal digits of either case, and, if wanted, ':' and how
 * often it was seen; lines ascend and end with LF or CR LF. It may have tens of gigabytes: a look
 * takes some thirty reads of 128 bytes and keeps nothing. Nothing of a password leaves the machine.
 *
 * It is opened anew for each look, so a newer file can be put in its place while the service runs
 * (mv, which puts in the whole at once). Any number of threads may look at the same time. */
#ifndef TL_ACCOUNT_LEAKED_H
#define TL_ACCOUNT_LEAKED_H

#include <stdbool.h>

#include "base/error.h"

/* Whether the file can be used: its first and last line and some between are of the form and
 * ascend. TL_EINPUT says at which byte what stands there and what was expected; TL_ENOTFOUND where
 * there is no file; TL_EIO where it cannot be read. What a wrong file holds is not shown. */
TL_MUST_CHECK tl_status tl_leaked_check(const char *path, tl_error *err);

/* *found tells whether the password is in the file. TL_EIO where it cannot be told: the file is
 * gone, cannot be read, or what was read of it is not of the form or not in order. */
TL_MUST_CHECK tl_status tl_leaked_find(const char *path, const char *password, bool *found,
                                       tl_error *err);

#endif
