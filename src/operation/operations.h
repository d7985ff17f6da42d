/* operations.h - the lists of operations, a file each. */
#ifndef TL_OPERATION_OPERATIONS_H
#define TL_OPERATION_OPERATIONS_H

#include "operation/operation.h"

extern const tl_operations tl_operations_company; /* company.c */
extern const tl_operations tl_operations_rate;    /* rate.c */
extern const tl_operations tl_operations_vehicle; /* vehicle.c */

#endif
