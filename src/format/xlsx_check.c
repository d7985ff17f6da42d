/* xlsx_check.c - reads a workbook just written and looks whether every part is whole.
 *
 * Each part is one XML element, so it is whole if it ends with the end of the element it begins
 * with; libzip checks the sums. */
#include <stdlib.h>
#include <string.h>

#include <zip.h>

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

/* "</name>" of the first element, past "<?xml ...?>" where it is there; "" if there is none. */
static void root_end(const char *first, char end[NAME])
{
    const char *p = strncmp(first, "<?", 2) == 0 ? strstr(first, "?>") : first;
    p = p ? strchr(p, '<') : NULL;
    size_t n = p ? strcspn(p + 1, " \t\r\n/>") : 0;
    end[0] = '\0';
    if (n == 0 || n > NAME - 4)
        return;
    memcpy(end, "</", 2);
    memcpy(end + 2, p + 1, n);
    memcpy(end + 2 + n, ">", 2);
}

static bool part_whole(zip_t *zip, zip_uint64_t part, char *block)
{
    struct edges e = { 0 };
    char end[NAME];
    zip_int64_t n;
    zip_file_t *file = zip_fopen_index(zip, part, 0);
    if (!file)
        return false;
    while ((n = zip_fread(file, block, BLOCK)) > 0)
        keep_edges(&e, block, (size_t)n);
    if (zip_fclose(file) != 0 || n < 0)
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
    zip_t *zip = zip_open(file, ZIP_RDONLY, NULL);
    zip_int64_t parts = zip ? zip_get_num_entries(zip, 0) : 0;
    bool whole = parts > 0;
    for (zip_int64_t i = 0; whole && i < parts; i++)
        whole = part_whole(zip, (zip_uint64_t)i, block);
    if (zip)
        zip_discard(zip);
    free(block);
    return whole ? TL_OK
                 : tl_fail(err, TL_EIO,
                           "%s: the workbook could not be written whole; is the disk full?", path);
}
