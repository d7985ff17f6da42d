/* audit_words.c - a word for each action, sorted by code. */
#include "report/audit_words.h"

#include <stdlib.h>
#include <string.h>

static const struct action {
    const char *code;
    tl_label word;
} actions[] = {
    { "assessment.approve", { "assessment approved", "评价复核通过" } },
    { "assessment.correct", { "correction of a rating begun", "开始更正评价" } },
    { "assessment.decide", { "reply of a company decided", "处理企业回复" } },
    { "assessment.finalise", { "assessment finalised", "评价定稿" } },
    { "assessment.import", { "answers imported", "导入答案" } },
    { "assessment.publish", { "rating published", "评价发布" } },
    { "assessment.reply", { "company replied", "企业回复" } },
    { "assessment.return", { "assessment handed back", "评价退回" } },
    { "assessment.save", { "assessment saved", "保存评价" } },
    { "assessment.submit", { "assessment handed in", "评价提交复核" } },
    { "assessment.take_over", { "published rating taken over", "采用已公布评价" } },
    { "assessment.withdraw", { "evidence withdrawn", "撤回佐证" } },
    { "award.keep", { "award kept", "留存评选" } },
    { "batch.add", { "cars put into a batch", "批次加入车型" } },
    { "batch.ask", { "companies of a batch asked", "批次送企业复核" } },
    { "batch.expire", { "batch ended", "批次到期" } },
    { "batch.open", { "batch opened", "新建批次" } },
    { "batch.publish", { "batch published", "批次公布" } },
    { "batch.recalculate", { "batch recalculated", "批次重算" } },
    { "car_class.keep", { "classes kept", "留存等级" } },
    { "company.alias", { "name of a company added", "新增企业别名" } },
    { "company.fact", { "fact about a company", "企业信息" } },
    { "company.import", { "companies imported", "导入企业" } },
    { "company.put", { "company written", "写入企业" } },
    { "dataset.install", { "data set installed", "安装数据集" } },
    { "epd.answer", { "question answered", "回答核查问题" } },
    { "epd.ask", { "question asked", "核查提问" } },
    { "epd.close", { "question closed", "关闭问题" } },
    { "epd.import", { "declarations imported", "导入声明" } },
    { "epd.open", { "declaration opened", "新建声明" } },
    { "epd.person", { "person of a declaration", "声明人员" } },
    { "epd.register", { "declaration registered", "声明注册" } },
    { "epd.submit", { "declaration handed in", "声明提交" } },
    { "epd.use", { "declaration used", "引用声明" } },
    { "facility.draw", { "loan drawn", "贷款提款" } },
    { "facility.put", { "loan written", "写入贷款" } },
    { "facility.sign", { "loan signed", "贷款签署" } },
    { "facility.undraw", { "drawing undone", "撤销提款" } },
    { "factor.accept", { "proposed factor accepted", "采纳因子建议" } },
    { "factor.propose", { "factor proposed", "提出因子建议" } },
    { "factor.reject", { "proposed factor rejected", "驳回因子建议" } },
    { "frozen.keep", { "frozen link made", "生成存档链接" } },
    { "invitation.accept", { "invitation accepted", "接受邀请" } },
    { "invitation.make", { "invitation made", "发出邀请" } },
    { "invitation.withdraw", { "invitation withdrawn", "撤回邀请" } },
    { "key.add", { "API key made", "新建密钥" } },
    { "key.revoke", { "API key revoked", "吊销密钥" } },
    { "loan.import", { "loans imported", "导入贷款" } },
    { "login.failure", { "login failed", "登录失败" } },
    { "login.lock", { "logins locked for a time", "登录暂时锁定" } },
    { "login.success", { "logged in", "登录" } },
    { "pcr.put", { "product category rules written", "写入产品类别规则" } },
    { "record.ask", { "company asked", "送企业复核" } },
    { "record.expire", { "footprint expired", "碳足迹到期" } },
    { "record.feedback", { "remarks imported", "导入反馈" } },
    { "record.import", { "footprints imported", "导入碳足迹" } },
    { "record.publish", { "footprint published", "碳足迹公布" } },
    { "record.put", { "footprint written", "写入碳足迹" } },
    { "record.recalculate", { "footprint recalculated", "碳足迹重算" } },
    { "record.say", { "remark on a footprint", "碳足迹反馈" } },
    { "record.withdraw", { "footprint withdrawn", "碳足迹撤回" } },
    { "sales.import", { "sales imported", "导入销量" } },
    { "second_factor.codes", { "new recovery codes", "更换恢复代码" } },
    { "second_factor.failure", { "first code of an app was wrong", "首个验证码错误" } },
    { "second_factor.off", { "second factor turned off", "停用两步验证" } },
    { "second_factor.on", { "second factor turned on", "启用两步验证" } },
    { "second_factor.recovery", { "recovery code used", "使用恢复代码" } },
    { "session.prove", { "signed in once more", "再次验证身份" } },
    { "session.revoke", { "sessions ended", "结束会话" } },
    { "tenant.add", { "organisation added", "新增机构" } },
    { "user.add", { "person added", "新增人员" } },
    { "user.disable", { "account disabled", "停用账户" } },
    { "user.enable", { "account enabled", "启用账户" } },
    { "user.link", { "login of a provider linked", "关联身份提供方登录" } },
    { "user.password", { "password changed", "更改密码" } },
    { "user.reset", { "password reset asked for", "申请重置密码" } },
    { "user.roles", { "roles changed", "更改角色" } },
    { "vehicle.bill", { "bill of a car written", "写入车辆清单" } },
    { "vehicle.import", { "cars imported", "导入车型" } },
    { "verifier.end", { "verifier taken back", "撤销指定核查机构" } },
    { "verifier.name", { "verifier named", "指定核查机构" } },
};

static int by_code(const void *key, const void *row)
{
    return strcmp(key, ((const struct action *)row)->code);
}

tl_label tl_word_action(const char *code)
{
    const struct action *a =
        bsearch(code, actions, sizeof actions / sizeof *actions, sizeof *actions, by_code);
    return a ? a->word : (tl_label){ code, code };
}
