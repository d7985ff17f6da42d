/* error.h - how every function of Tanlian reports failure.
 *
 * A function that can fail returns tl_status and takes `tl_error *err` last. err may be NULL. It is
 * written only on failure, once, where the fault is known. The text is one line for a person: what
 * is wrong, where (file, row, column or id), what was expected. */
#ifndef TANLIAN_ERROR_H
#define TANLIAN_ERROR_H

#ifdef __cplusplus
extern "C" {
#endif

#define TL_MUST_CHECK __attribute__((warn_unused_result))
#define TL_API __attribute__((visibility("default")))

/* Few codes, chosen for what the caller can do about them. */
typedef enum tl_status {
    TL_OK = 0,
    TL_EINPUT,     /* the input is wrong: correct it */
    TL_ENOTFOUND,  /* nothing of that name */
    TL_ECONFLICT,  /* something else already stands there */
    TL_EFORBIDDEN, /* not allowed for this caller */
    TL_EIO,        /* file, disk or database */
    TL_ENOMEM,     /* out of memory, or over a limit chosen by the caller */
    TL_ENUMERIC,   /* no meaningful number exists: singular or runaway loop */
    TL_ECANCELLED  /* the caller asked to stop */
} tl_status;

typedef struct tl_error {
    tl_status status;
    char text[1024]; /* UTF-8, NUL-terminated, no newline */
} tl_error;

#ifdef __cplusplus
}
#endif
#endif
