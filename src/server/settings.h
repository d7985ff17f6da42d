/* settings.h - what must fit together in the settings of the service, whether they came from its
 * file or from the command line. */
#ifndef TL_SERVER_SETTINGS_H
#define TL_SERVER_SETTINGS_H

#include "server/server.h"

/* Where providers send the browser back to: base and this. */
#define TL_SETTINGS_BACK "/api/v1/login/back"

/* TL_EINPUT names the field and what is missing: an address that is none, a word that is none of
 * those known, mail or a provider without `base`, a part of mail or provider without the rest, a
 * strength of no value. */
TL_MUST_CHECK tl_status tl_settings_check(const tl_server_opts *o, tl_error *err);

/* Whether a person who signs in by password must have a second factor to do anything. */
bool tl_settings_factor_required(const tl_server_opts *o);

/* The i-th file with a secret in it that everybody on this machine may read: keys, passwords, and
 * the file of the settings where the address of the database holds a password. NULL behind the
 * last. */
const char *tl_settings_exposed(const tl_server_opts *o, const char *settings_file, size_t i);

/* The name on the button of the provider: as set, in the other language where only that is set, or
 * the host of the issuer. */
const char *tl_settings_provider(const tl_server_opts *o, bool zh);

#endif
