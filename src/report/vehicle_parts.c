/* vehicle_parts.c - words, names and pins of cars. */
#include "report/vehicle_parts.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "report/words_data.h"

const char *tl_vehicle_name(const tl_vehicle *v, tl_arena *arena)
{
    const char *d = v->description ? v->description : v->model;
    /* many descriptions begin with the model already */
    bool repeat = v->description && strncmp(v->description, v->model, strlen(v->model)) == 0;
    char *name = repeat || !v->description
                     ? tl_arena_printf(arena, "%s %s", v->brand, d)
                     : tl_arena_printf(arena, "%s %s %s", v->brand, v->model, d);
    if (!name)
        return v->model;
    size_t n = strlen(name), cut = 60;
    if (n > cut) {
        while (cut > 0 && ((unsigned char)name[cut] & 0xC0U) == 0x80U)
            cut--;
        name[cut] = '\0';
    }
    return name;
}

tl_label tl_vehicle_label(const tl_vehicle *v, tl_arena *arena)
{
    const char *name = tl_vehicle_name(v, arena);
    return (tl_label){ name, name };
}

tl_label tl_word_car(const tl_car_rule *r, const char *kind, const char *id)
{
    return (tl_label){ tl_car_rule_label(r, kind, id, false),
                       tl_car_rule_label(r, kind, id, true) };
}

tl_label tl_word_stage(const tl_car_rule *r, tl_stage stage)
{
    return (tl_label){ r->stages[stage].en, r->stages[stage].zh };
}

tl_label tl_word_material(const tl_car_rule *r, size_t material)
{
    return (tl_label){ r->materials[material].label_en, r->materials[material].label_zh };
}

tl_label tl_word_basis(const char *code)
{
    static const struct {
        const char *code;
        tl_label word;
    } table[] = {
        { "source", { "sourced", "有来源" } },
        { "declared", { "our own declaration", "自行设定" } },
        { "setting", { "set by the user", "用户设定" } },
        { "none", { "no figure held", "无数据" } },
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(code, table[i].code) == 0)
            return table[i].word;
    return (tl_label){ code, code };
}

const char *tl_decimal(double v, int decimals, tl_arena *arena)
{
    char text[TL_NUMBER_MAX + 320];
    if (!isfinite(v))
        return NULL;
    tl_number_format_fixed(v, decimals, text);
    return tl_arena_str(arena, text);
}

const char *tl_decimal_exact(double v, tl_arena *arena)
{
    char text[TL_NUMBER_MAX];
    if (!isfinite(v))
        return NULL;
    tl_number_format(v, text);
    return tl_arena_str(arena, text);
}

void tl_report_fact_decimal(tl_report *r, const char *key, tl_label name, double v, int decimals,
                            tl_arena *arena)
{
    if (isfinite(v))
        tl_report_fact_exact(r, key, name, tl_decimal(v, decimals, arena));
}

const char *tl_settings_text(const tl_car_model *m, tl_arena *arena)
{
    const char *text = "";
    for (size_t i = 0; text && i < m->setting_count; i++)
        text = tl_arena_printf(arena, "%s%s%s=%s", text, i ? ", " : "", m->settings[i].key,
                               m->settings[i].value);
    return text;
}

static const char *pins_text(const tl_pins *pins, const char *text, tl_arena *arena)
{
    for (size_t i = 0; text && i < pins->n; i++)
        text = tl_arena_printf(arena, "%s%s%s@%s", text, *text ? ", " : "", pins->items[i].id,
                               pins->items[i].version);
    return text;
}

void tl_report_vehicle_pins(tl_report *r, const tl_car_model *m, const tl_fleet *fleet,
                            tl_arena *arena)
{
    tl_report_fact(r, "method", (tl_label){ "method", "方法" }, tl_footprint_method);
    tl_report_fact(r, "gwp", (tl_label){ "warming potentials", "全球增温潜势" },
                   tl_car_system_gwp(m->system));
    if (m->setting_count)
        tl_report_fact(r, "settings", (tl_label){ "settings", "设定" }, tl_settings_text(m, arena));
    tl_report_fact(r, "data", (tl_label){ "data sets", "数据集" }, pins_text(&m->pins, "", arena));
    if (fleet)
        tl_report_fact(r, "class_data", (tl_label){ "data sets of the classes", "分级数据集" },
                       pins_text(&fleet->pins, "", arena));
}

static void put_pins(tl_report *r, const tl_pins *pins)
{
    for (size_t i = 0; i < pins->n; i++) {
        tl_report_text(r, pins->items[i].id);
        tl_report_text(r, pins->items[i].version);
        tl_report_text(r, pins->items[i].checksum);
    }
}

void tl_report_vehicle_pin_table(tl_report *r, const tl_car_model *m, const tl_fleet *fleet)
{
    static const tl_column columns[] = {
        { .key = "set",
          .name = { "data set", "数据集" },
          .kind = TL_COLUMN_TEXT,
          .files_only = true },
        { .key = "version",
          .name = { "version", "版本" },
          .kind = TL_COLUMN_TEXT,
          .files_only = true },
        { .key = "checksum",
          .name = { "checksum", "校验和" },
          .kind = TL_COLUMN_TEXT,
          .files_only = true },
    };
    tl_report_table(r, "pins", (tl_label){ "Data it stands on", "所用数据" }, columns, 3);
    put_pins(r, &m->pins);
    if (fleet)
        put_pins(r, &fleet->pins);
}

void tl_report_vehicle_notes(tl_report *r, const tl_car_model *m, tl_arena *arena)
{
    size_t n;
    const tl_choice *c = tl_car_system_choices(m->system, &n);
    for (size_t i = 0; i < n; i++)
        if (c[i].chosen && *c[i].note) {
            const tl_label note = tl_word_rule_note(c[i].note);
            tl_report_note(
                r, (tl_label){
                       tl_arena_printf(arena, "%s=%s: %s", c[i].parameter, c[i].option, note.en),
                       tl_arena_printf(arena, "%s=%s：%s", c[i].parameter, c[i].option, note.zh) });
        }
}
