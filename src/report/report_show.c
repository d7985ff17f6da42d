/* report_show.c - cells, headings and facts as a person reads them, whatever the file. */
#include "base/number.h"
#include "report/report_priv.h"

void tl_cell_show(tl_buf *out, const tl_column *column, const tl_cell *c, bool zh)
{
    char number[TL_NUMBER_MAX + 320];
    if (tl_cell_is_empty(c)) {
        tl_label_add(out, tl_cell_why(c), zh);
        return;
    }
    switch (column->kind) {
    case TL_COLUMN_TEXT:
    case TL_COLUMN_EXACT:
        tl_buf_str(out, c->text);
        break;
    case TL_COLUMN_LABEL:
        tl_label_add(out, (tl_label){ .en = c->text, .zh = c->u.zh }, zh);
        break;
    case TL_COLUMN_WORD:
        if (c->u.label)
            tl_label_add(out, *c->u.label, zh);
        else
            tl_buf_str(out, c->text);
        break;
    case TL_COLUMN_NUMBER:
        tl_number_format_fixed(c->u.number, column->decimals, number);
        tl_buf_str(out, number);
        break;
    case TL_COLUMN_INT:
        tl_buf_printf(out, "%lld", (long long)c->u.integer);
        break;
    case TL_COLUMN_BOOL:
        tl_buf_str(out, zh ? (c->u.truth ? "是" : "否") : (c->u.truth ? "yes" : "no"));
        break;
    }
}

void tl_column_show(tl_buf *out, const tl_column *column, bool zh)
{
    if (tl_label_empty(column->name))
        tl_buf_str(out, column->key);
    else
        tl_label_add(out, column->name, zh);
    if (column->unit)
        tl_buf_printf(out, " (%s)", column->unit);
}

void tl_fact_show(tl_buf *out, const tl_fact *f, bool zh)
{
    if (f->is_word && !tl_label_empty(f->word))
        tl_label_add(out, f->word, zh);
    else if (f->is_bool)
        tl_buf_str(out, zh ? (f->integer ? "是" : "否") : (f->integer ? "yes" : "no"));
    else if (f->is_integer)
        tl_buf_printf(out, "%lld", (long long)f->integer);
    else
        tl_buf_str(out, f->text ? f->text : "");
}
