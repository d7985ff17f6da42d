/* fuzz_manifest.c - any text as manifest.yaml: refused, or a set whose fields keep the rules. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/clock.h"
#include "dataset/dataset_priv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tl_arena *arena;
    tl_dataset set;
    tl_error err = { 0 };
    if (tl_arena_new(&arena, (size_t)64 << 20, NULL) != TL_OK)
        return 0;
    tl_status st = tl_dataset_parse(&set, (const char *)data, size, arena, &err);
    if (st == TL_OK) {
        assert(set.file_count > 0 && tl_date_valid(set.date) && strlen(set.checksum) == 64);
        assert(tl_dataset_version_compare(set.version, set.version) == 0);
        for (size_t i = 0; i < set.file_count; i++)
            assert(set.files[i].path[0] != '/' && set.files[i].path[0] != '.' &&
                   !strstr(set.files[i].path, "/."));
    } else {
        assert(err.text[0] && err.status == st);
    }
    tl_arena_free(arena);
    return 0;
}
