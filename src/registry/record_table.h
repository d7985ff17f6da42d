/* record_table.h - a record as one row of a table: its fields by name, its parts as columns.
 *
 * One list of fields for every way in and out: JSON of one record, tables of many. A part is a
 * column "stage:materials" or "material:steel" in the unit of the value, "indicator:gwp [kg CO2e]"
 * in its own. */
#ifndef TL_REGISTRY_RECORD_TABLE_H
#define TL_REGISTRY_RECORD_TABLE_H

#include "base/buf.h"
#include "registry/record.h"

typedef enum tl_record_field_kind {
    TL_RECORD_FIELD_TEXT,   /* const char *, "" where nothing is said */
    TL_RECORD_FIELD_NUMBER, /* double, NAN where it is not stated */
    TL_RECORD_FIELD_YEAR    /* int64_t, 0 where it is not stated */
} tl_record_field_kind;

typedef struct tl_record_field {
    const char *name;
    tl_record_field_kind kind;
    bool required;
    size_t at; /* place in tl_record */
} tl_record_field;

enum { TL_RECORD_FIELDS = 29 };
extern const tl_record_field tl_record_fields[TL_RECORD_FIELDS]; /* in the order of the columns */

/* The field in r, of its kind; fields are written through the second. */
const char *tl_record_field_text(const tl_record *r, const tl_record_field *f);
double tl_record_field_number(const tl_record *r, const tl_record_field *f);
void *tl_record_field_place(tl_record *r, const tl_record_field *f);

/* Nothing said and nothing stated; kind is that of a vehicle. */
tl_record tl_record_nothing(void);

bool tl_record_kind_parse(const char *name, tl_record_kind *out);
bool tl_record_state_parse(const char *name, tl_record_state *out);

/* Appends the column of a part. TL_EINPUT for a part whose column would not read back as itself. */
TL_MUST_CHECK tl_status tl_record_part_column(const tl_record_part *part, tl_buf *out,
                                              tl_error *err);

/* The part a column is for: kind and key, and for an indicator the unit, in the arena. *is_part is
 * false for a column of another name, an error one that begins like a part and is none. */
TL_MUST_CHECK tl_status tl_record_part_parse(const char *column, tl_arena *arena,
                                             tl_record_part *out, bool *is_part, tl_error *err);

#endif
