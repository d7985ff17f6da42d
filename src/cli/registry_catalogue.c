/* registry_catalogue.c - "tanlian registry catalogue": product footprints and declarations. */
#include <string.h>

#include "cli/registry.h"
#include "report/registry_catalogue.h"

tl_status tl_registry_catalogue(tl_registry_call *c, tl_error *err)
{
    const char *category = NULL, *sort = "latest";
    const tl_option options[] = { { "category", TL_OPTION_TEXT, &category },
                                  { "sort", TL_OPTION_TEXT, &sort } };
    const tl_catalogue_row *rows = NULL;
    size_t n = 0;
    tl_arena *arena = c->cli->arena;
    tl_status st = tl_registry_options(c, options, 2, 0, 0, err);
    if (st == TL_OK && strcmp(sort, "latest") != 0)
        return tl_fail(err, TL_EINPUT,
                       "--sort '%s', expected latest; what is popular is known only where views "
                       "are counted",
                       sort);
    if (st == TL_OK && (st = tl_registry_open(c, false, err)) == TL_OK)
        st = tl_catalogue_read(c->store, arena, &rows, &n, err);
    return st == TL_OK
               ? tl_cli_show(c->cli, tl_report_catalogue(rows, n, category, arena), c->out, err)
               : st;
}
