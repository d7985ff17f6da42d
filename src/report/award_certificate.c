/* award_certificate.c - the certificate of a kept award, drawn from what was kept alone. */
#include <string.h>

#include "report/registry_award.h"
#include "report/registry_parts.h"

enum { CHECKSUM_SHOWN = 16 };

bool tl_award_find_segment(const tl_kept_award *a, const char *segment, size_t *first, size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < a->n; i++) {
        const tl_award_row *r = &a->rows[i];
        const size_t size = strlen(r->size), body = strlen(r->body);
        const bool here = strncmp(segment, r->size, size) == 0 && segment[size] == '/' &&
                          strncmp(segment + size + 1, r->body, body) == 0 &&
                          segment[size + 1 + body] == '/' &&
                          strcmp(segment + size + body + 2, r->powertrain) == 0;
        if (here && (*n)++ == 0)
            *first = i;
    }
    return *n > 0;
}

static tl_label segment_label(const tl_award_row *r, tl_arena *arena)
{
    const tl_label size = tl_word_size_class(r->size), body = tl_word_body(r->body),
                   powertrain = tl_word_powertrain(r->powertrain);
    return (tl_label){ tl_arena_printf(arena, "%s · %s · %s", size.en, body.en, powertrain.en),
                       tl_arena_printf(arena, "%s · %s · %s", size.zh, body.zh, powertrain.zh) };
}

static tl_label rule_label(const tl_award_round *x, tl_arena *arena)
{
    const double step = x->rule.step_g_km;
    const size_t least = x->rule.least;
    return (tl_label){
        tl_arena_printf(arena,
                        "Award %s: joint within %g g CO2e/km, at least %zu candidates; "
                        "peer-rule@%s; SHA-256 %.*s",
                        x->id, step, least, x->rule_version, CHECKSUM_SHOWN, x->checksum),
        tl_arena_printf(arena,
                        "评选 %s：按 %g g CO2e/km 取整后并列，候选不少于 %zu 款；peer-rule@%s；"
                        "SHA-256 %.*s",
                        x->id, step, least, x->rule_version, CHECKSUM_SHOWN, x->checksum)
    };
}

/* "tanlian:award/2024-h1/car-a@1,car-b@2#0123456789abcdef"; what does not fit the code is counted.
 */
static const char *link_of(const tl_kept_award *a, const tl_award_row *rows, size_t winners,
                           tl_arena *arena)
{
    const char *text = tl_arena_printf(arena, "tanlian:award/%s/", a->round.id);
    const char *end = tl_arena_printf(arena, "#%.*s", CHECKSUM_SHOWN, a->round.checksum);
    for (size_t i = 0; text && end && i < winners; i++) {
        const char *one = tl_arena_printf(arena, "%s%s%s@%lld", text, i ? "," : "", rows[i].record,
                                          (long long)rows[i].version);
        if (one && i && strlen(one) + strlen(end) + 8 > TL_LABEL_LINK_BYTES) {
            text = tl_arena_printf(arena, "%s,+%zu", text, winners - i);
            break;
        }
        text = one;
    }
    return text && end ? tl_arena_printf(arena, "%s%s", text, end) : NULL;
}

bool tl_award_certificate(const tl_kept_award *a, size_t first, size_t n, tl_arena *arena,
                          tl_certificate *out)
{
    const tl_award_round *x = &a->round;
    const tl_award_row *rows = &a->rows[first];
    struct tl_certificate_line *lines = tl_arena_alloc(arena, n + 1, sizeof *lines);
    size_t winners = 0;
    if (!lines)
        return false;
    for (size_t i = 0; i < n; i++) {
        lines[i].product = (tl_label){ rows[i].product, rows[i].product };
        lines[i].maker = (tl_label){ rows[i].maker, rows[i].maker };
        lines[i].g_km = rows[i].g_km;
        lines[i].wins = rows[i].wins;
        lines[i].record =
            tl_arena_printf(arena, "%s@%lld", rows[i].record, (long long)rows[i].version);
        winners += rows[i].wins;
        if (!lines[i].record)
            return false;
    }
    const char *window = tl_arena_printf(arena, "%s - %s", x->rule.from, x->rule.until);
    const tl_label rule = rule_label(x, arena);
    *out = (tl_certificate){ .title = { "Low Carbon Car Top Runner", "低碳领跑者" },
                             .segment = segment_label(rows, arena),
                             .window = { window, window },
                             .rule = rule,
                             .lines = lines,
                             .n = n,
                             .day = x->day,
                             .link = link_of(a, rows, winners, arena) };
    return window && rule.en && rule.zh && out->link && out->segment.en && out->segment.zh;
}
