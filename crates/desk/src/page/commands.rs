// The desk's page's commands: one declared list.
waymark_page::commands! {
    for DeskApp, Refusal => CommandError;
    // the lock
    status: Nothing => Status,
    unlock: Unlock => Status,
    lock: Nothing => Status,
    // somebody is there; answered once the lock has fallen, however it fell
    touch: Nothing => Nothing,
    await_lock: Nothing => Nothing,
    // setting up a study, and changing it
    study_form: Nothing => StudyForm,
    begin_study: BeginStudy => StudyForm,
    save_study: SaveStudy => StudyForm,
    take_study: TakeStudy => StudyTaken,
    create_study: CreateStudy => Status,
    publish_study: Nothing => StudyForm,
    send_study_again: Nothing => StudyForm,
    phone_versions: Nothing => Vec<PhoneVersion>,
    // the study as phones show it; answered once that preview is over, however it ended
    open_preview: OpenPreview => PreviewView,
    close_preview: Nothing => Nothing,
    await_preview: PreviewRef => Nothing,
    // collecting
    overview: Nothing => Overview,
    collect: Nothing => Overview,
    progress: Nothing => Collecting,
    records: ListRecords => RecordList,
    // people
    people: Nothing => PeopleView,
    invite: ParticipantRef => InvitationCard,
    revoke_invitation: ParticipantRef => PeopleView,
    // reading
    filters: Nothing => Filters,
    entries: FindEntries => EntryPage,
    versions: EntryRef => Vec<EntryView>,
    // preparing
    names: Nothing => NamesView,
    names_history: Nothing => Vec<DecidedName>,
    decide_names: DecideNames => NamesView,
    forget_names: ForgetNames => NamesView,
    copies: FindCopies => CopyPage,
    interview_copy: TranscriptRef => InterviewCopy,
    mark_read: MarkRead => ReadCount,
    mark_unread: MarkUnread => ReadCount,
    // exporting
    exports: Nothing => ExportsView,
    export: MakeExport => ExportDone,
    show_exports: Nothing => Nothing,
    pack: ParticipantRef => PackView,
    note_printed_pack: NotePrintedPack => Nothing,
    save_pack: SavePack => ExportDone,
    // erasing
    plan_erasure: WantErasure => ErasurePlan,
    erase: OrderErasure => ErasureDone,
    // who can open the desk
    keys: Nothing => KeysView,
    add_passphrase: AddPassphrase => KeysView,
    change_passphrase: ChangePassphrase => KeysView,
    remove_passphrase: RemovePassphrase => KeysView,
    // custodians: their shares are shown once; on a locked desk they try and join theirs
    split_keys: SplitKeys => SharesMade,
    try_shares: TypedShares => SharesTried,
    join_keys: JoinKeys => Status,
    // people and phones, the study's end, the desk's token
    say_left: SayLeft => LeftSaid,
    plan_stop: PhoneRef => StopPlan,
    stop_phone: StopPhone => PhoneStopped,
    note_words_met: NoteWordsMet => Nothing,
    forget_words_met: PhoneRef => Nothing,
    end_study: EndStudy => EndSaid,
    continue_study: Nothing => EndSaid,
    replace_token: ReplaceToken => TokenReplaced,
    make_certificate: Nothing => CertificateMade,
    // interviews
    read_transcript: TranscriptFile => TranscriptRead,
    add_transcript: AddTranscript => Nothing,
    transcript: TranscriptRef => TranscriptView,
    change_transcript: ChangeTranscript => Nothing,
    remove_transcript: TranscriptRef => TranscriptsRemoved,
    remove_transcripts: ParticipantRef => TranscriptsRemoved,
}
