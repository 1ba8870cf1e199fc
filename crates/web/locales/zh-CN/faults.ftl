# 出了毛病的时候。
fault-title = 出了点问题
fault-busy = 现在用的人太多，没有收进去。
fault-unavailable = 现在存不进去，也读不出来。
fault-full = 机器的硬盘满了，没有收进去。
fault-read-only = 现在只能看，不能存。
fault-bug = 程序出了毛病，没有收进去。
fault-next-wait = 请等一两分钟再试。着急的话打电话。
fault-next-call = 请打电话说，值班的人替您记下来。
fault-next-report = 请再试一次。还是不行就打电话，把下面的编号念给值班的人听。
fault-next-not-found = 看看网址有没有写错，或者从首页重新走。查自己说的事，要二十个数字都对。
fault-next-sign-in = 工作人员和志愿者请先登录。居民说事不用登录。
fault-next-forbidden = 要做这件事，请找值班的人。
fault-next-back = 请退回上一页看一看，再试一次。
fault-call-anyone = 着急的话，打您村子或社区的值班电话。
fault-request = 编号 { $id }
fault-of-field = “{ $label }”：{ $sentence }
fault-field-reason = 原因
