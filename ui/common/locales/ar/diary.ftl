# The diary's words in Arabic. Drafted without a native reader: CONTRIBUTING.md says how to correct them.
#
# Plain modern Arabic that is read alike everywhere. Nobody is addressed as a man or as a woman: actions are verbal nouns
# ("فتح", "رجوع"), advice is "يمكن …" or a verbal noun, and where the English says "you write" it is the writing that is spoken of.
# Numbers are placeables, { 24 }, so that they come in the digits of the reader's own region.

## Everywhere

lock-now = قفل
back = رجوع
next = التالي
try-again = محاولة أخرى
later = لاحقًا
show = إظهار
hide = إخفاء
working = لحظة واحدة…
undo = تراجع

nav-label = الصفحات الرئيسية
nav-today = اليوم
nav-diary = اليوميات
nav-support = الدعم
nav-me = أنا

## Times

day-today = اليوم
day-yesterday = أمس
part-night = ليلًا
part-morning = صباحًا
part-afternoon = بعد الظهر
part-evening = مساءً
moment-now = الآن
moment-today = اليوم { $part }
moment-yesterday = أمس { $part }
moment-weekday = { $weekday } { $part }
moment-soon = بعد قليل
coming-today = اليوم الساعة { $time }
coming-tomorrow = غدًا الساعة { $time }
coming-day = يوم { $day } الساعة { $time }

## First run

welcome-title = مكان لكلماتك أنت
welcome-lead = ما يُكتب هنا مقفل داخل هذا الهاتف. وأنت وحدك من يقرر ما يجوز لغيرك أن يقرأه.
welcome-invitation = لديّ دعوة
welcome-invitation-more = من دراسة قد ترغب في المشاركة فيها.
welcome-private = بدء يوميات خاصة
welcome-private-more = لك وحدك. ويمكن الانضمام إلى دراسة لاحقًا.
welcome-restore = فقدت هاتفي
welcome-restore-more = تعود يومياتك بالكلمات الـ{ 24 } التي لديك.

invitation-title = دعوتك
invitation-label = مكان لصق الرابط أو كتابة النص
invitation-hint = يبدأ بـ ‎waymark://‎ أو هو صف من الحروف والأرقام. لا فرق بين الحروف الكبيرة والصغيرة، والمسافات لا تهم.
invitation-open = فتح الدعوة
invitation-empty = أولًا يوضع رابط الدعوة أو نصها في المربع.

study-run-by = يقوم على هذه الدراسة: { $who }.
study-read-heading = من يقرأ ماذا
study-read-shared = ما تشاركه من التدوينات يمكن أن يقرأه باحثو الدراسة.
study-read-private = ما يبقى خاصًا من التدوينات لا يقرؤه أحد غيرك.
study-read-server = الخادم { $server } يحفظ كل شيء مختومًا. من يشغّلون الخادم ومن صنعوا هذا التطبيق لا يمكنهم قراءة أي شيء.
study-read-seen = يرى الباحثون أن لديك تدوينات خاصة، ومتى كُتبت وطولها التقريبي. ولا يرون كلمة واحدة منها.
study-hold-heading = لك أن تغيّر رأيك
study-hold = التدوينة التي تشاركها تنتظر { $duration } قبل أن تُرسل. وحتى ذلك الحين يمكن إبقاؤها خاصة بلمسة واحدة.
study-hold-none = التدوينة التي تشاركها تُرسل فور توفر الاتصال. ويمكن استرجاعها لاحقًا.
study-later = يمكن ترك الدراسة في أي وقت. وتبقى يومياتك لك.
study-continue = إلى الأسئلة
study-not-for-me = لا تناسبني

consent-title = القرار لك
consent-lead = { $count ->
    [zero] لا توجد أسئلة.
    [one] هناك سؤال واحد. والجواب عائد إليك.
    [two] هناك سؤالان قصيران. والجواب عائد إليك.
    [few] هناك { $count } أسئلة قصيرة. والجواب عائد إليك.
    [many] هناك { $count } سؤالًا قصيرًا. والجواب عائد إليك.
   *[other] هناك { $count } سؤال قصير. والجواب عائد إليك.
  }
consent-required = للانضمام
consent-required-more = الانضمام يحتاج إلى «نعم» هنا.
consent-optional = لك الاختيار
consent-optional-more = يمكن الانضمام بـ«نعم» أو بـ«لا».
consent-yes = نعم
consent-no = لا
consent-earlier = { $count ->
    [zero] لم تكتب أي تدوينة بعد.
    [one] كتبت تدوينة واحدة من قبل. هل تُحفظ نسخة مختومة منها على الخادم أيضًا؟
    [two] كتبت تدوينتين من قبل. هل تُحفظ نسختان مختومتان منهما على الخادم أيضًا؟
    [few] كتبت { $count } تدوينات من قبل. هل تُحفظ نسخ مختومة منها على الخادم أيضًا؟
    [many] كتبت { $count } تدوينة من قبل. هل تُحفظ نسخ مختومة منها على الخادم أيضًا؟
   *[other] كتبت { $count } تدوينة من قبل. هل تُحفظ نسخ مختومة منها على الخادم أيضًا؟
  }
consent-earlier-more = لا يفتح النسخ أحد غيرك. ولا يُشارك شيء منها مع الدراسة.
consent-missing = بعض الأسئلة بلا جواب حتى الآن. يكفي الجواب عن الأسئلة المعلَّمة ثم المتابعة.
consent-unanswered = يلزم اختيار «نعم» أو «لا».
consent-needs-yes = لا تستطيع الدراسة العمل من دون هذا. وإن لم يناسبك ذلك فيمكن الاحتفاظ بيوميات خاصة.
consent-join = الانضمام إلى الدراسة
consent-joining = يجري الانضمام. قد يستغرق ذلك لحظة.
consent-private-instead = يوميات خاصة بدلًا من ذلك

choose-lock-title = اختيار القفل
choose-lock-lead = يُبقي يومياتك مغلقة حين يكون هاتفك في يد غيرك.
choose-lock-kind = كيف تُفتح؟
choose-lock-passphrase = بعبارة سر
choose-lock-passphrase-more = بضع كلمات لا يعرفها غيرك. هذه هي الطريقة الأكثر أمانًا.
choose-lock-pin = برقم سري
choose-lock-pin-more = كتابته سريعة. لكن من ينسخ ملفات هذا الهاتف يستطيع أن يجد الرقم بتجربة كل الأرقام. عبارة السر أكثر أمانًا.
choose-lock-secret-passphrase = عبارة السر
choose-lock-secret-pin = الرقم السري
choose-lock-hint-passphrase = { 8 } حروف أو أكثر. أربع كلمات لا علاقة بينها اختيار جيد.
choose-lock-hint-pin = { 6 } أرقام أو أكثر.
choose-lock-again-passphrase = عبارة السر نفسها مرة أخرى
choose-lock-again-pin = الرقم السري نفسه مرة أخرى
choose-lock-differs = الاثنتان غير متطابقتين بعد. يمكن كتابتهما مرة أخرى، أو رؤيتهما بلمس «إظهار».
choose-lock-short-passphrase = هذه قصيرة بعض الشيء. يلزم { 8 } حروف أو أكثر.
choose-lock-short-pin = يلزم { 6 } أرقام أو أكثر، وأرقام فقط.
choose-lock-done = القفل بهذا
choose-lock-slow = يومياتك في طريق العودة. قد يستغرق ذلك بضع دقائق. يجب أن يبقى التطبيق مفتوحًا.

words-title = كلماتك الـ{ 24 }
words-lead = إذا ضاع هذا الهاتف فهذه الكلمات تعيد يومياتك. ليست عند أحد غيرك، ولا يستطيع أحد إرسالها إليك مرة أخرى.
words-how = تُكتب على ورقة بهذا الترتيب، وتُحفظ الورقة مع الأشياء المهمة. ومن الأفضل عدم تصويرها.
words-list = كلماتك الـ{ 24 } بالترتيب
words-written = كتبتها على ورقة
words-check-title = ثلاث من كلماتك
words-check-lead = للتأكد من أن الورقة صحيحة، تُكتب هنا هذه الكلمات الثلاث كما هي فيها.
words-check-label = الكلمة رقم { $place }
words-check-done = تحقق
words-check-again = رؤية الكلمات مرة أخرى
words-reminder = كلماتك الـ{ 24 } ليست على ورقة بعد. من دونها يعني ضياع الهاتف ضياع اليوميات.
words-reminder-action = كتابتها الآن
words-kept = كلماتك محفوظة على ورقة. ولن يُظهرها الهاتف مرة أخرى.

restore-title = إعادة يومياتك
restore-lead = تُكتب هنا الكلمات الـ{ 24 } من الورقة. ثم يُختار قفل لهذا الهاتف.
restore-words-label = كلماتك الـ{ 24 }
restore-words-hint = بالترتيب، وبين كل كلمتين مسافة.
restore-words-count = { $count ->
    [zero] لا كلمات حتى الآن.
    [one] كلمة واحدة حتى الآن.
    [two] كلمتان حتى الآن.
    [few] { $count } كلمات حتى الآن.
    [many] { $count } كلمة حتى الآن.
   *[other] { $count } كلمة حتى الآن.
  }
restore-server-label = خادم الدراسة
restore-server-hint = عنوانه مكتوب في الدعوة، ويمكن سؤال الدراسة عنه. وهو يشبه ‎https://diary.example.org‎
restore-server-empty = يوضع عنوان خادم الدراسة في المربع.
restore-next = اختيار القفل

## The lock

lock-title = ملاحظات
lock-passphrase = عبارة السر
lock-pin = الرقم السري
lock-open = فتح

## Today

today-write = كتابة
today-write-free = كتابة عن أي شيء
today-draft = كتابة لم تكتمل
today-draft-on = متابعة الكتابة
today-draft-saved = حُفظت { $when }
today-draft-discard = التخلص منها
today-discard-title = التخلص من هذه الكلمات؟
today-discard-more = لا يمكن إعادتها بعد ذلك.
today-discard-yes = التخلص منها
today-discard-no = إبقاؤها
today-event = حدث شيء ما
today-weekly = نظرة إلى الأسبوع
today-busy-title = هناك كتابة لم تكتمل
today-busy-more = يمكن أن تدخل هذه الكلمات إلى اليوميات الآن كتدوينة خاصة. ويمكن متابعتها هناك في أي وقت.
today-busy-keep = وضعها في اليوميات
today-busy-go-on = متابعة كتابتها
today-waiting-heading = في الطريق
today-held = تدوينة { $day } تصل إلى الدراسة { $when }.
today-held-today = تدوينة اليوم تصل إلى الدراسة { $when }.
today-held-yesterday = تدوينة أمس تصل إلى الدراسة { $when }.
today-kept-private = بقيت خاصة. لا يقرؤها أحد غيرك.

sync-no-study = يومياتك على هذا الهاتف.
sync-up-to-date = كل ما كان يجب إرساله قد وصل.
sync-waiting = { $count ->
    [zero] لا تدوينات تنتظر الاتصال.
    [one] تدوينة واحدة تنتظر الاتصال.
    [two] تدوينتان تنتظران الاتصال.
    [few] { $count } تدوينات تنتظر الاتصال.
    [many] { $count } تدوينة تنتظر الاتصال.
   *[other] { $count } تدوينة تنتظر الاتصال.
  }
sync-waiting-none = بعض التغييرات تنتظر الاتصال.
sync-attention = هناك أمر يحتاج إلى نظرة منك.
sync-last = آخر اتصال بالخادم: { $when }.
sync-never = لم يجرِ الاتصال بالخادم بعد.
sync-now = الإرسال والاستلام الآن
sync-running = يجري الاتصال بالخادم…

## Writing

write-label-free = مكان الكتابة
write-free-title = بكلماتك أنت
write-more-title = هل هناك شيء آخر؟
write-more-label = أي شيء آخر من هذا اليوم
write-edit-title = تغيير التدوينة
write-names = الأفضل كتابة الأحرف الأولى أو أسماء مستعارة.
write-step = { $step } من { $of }
write-skip = تخطي
write-done = تم
write-saved = محفوظ
write-unsaved = يُحفظ…
write-not-saved = لم يُحفظ بعد
write-weight = كم كان هذا اليوم ثقيلًا؟
weight-light = خفيف
weight-okay = لا بأس
weight-heavy = ثقيل
weight-not-said = أفضّل ألا أقول
write-about = عن أي يوم هذا؟
write-tags = وسوم
write-tags-hint = كلمة يسهل العثور بها على التدوينة. بعد كل كلمة: «إضافة».
write-tag-add = إضافة
write-tag-remove = إزالة { $tag }
write-empty = لا كلمات هنا بعد. يمكن كتابة بضع كلمات، أو الرجوع إلى «اليوم».

readers-title = من يقرأ هذا؟
readers-only-me = أنا فقط
readers-only-me-more = تبقى خاصة.
readers-study = أنا والدراسة
readers-study-held = تُرسل { $when }. وحتى ذلك الحين يمكن استرجاعها.
readers-study-now = تُرسل عند توفر الاتصال.
readers-again = هذا تغيير في تدوينة، فالاختيار من جديد. وما لدى الدراسة من قبل يبقى كما هو.
readers-done = تم
readers-not-yet = ليس بعد، متابعة الكتابة
readers-choose = يلزم اختيار واحد من الاثنين. وحتى ذلك الحين تبقى عندك.
readers-finished-private = حُفظت. لا يقرؤها أحد غيرك.
readers-finished-study = حُفظت. تُرسل إلى الدراسة { $when }.
readers-finished-now = حُفظت. تُرسل إلى الدراسة عند توفر الاتصال.
readers-finished-alone = حُفظت في يومياتك.

## The diary

diary-title = اليوميات
diary-search = البحث في يومياتك
diary-search-short = بحث
diary-empty = لا شيء هنا بعد. ما يُكتب اليوم سيكون الصفحة الأولى.
diary-found = { $count ->
    [0] لم يُعثر على شيء. يمكن تجربة حروف أقل أو كلمة أخرى.
    [zero] لم يُعثر على شيء. يمكن تجربة حروف أقل أو كلمة أخرى.
    [one] عُثر على تدوينة واحدة.
    [two] عُثر على تدوينتين.
    [few] عُثر على { $count } تدوينات.
    [many] عُثر على { $count } تدوينة.
   *[other] عُثر على { $count } تدوينة.
  }
diary-no-words = بلا كلمات

place-private = خاصة
place-on-this-phone = خاصة، على هذا الهاتف
place-backed-up = خاصة، ومنها نسخة مختومة على الخادم
place-held = تُرسل إلى الدراسة { $when }
place-waiting = تنتظر الاتصال
place-with-study = لدى الدراسة
place-withdrawing = استُرجعت. تُبلَّغ الدراسة عند الاتصال القادم
place-withdrawn = استُرجعت من الدراسة

entry-written = كُتبت { $when }
entry-no-text = لا كلمات في هذه التدوينة.
entry-share = مشاركتها مع الدراسة
entry-keep-private = إبقاؤها خاصة
entry-withdraw = استرجاعها
entry-edit = تغييرها
entry-earlier = النسخ السابقة
entry-earlier-one = كما كانت { $when }
entry-tags = الوسوم: { $tags }
entry-weight = كان اليوم: { $weight }
entry-shared = تُرسل إلى الدراسة { $when }.
entry-shared-now = تُرسل إلى الدراسة عند توفر الاتصال.
entry-kept = تبقى خاصة.
entry-withdrawn = استُرجعت. ونسختك أنت تبقى هنا.
entry-withdraw-title = استرجاعها من الدراسة؟
entry-withdraw-more = تُتلف نسخة الدراسة عند الاتصال القادم، ويُطلب من الباحثين إخراجها من عملهم. ونسختك أنت تبقى هنا. أما الكلمات التي قرأها أحد فلا يمكن محوها من ذاكرته.
entry-withdraw-yes = استرجاعها
entry-withdraw-no = تركها كما هي

## Support

support-title = الدعم
support-lead = لا أحد يقرأ هذه اليوميات وقت كتابتها. عند الحاجة إلى أحد الآن، يمكن الاتصال.
support-none = لا توجد هنا أرقام من دراسة.
support-emergency = عند الخطر الآن: رقم الطوارئ المحلي.
support-call = اتصال: { $name }، { $tel }

## Me

me-title = أنا
me-sync = الإرسال والاستلام
me-study = الدراسة
me-study-server = الخادم: { $server }
me-study-hold = التدوينة المشاركة تنتظر { $duration } قبل أن تُرسل.
me-study-hold-none = التدوينة المشاركة تُرسل فور توفر الاتصال.
me-agreed = ما وافقت عليه
me-agreed-yes = نعم:
me-agreed-no = لا:
me-no-study = هذه اليوميات لك وحدك. ويمكن الانضمام إلى دراسة عند وصول دعوة.
me-join = لديّ دعوة
me-words = كلمات الاسترجاع
me-words-show = إظهار كلماتي الـ{ 24 }
me-lock = القفل
me-lock-passphrase = تُفتح بعبارة السر.
me-lock-pin = تُفتح بالرقم السري. وعبارة السر أكثر أمانًا.
me-lock-now = قفل الآن
me-looks = المظهر: اللغة وحجم النص والإضاءة

## How it looks

looks-title = المظهر
looks-language = اللغة
looks-phone = مثل هذا الهاتف
looks-text = حجم النص
looks-text-usual = عادي
looks-text-larger = أكبر
looks-text-large = أكبر بكثير
looks-text-largest = الأكبر
looks-theme = فاتح أم داكن
looks-theme-light = فاتح
looks-theme-dark = داكن
looks-not-kept = لم يستطع هذا الهاتف حفظ اختيارك. وهو باقٍ حتى إغلاق التطبيق. بعد إفراغ بعض المساحة في الهاتف يمكن الاختيار مرة أخرى.

## When something stands in the way: what happened, what is safe, what to do

error-locked = اليوميات مقفلة. كل ما فيها محفوظ. يلزم فتحها للمتابعة.
error-wrong-passphrase = { $lock ->
    [pin] هذا الرقم السري لا يفتحها. لم يضع شيء. يمكن مراجعة الأرقام والمحاولة مرة أخرى.
   *[passphrase] هذه العبارة لا تفتحها. لم يضع شيء. الحروف الكبيرة والمسافات لها أثر؛ يمكن لمس «إظهار» والمحاولة مرة أخرى.
  }
error-weak-secret = هذا أقصر من أن يحفظ يومياتك. لم يضع شيء. يلزم { 8 } حروف أو أكثر، أو رقم سري من { 6 } أرقام أو أكثر.
error-disk-full = لم تبقَ مساحة في هذا الهاتف. ما حُفظ من قبل سليم. تبقى هذه الصفحة مفتوحة، وبعد إفراغ بعض المساحة يُحفظ الباقي وحده.
error-read-only = لا يسمح هذا الهاتف بالكتابة في اليوميات. ما حُفظ من قبل سليم. تبقى هذه الصفحة مفتوحة، ويُغلق غيرها من التطبيقات.
error-newer-file = كُتبت هذه اليوميات بنسخة أحدث من التطبيق. لم يضع شيء. تُفتح بعد تحديث التطبيق إلى أحدث نسخة.
error-damaged = جزء من الملف على هذا الهاتف تالف. يجب عدم حذف التطبيق. النسخ على الخادم سليمة: كلماتك الـ{ 24 } تستطيع إعادتها، والدراسة تستطيع المساعدة.
error-in-use = اليوميات مفتوحة في مكان آخر على هذا الجهاز. لم يضع شيء. يلزم إغلاقها هناك ثم المحاولة مرة أخرى.
error-invitation-unreadable = لا يمكن قراءة هذه الدعوة. ربما نقص جزء منها أو كُتب بشكل مختلف. لم يُرسل شيء. يمكن نسخها مرة أخرى، أو طلب دعوة جديدة من الدراسة.
error-invitation-unknown = لا يعرف خادم الدراسة هذه الدعوة. لم يُرسل شيء. يمكن طلب دعوة جديدة من الدراسة.
error-invitation-used = استُعملت هذه الدعوة على هاتف آخر. يومياتك سليمة. إن لم يكن ذلك منك فمن المهم إبلاغ الدراسة. يمكنهم إعطاؤك دعوة جديدة.
error-invitation-expired = هذه الدعوة قديمة جدًا. يومياتك سليمة. يمكن طلب دعوة جديدة من الدراسة.
error-study-key-changed = يُظهر الخادم دراسة غير التي في دعوتك. لم يُرسل شيء. من الأفضل التوقف هنا وإبلاغ من وجّه إليك الدعوة.
error-consent-needed = تحتاج الدراسة إلى «نعم» عن أحد الأسئلة. لم يُرسل شيء. يمكن النظر فيها مرة أخرى، أو الاحتفاظ بيوميات خاصة.
error-already-joined = هذه اليوميات منضمة إلى دراسة من قبل. كل ما فيها محفوظ. لا يلزم شيء آخر.
error-server-unreachable = لا يمكن الوصول إلى خادم الدراسة. كل ما كتبته محفوظ على هذا الهاتف وسيُرسل عندما يمكن ذلك.
error-server-trouble = لدى خادم الدراسة مشكلة خاصة به. كل ما كتبته محفوظ على هذا الهاتف وسيُرسل مرة أخرى وحده.
error-server-garbage = ما يجيب عند هذا العنوان ليس خادم الدراسة. كل ما كتبته محفوظ على هذا الهاتف. قد تطلب شبكة الواي فاي تسجيل الدخول، أو يمكن تجربة اتصال آخر.
error-diverged = يعرف الخادم من هذه اليوميات أكثر مما يعرفه هذا الهاتف. ربما أُعيد الهاتف إلى نسخة قديمة. ما على هذا الهاتف سليم. يلزم إبلاغ الدراسة قبل مشاركة المزيد.
error-server-rolled-back = فقد الخادم بعض ما كان لديه. كل ذلك محفوظ على هذا الهاتف ويُرسل مرة أخرى وحده. لا يلزمك فعل شيء.
error-server-withholds = لم يُظهر الخادم للدراسة كل ما شاركته. كل ذلك محفوظ على هذا الهاتف. من المهم إبلاغ الدراسة لكي تنظر في الأمر.
error-revoked = لم يعد يُسمح لهذا الهاتف بالإرسال إلى الدراسة. يومياتك سليمة وتُفتح كما من قبل. يمكن سؤال الدراسة إن لم يكن ذلك متوقعًا.
error-clock-jumped = تغيّرت ساعة هذا الهاتف أثناء انتظار تدوينة. لذلك تبقى التدوينة خاصة. يلزم ضبط التاريخ والوقت. ثم يمكن اختيار مشاركتها من جديد.
error-words-wrong = إحدى الكلمات غير صحيحة. لم يضع شيء. يمكن مراجعة الإملاء والترتيب على الورقة ثم المحاولة مرة أخرى.
error-words-unknown = ليس لدى هذا الخادم يوميات لهذه الكلمات. لم يضع شيء. يمكن مراجعة العنوان والكلمات على الورقة.
error-entry-unknown = لم تعد هذه التدوينة هنا. بقية يومياتك سليمة. يمكن الرجوع والنظر في القائمة.
error-not-now = لا يمكن ذلك مع هذه التدوينة كما هي الآن. التدوينة سليمة. يمكن الرجوع لرؤية مكانها.
error-no-study = لم تنضم هذه اليوميات إلى دراسة بعد. هي محفوظة، وهي لك وحدك. لمشاركة تدوينة يلزم الانضمام إلى دراسة من صفحة «أنا».
error-about-the-future = ذلك اليوم لم يأتِ بعد. كلماتك محفوظة. يمكن اختيار اليوم أو يوم قبله.
error-entry-empty = لا كلمات فيها بعد. لم يضع شيء. يمكن كتابة بضع كلمات ثم المحاولة مرة أخرى.
error-entry-too-long = هذا أكثر مما تتسع له تدوينة واحدة. كلماتك محفوظة كمسودة. يمكن نقل جزء منها إلى تدوينة ثانية.
error-diary-exists = هناك يوميات على هذا الهاتف من قبل. وهي سليمة. يمكن فتحها بدلًا من ذلك.
error-internal = تعثّر التطبيق من تلقاء نفسه. ما حُفظ سليم. يمكن إغلاق التطبيق وفتحه من جديد؛ وإن بقي الحال هكذا فمن المهم إبلاغ الدراسة.
