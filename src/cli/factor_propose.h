/* factor_propose.h - "tanlian factor propose", "proposals" and "decide". */
#ifndef TL_CLI_FACTOR_PROPOSE_H
#define TL_CLI_FACTOR_PROPOSE_H

#include "factor/proposal.h"

#include "cli/cli.h"

TL_MUST_CHECK tl_status tl_cli_factor_propose(tl_cli *cli, tl_store *s,
                                              const tl_factor_proposal *what, tl_error *err);
TL_MUST_CHECK tl_status tl_cli_factor_proposals(tl_cli *cli, tl_store *s, const char *out,
                                                tl_error *err);

/* word: "accept" or "reject". What is accepted becomes a new edition of the set local-factors. */
TL_MUST_CHECK tl_status tl_cli_factor_decide(tl_cli *cli, tl_store *s, const char *id,
                                             const char *word, const char *reason, tl_error *err);

#endif
