/* mail_text.c - header and body of a mail, encoded where they are more than ASCII. */
#include "exchange/mail_text.h"

#include <string.h>
#include <time.h>

#include "base/text.h"

enum {
    WORD_BYTES = 39, /* of an encoded word: with its frame and the field's name within 76 columns */
    LINE_BYTES = 57, /* 76 columns of base64 */
    PLAIN_MOST = 50, /* a longer text of a header is encoded, because that can be folded */
    COLUMNS_MOST = 900 /* of a line sent as it is; the limit is 998 (RFC 5322, 2.1.1) */
};

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
static const char digits[] = "0123456789";

static bool only(const char *s, size_t n, const char *more)
{
    for (size_t i = 0; i < n; i++)
        if (!s[i] || (!strchr(letters, s[i]) && !strchr(digits, s[i]) && !strchr(more, s[i])))
            return false;
    return true;
}

/* Dots stand between other characters (RFC 5321, section 4.1.2). */
static bool dotted(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (s[i] == '.' && (i == 0 || i + 1 == n || s[i + 1] == '.'))
            return false;
    return n > 0;
}

/* Labels of letters, digits and inner hyphens, 63 at most (RFC 1123, section 2.1). */
static bool domain(const char *s)
{
    tl_span rest = tl_span_of(s), label;
    if (!dotted(s, strlen(s)) || !only(s, strlen(s), "-."))
        return false;
    while (tl_span_split(&rest, '.', &label))
        if (label.n > 63 || label.p[0] == '-' || label.p[label.n - 1] == '-')
            return false;
    return true;
}

tl_status tl_mail_address_check(const char *address, tl_error *err)
{
    const char *at = address ? strchr(address, '@') : NULL;
    size_t local = at ? (size_t)(at - address) : 0;
    if (!at || strlen(address) > TL_MAIL_ADDRESS_MAX || local < 1 || local > 64 ||
        !only(address, local, "!#$%&'*+-/=?^_`{|}~.") || !dotted(address, local) || !domain(at + 1))
        return tl_fail(err, TL_EINPUT, "'%.300s' is no e-mail address that mail can be sent to",
                       address ? address : "");
    return TL_OK;
}

static void put_base64(tl_buf *b, const char *s, size_t n)
{
    static const char code[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *p = (const unsigned char *)s;
    for (size_t i = 0; i < n; i += 3) {
        uint32_t v = (uint32_t)p[i] << 16;
        v |= i + 1 < n ? (uint32_t)p[i + 1] << 8 : 0;
        v |= i + 2 < n ? (uint32_t)p[i + 2] : 0;
        tl_buf_char(b, code[v >> 18]);
        tl_buf_char(b, code[v >> 12 & 63]);
        tl_buf_char(b, i + 1 < n ? code[v >> 6 & 63] : '=');
        tl_buf_char(b, i + 2 < n ? code[v & 63] : '=');
    }
}

static bool ascii(const char *s)
{
    for (; *s; s++)
        if ((unsigned char)*s >= 0x80)
            return false;
    return true;
}

/* Encoded words of whole characters, one a line (RFC 2047, section 5, rule 3). */
static void put_words(tl_buf *b, const char *s)
{
    size_t n = strlen(s), at = 0;
    while (at < n) {
        size_t end = at, len;
        while (end < n) {
            tl_utf8_next(s + end, n - end, &len);
            if (end + len - at > WORD_BYTES)
                break;
            end += len;
        }
        tl_buf_str(b, at ? "\r\n =?UTF-8?B?" : "=?UTF-8?B?");
        put_base64(b, s + at, end - at);
        tl_buf_str(b, "?=");
        at = end;
    }
}

static void put_subject(tl_buf *b, const char *s)
{
    tl_buf_str(b, "Subject: ");
    if (ascii(s) && strlen(s) <= PLAIN_MOST && !strstr(s, "=?"))
        tl_buf_str(b, s);
    else
        put_words(b, s);
    tl_buf_str(b, "\r\n");
}

static void put_person(tl_buf *b, const char *field, const char *name, const char *address)
{
    tl_buf_printf(b, "%s: ", field);
    if (name && *name) {
        if (ascii(name) && strlen(name) <= PLAIN_MOST && only(name, strlen(name), " -"))
            tl_buf_str(b, name);
        else
            put_words(b, name);
        tl_buf_printf(b, "\r\n <%s>\r\n", address);
    } else {
        tl_buf_printf(b, "<%s>\r\n", address);
    }
}

/* "Fri, 15 Jan 2027 08:00:00 +0000" (RFC 5322, section 3.3), without asking the locale. */
static void put_date(tl_buf *b, int64_t now)
{
    static const char days[7][4] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
    static const char months[12][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    const time_t t = (time_t)now;
    struct tm m = { 0 };
    gmtime_r(&t, &m);
    tl_buf_printf(b, "Date: %s, %02d %s %04d %02d:%02d:%02d +0000\r\n", days[m.tm_wday % 7],
                  m.tm_mday, months[m.tm_mon % 12], m.tm_year + 1900, m.tm_hour, m.tm_min,
                  m.tm_sec);
}

static bool as_it_is(const char *body)
{
    tl_span rest = tl_span_of(body), line;
    if (!ascii(body))
        return false;
    while (tl_span_split(&rest, '\n', &line))
        if (line.n > COLUMNS_MOST)
            return false;
    return true;
}

/* Every line end as CRLF; a '\r' of the text does not count. */
static void put_lines(tl_buf *b, const char *s)
{
    for (; *s; s++)
        if (*s == '\n')
            tl_buf_str(b, "\r\n");
        else if (*s != '\r')
            tl_buf_char(b, *s);
    if (b->len && tl_buf_text(b)[b->len - 1] != '\n')
        tl_buf_str(b, "\r\n");
}

static void put_body(tl_buf *b, const char *body)
{
    tl_buf lines;
    if (as_it_is(body)) {
        tl_buf_str(b, "Content-Transfer-Encoding: 7bit\r\n\r\n");
        put_lines(b, body);
        return;
    }
    tl_buf_str(b, "Content-Transfer-Encoding: base64\r\n\r\n");
    tl_buf_init(&lines, (size_t)2 * TL_MAIL_BODY_MAX);
    put_lines(&lines, body);
    for (size_t at = 0; at < lines.len; at += LINE_BYTES) {
        put_base64(b, tl_buf_text(&lines) + at,
                   lines.len - at < LINE_BYTES ? lines.len - at : LINE_BYTES);
        tl_buf_str(b, "\r\n");
    }
    b->failed = b->failed || lines.failed;
    tl_buf_clear(&lines);
}

static tl_status check_line(const char *what, const char *text, size_t most, tl_error *err)
{
    return !text || (strlen(text) <= most && tl_text_plain(text, false))
               ? TL_OK
               : tl_fail(err, TL_EINPUT, "%s of a mail: expected one line of at most %zu bytes",
                         what, most);
}

static tl_status check(const tl_mail *m, const tl_mail_sender *s, tl_error *err)
{
    tl_status st = tl_mail_address_check(m->to, err);
    if (st == TL_OK)
        st = tl_mail_address_check(s->from, err);
    if (st == TL_OK)
        st = check_line("recipient's name", m->to_name, TL_MAIL_NAME_MAX, err);
    if (st == TL_OK)
        st = check_line("sender's name", s->from_name, TL_MAIL_NAME_MAX, err);
    if (st == TL_OK)
        st = check_line("subject", m->subject ? m->subject : "\n", TL_MAIL_SUBJECT_MAX, err);
    if (st != TL_OK)
        return st;
    if (!m->body || strlen(m->body) > TL_MAIL_BODY_MAX || !tl_text_plain(m->body, true))
        return tl_fail(err, TL_EINPUT, "body of a mail: expected plain text of at most %d bytes",
                       (int)TL_MAIL_BODY_MAX);
    if (m->language && !only(m->language, strlen(m->language), "-"))
        return tl_fail(err, TL_EINPUT, "language of a mail: expected zh or en");
    if (!s->id || !*s->id || !only(s->id, strlen(s->id), ""))
        return tl_fail(err, TL_EINPUT, "a mail without an id");
    return TL_OK;
}

tl_status tl_mail_write(const tl_mail *mail, const tl_mail_sender *sender, tl_buf *out,
                        tl_error *err)
{
    tl_status st = check(mail, sender, err);
    if (st != TL_OK)
        return st;
    put_person(out, "From", sender->from_name, sender->from);
    put_person(out, "To", mail->to_name, mail->to);
    put_subject(out, mail->subject);
    put_date(out, sender->now);
    tl_buf_printf(out, "Message-ID: <%s@%s>\r\n", sender->id, strchr(sender->from, '@') + 1);
    tl_buf_str(out, "Auto-Submitted: auto-generated\r\n" /* RFC 3834: nobody answers that */
                    "MIME-Version: 1.0\r\n"
                    "Content-Type: text/plain; charset=UTF-8\r\n");
    if (mail->language && *mail->language)
        tl_buf_printf(out, "Content-Language: %s\r\n", mail->language);
    put_body(out, mail->body);
    return tl_buf_status(out, err);
}
