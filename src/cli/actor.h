/* actor.h - who is named in the audit entries of a command. */
#ifndef TL_CLI_ACTOR_H
#define TL_CLI_ACTOR_H

#include "base/memory.h"

/* $TANLIAN_ACTOR, else the login name of the user running the program, else "unknown". In the
 * arena; NULL when out of memory. */
const char *tl_cli_actor(tl_arena *arena);

#endif
