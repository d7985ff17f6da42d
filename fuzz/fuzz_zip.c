/* fuzz_zip.c - a zip file: whatever comes in, entries within the limits or an error. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "format/zip.h"

enum { MOST = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static tl_status take(void *ctx, const tl_zip_entry *entry, tl_error *err)
{
    size_t *total = ctx;
    (void)err;
    *total += entry->n;
    if (*total > MOST || !*entry->name || entry->name[0] == '/' ||
        strncmp(entry->name, "../", 3) == 0 || strstr(entry->name, "/../"))
        abort();
    return TL_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const tl_zip_limits limits = { .max_entries = 100, .max_bytes = MOST };
    char path[64];
    size_t total = 0;
    snprintf(path, sizeof path, "/tmp/tanlian-fuzz-%ld.zip", (long)getpid());
    if (tl_file_write(path, data, size, NULL) == TL_OK) {
        tl_status st = tl_zip_read(path, &limits, take, &total, NULL);
        (void)st;
    }
    unlink(path);
    return 0;
}
