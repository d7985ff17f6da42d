/* epd_priv.h - what the files of epd.h share. */
#ifndef TL_REGISTRY_EPD_PRIV_H
#define TL_REGISTRY_EPD_PRIV_H

#include "registry/epd.h"
#include "registry/record_priv.h"

enum {
    TL_PCR_ID_MAX = 64,
    TL_EPD_NAME_MAX = 400, /* bytes of a name, number, title or source */
    TL_EPD_TEXT_MAX = 4000
};

/* A declaration with the version of the record that its verifier has or had; 0 before. */
typedef struct tl_epd_row {
    tl_epd epd;
    int64_t version;
} tl_epd_row;

/* A question and the declaration it is about. */
typedef struct tl_epd_question_row {
    tl_epd_question question;
    const char *record;
} tl_epd_question_row;

/* One member of the detail of an audit entry. */
typedef struct tl_epd_said {
    const char *name, *text;
} tl_epd_said;

/* epd_read.c */
TL_MUST_CHECK tl_status tl_epd_row_get(tl_store *s, const char *record, tl_arena *arena,
                                       tl_epd_row *out, tl_error *err);

/* Declarations registered until `day` at most, by that day. */
TL_MUST_CHECK tl_status tl_epd_ending(tl_store *s, const char *day, tl_arena *arena,
                                      const tl_epd **out, size_t *n, tl_error *err);
TL_MUST_CHECK tl_status tl_epd_question_get(tl_store *s, int64_t question, tl_arena *arena,
                                            tl_epd_question_row *out, tl_error *err);

/* epd.c */

/* TL_EFORBIDDEN where the two companies are one or have an ancestor in common. */
TL_MUST_CHECK tl_status tl_epd_apart(tl_store *s, const char *owner, const char *verifier_company,
                                     tl_error *err);

/* Letter case and width make no other person. */
TL_MUST_CHECK tl_status tl_epd_same_person(const char *a, const char *b, tl_arena *scratch,
                                           bool *same, tl_error *err);

TL_MUST_CHECK tl_status tl_epd_audit(tl_store *s, const char *who, const char *action,
                                     const char *id, const tl_epd_said *said, size_t n,
                                     tl_error *err);

/* epd_question.c: TL_EFORBIDDEN unless who is the verifier. */
TL_MUST_CHECK tl_status tl_epd_verifier_only(const tl_epd *e, const char *who, const char *act,
                                             tl_arena *scratch, tl_error *err);

/* epd_expiry.c */

/* A car whose bill names the supplier for the material. */
typedef struct tl_epd_car {
    const char *id;
    double mass_kg;
} tl_epd_car;
TL_MUST_CHECK tl_status tl_epd_cars(tl_store *s, const char *material, const char *supplier,
                                    tl_arena *arena, tl_epd_car **out, size_t *n, tl_error *err);

/* epd_use.c */

/* The registered declaration as a factor; TL_ECONFLICT unless it is published, TL_EINPUT unless its
 * value is a mass of CO2e per mass and the material one that cars buy by mass. */
TL_MUST_CHECK tl_status tl_epd_factor_of(tl_store *s, const char *record, const char *material,
                                         const char *supplier, tl_arena *arena,
                                         tl_supplier_factor *out, int64_t *version, tl_error *err);

/* A saved use that counts: the last of its material and supplier. */
typedef struct tl_epd_use_row {
    const char *record;
    tl_supplier_factor factor;
} tl_epd_use_row;
TL_MUST_CHECK tl_status tl_epd_uses(tl_store *s, tl_arena *arena, tl_epd_use_row **out, size_t *n,
                                    tl_error *err);

#endif
