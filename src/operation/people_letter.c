/* people_letter.c - which letters were sent, wait, or could not be sent. */
#include "job/outbox.h"
#include "operation/people.h"
#include "report/account.h"

tl_status tl_run_letter_list(tl_call *c, tl_error *err)
{
    const char *tenant;
    const tl_outbox_letter *list;
    int64_t most = 200;
    size_t n;
    tl_call_int(c, "top", &most);
    tl_status st = tl_people_scope(c, &tenant, err);
    if (st == TL_OK)
        st = tl_outbox_list(c->store, tenant ? tenant : "", (size_t)most, c->arena, &list, &n, err);
    return st == TL_OK ? tl_call_report(c, tl_report_letters(list, n, c->arena), err) : st;
}
