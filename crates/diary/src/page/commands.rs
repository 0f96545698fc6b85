// The diary page's commands: one declared list, without dependencies.
//
// Whoever includes this file first defines `declare_commands!`. The diary makes the `Commands` trait, the dispatcher and
// the TypeScript types from it; the Tauri shell its commands; `src-tauri/build.rs` the permissions. A host that misses
// one does not compile.
declare_commands! {
    // how the page looks; also while locked, and before there is a diary
    appearance: PhoneLanguage => Appearance,
    set_appearance: Appearance => Appearance,
    // people to turn to; also while locked
    support: Nothing => Support,
    set_contacts: SetContacts => Support,
    // a study's questions, read aloud where the device can
    speech: Nothing => Speech,
    read_aloud: ReadAloud => Reading,
    stop_reading: Nothing => Nothing,
    // whose diary: people who share a device have one each
    diaries: Nothing => DiariesView,
    bring_to_front: DiaryPlace => DiariesView,
    // first run
    status: Nothing => Status,
    read_invitation: ReadInvitation => InvitationView,
    create_diary: CreateDiary => Status,
    join_study: JoinStudy => Status,
    restore_diary: RestoreDiary => Status,
    // the lock
    unlock: Unlock => Status,
    lock: Nothing => Status,
    // somebody is there; answered once the lock has fallen, however it fell; when it falls by itself
    touch: Nothing => Nothing,
    await_lock: Nothing => Nothing,
    set_lock_after: SetLockAfter => Keeping,
    recovery_words: Nothing => RecoveryWords,
    confirm_words: ConfirmWords => Status,
    // keeping the diary
    keeping: Nothing => Keeping,
    check_lock: CheckLock => Nothing,
    change_lock: ChangeLock => Status,
    reseal_diary: ResealDiary => ResealedDiary,
    check_words: GivenWords => Nothing,
    reset_lock: ResetLock => Status,
    let_words_open: GivenWords => Keeping,
    export_diary: ExportDiary => SavedFile,
    back_up_diary: BackUpDiary => SavedFile,
    receive_backup: BackupSlice => BackupReceived,
    examine_backup: Nothing => BackupView,
    open_backup: OpenBackup => Nothing,
    restore_backup: RestoreBackup => Status,
    reconnect_study: ReconnectStudy => Status,
    // today and writing
    today: Nothing => Today,
    save_draft: SaveDraft => Draft,
    discard_draft: DraftId => Today,
    cues: CuesOf => Vec<DraftCue>,
    fine_words: Nothing => FineWords,
    allow_word: AllowWord => FineWords,
    finish_entry: FinishEntry => EntryView,
    edit_entry: EntryRef => Draft,
    // reminders and time off
    reminders: ReminderText => RemindersView,
    set_reminders: SetReminders => RemindersView,
    show_reminder: Nothing => ReminderShown,
    pauses: Nothing => Pauses,
    take_time_off: TakeTimeOff => Pauses,
    end_time_off: Nothing => Pauses,
    // voice notes
    begin_voice: BeginVoice => VoiceNote,
    append_voice: AppendVoice => VoiceNote,
    end_voice: VoiceRef => Vec<VoiceNote>,
    discard_voice: VoiceRef => Vec<VoiceNote>,
    set_voice_waits: VoiceWaits => SyncView,
    let_voice_go: Nothing => Status,
    // the diary
    list_entries: ListEntries => EntryList,
    calendar: AskCalendar => Calendar,
    list_tags: FindTags => TagList,
    read_entry: EntryRef => EntryView,
    mark_entry: MarkEntry => EntryView,
    talk_about: TalkAbout => EntryView,
    delete_entry: EntryRef => Nothing,
    // sharing
    share_entry: EntryRef => EntryView,
    keep_private: EntryRef => EntryView,
    withdraw_entry: EntryRef => EntryView,
    // the study
    study: Nothing => Option<StudyView>,
    change_consent: ChangeConsent => Option<StudyView>,
    correct_phase: CorrectPhase => Option<StudyView>,
    leave_study: LeaveStudy => Status,
    sync_now: Nothing => SyncView,
    // the person's phones
    phones: Nothing => PhoneList,
    know_phone: PhoneRef => PhoneList,
    stop_phone: StopPhone => PhoneList,
}
