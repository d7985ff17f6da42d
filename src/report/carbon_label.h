/* carbon_label.h - the carbon label of a car and the Top Runner certificate, as SVG and PDF.
 *
 * Value, class, category mean, kerb mass, fuel, data grade, date, and a QR code that opens the very
 * version that is printed. Chinese or English; long names wrap, nothing leaves the paper. The same
 * input gives the same bytes. */
#ifndef TL_REPORT_CARBON_LABEL_H
#define TL_REPORT_CARBON_LABEL_H

#include "base/buf.h"
#include "report/label.h"

typedef struct tl_carbon_label {
    tl_label product, maker;
    tl_label category;      /* "compact SUV, battery electric" */
    tl_label class_label;   /* word of the class: "Low Carbon+" */
    int class_number;       /* 1..5, 0 = none */
    double g_km, mean_g_km; /* mean NAN = none */
    double t_car;           /* tonnes over the life of the car */
    double kerb_mass_kg;
    tl_label fuel, grade; /* grade: "estimate from the model's own data" */
    const char *disclosure_id, *version, *published_on, *link; /* link: what the QR code holds */
    tl_label rule; /* which peers and which dated rule */
} tl_carbon_label;

TL_MUST_CHECK tl_status tl_carbon_label_svg(const tl_carbon_label *l, bool zh, tl_buf *out,
                                            tl_error *err);
TL_MUST_CHECK tl_status tl_carbon_label_pdf(const tl_carbon_label *l, bool zh, tl_buf *out,
                                            tl_error *err);

typedef struct tl_certificate {
    tl_label title, segment, window, rule;
    const struct tl_certificate_line {
        tl_label product, maker;
        double g_km;
        bool wins;
    } * lines; /* winners first */
    size_t n;
    const char *day, *link;
} tl_certificate;
TL_MUST_CHECK tl_status tl_certificate_pdf(const tl_certificate *c, bool zh, tl_buf *out,
                                           tl_error *err);

#endif
