/* vehicle_import.c - a file of cars, and the bill of materials of one. */
#include "intake/vehicle_import.h"

#include "intake/bill_import.h"
#include "operation/vehicle.h"

enum { FAULTS_SHOWN = 20 };

tl_status tl_run_vehicle_import(tl_call *c, tl_error *err)
{
    const char *file = tl_call_text(c, "file");
    tl_vehicle_verdict v = { 0 };
    tl_status st = tl_vehicle_import(c->store, file, tl_call_text(c, "map"), c->viewer, c->log,
                                     c->arena, &v, err);
    if (st != TL_OK)
        return st;
    tl_report *r = tl_report_new(
        c->arena, "vehicle-import",
        v.already ? (tl_label){ "Imported before, nothing changed", "此前已导入，未作改动" }
                  : (tl_label){ "Cars imported", "车型导入结果" });
    if (!r)
        return tl_fail_nomem(err);
    tl_report_fact(r, "file", (tl_label){ "file", "文件" }, file);
    tl_report_fact_bool(r, "already_imported", (tl_label){ "imported before", "此前已导入" },
                        v.already);
    tl_report_fact_int(r, "rows", (tl_label){ "rows", "行数" }, v.rows);
    tl_report_fact_int(r, "accepted", (tl_label){ "accepted", "接受" }, v.accepted);
    tl_report_fact_int(r, "repeated", (tl_label){ "there already", "已有" }, v.repeated);
    tl_report_fact_int(r, "refused", (tl_label){ "refused", "拒绝" }, v.refused);
    return tl_call_verdict(c, r, &(tl_refused_source){ file, NULL, 0 }, v.refusals, v.refusal_count,
                           err);
}

tl_status tl_run_vehicle_bill(tl_call *c, tl_error *err)
{
    const char *id = tl_call_text(c, "vehicle");
    tl_car_model m = { 0 };
    tl_bill_verdict v = { 0 };
    tl_status st = tl_car_model_open(&m, c->store, NULL, 0, c->arena, err);
    if (st == TL_OK)
        st =
            tl_bill_import(c->store, &m, id, tl_call_text(c, "file"), c->viewer, c->arena, &v, err);
    for (size_t i = 1; i < v.n_faults && i < FAULTS_SHOWN; i++)
        tl_log_write(c->log, TL_LOG_WARN, "%s", v.faults[i].text);
    tl_car_model_close(&m);
    if (st != TL_OK)
        return st;
    tl_report *r =
        tl_report_new(c->arena, "vehicle-bill", (tl_label){ "Bill of materials", "物料清单" });
    if (!r)
        return tl_fail_nomem(err);
    tl_report_fact(r, "car", (tl_label){ "car", "车型" }, id);
    tl_report_fact_int(r, "parts", (tl_label){ "parts", "项数" }, (int64_t)v.parts);
    tl_buf mass;
    tl_buf_init(&mass, 0);
    tl_buf_number(&mass, v.mass_kg);
    tl_report_fact_exact(r, "mass_kg", (tl_label){ "mass, kg", "质量，kg" },
                         tl_arena_str(c->arena, tl_buf_text(&mass)));
    tl_buf_clear(&mass);
    tl_report_fact_bool(r, "unchanged", (tl_label){ "unchanged", "无变化" }, v.same);
    return tl_call_report(c, r, err);
}
