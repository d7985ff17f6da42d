/* company.h - the register of companies: who is rated, who makes, who supplies.
 *
 * One company has one id for ever; the names under which tables print it are aliases. A row may be
 * corrected: the audit chain keeps old and new. */
#ifndef TL_COMPANY_COMPANY_H
#define TL_COMPANY_COMPANY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "dataset/dataset.h"
#include "store/store.h"

enum { TL_COMPANY_ID_MAX = 64, TL_COMPANY_TEXT_MAX = 400 }; /* bytes, NUL not included */

/* Text is "" where nothing is known; at least one name is there. */
typedef struct tl_company {
    const char *id; /* lower-case letters, digits and single '-': "mercedes-benz" */
    const char *name_en, *name_zh;
    const char *country;      /* ISO 3166-1 alpha-2 code of the headquarters, known to region.h */
    const char *region_group; /* "chinese", "european", "american", "japanese-korean", "other" */
    const char *listed;       /* "yes", "no" */
    const char *product_type; /* what it makes: "nev", "gasoline+nev" */
    const char *industry;     /* key of an industry in an index's weights: "automobile" */
    const char *parent;       /* id of another company */
    const char *inclusion;    /* why it is in the register: "fortune-global-500-2023", ... */
    const char *source;       /* never "" */
    const char *note;
} tl_company;

/* One thing known about a company in a period, in one of the four ways of tl_value_kind or as a
 * word. */
typedef struct tl_company_fact {
    const char *company; /* id */
    const char *fact;    /* "nev-share", "gasoline-phase-out-pledge" */
    const char *period;  /* "2023" */
    const char *value;   /* "19", "yes", or "not_disclosed" (see empty.h) */
    const char *unit;    /* "%", or "" */
    const char *source, *note;
} tl_company_fact;

/* What putting a company came to. */
typedef enum tl_company_change {
    TL_COMPANY_NEW,
    TL_COMPANY_SAME,
    TL_COMPANY_CHANGED
} tl_company_change;

/* Checks one row; TL_EINPUT says which field, what was found and what is expected. */
TL_MUST_CHECK tl_status tl_company_check(const tl_company *c, tl_error *err);

/* Adds the company or changes it to these fields, inside the caller's transaction, with its audit
 * entry (old and new of each field that differs). The parent must exist (TL_ENOTFOUND), and no
 * company may be its own ancestor (TL_ECONFLICT). One name is one company: TL_ECONFLICT where its
 * id or a name is found as id, name or alias of another. */
TL_MUST_CHECK tl_status tl_company_put(tl_store *s, const tl_company *c, const char *actor,
                                       tl_company_change *change, tl_error *err);

/* A further name under which tables print the company. TL_ECONFLICT where another company has it
 * (as alias, id or name). Giving it again changes nothing. */
TL_MUST_CHECK tl_status tl_company_put_alias(tl_store *s, const char *id, const char *alias,
                                             const char *source, const char *actor, tl_error *err);

/* Adds or replaces one fact; TL_EINPUT names a bad field. */
TL_MUST_CHECK tl_status tl_company_put_fact(tl_store *s, const tl_company_fact *f,
                                            const char *actor, tl_error *err);

/* The company with this id. TL_ENOTFOUND. */
TL_MUST_CHECK tl_status tl_company_get(tl_store *s, const char *id, tl_arena *arena,
                                       tl_company *out, tl_error *err);

/* The company meant by `text`: its id, a name, or an alias; letter case, width and blanks at the
 * ends do not count (NFKC_Casefold, see format/words.h and its ICU). TL_ENOTFOUND quotes the text
 * and names up to three near ones. */
TL_MUST_CHECK tl_status tl_company_find(tl_store *s, const char *text, tl_arena *arena,
                                        tl_company *out, tl_error *err);

/* All companies by id; in the arena. */
TL_MUST_CHECK tl_status tl_company_list(tl_store *s, tl_arena *arena, const tl_company **out,
                                        size_t *n, tl_error *err);

/* Aliases in byte order, and facts by (fact, period), of one company. */
TL_MUST_CHECK tl_status tl_company_aliases(tl_store *s, const char *id, tl_arena *arena,
                                           const char *const **out, size_t *n, tl_error *err);
TL_MUST_CHECK tl_status tl_company_facts(tl_store *s, const char *id, tl_arena *arena,
                                         const tl_company_fact **out, size_t *n, tl_error *err);

/* Loads an installed set of kind "companies" (companies.csv, and aliases.csv, facts.csv where they
 * are there), inside the caller's transaction: all rows or none, TL_EINPUT names file, row, column.
 * *rows counts companies. The audit entries name the set as who acts. Columns are those of the
 * structs above by name: companies.csv id, name_en, name_zh, country, region_group, listed,
 * product_type, industry, parent, inclusion, source, note; aliases.csv company, alias, source;
 * facts.csv company, fact, period, value, unit, source, note. A parent may stand below its child in
 * the file. */
TL_MUST_CHECK tl_status tl_company_load(tl_store *s, const tl_dataset *set, tl_arena *arena,
                                        int64_t *rows, tl_error *err);

#endif
