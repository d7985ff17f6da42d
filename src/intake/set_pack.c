/* set_pack.c - sets into a zip and out of it.
 *
 * The manifest is written anew from what the database knows; its checksum is that of the set, so
 * that installing the pack elsewhere gives the same pins. */
#include "intake/set_pack.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "format/zip.h"

enum { FILES_MAX = 5000, FOLDERS_MAX = 500, OPEN_FILES = 16 };

/* A YAML line with its value in double quotes; values are one plain line each. */
static void put_line(tl_buf *b, const char *indent, const char *key, const char *value)
{
    tl_buf_printf(b, "%s%s: \"", indent, key);
    for (const char *p = value; *p; p++) {
        if (*p == '"' || *p == '\\')
            tl_buf_char(b, '\\');
        tl_buf_char(b, *p);
    }
    tl_buf_str(b, "\"\n");
}

static void put_manifest(tl_buf *b, const tl_dataset *set)
{
    put_line(b, "", "id", set->id);
    put_line(b, "", "version", set->version);
    put_line(b, "", "date", set->date);
    put_line(b, "", "kind", set->kind);
    put_line(b, "", "title_en", set->title_en);
    put_line(b, "", "title_zh", set->title_zh);
    put_line(b, "", "licence", set->licence);
    put_line(b, "", "attribution", set->attribution);
    put_line(b, "", "source", set->source);
    if (set->note)
        put_line(b, "", "note", set->note);
    tl_buf_str(b, "files:\n");
    for (size_t i = 0; i < set->file_count; i++) {
        put_line(b, "  - ", "path", set->files[i].path);
        put_line(b, "    ", "sha256", set->files[i].sha256);
        tl_buf_printf(b, "    rows: %lld\n", (long long)set->files[i].rows);
    }
}

struct packing {
    tl_store *s;
    tl_arena *arena;
    tl_zip_entry *entries;
    size_t n;
};

static tl_status add(struct packing *p, const tl_dataset *set, const char *path, const char *data,
                     size_t n, tl_error *err)
{
    if (p->n == FILES_MAX)
        return tl_fail(err, TL_EINPUT, "more than %d files to pack", (int)FILES_MAX);
    const char *name = tl_arena_printf(p->arena, "%s/%s", set->id, path);
    p->entries[p->n++] = (tl_zip_entry){ name, data, n };
    return name && data ? TL_OK : tl_fail_nomem(err);
}

static tl_status add_set(struct packing *p, const tl_dataset *set, tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    put_manifest(&b, set);
    tl_status st = tl_buf_status(&b, err);
    const char *manifest = st == TL_OK ? tl_arena_copy(p->arena, tl_buf_text(&b), b.len) : NULL;
    if (st == TL_OK)
        st = add(p, set, "manifest.yaml", manifest, b.len, err);
    tl_buf_clear(&b);
    for (size_t i = 0; i < set->file_count && st == TL_OK; i++) {
        const char *data = NULL;
        size_t n = 0;
        st = tl_dataset_read(p->s, set, set->files[i].path, p->arena, &data, &n, err);
        if (st == TL_OK)
            st = add(p, set, set->files[i].path, data, n, err);
    }
    return st;
}

static bool wanted(const tl_dataset *set)
{
    return !set->superseded_by &&
           (strcmp(set->kind, "factors") == 0 || strcmp(set->kind, "synonyms") == 0);
}

tl_status tl_set_pack(tl_store *s, tl_arena *arena, tl_buf *out, size_t *packed, tl_error *err)
{
    const tl_dataset *sets;
    size_t n;
    struct packing p = { s, arena, tl_arena_alloc(arena, FILES_MAX, sizeof *p.entries), 0 };
    tl_status st = p.entries ? tl_dataset_list(s, arena, &sets, &n, err) : tl_fail_nomem(err);
    *packed = 0;
    for (size_t i = 0; st == TL_OK && i < n; i++)
        if (wanted(&sets[i])) {
            st = add_set(&p, &sets[i], err);
            ++*packed;
        }
    return st == TL_OK ? tl_zip_write(p.entries, p.n, out, err) : st;
}

static const tl_zip_entry *find_entry(const tl_zip_entry *list, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i].name, name) == 0)
            return &list[i];
    return NULL;
}

/* The files of the set with checksums of what will be in them; rows are as many as before. */
static tl_status reseal(tl_dataset *set, const tl_zip_entry *changed, size_t n, tl_arena *arena,
                        tl_error *err)
{
    tl_dataset_file *files = tl_arena_alloc(arena, set->file_count, sizeof *files);
    if (!files)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < set->file_count; i++) {
        const tl_zip_entry *e = find_entry(changed, n, set->files[i].path);
        char hex[TL_SHA256_HEX];
        files[i] = set->files[i];
        if (!e)
            continue;
        tl_status st = tl_sha256_of(e->data, e->n, hex, err);
        if (st != TL_OK)
            return st;
        if (!(files[i].sha256 = tl_arena_str(arena, hex)))
            return tl_fail_nomem(err);
    }
    set->files = files;
    return TL_OK;
}

tl_status tl_set_pack_changed(tl_store *s, const tl_dataset *set, const tl_dataset *as,
                              const tl_zip_entry *changed, size_t n, tl_arena *arena, tl_buf *out,
                              tl_error *err)
{
    tl_buf b;
    tl_dataset next = *as;
    struct packing p = { s, arena, tl_arena_alloc(arena, set->file_count + 1, sizeof *p.entries),
                         0 };
    next.files = set->files;
    next.file_count = set->file_count;
    tl_status st = p.entries ? reseal(&next, changed, n, arena, err) : tl_fail_nomem(err);
    if (st != TL_OK)
        return st;
    tl_buf_init(&b, 0);
    put_manifest(&b, &next);
    if ((st = tl_buf_status(&b, err)) == TL_OK)
        st = add(&p, &next, "manifest.yaml", tl_arena_copy(arena, tl_buf_text(&b), b.len), b.len,
                 err);
    tl_buf_clear(&b);
    for (size_t i = 0; i < set->file_count && st == TL_OK; i++) {
        const tl_zip_entry *e = find_entry(changed, n, set->files[i].path);
        const char *data = e ? e->data : NULL;
        size_t bytes = e ? e->n : 0;
        if (!e)
            st = tl_dataset_read(s, set, set->files[i].path, arena, &data, &bytes, err);
        if (st == TL_OK)
            st = add(&p, &next, set->files[i].path, data, bytes, err);
    }
    return st == TL_OK ? tl_zip_write(p.entries, p.n, out, err) : st;
}

struct unpacking {
    tl_arena *arena;
    const char *root;
    const char **folders;
    size_t n;
};

/* Makes the folders on the way to a file below the root. */
static tl_status make_folders(struct unpacking *u, const char *name, tl_error *err)
{
    char *path = tl_arena_printf(u->arena, "%s/%s", u->root, name);
    if (!path)
        return tl_fail_nomem(err);
    for (char *p = path + strlen(u->root) + 1; (p = strchr(p, '/')); p++) {
        *p = '\0';
        if (mkdir(path, 0700) != 0 && errno != EEXIST)
            return tl_fail(err, TL_EIO, "%s: %s", path, strerror(errno));
        *p = '/';
    }
    return TL_OK;
}

static tl_status take(void *ctx, const tl_zip_entry *e, tl_error *err)
{
    struct unpacking *u = ctx;
    const char *slash = strchr(e->name, '/');
    tl_status st = make_folders(u, e->name, err);
    char *path = tl_path_join(u->arena, u->root, e->name);
    if (st != TL_OK || !path)
        return st == TL_OK ? tl_fail_nomem(err) : st;
    if (slash && strcmp(slash + 1, "manifest.yaml") == 0) {
        if (u->n == FOLDERS_MAX)
            return tl_fail(err, TL_EINPUT, "more than %d data sets", (int)FOLDERS_MAX);
        u->folders[u->n] =
            tl_arena_printf(u->arena, "%s/%.*s", u->root, (int)(slash - e->name), e->name);
        if (!u->folders[u->n++])
            return tl_fail_nomem(err);
    }
    return tl_file_write(path, e->data, e->n, err);
}

tl_status tl_set_unpack(const char *path, tl_arena *arena, const char **root, const char ***folders,
                        size_t *n, tl_error *err)
{
    const char *tmp = getenv("TMPDIR");
    char *made = tl_arena_printf(arena, "%s/tanlian-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    struct unpacking u = { arena, made, tl_arena_alloc(arena, FOLDERS_MAX, sizeof *u.folders), 0 };
    *root = NULL;
    if (!made || !u.folders)
        return tl_fail_nomem(err);
    if (!tl_file_exists(path))
        return tl_fail(err, TL_ENOTFOUND, "%s: no such file", path);
    if (!mkdtemp(made))
        return tl_fail(err, TL_EIO, "%s: %s", made, strerror(errno));
    *root = made;
    tl_status st = tl_zip_read(path, NULL, take, &u, err);
    if (st == TL_OK && u.n == 0)
        st = tl_fail(err, TL_EINPUT, "%s: holds no data set, expected <id>/manifest.yaml", path);
    *folders = u.folders;
    *n = u.n;
    return st;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *walk)
{
    (void)info, (void)kind, (void)walk;
    return remove(path);
}

void tl_set_unpacked_remove(const char *root)
{
    if (root)
        nftw(root, remove_one, OPEN_FILES, FTW_DEPTH | FTW_PHYS);
}
