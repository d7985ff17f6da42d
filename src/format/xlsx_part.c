/* xlsx_part.c - a part of the archive inflated block by block and fed to Expat.
 *
 * Expat suspends where a handler asks, so that the caller pulls rows. Elements of the main
 * namespace (transitional and strict) come by their local names whatever prefix the file uses for
 * it, all others as "". A document type declaration ends the reading: no workbook has one, and
 * without it there are no entities to expand. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/xlsx_read_priv.h"

enum { BLOCK = 64 * 1024, DEPTH_MAX = 64 };
#define QUIET_MAX ((size_t)4 << 20) /* bytes without one event: a tag this long is no tag */
#define SMALL ((size_t)16 << 20)    /* inflated bytes that need no reason */
#define RATIO_MAX 300               /* beyond that; sheets of like rows come to 60 */
#define BETWEEN '\n'                /* namespace and name, for Expat */

struct tl_xlsx_part {
    tl_xlsx_book *book;
    const char *path; /* borrowed */
    tl_xlsx_handlers handlers;
    zip_file_t *file;
    XML_Parser parser;
    size_t quiet; /* bytes given since the last event */
    int depth;
    bool paused, last;
    tl_error fault;
    char block[BLOCK];
};

#define SPACE(uri)                                                                                 \
    {                                                                                              \
        uri "\n", sizeof(uri "\n") - 1                                                             \
    }
static const struct {
    const char *start;
    size_t n;
} spaces[] = {
    SPACE("http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    SPACE("http://purl.oclc.org/ooxml/spreadsheetml/main"),
    SPACE("http://schemas.openxmlformats.org/package/2006/relationships"),
};

/* Local name of an element of the namespaces we know, "" for others. */
static const char *local(const char *name)
{
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (strncmp(name, spaces[i].start, spaces[i].n) == 0)
            return name + spaces[i].n;
    return "";
}

const char *tl_xlsx_attribute(const char **attributes, const char *name)
{
    for (size_t i = 0; attributes[i]; i += 2) {
        const char *cut = *name == ':' ? strrchr(attributes[i], BETWEEN) : NULL;
        if (cut ? strcmp(cut + 1, name + 1) == 0 : strcmp(attributes[i], name) == 0)
            return attributes[i + 1];
    }
    return NULL;
}

void tl_xlsx_part_fail(tl_xlsx_part *p, tl_status st, const char *fmt, ...)
{
    char text[sizeof p->fault.text];
    va_list ap;
    if (p->fault.status != TL_OK)
        return;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    tl_fail(&p->fault, st, "%s: %s", p->book->name, text);
    XML_StopParser(p->parser, XML_FALSE);
}

void tl_xlsx_part_pause(tl_xlsx_part *p)
{
    if (p->fault.status == TL_OK && XML_StopParser(p->parser, XML_TRUE) == XML_STATUS_OK)
        p->paused = true;
}

static void XMLCALL on_start(void *ctx, const char *name, const char **attributes)
{
    tl_xlsx_part *p = ctx;
    p->quiet = 0;
    if (++p->depth > DEPTH_MAX) {
        tl_xlsx_part_fail(p, TL_EINPUT, "%s: elements nested deeper than %d, no workbook has that",
                          p->path, (int)DEPTH_MAX);
        return;
    }
    if (p->fault.status == TL_OK)
        p->handlers.start(p->handlers.ctx, local(name), attributes);
}

static void XMLCALL on_end(void *ctx, const char *name)
{
    tl_xlsx_part *p = ctx;
    p->quiet = 0;
    p->depth--;
    if (p->fault.status == TL_OK)
        p->handlers.end(p->handlers.ctx, local(name));
}

static void XMLCALL on_text(void *ctx, const char *s, int n)
{
    tl_xlsx_part *p = ctx;
    p->quiet = 0;
    if (p->fault.status == TL_OK && p->handlers.text)
        p->handlers.text(p->handlers.ctx, s, (size_t)n);
}

static void XMLCALL on_doctype(void *ctx, const char *name, const char *system, const char *public,
                               int has_internal)
{
    (void)name, (void)system, (void)public, (void)has_internal;
    tl_xlsx_part *p = ctx;
    tl_xlsx_part_fail(p, TL_EINPUT, "%s: has a document type declaration, no workbook has that",
                      p->path);
}

bool tl_xlsx_part_exists(const tl_xlsx_book *b, const char *path)
{
    return zip_name_locate(b->zip, path, ZIP_FL_NOCASE) >= 0;
}

static tl_status open_file(tl_xlsx_part *p, tl_error *err)
{
    zip_stat_t stat;
    zip_int64_t at = zip_name_locate(p->book->zip, p->path, ZIP_FL_NOCASE);
    zip_stat_init(&stat);
    if (at < 0)
        return tl_fail(err, TL_EINPUT, "%s: the workbook lacks its part %.200s", p->book->name,
                       p->path);
    if (zip_stat_index(p->book->zip, (zip_uint64_t)at, 0, &stat) == 0 &&
        (stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE)
        return tl_fail(err, TL_EINPUT,
                       "%s: is protected by a password; open it in Excel, take the password away "
                       "and save it again",
                       p->book->name);
    p->file = zip_fopen_index(p->book->zip, (zip_uint64_t)at, 0);
    return p->file ? TL_OK
                   : tl_fail(err, TL_EINPUT, "%s: part %.200s cannot be unpacked: %s",
                             p->book->name, p->path, zip_strerror(p->book->zip));
}

tl_status tl_xlsx_part_open(tl_xlsx_part **out, tl_xlsx_book *b, const char *path,
                            const tl_xlsx_handlers *handlers, tl_error *err)
{
    tl_xlsx_part *p = calloc(1, sizeof *p);
    *out = NULL;
    if (!p)
        return tl_fail_nomem(err);
    p->book = b;
    p->path = path;
    p->handlers = *handlers;
    tl_status st = open_file(p, err);
    if (st == TL_OK && !(p->parser = XML_ParserCreateNS(NULL, BETWEEN)))
        st = tl_fail_nomem(err);
    if (st != TL_OK) {
        tl_xlsx_part_close(p);
        return st;
    }
    XML_SetUserData(p->parser, p);
    XML_SetElementHandler(p->parser, on_start, on_end);
    XML_SetCharacterDataHandler(p->parser, on_text);
    XML_SetStartDoctypeDeclHandler(p->parser, on_doctype);
    *out = p;
    return TL_OK;
}

void tl_xlsx_part_close(tl_xlsx_part *p)
{
    if (!p)
        return;
    if (p->parser)
        XML_ParserFree(p->parser);
    if (p->file)
        zip_fclose(p->file);
    free(p);
}

/* Counts what was inflated; a small file that becomes a huge one is refused. */
static tl_status count(tl_xlsx_part *p, size_t n, tl_error *err)
{
    tl_xlsx_book *b = p->book;
    b->inflated += n;
    p->quiet += n;
    if (b->inflated > TL_XLSX_INFLATED_MAX ||
        (b->inflated > SMALL && b->inflated / RATIO_MAX > b->packed))
        return tl_fail(err, TL_EINPUT,
                       "%s: its %zu bytes unpack to more than %zu; that is no workbook a person "
                       "made",
                       b->name, b->packed, b->inflated);
    return p->quiet <= QUIET_MAX
               ? TL_OK
               : tl_fail(err, TL_EINPUT, "%s: %.200s: a tag of more than %zu bytes", b->name,
                         p->path, QUIET_MAX);
}

static tl_status judge(tl_xlsx_part *p, enum XML_Status got, tl_error *err)
{
    if (p->fault.status != TL_OK)
        return tl_fail(err, p->fault.status, "%s", p->fault.text);
    if (got != XML_STATUS_ERROR)
        return TL_OK;
    enum XML_Error why = XML_GetErrorCode(p->parser);
    if (why == XML_ERROR_NO_MEMORY)
        return tl_fail_nomem(err);
    return tl_fail(err, TL_EINPUT, "%s: the workbook is damaged: %.200s, line %lu: %s",
                   p->book->name, p->path, XML_GetCurrentLineNumber(p->parser),
                   XML_ErrorString(why));
}

tl_status tl_xlsx_part_run(tl_xlsx_part *p, bool *more, tl_error *err)
{
    tl_status st = TL_OK;
    *more = true;
    if (p->paused) {
        p->paused = false;
        st = judge(p, XML_ResumeParser(p->parser), err);
    }
    while (st == TL_OK && !p->paused && !p->last) {
        zip_int64_t n = zip_fread(p->file, p->block, BLOCK);
        if (n < 0)
            return tl_fail(err, TL_EINPUT, "%s: the workbook is damaged: %.200s: %s", p->book->name,
                           p->path, zip_file_strerror(p->file));
        p->last = n == 0;
        if ((st = count(p, (size_t)n, err)) == TL_OK)
            st = judge(p, XML_Parse(p->parser, p->block, (int)n, p->last), err);
    }
    *more = st == TL_OK && p->paused;
    return st;
}

tl_status tl_xlsx_part_read(tl_xlsx_book *b, const char *path, const tl_xlsx_handlers *handlers,
                            tl_xlsx_part **current, tl_error *err)
{
    bool more = true;
    tl_status st = tl_xlsx_part_open(current, b, path, handlers, err);
    if (st == TL_OK)
        st = tl_xlsx_part_run(*current, &more, err);
    tl_xlsx_part_close(*current);
    *current = NULL;
    return st;
}
