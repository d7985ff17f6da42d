/* xlsx_check.c - reads a workbook just written and looks whether every part is whole.
 *
 * Each part is one XML element, so it is whole if it ends with the end of the element it begins
 * with; minizip checks the sums. */
#include <stdlib.h>
#include <string.h>

#include <minizip/unzip.h>

#include "format/xlsx_priv.h"

enum { BLOCK = 64 * 1024, EDGE = 512, NAME = 64 };

/* The first and the last bytes of a part, NUL-terminated. */
struct edges {
    char first[EDGE + 1], last[EDGE + 1];
    size_t n_first, n_last;
};

static void keep_edges(struct edges *e, const char *p, size_t n)
{
    size_t room = EDGE - e->n_first, take = n < room ? n : room;
    memcpy(e->first + e->n_first, p, take);
    e->n_first += take;
    take = n < EDGE ? n : EDGE;
    size_t stay = e->n_last + take > EDGE ? EDGE - take : e->n_last;
    memmove(e->last, e->last + e->n_last - stay, stay);
    memcpy(e->last + stay, p + n - take, take);
    e->n_last = stay + take;
    e->first[e->n_first] = e->last[e->n_last] = '\0';
}

/* "</name>" of the first element, past "<?xml ...?>"; "" if there is none. */
static void root_end(const char *first, char end[NAME])
{
    const char *p = strstr(first, "?>");
    p = p ? strchr(p, '<') : NULL;
    size_t n = p ? strcspn(p + 1, " \t\r\n/>") : 0;
    end[0] = '\0';
    if (n == 0 || n > NAME - 4)
        return;
    memcpy(end, "</", 2);
    memcpy(end + 2, p + 1, n);
    memcpy(end + 2 + n, ">", 2);
}

static bool part_whole(unzFile zip, char *block)
{
    struct edges e = { 0 };
    char end[NAME];
    int n;
    if (unzOpenCurrentFile(zip) != UNZ_OK)
        return false;
    while ((n = unzReadCurrentFile(zip, block, BLOCK)) > 0)
        keep_edges(&e, block, (size_t)n);
    if (unzCloseCurrentFile(zip) != UNZ_OK || n < 0)
        return false;
    while (e.n_last && strchr("\r\n", e.last[e.n_last - 1]))
        e.last[--e.n_last] = '\0';
    root_end(e.first, end);
    size_t length = strlen(end);
    return length && e.n_last >= length && strcmp(e.last + e.n_last - length, end) == 0;
}

tl_status tl_xlsx_check(const char *file, const char *path, tl_error *err)
{
    char *block = malloc(BLOCK);
    if (!block)
        return tl_fail_nomem(err);
    unzFile zip = unzOpen64(file);
    int at = zip ? unzGoToFirstFile(zip) : UNZ_ERRNO;
    bool whole = at == UNZ_OK;
    while (whole && at == UNZ_OK) {
        whole = part_whole(zip, block);
        at = unzGoToNextFile(zip);
    }
    whole = whole && at == UNZ_END_OF_LIST_OF_FILE;
    if (zip)
        unzClose(zip);
    free(block);
    return whole ? TL_OK
                 : tl_fail(err, TL_EIO,
                           "%s: the workbook could not be written whole; is the disk full?", path);
}
