/* epd_question.c - the dialogue: the verifier asks and closes, the mill answers. */
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "registry/epd_priv.h"

/* The declaration, with its verifier now: the newest version of its record waits for a verdict. */
static tl_status with_verifier(tl_store *s, const char *record, tl_arena *arena, tl_epd_row *row,
                               tl_error *err)
{
    tl_record r;
    tl_status st = tl_epd_row_get(s, record, arena, row, err);
    if (st == TL_OK)
        st = tl_record_get(s, record, -1, arena, &r, err);
    if (st == TL_OK && r.state != TL_RECORD_REVIEW && r.state != TL_RECORD_RECALCULATED)
        return tl_fail(err, TL_ECONFLICT, "%s is %s, not with its verifier", record,
                       tl_record_state_name(r.state));
    return st;
}

tl_status tl_epd_verifier_only(const tl_epd *e, const char *who, const char *act, tl_arena *scratch,
                               tl_error *err)
{
    bool same;
    tl_status st = tl_epd_same_person(e->verifier, who, scratch, &same, err);
    if (st == TL_OK && !same)
        return tl_fail(err, TL_EFORBIDDEN, "%s is not the verifier of %s and may not %s", who,
                       e->record, act);
    return st;
}

static tl_status insert_question(tl_store *s, const tl_epd_row *row, const char *text,
                                 const char *on, const char *who, int64_t *question, tl_error *err)
{
    tl_query *q;
    bool found;
    tl_status st = tl_store_query(s, "epd_question.insert", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, row->epd.record);
    tl_query_int(q, 2, row->version);
    tl_query_text(q, 3, on);
    tl_query_text(q, 4, who);
    tl_query_text(q, 5, text);
    if ((st = tl_query_step(q, &found, err)) == TL_OK)
        *question = tl_query_get_int(q, 0);
    tl_query_reset(q);
    return st;
}

tl_status tl_epd_ask(tl_store *s, const char *record, const char *text, const char *day,
                     const char *who, int64_t *question, tl_error *err)
{
    tl_arena *scratch = NULL;
    tl_epd_row row;
    char on[TL_DAY_TEXT];
    tl_status st = tl_arena_new(&scratch, 0, err);
    if (st == TL_OK)
        st = tl_record_day(day, on, err);
    if (st == TL_OK)
        st = tl_record_text_check("text", text, TL_EPD_TEXT_MAX, true, true, err);
    if (st == TL_OK)
        st = with_verifier(s, record, scratch, &row, err);
    if (st == TL_OK)
        st = tl_epd_verifier_only(&row.epd, who, "ask questions about it", scratch, err);
    if (st == TL_OK)
        st = insert_question(s, &row, text, on, who, question, err);
    const tl_epd_said said[] = { { "day", on }, { "text", text } };
    if (st == TL_OK)
        st = tl_epd_audit(s, who, "epd.ask", record, said, 2, err);
    tl_arena_free(scratch);
    return st;
}

/* What may be done to a question now. */
static tl_status may_answer(const tl_epd_question_row *q, const tl_epd *e, const char *on,
                            const char *who, tl_arena *scratch, tl_error *err)
{
    bool verifier;
    tl_status st = tl_epd_same_person(e->verifier, who, scratch, &verifier, err);
    if (st == TL_OK && verifier)
        return tl_fail(err, TL_EFORBIDDEN, "%s verifies %s and may not answer", who, e->record);
    if (st == TL_OK && *q->question.answered_on)
        return tl_fail(err, TL_ECONFLICT, "question %lld was answered on %s",
                       (long long)q->question.id, q->question.answered_on);
    if (st == TL_OK && strcmp(on, q->question.asked_on) < 0)
        return tl_fail(err, TL_EINPUT, "question %lld was asked on %s, after %s",
                       (long long)q->question.id, q->question.asked_on, on);
    return st;
}

static tl_status may_close(const tl_epd_question_row *q, const tl_epd *e, const char *on,
                           const char *who, tl_arena *scratch, tl_error *err)
{
    tl_status st = tl_epd_verifier_only(e, who, "close its questions", scratch, err);
    if (st == TL_OK && *q->question.closed_on)
        return tl_fail(err, TL_ECONFLICT, "question %lld was closed on %s",
                       (long long)q->question.id, q->question.closed_on);
    if (st == TL_OK && !*q->question.answered_on)
        return tl_fail(err, TL_ECONFLICT, "question %lld is not answered yet",
                       (long long)q->question.id);
    if (st == TL_OK && strcmp(on, q->question.answered_on) < 0)
        return tl_fail(err, TL_EINPUT, "question %lld was answered on %s, after %s",
                       (long long)q->question.id, q->question.answered_on, on);
    return st;
}

/* Answer (text) or close (NULL). */
static tl_status settle(tl_store *s, int64_t question, const char *text, const char *day,
                        const char *who, tl_arena *scratch, tl_error *err)
{
    char on[TL_DAY_TEXT], number[TL_NUMBER_MAX];
    tl_epd_question_row asked;
    tl_epd_row row;
    tl_query *q;
    tl_status st = tl_record_day(day, on, err);
    if (st == TL_OK)
        st = tl_epd_question_get(s, question, scratch, &asked, err);
    if (st == TL_OK)
        st = with_verifier(s, asked.record, scratch, &row, err);
    if (st == TL_OK)
        st = text ? may_answer(&asked, &row.epd, on, who, scratch, err)
                  : may_close(&asked, &row.epd, on, who, scratch, err);
    if (st == TL_OK)
        st = tl_store_query(s, text ? "epd_question.answer" : "epd_question.close", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, question);
    tl_query_text(q, 2, on);
    tl_query_text(q, 3, who);
    if (text)
        tl_query_text(q, 4, text);
    if ((st = tl_query_run(q, err)) != TL_OK)
        return st;
    snprintf(number, sizeof number, "%lld", (long long)question);
    const tl_epd_said said[] = { { "question", number }, { "day", on }, { "text", text } };
    return tl_epd_audit(s, who, text ? "epd.answer" : "epd.close", asked.record, said, text ? 3 : 2,
                        err);
}

tl_status tl_epd_answer(tl_store *s, int64_t question, const char *text, const char *day,
                        const char *who, tl_error *err)
{
    tl_arena *scratch = NULL;
    tl_status st = tl_arena_new(&scratch, 0, err);
    if (st == TL_OK)
        st = tl_record_text_check("text", text, TL_EPD_TEXT_MAX, true, true, err);
    if (st == TL_OK)
        st = settle(s, question, text, day, who, scratch, err);
    tl_arena_free(scratch);
    return st;
}

tl_status tl_epd_close(tl_store *s, int64_t question, const char *day, const char *who,
                       tl_error *err)
{
    tl_arena *scratch = NULL;
    tl_status st = tl_arena_new(&scratch, 0, err);
    if (st == TL_OK)
        st = settle(s, question, NULL, day, who, scratch, err);
    tl_arena_free(scratch);
    return st;
}
