/* audit_words.h - what the codes of the audit chain mean to people. */
#ifndef TL_REPORT_AUDIT_WORDS_H
#define TL_REPORT_AUDIT_WORDS_H

#include "report/label.h"

/* "record.publish": "footprint published"; the code itself where there is no word for it. */
tl_label tl_word_action(const char *code);

#endif
