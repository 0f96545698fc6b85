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
list-comma = {"، "}

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
moment-now = قبل قليل
moment-today = اليوم { $part }
moment-yesterday = أمس { $part }
moment-weekday = { $weekday } { $part }
moment-soon = بعد قليل
moment-exact = { $day }، { $time }
coming-today = اليوم الساعة { $time }
coming-tomorrow = غدًا الساعة { $time }
coming-day = يوم { $day } الساعة { $time }

## First run

welcome-title = مكان لكلماتك أنت
welcome-lead = ما يُكتب هنا مقفل داخل هذا الهاتف. وأنت وحدك من يقرر ما يجوز لغيرك أن يقرأه.
welcome-invitation = لديّ دعوة
welcome-invitation-more = من دراسة قد تهمك المشاركة فيها.
welcome-private = بدء يوميات خاصة
welcome-private-more = لك وحدك. ويمكن الانضمام إلى دراسة لاحقًا.
welcome-restore = فقدت هاتفي
welcome-restore-more = تعود يومياتك بالكلمات الـ{ 24 } التي لديك.
welcome-backup = لديّ ملف نسخة احتياطية
welcome-backup-more = تعود يومياتك من ملف حُفظ من قبل.
welcome-other = لديّ يوميات هنا من قبل

invitation-title = دعوتك
invitation-label = مكان لصق الرابط أو كتابة النص
invitation-hint = يبدأ بـ ‎waymark://‎ أو ‎https://‎ أو هو صف من الحروف والأرقام. لا فرق بين الحروف الكبيرة والصغيرة، والمسافات لا تهم.
invitation-open = فتح الدعوة
invitation-empty = أولًا يوضع رابط الدعوة أو نصها في المربع.

study-run-by = القائمون على هذه الدراسة: { $who }.
study-read-heading = من يقرأ ماذا
study-read-shared = ما يُشارَك من التدوينات يمكن أن يقرأه باحثو الدراسة.
study-read-private = ما يبقى خاصًا من التدوينات لا يقرؤه أحد غيرك.
study-read-server = الخادم { $server } يحفظ كل شيء مختومًا. من يشغّلون الخادم ومن صنعوا هذا التطبيق لا يمكنهم قراءة أي شيء.
study-read-seen = يرى الباحثون أن لديك تدوينات خاصة، ومتى كُتبت وطولها التقريبي. ولا يرون كلمة واحدة منها.
study-hold-heading = لك أن تغيّر رأيك
study-hold = التدوينة المشارَكة تنتظر { $duration } قبل أن تُرسل. وحتى ذلك الحين يمكن إبقاؤها خاصة بلمسة واحدة.
study-hold-none = التدوينة المشارَكة تُرسل فور توفر الاتصال. ويمكن استرجاعها لاحقًا.
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
read-aloud = القراءة بصوت مسموع
read-aloud-not = لا يستطيع هذا الهاتف القراءة الآن.
consent-needs-yes = لا يمكن الانضمام إلى الدراسة من دون «نعم» هنا. وإن لم يناسبك ذلك فيمكن الاحتفاظ بيوميات خاصة.
consent-join = الانضمام إلى الدراسة
consent-join-locked = الانضمام، ثم اختيار قفل
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
words-lead-alone = هذه الكلمات تفتح اليوميات إذا نُسي القفل، وتفتح ملف نسختها الاحتياطية أيضًا. ليست عند أحد غيرك، ولا يستطيع أحد إرسالها إليك مرة أخرى.
words-how = تُكتب على ورقة بهذا الترتيب، وتُحفظ الورقة مع الأشياء المهمة. ومن الأفضل عدم تصويرها.
words-list = كلماتك الـ{ 24 } بالترتيب
words-written = كتبتها على ورقة
words-check-title = ثلاث من كلماتك
words-check-lead = للتأكد من أن الورقة صحيحة، تُكتب هنا هذه الكلمات الثلاث كما هي فيها.
words-check-label = الكلمة رقم { $place }
words-check-done = تحقق
words-check-again = رؤية الكلمات مرة أخرى
words-reminder = كلماتك الـ{ 24 } ليست على ورقة بعد. من دونها يعني ضياع الهاتف ضياع اليوميات.
words-reminder-alone = كلماتك الـ{ 24 } ليست على ورقة بعد. هي ما يفتح اليوميات إذا نُسي القفل.
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
restore-words-number = يلزم إدخال { 24 } كلمة. لم يُفقد شيء. يمكن مراجعة الورقة: ربما تنقص كلمة أو كُتبت كلمة مرتين.
restore-server-label = خادم الدراسة
restore-server-hint = عنوانه مكتوب في الدعوة، ويمكن سؤال الدراسة عنه. وهو يشبه ‎https://{"\u200B"}diary{"\u200B"}.example{"\u200B"}.org‎
restore-server-empty = يوضع عنوان خادم الدراسة في المربع.
restore-next = اختيار القفل

## The lock

lock-title = ملاحظات
lock-passphrase = عبارة السر
lock-pin = الرقم السري
lock-open = فتح
lock-forgot = { $lock ->
    [pin] نسيت الرقم السري
   *[passphrase] نسيت عبارة السر
  }
forgot-title = فتح اليوميات بكلماتك الـ{ 24 }
forgot-lead = تُكتب هنا الكلمات الـ{ 24 } من الورقة. ثم يُختار قفل جديد. لا يتغير شيء في يومياتك.
lock-other = ملاحظات شخص آخر
diaries-title = اليوميات على هذا الهاتف
diaries-lead = لكل يوميات شخص واحد يكتبها وقفل خاص بها. قفلك يفتح يومياتك وحدها.
diaries-one = يوميات رقم { $number }
diaries-front = التي كنت فيها
diaries-new = بدء يوميات أخرى
diaries-full = في الهاتف الواحد مكان لعدد { $most } من اليوميات.

## Today

today-write = كتابة
today-write-free = كتابة عن أي شيء
today-draft = كتابة لم تكتمل
today-draft-on = متابعة الكتابة
today-draft-saved = حُفظت { $when }
today-draft-discard = التخلص من هذه الكلمات
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
today-clock-moved = تغيّرت ساعة هذا الهاتف. لذلك تبقى هذه التدوينة خاصة. يلزم ضبط التاريخ والوقت، ثم الاختيار من جديد.
today-kept-private = بقيت خاصة. لا يقرؤها أحد غيرك.
today-reminder = التذكير التالي: { $when }

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
sync-waiting-none = بعض التغييرات في انتظار الإرسال.
sync-fetching = بعض التسجيلات الصوتية ما زال في الطريق إلى هذا الهاتف.
sync-attention = هناك أمر يحتاج إلى نظرة منك.
sync-last = آخر اتصال بالخادم: { $when }.
sync-never = لم يجرِ الاتصال بالخادم بعد.
sync-now = الإرسال والاستلام الآن
sync-running = يجري الاتصال بالخادم…
voice-waiting = { $count ->
    [zero] لا تسجيلات صوتية تنتظر إذنك.
    [one] تسجيل صوتي واحد ينتظر إذنك.
    [two] تسجيلان صوتيان ينتظران إذنك.
    [few] { $count } تسجيلات صوتية تنتظر إذنك.
    [many] { $count } تسجيلًا صوتيًا تنتظر إذنك.
   *[other] { $count } تسجيل صوتي تنتظر إذنك.
  }
voice-let-go = إرسال التسجيلات الصوتية وجلبها الآن
voice-wait = التسجيلات الصوتية تنتظر إذني
voice-wait-more = الكلمات المكتوبة تُرسل دائمًا. يفيد هذا حيث تكلّف البيانات مالًا.

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
write-no-room = لم تبقَ مساحة في هذا الهاتف. ما حُفظ من قبل سليم. تبقى هذه الصفحة مفتوحة، وبعد إفراغ بعض المساحة يُحفظ الباقي وحده.
write-weight = كم كان هذا اليوم ثقيلًا؟
weight-light = خفيف
weight-okay = لا بأس
weight-heavy = ثقيل
weight-not-said = أفضّل ألا أقول
write-about = عن أي يوم هذا؟
write-about-far = يلزم اختيار يوم من { $from } إلى اليوم.
write-tags = وسوم
write-tags-hint = كلمة يسهل العثور بها على التدوينة. بعد كل كلمة: «إضافة».
write-tags-full = في التدوينة مكان لـ{ $most } وسم. بعد إزالة واحد منها يمكن إضافة غيره.
write-tag-add = إضافة
write-tag-remove = إزالة { $tag }
write-empty = لا كلمات هنا بعد. يمكن كتابة بضع كلمات، أو الرجوع إلى «اليوم».

## Voice notes

voice-say = تسجيل بالصوت
voice-new = تسجيل صوتي جديد
voice-asking = هل يجوز للتطبيق أن يسمع؟
voice-recording = يُسجَّل الآن
voice-paused = متوقف مؤقتًا
voice-keeping = يُحفظ…
voice-pause = إيقاف مؤقت
voice-go-on = متابعة
voice-stop = إنهاء
voice-discard = التخلص منه
voice-discard-title = التخلص من هذا التسجيل؟
voice-discard-more = ما قيل فيه لا يمكن إعادته.
voice-discard-more-edit = النسخ السابقة من التدوينة تُبقي ما فيها. أما ما قيل الآن فلا يمكن إعادته.
voice-discard-yes = التخلص منه
voice-discard-no = إبقاؤه
voice-keep-so-far = إبقاء ما حُفظ حتى الآن
voice-note = تسجيل صوتي { $number }
voice-play = تشغيل التسجيل الصوتي { $number }، { $length }
voice-pause-note = إيقاف التسجيل الصوتي { $number } مؤقتًا
voice-place = الموضع في التسجيل الصوتي { $number }
voice-place-of = { $at } من { $length }
voice-remove = التخلص من التسجيل الصوتي { $number }
voice-cut = توقف التسجيل مبكرًا. ما قيل حتى ذلك الحين موجود هنا.
voice-silent = لا يمكن تشغيله الآن. هو محفوظ في يومياتك. يمكن المحاولة مرة أخرى لاحقًا.
voice-not-here = هناك تسجيل صوتي مدته { $length } ليس على هذا الهاتف بعد. يأتي حين يكون لدى الخادم.
voice-refused = لا يجوز للتطبيق استعمال الميكروفون. يمكن متابعة الكتابة. وللتسجيل يلزم السماح لهذا التطبيق بالميكروفون في إعدادات الهاتف.
voice-none = لا يوجد ميكروفون هنا. يمكن متابعة الكتابة.
voice-taken = هناك شيء آخر يستعمل الميكروفون. يمكن إغلاقه ثم لمس «تسجيل بالصوت» مرة أخرى، أو متابعة الكتابة.
voice-switched-off = أُغلق الميكروفون. ما قيل حتى ذلك الحين محفوظ.
voice-full-length = مرّت عشر دقائق، وهي أطول مدة لتسجيل واحد. كلها محفوظة. للمتابعة يمكن لمس «تسجيل بالصوت» مرة أخرى.
voice-count = { $count ->
    [zero] لا تسجيلات صوتية
    [one] تسجيل صوتي
    [two] تسجيلان صوتيان
    [few] { $count } تسجيلات صوتية
    [many] { $count } تسجيلًا صوتيًا
   *[other] { $count } تسجيل صوتي
  }

# Words that could tell who somebody is. Kind, then the words themselves.
cue-name = الأفضل الأحرف الأولى: «{ $text }»
cue-phone = رقم هاتف: «{ $text }»
cue-email = عنوان بريد إلكتروني: «{ $text }»
cue-address = عنوان: «{ $text }»
cue-birth-date = تاريخ ميلاد: «{ $text }»
cue-fine = لا بأس بهذا
cue-is-fine = لن يُسأل بعد الآن عن «{ $text }».
cue-still = { $kind ->
    [phone] رقم هاتف؟
    [email] عنوان بريد إلكتروني؟
    [address] عنوان؟
    [birth-date] تاريخ ميلاد؟
   *[name] أسماء؟
  } { $more ->
    [0] ما زال هناك «{ $text }».
    [zero] ما زال هناك «{ $text }».
    [one] ما زال هناك «{ $text }» وشيء واحد غير ذلك.
    [two] ما زال هناك «{ $text }» وشيئان غير ذلك.
    [few] ما زال هناك «{ $text }» و{ $more } أشياء غير ذلك.
    [many] ما زال هناك «{ $text }» و{ $more } شيئًا غير ذلك.
   *[other] ما زال هناك «{ $text }» و{ $more } شيء غير ذلك.
  }
cue-look-again = نظرة أخرى

readers-title = من يقرأ هذا؟
readers-only-me = أنا فقط
readers-only-me-more = تبقى خاصة.
readers-study = أنا والدراسة
readers-study-held = تُرسل { $when }. وحتى ذلك الحين يمكن إبقاؤها خاصة.
readers-study-now = تُرسل عند توفر الاتصال.
readers-again = هذا تغيير في تدوينة، فالاختيار من جديد. وما لدى الدراسة من قبل يبقى كما هو.
readers-voice = { $count ->
    [zero] لا تسجيلات صوتية معها.
    [one] يذهب معها تسجيلك الصوتي.
    [two] يذهب معها تسجيلاك الصوتيان.
    [few] تذهب معها تسجيلاتك الصوتية.
    [many] تذهب معها تسجيلاتك الصوتية.
   *[other] تذهب معها تسجيلاتك الصوتية.
  }
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
diary-apart = نسختان من هاتفين
diary-calendar = التقويم
diary-narrow = العلامات والوسوم
diary-more = إظهار المزيد
diary-empty-month = لا شيء في هذا الشهر.
narrowed-label = لا يظهر إلا هذا
narrowed-let-go = { $choice } فقط. باللمس يظهر الباقي أيضًا.

calendar-label = التقويم
calendar-month = الشهر
calendar-month-count = { $month } ({ $count })
calendar-earlier = الرجوع إلى { $month }
calendar-no-earlier = لا شيء قبل هذا الشهر
calendar-later = التقدم إلى { $month }
calendar-no-later = لا شيء بعد هذا الشهر
calendar-day = { $count ->
    [0] { $day }، لم يُكتب شيء
    [zero] { $day }، لم يُكتب شيء
    [one] { $day }، تدوينة واحدة
    [two] { $day }، تدوينتان
    [few] { $day }، { $count } تدوينات
    [many] { $day }، { $count } تدوينة
   *[other] { $day }، { $count } تدوينة
  }

marks-title = أخذها معي
mark-interview = أخذها إلى المقابلة
mark-supervision = أخذها إلى جلسة الإشراف
marks-more = هذه العلامات لك.
marks-more-study = هذه العلامات لك. لا تراها الدراسة أبدًا، حتى إن كانت التدوينة لديها.

mark-talk = للحديث عنها مع الدراسة
talk-title = للمقابلة
talk-tell = إخبار الدراسة بالرغبة في الحديث عن هذا
talk-more = هذه التدوينة لدى الدراسة. لا تعرف الدراسة بالرغبة في الحديث عنها، ولا تعرف بها إلا باختيار ذلك هنا.
talk-told = تُخبَر الدراسة بالرغبة في الحديث عن هذا، ولا تُخبَر بشيء آخر. يمكن التراجع في أي وقت.
talk-not-yet = عند مشاركة هذه التدوينة، يمكن أيضًا إخبار الدراسة بالرغبة في الحديث عنها. لا تُخبَر الدراسة بشيء قبل أن تكون التدوينة لديها.

tags-title = الوسوم
tags-all = كل الوسوم، وعددها { $count }
tags-find = البحث عن وسم
tags-none = لا وسم فيه هذه الحروف.
tags-more = { $count ->
    [zero] لا وسوم أخرى.
    [one] هناك وسم آخر. تكفي كتابة بضعة حروف للعثور عليه.
    [two] هناك وسمان آخران. تكفي كتابة بضعة حروف للعثور على أحدهما.
    [few] هناك { $count } وسوم أخرى. تكفي كتابة بضعة حروف للعثور على أحدها.
    [many] هناك { $count } وسمًا آخر. تكفي كتابة بضعة حروف للعثور على أحدها.
   *[other] هناك { $count } وسم آخر. تكفي كتابة بضعة حروف للعثور على أحدها.
  }

place-private = خاصة
place-on-this-phone = خاصة، على هذا الهاتف
place-backed-up = خاصة، ومنها نسخة مختومة على الخادم
place-held = تُرسل إلى الدراسة { $when }
place-waiting = تنتظر الاتصال
place-with-study = لدى الدراسة
place-withdrawing = استُرجعت. تُبلَّغ الدراسة عند الاتصال القادم
place-withdrawn = استُرجعت من الدراسة
place-earlier = لدى الدراسة نسخة سابقة

entry-written = كُتبت { $when }
entry-no-text = لا كلمات في هذه التدوينة.
entry-share = مشاركتها مع الدراسة
entry-keep-private = إبقاؤها خاصة
entry-withdraw = استرجاعها
entry-withdraw-earlier = استرجاع النسخة السابقة
entry-edit = تغييرها
entry-earlier = النسخ السابقة
entry-versions = النسخ
entry-apart = نسختان من هاتفين
entry-apart-more = كُتبتا حين لم يكن أيٌّ من الهاتفين يعرف عن الآخر شيئًا. والنسختان محفوظتان.
entry-apart-one = كُتبت { $when } على { $phone }
entry-compare = مقارنة نسختين
compare-first = النسخة الأولى
compare-second = النسخة الثانية
compare-removed = أُزيل:{" "}
compare-added = جديد:{" "}
compare-nothing = لا شيء هنا
compare-too-long = هاتان النسختان أطول من أن تُقارنا كلمة كلمة. لذلك تظهر كل منهما كاملة.
version-now = { $when } (الأحدث)
version-phone = { $version }، من { $phone }
phone-this = هذا الهاتف
phone-other = هاتف آخر
phone-other-number = هاتف آخر ({ $number })
phone-unknown = هاتف ما
entry-tags = الوسوم: { $tags }
entry-weight = كان اليوم: { $weight }
entry-shared = تُرسل إلى الدراسة { $when }.
entry-shared-now = تُرسل إلى الدراسة عند توفر الاتصال.
entry-kept = تبقى خاصة.
entry-withdrawn = استُرجعت. ونسختك أنت تبقى هنا.
entry-withdraw-title = استرجاعها من الدراسة؟
entry-withdraw-more = تُتلف نسخة الدراسة عند الاتصال القادم، ويُطلب من الباحثين إخراجها من عملهم. ونسختك أنت تبقى هنا. أما الكلمات التي قرأها أحد فلا يمكن محوها من ذاكرته.
entry-withdraw-yes = استرجاعها
entry-withdraw-no = تركها هناك
entry-delete = حذفها
entry-delete-study = حذفها من كل مكان
entry-delete-title = حذف هذه التدوينة؟
entry-delete-study-title = حذف هذه التدوينة من كل مكان؟
entry-delete-more = تُحذف من هذا الهاتف بكل نسخها. ولا يمكن إعادتها.
entry-delete-study-more = تُحذف من يومياتك الآن بكل نسخها. وتُتلف النسخ على الخادم ولدى الدراسة عند الاتصال القادم، ويُطلب من الباحثين إخراجها من عملهم. ولا يمكن إعادتها، ولا حتى بكلماتك الـ{ 24 }. أما الكلمات التي قرأها أحد فلا يمكن محوها من ذاكرته.
entry-delete-no = إبقاؤها
entry-deleted = حُذفت.
entry-deleted-study = حُذفت هنا. ويُبلَّغ الخادم والدراسة عند الاتصال القادم.

## Support

support-title = الدعم
support-lead = لا أحد يقرأ هذه اليوميات وقت كتابتها.
support-call-someone = عند الحاجة إلى أحد الآن، يمكن الاتصال.
support-none = لا توجد هنا أرقام من دراسة.
support-emergency = عند الخطر الآن: رقم الطوارئ المحلي.
support-call = اتصال: { $name }، { $tel }
support-copy = نسخ الرقم
support-copy-of = نسخ رقم { $name }، { $tel }
support-copied = نُسخ.
support-copy-by-hand = يُنسخ الرقم بإبقاء الإصبع عليه.
support-own = إضافة أشخاص من عندك أو تغييرهم

contacts-title = أشخاصك
contacts-lead = من يمكنك الاتصال بهم حين تصعب الأمور. لا ترى الدراسة هذه القائمة أبدًا.
contacts-is-sealed = لا يظهر إلا واليوميات مفتوحة.
contacts-is-shown = يظهر واليوميات مقفلة أيضًا.
contacts-change = تغيير
contacts-change-of = تغيير { $name }
contacts-remove = حذف
contacts-remove-of = حذف { $name }
contacts-add = إضافة شخص
contacts-full = عشرة أشخاص هم الحد الأقصى. حذف واحد منهم يتيح إضافة غيره.
contacts-name = الاسم
contacts-tel = رقم الهاتف
contacts-while-locked = الإظهار واليوميات مقفلة أيضًا
contacts-while-locked-more = عندئذ يستطيع كل من يمسك بهذا الهاتف قراءة الاسم والرقم.
contacts-name-empty = يوضع اسم هنا.
contacts-tel-wrong = يوضع رقم هاتف هنا. فيه أرقام، وقد تكون فيه علامة + ومسافات.
contacts-keep = حفظ
contacts-not = عدم الحفظ

## Me

me-title = أنا
me-sync = الإرسال والاستلام
me-study = الدراسة
me-study-open = عن الدراسة، وعن تركها
me-phones = هواتفي
me-study-left = تركت هذه الدراسة { $when }.
me-study-asks = لدى الدراسة سؤال جديد لك.
me-no-study = هذه اليوميات لك وحدك. ويمكن الانضمام إلى دراسة عند وصول دعوة.
me-join = لديّ دعوة
me-words = كلمات الاسترجاع
me-words-show = إظهار كلماتي الـ{ 24 }
me-fine = كلمات لا يُسأل عنها
me-fine-more = قلت إن هذه الكلمات ليست مما يدل على أحد، فلا يُسأل عنها. بلمس واحدة منها يعود السؤال عنها.
me-fine-remove = عودة السؤال عن { $word }
me-lock = القفل
me-lock-passphrase = تُفتح يومياتك بعبارة السر.
me-lock-pin = تُفتح يومياتك بالرقم السري. وعبارة السر أكثر أمانًا.
me-lock-now = قفل الآن
me-looks = المظهر: اللغة وحجم النص والإضاءة

## Reminders

reminder-text = حان وقت ملاحظاتك
reminders-title = التذكيرات
reminders-none = على هذا الجهاز لا يستطيع التطبيق إظهار التذكيرات.
reminders-how = تأتي التذكيرات والتطبيق يعمل، مفتوحًا أو مقفلًا. وحين يكون التطبيق مغلقًا لا يستطيع هذا الجهاز التذكير.
reminders-on = تشغيل التذكيرات
reminders-one = التذكير { $number }
reminders-time = الوقت
reminders-days = الأيام
reminders-a-day = يحتاج التذكير إلى يوم واحد. يمكن اختيار يوم آخر أولًا، أو إزالة التذكير.
reminders-remove = إزالته
reminders-add = إضافة تذكير
reminders-says = لا يقول التذكير إلا هذا
reminders-test = إظهار تذكير الآن
reminders-shown = ظهر التذكير للتو. إن لم يكن مرئيًا فيمكن النظر في إعدادات الإشعارات على هذا الجهاز.
reminders-not-shown = لم يُظهره هذا الجهاز. يمكن النظر في إعدادات الإشعارات ثم محاولة أخرى.

## Time off

off-title = إجازة
off-lead = لا أسئلة ولا تذكيرات. والكتابة ممكنة في أي وقت.
off-study = ترى الدراسة أول يوم وآخر يوم، ويوم العودة. ولا ترى السبب أبدًا.
off-untold = لا تعرف الدراسة بهذا بعد. بعد حفظ الأيام ترى أول يوم وآخر يوم. ولا ترى السبب أبدًا.
off-from = أول يوم
off-until = آخر يوم
off-until-hint = يمكن ترك آخر يوم فارغًا إن لم يكن معروفًا بعد.
off-note = ملاحظة لنفسك
off-note-hint = لا يقرؤها أحد غيرك.
off-order = آخر يوم يأتي قبل أول يوم. يلزم تغيير أحدهما.
off-over = آخر يوم قد مضى. يلزم يوم بعده، أو تركه فارغًا.
off-missing = يلزم اختيار أول يوم.
off-far = هذه الأيام بعيدة جدًا. يمكن أن يكون أول يوم قبل شهر على الأكثر، وأن يكون اليومان خلال سنتين من الآن.
off-take = أخذ إجازة
off-keep = حفظ هذه الأيام
off-change = تغيير الإجازة
off-taken = حُفظت إجازتك.
off-now = إجازة حتى { $day }
off-now-open = أنت في إجازة
off-coming = تبدأ الإجازة يوم { $day }
off-back = انتهت إجازتي
off-call = إلغاء الإجازة
off-welcome = أهلًا بعودتك.
off-called = أُلغيت إجازتك.
off-past = إجازات سابقة
off-range = من { $from } إلى { $to }

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

## هواتف الشخص الواحد

phone-new = أُضيف هاتف آخر إلى يومياتك يوم { $day }.
phone-new-title = هل كان ذلك منك؟
phone-new-more = تلزم كلماتك الـ{ 24 } لإضافة هاتف، وبعدها يمكنه قراءة يومياتك كلها.
phone-mine = نعم، كان ذلك مني
phone-not-mine = لا، إيقاف ذلك الهاتف
phone-mine-done = حسنًا. هو أحد هواتفك.
phones-title = هواتفي
phones-lead = ما يُكتب على أحد هواتفك يصل إلى الهواتف الأخرى أيضًا.
phones-this = هذا الهاتف
phones-other = هاتف آخر
phone-joined = أُضيف { $day }.
phone-heard = آخر ما وصل منه: { $when }.
phone-silent = لم يصل منه شيء بعد.
phone-stopped = أُوقف. لا يصل إليه شيء ولا يصل منه شيء بعد الآن.
phone-stop = إيقاف ذلك الهاتف
stop-title = إيقاف ذلك الهاتف
stop-lead = ما وصل منه يبقى في يومياتك. ومن الآن لا يصل إليه جديد، ولا يُحسب ما يرسله.
stop-can-read = ما هو عليه الآن يمكن أن يقرأه هناك من يستطيع فتح قفله.
stop-words = إن لم تكن إضافة ذلك الهاتف منك، فربما كلماتك الـ{ 24 } لدى شخص آخر: من المهم إبلاغ الدراسة.
stop-action = إيقاف ذلك الهاتف
stop-done = أُوقف ذلك الهاتف.

## The study, as somebody who takes part sees it

my-study-server = الخادم: { $server }
my-study-hold = التدوينة المشارَكة تنتظر { $duration } قبل أن تُرسل.
my-study-hold-none = التدوينة المشارَكة تُرسل فور توفر الاتصال.
my-study-agreed = ما وافقت عليه
my-study-yes = نعم
my-study-no = لا
my-study-open-question = بلا جواب بعد
my-study-change = تغيير أجوبتي
my-study-answer = الجواب الآن
my-study-met = للتأكد من أنهم هم حقًا
my-study-met-more = تُقرأ هذه الكلمات الست للباحثين، أو يقرؤون هم ما لديهم. فإن كانت الكلمات هي نفسها فلا أحد يقف بين هاتفك والدراسة.
my-study-met-words = ست كلمات
my-study-leave = ترك الدراسة
my-study-erase = محو ما بقي لدى الدراسة
my-study-left = تركت هذه الدراسة { $when }. ولا يصل إليها منك شيء بعد الآن.
my-study-left-erased = تركت هذه الدراسة { $when }، ومُحي كل ما كان لديها منك.
my-study-left-waiting = تعلم الدراسة بذلك عند الاتصال القادم.
my-study-left-told = أُبلغ خادم الدراسة بذلك.

phase-title = أين أنت الآن في دورك؟
phase-counted = تحسب الدراسة هذا من يوم انضمامك. منذ: { $day }.
phase-said = هذا ما قلته أنت للدراسة. منذ: { $day }.
phase-change = هذا غير صحيح
phase-lead = الأسئلة التي تُطرح عليك تتبع هذا. وتُبلَّغ به الدراسة لكي تُقرأ تدويناتك في سياقها الصحيح.
phase-choose = من اليوم فصاعدًا
phase-keep = حفظ هذا
phase-kept = حُفظ. والأسئلة تتبعه من اليوم فصاعدًا.

answers-title = أجوبتك
answers-lead = لك أن تغيّر رأيك في أي منها. وتُبلَّغ الدراسة بذلك. أما ما شاركته من قبل فيبقى كما هو.
answers-needed = المشاركة تحتاج إلى «نعم» هنا. وإن لم يناسبك ذلك فيمكن ترك الدراسة.
answers-keep = حفظ هذه الأجوبة
answers-kept = تغيّرت أجوبتك.

leave-title = ترك الدراسة
leave-lead = لا حاجة إلى ذكر السبب. تبقى يومياتك على هذا الهاتف، كل كلمة منها.
leave-how = كيف يكون الترك؟
leave-stop = توقف فقط
leave-stop-more = لا يصل إلى الدراسة شيء بعد الآن. وما شاركته من قبل يبقى لديها.
leave-erase = توقف ومحو
leave-erase-more = لا يصل إلى الدراسة شيء بعد الآن. ويُتلف على الخادم ما شاركته، ويُطلب من الباحثين إخراجه من عملهم.
leave-what = ما يحدث عندئذ
leave-what-erased = يُتلف على الخادم ما شاركته، ويُطلب من الباحثين إخراجه من عملهم.
leave-what-held = ما ينتظر المشاركة يبقى خاصًا.
leave-what-copies = لا تصل إلى الخادم نسخ مختومة جديدة. والنسخ التي هناك تبقى، وكلماتك الـ{ 24 } تفتحها كما من قبل.
leave-what-copies-erased = تُتلف النسخ المختومة على الخادم أيضًا. وبعد ذلك لا تستطيع الكلمات الـ{ 24 } إعادة هذه اليوميات، فمن المهم الحفاظ على هذا الهاتف.
leave-what-read = الكلمات التي قرأها أحد لا يمكن محوها من ذاكرته.
leave-what-known = تحتفظ الدراسة بأجوبتك عن أسئلتها، وبالأوقات التي كتبت فيها.
leave-what-write = يمكن متابعة الكتابة هنا، لك وحدك.
leave-go = ترك الدراسة
leave-go-erase = الترك والمحو
leave-sure = ترك الدراسة الآن؟
leave-sure-more = لا يمكن التراجع عن ذلك. والعودة لا تكون إلا بدعوة جديدة.
leave-sure-erase-more = لا يمكن التراجع عن ذلك. وما يُمحى لا يمكن إعادته إلى الدراسة.
leave-stay = البقاء
leave-left = تركت الدراسة. ويومياتك ما زالت هنا.

me-lock-change = تغيير القفل

## The lock, changed

lock-settings-title = القفل
lock-settings-change = تغيير القفل
lock-after-title = القفل من تلقاء نفسه
lock-after = { $minutes ->
    [zero] فورًا
    [one] بعد دقيقة واحدة
    [two] بعد دقيقتين
    [few] بعد { $minutes } دقائق
    [many] بعد { $minutes } دقيقة
   *[other] بعد { $minutes } دقيقة
  }
lock-after-more = حين لا يلمس أحد الهاتف هذه المدة تُقفل يومياتك. وما كُتب محفوظ.
old-lock-title = { $lock ->
    [pin] أولًا: الرقم السري
   *[passphrase] أولًا: عبارة السر
  }
old-lock-label = { $lock ->
    [pin] رقمك السري الحالي
   *[passphrase] عبارة السر الحالية
  }
lock-changed = { $lock ->
    [pin] تم التغيير. من الآن يفتحها رقمك السري.
   *[passphrase] تم التغيير. من الآن تفتحها عبارة السر الجديدة.
  }

someone-title = { $lock ->
    [pin] هناك من يعرف رقمي السري
   *[passphrase] هناك من يعرف عبارة السر
  }
someone-short = قفل كل شيء من جديد بمفتاح جديد، فلا يفتح ما يعرفونه شيئًا على هذا الهاتف.
someone-go = رؤية ما يحدث
someone-will = ما سيحدث
someone-will-key = يصير لكل ما في يومياتك مفتاح جديد. إن كانت اليوميات كبيرة فقد يستغرق ذلك دقيقة.
someone-will-lock = يُختار قفل جديد. والقديم لا يفتح بعد ذلك شيئًا على هذا الهاتف.
someone-will-words = كلماتك الـ{ 24 } تبقى هي نفسها. وتُكتب هنا لكي تفتح هذا الهاتف بمفتاحه الجديد أيضًا.
someone-will-words-new = تصلك { 24 } كلمة جديدة. والتي ظهرت لك من قبل لا تفتح شيئًا بعد ذلك.
someone-will-words-close = كلماتك الـ{ 24 } لن تفتح هذا الهاتف بعد ذلك. أما على هاتف جديد فتعيد يومياتك كما من قبل.
someone-cannot = ما لا يستطيعه ذلك
someone-cannot-copies = { $lock ->
    [pin] إن كانت ملفات هذا الهاتف قد نُسخت من قبل، فالرقم السري القديم ما زال يفتح تلك النسخة.
   *[passphrase] إن كانت ملفات هذا الهاتف قد نُسخت من قبل، أو كان لديهم ملف نسخة احتياطية منك، فعبارة السر القديمة ما زالت تفتحها.
  }
someone-cannot-server = وبمثل تلك النسخة يمكنهم أيضًا جلب تدويناتك المختومة من خادم الدراسة، وما يأتي بعدها أيضًا. إن كان هناك احتمال أن لدى أحد نسخة، فمن المهم إبلاغ الدراسة.
someone-without = كلماتي ليست معي هنا
someone-without-more = إذن لا تفتح الكلمات هذا الهاتف حتى تُكتب لاحقًا في صفحة «أنا»، تحت «تغيير القفل». وعلى هاتف جديد تعمل كما من قبل.
someone-words-missing = تُكتب الكلمات الـ{ 24 } كلها بالترتيب. أو يُختار أنها ليست هنا.
someone-next = اختيار قفل جديد
someone-done = تم. صار لكل شيء مفتاح جديد وقفل جديد.
someone-done-new = تم. صار لكل شيء مفتاح جديد. وهذه كلماتك الجديدة؛ والقديمة لا تفتح شيئًا.
someone-done-closed = تم. صار لكل شيء مفتاح جديد. كلماتك الـ{ 24 } لا تفتح هذا الهاتف حتى يُسمح لها بذلك، تحت «تغيير القفل».

words-closed = كلماتك الـ{ 24 } لا تفتح هذا الهاتف الآن. إن نُسي القفل فلا تستطيع المساعدة هنا.
words-open-title = السماح لكلماتي الـ{ 24 } بفتحه
words-open-lead = فقط إن لم يرَ الكلمات أحد غيرك.
words-open-action = السماح لها بفتحه
words-open-done = تم. كلماتك الـ{ 24 } تفتح هذا الهاتف من جديد.

## Copies

keep-title = الاحتفاظ بنسخة
keep-lead = نسخة في مكان آخر تحفظ كلماتك إن تعطل هذا الهاتف.
keep-no-outbox = على هذا النوع من الهواتف لا يستطيع التطبيق إخراج نسخ بعد. وكلماتك الـ{ 24 } ما زالت تعيد ما على خادم الدراسة.
keep-backup = حفظ ملف نسخة احتياطية
keep-export = حفظ نسخة للقراءة أو الطباعة
saved-as = اسمها { $name } وهي في المجلد { $folder }.

backup-lead = ملف واحد فيه يومياتك كلها، مختومًا. لا يقرؤه أحد من دون ما يفتحه.
backup-passphrase = تفتحه عبارة السر التي لديك اليوم. ويبقى الأمر كذلك حتى إن تغيّرت عبارة السر على هذا الهاتف لاحقًا.
backup-pin = الرقم السري يسهل اكتشافه حين يكون الملف في مكان آخر. لذلك تُختار للملف عبارة سر.
backup-pin-label = عبارة سر للملف
backup-words = وتفتحه كلماتك الـ{ 24 } أيضًا.
backup-once = فيه يومياتك كما هي الآن. وما يُكتب بعد ذلك ليس فيه.
backup-save = حفظ ملف النسخة الاحتياطية
backup-saved-title = حُفظ ملف النسخة الاحتياطية
backup-saved-passphrase = تفتحها عبارة السر التي لديك اليوم. من المهم تذكّرها، أو الاحتفاظ بالكلمات الـ{ 24 }.
backup-saved-pin = تفتحها عبارة السر التي اخترتها لها. من المهم تذكّرها، أو الاحتفاظ بالكلمات الـ{ 24 }.
backup-saved-where = من الأفضل نقلها إلى مكان يبقى آمنًا إن ضاع هذا الهاتف: حاسوب، أو ذاكرة محمولة، أو عند شخص موثوق.

export-warning = هذا الملف غير مختوم. من يصل إليه يستطيع قراءة كل ما فيه.
export-format = لأي غرض؟
export-html = للطباعة
export-html-more = صفحة يفتحها أي متصفح ويطبعها.
export-markdown = للقراءة
export-markdown-more = نص بسيط يفتحه أي تطبيق.
export-json = لحاسوب
export-json-more = ‏JSON، لبرامج أخرى.
export-days = أي أيام؟
export-days-hint = إن بقي الاثنان فارغين فهي اليوميات كلها.
export-from = من
export-to = إلى
export-days-order = اليوم الأول يأتي بعد الأخير. يلزم تغيير أحدهما.
export-all = النسخ السابقة أيضًا
export-save = حفظ هذه النسخة
export-saved-title = حُفظت نسختك
export-another = حفظ نسخة أخرى
export-file-title = ملاحظاتي
export-file-notice = من يصل إلى هذا الملف يستطيع قراءته.
export-file-written = كُتبت
export-file-earlier = كما كانت من قبل
export-file-latest = كما هي الآن
export-file-voice = تسجيل صوتي، وهو ليس في هذا الملف
export-file-weight = كم كان اليوم ثقيلًا

backup-file-title = إعادة يومياتك من ملف
backup-file-lead = يُختار ملف النسخة الاحتياطية المحفوظ. ثم يُفتح، ويُختار قفل لهذا الهاتف.
backup-file-label = ملف النسخة الاحتياطية
backup-file-hint = يبدأ اسمها بـ ‎notes‎ وينتهي بـ ‎waymark-backup‎.
backup-file-choose = اختيار الملف
backup-file-reading = يُقرأ الملف: { $share } من { 100 }.
backup-file-whole = الملف كامل.
backup-file-none = يُختار الملف أولًا.
backup-file-passphrase = عبارة السر لتلك النسخة
backup-file-passphrase-more = هي التي كانت ليومياتك عند حفظ النسخة، أو التي اختيرت للنسخة نفسها.
backup-file-words = بكلماتي الـ{ 24 }

reconnect-heading = دراستك
reconnect-short = عادت هذه اليوميات من ملف نسخة احتياطية. وهي غير متصلة بدراسة «{ $study }» بعد، فلا يُرسل إليها شيء ولا يُسترجع منها شيء.
reconnect-go = وصلها من جديد
reconnect-title = الاتصال بدراسة «{ $study }» من جديد
reconnect-lead-words = تُكتب هنا الكلمات الـ{ 24 } من الورقة. والتدوينات التي على هذا الهاتف فقط تبقى خاصة.
reconnect-lead = ما على خادم الدراسة يعود أيضًا. والتدوينات التي على هذا الهاتف فقط تبقى خاصة.
reconnect-action = اتصال
reconnect-done = تم الاتصال. ولم يُشارَك شيء بذلك.

## When something stands in the way: what happened, what is safe, what to do

error-locked = اليوميات مقفلة. كل ما فيها محفوظ. يلزم فتحها للمتابعة.
error-wrong-passphrase = { $lock ->
    [pin] هذا الرقم السري لا يفتحها. لم يُفقد شيء. يمكن مراجعة الأرقام والمحاولة مرة أخرى.
   *[passphrase] هذه العبارة لا تفتحها. لم يُفقد شيء. الحروف الكبيرة والمسافات لها أثر؛ يمكن لمس «إظهار» والمحاولة مرة أخرى.
  }
error-weak-secret = هذا أقصر من أن يحفظ يومياتك. لم يُفقد شيء. يلزم { 8 } حروف أو أكثر، أو رقم سري من { 6 } أرقام أو أكثر.
error-disk-full = لم تبقَ مساحة في هذا الهاتف. ما حُفظ من قبل سليم. يمكن إفراغ بعض المساحة ثم المحاولة مرة أخرى.
error-read-only = لا يسمح هذا الهاتف بالكتابة في اليوميات. ما حُفظ من قبل سليم. تبقى هذه الصفحة مفتوحة، ويُغلق غيرها من التطبيقات.
error-newer-file = كُتبت هذه اليوميات بنسخة أحدث من التطبيق. لم يُفقد شيء. تُفتح بعد تحديث التطبيق إلى أحدث نسخة.
error-damaged = جزء من الملف على هذا الهاتف تالف. يجب عدم حذف التطبيق. النسخ على الخادم سليمة: كلماتك الـ{ 24 } تستطيع إعادتها، والدراسة تستطيع المساعدة.
error-in-use = اليوميات مفتوحة في مكان آخر على هذا الجهاز. لم يُفقد شيء. يلزم إغلاقها هناك ثم المحاولة مرة أخرى.
error-invitation-unreadable = لا يمكن قراءة هذه الدعوة. ربما نقص جزء منها أو كُتب بشكل مختلف. لم يُرسل شيء. يمكن نسخها مرة أخرى، أو طلب دعوة جديدة من الدراسة.
error-invitation-unknown = لا يعرف خادم الدراسة هذه الدعوة. لم يُرسل شيء. يمكن طلب دعوة جديدة من الدراسة.
error-invitation-used = استُعملت هذه الدعوة على هاتف آخر. يومياتك سليمة. إن لم يكن ذلك منك فمن المهم إبلاغ الدراسة. يمكنهم إعطاؤك دعوة جديدة.
error-invitation-expired = هذه الدعوة قديمة جدًا. يومياتك سليمة. يمكن طلب دعوة جديدة من الدراسة.
error-study-key-changed = يُظهر الخادم دراسة غير التي في دعوتك. لم يُرسل شيء. من الأفضل التوقف هنا وإبلاغ من وجّه إليك الدعوة.
error-consent-needed = تحتاج الدراسة إلى «نعم» عن أحد الأسئلة. لم يُرسل شيء. يمكن النظر فيها مرة أخرى، أو الاحتفاظ بيوميات خاصة.
error-still-leaving = لم تُبلَّغ الدراسة التي تركتها بعد. كل ما كتبته محفوظ. يلزم الاتصال بالإنترنت مرة واحدة، ثم فتح الدعوة من جديد.
error-already-joined = هذه اليوميات منضمة إلى دراسة من قبل، ولا تنضم إلى أكثر من دراسة في وقت واحد. كل ما فيها محفوظ. لا يلزم شيء آخر.
error-server-unreachable = لا يمكن الوصول إلى خادم الدراسة. كل ما كتبته محفوظ على هذا الهاتف. وما يجب إرساله يُرسل عندما يمكن ذلك.
error-server-trouble = لدى خادم الدراسة مشكلة خاصة به. كل ما كتبته محفوظ على هذا الهاتف وسيُرسل مرة أخرى وحده.
error-study-full = لم يعد لدى الدراسة متسع لما يُرسل من هذا الهاتف. كل ما كتبته وقلته محفوظ على هذا الهاتف. من المهم إبلاغ الدراسة. وعندما يوجد متسع من جديد يُرسل وحده.
error-server-garbage = ما يجيب عند هذا العنوان ليس خادم الدراسة. كل ما كتبته محفوظ على هذا الهاتف. قد تطلب شبكة الواي فاي تسجيل الدخول، أو يمكن تجربة اتصال آخر.
error-diverged = يعرف الخادم من هذه اليوميات أكثر مما يعرفه هذا الهاتف. ربما أُعيد الهاتف إلى نسخة قديمة. ما على هذا الهاتف سليم. يلزم إبلاغ الدراسة قبل مشاركة المزيد.
error-server-rolled-back = فقد الخادم بعض ما كان لديه. كل ذلك محفوظ على هذا الهاتف ويُرسل مرة أخرى وحده. لا يلزمك فعل شيء.
error-study-rolled-back = أظهر الخادم نسخة من الدراسة أقدم مما على هذا الهاتف. يحتفظ الهاتف بالأحدث، ويومياتك محفوظة. من الأفضل إخبار الدراسة لينظروا في الأمر.
error-server-withholds = لم يُظهر الخادم للدراسة كل ما شاركته. كل ذلك محفوظ على هذا الهاتف. من المهم إبلاغ الدراسة لكي تنظر في الأمر.
error-revoked = لم يعد يُسمح لهذا الهاتف بالإرسال إلى الدراسة. يومياتك سليمة وتُفتح كما من قبل. يمكن سؤال الدراسة إن لم يكن ذلك متوقعًا.
error-phone-unknown = لم يعد خادم الدراسة يعرف هذا الهاتف. قد يحدث ذلك بعد إصلاح الخادم. كل ما كتبته محفوظ على هذا الهاتف. من المهم إبلاغ الدراسة.
error-phone-stopped = أُوقف هذا الهاتف من هاتف آخر لك. يومياتك هنا سليمة وتُفتح كما من قبل. وما يُكتب هنا من الآن يبقى على هذا الهاتف. إن لم يكن ذلك منك، فربما كلماتك الـ{ 24 } لدى شخص آخر: من المهم إبلاغ الدراسة.
error-other-phone-missing = لم يُعطِ الخادم كل ما أرسله هاتف آخر لك. ما على هذا الهاتف محفوظ. من المهم إبلاغ الدراسة لكي تنظر في الأمر.
error-clock-jumped = تغيّرت ساعة هذا الهاتف أثناء انتظار تدوينة. لذلك تبقى التدوينة خاصة. يلزم ضبط التاريخ والوقت. ثم يمكن اختيار مشاركتها من جديد.
error-words-wrong = ليست كل الكلمات صحيحة. لم يُفقد شيء. يمكن مراجعة الإملاء والترتيب على الورقة ثم المحاولة مرة أخرى.
error-words-unknown = ليس لدى هذا الخادم يوميات لهذه الكلمات. لم يُفقد شيء. يمكن مراجعة العنوان والكلمات على الورقة.
error-words-other = هذه الكلمات ليوميات أخرى. لم يُفقد شيء. يمكن مراجعة الكلمات على الورقة ثم المحاولة مرة أخرى.
error-words-closed = الكلمات الـ{ 24 } لا تفتح هذه. لم يُفقد شيء. يمكن استعمال عبارة السر أو الرقم السري بدلًا منها.
error-same-secret = هذا هو ما يعرفه غيرك. لم يتغير شيء. يلزم اختيار غيره.
error-no-outbox = على هذا النوع من الهواتف لا يستطيع التطبيق إخراج ملفات بعد. يومياتك سليمة هنا. وكلماتك الـ{ 24 } ما زالت تعيد ما على خادم الدراسة.
error-outbox-read-only = لا يمكن الكتابة في مجلد الملف. يومياتك سليمة، ولم يبقَ هناك جزء من ملف. يمكن النظر في إعدادات هذا الهاتف ثم المحاولة مرة أخرى.
error-outbox-full = لا مساحة للملف. يومياتك سليمة، ولم يبقَ جزء من ملف. بعد إفراغ بعض المساحة يمكن المحاولة مرة أخرى.
error-not-a-backup = هذا الملف ليس ملف نسخة احتياطية من يوميات، أو ليس هنا إلا بدايته. لم يُفقد شيء. يمكن اختيار ملف آخر، أو نسخه إلى هذا الهاتف مرة أخرى.
error-backup-damaged = جزء من هذا الملف ناقص أو تغيّر في الطريق. الملف الذي حُفظ أولًا قد يكون كاملًا. يمكن نسخه إلى هذا الهاتف مرة أخرى ثم المحاولة.
error-backup-newer = صُنع هذا الملف بنسخة أحدث من التطبيق. لم يُفقد شيء. يُفتح هنا بعد تحديث التطبيق إلى أحدث نسخة.
error-parted = هذه اليوميات غير متصلة بدراستها بعد. كل ما فيها محفوظ. يمكن وصلها من صفحة «أنا» ثم المحاولة مرة أخرى.
error-entry-unknown = لم تعد هذه التدوينة هنا. بقية يومياتك سليمة. يمكن الرجوع والنظر في القائمة.
error-not-now = لا يمكن ذلك مع هذه التدوينة كما هي الآن. التدوينة سليمة. يمكن الرجوع لرؤية مكانها.
error-no-study = لم تنضم هذه اليوميات إلى دراسة بعد. هي محفوظة، وهي لك وحدك. لمشاركة تدوينة يلزم الانضمام إلى دراسة من صفحة «أنا».
error-about-the-future = ذلك اليوم لم يأتِ بعد. كلماتك محفوظة. يمكن اختيار اليوم أو يوم قبله.
error-entry-empty = لا كلمات فيها بعد. لم يُفقد شيء. يمكن كتابة بضع كلمات ثم المحاولة مرة أخرى.
error-entry-too-long = هذا أكثر مما تتسع له تدوينة واحدة. كلماتك محفوظة كمسودة. يمكن نقل جزء منها إلى تدوينة ثانية.
error-voice-too-long = هذا أقصى ما تتسع له تدوينة واحدة: عشرة تسجيلات صوتية، كل منها عشر دقائق. ما قيل حتى ذلك الحين محفوظ. يمكن المتابعة في تدوينة أخرى.
error-voice-not-here = تسجيل صوتي ما زال في الطريق إلى هذا الهاتف. التسجيل سليم. يلزم الاتصال وانتظار وصول التسجيل، ثم المحاولة مرة أخرى.
error-diary-exists = هناك يوميات على هذا الهاتف من قبل. وهي سليمة. يمكن فتحها بدلًا من ذلك.
error-internal = تعثّر التطبيق من تلقاء نفسه. ما حُفظ سليم. يمكن إغلاق التطبيق وفتحه من جديد؛ وإن بقي الحال هكذا فمن المهم إبلاغ الدراسة.
