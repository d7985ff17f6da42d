/* assessment.h - what was found about one company under one index in one period, with its evidence,
 * the people and the steps it went through.
 *
 * company x index version x period x level is one assessment; it has versions 1, 2, 3... The steps
 * of a version:
 *
 *   draft -> review -> company -> final -> published -> superseded
 *
 *   draft      answers may change; written by its author
 *   review     handed in; a second person approves it, or hands it back as draft with a reason
 *   company    the company has until reply_until (20 working days) to reply; replies are kept and
 *              shown beside the score, with what was decided about them and why
 *   final      after a reply, or when the time is over
 *   published  never changes again; a correction makes version n+1 with a reason. The company may
 *              still dispute an answer
 *
 * Nobody approves what they wrote or assessed (letter case and width make no other person). Who
 * hands in, finalises or publishes is not restricted, but kept in the audit chain. A term is
 * counted in Monday-to-Friday days after the day of approval; public holidays are not held
 * (workday.h).
 *
 * No evidence, no points: an answer above 0 without evidence that counts brings 0. Evidence dated
 * after the cut-off day is kept and not counted; evidence of unknown day counts. Withdrawing
 * evidence of a published version publishes version n+1 at once, without its points; an open
 * version moves up to n+2 and loses the same evidence. A version taken over from a publication
 * (origin) needs no steps here: at level theme and total its evidence is the publication. Answers
 * by indicator need evidence in any case.
 *
 * Levels must agree: a result published by theme or total binds one by indicator of the same index
 * version and period, and the other way round. Themes marked inferred do not bind by themselves, a
 * stated total always does. In a draft, themes not answered in full (or still without evidence) do
 * not bind unless the answers exceed them; handing in and publishing ask for all. A withdrawal is
 * not held up by it. Scores of star ratings are printed rounded, so their levels are not compared.
 *
 * Each function works inside the caller's transaction and writes its audit entry; after a failure
 * the caller rolls back. `who` is the person acting. */
#ifndef TL_RATING_ASSESSMENT_H
#define TL_RATING_ASSESSMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "rating/score.h"
#include "store/store.h"

typedef enum tl_assessment_state {
    TL_STATE_DRAFT,
    TL_STATE_REVIEW,
    TL_STATE_COMPANY,
    TL_STATE_FINAL,
    TL_STATE_PUBLISHED,
    TL_STATE_SUPERSEDED
} tl_assessment_state;

/* "draft", "review", "company", "final", "published", "superseded". */
const char *tl_state_name(tl_assessment_state state);
/* As a message calls it: "with the company" where the name alone says too little. */
const char *tl_state_said(tl_assessment_state state);

enum { TL_EVIDENCE_MAX = 100 }; /* of one answer */

/* Text is "" where nothing is said. */
typedef struct tl_evidence {
    int64_t id;                          /* 0 while not stored */
    const char *document;                /* title; never "" */
    const char *page, *quote, *language; /* BCP 47: "zh", "en"; of the quote */
    const char *url;
    const char *dated;     /* day the document appeared, ISO, or "" */
    const char *retrieved; /* day it was fetched, ISO, or "" */
    const char *sha256;    /* of the stored copy, or "" */
    bool late;             /* dated after the cut-off: kept, not counted */
    bool withdrawn;        /* no longer counted; by whom and why is in the audit chain */
} tl_evidence;

typedef struct tl_answer {
    const char *slot;  /* code of the indicator or theme; "total" at that level */
    tl_points points;  /* as given, or an empty of points.h */
    tl_points counted; /* what counts after the rule on evidence; filled on reading */
    bool inferred;     /* worked out, not printed in the source */
    const char *assessor, *note;
    const tl_evidence *evidence;
    size_t n_evidence;
} tl_answer;

typedef struct tl_reply {
    int64_t id;                        /* 0 while not stored */
    const char *at, *by, *slot, *text; /* slot "" = the whole */
    tl_evidence evidence;              /* the company's own; document "" or NULL = none */
    bool decided, accepted;
    const char *decided_at, *decided_by, *reason; /* "" while not decided */
} tl_reply;

/* Reads points ("2.5") or one of not_asked, not_disclosed, not_applicable. */
TL_MUST_CHECK tl_status tl_answer_points_parse(const char *text, tl_points *out, tl_error *err);

/* Checks one piece of evidence: a document, days that exist, an http(s) address, a hash, limits on
 * lengths. TL_EINPUT begins with the name of the field and ": ". */
TL_MUST_CHECK tl_status tl_evidence_check(const tl_evidence *e, tl_error *err);

/* Place of a slot in a sheet by its code, -1 where the index has none; and the code of a place. */
int tl_slot_find(const tl_index *x, tl_sheet_level level, const char *code);
const char *tl_slot_code(const tl_index *x, tl_sheet_level level, size_t slot);

/* Which assessment. All borrowed. */
typedef struct tl_assessment_key {
    const char *company; /* id */
    const char *index, *index_version, *period;
    tl_sheet_level level;
} tl_assessment_key;

typedef struct tl_assessment {
    tl_assessment_key key;
    int64_t version; /* from 1 */
    tl_assessment_state state;
    const char *industry; /* its weight is used; "" where the index has none */
    tl_weight scope12;
    const char *cut_off; /* ISO day, "" = none */
    const char *origin;  /* "" made here; else where it was published: source of a set */
    const char *author, *approver, *reason; /* reason: why this version exists, from 2 on */
    const char *reply_until, *published_on; /* ISO days, "" while not reached */
    tl_points stated_total; /* as printed by the origin (thousandths), TL_SLOT_NOT_ASKED if none */
    int stated_rank, stated_stars; /* 0 if none */
    const tl_answer *answers; /* in the order of the slots; those never answered are not there */
    size_t n_answers;
    const tl_reply *replies;
    size_t n_replies;
} tl_assessment;

/* Writes or rewrites the draft of key with these answers; opens version 1 where there is none.
 * Evidence that was there keeps its id, and stays withdrawn if it was. Nothing is written where the
 * draft says just this already. Whoever writes counts as a writer; author is the first of them.
 * Checks every answer (unknown or repeated slot, points against maximum and step, evidence, days)
 * and, where the company has a published result of the other level for the same index version and
 * period, that both agree (TL_ECONFLICT). TL_ECONFLICT also where the current version is no draft.
 * TL_EINPUT names the slot. Fields used of *a: key, industry, cut_off, origin, stated_*, answers.
 */
TL_MUST_CHECK tl_status tl_assessment_save(tl_store *s, const tl_index *x, const tl_assessment *a,
                                           const char *who, tl_error *err);

/* True where the newest version, whatever its state, says just this: fields as in save. */
TL_MUST_CHECK tl_status tl_assessment_same(tl_store *s, const tl_index *x, const tl_assessment *a,
                                           bool *same, tl_error *err);

/* Takes over a result published elsewhere: saves it and sets it published at once, on
 * a->published_on. a->origin must be there. Where stated_total is given, the total must come to it
 * when shown to 0.1; where stated_stars, score and stars must not contradict. Nothing changes and
 * *same is true if this very result is there already; another content becomes version n+1 with
 * a->reason (needed then). */
TL_MUST_CHECK tl_status tl_assessment_take_over(tl_store *s, const tl_index *x,
                                                const tl_assessment *a, const char *who, bool *same,
                                                tl_error *err);

typedef enum tl_assessment_step {
    TL_STEP_SUBMIT,   /* draft -> review */
    TL_STEP_RETURN,   /* review -> draft; text says why */
    TL_STEP_APPROVE,  /* review -> company; who differs from author and from every assessor */
    TL_STEP_FINALISE, /* company -> final; a reply is there or day > reply_until */
    TL_STEP_PUBLISH   /* final -> published; the version before becomes superseded */
} tl_assessment_step;

/* One step on `day` (ISO; "" = today UTC): the day the caller says, which may lie in the past or
 * future; the audit chain has the moment it was entered. TL_ECONFLICT where the state does not
 * allow it; TL_EFORBIDDEN where this person may not. */
TL_MUST_CHECK tl_status tl_assessment_take(tl_store *s, const tl_index *x,
                                           const tl_assessment_key *key, tl_assessment_step step,
                                           const char *day, const char *text, const char *who,
                                           tl_error *err);

/* Keeps a reply of the company to the newest version where that is with the company, else to the
 * published one; TL_ECONFLICT where there is neither. Of r are used: at (a day, "" or NULL =
 * today), by, slot, text, evidence. */
TL_MUST_CHECK tl_status tl_assessment_reply(tl_store *s, const tl_assessment_key *key,
                                            const tl_reply *r, const char *who, tl_error *err);

/* What is decided about a reply. points: what its answer gets where it is accepted. */
typedef struct tl_decision {
    int64_t reply;
    bool accepted;
    tl_points points;
    const char *reason, *day; /* day "" or NULL: today */
} tl_decision;

/* Decides about a reply, once, with a reason. An accepted one changes the answer it is about, with
 * the company's evidence beside the old: in a draft at once, with the company as a draft again, of
 * a published version as a correction. `who` counts as a writer then. TL_EINPUT where a reply about
 * the whole is accepted; TL_ECONFLICT where the newest version is handed in or final, or the reply
 * is decided already. */
TL_MUST_CHECK tl_status tl_assessment_decide(tl_store *s, const tl_index *x,
                                             const tl_assessment_key *key, const tl_decision *d,
                                             const char *who, tl_error *err);

/* Opens version n+1 of a published assessment as a draft with the answers of n. TL_EINPUT without a
 * reason. */
TL_MUST_CHECK tl_status tl_assessment_correct(tl_store *s, const tl_assessment_key *key,
                                              const char *reason, const char *who, tl_error *err);

/* Withdraws one piece of evidence: of a version not yet published at once, of a published one as
 * version n+1, published at once, of which `who` is the author. The points of the answer no longer
 * count unless other evidence holds them. */
TL_MUST_CHECK tl_status tl_assessment_withdraw(tl_store *s, const tl_index *x,
                                               const tl_assessment_key *key, int64_t evidence_id,
                                               const char *reason, const char *who, tl_error *err);

/* Version n of an assessment; 0 = the published one, -1 = the newest. TL_ENOTFOUND. */
TL_MUST_CHECK tl_status tl_assessment_get(tl_store *s, const tl_assessment_key *key,
                                          int64_t version, tl_arena *arena, tl_assessment *out,
                                          tl_error *err);

/* All assessments of a company (NULL = all companies) in any state, newest version each, ordered by
 * company, index, version of it, period, level; without answers. */
TL_MUST_CHECK tl_status tl_assessment_list(tl_store *s, const char *company, tl_arena *arena,
                                           const tl_assessment **out, size_t *n, tl_error *err);

/* All versions of one assessment, oldest first, without answers. */
TL_MUST_CHECK tl_status tl_assessment_versions(tl_store *s, const tl_assessment_key *key,
                                               tl_arena *arena, const tl_assessment **out,
                                               size_t *n, tl_error *err);

/* Versions that took the place of a published one, newest first, those since the ISO day `from` (""
 * = all), `most` of them; without answers. */
TL_MUST_CHECK tl_status tl_assessment_corrected(tl_store *s, const char *from, size_t most,
                                                tl_arena *arena, const tl_assessment **out,
                                                size_t *n, tl_error *err);

/* How many published results were scored with this version of an index. */
TL_MUST_CHECK tl_status tl_assessment_uses(tl_store *s, const char *index, const char *version,
                                           int64_t *out, tl_error *err);

/* The sheet of an assessment: counted points, one a slot; in the arena. */
TL_MUST_CHECK tl_status tl_assessment_sheet(const tl_index *x, const tl_assessment *a,
                                            tl_arena *arena, tl_points **out, tl_error *err);

/* Loads an installed set of kind "index-results" inside the caller's transaction, all or nothing:
 *   edition.csv  name, value: index, index_version, period, level (theme | total), cut_off,
 *                published_on, publisher, source
 *   results.csv  company, industry, stated_total, stated_rank, stated_stars, source, note
 *   points.csv   company, slot, points, mark (empty | inferred), note
 * The companies and the index must be there. *rows counts companies. At level total a stated total
 * is the answer where points.csv has none. The audit entries name the set as who acts, and it is
 * the reason of a version that replaces another result. */
TL_MUST_CHECK tl_status tl_assessment_load_results(tl_store *s, const tl_dataset *set,
                                                   tl_arena *arena, int64_t *rows, tl_error *err);

/* Recomputes the stored sheet of every version from its answers and evidence; TL_ECONFLICT names
 * the first that differs. *n counts the sound ones. */
TL_MUST_CHECK tl_status tl_assessment_verify(tl_store *s, int64_t *n, tl_error *err);

#endif
