/* fuzz_mail.c - a mail of any texts: if it is written at all, it has the headers it should and no
 * other, one recipient, and only lines that a server takes. Input: address, name, subject, body,
 * between 0x1F. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "exchange/mail_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const headers[] = {
    "From: ",       "To: ",           "Subject: ",
    "Date: ",       "Message-ID: ",   "Auto-Submitted: ",
    "MIME-Version", "Content-Type: ", "Content-Transfer-Encoding: "
};

/* The length of the line at p without its CRLF; aborts for a line that has another end. */
static size_t line_of(const char *p)
{
    size_t n = strcspn(p, "\r\n");
    if (n > 998 || p[n] != '\r' || p[n + 1] != '\n')
        abort();
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)p[i] >= 0x80)
            abort();
    return n;
}

static void check(const char *p)
{
    size_t at = 0, n;
    for (; (n = line_of(p)) > 0; p += n + 2) {
        if (*p == ' ')
            continue;
        if (at == sizeof headers / sizeof *headers || !tl_text_starts(p, headers[at++]))
            abort();
    }
    if (at != sizeof headers / sizeof *headers)
        abort();
    for (p += 2; *p; p += n + 2)
        n = line_of(p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const tl_mail_sender sender = {
        .from = "x@tl.example", .from_name = "Tanlian", .now = 1800000000, .id = "0a"
    };
    char *texts[4] = { NULL };
    size_t n = 0;
    tl_buf out;
    char *all = malloc(size + 1);
    if (!all || size > 1 << 16) {
        free(all);
        return 0;
    }
    if (size)
        memcpy(all, data, size);
    all[size] = '\0';
    texts[n++] = all;
    for (size_t i = 0; i < size && n < 4; i++)
        if (all[i] == 0x1F) {
            all[i] = '\0';
            texts[n++] = all + i + 1;
        }
    const tl_mail mail = {
        .to = texts[0], .to_name = texts[1], .subject = texts[2], .body = texts[3]
    };
    tl_buf_init(&out, 0);
    if (tl_mail_write(&mail, &sender, &out, NULL) == TL_OK)
        check(tl_buf_text(&out));
    else if (out.len)
        abort();
    tl_buf_clear(&out);
    free(all);
    return 0;
}
