/* actor.c - the user behind a command. */
#include "cli/actor.h"

#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

const char *tl_cli_actor(tl_arena *arena)
{
    struct passwd entry, *found = NULL;
    char room[4096];
    const char *name = getenv("TANLIAN_ACTOR");
    if ((!name || !*name) && getpwuid_r(getuid(), &entry, room, sizeof room, &found) == 0 && found)
        name = found->pw_name;
    return tl_arena_str(arena, name && *name ? name : "unknown");
}
