/* viewer.h - who asks, and what they may do.
 *
 * Every domain function that shows or changes what is not public takes a viewer: handed down from
 * the session, the API key or the command line that stands at the top (account/ fills it in). It
 * holds the rights as they were when the request came in; nothing here looks into a database. Texts
 * are borrowed and live as long as the request. */
#ifndef TL_STORE_VIEWER_H
#define TL_STORE_VIEWER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/* What can be allowed, one bit each in tl_viewer.rights. The numbers are kept in API keys: a new
 * right goes to the end. Which role has which right stands in account/role.c alone. */
typedef enum tl_right {
    TL_RIGHT_PUBLIC_READ,        /* what is published */
    TL_RIGHT_RECORD_READ,        /* footprints before they are published, and their parts */
    TL_RIGHT_RECORD_EDIT,        /* a company's own footprints */
    TL_RIGHT_RECORD_STEP,        /* agree, check, hand on */
    TL_RIGHT_RECORD_PUBLISH,     /* into the register, and out of it */
    TL_RIGHT_EPD_EDIT,           /* a company's own declarations, answers to the verifier */
    TL_RIGHT_EPD_VERIFY,         /* questions of the verifier, and the verdict */
    TL_RIGHT_EPD_REGISTER,       /* programme check and registration */
    TL_RIGHT_ASSESSMENT_READ,    /* ratings before they are published */
    TL_RIGHT_ASSESSMENT_WRITE,   /* answers, with evidence */
    TL_RIGHT_ASSESSMENT_REVIEW,  /* the second look */
    TL_RIGHT_ASSESSMENT_PUBLISH, /* into the league table */
    TL_RIGHT_ASSESSMENT_REPLY,   /* the rated company's own word */
    TL_RIGHT_INVENTORY_READ,     /* enterprise accounts */
    TL_RIGHT_INVENTORY_EDIT,
    TL_RIGHT_INVENTORY_APPROVE,
    TL_RIGHT_INVENTORY_VERIFY,
    TL_RIGHT_COMPANY_EDIT, /* the register of companies */
    TL_RIGHT_LOAN_READ,
    TL_RIGHT_LOAN_EDIT,
    TL_RIGHT_JOB_READ,
    TL_RIGHT_JOB_RUN,
    TL_RIGHT_KEY,    /* API keys of one's own */
    TL_RIGHT_PEOPLE, /* people of one's own organisation */
    TL_RIGHT_TENANT, /* organisations */
    TL_RIGHT_DATASET_INSTALL,
    TL_RIGHT_AUDIT_READ,
    TL_RIGHT_FACTOR_PROPOSE, /* a value, for somebody else to decide about */
    TL_RIGHTS                /* how many there are */
} tl_right;

#define TL_RIGHT_BIT(right) (UINT64_C(1) << (right))
#define TL_RIGHTS_ALL (TL_RIGHT_BIT(TL_RIGHTS) - 1)

typedef struct tl_viewer {
    const char *user;    /* id, and the name in audit entries; NULL: nobody known */
    const char *tenant;  /* id of the organisation acted for; NULL: none */
    const char *company; /* id in the register of the company the organisation is; NULL: none */
    uint32_t roles;      /* bits of account/role.h */
    uint64_t rights;     /* TL_RIGHT_BIT(...) */
    bool all_tenants;    /* runs the installation: sees every organisation */
} tl_viewer;

/* Somebody who has not logged in: may read what is published. */
tl_viewer tl_viewer_visitor(void);

/* The person at the command line, who has the database in hand anyway: all rights everywhere. */
tl_viewer tl_viewer_operator(const char *name);

/* The program at work on what a person asked for elsewhere, or on a schedule: sees all. For what
 * goes on within a function that shows nothing of it; what is shown takes who asks. */
const tl_viewer *tl_viewer_program(void);

/* The name for audit entries: the user, or "visitor". Never NULL. */
const char *tl_viewer_name(const tl_viewer *v);

bool tl_viewer_may(const tl_viewer *v, tl_right right);

/* What belongs to this organisation or company (NULL: to none) may be seen: it is the viewer's own,
 * or the viewer sees all. Says nothing about rights; ask both. */
bool tl_viewer_of_tenant(const tl_viewer *v, const char *tenant);
bool tl_viewer_of_company(const tl_viewer *v, const char *company);

/* TL_EFORBIDDEN naming the right, unless the viewer has it. */
TL_MUST_CHECK tl_status tl_viewer_require(const tl_viewer *v, tl_right right, tl_error *err);

/* The word for a right in API keys, audit entries and options ("record-edit"); NULL beyond the
 * last. */
const char *tl_right_name(tl_right right);

#endif
