/* dataset_priv.h - what the files of this folder share. */
#ifndef TL_DATASET_DATASET_PRIV_H
#define TL_DATASET_DATASET_PRIV_H

#include "base/file.h"
#include "base/hash.h"
#include "dataset/dataset.h"

enum {
    TL_DATASET_FILES_MAX = 1000 /* files of one set */
};
#define TL_DATASET_FILE_MAX_BYTES ((size_t)256 << 20)

/* Reads folder/manifest.yaml, checks every field and works out the checksum of the set; looks at no
 * other file. */
TL_MUST_CHECK tl_status tl_dataset_manifest(tl_dataset *out, const char *folder, tl_arena *arena,
                                            tl_error *err);

/* The same for the text of a manifest. */
TL_MUST_CHECK tl_status tl_dataset_parse(tl_dataset *out, const char *data, size_t n,
                                         tl_arena *arena, tl_error *err);

/* Opens the file of a set and checks it against the manifest. The caller closes *view, also after a
 * failure. */
TL_MUST_CHECK tl_status tl_dataset_file_check(const char *folder, const tl_dataset_file *file,
                                              tl_arena *arena, tl_file_view *view, tl_error *err);

/* Checks the fields of a manifest; the error names the field. */
TL_MUST_CHECK tl_status tl_dataset_check(const tl_dataset *set, tl_error *err);

/* The checksum of a whole set. */
TL_MUST_CHECK tl_status tl_dataset_checksum(const tl_dataset *set, char hex[TL_SHA256_HEX],
                                            tl_error *err);

#endif
