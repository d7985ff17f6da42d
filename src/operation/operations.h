/* operations.h - the lists of operations, a file each. */
#ifndef TL_OPERATION_OPERATIONS_H
#define TL_OPERATION_OPERATIONS_H

#include "operation/operation.h"

extern const tl_operations tl_operations_audit;       /* audit.c */
extern const tl_operations tl_operations_company;     /* company.c */
extern const tl_operations tl_operations_corrections; /* correction.c */
extern const tl_operations tl_operations_dataset;     /* dataset.c */
extern const tl_operations tl_operations_epd;         /* epd.c */
extern const tl_operations tl_operations_factor;      /* factor.c */
extern const tl_operations tl_operations_frozen;      /* frozen.c */
extern const tl_operations tl_operations_key;
extern const tl_operations tl_operations_letter;
extern const tl_operations tl_operations_loan;     /* loan.c */
extern const tl_operations tl_operations_origin;   /* origin.c */
extern const tl_operations tl_operations_rate;     /* rate.c */
extern const tl_operations tl_operations_registry; /* registry.c */
extern const tl_operations tl_operations_search;   /* search.c */
extern const tl_operations tl_operations_tenant;
extern const tl_operations tl_operations_user;    /* people.c, with the next two */
extern const tl_operations tl_operations_vehicle; /* vehicle.c */
extern const tl_operations tl_operations_verify;  /* audit.c */

#endif
