/* words.h - codes of the domain as words for people, in both languages. */
#ifndef TL_REPORT_WORDS_H
#define TL_REPORT_WORDS_H

#include "rating/assessment.h"
#include "rating/statistics.h"
#include "report/report.h"

/* A code nobody knows stands for itself in both languages; "" gives empty labels. */
tl_label tl_word_region_group(const char *code); /* "european" */
tl_label tl_word_product_type(const char *code); /* "nev" */
tl_label tl_word_yes_no(const char *code);
tl_label tl_word_inclusion(const char *code);
tl_label tl_word_country(const char *code);
tl_label tl_word_fact(const char *code); /* "nev-share" */
tl_label tl_word_state(tl_assessment_state state);
tl_label tl_word_level(tl_sheet_level level);
tl_label tl_word_check(tl_check check);
tl_label tl_word_relation(const char *code);
tl_label tl_word_mark(const char *code);     /* "inferred", "design" */
tl_label tl_word_boundary(const char *code); /* "cradle to grave" */
tl_label tl_word_grade(const char *code);    /* of data: "own", "estimate", "default" */

/* The word for an empty of points.h: "not disclosed" / "未披露". */
tl_label tl_word_empty(tl_points slot);

#endif
