# The desk's words in English that its first screens do without: they come with the other screens. As desk.ftl.

## Records

to-read = {" – read"}
records-none = There are none.
records-late = after the study’s end
column-place = Place
column-kind = What it is
column-received = Received
column-reason = Why, and what to do
column-about = About
pages-label = Pages
pages-previous = Previous
pages-next = Next
pages-shown = { $from } to { $until } of { $total }

## People

people-title = People
people-care = Small numbers can identify people. Think of who looks over your shoulder, and of it before you show or publish this page.
people-caption = People, and when they shared something
people-look = Needs a look
people-legend = A box is a week. The darker it is, the more was shared: 1, 2 to 3, 4 to 6, 7 or more. Stripes are time off.
people-numbers = The weeks as numbers
people-agreed = What they agreed to
agreed-lead = As each person answered last, in the app. They can change it at any time. An answer changes nothing by itself: look here before you quote, share or archive.
agreed-caption = What people agreed to
agreed-required = Nobody can join without it.
agreed-yes = Yes
agreed-no = No
agreed-when = Answered
agreed-none = Nothing has come
agreed-at = { $moment }, version { $version }
people-hoped = { $count ->
    [one] of one hoped for
   *[other] of { $count } hoped for
  }
people-hoped-more = What is hoped for follows the study’s schedule, from joining on, without time off. Nobody owes it.
people-left = Left on { $day }
people-left-interviews = { $count ->
    [one] One interview is still at the desk
   *[other] { $count } interviews are still at the desk
  }
people-interviews = { $count ->
    [one] One interview
   *[other] { $count } interviews
  }
people-talk = { $count ->
    [one] Wants to talk about one
   *[other] Wants to talk about { $count }
  }
people-silent = { $days ->
    [one] Not heard of for a day
   *[other] Not heard of for { $days } days
  }
column-weeks = Weeks
column-version = Version
column-phase = Phase
column-entries = Entries shared
column-last-about = Last about
column-last-seen = Last seen
column-invitation = Invitation
column-withdraw = Erasing
column-acts = More
strip-words = { $shared ->
    [0] Nothing in { $weeks } weeks.
    [one] 1 entry in { $weeks } weeks.
   *[other] { $shared } entries, in { $filled } of { $weeks } weeks.
  }
strip-words-off = { $off ->
    [one] Time off in 1 week.
   *[other] Time off in { $off } weeks.
  }
weeks-caption = Entries by week, from each Monday
weeks-off = time off
weeks-of = { $shared } of { $hoped }
invitation-none = Not from this desk
invitation-not-sent = The server has not got it yet
invitation-open = Not used yet
invitation-open-until = Not used yet; good until { $day }
invitation-expired = Expired
invitation-revoked = Taken back
invitation-revocation-not-sent = Taken back; the server hears of it when you collect
revoke-yes = Take it back
revoke-no = Leave it as it is
revoke-ask = Take back the invitation of { $of }? The card then opens nothing any more, wherever it is. Whoever has joined already stays.
revoke-working = Taking it back…
revoke-done = Nobody can join with that card any more.

## Inviting

invite-lead = Each label becomes a card for one person. You print it or send it, and the person joins with it on their own phone.
invite-labels = Labels, one in each line
invite-hint = A label, not a name: as P01. It stays at this desk, and the server never gets it.
invite-add = Add { $label }
invite-name = { $count ->
    [one] { $labels } looks like a name. A label, not a name: it is in everything that this desk shows and writes.
   *[other] { $labels } look like names. Labels, not names: they are in everything that this desk shows and writes.
  }
invite-joined = Somebody has joined as { $labels } already. What is shared with another card of that label counts as the same person’s.
invite-again = It is the same person, who needs a new card
invite-again-first = Say that it is the same person, or use another label.
invite-empty = Type a label first.
invite-go = { $count ->
    [0] Make the cards
    [one] Make the card
   *[other] Make { $count } cards
  }
invite-working = { $label }, { $number } of { $of }…
invite-kept = The invitation of { $of } is made and kept at this desk, and the server has not got it yet. So there is no card to give away yet.
invite-stopped = No card was made for { $of }.

## Cards

card-of = The card of { $of }
card-show = Show the card
card-new = Make a new card
card-working = Making what is needed to join…
of-person = {" of "}{ $of }
cards-title = { $count ->
    [one] One card
   *[other] { $count } cards
  }
cards-care = Whoever has a card can join as this person. Show it to this person alone.
cards-gone = Cards are on show until you leave this page. You find them again on the page People.
cards-print = { $count ->
    [one] Print the card
   *[other] Print the cards
  }
card-keep = Keep this half
card-give = Give this half
card-until = Good until { $day }
card-before-open = The same card as before
card-before-used = A new card: somebody has joined with the one before
card-before-expired = A new card: the one before has expired
card-before-revoked = A new card: the one before was taken back
card-title = Your invitation
card-picture = QR code of the invitation
card-app = Install the app Waymark on your phone. Your researcher tells you where to get it.
card-scan = Point your phone’s camera at the picture. Or open the app, tap “I have an invitation”, and type the letters and numbers below.
card-yours = It is yours alone. Show it to nobody else.
card-yours-until = It is yours alone, and good until { $day }. Show it to nobody else.
card-link = Link to send:
card-copy-link = Copy the link
card-copy-text = Copy the text
copied = Copied
copy-refused = The browser doesn’t let this page copy. Select the words and copy them.

## Voice notes

voice-note = Voice note { $number }
voice-play = Play voice note { $number }, { $length }
voice-pause-note = Pause voice note { $number }
voice-place = Place in voice note { $number }
voice-place-of = { $at } of { $length }
voice-silent = It can’t be played just now. It is safe at this desk. Try once more later.
voice-not-here = A voice note of { $length } has not come yet. Collect again later.

## Read

read-title = Read
read-found = { $total ->
    [0] No entries
    [one] One entry
   *[other] { $total } entries of { $participants ->
        [one] one person
       *[other] { $participants } people
      }
  }
read-found-interviews = { $count ->
    [one] One interview
   *[other] { $count } interviews of { $participants ->
        [one] one person
       *[other] { $participants } people
      }
  }
read-found-both = { $entries ->
    [one] One entry
   *[other] { $entries } entries
  } and { $interviews ->
    [one] one interview
   *[other] { $interviews } interviews
  } of { $participants ->
    [one] one person
   *[other] { $participants } people
  }
read-hint = Choose a day to see what is known of what stands there.
read-none = Nothing fits all of that. Leave something out.
read-none-talk = Nothing fits all of that. People choose in the diary what they want to talk about. It is on this list once you have collected.
read-nothing = Nobody has shared an entry yet. What people share comes here when you collect.
read-more = Show more
filter-words = Search
filter-unfold = People and filters
filter-more = Filters
filter-person = Person
filter-everybody = Everybody
filter-kind = Entries and interviews
filter-kind-any = Both
filter-kind-entry = Entries only
filter-kind-interview = Interviews only
filter-phase = Phase
filter-prompt-set = Prompts
filter-tag = Tag
filter-weight = How it weighs
filter-talk = Only what people want to talk about
filter-any = Any
filter-from = From
filter-until = Until
filter-none = Show everything
entry-no-text = Without words
entry-weight = Weighs: { $weight }
entry-tags = Tags: { $tags }
entry-talk = Wants to talk about this
entry-earlier = Earlier versions
entry-version = Written { $when }
weight-light = light
weight-okay = okay
weight-heavy = heavy
weight-not-said = rather not say
known-label = What is known of this entry
known-written = Written
known-written-clock = by the phone’s clock
known-about = About
known-phase = Phase
known-prompt-set = Prompts
known-weight = Weighs
known-versions = Versions
known-versions-count = { $count ->
    [one] This one only
   *[other] { $count }, this one the newest
  }
known-phone = Phone
known-phone-place = { $phone }, place { $place }
known-document = Study document
known-document-version = Version { $version }
known-entry = Entry
known-earlier = { $count ->
    [one] The earlier version
   *[other] { $count } earlier versions
  }

## The pack for an interview

pack-way = Pack for the interview with { $of }
pack-title = Pack for the interview with { $of }
pack-lead = This is what the person has told you that they want to talk about, from the diary that they share. Print it, or save it, and take it to the interview.
pack-care = These are the person’s own words, with names. Only those may see them whom people have agreed to.
pack-none = { $of } has not told you of anything that they want to talk about.
pack-none-more = In the diary, people can say of an entry which they share that they want to talk about it. You find those here after collecting, to print or save for whoever interviews them. What people mark only for themselves never comes here.
pack-why-hint = For example: for the interview in May, and who leads it. It stands in the list of exports, at this desk alone.
pack-save-docx = Save for a word processor
pack-save-md = Save as Markdown
pack-print = Print
pack-printed = It is in the list of exports as printed. If an entry of it is withdrawn later, the list says so: find the paper then and destroy it.
pack-of = What { $of } wants to talk about
pack-confidential = Confidential: for the interviewer alone. Keep it locked away, and destroy it after the interview.
pack-day = About { $day }.
pack-days = About { $first } to { $last }.
pack-count = { $count ->
    [one] One entry, as it is now.
   *[other] { $count } entries, each as it is now.
  }
pack-voice = Voice note, { $seconds } s: to be heard at the desk
pack-notes = Notes

## Preparing: names

who-hint = It stands beside what you decide, read and export. It stays at this desk.
who-offered = I am { $name }
why = Why
why-optional = Why, if you like to say
names-title = Names
names-lead = Names are replaced on a copy of each entry and interview. What people wrote and said stays as it is. Rules find what may be a name, and miss some: so somebody reads each copy before it goes out.
found-title = { $count ->
    [0] Nothing is left to decide
    [one] One to decide about
   *[other] { $count } to decide about
  }
found-lead = Tick those that are the same, or that become the same: “Dave” and “David” may be one person.
found-more = These are the first { $shown } of { $total }. The others come as you decide.
found-none = The rules find nothing more in what was shared so far. Names that they miss can be added by hand.
sort-contact = Ways to reach somebody
sort-contact-lead = E-mail addresses, links, and names that begin with @.
sort-number = Numbers
sort-number-lead = Telephone numbers, postcodes, and other long numbers.
sort-name = Names
sort-name-lead = Words with a capital letter in the middle of a sentence, and those that were decided about in other letters.
sort-perhaps = Perhaps names
sort-perhaps-lead = Words with a capital letter at the beginning of a sentence, which nobody writes small.
sort-added = Added by hand
sort-added-lead = Somebody has typed these.
names-all = All { $count }
names-times = { $times ->
    [one] once
   *[other] { $times } times
  }, { $people ->
    [one] one person
   *[other] { $people } people
  }
names-where = { $participant }, { $day }
names-where-interview = { $participant }, { $day }, interview { $point }
deciding = { $count ->
    [0] Decide
    [one] Decide about one
   *[other] Decide about { $count }
  }
deciding-none = Tick one or more on this page first.
deciding-missing = Tick what you decide about first.
decide-kinds = What stands in its place
decide-used = Or the same as for
decide-used-none = None of these
decide-used-of = { $replacement } – { $terms }
decide-by = Replace with
decide-alike = The same stands for { $terms }.
decide-replace = Replace with { $replacement }
decide-leave = Leave as it is
leave-sure = These { $count } stay as they are everywhere, also in what comes later. A name often begins a sentence. If one of them is somebody’s, it goes out with every copy. Read them once more:
leave-yes = Leave these { $count }
leave-no = Not yet
leave-undo = Take back all { $count }
leave-undone = Nothing is decided about these { $count } any more.
decide-working = Keeping it…
kind-person = Person
kind-place = Place
kind-organisation = Organisation
kind-contact = Contact
kind-number = Number
add-name = Add a name by hand
add-name-term = The name
add-name-hint = Exactly as it is written. Capital and small letters are different.
add-name-missing = Type the name first.
add-name-close = Close without deciding
deciding-by-hand = Decide about a name
said-replaced = { $count ->
    [one] From now on { $replacement } stands for { $terms }.
   *[other] From now on { $replacement } stands for these { $count }: { $terms }.
  }
said-replaced-anew = From now on { $replacement } stands for { $terms }. Where it does, there is a new copy to read.
said-stays = { $count ->
    [one] { $terms } stays as it is.
   *[other] These { $count } stay as they are: { $terms }.
  }
said-nowhere = { $terms } stands nowhere as a whole word, so nothing is replaced by it yet. Where something hangs on to it, decide about the whole word with what hangs on it.
said-undone = Nothing is decided about { $term } any more.
said-forgotten = { $count ->
    [one] It is forgotten.
   *[other] They are forgotten.
  }
decided-title = { $count ->
    [one] One is decided
   *[other] { $count } are decided
  }
decided-lead = It holds for everything that was shared, and for what comes later.
decided-change = Change
decided-undo = Undo
of-name = {" for "}{ $name }
stays = stays as it is
column-name = Name
column-in-place = In its place
column-times = Times
column-who = Who
column-when = When
column-why = Why
column-act = What can be done
gone-title = These are in no entry and no interview now
gone-lead = What held them was changed or taken back, or they have not come yet. As long as they stand here, they hold for what comes later. Forgetting takes them, and all that was ever decided about them, out of this desk for good.
gone-way = Forget these…
gone-yes = Forget for good
gone-no = Keep them
gone-ask = { $count ->
    [one] Forget it for good? Where somebody writes it again, it is to be decided anew.
   *[other] Forget these { $count } for good? Where somebody writes one again, it is to be decided anew.
  }
gone-working = Forgetting…
history = Everything that was ever decided
history-undone = undone

## Preparing: reading copies

review-title = Review
review-lead = This is what goes out. Read whether a name is left, or whether anything else tells who somebody is: a place, a job, a day that everybody knows.
review-count = { $read } of { $entries } read
review-count-both = { $read } of { $entries } entries and { $talksRead } of { $interviews ->
    [one] one interview
   *[other] { $interviews } interviews
  } read
to-review = Read the copies
review-undecided = { $count ->
    [one] One word that may be a name is not decided about.
   *[other] { $count } words that may be names are not decided about.
  } Decide first: what is replaced later makes new copies to read.
to-names = To Names
to-export = To Export
review-unread = Only those that nobody has read
review-replaced = Show what was replaced
review-none = Nothing is left to read.
review-none-entries = No entry is left to read.
review-interviews = { $count ->
    [one] One interview
   *[other] { $count } interviews
  }
review-interviews-lead = Each is read by itself, from its beginning to its end.
review-interview-name = { $participant }, { $day }, interview { $point }
review-interview-titled = { $name }: { $title }
review-interview-lead = This is what goes out. Read whether a name is left, or whether anything else tells who somebody is. To replace something more, select it and press “Add as a name”.
review-interview-open = { $count ->
    [one] One word in it may be a name and is not decided about.
   *[other] { $count } words in it may be names and are not decided about.
  } They are underlined with a wave.
review-interview-read = I have read this interview
review-back = To all copies
review-changed-interview = Something has changed meanwhile, so the copy is shown as it is now. It was not marked as read. Look through it again.
said-read-interview = It was marked as read.
said-unread-interview = It is to be read again.
marks-previous = Previous mark
marks-next = Next mark
marks-count = { $count ->
    [0] There is no mark in it.
    [one] There is one mark in it.
   *[other] There are { $count } marks in it.
  }
marks-may-be = { $number } of { $of }: “{ $words }” may be a name.
marks-replaced = { $number } of { $of }: { $words } stands for “{ $was }”.
review-hint = To replace something more, select it and press “Add as a name”.
review-changed = Something has changed meanwhile, so the copies are shown as they are now. Nothing was marked as read. Look through them again.
review-these = { $count ->
    [one] I have read this one
   *[other] I have read these { $count }
  }
review-working = Keeping it…
said-read = { $count ->
    [one] One was marked as read.
   *[other] { $count } were marked as read.
  }
piece-was = {" "}(was: { $was })
copy-tags = Tags
copy-voice = { $count ->
    [one] There is a voice note. It is not in the copy.
   *[other] There are { $count } voice notes. They are not in the copy.
  }
copy-read = I have read this one
copy-read-by = Read by { $by }, { $when }
copy-unread = Not read after all
copy-of = , { $day }
copy-add = Add a name…
copy-add-selected = Add as a name: “{ $words }”

## Exporting

export-title = Export
export-lead = An export is a file outside of the sealed desk: whoever has the file can read it. It is written into one folder on this machine.
export-format = What for
export-documents = What makes a document
export-line-ends = How lines end
export-line-ends-lead = Programs count the end of a line as one letter or as two. Take the other one where codes stand beside their words.
export-text = Names in it
export-copy = With names replaced
export-copy-lead = The copies that somebody has read: each entry as it is now, and interviews in projects and documents to read. Voice notes are left out. Of times the day and its part are left, and phones have numbers.
export-original = As it was written
export-original-lead = Every word, with names. Interviews are in projects and in documents to read; voice notes lie in a folder beside the file.
export-original-care = Only those may see it whom people have agreed to. Keep it where the study’s raw data is kept, and do not send it by e-mail.
export-unread = { $unread ->
    [one] One of { $entries } copies has not been read.
   *[other] { $unread } of { $entries } copies have not been read.
  }
export-only-read = Leave out what nobody has read
without-way = Leave people out
without-legend = Whom to leave out
without-lead = Nothing of theirs will be in this export: no entry, no voice note, no interview, and not what they agreed to. At the desk it stays. The next export takes everybody again unless you choose so.
without-unknown = Who takes part can’t be read just now, so nobody can be left out of an export.
without-why = Why they are left out
without-why-hint = For example: said no to the archive. It stands in the list of exports, at this desk alone. Name nobody else in it.
export-unread-without = Those whom you leave out are counted here too.
export-why-hint = It stands in the list of exports, at this desk alone.
export-go = Export
export-working = Writing…
exported-title = The export is written
exported-show = Open the folder
exported-holds = { $count ->
    [one] One entry is in it.
   *[other] { $count } entries are in it, each version counted.
  }
exported-latest = { $count ->
    [one] One entry is in it, as it is now.
   *[other] { $count } entries are in it, each as it is now.
  }
exported-no-words = Nobody’s words are in it.
exported-interviews = { $count ->
    [one] One interview is in it.
   *[other] { $count } interviews are in it.
  }
exported-voice = { $count ->
    [one] One voice note lies with it.
   *[other] { $count } voice notes lie with it.
  }
exported-left-out = { $count ->
    [one] One entry was left out, for nobody has read its copy.
   *[other] { $count } entries were left out, for nobody has read their copies.
  }
exported-left-out-interviews = { $count ->
    [one] One interview was left out, for nobody has read its copy.
   *[other] { $count } interviews were left out, for nobody has read their copies.
  }
exported-look = Something of what was shared has not come yet or is set aside, so this may lack it. See Overview.
copy-path = Copy the path
made-title = Exports that were made
made-lead = All that were made here. New ones go into { $folder }.
made-copy = { $count ->
    [one] Names replaced, one entry
   *[other] Names replaced, { $count } entries
  }
made-original = { $count ->
    [one] As it was written, one version of an entry
   *[other] As it was written, { $count } versions of entries
  }
made-mend = { $count ->
    [one] Delete this file, or take it out of it: one entry in it was withdrawn.
   *[other] Delete this file, or take them out of it: { $count } entries in it were withdrawn.
  }
made-mend-interviews = { $count ->
    [one] Delete this file, or take it out of it: one interview in it was removed from the desk.
   *[other] Delete this file, or take them out of it: { $count } interviews in it were removed from the desk.
  }
made-interviews = { $count ->
    [one] , one interview
   *[other] , { $count } interviews
  }
made-gone = Nothing of it lies there any more. If it was moved or copied, look there.
made-gone-mend = { $count ->
    [one] One entry in it was withdrawn.
   *[other] { $count } entries in it were withdrawn.
  }
made-without = Without { $people }: { $why }
made-pack = Pack for the interview with { $of }: { $form }
made-paper = It was to be printed. The desk doesn’t know where the paper is.
made-paper-mend = { $count ->
    [one] One entry on the paper was withdrawn or erased since. Find the paper and destroy it.
   *[other] { $count } entries on the paper were withdrawn or erased since. Find the paper and destroy it.
  }
column-export = What
column-read-by = Read by
column-where = Where
mend-more = People took back what they had shared, or it was taken out of this desk, and these files still have it. Delete each, and its copies wherever they went, and export anew. Or take it out of the file by hand.

## Erasing

erase-way = Erase…
erase-way-entry = Erase this entry…
erase-title = Erase what { $of } shared
erase-title-entry = Erase what { $of } shared about { $day }
erase-lead = For somebody who asks for it in another way than by their phone. Nothing is erased before you have said so below, and nothing while the study server can’t be reached.
erase-looking = Collecting, to see what there is…
erase-takes = What it takes
erase-entries = { $count ->
    [one] One shared entry, with its voice notes
   *[other] { $count } shared entries with their voice notes, each version counted
  }
erase-notices = { $count ->
    [one] One note to the study, about time off, a phase, or an entry they want to talk about
   *[other] { $count } notes to the study, about time off, phases, and entries they want to talk about
  }
erase-private = { $count ->
    [one] The server’s sealed copy of one thing that they keep private
   *[other] The server’s sealed copies of { $count } things that they keep private
  }
erase-takes-more = It is destroyed on this machine and on the server. Nobody can bring it back.
erase-nothing = { $before ->
    [0] There is nothing to erase.
    [one] Nothing is left to erase. One was erased before.
   *[other] Nothing is left to erase. { $before } were erased before.
  }
erase-private-too = Also the sealed copies of what they keep private
erase-private-lead = Nobody but they could ever read those. Without them, the 24 words bring nothing of it back on a new phone.
erase-stays = What stays
erase-stays-phone = The diary on the person’s own phone.
erase-stays-headers = What they agreed to, and of each record its number, time and size: so the rest can still be proved complete.
erase-stays-backups = Backups of the server from before, and copies of this desk’s folder: they hold it, sealed, until they are deleted.
erase-stays-exports = Exports that were made before. You see afterwards which have it.
erase-stays-interviews = { $count ->
    [one] One interview with them is at this desk. No order reaches it: it stays until you remove it.
   *[other] { $count } interviews with them are at this desk. No order reaches them: they stay until you remove them.
  }
erase-to-interviews = To the interviews
erase-stays-later = What their phones share later.
erase-reason-hint = One line. The server and the person’s phones get it as it stands, so name nobody.
erase-confirm = Type { $label } to confirm
erase-yes = Erase for good
erase-no = Leave it as it is
erase-working = Erasing…
erase-back = Back
erased-title = Erased
erased-sent = The server has the orders, and destroys it too.
erased-not-sent = It is destroyed here. The server does not have the orders yet: it gets them when you collect next.
erased-copies = Backups of the server from before still hold it, sealed, until they are deleted, and so do copies of this desk’s folder.
erased-no-exports = No export that was made here has any of it.

## Who can open the desk

keys-title = Keys
keys-lead = The study’s keys open everything that people share with you. They lie sealed in this desk’s folder. This page says who can open it, and who could if nobody’s passphrase were left.
keys-looking = Looking who can open the desk…
keys-passphrases = Passphrases
keys-passphrases-lead = Each of you can have your own passphrase. Any one of them opens all of this desk. A name tells the others whose it is.
keys-first = The first passphrase
keys-since = Since { $day }
keys-since-beginning = Since the desk was made
keys-damaged = Its place in the file is damaged: it opens nothing. Remove it, and add it again.
keys-add = Add a passphrase
keys-add-lead = Whoever it is for sits here and types it. You don’t need to know it.
keys-add-yes = Add it
keys-added = The passphrase of { $name } opens this desk now.
keys-change = Change a passphrase
keys-change-lead = The new one takes its place. The one before opens this desk no more.
keys-change-yes = Change it
keys-changed = The passphrase is changed. The one before opens this desk no more.
keys-current = A passphrase that opens this desk
keys-current-hint = Yours, once more: so that nobody does this who only comes by.
keys-current-change = The passphrase that is to be changed
keys-no-current = Type the passphrase first.
keys-name = Whose it is
keys-name-hint = A short name, as Robin or Team office. It stays in this desk.
keys-name-keep = A short name, as Robin or Team office. Leave it empty to keep the name.
keys-no-name = Type a short name first.
keys-cancel = Cancel
keys-working = Working. This can take some seconds.
keys-full = There are { $count } passphrases, and a desk has no more. Remove one first.
keys-remove = Remove
keys-remove-of = Remove: { $name }
keys-remove-does = It opens this desk no more, at once. The other passphrases stay as they are.
keys-remove-copies = It still opens copies of this folder that were made before, and backups of it. Nobody can change that. Look for them, and delete them.
keys-remove-read = What this person has read, exported or written down, they have.
keys-remove-back = It can’t be undone. A new passphrase can be added any time.
keys-remove-yes = Remove it
keys-remove-no = Keep it
keys-removed = { $name } was removed. That passphrase opens this desk no more.
custodians-title = Custodians
custodians-lead = If all passphrases are forgotten, or the machine is lost, nobody can open what people shared: not the server, not the people who make Waymark. Custodians help against that. Each holds a sheet of paper with a share of the keys. Some of them together have the keys, and fewer know nothing.
custodians-none = This desk knows of no sheets. Unless custodians have some from another desk, nobody can open what people shared without a passphrase of this one.
custodians-made = { $count ->
    [one] The keys were split once
   *[other] The keys were split { $count } times
  }
custodians-column-of = Shares
custodians-of = Any { $threshold } of { $of }
custodians-of-older = Any { $threshold } of { $of }, of older keys
custodians-older-good = The study’s keys were changed since some of these sheets were made. Those open what was shared until then, and not this desk. Collect and destroy them. The other sheets stay good.
custodians-split-now = The study’s keys were changed after these sheets were made. They open what was shared until then, and neither what is shared from now on nor this desk. Split the keys again now.
custodians-all-good = The sheets of every time stay good. Collect those that should count no more, and destroy them.
split-begin = Split the keys
split-again = Split the keys again
split-title = Split the keys
split-of = How many custodians
split-threshold = How many have to come together
split-who = Who they are
split-who-hint = If you like. A name is printed on each sheet, and stays in this desk.
split-custodian = Custodian { $number }
split-does = Any { $threshold } of the { $of } custodians together can open everything that was shared, and speak in the study’s name. Choose people whom the people who take part would trust too.
split-once = You see the sheets once, to print them. They are kept nowhere.
split-stays = It can’t be undone: no sheet can be made useless from here.
split-working = Splitting. This can take some seconds.
split-yes = Make { $count } sheets
sheets-title = The sheets of { $count } custodians
sheets-once = These sheets are on show this once. Nobody can show them again, and they are kept nowhere.
sheets-print-lead = Print them on a printer that stands beside you, not into a file. Give each custodian one, and keep none near this machine. Then let them rehearse, below on the page Keys.
sheets-print = Print { $count } sheets
sheets-done = They are on paper
sheets-leave = Are all of them on paper, so that one can read them? They go from this page for good. If one is missing, split the keys again.
sheets-leave-yes = Yes, let them go
sheets-leave-no = Not yet
sheet-title = Waymark: a share of a study’s keys
sheet-number = Share { $number } of { $of }
sheet-study = Study:
sheet-made = Made on { $day }
sheet-keep = Keep this sheet where you keep papers that matter, apart from the other sheets. Show it to nobody, and take no picture of it.
sheet-together = Any { $threshold } of the { $of } sheets together open everything that people shared with this study. One alone opens nothing.
sheet-use = When nobody can open the study’s desk any more, the custodians come to its machine, choose “Nobody knows the passphrase any more?”, and type their sheets. Try once a year whether that works, on the desk’s page Keys.
rehearse-title = Rehearse
rehearse-lead = Try whether the custodians’ sheets work, now and once a year. Nothing is opened, shown or kept.
rehearse-begin = Rehearse with the sheets
rehearse-end = Forget them and end
shares-label = A share, as it stands on the sheet
shares-hint = Letters and digits. Spaces, lines and capitals don’t matter.
shares-add = Read this share
shares-reading = Reading…
shares-read = Share { $number } was read. It is shown no more.
shares-drop = Put aside
shares-of = {" "}share { $number }
shares-left = { $count ->
    [one] One more share is needed.
   *[other] { $count } more shares are needed.
  }
shares-enough = These are enough.
shares-none = Type or paste a share first.
shares-not-one = This is no share. It has letters and digits in groups of five: look at the sheet again.
shares-mistyped = There is a typing mistake in it, or part of it is missing. Compare it with the sheet, line by line.
shares-newer = A newer Waymark has made this share. Update Waymark on this machine.
shares-other-set = This share was made at another time, or for another study, than the one before. Take sheets that were printed together.
shares-twice = This is the same share once more. Take another sheet.
gives-keys = These shares together give the study’s keys, and would open this desk. Nothing was opened or kept.
gives-nothing = These shares give no keys: one of them is not as it was printed. Put one aside, and try another sheet.
gives-other-study = These shares give the keys of another study, not of this one.
gives-older-keys = These shares give the keys that the study had before they were changed. They open what was shared until then, and not this desk. Take sheets that were made after the change.
gives-not-this-file = These shares give the study’s keys. This desk was made anew since, and does not open with them yet: split the keys again.
join-title = Set a new passphrase
join-lead = Custodians who hold sheets with shares of the study’s keys can do this together. Each types their own share. What was collected stays as it is.
join-where = If the machine was lost and there is no desk any more, whoever runs the server can help: the custodians make a new desk with “waymark-desk keys join”.
join-shares = The shares
join-passphrase = The new passphrase
join-replaces = It takes the place of all passphrases that this desk has: none of those before opens it any more. The sheets stay good: take them home again.
join-working = Setting the new passphrase. This can take some seconds.
join-go = Set it and open the desk
join-back = Back to the passphrase

## Interviews

interview-of = Interview { $point }
interview-words = { $count ->
    [one] One word
   *[other] { $count } words
  }
interview-whole = Show the whole interview
interview-less = Show less
interview-gap = …
interview-known = What is known of this interview
interview-day = Day
interview-time-point = Time point
interview-imported = Added
interview-file = From the file
interview-length = Length
interview-exports = In these exports
interview-exports-none = In none that was made here
interview-export = { $when }: { $path }
interview-export-gone = { $when }: { $path } (not there any more)
interview-correct = Correct
interview-save = Save
interview-saving = Saving…
interview-cancel = Leave it as it is
interview-remove = Remove
interview-remove-ask = Remove this interview from the desk for good? Its text is destroyed here. The file that it came from stays where it is, and copies of the desk’s folder hold it until they are deleted.
interview-remove-exports = { $count ->
    [one] One export holds it and is not changed. You see then which.
   *[other] { $count } exports hold it and are not changed. You see then which.
  }
interview-remove-yes = Remove it for good
interview-remove-no = Keep it
interview-removing = Removing…
interviews-remove-all = Remove all interviews of { $of }
interviews-remove-all-ask = { $count ->
    [one] Remove the one interview of { $of } from the desk for good?
   *[other] Remove all { $count } interviews of { $of } from the desk for good?
  } The texts are destroyed here. The files that they came from stay where they are, and copies of the desk’s folder hold them until they are deleted.
interviews-removed = { $count ->
    [0] There was none to remove.
    [one] The interview is removed. Its text is destroyed at this desk.
   *[other] { $count } interviews are removed. Their texts are destroyed at this desk.
  }
interviews-removed-exports = Exports from before still hold them. Make these anew, or delete them:
interviews-removed-gone = These are no longer where they were written. If one was moved or copied, look there:
damaged-title = Interviews that cannot be read
damaged-lead = { $count ->
    [one] One interview is damaged in this desk’s file and cannot be read any more. It is set aside; everything else is as it was. Remove it, and add its file again, or bring back a copy of the desk’s folder.
   *[other] { $count } interviews are damaged in this desk’s file and cannot be read any more. They are set aside; everything else is as it was. Remove them, and add their files again, or bring back a copy of the desk’s folder.
  }
damaged-id = Transcript
damaged-ask = Remove it from the desk for good? Nothing of it can be read here. Add its file again afterwards, if there is one.
interviews-title = Add interviews
interviews-lead = Choose transcripts: Word files (.docx), or plain text in UTF-8 (.txt or .md). You see what was read of each before it is kept. They stay at this desk, sealed; the study’s server never gets them.
interviews-choose = Choose files
interviews-choose-more = Choose more files
interviews-reading = Reading…
interviews-unread = The browser can’t read this file. Nothing was kept. Look at whether it is still where it was, then choose it once more.
interviews-beginning = How it begins
interviews-person = Person
interviews-person-choose = Choose a person
interviews-point-hint = As T1. The study’s are offered.
interviews-title-field = Title, if it needs one
interviews-title-hint = It stands in exports, so name nobody. The file’s name does not.
interviews-left-out = Not read: { $what }.
left-out-comments = comments
left-out-notes = footnotes and endnotes
left-out-deleted = text that was deleted while changes were tracked
left-out-pictures = pictures
left-out-other = other content, as formulas or text out of another file
left-out-letters = some letters (� stands for each)
interviews-drop = Leave out
interviews-drop-of = {" "}{ $file }
interviews-missing = Choose the person, the time point and the day first.
interviews-keep = { $count ->
    [0] Keep them
    [one] Keep the interview
   *[other] Keep { $count } interviews
  }
interviews-keeping = Keeping { $number } of { $of }…
interviews-kept = { $count ->
    [one] One interview is kept. It stands at its day, between the entries.
   *[other] { $count } interviews are kept. They stand at their days, between the entries.
  }
interviews-read = Read them
interviews-nobody = An interview is of somebody who was invited. Invite people first; whoever gives interviews alone needs no phone.

## Setting up a study: the beginning

begin-title = Set up a study
begin-lead = There is no study in this folder yet. Write one here: what people are asked, when, and what they agree to. You can stop at any time and go on later; nothing goes to a server before you say so.
begin-elsewhere = You have a desk already, in another folder? Close this, and open it with waymark-desk open --desk and that folder.
begin-folder = It is kept in:
begin-example = Begin with the example
begin-example-more = A whole study of a year in three phases, for peer workers. Change what is different in yours.
begin-example-go = Take the example
begin-empty = Begin with nothing
begin-empty-more = One phase, one question, one thing to agree to: all to be written by you.
begin-empty-go = Begin an empty study
begin-published = Begin with what is published
begin-published-more = The study as phones get it now.
begin-published-go = Take what is published
begin-file = Take a study file
begin-file-more = Somebody has written one, or sent you theirs. Its name ends in .toml.
begin-unread = The study file can’t be read
begin-unread-more = Nothing was changed. Put it right in a text editor and look again, or begin anew: the file is then kept under another name. It is:
begin-look-again = Look again
take-choose = Choose the file
take-paste = Or paste its text
take-go = Take this text
take-keeps = What you have written until now is kept beside it, under another name.
take-empty = Choose a file or paste its text first.
take-not-utf8 = This file isn’t written in UTF-8; it shows in line { $line }. Nothing was changed. Open it in a text editor, save it as UTF-8, and choose it again.
take-too-long = This file is far too long for a study file. Nothing was changed. Choose another one.
take-problems = { $count ->
    [one] One thing in this file has to be put right first. Nothing was changed.
   *[other] { $count } things in this file have to be put right first. Nothing was changed.
  }
take-problem = Line { $line }: { $message }; { $remedy }.

## Setting up a study: the form

form-title = Your study
form-title-change = Change the study
form-parts = Parts of the study
form-saved = Saved on this machine
form-saving = Saving…
form-kept = The file was written by something else meanwhile, or had notes that have no place any more. As it was it is kept beside it, as { $name }.
form-stale = What you see is older than version { $published }, which phones get.
form-stale-go = Begin with what phones get
form-stale-keep = Go on with this one
form-next = Next: { $part }
form-check = Check what is missing
form-see = See it on a phone
form-count = { $count ->
    [one] 1 to do
   *[other] { $count } to do
  }
form-go-on = Go on and create it
form-go-on-more = Next you say on which server it is kept. Nothing is sent before that.
form-done = Done
form-done-more = Phones get it when you publish it on the page Study.

## The study as phones show it

preview-title = On a phone
preview-lead = These are the app’s own screens, with your study as it is written now. It is a trial: nothing is sent to anybody, and what you write on these phones is gone when you leave this page.
preview-back = Back
preview-unfinished = Something in your study is missing or not right yet, so a phone cannot show it. Go back to the form and check what is missing.
preview-when = What you see
preview-first-run = The first run: invitation, study, consent
preview-on = Day { $day }, { $date }: { $phase }
preview-on-with = Day { $day }, { $date }: { $phase }, with { $sets }
preview-another = Another day
preview-day = Which day, counted from joining
preview-day-unfit = Give a day from 1, the day of joining, to { $last }.
preview-first = Language of the first phone
preview-second = Language of the second phone
preview-none = No second phone
preview-show = Show it
preview-making = Getting ready…
preview-over = The trial has ended, because nobody used it for a while or it was opened elsewhere. Your study is safe. Choose Show it to begin again.
preview-phones = Phones
preview-phone = A phone in { $language }
preview-past = Go past the phone in { $language }
preview-after = Here the phone in { $language } ends.
preview-pin = If you lock one of them, its PIN is { $pin }.
problems-label = What is missing
problems-none = Nothing is missing.
problems-title = { $count ->
    [one] One thing is missing or not right yet
   *[other] { $count } things are missing or not right yet
  }
problems-line = Line { $line }
section-about = About the study
section-languages = Languages
section-phases = Phases
section-questions = Questions
section-consent = Consent
section-support = Support
section-rules = Waiting and keeping
section-interviews = Interviews
section-codes = Codes
section-file = The study file
remark-blank = Nothing is written here yet.
remark-range = Give a beginning and an end that comes after it.
remark-no-phase = A study has at least one phase. Add one.
remark-first-phase = The first phase begins at joining: write 0.
remark-phase-order = It has to begin after the one before it. Change the time, or move it up.
remark-no-set = Nothing is asked yet. Add a set of questions.
remark-set-empty = It has no question. Add one, or take the set out.
remark-weekly = Nobody would see these questions in one of their phases. Add days below, or choose another time.
remark-phases = Choose at least one phase.
remark-options = It needs at least two choices. Add them below.
remark-days = Choose at least one day.
remark-no-consent = People agree to nothing yet. Add what they are asked.
remark-tel = That is no telephone number. Write digits, as 116 123 or +44 20 7946 0000.
remark-join-page = That is no address of a join page. It begins with https:// and has no ? and no #.
remark-no-language = A study has at least one language. Add one.
remark-other = { $message }: { $remedy }.
item-up = Up
item-down = Down
item-remove = Take out
item-add = Add
item-of = {" "}{ $of }
removed = Taken out: { $what }
removed-back = Put it back
words-missing = Not written in { $language } yet: people see it in { $first }.
id-summary = Short name in the data: { $id }
id-label = Short name
id-hint = It stands beside the answers in what you export. Letters a to z, digits and hyphens.
id-keep = Answers are kept under it. Phones know it already, so keep it as it is.
unit-of = Unit of: { $of }
unit-hours = hours
unit-days = days
unit-weeks = weeks
unit-years = years
range-from = From
range-to = Until before
field-title = Title
field-title-hint = As people see it in the app.
field-about = What it is about
field-about-hint = Shown before anybody is asked to agree to anything. Short words, short sentences.
field-run-by = Who runs it
field-run-by-hint = Names that people can recognise: the team, the university.
field-contact = How to reach you
field-contact-hint = A telephone number with its hours, or an address.
field-hold = How long an entry waits
field-hold-hint = After somebody has chosen to share it. Until then they can take it back and nobody has seen it. 0 shares at once.
field-days-back = How many days back an entry may be about
field-days-back-hint = The day of writing is kept as well.
field-review = When you look again at what you keep
field-review-hint = Nothing is destroyed by itself.
field-join-page = Join page
field-join-page-hint = Leave it empty if you don’t know of one: invitations work without it. The address of a page that opens them, on another host than the study server’s.
languages-lead = Every text has to be there in the first language. Where another one lacks a text, people see the first.
languages-first = The first language
languages-missing = { $count ->
    [0] Everything is written in it
    [one] One text is missing
   *[other] { $count } texts are missing
  }
languages-add = Another language
languages-choose = Choose one
languages-other = One that is not in this list
languages-code = Its code, as en or pt-BR
languages-unfit = That is no code of a language, or it is there already. Write one like gd or pt-BR.
phases-lead = Times of taking part, counted from the day on which somebody joins. Each lasts until the next. One phase is enough.
phase-number = Phase { $number }
phase-title = Its name
phase-first = It begins when somebody joins.
phase-from = When it begins
phase-from-hint = Counted from joining.
phase-add = Add a phase
phases-all = In all phases
questions-lead = Questions that are asked together make a set. Every question can be skipped. How heavy the day feels, tags and free writing are always there, and are not written here.
set-number = Set { $number }
set-title = Name of the set
set-title-hint = As people see it: Today, Looking back on the week.
set-when = When it is used
when-day = On any day
when-event = When something happened: always on offer beside the others
when-weekly = On its days, and two days after
set-phases = Where it is used
set-add = Add a set of questions
lost-questions = Questions and days of no set
lost-lead = { $count ->
    [one] One question or rule for days names a set that isn’t there.
   *[other] { $count } questions or rules for days name a set that isn’t there.
  }
lost-remove = Take them out
question-number = Question { $number }
question-text = The question
question-kind = How it is answered
question-add = Add a question
kind-text = In words
kind-voice = Spoken
kind-choice = One of some choices
kind-scale = A step on a scale
options-of = Choices of: { $of }
option-number = Choice { $number }
option-text = As people see it
option-add = Add a choice
days-title = Days
days-lead = On which days people are reminded, unless they turn it off. Without any, the questions are still on offer.
days-lead-weekly = On which days these questions come.
days-number = Days { $number }
days-add = Add days
days-which = On these days
days-aim = Entries a week that you hope for
days-aim-hint = For your eyes: the app counts nothing and blames nobody. It may stay empty.
days-phases = In which phases
days-phases-all = Wherever the set is used
days-more = Only a part of the phase, or not every week
days-weeks = Only in this part of the phase
days-weeks-hint = Counted from the phase’s first day. Empty for all of it.
days-every = Every how many weeks
days-every-hint = 1 is every week, 2 every second one.
weekday-mon = Monday
weekday-tue = Tuesday
weekday-wed = Wednesday
weekday-thu = Thursday
weekday-fri = Friday
weekday-sat = Saturday
weekday-sun = Sunday
consent-lead = People are asked these one by one when they join. Your ethics board will want to see these words.
consent-number = Item { $number }
consent-text = What they agree to, as they would say it
consent-required = Nobody can join without it
consent-add = Add something to agree to
support-lead = Whom people can call. It is shown without a connection, and while the diary is locked. Check every number before you publish.
support-number = Contact { $number }
support-name = Who answers
support-tel = Telephone number
support-hours = When somebody answers
support-hours-hint = It may stay empty.
support-add = Add a contact
section-interviews-lead = When you talk with people, counted from joining. It stays at this desk; phones are not told.
interviews-at-once = What you change here holds at this desk as soon as it is saved; there is nothing to publish.
interviews-unknown = Phones are not told of interviews, so this desk doesn’t know when they are. If you have the study file, take it under “The study file”.
interview-number = Interview { $number }
interview-name = Its name
interview-name-hint = Short, as T1.
interview-at = When
interview-at-hint = Counted from joining.
interview-add = Add an interview
codes-lead = A first codebook for reading the diaries. It stays at this desk; phones are not told. You will add to it later.
code-number = Code { $number }
code-name = Name
code-parent = Stands below
code-parent-none = Nothing
code-description = When to use it
code-add = Add a code
file-lead = All that you write here is this one file. It is no secret: it is what phones get, with your interviews and codes. Programs and colleagues can read it, and take it as it is.
file-where = It is kept in:
file-unsaved = What you typed last comes into it in a moment.
file-copy = Copy the file’s text
file-name = The study file
file-other = Take another study file instead

## Creating the study

create-title = Create the study
create-lead = The study is registered at its server, and its desk is made in this folder. Then you can invite people.
create-server = Address of the study server
create-server-hint = From whoever runs the server, as https://study.example.org.
create-token = The server’s token
create-token-hint = An administrator’s token, from whoever runs the server. It is used once and not kept.
create-no-server = Type the server’s address first.
create-no-token = Type the server’s token first.
create-passphrase-title = The passphrase of your desk
create-passphrase-lead = It closes everything that people share with you, on this machine. Nobody can find it again for you: not the server, not the people who make Waymark. Until you add a second one or split the keys among custodians, on the page Keys, nothing opens without it. Write it down and keep it where you keep other keys.
create-passphrase = A new passphrase
create-passphrase-hint = Five or six words that have nothing to do with each other are good, and easy to type.
create-again = The same once more
create-no-passphrase = Type a passphrase first.
create-differ = The two passphrases are not the same. Type the second one again.
create-go = Create the study
create-working = Creating the study. This can take a moment.
create-back = Back to the study
creating-server-unreachable = The study server can’t be reached. What you have written is saved, and nothing was made. Look at the address, and try again when there is a connection.
creating-server-untrusted = What answers there can’t show that it is that server, so nothing was sent. What you have written is saved. Try another connection; if it stays like this, ask whoever runs the server.
creating-server-trouble = The study server has trouble of its own. What you have written is saved, and no desk was made. Try again later.
creating-server-garbage = What answers at that address is not a study server. What you have written is saved, and nothing was made. Look at the address, and sign in to the network if it asks.
creating-server-refuses = The study server said no. What you have written is saved, and nothing was made. Ask whoever runs the server.
creating-read-only = The folder can’t be written to. Nothing was made. Look at who may write there, then try again.
creating-disk-full = This machine has no room left. What you have written is saved, and no desk was made. Make some room, then try again.

## The study

study-title = Study
study-version = Phones get version { $version }
study-version-more = Whoever joins begins with it, and other phones take it when they next have a connection.
study-change = Change the study
study-same = Nothing has changed since.
study-unfit = { $count ->
    [one] One thing has to be put right before you can publish it.
   *[other] { $count } things have to be put right before you can publish it.
  }
study-look = Look at it
study-unread-more = What you were changing is in the file study.toml in the desk’s folder, and it can’t be read. Choose “Change the study” to see why.
study-publish-first = Publish it
study-publish = Publish version { $version }
study-publish-ask = Phones take version { $version } when they next have a connection. It can’t be taken back or changed any more, only followed by another one.
study-publish-no = Not yet
study-publishing = Publishing…
study-published = Version { $version } is published.
study-unsent = It is not sure that version { $version } is published
study-unsent-more = Version { $version } was sent to the study’s server, and no answer came. Phones may have it already, so it can’t be changed any more. Send it again to be sure.
study-unsent-go = Send version { $version } again
study-who = Who has which version
study-who-count = { $count ->
    [0] Of no phone it is known that it has version { $version }.
    [one] One of { $of } phones is known to have version { $version }.
   *[other] { $count } of { $of } phones are known to have version { $version }.
  }
study-who-more = A phone says which version it has with what it shares. Until then it is not known, also when the phone has it.
study-nobody = No phone has joined yet.
study-not-known = not known yet
changed-sets = Sets of questions
changed-prompts = Questions
changed-one = { $part }: changed
changed-list = { $part }: { $what }
changed-added = { $count } new
changed-changed = { $count } changed
changed-removed = { $count } taken out
changed-moved = in another order
changed-was = Was:
changed-now = Now:
changed-new = New:
changed-gone = Gone:

## One person, and their phones

person-way = Phones and leaving
person-title = { $of }: phones and leaving
person-joined = Joined on { $day }.
person-not-joined = Nobody has joined with the invitation yet, as far as was collected.
person-read = Read what they shared
person-no-phone = Nothing has come from a phone of theirs yet.
people-said-left = Left, as you said on { $day }
phone-title = Phone { $id }
of-phone = {" – phone "}{ $id }
phone-holds = What it still has
phone-received = Last received from it
phone-id = Its whole name
holds-lead = Each time a phone calls, it says how much it has. What was written on it since then nobody can know here.
met-not = Not compared yet.
met-same = I compared them, and they are the same
met-undo = Take that back
met-differ = Are they not the same? Leave it unsaid, and ask the person which phones they use. Then tell whoever runs the server: somebody may stand in between.
replace-way = This phone is lost…
replace-lead = First ask { $of } whether they have the paper with their 24 words. What is open to you depends on it.
replace-words = With the 24 words
replace-words-app = The person installs Waymark on another phone and chooses “I lost my phone”.
replace-words-type = They type their words, and the address of the study’s server:
replace-words-stop = On the new phone, under “My phones”, they stop the lost one. That needs the words too.
replace-collect = Collect here. The new phone then stands beside the lost one, and the lost one is “Stopped”.
replace-words-more = All that the lost phone had sent comes back, also what is private. What it had not sent is gone with it.
replace-without = Without the words
replace-stop = If somebody else may have it, stop it here. Nothing that it sends counts then any more, and that can’t be taken back.
replace-stopped = This phone is stopped already.
replace-card = Give them a new card for the same label. What they share from then on is the same person’s: { $of }.
replace-card-way = Make a new card
replace-collect-words = When they have joined, collect here, and compare the new phone’s six words with them.
replace-without-more = What they had shared is here. What was private on the lost phone is gone, and so is what it had not sent. What they shared before they can’t take back themselves any more: erase it here when they ask.
stop-way = Stop this phone…
stop-title = Stop phone { $id } of { $of }
stop-lead = For a phone that is in wrong hands, when its person has no words at hand to stop it themselves. Nothing is stopped before you have said so below, and nothing while the study server can’t be reached.
stop-looking = Collecting, to have all that it has sent…
stop-does = What it does
stop-does-nothing = Nothing that phone { $id } of { $of } sends from now on counts, here or anywhere. Its records up to number { $seq } count.
stop-does-ever = It is for good. Nobody can take it back, and no phone counts to which it has handed over.
stop-does-not = What it does not
stop-not-here = What has come from it stays here, and counts.
stop-not-phone = The diary stays on the phone. Whoever can open its lock can read it.
stop-not-person = The person stays in the study. They go on with their 24 words on another phone, or with a new card.
stop-not-whole = Something that this phone has sent is missing or changed: see Overview. If it is stopped now, what is missing can’t count later either.
stop-even = It must be stopped all the same
stop-yes = Stop it for good
stop-no = Leave it as it is
stop-working = Stopping…
stopped-title = The phone is stopped
stopped-before = This phone was stopped before
stopped-counts = Its records up to number { $seq } count, and nothing after.
stopped-sent = The server has the order, and takes nothing from it any more.
stopped-not-sent = It is stopped at this desk. The server does not have the order yet: it gets it when you collect next.
stopped-next = { $of } goes on with their 24 words on another phone, or with a new card.
leaving-title = Leaving
leaving-own = They left by the app on { $day }. There is nothing for you to say.
leaving-lead = People leave by the app. When somebody tells you by telephone or letter instead, say so here.
leaving-said = You said on { $moment } that they have left.
leaving-way = { $of } has left…
leaving-ask = Has { $of } left? The study’s server is then told so.
leaving-keeps = What their phones still send is kept, and marked as late.
leaving-not = Nothing is deleted: not here, not on the server, not on the phone. For that there is Erasing below. The person is not told by it.
leaving-undo = You can take it back. What came meanwhile stays late.
leaving-yes = Yes, they have left
leaving-no = Leave it as it is
leaving-working = Telling the server…
leaving-done = The server knows that { $of } has left.
leaving-again = The server knows that { $of } has left. You had said so before.
leaving-unsure = It is not sure whether the server has heard it. Nothing is noted here. Say it once more when there is a connection: twice does no harm.
staying-way = { $of } takes part after all…
staying-ask = Does { $of } take part after all? The study’s server is then told so.
staying-late = What came meanwhile stays late.
staying-yes = Yes, they take part
staying-done = The server knows that { $of } takes part.

## The study’s end, and the desk’s token

end-title = The end of the study
end-lead = When the study is over, say so here. Tell the people first.
end-not-sent = The server does not know of it yet: it is told when you collect next.
end-way = End the study…
end-ask = End “{ $title }”? That means:
end-nobody-joins = Nobody can join any more, with whatever card.
end-nothing-deleted = Nothing is deleted: not here, not on the server, not on any phone. People keep their diaries.
end-nobody-told = Nobody is told by it. Tell people yourself.
end-undo = You can let it go on. What came meanwhile stays late.
end-yes = End the study
end-no = Not yet
end-working = Telling the server…
end-done = The study has ended.
end-again = The study has ended. You had said so before.
end-sent = The server knows it.
go-on-way = Let the study go on…
go-on-ask = Let “{ $title }” go on? People can then join again.
go-on-late = What came meanwhile stays late.
go-on-yes = Let it go on
go-on-no = Leave it ended
go-on-done = The study goes on.
token-title = The desk’s access to the server
token-lead = The desk shows a token to { $server }. When it was revoked, or somebody else may have it, ask whoever runs the server for another one.
token-way = Type a new token…
token-new = The new token
token-hint = 64 letters and digits: a researcher’s token of this study. It is kept sealed in the desk’s file.
token-yes = Take it
token-no = Keep the one that it has
token-working = Asking the server…
token-same = The desk has this token already, and the server takes it.
token-done = The desk has the new token.
token-done-revoked = The desk has the new token. The server takes the one before no more.
token-still-good = The token before may still be good. Ask whoever runs the server to revoke it.

## A certificate

certificate-title = A certificate
certificate-lead = For an ethics board or an archive: it shows, by the phones’ own signatures, that nothing is missing of what was collected, or what is.
certificate-holds = It holds numbers and times of every phone, no words and no labels. It is of what was collected last.
certificate-go = Save a certificate
certificate-made = { $phones ->
    [one] The certificate is written: { $records } records of one phone.
   *[other] The certificate is written: { $records } records of { $phones } phones.
  }
certificate-check = Whoever gets it checks it without any key of the study, with the command “waymark-desk check-certificate”.
