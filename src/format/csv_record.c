/* csv_record.c - one record cut into cells, checked, and where needed rewritten.
 *
 * Cells are pieces of the file itself; only a cell with doubled quotes, or a record in GB18030, is
 * written anew into `scratch`. The encoding stays open until the first byte above 0x7F and is then
 * judged from the text that follows, so that opening never reads the whole file. */
#include <string.h>

#include "base/memory.h"
#include "format/csv_book.h"

#define JUDGED_BYTES ((size_t)1 << 20)  /* text looked at to tell the encoding */
#define RESYNC_BYTES ((size_t)16 << 20) /* farthest search for the next line after a bad record */

/* Why a record is no record. */
enum fault { FINE, NUL_BYTE, OVER_LONG, OPEN_QUOTE, AFTER_QUOTE };

struct reading {
    size_t from;       /* first byte of the record */
    size_t first_line; /* behind its first line, for going on after an open quote */
    size_t end;        /* behind its line end */
    size_t lines;      /* line ends taken */
    size_t fault_cell;
    enum fault fault;
    bool doubled;
};

static tl_span cell_span(const tl_csv *csv, size_t from, size_t to)
{
    return (tl_span){ csv->scan.data + from, to - from };
}

static void keep_cell(tl_csv *csv, size_t from, size_t to, bool doubled)
{
    if (csv->found < csv->cell_cap)
        csv->cells[csv->found] = (struct tl_csv_cell){ cell_span(csv, from, to), doubled };
    csv->found++;
}

/* The first fault is told, but a record whose end was not found is that before all else. */
static void note(struct reading *r, enum fault fault, size_t cell)
{
    if (r->fault == FINE || fault == OVER_LONG || fault == OPEN_QUOTE) {
        r->fault = fault;
        r->fault_cell = cell;
    }
}

/* Takes the line end whose first byte is at `at` and gives the place behind it. */
static size_t past_line_end(tl_csv_scan *s, size_t at, struct reading *r)
{
    r->lines++;
    if (s->data[at] == '\r' && at + 1 < s->n && s->data[at + 1] == '\n') {
        if (at + 1 < s->stop)
            tl_csv_scan_next(s);
        at++;
    }
    if (r->first_line == 0)
        r->first_line = at + 1;
    return at + 1;
}

/* From the opening quote at `from` to the mark behind the closing one. */
static size_t quoted_cell(tl_csv *csv, size_t from, struct reading *r)
{
    tl_csv_scan *s = &csv->scan;
    bool doubled = false;
    csv->quoted = true;
    size_t at;
    tl_csv_scan_next(s); /* the opening quote itself */
    for (;;) {
        at = tl_csv_scan_next(s);
        if (at >= s->stop) {
            note(r, s->stop == s->n ? OPEN_QUOTE : OVER_LONG, csv->found);
            return s->stop;
        }
        char c = s->data[at];
        if (c == '\n' || c == '\r') {
            past_line_end(s, at, r);
        } else if (c == '\0') {
            note(r, NUL_BYTE, csv->found);
        } else if (c == '"') {
            if (at + 1 >= s->stop || s->data[at + 1] != '"')
                break;
            tl_csv_scan_next(s);
            doubled = r->doubled = true;
        }
    }
    size_t close = at;
    do { /* quotes here are text behind the cell, found below */
        at = tl_csv_scan_next(s);
    } while (at < s->stop && s->data[at] == '"');
    if (tl_span_trim(cell_span(csv, close + 1, at)).n)
        note(r, AFTER_QUOTE, csv->found);
    keep_cell(csv, from + 1, close, doubled);
    return at;
}

/* Cuts the record at csv->at into cells. */
static struct reading read_record(tl_csv *csv)
{
    tl_csv_scan *s = &csv->scan;
    struct reading r = { .from = csv->at };
    size_t from = csv->at, left = s->n - from;
    tl_csv_scan_record(s, from, left > csv->max_line ? from + csv->max_line : s->n);
    csv->found = 0;
    for (;;) {
        size_t at;
        if (from < s->stop && s->data[from] == '"') {
            at = quoted_cell(csv, from, &r);
        } else {
            while ((at = tl_csv_scan_next(s)) < s->stop && s->data[at] == '"')
                csv->quoted = true; /* a quote inside a bare cell is text */
            keep_cell(csv, from, at, false);
        }
        if (at >= s->stop) {
            if (s->stop < s->n)
                note(&r, OVER_LONG, csv->found);
            r.end = s->stop;
            return r;
        }
        char c = s->data[at];
        if (c == s->separator || c == '\0') {
            if (c == '\0')
                note(&r, NUL_BYTE, csv->found - 1);
            from = at + 1;
        } else {
            r.end = past_line_end(s, at, &r);
            csv->quoted |= s->data[r.end - 1] == '\r';
            return r;
        }
    }
}

/* Place of the next line, searched no farther than RESYNC_BYTES; n where there is none. */
static size_t next_line(const tl_csv *csv, size_t at)
{
    size_t left = csv->scan.n - at, look = left < RESYNC_BYTES ? left : RESYNC_BYTES;
    const char *feed = look ? memchr(csv->scan.data + at, '\n', look) : NULL;
    return feed ? (size_t)(feed - csv->scan.data) + 1 : csv->scan.n;
}

/* Moves behind a record that could not be cut. After an open quote the line below it is tried next,
 * as long as the bytes read twice stay bounded. */
static void pass_over(tl_csv *csv, const struct reading *r)
{
    size_t read = r->end - r->from;
    bool lost = r->fault == OPEN_QUOTE || r->fault == OVER_LONG;
    if (lost && r->first_line && read <= csv->rescan_left) {
        csv->rescan_left -= read;
        csv->at = r->first_line;
        csv->line++;
    } else if (r->fault == OVER_LONG) {
        csv->at = next_line(csv, r->end);
        csv->line += r->lines + 1;
    } else {
        csv->at = r->end;
        csv->line += r->lines;
    }
    if (lost)
        tl_csv_scan_seek(&csv->scan, csv->at);
}

/* Column to name in a message about cell i: none while the header is read. */
static int column_of(const tl_csv *csv, size_t i)
{
    return i < tl_map_size(csv->names) ? (int)i : -1;
}

static tl_status report(const tl_csv *csv, const struct reading *r, tl_error *err)
{
    int column = column_of(csv, r->fault_cell);
    switch (r->fault) {
    case NUL_BYTE:
        return tl_csv_fail(csv, column, err, "a NUL byte, expected text");
    case OVER_LONG:
        return tl_csv_fail(csv, -1, err, "line longer than the limit of %zu bytes%s", csv->max_line,
                           csv->at >= csv->scan.n ? "; the rest of the file was not read" : "");
    case OPEN_QUOTE:
        return tl_csv_fail(csv, column, err,
                           "quote opened here is not closed before the file ends");
    case AFTER_QUOTE:
        return tl_csv_fail(
            csv, column, err,
            "text behind a closing quote; write a quote inside a quoted cell as \"\"");
    case FINE:
        break;
    }
    return TL_OK;
}

/* Room for n bytes in scratch. */
static tl_status make_room(tl_csv *csv, size_t n, tl_error *err)
{
    return tl_grow(&csv->scratch, &csv->scratch_cap, n, 1, err);
}

static size_t undouble(const char *s, size_t n, char *out)
{
    size_t w = 0;
    for (size_t i = 0; i < n; i++) {
        out[w++] = s[i];
        if (s[i] == '"')
            i++; /* the second of the pair */
    }
    return w;
}

/* Rewrites the cells that cannot be borrowed: doubled quotes, GB18030. */
static tl_status rewrite_cells(tl_csv *csv, const struct reading *r, bool gb18030, tl_error *err)
{
    size_t kept = csv->found < csv->cell_cap ? csv->found : csv->cell_cap, used = 0;
    tl_status st = make_room(csv, tl_gb18030_room(r->end - r->from) + kept, err);
    if (st == TL_OK && gb18030 && !csv->gb18030)
        st = tl_gb18030_new(&csv->gb18030, err);
    for (size_t i = 0; i < kept && st == TL_OK; i++) {
        struct tl_csv_cell *c = &csv->cells[i];
        char *to = csv->scratch + used;
        size_t len = c->text.n;
        if (gb18030 && !tl_gb18030_convert(csv->gb18030, c->text.p, c->text.n, to, &len))
            return tl_csv_fail(csv, column_of(csv, i), err, "not GB18030 text, as the file is");
        if (c->doubled)
            len = undouble(gb18030 ? to : c->text.p, len, to);
        if (gb18030 || c->doubled)
            c->text = (tl_span){ to, len };
        used += len;
    }
    return st;
}

/* The column in which place `bad` of the file lies. */
static int column_at(const tl_csv *csv, const char *bad)
{
    size_t kept = csv->found < csv->cell_cap ? csv->found : csv->cell_cap, i = 0;
    while (i + 1 < kept && csv->cells[i + 1].text.p <= bad)
        i++;
    return column_of(csv, i);
}

static bool ascii(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)p[i] > 0x7F)
            return false;
    return true;
}

/* Checks the encoding of a record with bytes above 0x7F, settling that of the file at the first. A
 * file that is neither is judged once; then each record must be UTF-8 for itself. */
static tl_status check_text(tl_csv *csv, const struct reading *r, tl_error *err)
{
    const char *p = csv->scan.data + r->from;
    size_t n = r->end - r->from, left = csv->scan.n - r->from;
    if (csv->charset == TL_CHARSET_ASCII) {
        size_t judged = n > JUDGED_BYTES ? n : left < JUDGED_BYTES ? left : JUDGED_BYTES;
        if (ascii(p, n))
            return TL_OK; /* the byte was in the record before */
        csv->charset = tl_charset_guess(p, judged);
    }
    if (csv->charset == TL_CHARSET_GB18030) {
        csv->quoted = true;
        return TL_OK;
    }
    size_t bad = tl_utf8_valid(p, n);
    if (bad == n)
        return TL_OK;
    if (csv->charset == TL_CHARSET_UNKNOWN)
        return tl_csv_fail(csv, -1, err, "neither UTF-8 nor GB18030 text; save the file as UTF-8");
    return tl_csv_fail(csv, column_at(csv, p + bad), err,
                       "byte 0x%02X is not UTF-8 text, as the file is",
                       (unsigned)(unsigned char)p[bad]);
}

static bool blank(const tl_csv *csv)
{
    return csv->found == 1 && !csv->cells[0].doubled && tl_span_trim(csv->cells[0].text).n == 0 &&
           (csv->cells[0].text.p == csv->scan.data || csv->cells[0].text.p[-1] != '"');
}

tl_status tl_csv_take(tl_csv *csv, bool *more, tl_error *err)
{
    *more = true;
    if (csv->book)
        return tl_csv_book_take(csv, more, err);
    while (csv->at < csv->scan.n) {
        csv->row = csv->line;
        struct reading r = read_record(csv);
        pass_over(csv, &r);
        if (r.fault != FINE)
            return report(csv, &r, err);
        if (csv->found == 1 && blank(csv))
            continue;
        bool gb18030 = false;
        if (csv->scan.beyond_ascii) {
            tl_status st = check_text(csv, &r, err);
            if (st != TL_OK)
                return st;
            gb18030 = csv->charset == TL_CHARSET_GB18030;
        }
        return gb18030 || r.doubled ? rewrite_cells(csv, &r, gb18030, err) : TL_OK;
    }
    *more = false;
    csv->found = 0;
    return TL_OK;
}
