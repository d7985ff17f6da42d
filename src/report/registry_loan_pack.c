/* registry_loan_pack.c - the evidence of a loan in one archive that is checked without us. */
#include <stdlib.h>
#include <string.h>

#include "format/zip.h"
#include "registry/record_chain.h"
#include "report/registry_loan_test.h"

static const char readme[] =
    "A loan whose margin follows the footprints of its cars, with its evidence.\r\n"
    "贷款利差与车辆碳足迹挂钩：条款、计算与证据。\r\n"
    "\r\n"
    "term-sheet.txt, term-sheet-zh.txt   terms, grid, formula, cars, result / 条款清单\r\n"
    "loan.json                           the same, to recompute / 供重新计算\r\n"
    "records/ID.json                     all published versions of a footprint, with seals / "
    "存证\r\n"
    "\r\n"
    "Check, with Python 3 and nothing else / 核对：\r\n"
    "  check-loan PACK.zip      recomputes the margin; each pinned version must be in records/\r\n"
    "  check-record PACK.zip    recomputes every seal\r\n"
    "The scripts come with the program (tools/). Classes are the register's word: the cars a car "
    "was\r\n"
    "compared with are not in this archive. / 等级以登记系统为准，本档案不含同类车型数据。\r\n";

struct pack {
    tl_store *s;
    const tl_loan_sheet *sheet;
    tl_zip_entry *files; /* owned; data of each from buffers */
    tl_buf *buffers;     /* owned, one a file */
    size_t n;
};

static tl_buf *next(struct pack *p, const char *name)
{
    p->files[p->n].name = name;
    return &p->buffers[p->n++];
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static tl_status add_record(struct pack *p, const char *id, tl_error *err)
{
    const char *name = tl_arena_printf(p->sheet->arena, "records/%s.json", id);
    tl_error why = { 0 };
    if (!name)
        return tl_fail_nomem(err);
    tl_buf *b = next(p, name);
    tl_status st = tl_record_export(p->s, id, b, &why);
    if (st == TL_ENOTFOUND) { /* no footprint, which is why the car meets the worst step */
        tl_buf_reset(b);
        p->n--;
        return TL_OK;
    }
    return st == TL_OK ? TL_OK : tl_fail(err, st, "%s", why.text);
}

/* Each record once, by id. */
static tl_status add_records(struct pack *p, tl_error *err)
{
    const tl_loan_sheet *v = p->sheet;
    tl_status st = TL_OK;
    const char **ids = tl_new_array(v->n, sizeof *ids);
    if (!ids)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < v->n; i++)
        ids[i] = v->cars[i].record;
    qsort(ids, v->n, sizeof *ids, by_text);
    for (size_t i = 0; st == TL_OK && i < v->n; i++)
        if (i == 0 || strcmp(ids[i - 1], ids[i]) != 0)
            st = add_record(p, ids[i], err);
    free(ids);
    return st;
}

static tl_status add_all(struct pack *p, tl_error *err)
{
    const tl_loan_sheet *v = p->sheet;
    tl_report *r = tl_report_loan(v);
    tl_buf_str(next(p, "README.txt"), readme);
    tl_status st =
        r ? tl_report_as_text(r, false, next(p, "term-sheet.txt"), err) : tl_fail_nomem(err);
    if (st == TL_OK)
        st = tl_report_as_text(r, true, next(p, "term-sheet-zh.txt"), err);
    if (st == TL_OK)
        st = tl_loan_report(v->facility, v->cars, v->n, v->result, next(p, "loan.json"), err);
    return st == TL_OK ? add_records(p, err) : st;
}

tl_status tl_loan_pack(tl_store *s, const tl_loan_sheet *sheet, tl_buf *out, tl_error *err)
{
    const size_t most = sheet->n + 4;
    struct pack p = { .s = s, .sheet = sheet };
    tl_status st = TL_OK;
    p.files = tl_new_array(most, sizeof *p.files);
    p.buffers = tl_new_array(most, sizeof *p.buffers);
    if (!p.files || !p.buffers)
        st = tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < most; i++)
        tl_buf_init(&p.buffers[i], 0);
    if (st == TL_OK)
        st = add_all(&p, err);
    for (size_t i = 0; st == TL_OK && i < p.n; i++) {
        st = tl_buf_status(&p.buffers[i], err);
        p.files[i].data = tl_buf_text(&p.buffers[i]);
        p.files[i].n = p.buffers[i].len;
    }
    if (st == TL_OK)
        st = tl_zip_write(p.files, p.n, out, err);
    for (size_t i = 0; p.buffers && i < most; i++)
        tl_buf_clear(&p.buffers[i]);
    free(p.buffers);
    free(p.files);
    return st;
}
