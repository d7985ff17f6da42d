/* operation.h - what people can ask of the program, each described once.
 *
 * A row says what an operation is called, which arguments it takes, who may ask, and where it
 * stands under /api/v1. The command line writes the arguments as "--by maker", HTTP as "?by=maker"
 * or in the path; both check them against the same row and run the same function, so a feature
 * exists for both or for neither. Help and API description are written from the rows.
 *
 * An operation gets a store that is open already (to read, or to write), reads its arguments,
 * calls the domain, and leaves a report, a drawing or a document in its call. It prints nothing,
 * knows no file names and asks for no clock. */
#ifndef TL_OPERATION_OPERATION_H
#define TL_OPERATION_OPERATION_H

#include "base/log.h"
#include "http/route.h"
#include "intake/refused_rows.h"
#include "report/report.h"
#include "store/store.h"
#include "store/viewer.h"

typedef enum tl_argument_kind {
    TL_ARGUMENT_TEXT,
    TL_ARGUMENT_CHOICE, /* one of `choices` */
    TL_ARGUMENT_INT,    /* least to most */
    TL_ARGUMENT_NUMBER,
    TL_ARGUMENT_FLAG,
    TL_ARGUMENT_DAY, /* a calendar date */
    TL_ARGUMENT_FILE /* a path at the command line, the body over HTTP */
} tl_argument_kind;

typedef struct tl_argument {
    const char *name;
    tl_argument_kind kind;
    bool word;     /* stands without a name at the command line, in the order of the rows */
    bool many;     /* may be repeated; the last word takes all that are left */
    bool required; /* words are anyway, unless `optional` */
    bool optional;
    const char *choices; /* "group|country" */
    int64_t least, most; /* of INT */
    const char *shown;   /* what usage writes for the value: "SHARE"; NULL: the name in capitals */
    tl_label help;
} tl_argument;

struct tl_call;
typedef tl_status (*tl_operation_run)(struct tl_call *c, tl_error *err);

enum {
    TL_OPERATION_WRITES = 1, /* the store is open to write */
    TL_OPERATION_DRAWS = 2,  /* has a drawing (SVG) of its report */
    TL_OPERATION_LONG = 4,   /* over HTTP a job: 202 and progress */
    TL_OPERATION_LOCAL = 8,  /* not over HTTP; the comment at the row says why */
    TL_OPERATION_SHEET = 16, /* may be thousands of rows: --out takes all of it off the terminal */
    TL_OPERATION_OWN_JSON = 32, /* its JSON is a document of its own, not that of its report */
    TL_OPERATION_PROVED = 64 /* over HTTP a session must have had its password a short while ago */
};

/* What reads rely on and must be brought up to date first, such as an index of what others write.
 * Who runs the operation sees to it, with a connection that may write; where there is none, the
 * operation answers from what there is and says so. */
typedef struct tl_upkeep {
    tl_status (*is_due)(tl_store *s, bool *out, tl_error *err);
    tl_status (*run)(tl_store *s, tl_error *err); /* inside the caller's transaction */
} tl_upkeep;

typedef struct tl_operation {
    const char *name; /* "rate rank": as the command line calls it */
    tl_label summary;
    tl_http_method method;
    const char *path; /* below /api/v1; its places are arguments. NULL where LOCAL */
    tl_right right;
    unsigned flags;
    const tl_argument *arguments;
    size_t n;
    const char *formats; /* of its document: "svg|pdf"; NULL: it makes none */
    tl_operation_run run;
    const tl_upkeep *upkeep; /* NULL: none */
} tl_operation;

/* All of one domain, one file each; the first word of their names is the name of the list. */
typedef struct tl_operations {
    const char *name;
    tl_label summary;
    const tl_operation *items;
    size_t n;
} tl_operations;

/* Every list there is; a new domain is one line in operations.c. */
const tl_operations *const *tl_operations_all(size_t *n);

/* NULL where there is none of that name. */
const tl_operation *tl_operation_find(const char *name);

/* An argument as it was given. */
typedef struct tl_given {
    const char *name, *value;
} tl_given;

/* How the service mails links that an operation makes. The letter goes into the outbox with the
 * change, under this holder; its link is handed to hold before the commit, and is kept nowhere. */
typedef struct tl_call_mail {
    void *ctx;
    const char *base;   /* what links in mails begin with, whatever the one who asks says */
    const char *holder; /* tl_outbox_letter.holder */
    void (*hold)(void *ctx, int64_t number, const char *link); /* copies the link */
} tl_call_mail;

/* One run of an operation. What is above the line is filled by who calls it. */
typedef struct tl_call {
    const tl_operation *operation;
    tl_store *store;
    const tl_viewer *viewer;
    const char *today; /* ISO day */
    int64_t now;       /* seconds since 1970, for what ends at a moment: links, keys */
    const char *data_dir;
    unsigned threads;
    const tl_log *log;  /* progress; NULL = silence */
    bool zh;            /* the language of drawings and documents; reports have both */
    bool draw;          /* the drawing is wanted */
    const char *format; /* of the document: one of operation->formats */
    bool json;          /* JSON is wanted: of TL_OPERATION_OWN_JSON as the document, beside the
                           report */
    const char *base;   /* where people reach the service: "https://host"; NULL: not known */
    const tl_call_mail *mail; /* NULL: no mail is sent */
    const char *dash;         /* before the names of arguments in messages: "--" or "" */
    bool own_files; /* who asks has this machine's files in hand: arguments may be paths */
    tl_arena *arena;
    const tl_given *given;
    size_t n_given;
    /* ---- what it leaves ---- */
    const tl_report *report;
    tl_buf drawing;                            /* SVG; owned by the caller */
    tl_buf document;                           /* owned by the caller */
    const char *document_type, *document_name; /* media type, file name */
    tl_refused_source refused_from; /* the file of an import, to hand refused rows back */
    const tl_row_refusal *refusals; /* rows that were refused, the rest is done */
    size_t n_refusals;
    tl_status finding; /* of what was looked at: the report tells what is broken; TL_OK = sound */
    const char *next;  /* cursor of the page that follows (page.h), NULL where none does */
    bool frozen;       /* what it shows is sealed: the same question has these bytes for ever */
    bool partial;      /* some of what was asked for could not be done; the report says which */
} tl_call;

/* Checks what was given against the row: unknown, missing or repeated names, kinds, choices,
 * bounds. TL_EINPUT says what was found and expected. */
TL_MUST_CHECK tl_status tl_call_check(const tl_call *c, tl_error *err);

/* Checks, asks for the right of the operation, runs it. */
TL_MUST_CHECK tl_status tl_call_run(tl_call *c, tl_error *err);

/* Does the upkeep of the operation in a transaction of its own. */
TL_MUST_CHECK tl_status tl_call_upkeep(const tl_operation *o, tl_store *writing, tl_error *err);

/* Arguments by name; of a name the row does not have is an assert. NULL: not given. */
const char *tl_call_text(const tl_call *c, const char *name);
bool tl_call_flag(const tl_call *c, const char *name);
/* Not given: *out stays as it is. */
void tl_call_int(const tl_call *c, const char *name, int64_t *out);
void tl_call_number(const tl_call *c, const char *name, double *out);
/* The values of a repeated argument; how many there are, of which the first `most` are filled in.
 */
size_t tl_call_list(const tl_call *c, const char *name, const char **out, size_t most);
/* The argument "day", or today. */
const char *tl_call_day(const tl_call *c);

/* "argument 'w12' ": before a message about the value of one. */
tl_status tl_call_context(const tl_call *c, const char *name, tl_status st, tl_error *err);

/* Keeps r as the result, with the cursor of the page that follows; NULL is out of memory. */
TL_MUST_CHECK tl_status tl_call_report(tl_call *c, tl_report *r, tl_error *err);

/* The same for an import: the rows it refused stand in a table of the report, and in the call. */
TL_MUST_CHECK tl_status tl_call_verdict(tl_call *c, tl_report *r, const tl_refused_source *source,
                                        const tl_row_refusal *refusals, size_t n, tl_error *err);

/* Who acts, for audit entries. */
const char *tl_call_who(const tl_call *c);

#endif
