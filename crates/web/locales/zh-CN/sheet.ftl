# 印在纸上的清单；花括号里的由排版填。
sheet-as-of = 截至 { $date }
sheet-day = { $year }年{ $month }月{ $day }日
sheet-number = 编号
sheet-wording = 事项
sheet-responsible = 谁负责
sheet-deadline = 期限
sheet-standing = 办得怎样
sheet-group-tally = 划掉 { $confirmed } / 共 { $entries } 件
sheet-continued = （续）
sheet-page-of = 第 { $page } 页，共 { $pages } 页
sheet-how-to-object = 对清单有意见，请打电话 { $phone }，或到{ $office }当面说。
sheet-checkpoint = 这张清单怎么防改：网上的记录编到第 { $size } 条，指纹 { $fingerprint }。把这张纸留着，以后谁悄悄改了记录，一对就看得出来。
