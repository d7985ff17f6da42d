/* label.c - which language a reader gets. */
#include "report/label.h"

#include "base/text.h"

static bool has(const char *text)
{
    return text && *text;
}

bool tl_label_empty(tl_label l)
{
    return !has(l.en) && !has(l.zh);
}

void tl_label_add(tl_buf *out, tl_label l, bool zh)
{
    const char *wanted = zh ? l.zh : l.en, *other = zh ? l.en : l.zh;
    if (has(wanted)) {
        tl_buf_str(out, wanted);
    } else if (has(other)) {
        tl_buf_str(out, zh ? "(en) " : "（中）");
        tl_buf_str(out, other);
    }
}

void tl_label_add_both(tl_buf *out, tl_label l)
{
    if (has(l.zh))
        tl_buf_str(out, l.zh);
    if (has(l.en) && !tl_text_equal(l.en, l.zh)) {
        tl_buf_str(out, has(l.zh) ? " " : "");
        tl_buf_str(out, l.en);
    }
}
