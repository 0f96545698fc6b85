// The diary page's commands: one declared list, without dependencies.
//
// Whoever includes this file first defines `declare_commands!`. The diary makes the `Commands` trait, the dispatcher and
// the TypeScript types from it; the Tauri shell its commands; `src-tauri/build.rs` the permissions. A host that misses
// one does not compile.
declare_commands! {
    // first run
    status: Nothing => Status,
    read_invitation: ReadInvitation => InvitationView,
    create_diary: CreateDiary => Status,
    join_study: JoinStudy => Status,
    restore_diary: RestoreDiary => Status,
    // the lock
    unlock: Unlock => Status,
    lock: Nothing => Status,
    recovery_words: Nothing => RecoveryWords,
    confirm_words: ConfirmWords => Status,
    // today and writing
    today: Nothing => Today,
    save_draft: SaveDraft => Draft,
    discard_draft: DraftId => Today,
    finish_entry: FinishEntry => EntryView,
    edit_entry: EntryRef => Draft,
    // the diary
    list_entries: ListEntries => EntryList,
    calendar: AskCalendar => Calendar,
    list_tags: FindTags => TagList,
    read_entry: EntryRef => EntryView,
    mark_entry: MarkEntry => EntryView,
    delete_entry: EntryRef => Nothing,
    // sharing
    share_entry: EntryRef => EntryView,
    keep_private: EntryRef => EntryView,
    withdraw_entry: EntryRef => EntryView,
    // the study
    study: Nothing => Option<StudyView>,
    sync_now: Nothing => SyncView,
}
