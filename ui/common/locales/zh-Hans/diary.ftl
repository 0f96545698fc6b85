# The diary's words in Chinese, in simplified letters. Drafted without a native reader: CONTRIBUTING.md says how to correct them.
#
# Plain words as they are spoken, "你" throughout, and "日记" for the diary, "一篇日记" for an entry. Latin words and numbers stand between
# Chinese ones with a space. Numbers are placeables, { 24 }, so that they come as the reader's own region writes them.
# Chinese has one form for every count.

## Everywhere

lock-now = 上锁
back = 返回
next = 下一步
try-again = 再试一次
later = 以后再说
show = 显示
hide = 隐藏
working = 稍等一下…
undo = 撤销
list-comma = 、

nav-label = 主要页面
nav-today = 今天
nav-diary = 日记
nav-support = 求助
nav-me = 我

## Times

day-today = 今天
day-yesterday = 昨天
part-night = 凌晨
part-morning = 上午
part-afternoon = 下午
part-evening = 晚上
moment-now = 刚刚
moment-today = 今天{ $part }
moment-yesterday = 昨天{ $part }
moment-weekday = { $weekday }{ $part }
moment-soon = 马上
moment-exact = { $day } { $time }
coming-today = 今天 { $time }
coming-tomorrow = 明天 { $time }
coming-day = { $day } { $time }

## First run

welcome-title = 放你自己的话的地方
welcome-lead = 你写的内容锁在这部手机里。别人能看什么，由你决定。
welcome-invitation = 我有邀请
welcome-invitation-more = 来自一项你可能想参加的研究。
welcome-private = 开始写私人日记
welcome-private-more = 只给你自己。以后也可以参加研究。
welcome-restore = 我的手机丢了
welcome-restore-more = 用你的 { 24 } 个词找回日记。
welcome-backup = 我有备份文件
welcome-backup-more = 用你保存过的文件找回日记。
welcome-other = 我在这里已经有日记

invitation-title = 你的邀请
invitation-label = 粘贴链接，或输入文字
invitation-hint = 它以 waymark:// 或 https:// 开头，或者是一串字母和数字。大小写和空格都没关系。
invitation-open = 打开邀请
invitation-empty = 先把邀请的链接或文字放进框里。

study-run-by = 这项研究由 { $who } 负责。
study-read-heading = 谁能看到什么
study-read-shared = 你分享的日记，研究人员可以看。
study-read-private = 你不分享的日记，只有你能看，别人都不能。
study-read-server = 服务器 { $server } 里的一切都是密封的。管理服务器的人和做这个应用的人，什么都看不到。
study-read-seen = 研究人员能看到你有私人日记、什么时候写的、大概多长。里面的字，一个也看不到。
study-hold-heading = 你可以改主意
study-hold = 你分享一篇日记后，它会先等 { $duration } 再发出。在那之前，点一下就能改回私人。
study-hold-none = 你分享的日记，一有网络就会发出。以后也可以收回。
study-later = 你随时可以退出。日记永远是你的。
study-continue = 去看问题
study-not-for-me = 不适合我

consent-title = 由你决定
consent-lead = { $count ->
   *[other] 有 { $count } 个简短的问题。怎么回答，由你决定。
  }
consent-required = 参加需要
consent-required-more = 要参加，这里需要选“是”。
consent-optional = 随你选
consent-optional-more = 选“是”或“否”都可以参加。
consent-yes = 是
consent-no = 否
consent-earlier = { $count ->
   *[other] 你已经写了 { $count } 篇日记。要不要也在服务器上存一份密封的副本？
  }
consent-earlier-more = 只有你能打开这些副本。它们不会分享给研究。
consent-missing = 有些问题还没有回答。先回答标出来的，再继续。
consent-unanswered = 选“是”或“否”。
read-aloud = 读出来
read-aloud-not = 这部手机现在没法读出来。
consent-needs-yes = 这里不选“是”，就不能参加研究。如果你不愿意，可以只写私人日记。
consent-join = 参加研究
consent-join-locked = 参加，再选一把锁
consent-joining = 正在加入。可能要等一会儿。
consent-private-instead = 还是写私人日记

choose-lock-title = 选一把锁
choose-lock-lead = 别人拿着你的手机时，它让你的日记关着。
choose-lock-kind = 你想怎么打开它？
choose-lock-passphrase = 用密语
choose-lock-passphrase-more = 几个只有你知道的词。这样更安全。
choose-lock-pin = 用 PIN 码
choose-lock-pin-more = 输入很快。但是，复制了这部手机里文件的人，可以把 PIN 码一个个试出来。密语更安全。
choose-lock-secret-passphrase = 你的密语
choose-lock-secret-pin = 你的 PIN 码
choose-lock-hint-passphrase = { 8 } 个字以上。四个互不相关的词就很好。
choose-lock-hint-pin = { 6 } 个数字以上。
choose-lock-again-passphrase = 再输一次密语
choose-lock-again-pin = 再输一次 PIN 码
choose-lock-differs = 两次还不一样。再输一次，或者点“显示”看一看。
choose-lock-short-passphrase = 有点短。请用 { 8 } 个字以上。
choose-lock-short-pin = 请用 { 6 } 个以上的数字，而且只用数字。
choose-lock-done = 用这个上锁
choose-lock-slow = 正在找回你的日记。可能要几分钟。请让应用一直开着。

words-title = 你的 { 24 } 个词
words-lead = 如果这部手机丢了，这些词能找回你的日记。别人都没有这些词，也没有人能再发给你。
words-lead-alone = 忘了锁的时候，这些词能打开你的日记，也能打开它的备份文件。别人都没有这些词，也没有人能再发给你。
words-how = 按这个顺序写在纸上。把纸放在你放重要东西的地方。不要拍照。
words-list = 按顺序排好的 { 24 } 个词
words-written = 我写下来了
words-check-title = 其中三个词
words-check-lead = 为了确定纸上没写错，请照着纸输入这三个词。
words-check-label = 第 { $place } 个词
words-check-done = 检查
words-check-again = 再看一遍这些词
words-reminder = 你的 { 24 } 个词还没写在纸上。没有它们，手机丢了，日记也就没了。
words-reminder-alone = 你的 { 24 } 个词还没写在纸上。忘了锁的时候，它们能打开你的日记。
words-reminder-action = 写下来
words-kept = 你的词已经写在纸上了。手机不会再显示它们。

restore-title = 找回你的日记
restore-lead = 输入纸上的 { 24 } 个词。然后给这部手机选一把锁。
restore-words-label = 你的 { 24 } 个词
restore-words-hint = 按顺序，词和词之间空一格。
restore-words-count = { $count ->
   *[other] 现在有 { $count } 个词。
  }
restore-words-number = 需要{ 24 }个词。什么也没丢。看看纸上：可能少了一个，或者有一个写了两次。
restore-server-label = 研究的服务器
restore-server-hint = 它写在你的邀请上，也可以问研究人员。它看起来像 https://{"\u200B"}diary{"\u200B"}.example{"\u200B"}.org
restore-server-empty = 把研究服务器的地址放进框里。
restore-next = 选一把锁

## The lock

lock-title = 笔记
lock-passphrase = 密语
lock-pin = PIN 码
lock-open = 打开
lock-forgot = { $lock ->
    [pin] 我忘了 PIN 码
   *[passphrase] 我忘了密语
  }
forgot-title = 用你的 { 24 } 个词打开
forgot-lead = 输入纸上的 { 24 } 个词。然后选一把新锁。日记里的内容都不会变。
lock-other = 不是你？
diaries-title = 这部手机上的日记
diaries-lead = 每本日记由一个人写，有自己的锁。你的锁只能打开你的日记。
diaries-one = 日记 { $number }
diaries-front = 现在在前面的这本
diaries-new = 再开一本日记
diaries-full = 一部手机最多放 { $most } 本日记。

## Today

today-write = 写
today-write-free = 随便写写
today-draft = 你刚才在写
today-draft-on = 接着写
today-draft-saved = { $when }保存
today-draft-discard = 扔掉这些话
today-discard-title = 扔掉这些话吗？
today-discard-more = 扔掉就找不回来了。
today-discard-yes = 扔掉
today-discard-no = 留着
today-event = 发生了一件事
today-weekly = 回头看看这一周
today-busy-title = 你正写到一半
today-busy-more = 可以现在就把这些话当作私人日记收进去。以后随时可以在那里接着写。
today-busy-keep = 收进日记
today-busy-go-on = 接着写这些
today-waiting-heading = 在路上
today-held = { $day }的日记{ $when }发给研究。
today-held-today = 今天的日记{ $when }发给研究。
today-held-yesterday = 昨天的日记{ $when }发给研究。
today-clock-moved = 这部手机的时间变了，所以这篇日记只留在你这里。请把日期和时间调对，然后重新选择。
today-kept-private = 改回私人了。别人看不到。
today-reminder = 下次提醒：{ $when }

sync-no-study = 你的日记在这部手机里。
sync-up-to-date = 该送到的都送到了。
sync-waiting = { $count ->
   *[other] { $count } 篇日记在等网络。
  }
sync-waiting-none = 有些改动在等着发出。
sync-fetching = 语音还在传到这部手机的路上。
sync-attention = 有件事需要你看一看。
sync-last = 上次连上服务器：{ $when }。
sync-never = 还没有连上过服务器。
sync-now = 现在收发
sync-running = 正在和服务器联系…
voice-waiting = { $count ->
   *[other] { $count } 条语音在等你同意。
  }
voice-let-go = 现在收发语音
voice-wait = 语音等我同意再收发
voice-wait-more = 写下的文字总会发送。流量要花钱的地方，这样能省钱。

## Writing

write-label-free = 写在这里
write-free-title = 用你自己的话
write-more-title = 还有别的吗？
write-more-label = 这一天还有什么
write-edit-title = 修改你的日记
write-names = 用首字母或假名。
write-step = 第 { $step } 步，共 { $of } 步
write-skip = 跳过
write-done = 完成
write-saved = 已保存
write-unsaved = 正在保存…
write-not-saved = 还没保存
write-no-room = 这部手机没有空间了。以前保存的都安全。让这一页开着，腾出一点空间，它会自己保存。
write-weight = 这一天有多沉重？
weight-light = 轻松
weight-okay = 还行
weight-heavy = 沉重
weight-not-said = 不想说
write-about = 写的是哪一天？
write-about-far = 请选从{ $from }到今天的一天。
write-tags = 标签
write-tags-hint = 方便以后找到它的词。每写一个，点一下“添加”。
write-tags-full = 一篇日记最多有 { $most } 个标签。去掉一个，才能再添加。
write-tag-add = 添加
write-tag-remove = 去掉 { $tag }
write-empty = 里面还什么都没有。写几个字，或者回到“今天”。

## Voice notes

voice-say = 说出来
voice-new = 新的语音
voice-asking = 可以让应用听吗？
voice-recording = 正在录音
voice-paused = 已暂停
voice-keeping = 正在保存…
voice-pause = 暂停
voice-go-on = 继续
voice-stop = 停止
voice-discard = 扔掉
voice-discard-title = 扔掉这段语音吗？
voice-discard-more = 里面说的话就找不回来了。
voice-discard-more-edit = 日记以前的版本还留着它们的内容。刚才说的话就找不回来了。
voice-discard-yes = 扔掉
voice-discard-no = 留着
voice-keep-so-far = 留下已经保存的部分
voice-note = 语音 { $number }
voice-play = 播放语音 { $number }，{ $length }
voice-pause-note = 暂停语音 { $number }
voice-place = 语音 { $number } 的位置
voice-place-of = { $at }，共 { $length }
voice-remove = 扔掉语音 { $number }
voice-cut = 录音提前停了。在那之前说的话都在这里。
voice-silent = 现在没法播放。它在你的日记里是安全的。以后再试一次。
voice-not-here = 一段 { $length } 的语音还没到这部手机。服务器收到以后就会传来。
voice-refused = 应用不能使用麦克风。你可以接着写。想说话的话，请在手机设置里允许这个应用使用麦克风。
voice-none = 这里没有麦克风。你可以接着写。
voice-taken = 别的程序正在用麦克风。关掉它，再点一次“说出来”，或者接着写。
voice-switched-off = 麦克风被关掉了。在那之前说的话都保存好了。
voice-full-length = 十分钟到了，这是一段语音的最长时间。全部都保存好了。想继续，再点一次“说出来”。
voice-count = { $count ->
   *[other] { $count } 段语音
  }

# Words that could tell who somebody is. Kind, then the words themselves.
cue-name = 用首字母：“{ $text }”
cue-phone = 电话号码：“{ $text }”
cue-email = 电子邮箱：“{ $text }”
cue-address = 地址：“{ $text }”
cue-birth-date = 出生日期：“{ $text }”
cue-fine = 这样可以
cue-is-fine = 从现在起，“{ $text }”没问题。
cue-still = { $kind ->
    [phone] 是电话号码吗？
    [email] 是电子邮箱吗？
    [address] 是地址吗？
    [birth-date] 是出生日期吗？
   *[name] 是名字吗？
  }{ $more ->
    [0] “{ $text }”还在里面。
   *[other] “{ $text }”和另外 { $more } 处还在里面。
  }
cue-look-again = 再看一遍

readers-title = 谁可以看这篇？
readers-only-me = 只有我
readers-only-me-more = 它一直是私人的。
readers-study = 我和研究
readers-study-held = { $when }发出。在那之前你可以改回私人。
readers-study-now = 一有网络就发出。
readers-again = 你在修改一篇日记，所以要再选一次。研究已经有的内容不会变。
readers-voice = { $count ->
   *[other] 你的语音会一起发出。
  }
readers-done = 完成
readers-not-yet = 还没好，接着写
readers-choose = 两个里选一个。选之前，它只在你这里。
readers-finished-private = 已保存。只有你能看。
readers-finished-study = 已保存。{ $when }发给研究。
readers-finished-now = 已保存。一有网络就发给研究。
readers-finished-alone = 已保存在你的日记里。

## The diary

diary-title = 日记
diary-search = 在日记里查找
diary-search-short = 查找
diary-empty = 这里还什么都没有。你今天写的就是第一页。
diary-found = { $count ->
    [0] 什么也没找到。少输几个字，或者换一个词。
   *[other] 找到 { $count } 篇。
  }
diary-no-words = 没有文字
diary-apart = 两部手机上的两个版本
diary-calendar = 日历
diary-narrow = 记号和标签
diary-more = 显示更多
diary-empty-month = 这个月什么都没有。
narrowed-label = 只显示这些
narrowed-let-go = 只看{ $choice }。点一下就能看到其他的。

calendar-label = 日历
calendar-month = 月份
calendar-month-count = { $month }（{ $count }）
calendar-earlier = 回到 { $month }
calendar-no-earlier = 这个月以前没有内容
calendar-later = 去 { $month }
calendar-no-later = 这个月以后没有内容
calendar-day = { $count ->
    [0] { $day }，没有写
   *[other] { $day }，{ $count } 篇
  }

marks-title = 带上
mark-interview = 带去访谈
mark-supervision = 带去督导
marks-more = 这些记号是给你自己的。
marks-more-study = 这些记号是给你自己的。研究永远看不到，哪怕它有这篇日记。

mark-talk = 想和研究谈的
talk-title = 访谈时
talk-tell = 告诉研究你想谈这篇
talk-more = 研究有这篇日记，但不知道你想谈它。只有你在这里选择，它才会知道。
talk-told = 会告诉研究你想谈这篇，别的什么也不说。你随时可以收回。
talk-not-yet = 如果你分享这篇日记，也可以告诉研究你想谈它。研究拿到它之前，什么都不会说。

tags-title = 标签
tags-all = 全部 { $count } 个标签
tags-find = 找标签
tags-none = 没有带这些字的标签。
tags-more = { $count ->
   *[other] 还有 { $count } 个标签。输入几个字来找。
  }

place-private = 私人
place-on-this-phone = 私人，在这部手机里
place-backed-up = 私人，服务器上有密封的副本
place-held = { $when }发给研究
place-waiting = 在等网络
place-with-study = 研究已经收到
place-withdrawing = 已收回。下次联网时告诉研究
place-withdrawn = 已从研究收回
place-earlier = 研究有一个更早的版本

entry-written = 写于{ $when }
entry-no-text = 这篇日记里没有文字。
entry-share = 分享给研究
entry-keep-private = 改回私人
entry-withdraw = 收回
entry-withdraw-earlier = 收回以前的版本
entry-edit = 修改
entry-earlier = 以前的版本
entry-versions = 版本
entry-apart = 两部手机上的两个版本
entry-apart-more = 写的时候，两部手机互相不知道。两个版本都留着。
entry-apart-one = { $when }写于{ $phone }
entry-compare = 比较两个版本
compare-first = 第一个版本
compare-second = 第二个版本
compare-removed = 去掉了：{" "}
compare-added = 新的：{" "}
compare-nothing = 这里没有内容
compare-too-long = 这两个版本太长，没法逐字比较。两个都完整显示。
version-now = { $when }（最新）
version-phone = { $version }，来自{ $phone }
phone-this = 这部手机
phone-other = 另一部手机
phone-other-number = 另一部手机（{ $number }）
phone-unknown = 一部手机
entry-tags = 标签：{ $tags }
entry-weight = 这一天的感觉：{ $weight }
entry-shared = { $when }发给研究。
entry-shared-now = 一有网络就发给研究。
entry-kept = 它一直是私人的。
entry-withdrawn = 已收回。你自己的那份还在这里。
entry-withdraw-title = 要从研究收回吗？
entry-withdraw-more = 下次联网时，研究那份会被销毁，并请研究人员从他们的工作里拿掉。你自己的那份还在这里。别人已经看过的话，没法让人忘掉。
entry-withdraw-yes = 收回
entry-withdraw-no = 让它留在那里
entry-delete = 删除
entry-delete-study = 在所有地方删除
entry-delete-title = 删除这篇日记吗？
entry-delete-study-title = 在所有地方删除这篇日记吗？
entry-delete-more = 它和所有版本都会从这部手机上消失，找不回来。
entry-delete-study-more = 它和所有版本现在就从你的日记里消失。下次联网时，服务器和研究那里的副本会被销毁，并请研究人员从他们的工作里拿掉。找不回来，用你的 { 24 } 个词也不行。别人已经看过的话，没法让人忘掉。
entry-delete-no = 留着
entry-deleted = 已删除。
entry-deleted-study = 这里已删除。下次联网时告诉服务器和研究。

## Support

support-title = 求助
support-lead = 你写日记的时候，没有人在看。
support-call-someone = 如果现在需要人帮忙，请打电话。
support-none = 这里没有研究提供的联系人。
support-emergency = 如果现在有危险，请拨打当地的紧急电话。
support-call = 打电话给 { $name }，{ $tel }
support-copy = 复制号码
support-copy-of = 复制 { $name } 的号码，{ $tel }
support-copied = 已复制。
support-copy-by-hand = 用手指按住号码就能复制。
support-own = 添加或修改你自己的联系人

contacts-title = 你自己的联系人
contacts-lead = 难受的时候可以打电话的人。研究永远看不到这个名单。
contacts-is-sealed = 只在日记打开时显示。
contacts-is-shown = 日记锁着时也显示。
contacts-change = 修改
contacts-change-of = 修改 { $name }
contacts-remove = 去掉
contacts-remove-of = 去掉 { $name }
contacts-add = 添加一个人
contacts-full = 最多十个人。去掉一个，才能再添加。
contacts-name = 名字
contacts-tel = 电话号码
contacts-while-locked = 日记锁着时也显示
contacts-while-locked-more = 这样，谁拿着这部手机，谁就能看到名字和号码。
contacts-name-empty = 在这里写名字。
contacts-tel-wrong = 在这里写电话号码。要有数字，也可以有 + 和空格。
contacts-keep = 保存
contacts-not = 不保存

## Me

me-title = 我
me-sync = 收发
me-study = 研究
me-study-open = 关于这项研究，以及怎么退出
me-phones = 我的手机
me-study-left = 你在{ $when }退出了这项研究。
me-study-asks = 研究有一个新问题要问你。
me-no-study = 这本日记只属于你。有了邀请，就可以参加研究。
me-join = 我有邀请
me-words = 找回日记的词
me-words-show = 显示我的 { 24 } 个词
me-fine = 没问题的词
me-fine-more = 你说过这些没问题，所以不再提醒。点一个词，以后就会再问你。
me-fine-remove = 以后再问我 { $word }
me-lock = 锁
me-lock-passphrase = 用你的密语打开。
me-lock-pin = 用你的 PIN 码打开。密语会更安全。
me-lock-now = 现在上锁
me-looks = 外观：语言、字的大小、浅色或深色

## Reminders

reminder-text = 该写笔记了
reminders-title = 提醒
reminders-none = 在这台设备上，应用不能显示提醒。
reminders-how = 应用运行时会有提醒，打开或锁着都行。应用关掉后，这台设备不能提醒你。
reminders-on = 提醒我
reminders-one = 提醒 { $number }
reminders-time = 时间
reminders-days = 日子
reminders-a-day = 提醒至少要有一天。先选另一天，或者去掉这个提醒。
reminders-remove = 去掉
reminders-add = 加一个提醒
reminders-says = 提醒只会说这一句
reminders-test = 现在试一次
reminders-shown = 刚才已经显示。如果你没看到，请看看这台设备的通知设置。
reminders-not-shown = 这台设备没有显示。请看看它的通知设置，再试一次。

## Time off

off-title = 休息
off-lead = 不会问你问题，也不会有提醒。你想写的时候随时可以写。
off-study = 研究能看到第一天和最后一天，还有你什么时候回来。研究看不到原因。
off-untold = 研究还不知道这件事。保存这些日子后，研究会看到第一天和最后一天。研究看不到原因。
off-from = 第一天
off-until = 最后一天
off-until-hint = 还不知道的话，最后一天可以空着。
off-note = 写给自己的话
off-note-hint = 只有你能看。
off-order = 最后一天在第一天之前。请改其中一个。
off-over = 最后一天已经过去了。请选晚一点的日子，或者空着。
off-missing = 请选第一天。
off-far = 这些日子太远了。第一天最早可以是一个月前，两个日子都要在今后两年以内。
off-take = 开始休息
off-keep = 保存这些日子
off-change = 改你的休息
off-taken = 你的休息已经定好。
off-now = 休息到{ $day }
off-now-open = 你正在休息
off-coming = 休息从{ $day }开始
off-back = 我回来了
off-call = 取消休息
off-welcome = 欢迎回来。
off-called = 你的休息已经取消。
off-past = 以前的休息
off-range = { $from }到{ $to }

## How it looks

looks-title = 外观
looks-language = 语言
looks-phone = 和手机一样
looks-text = 字的大小
looks-text-usual = 平常
looks-text-larger = 大一点
looks-text-large = 大很多
looks-text-largest = 最大
looks-theme = 浅色或深色
looks-theme-light = 浅色
looks-theme-dark = 深色
looks-not-kept = 这部手机没能记住你的选择。应用关掉之前都有效。请在手机上腾出一点空间，再选一次。

## The phones of one person

phone-new = { $day }，另一部手机加入了你的日记。
phone-new-title = 是你加的吗？
phone-new-more = 加一部手机要用你的 { 24 } 个词，加了以后它能看你的整本日记。
phone-mine = 是我加的
phone-not-mine = 不是，停掉那部手机
phone-mine-done = 好的。它是你的手机。
phones-title = 我的手机
phones-lead = 你在一部手机上写的，也会到其他手机上。
phones-this = 这部手机
phones-other = 另一部手机
phone-joined = 加入时间：{ $day }。
phone-heard = 最近一次消息：{ $when }。
phone-silent = 它还没有发来过东西。
phone-stopped = 已停掉。不会再给它发东西，它发来的也不再算。
phone-stop = 停掉那部手机
stop-title = 停掉那部手机
stop-lead = 它发来过的都留在你的日记里。从现在起，它收不到新的东西，它再发来的也不算。
stop-can-read = 已经在它上面的，能打开它的锁的人还是能看。
stop-words = 如果那部手机不是你加的，可能有人知道你的 { 24 } 个词：请告诉研究。
stop-action = 停掉那部手机
stop-done = 那部手机已停掉。

## The study, as somebody who takes part sees it

my-study-server = 服务器：{ $server }
my-study-hold = 分享的日记会先等 { $duration } 再发出。
my-study-hold-none = 分享的日记一有网络就发出。
my-study-agreed = 我同意过的
my-study-yes = 是
my-study-no = 否
my-study-open-question = 还没回答
my-study-change = 修改我的回答
my-study-answer = 现在回答
my-study-met = 确认真的是他们
my-study-met-more = 把这六个词念给研究人员听，或者请他们念给你听。如果一样，你的手机和研究之间就没有别人。
my-study-met-words = 六个词
my-study-leave = 退出研究
my-study-erase = 删掉研究还留着的内容
my-study-left = 你在{ $when }退出了这项研究。它不会再收到你的任何内容。
my-study-left-erased = 你在{ $when }退出了这项研究，它从你这里得到的一切都已删掉。
my-study-left-waiting = 下次联网时，研究会知道。
my-study-left-told = 研究的服务器已经知道了。

phase-title = 你的工作做到哪一步了？
phase-counted = 研究从你参加的那天算起。开始：{ $day }。
phase-said = 这是你告诉研究的。开始：{ $day }。
phase-change = 不是这样
phase-lead = 问你的问题会跟着这个变。研究也会知道，这样才能读懂你的日记。
phase-choose = 从今天起
phase-keep = 保存这个
phase-kept = 已保存。从今天起，问题会跟着它变。

answers-title = 你的回答
answers-lead = 每一条你都可以改主意。研究会知道。你以前分享的内容不变。
answers-needed = 要参加，这里需要选“是”。如果你不愿意，可以退出研究。
answers-keep = 保存这些回答
answers-kept = 你的回答已经改好。

leave-title = 退出研究
leave-lead = 你不需要说为什么。你的日记一个字不少，都留在这部手机里。
leave-how = 你想怎么退出？
leave-stop = 停下
leave-stop-more = 研究不会再收到任何内容。你以前分享的留在研究那里。
leave-erase = 停下并删掉
leave-erase-more = 研究不会再收到任何内容。你分享过的会在服务器上销毁，并请研究人员从他们的工作里拿掉。
leave-what = 接下来会怎样
leave-what-erased = 你分享过的会在服务器上销毁，并请研究人员从他们的工作里拿掉。
leave-what-held = 还在等着分享的，都改回私人。
leave-what-copies = 不会再有新的密封副本放到服务器上。已有的还在，你的 { 24 } 个词照样能打开。
leave-what-copies-erased = 服务器上的密封副本也会销毁。之后，{ 24 } 个词就找不回这本日记了，所以请保管好这部手机。
leave-what-read = 别人已经看过的话，没法让人忘掉。
leave-what-known = 研究会留着你对问题的回答，以及你写日记的时间。
leave-what-write = 你可以接着在这里写，只给自己看。
leave-go = 退出研究
leave-go-erase = 退出并删掉
leave-sure = 现在退出研究吗？
leave-sure-more = 这不能撤销。要回来，只能用新的邀请。
leave-sure-erase-more = 这不能撤销。删掉的内容，研究再也找不回来。
leave-stay = 留下
leave-left = 你已经退出研究。日记还在这里。

me-lock-change = 换锁

## The lock, changed

lock-settings-title = 锁
lock-settings-change = 换一把锁
lock-after-title = 自动上锁
lock-after = { $minutes ->
   *[other] { $minutes } 分钟后
  }
lock-after-more = 这么久没有人碰手机，日记就会上锁。你写的都已保存。
old-lock-title = { $lock ->
    [pin] 先输入 PIN 码
   *[passphrase] 先输入密语
  }
old-lock-label = { $lock ->
    [pin] 你现在的 PIN 码
   *[passphrase] 你现在的密语
  }
lock-changed = { $lock ->
    [pin] 换好了。从现在起用你的 PIN 码打开。
   *[passphrase] 换好了。从现在起用你的新密语打开。
  }

someone-title = { $lock ->
    [pin] 有人知道我的 PIN 码
   *[passphrase] 有人知道我的密语
  }
someone-short = 用新钥匙把一切重新锁上，这样别人知道的东西在这部手机上什么也打不开。
someone-go = 看看会怎样
someone-will = 会发生什么
someone-will-key = 日记里的一切都换上新钥匙。日记很多的话，可能要一分钟。
someone-will-lock = 你选一把新锁。旧的在这部手机上什么也打不开了。
someone-will-words = 你的 { 24 } 个词不变。输入它们，这样换了新钥匙后它们也能打开这部手机。
someone-will-words-new = 你会得到 { 24 } 个新词。以前给你看过的那些，什么也打不开了。
someone-will-words-close = 你的 { 24 } 个词不能再打开这部手机。在新手机上，它们照样能找回日记。
someone-cannot = 它做不到什么
someone-cannot-copies = { $lock ->
    [pin] 如果别人以前复制过这部手机的文件，旧的 PIN 码还能打开那份复制品。
   *[passphrase] 如果别人以前复制过这部手机的文件，或者有你的备份文件，旧的密语还能打开它。
  }
someone-cannot-server = 有了这样的复制品，别人还能从研究的服务器取走你密封的日记，包括以后的。如果你觉得有人有复制品，请告诉研究人员。
someone-without = 我手边没有这些词
someone-without-more = 那么，在你以后去“我”那一页的“换锁”里输入它们之前，这些词打不开这部手机。在新手机上，它们照样有用。
someone-words-missing = 按顺序输入全部 { 24 } 个词。或者说明你手边没有。
someone-next = 选一把新锁
someone-done = 好了。一切都有了新钥匙和新锁。
someone-done-new = 好了。一切都有了新钥匙。这些是你的新词；旧的什么也打不开了。
someone-done-closed = 好了。一切都有了新钥匙。在你到“换锁”里允许之前，你的 { 24 } 个词打不开这部手机。

words-closed = 现在你的 { 24 } 个词打不开这部手机。如果忘了锁，它们在这里帮不上忙。
words-open-title = 让我的 { 24 } 个词能打开它
words-open-lead = 只有在没有别人看过这些词的时候才这样做。
words-open-action = 让它们能打开
words-open-done = 好了。你的 { 24 } 个词又能打开这部手机了。

## Copies

keep-title = 留一份副本
keep-lead = 在别处放一份副本，这部手机坏了，你的话也安全。
keep-no-outbox = 在这种手机上，应用还不能交出副本。研究服务器上的内容，你的 { 24 } 个词照样能找回来。
keep-backup = 保存一个备份文件
keep-export = 保存一份可以读或打印的副本
saved-as = 它叫 { $name }，在文件夹 { $folder } 里。

backup-lead = 一个文件，里面是你的整本日记，密封着。没有打开它的东西，谁也看不了。
backup-passphrase = 用你今天的密语打开它。哪怕你以后在这部手机上换了密语，也还是这样。
backup-pin = 文件到了别处，PIN 码太容易被试出来。所以请给这个文件选一句密语。
backup-pin-label = 给这个文件的密语
backup-words = 你的 { 24 } 个词也能打开它。
backup-once = 里面是你现在的日记。以后写的不在里面。
backup-save = 保存备份文件
backup-saved-title = 备份文件保存好了
backup-saved-passphrase = 用你今天的密语打开它。记住这句密语，或者留好你的 { 24 } 个词。
backup-saved-pin = 用你给它选的密语打开它。记住密语，或者留好你的 { 24 } 个词。
backup-saved-where = 把它放到手机丢了也安全的地方：电脑、U 盘，或者你信得过的人那里。

export-warning = 这个文件没有密封。谁拿到它，谁就能看到里面的一切。
export-format = 你想用它做什么？
export-html = 打印
export-html-more = 任何浏览器都能打开和打印的网页。
export-markdown = 阅读
export-markdown-more = 任何应用都能打开的纯文字。
export-json = 给电脑用
export-json-more = JSON，给其他程序用。
export-days = 哪些日子？
export-days-hint = 两个都空着，就是整本日记。
export-from = 从
export-to = 到
export-days-order = 第一天比最后一天还晚。请改一个。
export-all = 也要以前的版本
export-save = 保存这份副本
export-saved-title = 你的副本保存好了
export-another = 再保存一份
export-file-title = 我的笔记
export-file-notice = 谁拿到这个文件，谁就能看。
export-file-written = 写于
export-file-earlier = 以前的样子
export-file-latest = 现在的样子
export-file-voice = 一段语音，不在这个文件里
export-file-weight = 这一天有多沉重

backup-file-title = 用文件找回你的日记
backup-file-lead = 选你保存过的备份文件。打开它，再给这部手机选一把锁。
backup-file-label = 备份文件
backup-file-hint = 文件名以 notes 开头，以 waymark-backup 结尾。
backup-file-choose = 选择文件
backup-file-reading = 正在读文件：{ $share } / { 100 }。
backup-file-whole = 文件是完整的。
backup-file-none = 先选文件。
backup-file-passphrase = 那个文件的密语
backup-file-passphrase-more = 保存文件时日记用的密语，或者你给文件选的密语。
backup-file-words = 用我的 { 24 } 个词

reconnect-heading = 你的研究
reconnect-short = 这本日记是从备份文件找回来的。它还没有连上 { $study }，所以什么也不会发过去，也没法收回什么。
reconnect-go = 重新连上
reconnect-title = 重新连上 { $study }
reconnect-lead-words = 输入纸上的 { 24 } 个词。只在这部手机里的日记，一直是私人的。
reconnect-lead = 研究服务器上的内容也会回来。只在这部手机里的日记，一直是私人的。
reconnect-action = 连接
reconnect-done = 连上了。这样做没有分享任何内容。

## When something stands in the way: what happened, what is safe, what to do

error-locked = 日记锁着。里面的一切都安全。打开它再继续。
error-wrong-passphrase = { $lock ->
    [pin] 这个 PIN 码打不开。什么也没丢。看看数字，再试一次。
   *[passphrase] 这句密语打不开。什么也没丢。大小写和空格都算；点“显示”，再试一次。
  }
error-weak-secret = 太短了，保护不了你的日记。什么也没丢。请用 { 8 } 个字以上，或者 { 6 } 个数字以上的 PIN 码。
error-disk-full = 这部手机没有空间了。以前保存的都安全。腾出一点空间，再试一次。
error-read-only = 这部手机不让写入日记。以前保存的都安全。让这一页开着，关掉其他应用。
error-newer-file = 这本日记是更新版本的应用写的。什么也没丢。装上最新版本就能打开。
error-damaged = 这部手机上的文件坏了一部分。不要删除应用。服务器上的副本是安全的：你的 { 24 } 个词能把它们找回来，研究人员也能帮忙。
error-in-use = 日记在这台设备的别处打开着。什么也没丢。在那里关掉，再试一次。
error-invitation-unreadable = 这份邀请读不出来。可能少了一部分，或者有的地方输得不一样。什么也没有发出。再复制一次，或者向研究人员要一份新的。
error-invitation-unknown = 研究的服务器不认识这份邀请。什么也没有发出。向研究人员要一份新的。
error-invitation-used = 这份邀请已经在另一部手机上用过。你的日记是安全的。如果不是你用的，请告诉研究人员。他们可以给你一份新的。
error-invitation-expired = 这份邀请太旧了。你的日记是安全的。向研究人员要一份新的。
error-study-key-changed = 服务器上的研究和你邀请上的不是同一个。什么也没有发出。先别继续；告诉邀请你的人。
error-consent-needed = 有一个问题，研究需要你选“是”。什么也没有发出。再看一遍，或者只写私人日记。
error-still-leaving = 你退出的研究还不知道这件事。你写的一切都安全。先连一次网，再打开邀请。
error-already-joined = 这本日记已经参加了一项研究，一次只能参加一项。里面的一切都安全。不用再做什么。
error-server-unreachable = 连不上研究的服务器。你写的一切都在这部手机里，很安全。要发的内容，能发的时候就会发出。
error-server-trouble = 研究的服务器自己出了问题。你写的一切都在这部手机里，很安全。之后会自己再发。
error-study-full = 研究那边没有地方再放你发的内容了。你写的、说的都在这部手机里，很安全。请告诉研究人员。等有了地方，会自己再发。
error-server-garbage = 那个地址上回应的不是研究的服务器。你写的一切都在这部手机里，很安全。如果 Wi-Fi 要求登录，请登录，或者换一个网络。
error-diverged = 服务器上的这本日记比这部手机上的更新。也许手机被恢复到了旧的备份。这部手机里的内容是安全的。再分享之前，请告诉研究人员。
error-server-rolled-back = 服务器丢了一部分内容。它们都在这部手机里，很安全，会自己再发一次。你不用做什么。
error-study-rolled-back = 服务器给出的研究版本比这部手机上的旧。手机保留新的版本，你的日记是安全的。请告诉研究团队，让他们查一查。
error-server-withholds = 你分享的内容，服务器没有全部给研究看。它们都在这部手机里，很安全。请告诉研究人员，让他们查一查。
error-revoked = 这部手机不能再发给研究了。你的日记是安全的，照样能打开。如果你没想到会这样，请问研究人员。
error-phone-unknown = 研究的服务器不认识这部手机了。服务器修复以后可能会这样。你写的一切都在这部手机里，很安全。请告诉研究人员。
error-phone-stopped = 这部手机被你的另一部手机停掉了。你的日记在这里是安全的，可以照常打开。从现在起，你在这里写的只留在这部手机上。如果不是你停的，可能有人知道你的 { 24 } 个词：请告诉研究。
error-other-phone-missing = 你的另一部手机发过的东西，服务器没有全部给出来。这部手机上的都是安全的。请告诉研究，让他们查一查。
error-clock-jumped = 一篇日记在等待的时候，这部手机的时间变了。所以那篇日记改回了私人。请把日期和时间调对。然后可以再选择分享。
error-words-wrong = 这些词不全对。什么也没丢。看看纸上的写法和顺序，再试一次。
error-words-unknown = 那台服务器上没有这些词的日记。什么也没丢。看看地址和纸上的词。
error-words-other = 这些词属于另一本日记。什么也没丢。看看纸上的词，再试一次。
error-words-closed = 这 { 24 } 个词打不开它。什么也没丢。请用密语或 PIN 码。
error-same-secret = 别人知道的就是这个。什么也没有变。换一个。
error-no-outbox = 在这种手机上，应用还不能交出文件。你的日记在这里是安全的。研究服务器上的内容，你的 { 24 } 个词照样能找回来。
error-outbox-read-only = 没法写进放文件的文件夹。你的日记是安全的，那里也没有留下半个文件。看看这部手机的设置，再试一次。
error-outbox-full = 没有放文件的空间了。你的日记是安全的，也没有留下半个文件。腾出一点空间，再试一次。
error-not-a-backup = 这个文件不是日记的备份文件，或者只有开头一段。什么也没丢。选另一个文件，或者再把它复制到这部手机一次。
error-backup-damaged = 这个文件少了一部分，或者在路上变了。你最早保存的那个文件可能还是完整的。再把它复制到这部手机一次，然后再试。
error-backup-newer = 这个文件是更新版本的应用做的。什么也没丢。在这里装上最新版本就能打开。
error-parted = 这本日记还没有连上它的研究。里面的一切都安全。到“我”那一页把它连上，再试一次。
error-entry-unknown = 那篇日记已经不在这里了。其他的日记都安全。返回去看看列表。
error-not-now = 这篇日记现在不能这样做。日记是安全的。返回去看看它在哪里。
error-no-study = 这本日记还没有参加研究。它是安全的，只属于你。要分享日记，请到“我”那一页参加研究。
error-about-the-future = 那一天还没到。你的话都安全。请选今天或以前的一天。
error-entry-empty = 里面还没有文字。什么也没丢。写几个字，再试一次。
error-entry-too-long = 一篇日记放不下这么多。你的话作为草稿保存着。请把一部分移到第二篇里。
error-voice-too-long = 一篇日记最多放这些：十段语音，每段十分钟。在那之前说的话都保存好了。请在另一篇里继续。
error-voice-not-here = 一段语音还在传到这部手机的路上。它是安全的。连上网，等语音到了，再试一次。
error-diary-exists = 这部手机上已经有一本日记。它是安全的。请打开那一本。
error-internal = 应用自己绊了一跤。保存过的都安全。关掉应用再打开；如果还是这样，请告诉研究人员。
