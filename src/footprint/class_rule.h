/* class_rule.h - classes 1 to 5 by rank within a group, as rows of data/class-rule. */
#ifndef TL_FOOTPRINT_CLASS_RULE_H
#define TL_FOOTPRINT_CLASS_RULE_H

#include "footprint/pins.h"

enum { TL_CLASSES_MAX = 9 };

typedef struct tl_class_rule {
    struct {
        int number;
        double upper_share; /* of ranks: class 1 up to 0.2 */
        const char *label_en, *label_zh;
    } classes[TL_CLASSES_MAX];
    size_t n;
    size_t smallest_group; /* a smaller group has no classes */
} tl_class_rule;

/* Reads the installed set class-rule. */
TL_MUST_CHECK tl_status tl_class_rule_load(tl_class_rule *out, tl_store *s, tl_pins *pins,
                                           tl_arena *arena, tl_error *err);

/* Class of rank r (1 = lowest footprint, ties share the better rank) among n; 0 = no class. */
int tl_class_of(const tl_class_rule *rule, size_t rank, size_t n);

#endif
