/* operations.c - every domain's list of operations: a new domain is one line here. */
#include "operation/operations.h"

#include <string.h>

static const tl_operations *const lists[] = {
    &tl_operations_audit,       &tl_operations_company, &tl_operations_dataset,
    &tl_operations_epd,         &tl_operations_factor,  &tl_operations_key,
    &tl_operations_letter,      &tl_operations_loan,    &tl_operations_rate,
    &tl_operations_registry,    &tl_operations_search,  &tl_operations_tenant,
    &tl_operations_user,        &tl_operations_vehicle, &tl_operations_verify,
    &tl_operations_corrections, &tl_operations_frozen,  &tl_operations_origin,
};

const tl_operations *const *tl_operations_all(size_t *n)
{
    *n = sizeof lists / sizeof *lists;
    return lists;
}

const tl_operation *tl_operation_find(const char *name)
{
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (size_t k = 0; k < lists[i]->n; k++)
            if (strcmp(lists[i]->items[k].name, name) == 0)
                return &lists[i]->items[k];
    return NULL;
}
