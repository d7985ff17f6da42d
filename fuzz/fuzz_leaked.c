/* fuzz_leaked.c - a file of leaked passwords: whatever stands in it, a look ends, finds only what
 * the bytes of the file hold, and says why where it cannot tell. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "account/leaked.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* SHA-1 of "password". */
static const char hash[] = "5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8";

static bool holds(const uint8_t *data, size_t size)
{
    for (size_t i = 0; i + sizeof hash - 1 <= size; i++)
        if (strncasecmp((const char *)data + i, hash, sizeof hash - 1) == 0)
            return true;
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    bool found = false;
    tl_error err = { 0 };
    int fd = memfd_create("leaked", MFD_CLOEXEC);
    if (size > 65536 || fd < 0) {
        if (fd >= 0)
            close(fd);
        return 0;
    }
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (write(fd, data, size) != (ssize_t)size)
        abort();
    if (tl_leaked_check(path, &err) != TL_OK && !*err.text)
        abort();
    err = (tl_error){ 0 };
    if (tl_leaked_find(path, "password", &found, &err) != TL_OK && (found || !*err.text))
        abort();
    if (found && !holds(data, size))
        abort();
    close(fd);
    return 0;
}
