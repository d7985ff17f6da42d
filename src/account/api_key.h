/* api_key.h - keys for programs.
 *
 * "tl_" + 16 hex digits that name the key + "_" + 43 characters that are the secret, shown once;
 * its hash is kept. A key acts for one person in one organisation with some of that person's
 * rights, and never with more than the person has at that moment: it falls silent with the account.
 * No key can change keys, people or organisations. */
#ifndef TL_ACCOUNT_API_KEY_H
#define TL_ACCOUNT_API_KEY_H

#include "account/role.h"
#include "account/secret.h"
#include "base/memory.h"
#include "store/store.h"

enum {
    TL_API_KEY_TEXT = 3 + 16 + 1 + 43 + 1, /* with the NUL */
    TL_API_KEY_DAYS = 90,                  /* unless said otherwise */
    TL_API_KEY_DAYS_MOST = 366,
    TL_API_KEY_SEEN_S = 60 /* "last used" is written at most so often */
};

typedef struct tl_api_key {
    const char *id; /* 16 hex digits, no secret */
    const char *user, *email, *tenant;
    const char *name; /* what it is for */
    uint64_t rights;  /* as asked for; what counts is less where the person has less */
    bool read_only;   /* rights that change something do not count */
    int64_t made_at, ends_at;
    int64_t used_at, revoked_at; /* 0: never */
} tl_api_key;

/* Takes a key apart: id (17 bytes with the NUL) and secret; true only for a well-formed text. */
bool tl_api_key_parse(const char *text, char id[TL_KEY_ID], char secret[TL_SECRET_TEXT]);

/* Makes a key of k->user in k->tenant, inside the caller's transaction; audited without the key.
 * Read are user, tenant, name, rights (0: all the person has), read_only and days (0:
 * TL_API_KEY_DAYS). The maker is that person with the right KEY, or has the right TENANT.
 * TL_EINPUT where rights hold more than the person has now; TL_EFORBIDDEN where the person has no
 * place in the organisation. */
TL_MUST_CHECK tl_status tl_api_key_add(tl_store *s, const tl_viewer *by, const tl_api_key *k,
                                       int64_t days, int64_t now, char text[TL_API_KEY_TEXT],
                                       tl_error *err);

/* Who stands behind a key and what it may do now; texts in the arena. Only reads. TL_EFORBIDDEN for
 * anything that opens nothing, without a reason. *due: call tl_api_key_keep. */
TL_MUST_CHECK tl_status tl_api_key_viewer(tl_store *s, const char *text, int64_t now,
                                          tl_arena *arena, tl_viewer *out, bool *due,
                                          tl_error *err);

/* Notes the use, on a store that writes. Outside or inside a transaction. */
TL_MUST_CHECK tl_status tl_api_key_keep(tl_store *s, const char *text, int64_t now, tl_error *err);

/* Revokes a key for ever, inside the caller's transaction; audited. Its person may, and who may
 * change the people of its organisation; TL_ENOTFOUND for anybody else. Again is TL_OK. */
TL_MUST_CHECK tl_status tl_api_key_revoke(tl_store *s, const tl_viewer *by, const char *id,
                                          int64_t now, tl_error *err);

/* Keys of an organisation and of a person (each NULL: any), also those past. */
TL_MUST_CHECK tl_status tl_api_key_list(tl_store *s, const char *tenant, const char *user,
                                        tl_arena *arena, const tl_api_key **out, size_t *n,
                                        tl_error *err);

#endif
