/* people.c - the rows over people, organisations and keys: names, arguments, rights, paths. */
#include "operation/people.h"

#include "operation/operations.h"
#include "operation/page.h"

#define WHO                                                                                        \
    {                                                                                              \
        .name = "user", .word = true, .shown = "EMAIL", .help = {                                  \
            "e-mail address or id of the person; the id over HTTP, since paths are logged",        \
            "人员邮箱或编号；HTTP 请用编号，路径会写入日志"                    \
        }                                                                                          \
    }
#define ADDRESS                                                                                    \
    {                                                                                              \
        .name = "user", .word = true, .shown = "EMAIL", .help = { "e-mail address", "邮箱" }       \
    }
#define NAME                                                                                       \
    {                                                                                              \
        .name = "name", .required = true, .help = { "name of the person", "姓名" }                 \
    }
#define TENANT                                                                                     \
    {                                                                                              \
        .name = "tenant", .shown = "ID", .help = {                                                 \
            "organisation, your own if not given",                                                 \
            "机构编号，默认本机构"                                                       \
        }                                                                                          \
    }
#define ROLES                                                                                      \
    {                                                                                              \
        .name = "role", .many = true, .shown = "ROLE", .help = {                                   \
            "roles; all are set anew",                                                             \
            "角色，整体替换"                                                                \
        }                                                                                          \
    }
#define LANGUAGE                                                                                   \
    {                                                                                              \
        .name = "language", .kind = TL_ARGUMENT_CHOICE, .choices = "zh|en", .help = {              \
            "language of the person",                                                              \
            "使用语言"                                                                         \
        }                                                                                          \
    }
#define BASE                                                                                       \
    {                                                                                              \
        .name = "base", .shown = "https://HOST", .help = {                                         \
            "what the link begins with",                                                           \
            "链接前缀"                                                                         \
        }                                                                                          \
    }

static const tl_argument user_list_arguments[] = { TENANT, TL_PAGE_ARGUMENTS };
static const tl_argument add_arguments[] = { ADDRESS, NAME, TENANT, ROLES, LANGUAGE };
static const tl_argument invite_arguments[] = { ADDRESS, NAME, TENANT, ROLES, LANGUAGE, BASE };
static const tl_argument first_arguments[] = {
    ADDRESS,
    NAME,
    { .name = "tenant",
      .required = true,
      .shown = "ID",
      .help = { "organisation that runs the installation", "平台运营机构编号" } },
    { .name = "name-en", .help = { "its English name", "机构英文名" } },
    { .name = "name-zh", .help = { "its Chinese name", "机构中文名" } },
    LANGUAGE,
    BASE,
};
static const tl_argument reset_arguments[] = { ADDRESS, BASE };
static const tl_argument roles_arguments[] = { WHO, TENANT, ROLES };
static const tl_argument who_arguments[] = { WHO };
static const tl_argument factor_arguments[] = {
    WHO,
    { .name = "off", .kind = TL_ARGUMENT_FLAG, .help = { "turns it off", "关闭" } },
};

static const tl_argument tenant_add_arguments[] = {
    { .name = "tenant",
      .word = true,
      .shown = "ID",
      .help = { "its id, for ever", "机构编号，不可更改" } },
    { .name = "kind",
      .required = true,
      .shown = "operator|company|verifier|bank|regulator",
      .help = { "what kind of organisation", "机构类型" } },
    { .name = "name-en", .help = { "English name", "英文名" } },
    { .name = "name-zh", .help = { "Chinese name", "中文名" } },
    { .name = "company",
      .shown = "ID",
      .help = { "its id in the register of companies", "企业名录中的编号" } },
};

static const tl_argument key_list_arguments[] = {
    TENANT,
    { .name = "own", .kind = TL_ARGUMENT_FLAG, .help = { "only your own", "仅本人" } },
};
static const tl_argument letter_list_arguments[] = {
    TENANT,
    { .name = "top",
      .kind = TL_ARGUMENT_INT,
      .least = 1,
      .most = 1000,
      .shown = "N",
      .help = { "the newest N, 200 if not given", "最近 N 封，默认 200" } },
};
static const tl_argument key_add_arguments[] = {
    { .name = "user",
      .word = true,
      .optional = true,
      .shown = "EMAIL",
      .help = { "whose key, by e-mail address or id; your own if not given",
                "密钥所属人员的邮箱或编号，默认本人" } },
    { .name = "name", .required = true, .shown = "WHAT-FOR", .help = { "what it is for", "用途" } },
    TENANT,
    { .name = "right",
      .many = true,
      .help = { "what it may; all that the person may if not given", "权限，默认本人全部权限" } },
    { .name = "read-only", .kind = TL_ARGUMENT_FLAG, .help = { "changes nothing", "只读" } },
    { .name = "days",
      .kind = TL_ARGUMENT_INT,
      .least = 1,
      .most = 366,
      .shown = "N",
      .help = { "lives so long, 90 days if not given", "有效天数，默认 90" } },
};
static const tl_argument revoke_arguments[] = {
    { .name = "key", .word = true, .shown = "ID", .help = { "its 16 digits", "密钥编号" } },
};

#define ARGUMENTS(of)                                                                              \
    .arguments = of##_arguments, .n = sizeof of##_arguments / sizeof *of##_arguments

static const tl_operation user_rows[] = {
    { .name = "user list",
      .summary = { "people, their roles and open invitations", "人员、角色与待接受的邀请" },
      .method = TL_HTTP_GET,
      .path = "/people",
      .right = TL_RIGHT_PEOPLE,
      ARGUMENTS(user_list),
      .run = tl_run_user_list },
    { .name = "user rights",
      .summary = { "what each role may, in words", "各角色的权限" },
      .method = TL_HTTP_GET,
      .path = "/roles",
      .right = TL_RIGHT_PUBLIC_READ,
      .run = tl_run_user_rights },
    /* while nobody has an account nobody can ask over HTTP */
    { .name = "user first",
      .summary = { "the link with which an installation begins", "首位管理员的链接" },
      .right = TL_RIGHT_TENANT,
      .flags = TL_OPERATION_WRITES | TL_OPERATION_LOCAL,
      ARGUMENTS(first),
      .run = tl_run_user_first },
    { .name = "user invite",
      .summary = { "a link that lets somebody into an organisation", "邀请加入机构" },
      .method = TL_HTTP_POST,
      .path = "/people/invitations",
      .right = TL_RIGHT_PEOPLE,
      .flags = TL_OPERATION_WRITES | TL_OPERATION_PROVED,
      ARGUMENTS(invite),
      .run = tl_run_user_invite },
    { .name = "user add",
      .summary = { "a person without a password", "新增人员（未设密码）" },
      .method = TL_HTTP_POST,
      .path = "/people",
      .right = TL_RIGHT_TENANT,
      .flags = TL_OPERATION_WRITES | TL_OPERATION_PROVED,
      ARGUMENTS(add),
      .run = tl_run_user_add },
    { .name = "user roles",
      .summary = { "sets all roles; none leaves the organisation", "设置角色；不给角色即退出机构" },
      .method = TL_HTTP_POST,
      .path = "/people/{user}/roles",
      .right = TL_RIGHT_PEOPLE,
      .flags = TL_OPERATION_WRITES | TL_OPERATION_PROVED,
      ARGUMENTS(roles),
      .run = tl_run_user_roles },
    { .name = "user disable",
      .summary = { "nothing opens for the person any more", "停用账户" },
      .method = TL_HTTP_POST,
      .path = "/people/{user}/disable",
      .right = TL_RIGHT_TENANT,
      .flags = TL_OPERATION_WRITES,
      ARGUMENTS(who),
      .run = tl_run_user_disable },
    { .name = "user enable",
      .summary = { "takes that back", "启用账户" },
      .method = TL_HTTP_POST,
      .path = "/people/{user}/enable",
      .right = TL_RIGHT_TENANT,
      .flags = TL_OPERATION_WRITES,
      ARGUMENTS(who),
      .run = tl_run_user_enable },
    { .name = "user logout",
      .summary = { "ends all sessions of a person", "结束该人员的全部会话" },
      .method = TL_HTTP_POST,
      .path = "/people/{user}/logout",
      .right = TL_RIGHT_PEOPLE,
      .flags = TL_OPERATION_WRITES,
      ARGUMENTS(who),
      .run = tl_run_user_logout },
    /* over HTTP the owner of the address asks, and the link is mailed: shown to an administrator,
     * it would let one person act as any other */
    { .name = "user reset",
      .summary = { "a link with which a person sets a new password", "密码重置链接" },
      .right = TL_RIGHT_TENANT,
      .flags = TL_OPERATION_WRITES | TL_OPERATION_LOCAL,
      ARGUMENTS(reset),
      .run = tl_run_user_reset },
    /* over HTTP it would let one administrator take away what guards another */
    { .name = "user factor",
      .summary = { "turns off the second factor of who has lost it", "关闭遗失的两步验证" },
      .right = TL_RIGHT_TENANT,
      .flags = TL_OPERATION_WRITES | TL_OPERATION_LOCAL,
      ARGUMENTS(factor),
      .run = tl_run_user_factor },
};

static const tl_operation tenant_rows[] = {
    { .name = "tenant list",
      .summary = { "organisations: all, or your own", "机构：全部或本机构" },
      .method = TL_HTTP_GET,
      .path = "/organisations",
      .right = TL_RIGHT_PEOPLE,
      .run = tl_run_tenant_list },
    { .name = "tenant add",
      .summary = { "a further organisation", "新增机构" },
      .method = TL_HTTP_POST,
      .path = "/organisations",
      .right = TL_RIGHT_TENANT,
      .flags = TL_OPERATION_WRITES,
      ARGUMENTS(tenant_add),
      .run = tl_run_tenant_add },
};

static const tl_operation key_rows[] = {
    { .name = "key list",
      .summary = { "API keys: your own, those of your organisation, or all",
                   "API 密钥：本人、本机构或全部" },
      .method = TL_HTTP_GET,
      .path = "/keys",
      .right = TL_RIGHT_KEY,
      ARGUMENTS(key_list),
      .run = tl_run_key_list },
    { .name = "key add",
      .summary = { "a key for a program, shown once", "新建密钥，仅显示一次" },
      .method = TL_HTTP_POST,
      .path = "/keys",
      .right = TL_RIGHT_KEY,
      .flags = TL_OPERATION_WRITES | TL_OPERATION_PROVED,
      ARGUMENTS(key_add),
      .run = tl_run_key_add },
    { .name = "key revoke",
      .summary = { "ends a key for ever", "吊销密钥" },
      .method = TL_HTTP_POST,
      .path = "/keys/{key}/revoke",
      .right = TL_RIGHT_KEY,
      .flags = TL_OPERATION_WRITES,
      ARGUMENTS(revoke),
      .run = tl_run_key_revoke },
};

static const tl_operation letter_rows[] = {
    { .name = "letter list",
      .summary = { "mails of the service: sent, waiting, and what went wrong",
                   "系统邮件：已发送、待发送与失败原因" },
      .method = TL_HTTP_GET,
      .path = "/letters",
      .right = TL_RIGHT_PEOPLE,
      ARGUMENTS(letter_list),
      .run = tl_run_letter_list },
};

const tl_operations tl_operations_user = {
    "user",
    { "people, their roles, invitations and password resets", "人员、角色、邀请与密码重置" },
    user_rows,
    sizeof user_rows / sizeof *user_rows,
};
const tl_operations tl_operations_tenant = {
    "tenant",
    { "organisations that have people here", "使用本平台的机构" },
    tenant_rows,
    sizeof tenant_rows / sizeof *tenant_rows,
};
const tl_operations tl_operations_key = {
    "key",
    { "API keys of people", "API 密钥" },
    key_rows,
    sizeof key_rows / sizeof *key_rows,
};
const tl_operations tl_operations_letter = {
    "letter",
    { "mails of the service", "系统邮件" },
    letter_rows,
    sizeof letter_rows / sizeof *letter_rows,
};
