# 登录和角色。
sign-in = 登录
sign-in-lead = 居民说事不用登录。这里给工作人员和志愿者用。
sign-in-name = 名字
sign-in-password = 口令
sign-in-send = 登录
sign-in-lost = 忘了口令？请找发给您口令的人重新设一个。
sign-out = 退出
role-volunteer = 志愿者
role-grid_worker = 网格员
role-dispatcher = 值班派单
role-contractor = 施工单位
role-duty_officer = 值班员
role-secretary = 书记
role-town_officer = 镇街干部
role-auditor = 监督员
role-administrator = 系统管理员
