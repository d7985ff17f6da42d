/* pcf_message_priv.h - what the files of the message check share. */
#ifndef TL_INTAKE_PCF_MESSAGE_PRIV_H
#define TL_INTAKE_PCF_MESSAGE_PRIV_H

#include "format/json_read.h"
#include "intake/pcf_message.h"

/* What a field holds. */
typedef enum tl_pcf_kind {
    TL_PCF_TEXT,    /* not empty */
    TL_PCF_DECIMAL, /* a number written as text: "12.50" */
    TL_PCF_NUMBER,
    TL_PCF_BOOL,
    TL_PCF_TIME, /* ISO 8601 with its offset */
    TL_PCF_UUID,
    TL_PCF_CODE, /* one of codes */
    TL_PCF_LIST, /* an array with at least one element */
    TL_PCF_ANY
} tl_pcf_kind;

/* What follows where it is missing. */
typedef enum tl_pcf_need { TL_PCF_MAY, TL_PCF_SHOULD, TL_PCF_MUST } tl_pcf_need;

typedef struct tl_pcf_field {
    const char *path; /* "pcf.fossilGhgEmissions"; lists of one on the way are passed through */
    tl_pcf_kind kind;
    tl_pcf_need need;
    double low, high;         /* of a number; both 0: any */
    const char *const *codes; /* NULL at the end */
    const char *group;        /* path of an optional object: needed only where that is there */
} tl_pcf_field;

/* total = sum of the parts that are there. */
typedef struct tl_pcf_sum {
    const char *total;
    const char *parts[9]; /* NULL at the end */
    const char *more[5];  /* a second reading of the standard adds these; NULL at the end */
    bool fills; /* parts may be left out while they are small: then up to 3 % is a remark */
} tl_pcf_sum;

typedef struct tl_pcf_period {
    const char *start, *end;
} tl_pcf_period;

/* All that is known of one form. */
typedef struct tl_pcf_form {
    const char *name;
    const char *id; /* path of its id */
    const tl_pcf_field *fields;
    size_t field_count;
    const tl_pcf_sum *sums;
    size_t sum_count;
    const tl_pcf_period *periods;
    size_t period_count;
    const char *share;          /* primary data share in percent, or NULL */
    const char *exempted;       /* exempted emissions in percent */
    double exempted_most;       /* the bound of the method: beyond it is a remark */
    const char *places[4];      /* at most one of these; NULL at the end */
    const char *flag, *flagged; /* flagged may only be there where flag is true; or NULL */
} tl_pcf_form;

extern const tl_pcf_form tl_pcf_forms[];
extern const size_t tl_pcf_form_count;

/* The form whose name it is. */
const tl_pcf_form *tl_pcf_form_find(const char *name);

/* One message being checked. */
typedef struct tl_pcf_check {
    tl_json_value root;
    const char *path;
    const tl_pcf_form *form;
    tl_arena *arena;
    tl_pcf_finding *findings; /* owned until copied */
    size_t n, cap, errors, left_out;
    tl_status st; /* the first failure sticks */
    tl_error *err;
} tl_pcf_check;

/* The value at a path; where[] gets the path as JSON paths are written. */
tl_json_value tl_pcf_at(const tl_pcf_check *c, const char *path, const char **where);

/* True and *v where there is a finite number, written as number or as text; *decimals as written.
 */
bool tl_pcf_number(tl_json_value at, double *v, int *decimals);

/* Adds a finding; texts are in the arena (NULL: out of memory). */
void tl_pcf_find(tl_pcf_check *c, bool error, const char *where, const char *rule, const char *en,
                 const char *zh);

void tl_pcf_check_fields(tl_pcf_check *c);
void tl_pcf_check_sums(tl_pcf_check *c);

#endif
