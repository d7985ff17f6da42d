/* viewer.c - asking a viewer. */
#include "store/viewer.h"

#include <stddef.h>

#include "base/text.h"

static const char *const right_names[TL_RIGHTS] = {
    [TL_RIGHT_PUBLIC_READ] = "public-read",
    [TL_RIGHT_RECORD_READ] = "record-read",
    [TL_RIGHT_RECORD_EDIT] = "record-edit",
    [TL_RIGHT_RECORD_STEP] = "record-step",
    [TL_RIGHT_RECORD_PUBLISH] = "record-publish",
    [TL_RIGHT_EPD_EDIT] = "epd-edit",
    [TL_RIGHT_EPD_VERIFY] = "epd-verify",
    [TL_RIGHT_EPD_REGISTER] = "epd-register",
    [TL_RIGHT_ASSESSMENT_READ] = "assessment-read",
    [TL_RIGHT_ASSESSMENT_WRITE] = "assessment-write",
    [TL_RIGHT_ASSESSMENT_REVIEW] = "assessment-review",
    [TL_RIGHT_ASSESSMENT_PUBLISH] = "assessment-publish",
    [TL_RIGHT_ASSESSMENT_REPLY] = "assessment-reply",
    [TL_RIGHT_INVENTORY_READ] = "inventory-read",
    [TL_RIGHT_INVENTORY_EDIT] = "inventory-edit",
    [TL_RIGHT_INVENTORY_APPROVE] = "inventory-approve",
    [TL_RIGHT_INVENTORY_VERIFY] = "inventory-verify",
    [TL_RIGHT_COMPANY_EDIT] = "company-edit",
    [TL_RIGHT_LOAN_READ] = "loan-read",
    [TL_RIGHT_LOAN_EDIT] = "loan-edit",
    [TL_RIGHT_JOB_READ] = "job-read",
    [TL_RIGHT_JOB_RUN] = "job-run",
    [TL_RIGHT_KEY] = "key",
    [TL_RIGHT_PEOPLE] = "people",
    [TL_RIGHT_TENANT] = "tenant",
    [TL_RIGHT_DATASET_INSTALL] = "dataset-install",
    [TL_RIGHT_AUDIT_READ] = "audit-read",
    [TL_RIGHT_FACTOR_PROPOSE] = "factor-propose",
};

tl_viewer tl_viewer_visitor(void)
{
    return (tl_viewer){ .rights = TL_RIGHT_BIT(TL_RIGHT_PUBLIC_READ) };
}

tl_viewer tl_viewer_operator(const char *name)
{
    return (tl_viewer){ .user = name, .rights = TL_RIGHTS_ALL, .all_tenants = true };
}

const tl_viewer *tl_viewer_program(void)
{
    static const tl_viewer program = { .user = "tanlian",
                                       .rights = TL_RIGHTS_ALL,
                                       .all_tenants = true };
    return &program;
}

const char *tl_viewer_name(const tl_viewer *v)
{
    return v->user ? v->user : "visitor";
}

bool tl_viewer_may(const tl_viewer *v, tl_right right)
{
    return right < TL_RIGHTS && (v->rights & TL_RIGHT_BIT(right)) != 0;
}

bool tl_viewer_of_tenant(const tl_viewer *v, const char *tenant)
{
    return v->all_tenants || (tenant && tl_text_equal(v->tenant, tenant));
}

bool tl_viewer_of_company(const tl_viewer *v, const char *company)
{
    return v->all_tenants || (company && tl_text_equal(v->company, company));
}

tl_status tl_viewer_require(const tl_viewer *v, tl_right right, tl_error *err)
{
    if (tl_viewer_may(v, right))
        return TL_OK;
    const char *name = tl_right_name(right);
    return tl_fail(err, TL_EFORBIDDEN, "%s may not do this: the right '%s' is missing",
                   tl_viewer_name(v), name ? name : "?");
}

const char *tl_right_name(tl_right right)
{
    return right < TL_RIGHTS ? right_names[right] : NULL;
}
