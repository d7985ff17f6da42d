/* manifest.c - manifest.yaml by libcyaml: a schema of its fields, where an unknown or missing one
 * is an error with its line. */
#include <string.h>

#include "dataset/dataset_priv.h"
#include "format/yaml.h"

enum { MANIFEST_MAX_BYTES = 1 << 20 };

/* As libcyaml fills them in; the text is its own until cyaml_free. */
struct raw_file {
    char *path, *sha256;
    int64_t rows;
};
struct raw {
    char *id, *version, *date, *kind, *title_en, *title_zh;
    char *licence, *attribution, *source, *note;
    struct raw_file *files;
    unsigned file_count;
};

#define TEXT(field, flags, type)                                                                   \
    CYAML_FIELD_STRING_PTR(#field, CYAML_FLAG_POINTER | (flags), type, field, 0, 4000)

static const cyaml_schema_field_t file_fields[] = {
    TEXT(path, 0, struct raw_file),
    TEXT(sha256, 0, struct raw_file),
    CYAML_FIELD_INT("rows", CYAML_FLAG_OPTIONAL, struct raw_file, rows),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t file_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_file, file_fields),
};

static const cyaml_schema_field_t fields[] = {
    TEXT(id, 0, struct raw),
    TEXT(version, 0, struct raw),
    TEXT(date, 0, struct raw),
    TEXT(kind, 0, struct raw),
    TEXT(title_en, 0, struct raw),
    TEXT(title_zh, 0, struct raw),
    TEXT(licence, 0, struct raw),
    TEXT(attribution, 0, struct raw),
    TEXT(source, 0, struct raw),
    TEXT(note, CYAML_FLAG_OPTIONAL, struct raw),
    CYAML_FIELD_SEQUENCE_COUNT("files", CYAML_FLAG_POINTER, struct raw, files, file_count,
                               &file_schema, 1, TL_DATASET_FILES_MAX),
    CYAML_FIELD_END,
};

static const cyaml_schema_value_t schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct raw, fields),
};

static tl_status copy_text(const struct raw *raw, tl_dataset *out, tl_arena *arena, tl_error *err)
{
    const struct {
        const char *from;
        const char **to;
    } texts[] = {
        { raw->id, &out->id },
        { raw->version, &out->version },
        { raw->date, &out->date },
        { raw->kind, &out->kind },
        { raw->title_en, &out->title_en },
        { raw->title_zh, &out->title_zh },
        { raw->licence, &out->licence },
        { raw->attribution, &out->attribution },
        { raw->source, &out->source },
        { raw->note, &out->note },
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        size_t n = texts[i].from ? strlen(texts[i].from) : 0;
        while (n && texts[i].from[n - 1] == '\n') /* what YAML's folded blocks end with */
            n--;
        if (texts[i].from && !(*texts[i].to = tl_arena_copy(arena, texts[i].from, n)))
            return tl_fail_nomem(err);
    }
    return TL_OK;
}

static tl_status copy_files(const struct raw *raw, tl_dataset *out, tl_arena *arena, tl_error *err)
{
    tl_dataset_file *files = tl_arena_alloc(arena, raw->file_count, sizeof *files);
    if (!files)
        return tl_fail_nomem(err);
    for (unsigned i = 0; i < raw->file_count; i++) {
        files[i].path = tl_arena_str(arena, raw->files[i].path);
        files[i].sha256 = tl_arena_str(arena, raw->files[i].sha256);
        files[i].rows = raw->files[i].rows;
        if (!files[i].path || !files[i].sha256)
            return tl_fail_nomem(err);
        if (files[i].rows < 0)
            return tl_fail(err, TL_EINPUT, "rows of '%s' is below 0", files[i].path);
    }
    out->files = files;
    out->file_count = raw->file_count;
    return TL_OK;
}

static tl_status fill(tl_dataset *out, const char *data, size_t n, tl_arena *arena, tl_error *err)
{
    void *raw;
    tl_status st = tl_yaml_load(&raw, data, n, &schema, err);
    if (st != TL_OK)
        return st;
    if (!raw)
        st = tl_fail(err, TL_EINPUT, "is empty");
    else if ((st = copy_text(raw, out, arena, err)) == TL_OK)
        st = copy_files(raw, out, arena, err);
    tl_yaml_free(raw, &schema);
    return st;
}

tl_status tl_dataset_parse(tl_dataset *out, const char *data, size_t n, tl_arena *arena,
                           tl_error *err)
{
    char hex[TL_SHA256_HEX];
    tl_status st;
    *out = (tl_dataset){ 0 };
    if ((st = fill(out, data, n, arena, err)) != TL_OK ||
        (st = tl_dataset_check(out, err)) != TL_OK ||
        (st = tl_dataset_checksum(out, hex, err)) != TL_OK)
        return st;
    out->checksum = tl_arena_str(arena, hex);
    return out->checksum ? TL_OK : tl_fail_nomem(err);
}

tl_status tl_dataset_manifest(tl_dataset *out, const char *folder, tl_arena *arena, tl_error *err)
{
    tl_file_view view = { 0 };
    const char *path = tl_path_join(arena, folder, "manifest.yaml");
    *out = (tl_dataset){ 0 };
    if (!path)
        return tl_fail_nomem(err);
    tl_status st = tl_file_open(&view, path, MANIFEST_MAX_BYTES, err);
    if (st != TL_OK)
        return st;
    if ((st = tl_dataset_parse(out, view.data, view.size, arena, err)) != TL_OK)
        st = tl_context(err, st, "%s", path);
    tl_file_close(&view);
    return st;
}
