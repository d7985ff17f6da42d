/* carbon_label.h - the carbon label of a car and the Top Runner certificate, as SVG and PDF.
 *
 * Value, class, category mean, kerb mass, fuel, data grade, date, and a QR code that opens the very
 * version that is printed. Chinese or English; long names wrap and shrink, what is longer still
 * ends in an ellipsis, and nothing leaves the paper. The same input with the same fonts gives the
 * same bytes. The label measures 105 x 148 mm (A6), the certificate 297 x 210 mm (A4).
 *
 * Texts are borrowed during the call and may be hostile. TL_EINPUT names what is wrong with a
 * value; nothing is appended then. */
#ifndef TL_REPORT_CARBON_LABEL_H
#define TL_REPORT_CARBON_LABEL_H

#include "base/buf.h"
#include "report/label.h"

enum {
    TL_LABEL_LINK_BYTES = 200, /* its QR code can still be read from a label */
    TL_CERTIFICATE_LINES = 12  /* shown; further candidates are counted */
};

typedef struct tl_carbon_label {
    tl_label product, maker;
    tl_label category;      /* "compact SUV, battery electric" */
    tl_label class_label;   /* word of the class: "Low Carbon+" */
    int class_number;       /* 1..5, 0 = none */
    double g_km, mean_g_km; /* above 0; mean NAN or 0 = none */
    double t_car;           /* tonnes over the life of the car; NAN or 0 = not stated */
    double kerb_mass_kg;    /* NAN or 0 = not stated */
    double earlier_g_km;    /* of the car it follows: the historic reduction; NAN or 0 = none */
    tl_label earlier;       /* which car that is: "the model of 2023" */
    tl_label fuel, grade;   /* grade: "estimate from the model's own data" */
    const char *disclosure_id, *version;
    const char *published_on; /* begins with YYYY-MM-DD; also the day of making in a PDF */
    const char *link;         /* what the QR code holds, TL_LABEL_LINK_BYTES at most; needed */
    tl_label rule;            /* which peers and which dated rule */
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
        const char *record; /* "ademe-35145f246eae@2", in a column of its own; NULL: not printed */
    } * lines;              /* winners first */
    size_t n;
    const char *day, *link; /* as published_on and link above */
} tl_certificate;

/* Needs a winner: a segment with too few candidates has no certificate. Winners come first. */
TL_MUST_CHECK tl_status tl_certificate_pdf(const tl_certificate *c, bool zh, tl_buf *out,
                                           tl_error *err);

#endif
