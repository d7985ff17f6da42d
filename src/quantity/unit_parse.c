/* unit_parse.c - from what people write to a unit.
 *
 *   unit    = product [ ("/" | "per" | "每") divisor ]
 *   product = factor { [ "*" | "." | "·" | blank ] factor }
 *   divisor = { number } word | "(" product ")"
 *   factor  = number | word | "(" product ")"
 *   word    = [multiplier] symbol [exponent] | [multiplier] mass-symbol gas
 *
 * Read from left to right without recursion: parentheses go one deep. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "quantity/unit_priv.h"

typedef struct reader {
    const tl_units *units;
    const char *text; /* as written, for messages */
    tl_span rest;     /* of the normalised text */
    tl_unit *out;
    int sign;      /* 1 before the solidus, -1 behind it */
    bool in_group; /* between parentheses */
    bool closed;   /* the divisor is complete */
    bool some;     /* a factor was read on this side of the solidus */
    bool worded;   /* and it was a unit: a number may not follow, or "m2.5" would pass */
    int mass_sign; /* not 0: the last factor was a plain mass; a gas may follow */
    tl_base gas;   /* TL_BASE_CO2 if the last factor counts CO2: "eq" may follow */
} reader;

/* Spellings that mean the same; the right side is never longer, so text is rewritten in place. */
static const struct {
    const char *from, *to;
} same[] = {
    { "₂", "2" },  { "₃", "3" },  { "₄", "4" },  { "₆", "6" },   { "²", "2" },   { "³", "3" },
    { "·", "*" },  { "⋅", "*" },  { "×", "*" },  { "•", "*" },   { "（", "(" },  { "）", ")" },
    { "／", "/" }, { "％", "%" }, { "每", "/" }, { "μg", "ug" }, { "µg", "ug" }, { "　", " " },
};

/* 千 is not here: 千克, 千米 and 千瓦时 are units of the table, and 千 alone before another is rare
 * enough to be asked back. */
static const struct {
    const char *word;
    double factor;
} multipliers[] = { { "百万", 1e6 }, { "十万", 1e5 }, { "万", 1e4 },
                    { "亿", 1e8 },   { "百", 1e2 },   { "千", 1e3 } };

static tl_status normalise(const char *text, char *out, size_t cap, tl_error *err)
{
    size_t n = strlen(text), len = 0;
    if (n >= cap)
        return tl_fail(err, TL_EINPUT, "unit '%.40s...' is longer than %zu bytes", text, cap - 1);
    if (tl_utf8_valid(text, n) != n)
        return tl_fail(err, TL_EINPUT, "unit '%s' is not UTF-8 text", text);
    for (size_t i = 0; i < n;) {
        size_t k = 0;
        while (k < sizeof same / sizeof *same && !tl_text_starts(text + i, same[k].from))
            k++;
        if (k == sizeof same / sizeof *same) {
            out[len++] = text[i++];
            continue;
        }
        memcpy(out + len, same[k].to, strlen(same[k].to));
        len += strlen(same[k].to);
        i += strlen(same[k].from);
    }
    out[len] = '\0';
    return TL_OK;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Takes [+-]digits off the front of s if it is a whole number from -9 to 9. */
static bool take_small_int(tl_span *s, int *out)
{
    size_t i = s->n > 0 && (s->p[0] == '-' || s->p[0] == '+') ? 1 : 0;
    if (i >= s->n || !is_digit(s->p[i]) || (i + 1 < s->n && is_digit(s->p[i + 1])))
        return false;
    *out = (s->p[i] - '0') * (s->p[0] == '-' ? -1 : 1);
    s->p += i + 1;
    s->n -= i + 1;
    return true;
}

static const tl_unit *find_symbol(const tl_units *u, tl_span word)
{
    uint64_t i;
    return tl_map_find(u->names, word, &i) ? &u->items[i] : NULL;
}

static bool plain_mass(const tl_unit *unit)
{
    tl_unit kg = { .power = { [TL_BASE_KG] = 1 } };
    return memcmp(unit->power, kg.power, sizeof kg.power) == 0;
}

/* The gas whose spelling the word ends with (or is, if whole); the longest one. */
static const tl_gas_row *find_gas(tl_span word, bool whole, size_t *length)
{
    const tl_gas_row *best = NULL;
    *length = 0;
    for (size_t g = 0; g < tl_gas_table_size; g++) {
        tl_span names = tl_span_of(tl_gas_table[g].names), name;
        while (tl_span_split(&names, '|', &name)) {
            bool fits = whole ? name.n == word.n : name.n < word.n;
            if (fits && name.n > *length && memcmp(word.p + word.n - name.n, name.p, name.n) == 0) {
                best = &tl_gas_table[g];
                *length = name.n;
            }
        }
    }
    return best;
}

static void to_gas(tl_unit *unit, tl_base gas, int sign)
{
    unit->power[TL_BASE_KG] = (int8_t)(unit->power[TL_BASE_KG] - sign);
    unit->power[gas] = (int8_t)(unit->power[gas] + sign);
}

/* "kgCO2e", "吨二氧化碳": a mass unit with a gas behind it. */
static bool mass_of_gas(const tl_units *u, tl_span word, tl_unit *out, tl_base *gas)
{
    size_t n;
    const tl_gas_row *row = find_gas(word, false, &n);
    if (!row)
        return false;
    word.n -= n;
    if (word.n > 1 && (word.p[word.n - 1] == '-' || word.p[word.n - 1] == '_'))
        word.n--;
    const tl_unit *mass = find_symbol(u, word);
    if (!mass || !plain_mass(mass))
        return false;
    *out = *mass;
    to_gas(out, row->base, 1);
    *gas = row->base;
    return true;
}

/* "m2", "s-1": a symbol with a small whole power behind it. */
static const tl_unit *with_power(const tl_units *u, tl_span word, int *power)
{
    size_t n = word.n;
    while (n > 0 && is_digit(word.p[n - 1]))
        n--;
    if (n > 0 && n < word.n && word.p[n - 1] == '-')
        n--;
    tl_span tail = { word.p + n, word.n - n };
    if (n == 0 || !take_small_int(&tail, power) || tail.n > 0)
        return NULL;
    return find_symbol(u, (tl_span){ word.p, n });
}

static tl_status apply_number(reader *r, double v, tl_error *err)
{
    tl_unit number = { .numerator = v, .denominator = 1 };
    if (!isfinite(v) || v <= 0)
        return tl_fail(err, TL_EINPUT, "unit '%s': a factor must be above 0", r->text);
    r->mass_sign = 0;
    r->gas = TL_BASE_COUNT;
    return tl_unit_apply(r->out, &number, r->sign, err);
}

/* Finds what `word` means. *unit_power is changed only by a power written inside the word. */
static tl_status resolve(reader *r, tl_span word, tl_unit *found, tl_base *gas, int *power,
                         tl_error *err)
{
    tl_span whole = word;
    for (;;) {
        const tl_unit *known = find_symbol(r->units, word);
        if (!known && !mass_of_gas(r->units, word, found, gas))
            known = with_power(r->units, word, power);
        else if (!known)
            return TL_OK;
        if (known) {
            *found = *known;
            return TL_OK;
        }
        size_t m = 0, n = sizeof multipliers / sizeof *multipliers;
        while (m < n && (strlen(multipliers[m].word) >= word.n ||
                         memcmp(word.p, multipliers[m].word, strlen(multipliers[m].word)) != 0))
            m++;
        if (m == n)
            return tl_unit_unknown(r->units, whole, r->text, err);
        word.p += strlen(multipliers[m].word);
        word.n -= strlen(multipliers[m].word);
        tl_status st = apply_number(r, multipliers[m].factor, err);
        if (st != TL_OK)
            return st;
    }
}

/* "CO2e" behind "kg", or "eq" behind "CO2". True if the word was that. */
static bool gas_word(reader *r, tl_span word)
{
    size_t n;
    if (r->mass_sign) {
        const tl_gas_row *row = find_gas(word, true, &n);
        if (!row)
            return false;
        to_gas(r->out, row->base, r->mass_sign);
        r->gas = row->base == TL_BASE_CO2 ? TL_BASE_CO2 : TL_BASE_COUNT;
        r->mass_sign = 0;
        return true;
    }
    if (r->gas == TL_BASE_CO2 && (tl_span_is(word, "eq") || tl_span_is(word, "e") ||
                                  tl_span_is(word, "equivalent") || tl_span_is(word, "当量"))) {
        r->out->power[TL_BASE_CO2] = (int8_t)(r->out->power[TL_BASE_CO2] - r->sign);
        r->out->power[TL_BASE_CO2E] = (int8_t)(r->out->power[TL_BASE_CO2E] + r->sign);
        r->gas = TL_BASE_COUNT;
        return true;
    }
    return false;
}

static tl_status read_number(reader *r, tl_error *err)
{
    const char *p = r->rest.p;
    size_t n = 0, end = r->rest.n;
    double v = 0;
    int power = 1;
    while (n < end && (is_digit(p[n]) || (p[n] == '.' && n + 1 < end && is_digit(p[n + 1]))))
        n++;
    size_t e = n + 1;
    if (e < end && p[n] == 'e' && (p[e] == '-' || p[e] == '+'))
        e++;
    if (e < end && p[n] == 'e' && is_digit(p[e]))
        for (n = e; n < end && is_digit(p[n]);)
            n++;
    tl_number_fault fault = tl_number_scan(p, n, '.', &v);
    if (fault != TL_NUMBER_OK)
        return tl_fail(err, TL_EINPUT, "unit '%s': '" TL_SPAN_FMT "' is %s", r->text, (int)n, p,
                       tl_number_problem(fault));
    r->rest = (tl_span){ p + n, end - n };
    if (r->rest.n && r->rest.p[0] == '^') {
        r->rest.p++;
        r->rest.n--;
        if (!take_small_int(&r->rest, &power))
            return tl_fail(err, TL_EINPUT, "unit '%s': a whole power up to 9 is due after '^'",
                           r->text);
    }
    /* 10^4 as a product: pow() may differ in the last bit from one C library to another */
    double product = 1;
    for (int i = 0; i < (power < 0 ? -power : power); i++)
        product *= v;
    return apply_number(r, power < 0 ? 1 / product : product, err);
}

static tl_status apply_word(reader *r, tl_span word, tl_error *err)
{
    tl_unit found = { 0 };
    tl_base gas = TL_BASE_COUNT;
    int power = 1;
    tl_status st = resolve(r, word, &found, &gas, &power, err);
    if (st != TL_OK)
        return st;
    if (r->rest.n && r->rest.p[0] == '^') {
        r->rest.p++;
        r->rest.n--;
        if (power != 1 || !take_small_int(&r->rest, &power))
            return tl_fail(err, TL_EINPUT, "unit '%s': a whole power up to 9 is due after '^'",
                           r->text);
    }
    if ((st = tl_unit_apply(r->out, &found, power * r->sign, err)) != TL_OK)
        return tl_context(err, st, "unit '%s'", r->text);
    if (found.offset != 0)
        r->out->offset = found.offset;
    r->mass_sign = plain_mass(&found) && power == 1 ? r->sign : 0;
    r->gas = gas == TL_BASE_CO2 && power == 1 ? TL_BASE_CO2 : TL_BASE_COUNT;
    return TL_OK;
}

static tl_status read_word(reader *r, tl_error *err)
{
    static const char ends[] = " ()/*^.\t";
    size_t n = 0;
    while (n < r->rest.n && !strchr(ends, r->rest.p[n]))
        n++;
    tl_span word = { r->rest.p, n };
    r->rest = (tl_span){ word.p + n, r->rest.n - n };
    if (gas_word(r, word))
        return TL_OK;
    if (r->closed)
        return tl_fail(err, TL_EINPUT,
                       "unit '%s': what is divided by? put the units behind '/' in parentheses, "
                       "such as kg/(t km)",
                       r->text);
    tl_status st = apply_word(r, word, err);
    r->some = r->worded = true;
    r->closed = r->sign < 0 && !r->in_group;
    return st;
}

static tl_status solidus(reader *r, tl_error *err)
{
    if (r->sign < 0 || r->in_group || !r->some)
        return tl_fail(err, TL_EINPUT, "unit '%s': '/' may stand once, between two units%s",
                       r->text, r->sign < 0 ? "; write kg/(t km), not kg/t/km" : "");
    r->sign = -1;
    r->some = r->worded = false;
    r->mass_sign = 0;
    r->gas = TL_BASE_COUNT;
    return TL_OK;
}

static tl_status parenthesis(reader *r, bool open, tl_error *err)
{
    if (open == r->in_group || r->closed || (!open && !r->some) || (open && r->sign < 0 && r->some))
        return tl_fail(err, TL_EINPUT, "unit '%s': '%c' does not fit here", r->text,
                       open ? '(' : ')');
    r->in_group = open;
    r->mass_sign = 0;
    r->gas = TL_BASE_COUNT;
    r->closed = !open && r->sign < 0;
    return TL_OK;
}

static tl_status read_token(reader *r, tl_error *err)
{
    char c = r->rest.p[0];
    if (is_digit(c)) {
        if (r->closed || r->worded)
            return tl_fail(err, TL_EINPUT, "unit '%s': a number stands before the unit it counts",
                           r->text);
        tl_status st = read_number(r, err);
        r->some = true;
        return st;
    }
    bool per = r->rest.n > 4 && memcmp(r->rest.p, "per ", 4) == 0;
    if (!per && !strchr(" \t*./()^", c))
        return read_word(r, err);
    r->rest.p += per ? 4 : 1;
    r->rest.n -= per ? 4 : 1;
    if (per || c == '/')
        return solidus(r, err);
    if (c == '(' || c == ')')
        return parenthesis(r, c == '(', err);
    if (c == '^')
        return tl_fail(err, TL_EINPUT, "unit '%s': '^' without a unit before it", r->text);
    return TL_OK;
}

tl_status tl_unit_parse(const tl_units *u, const char *text, tl_unit *out, tl_error *err)
{
    char plain[TL_UNIT_TEXT];
    tl_unit read = { .numerator = 1, .denominator = 1 };
    tl_status st = normalise(text, plain, sizeof plain, err);
    if (st != TL_OK)
        return st;
    reader r = { .units = u,
                 .text = text,
                 .rest = tl_span_trim(tl_span_of(plain)),
                 .out = &read,
                 .sign = 1,
                 .gas = TL_BASE_COUNT };
    if (r.rest.n == 0)
        return tl_fail(err, TL_EINPUT, "no unit given; the unit of a ratio is 1");
    while (r.rest.n > 0)
        if ((st = read_token(&r, err)) != TL_OK)
            return st;
    if (!r.some || r.in_group)
        return tl_fail(err, TL_EINPUT, "unit '%s' ends too early", text);
    tl_unit kelvin = { .power = { [TL_BASE_K] = 1 } };
    if (read.offset != 0 && (memcmp(read.power, kelvin.power, sizeof kelvin.power) != 0 ||
                             read.numerator != 1 || read.denominator != 1))
        return tl_fail(err, TL_EINPUT,
                       "unit '%s': degC has its zero elsewhere and cannot be part of another unit; "
                       "use K",
                       text);
    memcpy(read.text, text, strlen(text) + 1);
    *out = read;
    return TL_OK;
}
