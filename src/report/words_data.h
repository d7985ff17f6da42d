/* words_data.h - words that rows of data sets use for themselves, in both languages. */
#ifndef TL_REPORT_WORDS_DATA_H
#define TL_REPORT_WORDS_DATA_H

#include "base/text.h"
#include "report/report.h"

/* What nobody knows stands for itself in both languages: sets come from elsewhere too. */
tl_label tl_word_set_kind(const char *code);          /* "factors" */
tl_label tl_word_factor_category(const char *code);   /* "metal input" */
tl_label tl_word_factor_boundary(const char *code);   /* "well to tank" */
tl_label tl_word_factor_technology(const char *code); /* "closed loop" */
tl_label tl_word_part_kind(const char *code);         /* of a record: "stage" */
tl_label tl_word_industry(const char *code);          /* "automobile" */
tl_label tl_word_metal(const char *code);             /* "primary-aluminium" */
tl_label tl_word_threshold(const char *code);         /* "level 1" */
tl_label tl_word_rule_note(const char *text);         /* why a rule has no figure, and the like */
tl_label tl_word_mark_subject(const char *code);      /* "full-points" */

#endif
