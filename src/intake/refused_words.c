/* refused_words.c - messages begin "file:row: column 'name' (cell ...): ", see csv.h. */
#include "intake/refused_words.h"

#include <stdio.h>
#include <string.h>

/* Pieces of messages, the longer before those they contain. */
static const struct {
    const char *en, *zh;
} words[] = {
    { "empty, expected a number", "为空，应为数字" },
    { "empty, expected a text", "为空，应为文字" },
    { "empty, expected a company", "为空，应为企业" },
    { "empty: a remark needs a name", "为空：意见须有填写人" },
    { "text: empty", "意见为空" },
    { "empty", "为空" },
    { " is not a number", " 不是数字" },
    { " is not a whole number", " 不是整数" },
    { " is too large for a number", " 数值过大" },
    { " is an error of Excel's, expected a value", " 是 Excel 错误值，应为数值" },
    { "holds a formula without a result; open the file in Excel and save it",
      "公式没有结果，请在 Excel 中打开并保存" },
    { " is shown as a date, and is none", " 显示为日期，但不是有效日期" },
    { "no such record", "没有此记录" },
    { "no company", "没有此企业：" },
    { ", a company remarks on what is not published yet", "，企业只能对尚未公布的结果提出意见" },
    { "expected a number", "应为数字" },
    { "such as 2026-11-30", "，例如 2026-11-30" },
    { "expected a day", "应为日期" },
    { "expected a month or day", "应为年月或日期" },
    { "lower-case letters, digits and '-'", "小写字母、数字和“-”" },
    { "stands in row", "重复，另见第" },
    { "expected", "应为" },
};

void tl_refused_cut(const char *reason, const char *path, size_t row, tl_span *column,
                    tl_span *text)
{
    char place[40];
    size_t n = strlen(path);
    int m = snprintf(place, sizeof place, ":%zu: ", row);
    const char *p = reason, *end;
    *column = (tl_span){ "", 0 };
    if (strncmp(p, path, n) == 0 && strncmp(p + n, place, (size_t)m) == 0)
        p += n + (size_t)m;
    if (tl_text_starts(p, "column '") && (end = strstr(p + 8, "'")) != NULL) {
        /* the name of a sheet may hold a colon */
        const char *colon = strstr(end, tl_text_starts(end, "' (cell ") ? "): " : ": ");
        *column = (tl_span){ p + 8, (size_t)(end - p - 8) };
        p = colon ? strchr(colon, ' ') + 1 : end + 1;
    }
    *text = tl_span_of(p);
}

/* The first piece we have words for at or behind `from`; its place in *at, SIZE_MAX = none. */
static size_t next_words(tl_span text, size_t from, size_t *at)
{
    size_t best = 0;
    *at = SIZE_MAX;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i].en);
        const char *found = memmem(text.p + from, text.n - from, words[i].en, n);
        if (found && (size_t)(found - text.p) < *at) {
            *at = (size_t)(found - text.p);
            best = i;
        }
    }
    return best;
}

void tl_refused_words(tl_buf *out, tl_span text, bool zh)
{
    size_t from = 0, at;
    while (zh && from < text.n) {
        size_t i = next_words(text, from, &at);
        if (at == SIZE_MAX)
            break;
        tl_buf_add(out, text.p + from, at - from);
        tl_buf_str(out, words[i].zh);
        from = at + strlen(words[i].en);
    }
    tl_buf_add(out, text.p + from, text.n - from);
}
