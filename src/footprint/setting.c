/* setting.c - "key=value". */
#include "footprint/setting.h"

#include <string.h>

tl_status tl_setting_parse(tl_setting *out, const char *text, const tl_setting *settings, size_t n,
                           tl_arena *arena, tl_error *err)
{
    const char *equals = strchr(text, '=');
    if (!equals || equals == text || !equals[1])
        return tl_fail(err, TL_EINPUT, "setting '%.80s': expected name=value", text);
    const char *key = tl_arena_copy(arena, text, (size_t)(equals - text));
    const char *value = tl_arena_str(arena, equals + 1);
    if (!key || !value)
        return tl_fail_nomem(err);
    if (tl_setting_find(settings, n, key))
        return tl_fail(err, TL_EINPUT, "setting '%s' is given twice", key);
    *out = (tl_setting){ key, value };
    return TL_OK;
}

const char *tl_setting_find(const tl_setting *settings, size_t n, const char *key)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(settings[i].key, key) == 0)
            return settings[i].value;
    return NULL;
}
