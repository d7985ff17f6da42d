/* refused_cut.c - messages begin "file:row: column 'name' (cell ...): ", see csv.h. */
#include "intake/refused_cut.h"

#include <stdio.h>
#include <string.h>

void tl_refused_cut(const char *reason, const char *path, size_t row, tl_span *column,
                    tl_span *text)
{
    char place[40];
    size_t n = strlen(path);
    int m = snprintf(place, sizeof place, ":%zu: ", row);
    const char *p = reason, *end;
    *column = (tl_span){ "", 0 };
    if (strncmp(p, path, n) == 0 && strncmp(p + n, place, (size_t)m) == 0)
        p += n + (size_t)m;
    if (tl_text_starts(p, "column '") && (end = strstr(p + 8, "'")) != NULL) {
        /* the name of a sheet may hold a colon */
        const char *colon = strstr(end, tl_text_starts(end, "' (cell ") ? "): " : ": ");
        *column = (tl_span){ p + 8, (size_t)(end - p - 8) };
        p = colon ? strchr(colon, ' ') + 1 : end + 1;
    }
    *text = tl_span_of(p);
}
