/* pcf_message.h - footprint messages between companies, held against the rules that can be decided.
 *
 * Known forms: PACT 2.x and 3.x, Catena-X io.catenax.pcf 7 and 9, and its battery component. Rules
 * are those of the texts named in docs/pcf-messages.md: fields that must be there, their types and
 * ranges, codes, periods, and sums. Whether a footprint is right nobody can tell from a message;
 * that its parts do not add up to its total anybody can. */
#ifndef TL_INTAKE_PCF_MESSAGE_H
#define TL_INTAKE_PCF_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"

typedef struct tl_pcf_finding {
    const char *path;    /* "$[0].pcf.fossilGhgEmissions" */
    const char *rule;    /* "missing", "type", "code", "range", "time", "period", "sum", ... */
    const char *en, *zh; /* one sentence with what came and what was expected */
    bool error;          /* the message is rejected; else a remark */
} tl_pcf_finding;

typedef struct tl_pcf_message {
    const char *path; /* "$" or "$[3]" */
    const char *id;   /* "" where it has none */
    const char *form; /* "PACT 3", "Catena-X 9", ...; "" where it is not known */
    const tl_pcf_finding *findings;
    size_t n, errors;
} tl_pcf_message;

enum {
    TL_PCF_MESSAGES = 10000, /* in one document */
    TL_PCF_FINDINGS = 200    /* of one message; what is beyond is counted, not told */
};

/* Checks every message of a JSON document: one object, a list of them, or either below "data" (or
 * "data.pfs", as events carry them). All in the arena. TL_EINPUT for what is no JSON, or holds no
 * message, or too many. */
TL_MUST_CHECK tl_status tl_pcf_messages_check(const char *name, const char *text, size_t n,
                                              tl_arena *arena, const tl_pcf_message **out,
                                              size_t *count, tl_error *err);

#endif
