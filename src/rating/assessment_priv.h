/* assessment_priv.h - what the files of assessment.h share. */
#ifndef TL_RATING_ASSESSMENT_PRIV_H
#define TL_RATING_ASSESSMENT_PRIV_H

#include "base/buf.h"
#include "base/hash.h"
#include "rating/assessment.h"

enum {
    TL_PERSON_MAX = 200, /* bytes of what names a person */
    TL_QUOTE_MAX = 4000,
    TL_LONG_TEXT_MAX = 4000, /* notes, reasons, origins */
    TL_REPLY_MAX = 10000
};

/* A stored version: its head, and what only this folder asks for. */
typedef struct tl_stored_version {
    int64_t assessment;
    const char *way, *content;
    tl_assessment a; /* without answers and replies */
} tl_stored_version;

/* An assessment as it was given, checked and laid on the slots of its index. In the arena. */
typedef struct tl_prepared {
    size_t n_slots;
    const tl_answer **at; /* slot -> its answer or NULL */
    tl_points *given, *counted;
    bool *inferred; /* NULL where nothing is */
    tl_weight scope12;
    char content[TL_SHA256_HEX]; /* over all that was said, people and steps aside */
} tl_prepared;

/* A sheet and what is known of it, for comparing levels. */
typedef struct tl_level_sheet {
    tl_sheet_level level;
    const tl_points *points;
    const bool *inferred; /* may be NULL */
    tl_weight scope12;
    tl_points stated_total;
} tl_level_sheet;

/* assessment_slot.c */

/* True if the evidence counts under this cut-off day. */
bool tl_evidence_counts(const tl_evidence *e, const char *cut_off);
bool tl_evidence_late(const tl_evidence *e, const char *cut_off);

/* True if two pieces of evidence say the same: all but language and day of fetching. */
bool tl_evidence_same(const tl_evidence *a, const tl_evidence *b);

/* The points of an answer that count. */
tl_points tl_answer_counted(const tl_assessment *a, const tl_answer *answer);

/* The total that a sheet comes to, at any level; false where nothing is known. */
bool tl_sheet_total(const tl_index *x, tl_sheet_level level, const tl_points *sheet,
                    tl_weight scope12, tl_total *out);

/* assessment_check.c */

/* A name of a person; TL_EINPUT. */
TL_MUST_CHECK tl_status tl_person_check(const char *role, const char *who, tl_error *err);

/* A text up to most bytes; lines: line ends may stand in it. TL_EINPUT names the field. */
TL_MUST_CHECK tl_status tl_field_check(const char *field, const char *text, size_t most, bool lines,
                                       bool needed, tl_error *err);

/* An ISO day, or "" unless needed. */
TL_MUST_CHECK tl_status tl_day_check(const char *field, const char *day, bool needed,
                                     tl_error *err);

/* Checks all that was given and lays it out. with_day: published_on is part of the content. */
TL_MUST_CHECK tl_status tl_assessment_prepare(const tl_index *x, const tl_assessment *a,
                                              bool with_day, tl_arena *arena, tl_prepared *out,
                                              tl_error *err);

/* assessment_content.c: the digest of what was said. */
TL_MUST_CHECK tl_status tl_assessment_digest(const tl_index *x, const tl_assessment *a,
                                             bool with_day, const tl_prepared *p,
                                             char hex[TL_SHA256_HEX], tl_error *err);

/* assessment_read.c */

/* Version n; 0 = published, -1 = newest. *found tells. */
TL_MUST_CHECK tl_status tl_version_find(tl_store *s, const tl_assessment_key *key, int64_t version,
                                        tl_arena *arena, tl_stored_version *out, bool *found,
                                        tl_error *err);

/* Reads the present row of a query whose columns begin with those of a version. */
TL_MUST_CHECK tl_status tl_version_read(tl_query *q, tl_arena *arena, tl_stored_version *out,
                                        tl_error *err);

/* Fills the answers with their evidence, and replies. */
TL_MUST_CHECK tl_status tl_version_answers(tl_store *s, tl_stored_version *v, tl_arena *arena,
                                           tl_error *err);

/* assessment_reply.c: fills the replies with what was decided about them. */
TL_MUST_CHECK tl_status tl_version_replies(tl_store *s, tl_stored_version *v, tl_arena *arena,
                                           tl_error *err);

/* Sheet and marks as stored; n slots are expected. */
TL_MUST_CHECK tl_status tl_version_sheet(tl_store *s, const tl_stored_version *v, size_t n,
                                         tl_arena *arena, tl_points **sheet, bool **inferred,
                                         tl_error *err);

/* n 32-bit numbers, little-endian; and one byte a mark. */
void tl_sheet_decode(const void *blob, size_t n, tl_points *out);

/* assessment_write.c */

/* How a version is written. */
typedef struct tl_version_plan {
    const char *way; /* "steps" or "taken-over" */
    const char *who;
    int64_t version;
    bool rewrite; /* it is there, a draft */
} tl_version_plan;

/* Writes the draft with all its answers; the assessment itself comes into being where needed. *id:
 * of the assessment. */
TL_MUST_CHECK tl_status tl_version_write(tl_store *s, const tl_index *x, const tl_assessment *a,
                                         const tl_prepared *p, const tl_version_plan *plan,
                                         int64_t *id, tl_error *err);

/* Copies version n to n+1 as a draft, answers and evidence too. */
TL_MUST_CHECK tl_status tl_version_copy(tl_store *s, const tl_stored_version *from, const char *way,
                                        const char *who, const char *reason, tl_error *err);

/* Works the sheet of a version out again from its answers and writes it. */
TL_MUST_CHECK tl_status tl_version_recount(tl_store *s, const tl_index *x,
                                           const tl_assessment_key *key, int64_t version,
                                           tl_error *err);

/* Runs a query of which parameters 1 and 2 are assessment and version. */
TL_MUST_CHECK tl_status tl_version_run(tl_store *s, const char *query, int64_t assessment,
                                       int64_t version, tl_error *err);

/* Sets state and what comes with it: approver, reply_until, published_on. */
TL_MUST_CHECK tl_status tl_version_step(tl_store *s, const tl_stored_version *v,
                                        tl_assessment_state state, const char *approver,
                                        const char *reply_until, const char *published_on,
                                        tl_error *err);

/* The published version, if any, becomes superseded. */
TL_MUST_CHECK tl_status tl_version_supersede(tl_store *s, const tl_assessment_key *key,
                                             tl_error *err);

/* Seals an act upon version n; detail is a complete JSON object and is cleared. */
TL_MUST_CHECK tl_status tl_assessment_audit(tl_store *s, const tl_assessment_key *key,
                                            const char *who, const char *action, tl_buf *detail,
                                            tl_error *err);

/* assessment_agree.c: compares with what is published at the other levels. draft: an answer that is
 * missing or still without evidence does not bind. */
TL_MUST_CHECK tl_status tl_assessment_agree(tl_store *s, const tl_index *x,
                                            const tl_assessment_key *key,
                                            const tl_level_sheet *mine, bool draft, tl_error *err);

/* The index must be the one of the key. */
TL_MUST_CHECK tl_status tl_index_fits(const tl_index *x, const tl_assessment_key *key,
                                      tl_error *err);

/* Today if day is "" or NULL; TL_EINPUT for what is no day. */
TL_MUST_CHECK tl_status tl_day_or_today(const char *day, char out[11], tl_error *err);

/* "bmw, cati-auto@2024, 2024, theme" for messages. */
size_t tl_key_text(const tl_assessment_key *key, char *out, size_t size);

#endif
