/* record_priv.h - what the files of record.h, record_chain.h and batch.h share. */
#ifndef TL_REGISTRY_RECORD_PRIV_H
#define TL_REGISTRY_RECORD_PRIV_H

#include "base/buf.h"
#include "base/hash.h"
#include "registry/record.h"

enum {
    TL_RECORD_NAME_MAX = 500, /* bytes of names, methods, units */
    TL_RECORD_TEXT_MAX = 4000,
    TL_RECORD_PARTS_MAX = 400,
    TL_RECORD_ID_MAX = 100,
    TL_DAY_TEXT = 11
};

/* A stored version. */
typedef struct tl_record_row {
    int64_t number;                 /* key of its parts */
    const char *content, *reviewed; /* digests: of what it says, and of what it said when asked */
    tl_record r;                    /* without parts */
} tl_record_row;

/* Writes records one after the other. Cars of a fleet stand on the same pins: those last seen are
 * kept, so that they are read, hashed and looked up once. Opens with tl_record_writer_init. */
typedef struct tl_record_writer {
    tl_store *s;
    const char *who;
    tl_arena *scratch; /* emptied with each record */
    tl_buf text;       /* canonical JSON */
    char *given;       /* owned: pins as last given */
    tl_buf pins;       /* the same in canonical form */
    int64_t pins_id;
} tl_record_writer;

/* What a put did. */
typedef struct tl_record_put_done {
    bool same;
    int64_t version;
    double before; /* value it replaced: of the version rewritten, or of the one published; NAN */
    char content[TL_SHA256_HEX];
} tl_record_put_done;

TL_MUST_CHECK tl_status tl_record_writer_init(tl_record_writer *w, tl_store *s, const char *who,
                                              tl_error *err);
void tl_record_writer_clear(tl_record_writer *w);

/* record.c: tl_record_put without its audit entry. */
TL_MUST_CHECK tl_status tl_record_write(tl_record_writer *w, const tl_record *r,
                                        tl_record_put_done *done, tl_error *err);

/* record_step.c: tl_record_take without its audit entry; *row is the version as it was before, its
 * r.hash the seal where it is published now. day is checked. */
TL_MUST_CHECK tl_status tl_record_step_one(tl_record_writer *w, const char *id, tl_record_step step,
                                           const char *day, const char *reason, tl_record_row *row,
                                           tl_error *err);
const char *tl_record_step_name(tl_record_step step); /* "ask", "publish", ... */

/* record_check.c */

/* A text up to most bytes; lines: line ends may stand in it. TL_EINPUT names the field. */
TL_MUST_CHECK tl_status tl_record_text_check(const char *field, const char *text, size_t most,
                                             bool lines, bool needed, tl_error *err);
TL_MUST_CHECK tl_status tl_record_id_check(const char *field, const char *id, size_t most,
                                           tl_error *err);

/* Today if day is "" or NULL; TL_EINPUT for what is no day. */
TL_MUST_CHECK tl_status tl_record_day(const char *day, char out[TL_DAY_TEXT], tl_error *err);

/* record_canonical.c */

/* Pins in canonical form: compact, the three members in order, sorted by id and version. TL_EINPUT
 * for what is no list of pins. */
TL_MUST_CHECK tl_status tl_record_pins_normal(const char *pins, tl_buf *out, tl_error *err);

/* Canonical JSON appended to out, with pins that are in canonical form already. whole: with
 * version, reason, author and day, as sealed; otherwise what the record says, as compared. */
void tl_record_canonical_put(const tl_record *r, const char *pins, bool whole, tl_buf *out);

/* record_read.c */

/* Version n; 0 = published or last published, -1 = newest. *found tells. */
TL_MUST_CHECK tl_status tl_record_find(tl_store *s, const char *id, int64_t version,
                                       tl_arena *arena, tl_record_row *out, bool *found,
                                       tl_error *err);
TL_MUST_CHECK tl_status tl_record_row_read(tl_query *q, tl_arena *arena, tl_record_row *out,
                                           tl_error *err);
TL_MUST_CHECK tl_status tl_record_row_parts(tl_store *s, tl_record_row *row, tl_arena *arena,
                                            tl_error *err);

/* record_seal.c: the seal of canonical JSON after the one before. */
TL_MUST_CHECK tl_status tl_record_seal_text(const tl_buf *canonical,
                                            const char before[TL_SHA256_HEX],
                                            char out[TL_SHA256_HEX], tl_error *err);
extern const char tl_record_first_link[TL_SHA256_HEX]; /* 64 zeros */

/* Seals an act; detail is a complete JSON object and is cleared. */
TL_MUST_CHECK tl_status tl_record_audit(tl_store *s, const char *who, const char *action,
                                        const char *kind, const char *id, tl_buf *detail,
                                        tl_error *err);

#endif
