/* pcf_message_fields.c - is each field there, of its type, in its range; and what fields say of
 * each other. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "intake/pcf_message_priv.h"

/* A finding with the same words and numbers in both languages. */
static void wrong(tl_pcf_check *c, const char *where, const char *rule, const char *got,
                  const char *want_en, const char *want_zh)
{
    tl_pcf_find(c, true, where, rule,
                tl_arena_printf(c->arena, "is %.100s, expected %s", got, want_en),
                tl_arena_printf(c->arena, "为 %.100s，应为%s", got, want_zh));
}

/* What stands there, for a message: text in quotes, else its kind or number. */
static const char *shown(tl_pcf_check *c, tl_json_value v)
{
    const char *text;
    char number[TL_NUMBER_MAX];
    double d;
    bool b;
    if (tl_json_as_text(v, &text, NULL) == TL_OK)
        text = tl_text_plain(text, false) ? tl_arena_printf(c->arena, "'%.60s'", text) : "'...'";
    else if (tl_json_as_number(v, &d, NULL) == TL_OK) {
        tl_number_format(d, number);
        text = tl_arena_printf(c->arena, "the number %s", number);
    } else if (tl_json_as_bool(v, &b, NULL) == TL_OK)
        text = b ? "true" : "false";
    else
        text = tl_json_as_array(v, NULL) == TL_OK ? "a list" : "an object";
    return text ? text : "";
}

/* RFC 3339: date, T, time, offset; nothing of it may be left out. */
static bool time_valid(const char *s)
{
    static const char mask[] = "dddd-dd-ddTdd:dd:dd";
    char day[11];
    size_t n = sizeof mask - 1;
    for (size_t i = 0; i < n; i++)
        if (mask[i] == 'd' ? s[i] < '0' || s[i] > '9' : s[i] != mask[i])
            return false;
    memcpy(day, s, 10);
    day[10] = '\0';
    if (!tl_date_valid(day) || strncmp(s + 11, "24", 2) >= 0 || s[14] > '5' || s[17] > '6')
        return false;
    if (s[n] == '.') {
        size_t digits = strspn(s + n + 1, "0123456789");
        if (digits == 0)
            return false;
        n += 1 + digits;
    }
    if (strcmp(s + n, "Z") == 0)
        return true;
    return (s[n] == '+' || s[n] == '-') && strlen(s + n) == 6 && s[n + 3] == ':' &&
           strspn(s + n + 1, "0123456789") == 2 && strspn(s + n + 4, "0123456789") == 2;
}

static bool uuid_valid(const char *s)
{
    static const char mask[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    if (strlen(s) != sizeof mask - 1)
        return false;
    for (size_t i = 0; mask[i]; i++)
        if (mask[i] == '-' ? s[i] != '-' : !strchr("0123456789abcdefABCDEF", s[i]))
            return false;
    return true;
}

/* [+-]digits[.digits], as the specification writes its decimals. */
static bool decimal_valid(const char *s)
{
    s += *s == '+' || *s == '-';
    size_t before = strspn(s, "0123456789");
    s += before;
    if (before == 0 || *s == '\0')
        return before > 0;
    size_t behind = *s == '.' ? strspn(s + 1, "0123456789") : 0;
    return behind > 0 && s[1 + behind] == '\0';
}

static void check_code(tl_pcf_check *c, const tl_pcf_field *f, tl_json_value v, const char *where)
{
    const char *text = "";
    tl_buf all;
    if (tl_json_as_text(v, &text, NULL) == TL_OK)
        for (size_t i = 0; f->codes[i]; i++)
            if (strcmp(f->codes[i], text) == 0)
                return;
    tl_buf_init(&all, 0);
    for (size_t i = 0; f->codes[i]; i++)
        tl_buf_printf(&all, "%s%s", i ? ", " : "", f->codes[i]);
    const char *list = all.failed ? NULL : tl_arena_str(c->arena, tl_buf_text(&all));
    tl_buf_clear(&all);
    wrong(c, where, "code", shown(c, v), list ? list : "", list ? list : "");
}

static void check_range(tl_pcf_check *c, const tl_pcf_field *f, tl_json_value v, const char *where)
{
    double d = 0;
    int decimals;
    char low[TL_NUMBER_MAX], high[TL_NUMBER_MAX];
    if (!tl_pcf_number(v, &d, &decimals)) {
        wrong(c, where, "type", shown(c, v), "a finite number", "有限数值");
        return;
    }
    if ((f->low == 0 && f->high == 0) || (d >= f->low && d <= f->high))
        return;
    tl_number_format(f->low, low);
    tl_number_format(f->high, high);
    if (f->high >= 1e15)
        wrong(c, where, "range", shown(c, v), f->low > 0 ? "more than 0" : "0 or more",
              f->low > 0 ? "大于 0" : "不小于 0");
    else if (f->low <= -1e15)
        wrong(c, where, "range", shown(c, v), "0 or less: what is taken up has a minus sign",
              "不大于 0：吸收量带负号");
    else
        wrong(c, where, "range", shown(c, v), tl_arena_printf(c->arena, "%s to %s", low, high),
              tl_arena_printf(c->arena, " %s 至 %s", low, high));
}

/* Number fields: the type as the form writes numbers, then the range. */
static void check_number(tl_pcf_check *c, const tl_pcf_field *f, tl_json_value v, const char *where)
{
    const char *text;
    bool is_text = tl_json_as_text(v, &text, NULL) == TL_OK;
    if (f->kind == TL_PCF_DECIMAL && (!is_text || !decimal_valid(text)))
        wrong(c, where, "type", shown(c, v), "a decimal number as text such as \"12.50\"",
              "以文本书写的小数，如 \"12.50\"");
    else if (f->kind == TL_PCF_NUMBER && is_text)
        wrong(c, where, "type", shown(c, v), "a number without quotes", "不带引号的数值");
    else
        check_range(c, f, v, where);
}

static void check_value(tl_pcf_check *c, const tl_pcf_field *f, tl_json_value v, const char *where)
{
    const char *text = "";
    bool flag, is_text = tl_json_as_text(v, &text, NULL) == TL_OK;
    switch (f->kind) {
    case TL_PCF_DECIMAL:
    case TL_PCF_NUMBER:
        check_number(c, f, v, where);
        break;
    case TL_PCF_CODE:
        check_code(c, f, v, where);
        break;
    case TL_PCF_TEXT:
        if (!is_text || !*text)
            wrong(c, where, "type", shown(c, v), "text that is not empty", "非空文本");
        break;
    case TL_PCF_UUID:
        if (!is_text || !uuid_valid(text))
            wrong(c, where, "type", shown(c, v), "a UUID", " UUID");
        break;
    case TL_PCF_TIME:
        if (!is_text || strlen(text) < 20 || !time_valid(text))
            wrong(c, where, "time", shown(c, v), "a time such as 2025-01-01T00:00:00Z",
                  "如 2025-01-01T00:00:00Z 的时间");
        break;
    case TL_PCF_BOOL:
        if (tl_json_as_bool(v, &flag, NULL) != TL_OK)
            wrong(c, where, "type", shown(c, v), "true or false", " true 或 false");
        break;
    case TL_PCF_LIST:
        if (tl_json_as_array(v, NULL) != TL_OK || tl_json_count(v) == 0)
            wrong(c, where, "type", shown(c, v), "a list with at least one element",
                  "至少含一项的列表");
        break;
    case TL_PCF_ANY:
        break;
    }
}

static void check_field(tl_pcf_check *c, const tl_pcf_field *f)
{
    const char *where, *group;
    tl_json_value v = tl_pcf_at(c, f->path, &where);
    if (!tl_json_missing(v)) {
        check_value(c, f, v, where);
        return;
    }
    if (f->need == TL_PCF_MAY || (f->group && tl_json_missing(tl_pcf_at(c, f->group, &group))))
        return;
    if (f->need == TL_PCF_MUST)
        tl_pcf_find(c, true, where, "missing", "is missing", "缺失");
    else
        tl_pcf_find(c, false, where, "missing", "is missing, the specification asks for it",
                    "缺失，规范要求提供");
}

/* Times with one offset, as "Z", compare as texts; others are left alone. */
static void check_period(tl_pcf_check *c, const tl_pcf_period *p)
{
    const char *from, *to, *where, *unused;
    tl_json_value a = tl_pcf_at(c, p->start, &unused), b = tl_pcf_at(c, p->end, &where);
    if (tl_json_missing(a) || tl_json_missing(b) || tl_json_as_text(a, &from, NULL) != TL_OK ||
        tl_json_as_text(b, &to, NULL) != TL_OK || strlen(from) < 20 || strlen(to) < 20 ||
        !time_valid(from) || !time_valid(to) || strcmp(from + 19, to + 19) != 0)
        return;
    if (strcmp(from, to) >= 0)
        wrong(c, where, "period", shown(c, b),
              tl_arena_printf(c->arena, "a time after the start, %.40s", from),
              tl_arena_printf(c->arena, "晚于起始时间 %.40s", from));
}

/* A share between 0 and 1 is most likely a fraction written where percent are asked for. */
static void check_shares(tl_pcf_check *c)
{
    const char *where;
    double v;
    int decimals;
    if (c->form->share && tl_pcf_number(tl_pcf_at(c, c->form->share, &where), &v, &decimals) &&
        v > 0 && v <= 1)
        tl_pcf_find(c, false, where, "share",
                    tl_arena_printf(c->arena,
                                    "is %g %%: meant as a fraction? percent are asked "
                                    "for, %g as a fraction is %g",
                                    v, v, v * 100),
                    tl_arena_printf(c->arena, "为 %g%%：是否写成了小数？应以百分数填写，即 %g", v,
                                    v * 100));
    if (c->form->exempted &&
        tl_pcf_number(tl_pcf_at(c, c->form->exempted, &where), &v, &decimals) &&
        v > c->form->exempted_most)
        tl_pcf_find(c, false, where, "exempted",
                    tl_arena_printf(c->arena, "is %g %%, the method allows %g %%", v,
                                    c->form->exempted_most),
                    tl_arena_printf(c->arena, "为 %g%%，方法允许 %g%%", v, c->form->exempted_most));
}

static void check_places(tl_pcf_check *c)
{
    const char *where, *first = NULL;
    for (size_t i = 0; c->form->places[i]; i++) {
        if (tl_json_missing(tl_pcf_at(c, c->form->places[i], &where)))
            continue;
        if (first)
            tl_pcf_find(c, true, where, "geography",
                        tl_arena_printf(c->arena, "stands beside %s, expected one of them", first),
                        tl_arena_printf(c->arena, "与 %s 并存，只应有其一", first));
        first = where ? where : "";
    }
}

static void check_flag(tl_pcf_check *c)
{
    const char *where, *unused;
    bool flag = true;
    if (!c->form->flag || tl_json_missing(tl_pcf_at(c, c->form->flagged, &where)))
        return;
    if (tl_json_as_bool(tl_pcf_at(c, c->form->flag, &unused), &flag, NULL) == TL_OK && !flag)
        tl_pcf_find(c, true, where, "flag",
                    tl_arena_printf(c->arena, "is there while %s is false", unused),
                    tl_arena_printf(c->arena, "存在，而 %s 为 false", unused));
}

void tl_pcf_check_fields(tl_pcf_check *c)
{
    for (size_t i = 0; i < c->form->field_count && c->st == TL_OK; i++)
        check_field(c, &c->form->fields[i]);
    for (size_t i = 0; i < c->form->period_count && c->st == TL_OK; i++)
        check_period(c, &c->form->periods[i]);
    check_shares(c);
    check_places(c);
    check_flag(c);
}
