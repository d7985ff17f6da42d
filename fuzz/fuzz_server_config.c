/* fuzz_server_config.c - the file of the service: whatever stands in it, its numbers are within
 * their bounds or it is refused with a reason. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "server/config.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const tl_server_config *c)
{
    const tl_server_opts *o = &c->opts;
    if (o->http.workers > 256 || o->job_workers > 64 || o->http.connections > 65536 ||
        o->upload_bytes > (size_t)4096 << 20 || o->cache_bytes > (size_t)65536 << 20 ||
        !(o->per_second >= 0 && o->per_second <= 1e9))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    tl_server_config c = { 0 };
    tl_error err = { 0 };
    tl_arena *arena = NULL;
    int fd = memfd_create("config", MFD_CLOEXEC);
    if (size > 4096 || fd < 0 || tl_arena_new(&arena, 0, NULL) != TL_OK) {
        if (fd >= 0)
            close(fd);
        return 0;
    }
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (write(fd, data, size) != (ssize_t)size)
        abort();
    if (tl_server_config_read(&c, path, arena, &err) == TL_OK)
        check(&c);
    else if (!*err.text)
        abort();
    tl_arena_free(arena);
    close(fd);
    return 0;
}
