/* image.h - making, saving and mapping the image of a system. For this folder only. */
#ifndef TL_LCA_IMAGE_H
#define TL_LCA_IMAGE_H

#include <stdint.h>

#include "lca/system.h"

/* A system with a zeroed image of head's counts, to be filled in. TL_EINPUT if it is too large. */
TL_MUST_CHECK tl_status lca_image_new(tl_lca_system **out, const struct lca_header *head,
                                      tl_error *err);

/* A system on the image in view, checked as a stranger's. On success the system owns the view and
 * *view is emptied. name is for messages. */
TL_MUST_CHECK tl_status lca_image_take(tl_lca_system **out, tl_file_view *view, const char *name,
                                       tl_error *err);

/* Writes the checksum of an image of at least a header's size into it. */
void lca_image_seal(char *image, size_t size);

/* The one place where an image's arrays are written: while it is being made. */
static inline void *lca_writable(const void *p)
{
    return (void *)(uintptr_t)p;
}

#endif
