# The desk's words in English, for researchers: plain and calm; what happened, what is safe, what to do.
# Here is what the first screens say; the others bring desk-later.ftl.
# Never: submit, error occurred, invalid, failed to, please, oops.

## Everywhere

desk-title = Waymark
screen-title = { $screen } – Waymark
lock-now = Lock
try-again = Try again
show = Show
hide = Hide
list-comma = {", "}
not-known = not known
skip = Skip to the content
nav-label = Main pages
nav-overview = Overview
nav-people = People
nav-read = Read
nav-prepare = Prepare:
nav-names = Names
nav-review = Review
nav-export = Export
nav-study = Study
nav-keys = Keys

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

## Nothing to show

away-used = This link has been used
away-used-more = Press Enter in the window where Waymark runs to get a new one.
away-ended = Waymark has ended
away-ended-more = Start it again in the terminal, with the folder of your desk:
away-ended-command = waymark-desk open --desk FOLDER
away-safe = What you have collected is safe. It stays sealed on this machine.

## The lock

unlock-title = Your study’s desk
unlock-lead = Here you collect and read what people shared with your study. It is kept sealed on this machine until one of your team opens it with a passphrase.
unlock-passphrase = The desk’s passphrase
unlock-open = Open
unlock-working = Opening. This can take a moment.
unlock-forgotten = Nobody knows the passphrase any more?
unlock-lock = { $minutes ->
    [one] It locks by itself when nobody has been here for a minute.
   *[other] It locks by itself when nobody has been here for { $minutes } minutes.
  }

## Collecting

collect = Collect
collect-working = Collecting…
collect-done = Nothing is being collected.
collect-last = Last collected: { $when } ({ $ago })
collect-never = Nothing has been collected yet.
collect-asking = Asking the study’s server…
collect-records = { $count ->
    [one] One record is here.
   *[other] { $count } records are here.
  }
collect-part = Voice note, part { $part } of { $parts }
collect-opening = Opening what was shared…

## The foot line

foot-label = All records by what became of them
foot-received = { $count } received
foot-is = =
foot-and = +
foot-opened = { $count } opened
foot-private = { $count } private
foot-control = { $count } control
foot-erased = { $count } withdrawn
foot-waiting = { $count } waiting
foot-quarantined = { $count } set aside ›

## Overview

overview-title = Overview
overview-look = { $count ->
    [one] One phone needs a look
   *[other] { $count } phones need a look
  }
overview-look-lead = What was opened is not in doubt: each entry was proved by itself. What is told here is about what may be missing.
overview-phones = Phones
overview-words = When you meet, compare the six words with those that the phone shows under Me, About the study. When they are the same, nobody stands between that phone and the study.
overview-rest = { $count ->
    [0] There are no others.
    [one] The other one needs nothing.
   *[other] The other { $count } need nothing.
  }
overview-all-well = { $count ->
    [one] There is one, and it needs nothing.
   *[other] There are { $count }, and none of them needs a look.
  }
overview-all = { $count ->
    [one] The phone
   *[other] All { $count } phones
  }
overview-all-caption = All phones
overview-nobody = Nobody has been invited yet
overview-nobody-more = Each person gets a card that you print or send. What they share comes here when you collect.
overview-nothing = { $count ->
    [one] One person has been invited
   *[other] { $count } people have been invited
  }
overview-nothing-more = Nothing has come from them yet. What a person shares waits on their phone for a while, in which they can take it back. Collect again in a day or two.
column-person = Person
column-phone = Phone
column-words = Six words
column-state = State
column-look = How it stands, and what to do
column-as-of = As of
column-records = Records
phone-complete = Complete
phone-behind = More is on its way
phone-gap = A record is missing
phone-withheld = Contents are missing
phone-rolled-back = The server shows less than before
phone-fork = Two histories
phone-stopped = Stopped
phone-unproven = Not proved
phone-parts = { $count ->
    [one] One part of a voice note has not come yet.
   *[other] { $count } parts of voice notes have not come yet.
  }
look-gap = Record { $seq } of this phone has not come, and later ones have. Collect again; if it stays like this, ask whoever runs the server.
look-withheld = The server gave record { $seq } without its contents, and nobody who may erase it has done so. Ask whoever runs the server what became of it.
look-rolled-back = The server showed more of this phone before. It may have been restored from an older backup. What you have is kept. Ask whoever runs the server, and collect again when the phone has called.
look-fork = At record { $seq } this phone has signed two different histories. Its app may run from an old copy on two phones. Ask the person how many phones they use, and stop the one that should not be there.
look-unproven = Nothing proves that this phone is the person’s, so nothing of it is counted or shown. Ask the person whether they have added a phone. If they have not, tell whoever runs the server.

## Records

records-opened = Opened
records-opened-lead = Entries that people shared with the study. Each was proved to be the phone’s own and was opened on this machine. An entry that was changed counts once for each version.
records-private = Private
records-private-lead = What people keep for themselves, and what came after they left the study. None of it is opened, and no word of it is here.
records-control = Control
records-control-lead = What keeps each diary together: phones that begin, answers to the consent questions, time off, and what is shared or taken back later. They hold no diary text.
records-erased = Withdrawn
records-erased-lead = Taken back by the person, or erased by the study. The contents are destroyed; that they were there can still be shown, so that nothing goes missing unseen.
records-waiting = Waiting
records-waiting-lead = They have come, and the phone’s signature for them has not. That comes with the phone’s next call. Collect again later.
records-quarantined = Set aside
records-quarantined-lead = They have come, and something about them does not hold. They are kept, and are neither counted nor shown. All other records stand as they are.
kind-genesis = A phone begins
kind-recovery = New recovery words
kind-entry = Diary entry
kind-own = The person’s own
kind-grant = Shared later
kind-erase = Taken back
kind-consent = Answers to consent
kind-notice = Note to the study
kind-unknown = Cannot be told
reason-malformed = Its bytes are no record. It may have been damaged at the server. Ask whoever runs the server.
reason-newer = A newer Waymark wrote it. Get the newest version of the desk, and collect again.
reason-not-proven = Nothing proves that its phone is the person’s. Ask the person whether they have added a phone.
reason-not-in-chain = The phone has signed for another record at this place, or was stopped before. Ask whoever runs the server.
reason-withheld = Its contents are missing, and nobody who may has erased them. Ask whoever runs the server.
reason-other-key = It is sealed to a key that this desk does not hold. If the study has another desk, look there.
reason-slot = The part that holds its key does not open. Tell the people who make Waymark; the entry is still on the person’s phone.
reason-commitment = Its key is another one than it was signed with. Tell the people who make Waymark; the entry is still on the person’s phone.
reason-body = Its contents do not open. They may have been changed at the server. Ask whoever runs the server; the entry is still on the person’s phone.
reason-content = It opens, and what is in it is not what it should be. Get the newest version of the desk, and collect again.
reason-other-parts = It lists other parts than its voice notes have. Tell the people who make Waymark; the voice notes are still on the person’s phone.
reason-part = The server has given other bytes than a part of its voice note. Ask whoever runs the server, and collect again.
reason-recording = A part of its voice note came as it was sent, and does not open. Tell the people who make Waymark; it is still on the person’s phone.
reason-foreign-consent = These answers name another study or another person. Ask the person to look at their answers in the app.
reason-grant-target = It shares another record than the one at that place, or one that cannot be shared. Ask the person to share the entry again.
reason-grant-key = It brings another key than that of the entry that it shares. Ask the person to share the entry again.
reason-withdrawn-again = It uses the id of an entry that was taken back for good. It stays closed, as the person wished.

## People

invitation-used = Joined

## Inviting

invite-title = Invite people

## Preparing: names

who = Your name

## Preparing: reading copies

review-interview = Interview

## Exporting

format-qdpx = A project for analysis (.qdpx)
format-qdpx-lead = For NVivo, ATLAS.ti, MAXQDA, QualCoder and others: people as cases, diaries as documents, and the study’s codes.
format-qdc = The codebook alone (.qdc)
format-qdc-lead = The study’s codes, for a project that you have already. Nobody’s words are in it.
format-docx = A document to read (.docx)
format-docx-lead = For Word, LibreOffice and others, with an outline by person and day.
format-md = Plain text to read (.md)
format-md-lead = The same in Markdown, for text editors.
format-csv = A table (.csv)
format-csv-lead = One row for each version of an entry and a column for each question, for spreadsheets and statistics.
format-jsonl = For programs (.jsonl)
format-jsonl-lead = One line for each version of an entry, with everything that is known of it, for your own scripts.
format-archive = A package for an archive (a folder)
format-archive-lead = For a repository: all of these with a data dictionary, the study’s documents, and checksums (BagIt). Without names replaced, it also holds a certificate that nothing is missing, and the keys of its own entries, which prove each line.
format-paper = printed
per-participant = All of one person
per-phase = One person in one phase
per-entry = Each entry
line-ends-lf = As one letter (LF), as QualCoder does. Begin with this one.
line-ends-crlf = As two letters (CRLF). MAXQDA may want this one.
mend-title = { $count ->
    [one] An export holds what was withdrawn or removed
   *[other] { $count } exports hold what was withdrawn or removed
  }
mend-lead = Somebody took back what they had shared, or it was taken out of this desk, and a file still has it.
mend-show = Show which

## The study

study-changed = What would be new in version { $version }

## One person, and their phones

to-person = {" – phones and leaving"}
holds-some = { $count ->
    [one] One record is on the phone that has not arrived, as it said on { $moment }.
   *[other] { $count } records are on the phone that have not arrived, as it said on { $moment }.
  }
holds-parts = { $count ->
    [one] All records have arrived, as it said on { $moment }. One part of a voice note has not come yet.
   *[other] All records have arrived, as it said on { $moment }. { $count } parts of voice notes have not come yet.
  }
holds-none = Nothing is known to be waiting: all that it had on { $moment } has arrived.
holds-unknown = Not known. It has not said yet how much it has.
holds-stopped = It is stopped. What it still has counts no more.
met-by = Compared and the same, { $by } on { $day }

## The study’s end, and the desk’s token

end-said = You said on { $moment } that the study has ended.
end-late = What phones still send is kept, and marked as late.
token-to = Type a new token

## When something stands in the way: what happened, what is safe, what to do

error-locked = The desk is locked. Everything in it is safe. Open it with its passphrase to go on.
error-no-desk = There is no desk in that folder. Nothing was changed. Start Waymark again with the folder in which your desk is.
error-wrong-passphrase = That passphrase doesn’t open it. Nothing is lost. Capitals count; press Show to see what you typed, and try once more.
error-in-use = Another Waymark program works with this desk just now. Nothing is lost. Wait until it is done or close it, then try again.
error-newer = A newer Waymark made this desk. Nothing is lost. Get the newest version to open it.
error-damaged = A part of the desk’s file is damaged. Nothing was changed. Keep the folder as it is, and put back the newest backup of it; what people shared can be collected again.
error-unreadable = The desk’s file can’t be read just now. Nothing was changed. See that its disk is connected, then try again.
error-disk-full = This machine has no room left. What was collected before is safe. Make some room, then try again.
error-read-only = The desk’s folder can’t be written to. What was collected before is safe. Look at who may write there, then try again.
error-label-unfit = That label can’t be used for a person. Nothing was sent. Use a short one of letters and numbers, as P01, and no name.
error-participant-unknown = This desk has invited nobody with that label. Nothing was changed. Look at the page People for the labels that there are.
error-invitation-used = Somebody has joined with this invitation already. Nothing was changed. What they share comes here when you collect.
error-collecting = A collection is under way already. Nothing is lost. Wait until it is done.
error-server-unreachable = The study server can’t be reached. What you have collected is all here. Try again when there is a connection.
error-server-untrusted = What answers can’t show that it is the study’s server, so nothing was sent. What you have collected is all here. Try another connection; if it stays like this, ask whoever runs the server.
error-server-trouble = The study server has trouble of its own. What you have collected is all here. Try again later.
error-server-garbage = What answers at that address is not a study server. What you have collected is all here. Sign in to the network if it asks, or try another connection.
error-server-restored = The study server was restored from a backup meanwhile. What you have collected is all here. Collect again: the desk then fetches everything anew.
error-token-refused = The study server doesn’t know the desk’s token any more. What you have collected is all here. Ask whoever runs the server for a new one, and type it in under “The desk’s access to the server”, on the page Study.
error-server-refuses = The study server said no. What you have collected is all here. Try again; if it stays like this, ask whoever runs the server.
error-entry-unknown = That entry isn’t here any more. Everything else is safe. It may have been taken back: look at the list again.
error-name-missing = Say first who you are. Nothing was changed. Type your name, in one line.
error-reason-missing = It needs a reason. Nothing was done. Type why, in one line.
error-reason-unfit = That reason is too long, or more than one line. Nothing was done. Make it shorter.
error-term-unfit = That can’t be used as a name. Nothing was changed. Type one line of up to 200 letters.
error-pseudonym-unfit = That can’t stand in the place of a name. Nothing was changed. Type one line of up to 100 letters.
error-copy-changed = A copy has changed meanwhile. Nothing was marked as read. Look at it again.
error-copies-unread = Nobody has read some of the copies yet. Nothing was written. Read them, or leave out what nobody has read.
error-no-codes = The study has no codes, so there is no codebook. Nothing was written. Write codes into the study file and publish it.
error-nothing-to-talk-about = This person doesn’t ask to talk about anything any more, or has taken back what it was. Nothing was written. Look at the page again.
error-pack-changed = What this person wants to talk about has changed meanwhile. Nothing was printed. Look at it as it is now, then print it.
error-export-unwritable = The export can’t be written into its folder. Nothing is lost. Look at who may write there, then try again.
error-folder-not-shown = No program on this machine shows the folder. The export is safe. Copy its path, and open it yourself.
error-not-confirmed = That isn’t what is asked for. Nothing was done. Type it as it stands above the field.
error-done-unread = It is done. But the desk can’t be read anew after it, so this page may still show how it was before. Lock the desk and open it again; if it stays like this, put back the newest backup of its folder.
error-not-noted = The study server knows it now, but it could not be noted here. Say it once more: twice does no harm.
error-not-joined = The study server knows no phone of this person, so nobody has joined with the invitation yet. Nothing was changed. Take the invitation back instead.
error-phone-unknown = This desk has no proven phone of that kind any more. Nothing was changed. Collect, and look at the person’s phones again.
error-phone-not-whole = Something that this phone has sent is missing or changed. Nothing was stopped. Collect again later, or tick that it must be all the same.
error-new-token-refused = The study server doesn’t take that token for this study. The desk keeps the one that it has. Ask whoever runs the server for a researcher’s token of this study.
error-erasure-changed = There is something else to erase by now than was shown. Nothing was erased. Look at what it takes now, then confirm again.
error-transcript-empty = There is no text in this file. Nothing was kept. Look at whether it is the right one.
error-transcript-too-large = This file is too large for a transcript. Nothing was kept. Take the pictures out of it and save it again, or save it as plain text in UTF-8.
error-transcript-pdf = This is a PDF, whatever its name says. Nothing was kept. Copy its text into a word processor, and save that as .docx.
error-transcript-old = This is a Word file of the old kind (.doc), whatever its name says. Nothing was kept. Open it and save it as .docx.
error-transcript-encrypted = This file is protected with a password. Nothing was kept. Open it, take the password off, and save it again.
error-transcript-other-kind = This is another kind of file, as .odt, .rtf or .zip, whatever its name says. Nothing was kept. Open it and save it as .docx or as plain text in UTF-8.
error-transcript-damaged = A part of this .docx file is missing or damaged. Nothing was kept. Open it in a word processor and save it again under another name.
error-transcript-not-text = This file holds something else than text. Nothing was kept. A transcript is a .docx file, or a .txt or .md file in UTF-8.
error-transcript-other-encoding = The letters of this file are not stored as UTF-8, so some would be read wrongly. Nothing was kept. Open it in the program that wrote it, choose “Save as” and plain text, and as encoding UTF-8.
error-transcript-there = This person’s interview with the same text is at the desk already. Nothing was changed. Look for it in Read.
error-transcript-unreadable = This interview is damaged in the desk’s file and cannot be read. Everything else is safe. Remove it in Read, and add its file again.
error-transcript-unknown = That interview isn’t here any more. Everything else is safe. It may have been removed: look at the list again.
error-time-point-unfit = That time point can’t be used. Nothing was kept. Use a short label in one line, as T1.
error-day-unfit = That day can’t be used. Nothing was kept. Choose the day on which the interview was, which is not one to come.
error-title-unfit = That title can’t be used. Nothing was kept. Use one line, or leave it empty.
error-draft-unfit = The study isn’t whole yet. What you have written is saved. Go back to it and press “Check what is missing”.
error-draft-too-long = This is far longer than a study can be. What was saved before is safe. Shorten it.
error-draft-unwritten = The study file can’t be saved just now. What was saved before is safe, and what you typed stays here while this page is open. See that its disk is connected and works.
error-folder-missing = The folder is not there in which the desk’s folder is to be, so nothing can be saved. What you typed stays here while this page is open. Make that folder, or connect its disk.
error-desk-exists = There is a desk in this folder already. Nothing was changed. Load this page again to open it.
error-server-address = That is no address of a study server. Nothing was sent. Type it as you were given it, as https://study.example.org.
error-token-unfit = That is no token. Nothing was sent. It has 64 letters and digits: copy all of it, and nothing else.
error-admin-token-refused = The study server doesn’t take that token. Nothing was made, and what you have written is saved. Ask whoever runs the server for an administrator’s token.
error-passphrase-empty = A desk needs a passphrase. Nothing was sent. Type one, twice.
error-passphrase-name-unfit = That name can’t be used. Nothing was changed. Type a short one, in one line.
error-passphrase-name-taken = Another passphrase has that name. Nothing was changed. Take one by which you tell the two apart.
error-passphrase-taken = That passphrase opens this desk already. Nothing was changed. Take another one, so that each can be removed by itself.
error-passphrases-full = There are as many passphrases as there can be. Nothing was changed. Remove one first.
error-passphrase-last = This is the last passphrase that opens the desk, so it stays. Add another one first.
error-passphrase-unknown = That passphrase isn’t there any more. Everything else is safe. Look at this page again.
error-split-unfit = The keys can’t be split by these numbers. Nothing was changed. Choose again.
error-custodian-unfit = One of the names can’t be used. Nothing was changed. A name is one line of at most 100 letters.
error-share-unreadable = One of the shares can’t be read. Nothing was changed. Put it aside, and type it again.
error-shares-give-nothing = These shares don’t give the study’s keys. Nothing was changed. Put one aside, and try another sheet.
error-shares-other-study = These shares don’t open this desk: they are of another study, or of keys that were changed since. Nothing was changed. Look at what stands on the sheets.
error-shares-not-this-file = No shares open this desk’s file: it is from before its keys were split, or they were changed since. Nothing was changed. Look whether there is a newer copy of its folder.
error-join-page-on-server = The join page is on the study server’s own host, so whoever serves it could read invitations. Nothing was sent. Put it on another host, or leave that field empty.
error-study-changed = The study file was changed by something else meanwhile. Nothing was sent, and nothing is lost. Look at your study again, then try once more.
error-keys-older = The study’s keys were changed after this desk’s were split among custodians. Nothing was done. Publish, and split the keys, at a desk that has the newest keys.
error-preview-failed = The phone cannot be shown just now. Your study is safe. Try once more; if it stays like this, end Waymark and start it again.
error-published-elsewhere = Another copy of this desk has published a version that this one doesn’t know. Nothing was published. Publish from that copy, and use only that one from now on.
error-internal = The desk has tripped over itself. What you have collected is safe. Load this page again; if it stays like this, end Waymark and start it once more.
