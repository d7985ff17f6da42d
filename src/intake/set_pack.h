/* set_pack.h - data sets in one file, for a phone, a laptop or a place without a network. */
#ifndef TL_INTAKE_SET_PACK_H
#define TL_INTAKE_SET_PACK_H

#include "base/buf.h"
#include "dataset/dataset.h"
#include "format/zip.h"

/* Appends a zip of every current set of factors and of search words: <id>/manifest.yaml and the
 * set's files, as they were installed. *sets: how many are in it. */
TL_MUST_CHECK tl_status tl_set_pack(tl_store *s, tl_arena *arena, tl_buf *out, size_t *sets,
                                    tl_error *err);

/* A zip of one set as it would be with other texts of its files, to be installed: `as` is the set
 * under its new version, `changed` are files by their path. Checksums are those of the texts. */
TL_MUST_CHECK tl_status tl_set_pack_changed(tl_store *s, const tl_dataset *set,
                                            const tl_dataset *as, const tl_zip_entry *changed,
                                            size_t n, tl_arena *arena, tl_buf *out, tl_error *err);

/* Unpacks a zip of sets into a new temporary folder; *folders are those with a manifest, in the
 * order of the file, *root is to be removed by tl_set_unpacked_remove, also after a failure (NULL:
 * nothing was made). In the arena. */
TL_MUST_CHECK tl_status tl_set_unpack(const char *path, tl_arena *arena, const char **root,
                                      const char ***folders, size_t *n, tl_error *err);
void tl_set_unpacked_remove(const char *root);

#endif
