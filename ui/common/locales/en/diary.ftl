# The diary's words in English. Reading age 9; calm; nobody is blamed.
# Never: submit, error occurred, invalid, failed to, please, oops.

## Everywhere

lock-now = Lock
back = Back
next = Next
try-again = Try again
later = Later
show = Show
hide = Hide
working = One moment…
undo = Undo
list-comma = {", "}

nav-label = Main pages
nav-today = Today
nav-diary = Diary
nav-support = Support
nav-me = Me

## Times

day-today = Today
day-yesterday = Yesterday
part-night = night
part-morning = morning
part-afternoon = afternoon
part-evening = evening
moment-now = just now
moment-today = this { $part }
moment-yesterday = yesterday { $part }
moment-weekday = { $weekday } { $part }
moment-soon = very soon
moment-exact = { $day }, { $time }
coming-today = today at { $time }
coming-tomorrow = tomorrow at { $time }
coming-day = on { $day } at { $time }

## First run

welcome-title = A place for your own words
welcome-lead = What you write is locked on this phone. You choose what anyone else may read.
welcome-invitation = I have an invitation
welcome-invitation-more = From a study that you may want to join.
welcome-private = Start a private diary
welcome-private-more = For you alone. You can join a study later.
welcome-restore = I lost my phone
welcome-restore-more = Bring your diary back with your 24 words.
welcome-backup = I have a backup file
welcome-backup-more = Bring your diary back from a file that you saved.
welcome-other = I have a diary here already

invitation-title = Your invitation
invitation-label = Paste the link, or type the text
invitation-hint = It starts with waymark:// or https://, or is a row of letters and numbers. Capitals and spaces don’t matter.
invitation-open = Open the invitation
invitation-empty = Put the link or the text of your invitation in the box first.

study-run-by = { $who } runs this study.
study-read-heading = Who can read what
study-read-shared = Entries that you share can be read by the study’s researchers.
study-read-private = Entries that you keep private can be read by you, and by nobody else.
study-read-server = The server at { $server } keeps everything sealed. The people who run it, and the people who made this app, can’t read anything.
study-read-seen = The researchers can see that you have private entries, when you wrote them and about how long they are. They can’t see a word of them.
study-hold-heading = You can change your mind
study-hold = When you share an entry, it waits { $duration } before it goes. Until then you can keep it private with one tap.
study-hold-none = When you share an entry, it goes as soon as there is a connection. You can take it back later.
study-later = You can leave at any time. Your diary stays yours.
study-continue = Go on to the questions
study-not-for-me = Not for me

consent-title = Your say
consent-lead = { $count ->
    [one] There is one question. The answer is up to you.
   *[other] There are { $count } short questions. The answers are up to you.
  }
consent-required = To join
consent-required-more = Joining needs a yes here.
consent-optional = For you to choose
consent-optional-more = You can join with yes or with no.
consent-yes = Yes
consent-no = No
consent-earlier = { $count ->
    [one] You have written one entry already. Keep a sealed copy of it on the server too?
   *[other] You have written { $count } entries already. Keep sealed copies of them on the server too?
  }
consent-earlier-more = Only you can open the copies. None of them is shared with the study.
consent-missing = Some questions have no answer yet. Answer the ones that are marked, then go on.
consent-unanswered = Choose yes or no.
read-aloud = Read it aloud
read-aloud-not = This phone can’t read it aloud just now.
consent-needs-yes = You can’t join the study without a yes here. If you’d rather not, you can keep a private diary instead.
consent-join = Join the study
consent-join-locked = Join, and choose a lock
consent-joining = Joining. This can take a moment.
consent-private-instead = Keep a private diary instead

choose-lock-title = Choose a lock
choose-lock-lead = It keeps your diary closed when someone else holds your phone.
choose-lock-kind = How do you want to open it?
choose-lock-passphrase = With a passphrase
choose-lock-passphrase-more = A few words that only you know. This is the safer way.
choose-lock-pin = With a PIN
choose-lock-pin-more = Quick to type. But someone who copies the files on this phone can find a PIN by trying them all. A passphrase is safer.
choose-lock-secret-passphrase = Your passphrase
choose-lock-secret-pin = Your PIN
choose-lock-hint-passphrase = 8 letters or more. Four words that don’t belong together work well.
choose-lock-hint-pin = 6 numbers or more.
choose-lock-again-passphrase = The same passphrase again
choose-lock-again-pin = The same PIN again
choose-lock-differs = The two are not the same yet. Type them once more, or tap Show to see them.
choose-lock-short-passphrase = That is a little short. Use 8 letters or more.
choose-lock-short-pin = Use 6 numbers or more, and only numbers.
choose-lock-done = Lock it with this
choose-lock-slow = Bringing your diary back. This can take some minutes. Keep the app open.

words-title = Your 24 words
words-lead = If this phone is lost, these words bring your diary back. Nobody else has them, and nobody can send them to you again.
words-lead-alone = These words open your diary when the lock is forgotten. They open a backup file of it too. Nobody else has them, and nobody can send them to you again.
words-how = Write them on paper, in this order. Keep the paper where you keep things that matter. Don’t take a photo of them.
words-list = Your 24 words in order
words-written = I have written them down
words-check-title = Three of your words
words-check-lead = To be sure that the paper is right, type these three from it.
words-check-label = Word { $place }
words-check-done = Check
words-check-again = See the words again
words-reminder = Your 24 words are not on paper yet. Without them a lost phone means a lost diary.
words-reminder-alone = Your 24 words are not on paper yet. They open your diary when the lock is forgotten.
words-reminder-action = Write them down
words-kept = Your words are safe on paper. The phone doesn’t show them again.

restore-title = Bring your diary back
restore-lead = Type the 24 words from your paper. Then choose a lock for this phone.
restore-words-label = Your 24 words
restore-words-hint = In order, with a space between them.
restore-words-count = { $count ->
    [one] One word so far.
   *[other] { $count } words so far.
  }
restore-words-number = It takes 24 words. Nothing is lost. Look at your paper: one may be missing, or be there twice.
restore-server-label = The study’s server
restore-server-hint = It is on your invitation, and the study can tell you. It looks like https://{"\u200B"}diary{"\u200B"}.example{"\u200B"}.org
restore-server-empty = Put the address of the study’s server in the box.
restore-next = Choose a lock

## The lock

lock-title = Notes
lock-passphrase = Passphrase
lock-pin = PIN
lock-open = Open
lock-forgot = { $lock ->
    [pin] I forgot my PIN
   *[passphrase] I forgot my passphrase
  }
forgot-title = Open it with your 24 words
forgot-lead = Type the 24 words from your paper. Then choose a new lock. Nothing in your diary changes.
lock-other = Someone else’s notes
diaries-title = Diaries on this phone
diaries-lead = Each diary has one writer, and a lock of its own. Your lock opens your diary alone.
diaries-one = Diary { $number }
diaries-front = The one you came from
diaries-new = Start another diary
diaries-full = There is room for { $most } diaries on one phone.

## Today

today-write = Write
today-write-free = Write about anything
today-draft = You were writing
today-draft-on = Go on writing
today-draft-saved = Saved { $when }
today-draft-discard = Throw these words away
today-discard-title = Throw these words away?
today-discard-more = They can’t be brought back.
today-discard-yes = Throw away
today-discard-no = Keep them
today-event = Something happened
today-weekly = Look back on the week
today-busy-title = You are in the middle of something
today-busy-more = Your words can go into the diary as a private entry now. You can go on with them there whenever you like.
today-busy-keep = Put them in the diary
today-busy-go-on = Go on with them
today-waiting-heading = On its way
today-held = { $day }’s entry goes to the study { $when }.
today-held-today = Today’s entry goes to the study { $when }.
today-held-yesterday = Yesterday’s entry goes to the study { $when }.
today-clock-moved = The clock of this phone moved, so this entry stays with you. Set the date and time right. Then choose again.
today-kept-private = Kept private. Nobody else reads it.
today-reminder = Next reminder: { $when }

sync-no-study = Your diary is on this phone.
sync-up-to-date = Everything that should be there by now has arrived.
sync-waiting = { $count ->
    [one] One entry waits for a connection.
   *[other] { $count } entries wait for a connection.
  }
sync-waiting-none = Some changes wait to be sent.
sync-fetching = Voice notes are still on their way to this phone.
sync-attention = There is something to look at.
sync-last = Last reached the server: { $when }.
sync-never = The server has not been reached yet.
sync-now = Send and fetch now
sync-running = Talking to the server…
voice-waiting = { $count ->
    [one] One voice note waits until you say so.
   *[other] { $count } voice notes wait until you say so.
  }
voice-let-go = Let voice notes go now
voice-wait = Voice notes wait until I say so
voice-wait-more = Written words always go. This helps where data costs money.

## Writing

write-label-free = Write here
write-free-title = In your own words
write-more-title = Anything else?
write-more-label = Anything else from this day
write-edit-title = Change your entry
write-names = Use initials or made-up names.
write-step = { $step } of { $of }
write-skip = Skip
write-done = Done
write-saved = Saved
write-unsaved = Saving…
write-not-saved = Not saved yet
write-no-room = This phone has no room left. What was saved before is safe. Keep this page open, make some room, and it is saved by itself.
write-weight = How heavy is this day?
weight-light = Light
weight-okay = Okay
weight-heavy = Heavy
weight-not-said = Rather not say
write-about = Which day is this about?
write-about-far = Choose a day from { $from } to today.
write-tags = Tags
write-tags-hint = A word to find it by. Tap Add after each.
write-tags-full = An entry has room for { $most } tags. Take one away to add another.
write-tag-add = Add
write-tag-remove = Remove { $tag }
write-empty = There is nothing in it yet. Write a few words, or go back to Today.

## Voice notes

voice-say = Say it
voice-new = New voice note
voice-asking = May the app listen?
voice-recording = Recording
voice-paused = Paused
voice-keeping = Saving…
voice-pause = Pause
voice-go-on = Go on
voice-stop = Stop
voice-discard = Throw away
voice-discard-title = Throw this voice note away?
voice-discard-more = What you said in it can’t be brought back.
voice-discard-more-edit = Earlier versions of the entry keep what they have. What you said just now can’t be brought back.
voice-discard-yes = Throw away
voice-discard-no = Keep it
voice-keep-so-far = Keep what is saved so far
voice-note = Voice note { $number }
voice-play = Play voice note { $number }, { $length }
voice-pause-note = Pause voice note { $number }
voice-place = Place in voice note { $number }
voice-place-of = { $at } of { $length }
voice-remove = Throw away voice note { $number }
voice-cut = It stopped early. What you said until then is here.
voice-silent = It can’t be played just now. It is safe in your diary. Try once more later.
voice-not-here = A voice note of { $length } is not on this phone yet. It comes when the server has it.
voice-refused = The app may not use the microphone. You can go on writing. To speak, allow the microphone for this app in the phone’s settings.
voice-none = There is no microphone here. You can go on writing.
voice-taken = Something else is using the microphone. Close it and tap Say it once more, or go on writing.
voice-switched-off = The microphone was switched off. What you said until then is kept.
voice-full-length = That was ten minutes, the most for one voice note. All of it is kept. To go on, tap Say it once more.
voice-count = { $count ->
    [one] A voice note
   *[other] { $count } voice notes
  }

# Words that could tell who somebody is. Kind, then the words themselves.
cue-name = Use initials: “{ $text }”
cue-phone = A phone number: “{ $text }”
cue-email = An e-mail address: “{ $text }”
cue-address = An address: “{ $text }”
cue-birth-date = A date of birth: “{ $text }”
cue-fine = That’s fine
cue-is-fine = “{ $text }” is fine from now on.
cue-still = { $kind ->
    [phone] A phone number?
    [email] An e-mail address?
    [address] An address?
    [birth-date] A date of birth?
   *[name] Names?
  } { $more ->
    [0] “{ $text }” is still there.
    [one] “{ $text }” and one more thing are still there.
   *[other] “{ $text }” and { $more } more things are still there.
  }
cue-look-again = Look again

readers-title = Who should read this?
readers-only-me = Only me
readers-only-me-more = It stays private.
readers-study = Me and the study
readers-study-held = It goes { $when }. Until then you can keep it private.
readers-study-now = It goes when there is a connection.
readers-again = You are changing an entry, so you choose again. What the study already has stays as it is.
readers-voice = { $count ->
    [one] Your voice note goes with it.
   *[other] Your voice notes go with it.
  }
readers-done = Done
readers-not-yet = Not yet, keep writing
readers-choose = Choose one of the two. Until you do, it stays with you.
readers-finished-private = Saved. Only you can read it.
readers-finished-study = Saved. It goes to the study { $when }.
readers-finished-now = Saved. It goes to the study when there is a connection.
readers-finished-alone = Saved in your diary.

## The diary

diary-title = Diary
diary-search = Find in your diary
diary-search-short = Find
diary-empty = Nothing here yet. What you write today will be the first page.
diary-found = { $count ->
    [0] Nothing found. Try fewer letters, or another word.
    [one] One entry found.
   *[other] { $count } entries found.
  }
diary-no-words = No words
diary-apart = Two versions from two phones
diary-calendar = Calendar
diary-narrow = Marks and tags
diary-more = Show more
diary-empty-month = Nothing in this month.
narrowed-label = Only these are shown
narrowed-let-go = Only { $choice }. Tap to see the others too.

calendar-label = Calendar
calendar-month = Month
calendar-month-count = { $month } ({ $count })
calendar-earlier = Go back to { $month }
calendar-no-earlier = There is nothing before this month
calendar-later = Go on to { $month }
calendar-no-later = There is nothing after this month
calendar-day = { $count ->
    [0] { $day }, nothing written
    [one] { $day }, one entry
   *[other] { $day }, { $count } entries
  }

marks-title = Bring along
mark-interview = Bring to interview
mark-supervision = Bring to supervision
marks-more = These marks are for you.
marks-more-study = These marks are for you. The study never sees them, even when it has the entry.

mark-talk = To talk about with the study
talk-title = For the interview
talk-tell = Tell the study that you want to talk about this
talk-more = The study has this entry. It does not know that you want to talk about it. It only hears so if you choose this.
talk-told = The study is told that you want to talk about this. It hears nothing else. You can take it back at any time.
talk-not-yet = If you share this entry, you can also tell the study that you want to talk about it. Until it is with the study, nothing is told.

tags-title = Tags
tags-all = All { $count } tags
tags-find = Find a tag
tags-none = No tag has these letters.
tags-more = { $count ->
    [one] One more tag. Type a few letters to find it.
   *[other] { $count } more tags. Type a few letters to find one.
  }

place-private = Private
place-on-this-phone = Private, on this phone
place-backed-up = Private, with a sealed copy on the server
place-held = Goes to the study { $when }
place-waiting = Waits for a connection
place-with-study = With the study
place-withdrawing = Taken back. The study is told at the next connection
place-withdrawn = Taken back from the study
place-earlier = The study has an earlier version

entry-written = Written { $when }
entry-no-text = There are no words in this entry.
entry-share = Share with the study
entry-keep-private = Keep private
entry-withdraw = Take it back
entry-withdraw-earlier = Take back the earlier version
entry-edit = Change it
entry-earlier = Earlier versions
entry-versions = Versions
entry-apart = Two versions from two phones
entry-apart-more = They were written while the phones knew nothing of each other. Both are kept.
entry-apart-one = Written { $when } on { $phone }
entry-compare = Compare two versions
compare-first = First version
compare-second = Second version
compare-removed = taken out:{" "}
compare-added = new:{" "}
compare-nothing = Nothing here
compare-too-long = These versions are too long to compare word by word. Both are shown whole.
version-now = { $when } (newest)
version-phone = { $version }, from { $phone }
phone-this = this phone
phone-other = another phone
phone-other-number = another phone ({ $number })
phone-unknown = a phone
entry-tags = Tags: { $tags }
entry-weight = The day felt: { $weight }
entry-shared = It goes to the study { $when }.
entry-shared-now = It goes to the study when there is a connection.
entry-kept = It stays private.
entry-withdrawn = Taken back. Your own copy stays here.
entry-withdraw-title = Take it back from the study?
entry-withdraw-more = The study’s copy is destroyed at the next connection, and the researchers are told to take it out of their work. Your own copy stays here. Words that someone has already read can’t be unread.
entry-withdraw-yes = Take it back
entry-withdraw-no = Leave it there
entry-delete = Delete it
entry-delete-study = Delete it everywhere
entry-delete-title = Delete this entry?
entry-delete-study-title = Delete this entry everywhere?
entry-delete-more = It goes from this phone with all its versions. It can’t be brought back.
entry-delete-study-more = It goes from your diary now, with all its versions. The copies on the server and with the study are destroyed at the next connection, and the researchers are told to take it out of their work. Nothing can bring it back, not even your 24 words. Words that someone has already read can’t be unread.
entry-delete-no = Keep it
entry-deleted = Deleted.
entry-deleted-study = Deleted here. The server and the study are told at the next connection.

## Support

support-title = Support
support-lead = Nobody reads this diary as you write.
support-call-someone = If you need someone now, call.
support-none = There are no contacts from a study here.
support-emergency = In danger right now, call your local emergency number.
support-call = Call { $name }, { $tel }
support-copy = Copy the number
support-copy-of = Copy the number of { $name }, { $tel }
support-copied = Copied.
support-copy-by-hand = Hold a finger on the number to copy it.
support-own = Add or change people of your own

contacts-title = Your own people
contacts-lead = People you can call when it gets hard. The study never sees this list.
contacts-is-sealed = Shown only while your diary is open.
contacts-is-shown = Shown while your diary is locked too.
contacts-change = Change
contacts-change-of = Change { $name }
contacts-remove = Take away
contacts-remove-of = Take { $name } away
contacts-add = Add someone
contacts-full = Ten people are the most. Take one away to add another.
contacts-name = Name
contacts-tel = Phone number
contacts-while-locked = Show while the diary is locked too
contacts-while-locked-more = Then anyone who holds this phone can read the name and the number.
contacts-name-empty = Put a name here.
contacts-tel-wrong = Put a phone number here. It has numbers in it, and may have + and spaces.
contacts-keep = Save
contacts-not = Don’t save

## Me

me-title = Me
me-sync = Sending and fetching
me-study = The study
me-study-open = About the study, and leaving it
me-phones = My phones
me-study-left = You left this study { $when }.
me-study-asks = The study has a new question for you.
me-no-study = This diary is yours alone. You can join a study when you have an invitation.
me-join = I have an invitation
me-words = Recovery words
me-words-show = Show my 24 words
me-fine = Words that are fine
me-fine-more = You said that these are fine, so nothing is said about them. Tap one to be asked again.
me-fine-remove = Ask me again about { $word }
me-lock = Lock
me-lock-passphrase = It opens with your passphrase.
me-lock-pin = It opens with your PIN. A passphrase would be safer.
me-lock-now = Lock now
me-looks = How it looks: language, text size, light or dark

## Reminders

reminder-text = Time for your notes
reminders-title = Reminders
reminders-none = On this device, the app can’t show reminders.
reminders-how = They come while the app is running, open or locked. When the app is closed, this device can’t remind you.
reminders-on = Remind me
reminders-one = Reminder { $number }
reminders-time = Time
reminders-days = Days
reminders-a-day = A reminder needs one day. Choose another day first, or remove the reminder.
reminders-remove = Remove it
reminders-add = Add a reminder
reminders-says = A reminder says only this
reminders-test = Show one now
reminders-shown = It was shown just now. If you didn’t see it, look at the settings for notifications on this device.
reminders-not-shown = This device didn’t show it. Look at its settings for notifications, then try again.

## Time off

off-title = Time off
off-lead = Nothing is asked, and no reminder comes. You can write whenever you like.
off-study = The study sees the first and the last day, and when you are back. It never sees why.
off-untold = The study doesn’t know of this yet. Save the days, and it sees the first and the last one. It never sees why.
off-from = First day
off-until = Last day
off-until-hint = Leave the last day empty if you don’t know it yet.
off-note = A note for yourself
off-note-hint = Only you can read it.
off-order = The last day comes before the first one. Change one of the two.
off-over = The last day is over already. Choose a later one, or leave it empty.
off-missing = Choose the first day.
off-far = Those days are too far away. The first day can be up to a month back, and both days up to two years ahead.
off-take = Take time off
off-keep = Save these days
off-change = Change your time off
off-taken = Your time off is set.
off-now = Time off until { $day }
off-now-open = You are taking time off
off-coming = Time off begins on { $day }
off-back = I am back
off-call = Cancel it
off-welcome = Good to have you back.
off-called = Your time off is cancelled.
off-past = Earlier time off
off-range = { $from } to { $to }

## How it looks

looks-title = How it looks
looks-language = Language
looks-phone = As on this phone
looks-text = Size of the text
looks-text-usual = Usual
looks-text-larger = Larger
looks-text-large = Much larger
looks-text-largest = Largest
looks-theme = Light or dark
looks-theme-light = Light
looks-theme-dark = Dark
looks-not-kept = This phone could not keep your choice. It holds until the app is closed. Make some room on the phone, then choose again.

## The phones of one person

phone-new = Another phone was added to your diary on { $day }.
phone-new-title = Was that you?
phone-new-more = It takes your { 24 } words to add one, and then it can read your whole diary.
phone-mine = Yes, that was me
phone-not-mine = No, stop that phone
phone-mine-done = Good. It is one of your phones.
phones-title = My phones
phones-lead = What you write on one of your phones comes to the others as well.
phones-this = This phone
phones-other = Another phone
phone-joined = Added on { $day }.
phone-heard = Last heard from: { $when }.
phone-silent = Nothing has come from it yet.
phone-stopped = Stopped. Nothing more goes to it, and nothing more comes from it.
phone-stop = Stop that phone
stop-title = Stop that phone
stop-lead = What has come from it stays in your diary. From now on it gets nothing new, and nothing that it sends counts.
stop-can-read = What is on it already can still be read there, by whoever can open its lock.
stop-words = If you didn’t add that phone, somebody may have your { 24 } words: tell the study.
stop-action = Stop that phone
stop-done = That phone is stopped.

## The study, as somebody who takes part sees it

my-study-server = Server: { $server }
my-study-hold = A shared entry waits { $duration } before it goes.
my-study-hold-none = A shared entry goes as soon as there is a connection.
my-study-agreed = What I agreed to
my-study-yes = Yes
my-study-no = No
my-study-open-question = Not answered yet
my-study-change = Change my answers
my-study-answer = Answer now
my-study-met = To be sure it’s really them
my-study-met-more = Read these six words to the researcher, or let them read theirs to you. When they are the same, nobody stands between your phone and the study.
my-study-met-words = Six words
my-study-leave = Leave the study
my-study-erase = Erase what the study still has
my-study-left = You left this study { $when }. It gets nothing more from you.
my-study-left-erased = You left this study { $when }, and everything that it had from you is erased.
my-study-left-waiting = The study hears of it at the next connection.
my-study-left-told = The study’s server has been told.

phase-title = Where are you in your role?
phase-counted = The study counts this from the day you joined. Since: { $day }.
phase-said = You told the study this. Since: { $day }.
phase-change = That’s not right
phase-lead = The questions you are asked follow this. The study is told, so that it understands your entries.
phase-choose = From today on
phase-keep = Save this
phase-kept = Saved. The questions follow it from today on.

answers-title = Your answers
answers-lead = You can change your mind on any of these. The study is told. What you shared before stays as it is.
answers-needed = Taking part needs a yes here. If you’d rather not, you can leave the study.
answers-keep = Save these answers
answers-kept = Your answers are changed.

leave-title = Leave the study
leave-lead = You don’t have to say why. Your diary stays on this phone, every word of it.
leave-how = How do you want to leave?
leave-stop = Stop
leave-stop-more = The study gets nothing more. What you shared before stays with the study.
leave-erase = Stop and erase
leave-erase-more = The study gets nothing more. What you shared is destroyed on the server, and the researchers are told to take it out of their work.
leave-what = What happens then
leave-what-erased = What you shared is destroyed on the server, and the researchers are told to take it out of their work.
leave-what-held = What still waits to be shared stays private.
leave-what-copies = No new sealed copies go to the server. The ones that are there stay, and your 24 words still open them.
leave-what-copies-erased = The sealed copies on the server are destroyed too. After that the 24 words can’t bring this diary back, so take good care of this phone.
leave-what-read = Words that someone has already read can’t be unread.
leave-what-known = The study keeps your answers to its questions, and the times when you wrote.
leave-what-write = You can write on here, for yourself alone.
leave-go = Leave the study
leave-go-erase = Leave and erase
leave-sure = Leave the study now?
leave-sure-more = This can’t be undone. You can come back only with a new invitation.
leave-sure-erase-more = This can’t be undone. What is erased can’t be brought back for the study.
leave-stay = Stay
leave-left = You have left the study. Your diary is still here.

me-lock-change = Change the lock

## The lock, changed

lock-settings-title = The lock
lock-settings-change = Change the lock
lock-after-title = Lock by itself
lock-after = { $minutes ->
    [one] After one minute
   *[other] After { $minutes } minutes
  }
lock-after-more = When nobody touches the phone for so long, your diary locks. What you wrote is saved.
old-lock-title = { $lock ->
    [pin] First, your PIN
   *[passphrase] First, your passphrase
  }
old-lock-label = { $lock ->
    [pin] Your PIN now
   *[passphrase] Your passphrase now
  }
lock-changed = { $lock ->
    [pin] Changed. From now on your PIN opens it.
   *[passphrase] Changed. From now on your new passphrase opens it.
  }

someone-title = { $lock ->
    [pin] Someone knows my PIN
   *[passphrase] Someone knows my passphrase
  }
someone-short = Lock everything again with a new key, so that what they know opens nothing on this phone.
someone-go = See what happens
someone-will = What will happen
someone-will-key = Everything in your diary gets a new key. With a big diary this can take a minute.
someone-will-lock = You choose a new lock. The old one opens nothing on this phone any more.
someone-will-words = Your 24 words stay the same. Type them, so that they open this phone with its new key too.
someone-will-words-new = You get 24 new words. The ones you were shown before open nothing any more.
someone-will-words-close = Your 24 words won’t open this phone any more. On a new phone they bring your diary back as before.
someone-cannot = What it can’t do
someone-cannot-copies = { $lock ->
    [pin] If they copied this phone’s files before, the old PIN still opens their copy.
   *[passphrase] If they copied this phone’s files before, or have a backup file of yours, the old passphrase still opens it.
  }
someone-cannot-server = With such a copy they could also fetch your sealed entries from the study’s server, later ones too. If you think that someone has a copy, tell the study.
someone-without = I don’t have my words here
someone-without-more = Then the words won’t open this phone until you type them later: on the page Me, under Change the lock. On a new phone they work as before.
someone-words-missing = Type all 24 words, in order. Or say that you don’t have them here.
someone-next = Choose a new lock
someone-done = Done. Everything has a new key and a new lock.
someone-done-new = Done. Everything has a new key. These are your new words; the old ones open nothing.
someone-done-closed = Done. Everything has a new key. Your 24 words don’t open this phone until you let them, under Change the lock.

words-closed = Your 24 words don’t open this phone now. If you forget your lock, they can’t help here.
words-open-title = Let my 24 words open it
words-open-lead = Do this only if nobody else has seen the words.
words-open-action = Let them open it
words-open-done = Done. Your 24 words open this phone again.

## Copies

keep-title = Keep a copy
keep-lead = A copy somewhere else keeps your words safe if this phone breaks.
keep-no-outbox = On this kind of phone, the app can’t hand out copies yet. Your 24 words still bring back what is on the study’s server.
keep-backup = Save a backup file
keep-export = Save a copy to read or print
saved-as = It is called { $name } and lies in the folder { $folder }.

backup-lead = One file with your whole diary in it, sealed. Nobody can read it without what opens it.
backup-passphrase = Your passphrase of today opens it. That stays so, even if you change the passphrase on this phone later.
backup-pin = A PIN is too easy to find out once the file is somewhere else. So choose a passphrase for the file.
backup-pin-label = A passphrase for the file
backup-words = Your 24 words open it too.
backup-once = It holds your diary as it is now. What you write later is not in it.
backup-save = Save the backup file
backup-saved-title = Your backup file is saved
backup-saved-passphrase = Your passphrase of today opens it. Remember that passphrase, or keep your 24 words.
backup-saved-pin = The passphrase that you chose for it opens it. Remember it, or keep your 24 words.
backup-saved-where = Move it to a place that stays safe if this phone is lost: a computer, a memory stick, someone you trust.

export-warning = This file is not sealed. Anyone who gets it can read everything in it.
export-format = What do you want it for?
export-html = To print
export-html-more = A page that any browser opens and prints.
export-markdown = To read
export-markdown-more = Plain text that any app opens.
export-json = For a computer
export-json-more = JSON: a file that other programs understand.
export-days = Which days?
export-days-hint = Leave both empty for the whole diary.
export-from = From
export-to = To
export-days-order = The first day comes after the last one. Change one of the two.
export-all = Earlier versions too
export-save = Save this copy
export-saved-title = Your copy is saved
export-another = Save another copy
export-file-title = My notes
export-file-notice = Anyone who gets this file can read it.
export-file-written = Written
export-file-earlier = As it was before
export-file-latest = As it is now
export-file-voice = A voice note, which is not in this file
export-file-weight = How heavy the day was

backup-file-title = Bring your diary back from a file
backup-file-lead = Choose the backup file that you saved. Then open it, and choose a lock for this phone.
backup-file-label = The backup file
backup-file-hint = Its name begins with notes and ends with waymark-backup.
backup-file-choose = Choose the file
backup-file-reading = Reading the file: { $share } of 100.
backup-file-whole = This file is complete.
backup-file-none = Choose the file first.
backup-file-passphrase = The passphrase of that file
backup-file-passphrase-more = The one your diary had when you saved the file, or the one you chose for it.
backup-file-words = With my 24 words

reconnect-heading = Your study
reconnect-short = This diary came back from a backup file. It is not connected to { $study } yet, so nothing goes there and nothing can be taken back.
reconnect-go = Connect it again
reconnect-title = Connect to { $study } again
reconnect-lead-words = Type the 24 words from your paper. Entries that are only on this phone stay private.
reconnect-lead = What is on the study’s server comes back too. Entries that are only on this phone stay private.
reconnect-action = Connect
reconnect-done = Connected. Nothing was shared by it.

## When something stands in the way: what happened, what is safe, what to do

error-locked = The diary is locked. Everything in it is safe. Open it to go on.
error-wrong-passphrase = { $lock ->
    [pin] That PIN doesn’t open it. Nothing is lost. Look at the numbers and try once more.
   *[passphrase] That passphrase doesn’t open it. Nothing is lost. Capitals and spaces count; tap Show and try once more.
  }
error-weak-secret = That is too short to keep your diary safe. Nothing is lost. Use 8 letters or more, or a PIN of 6 numbers or more.
error-disk-full = This phone has no room left. What was saved before is safe. Make some room, and try again.
error-read-only = This phone doesn’t let the diary be written to. What was saved before is safe. Keep this page open and close other apps.
error-newer-file = A newer version of the app wrote this diary. Nothing is lost. Get the newest version to open it.
error-damaged = A part of the file on this phone is damaged. Don’t delete the app. Copies on the server are safe: your 24 words can bring them back, and the study can help.
error-in-use = The diary is open somewhere else on this device. Nothing is lost. Close it there, then try again.
error-invitation-unreadable = This invitation can’t be read. Some of it may be missing or typed differently. Nothing has been sent. Copy it once more, or ask the study for a new one.
error-invitation-unknown = The study’s server doesn’t know this invitation. Nothing has been sent. Ask the study for a new one.
error-invitation-used = This invitation was used on another phone. Your diary is safe. If that wasn’t you, tell the study. They can give you a new one.
error-invitation-expired = This invitation is too old. Your diary is safe. Ask the study for a new one.
error-study-key-changed = The server shows another study than the one on your invitation. Nothing has been sent. Don’t go on; tell the people who invited you.
error-consent-needed = The study needs a yes to one of the questions. Nothing has been sent. Look at them again, or keep a private diary.
error-still-leaving = The study that you left hasn’t been told yet. Everything you wrote is safe. Connect to the internet once, then open the invitation again.
error-already-joined = This diary is in a study already, and can be in one at a time. Everything in it is safe. Nothing more is needed.
error-server-unreachable = The study’s server can’t be reached. Everything you wrote is safe on this phone. What is to be sent goes when it can.
error-server-trouble = The study’s server has trouble of its own. Everything you wrote is safe on this phone and is sent again by itself.
error-study-full = The study has no more room for what you send. Everything you wrote and said is safe on this phone. Tell the study. When there is room again, it is sent by itself.
error-server-garbage = What answers at that address is not the study’s server. Everything you wrote is safe on this phone. Sign in to the Wi-Fi if it asks, or try another connection.
error-diverged = The server knows this diary further on than this phone does. Perhaps the phone was set back to an old copy. What is on this phone is safe. Tell the study before you share more.
error-server-rolled-back = The server has lost some of what it had. All of it is safe on this phone and is sent again by itself. Nothing is needed from you.
error-study-rolled-back = The server showed an older version of the study than this phone has. This phone keeps the newer one, and your diary is safe. Tell the study, so that they can look into it.
error-server-withholds = The server hasn’t shown the study everything that you shared. It is all safe on this phone. Tell the study, so that they can look into it.
error-revoked = This phone may no longer send to the study. Your diary is safe and opens as before. Ask the study if that is not what you expected.
error-phone-unknown = The study’s server does not know this phone any more. That can happen when it had to be repaired. Everything you wrote is safe on this phone. Tell the study, so that they can look into it.
error-phone-stopped = This phone was stopped from another phone of yours. Your diary here is safe and opens as before. What you write here from now on stays on this phone. If it wasn’t you, somebody may have your 24 words: tell the study.
error-other-phone-missing = The server hasn’t given all that another phone of yours sent. What is on this phone is safe. Tell the study, so that they can look into it.
error-clock-jumped = The clock of this phone moved while an entry was held. So the entry stays private. Set the date and time right. Then you can choose to share it again.
error-words-wrong = Not all of the words are right. Nothing is lost. Look at the spelling and the order on your paper, then try again.
error-words-unknown = That server has no diary for these words. Nothing is lost. Look at the address and at the words on your paper.
error-words-other = These words belong to another diary. Nothing is lost. Look at the words on your paper, then try again.
error-words-closed = The 24 words don’t open this one. Nothing is lost. Use the passphrase or PIN instead.
error-same-secret = That is the one that someone knows. Nothing has changed. Choose another one.
error-no-outbox = On this kind of phone, the app can’t hand out files yet. Your diary is safe here. Your 24 words still bring back what is on the study’s server.
error-outbox-read-only = The folder for the file can’t be written to. Your diary is safe, and no part of a file was left there. Look at the settings of this phone, then try again.
error-outbox-full = There is no room for the file. Your diary is safe, and no part of a file was left behind. Make some room, then try again.
error-not-a-backup = That file is not a backup file of a diary, or only its beginning is there. Nothing is lost. Choose another file, or copy it to this phone once more.
error-backup-damaged = A part of that file is missing or has changed on its way. The file you saved first may still be whole. Copy it to this phone once more, then try again.
error-backup-newer = A newer version of the app made this file. Nothing is lost. Get the newest version here to open it.
error-parted = This diary is not connected to its study yet. Everything in it is safe. Connect it on the page Me, then try again.
error-entry-unknown = That entry isn’t here any more. The rest of your diary is safe. Go back and look at the list.
error-not-now = That can’t be done with this entry as it is now. The entry is safe. Go back and look at where it is.
error-no-study = This diary has not joined a study yet. It is safe, and yours alone. To share an entry, join a study on the page Me.
error-about-the-future = That day has not come yet. Your words are safe. Choose today or a day before it.
error-entry-empty = There are no words in it yet. Nothing is lost. Write a few, then try again.
error-entry-too-long = That is more than one entry can hold. Your words are safe as a draft. Move a part of them into a second entry.
error-voice-too-long = That is as much as one entry can hold: ten voice notes of ten minutes each. What you said until then is kept. Go on in another entry.
error-voice-not-here = A voice note is still on its way to this phone. It is safe. Connect, wait until the voice note is here, then try again.
error-diary-exists = There is a diary on this phone already. It is safe. Open that one instead.
error-internal = The app has tripped over itself. What was saved is safe. Close the app and open it again; if it stays like this, tell the study.
