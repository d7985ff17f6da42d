/* page_files.h - the files of web/dist as the build puts them into the program. */
#ifndef TL_SERVER_PAGE_FILES_H
#define TL_SERVER_PAGE_FILES_H

#include <stdbool.h>
#include <stddef.h>

typedef struct tl_page_file {
    const char *path, *type, *etag;
    const unsigned char *bytes;
    size_t n;
    bool gzip; /* compressed when it was built */
} tl_page_file;

extern const tl_page_file tl_page_files[]; /* by path */
extern const size_t tl_page_file_count;

#endif
