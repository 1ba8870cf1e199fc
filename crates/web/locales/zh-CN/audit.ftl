# 记录防改。
log-name = 记录有没有被改过
log-lead = 清单上每一件事的每一步，都编了号记下来，只能往后添，不能改、不能抽走。
log-entries = 条记录
log-fingerprint = 今天的指纹：
log-waiting = 还有 { $count } 条刚写下，一两秒后编上号。
log-how = 怎么核对
log-how-paper = 打印出来的每张清单上，都有当时的条数、指纹和一个方块码。把旧清单留着：以后要是有人悄悄改了从前的记录，拿旧清单一对就对不上。
log-how-not = 它能看出记录有没有被改，看不出当初写的是真是假。有疑问，请打电话或者到现场说。
log-machines = 给懂电脑的人
log-machines-lead = 下面是签了名的校验点。格式是 C2SP 的日志校验点，树按 RFC 6962 计算，证明可以从接口取。
log-checkpoint = 只看校验点
log-key = 验签用的公钥：
log-see-list = 看清单
list-log = 记录有没有被改过？
