/* demo_sources.c - one material of a car followed to its sources. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "cli/demo.h"

/* Evidence of one activity; the input that is followed next, TL_LCA_NONE at the end of the chain.
 */
static size_t show_evidence(tl_buf *out, const tl_car_model *m, size_t activity, bool zh)
{
    size_t n, next = TL_LCA_NONE;
    double largest = 0;
    const tl_car_evidence *e = tl_car_system_evidence(m->system, &n);
    for (size_t i = 0; i < n; i++) {
        if (e[i].activity != activity)
            continue;
        size_t input = tl_car_system_activity(m->system, e[i].what);
        double score = input == TL_LCA_NONE ? 0 : fabs(e[i].amount * m->scores[input]);
        if (score > largest) {
            largest = score;
            next = input;
        }
        tl_buf_printf(out, "      %.6g %s %s", e[i].amount, e[i].unit, e[i].what);
        if (*e[i].factor)
            tl_buf_printf(out, "  [%s]", e[i].factor);
        tl_buf_printf(out, "  %s%s\n",
                      strcmp(e[i].basis, "choice") == 0 ? (zh ? "选择：" : "choice: ") : "",
                      e[i].source);
    }
    return next;
}

void tl_demo_sources(tl_demo *d, const tl_car_model *m, const char *activity)
{
    char text[TL_NUMBER_MAX + 320];
    bool zh = d->cli->zh;
    size_t at = tl_car_system_activity(m->system, activity);
    for (int depth = 0; at != TL_LCA_NONE && depth < 12; depth++) {
        tl_lca_name name = tl_car_system_name(m->system, at);
        tl_number_format_fixed(m->scores[at], 4, text);
        tl_buf_printf(&d->out, "    %s kg CO2e/%s  %s (%s)\n", text, name.unit,
                      zh ? tl_car_system_name_zh(m->system, at) : name.name, name.id);
        at = show_evidence(&d->out, m, at, zh);
    }
}
