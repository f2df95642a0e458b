//! `closing.toml`: papers of the holiday procedure.

use super::journal::SheetCount;
use super::terms::Role;
use crate::paper::wording::Text;

values! {
    /// One closing.
    pub struct ClosingRun {
        /// «1 четверть 2025/26 учебного года», or several with commas.
        periods,
        /// First day of the holidays.
        from,
        /// Last day of the holidays.
        to,
        /// The school's name.
        school,
    }
}

values! {
    /// A class's copy.
    pub struct RegisterPlace {
        /// «7А класса».
        class,
        /// The period.
        period,
        /// Copy number.
        copy,
        /// Record number.
        record,
    }
}

values! {
    /// One teacher.
    pub struct TeacherPage {
        /// Name with initials.
        teacher,
        /// The period.
        periods,
        /// The day sheets are signed on.
        day,
        /// Where the copies lie.
        room,
    }
}

values! {
    /// The heading of an act.
    pub struct MediaHeading {
        /// Number of the act.
        number,
        /// Its date.
        date,
        /// The periods whose copies are handed over.
        periods,
        /// The school's name.
        school,
    }
}

values! {
    /// Who hands over to whom.
    pub struct HandOver {
        /// Role and name of who hands over.
        giver,
        /// Role and name of who receives.
        keeper,
        /// How many media, in figures.
        media,
        /// In words.
        media_words,
        /// «носителя».
        media_noun,
    }
}

values! {
    /// The archive and its register when copies were made.
    pub struct RegisterState {
        /// Id of the archive.
        archive,
        /// Entries of the register.
        size,
        /// The first 16 hexadecimal digits of its root.
        root,
        /// All 64.
        whole,
    }
}

values! {
    /// What a medium is known by.
    pub struct MediumName {
        /// What is written on it.
        label,
        /// The maker's number.
        serial,
    }
}

values! {
    /// Where a medium is kept.
    pub struct MediumPlace {
        /// Room.
        room,
        /// Safe or cupboard in it.
        safe,
    }
}

values! {
    /// What is on a medium.
    pub struct MediumContent {
        /// Periods whose records are on it.
        periods,
        /// How many records, in figures.
        records,
        /// «единиц хранения».
        records_noun,
        /// Bytes, in groups of three digits.
        size,
    }
}

values! {
    /// Classes that close the same period.
    pub struct ClassesOf {
        /// «2–9 классы».
        classes,
        /// Their period.
        period,
    }
}

values! {
    /// A step of several days.
    pub struct DaysOf {
        /// The first, with its weekday.
        first,
        /// The last.
        last,
    }
}

values! {
    /// A page of a subgroup.
    pub struct SubgroupPage {
        /// Subject.
        subject,
        /// Group.
        group,
    }
}

form! {
    /// Columns of the schedule.
    pub struct ScheduleColumns {
        /// Day of the procedure.
        day: String,
        /// Date.
        date: String,
        /// What is done.
        step: String,
        /// Who does it.
        who: String,
    }
}

form! {
    /// График закрытия.
    pub struct Schedule {
        /// Heading.
        heading: Text<ClosingRun>,
        /// Below the heading.
        period: Text<ClosingRun>,
        /// Columns.
        columns: ScheduleColumns,
        /// Below the table.
        note: String,
        /// Whose signature stands below.
        signed_by: Vec<Role>,
        /// Above the steps of some classes.
        group: Text<ClassesOf>,
        /// A step of several days.
        days: Text<DaysOf>,
        /// Where there are no steps.
        nothing: String,
    }
}

form! {
    /// Columns of the class's checklist.
    pub struct ChecklistColumns {
        /// Place in the list.
        number: String,
        /// Page.
        page: String,
        /// Numbers of the sheets.
        sheets: String,
        /// How many they are.
        count: String,
        /// Who signs.
        signer: String,
        /// Box to be ticked.
        done: String,
    }
}

form! {
    /// Контрольный лист класса.
    pub struct Checklist {
        /// Heading.
        heading: Text<RegisterPlace>,
        /// Which copy it is fixed to.
        copy: Text<RegisterPlace>,
        /// Columns.
        columns: ChecklistColumns,
        /// Below the table.
        note: String,
        /// The title sheet.
        title: String,
        /// The class's attendance.
        attendance: String,
        /// The class's finals.
        finals: String,
        /// A class's summary statements.
        statement: String,
        /// A form filled by hand.
        blank: String,
        /// The last sheet.
        last: String,
        /// A page of a subgroup.
        subgroup: Text<SubgroupPage>,
        /// All sheets of the copy.
        total: Text<SheetCount>,
    }
}

form! {
    /// Columns of «где мне подписать».
    pub struct WhereToSignColumns {
        /// Class.
        class: String,
        /// Subject.
        subject: String,
        /// Copy.
        copy: String,
        /// Numbers of the sheets.
        sheets: String,
        /// How many they are.
        count: String,
        /// Box to be ticked.
        done: String,
    }
}

form! {
    /// «Где мне подписать», one teacher's sheets.
    pub struct WhereToSign {
        /// Heading.
        heading: Text<TeacherPage>,
        /// When and where.
        when: Text<TeacherPage>,
        /// Columns.
        columns: WhereToSignColumns,
        /// Where there is nothing to sign.
        nothing: String,
        /// Below the table.
        note: String,
        /// All sheets to be signed.
        total: Text<SheetCount>,
    }
}

form! {
    /// Columns of the act.
    pub struct MediaActColumns {
        /// Place in the list.
        number: String,
        /// Number of the medium.
        medium: String,
        /// Optical disc, hard disk.
        kind: String,
        /// Where it is kept.
        place: String,
        /// Who keeps it.
        keeper: String,
        /// What is on it.
        content: String,
        /// Digest of what is on it.
        digest: String,
    }
}

form! {
    /// What kinds of media are called.
    pub struct MediaKinds {
        /// Written once.
        optical: String,
        /// A removable hard disk or solid-state drive.
        hard: String,
        /// A stick or card.
        flash: String,
    }
}

form! {
    /// Акт приёма-передачи резервных копий.
    pub struct MediaAct {
        /// Heading.
        heading: Text<MediaHeading>,
        /// Below the heading.
        subject: Text<MediaHeading>,
        /// Who hands over what to whom.
        body: Text<HandOver>,
        /// Columns.
        columns: MediaActColumns,
        /// Kinds of media.
        kinds: MediaKinds,
        /// Whose copies they are.
        archive: Text<RegisterState>,
        /// The register when the copies were made.
        register: Text<RegisterState>,
        /// The root, in large letters.
        root: Text<RegisterState>,
        /// The root in full.
        whole: Text<RegisterState>,
        /// How it is checked.
        check: Text<RegisterState>,
        /// What is written on a medium.
        labelled: Text<MediumName>,
        /// The maker's number of one that has it.
        serial: Text<MediumName>,
        /// Place of a medium without a safe.
        room: Text<MediumPlace>,
        /// Place of a medium in a safe.
        safe: Text<MediumPlace>,
        /// What is on a medium.
        content: Text<MediumContent>,
        /// Above the first signature.
        given: String,
        /// Above the second.
        received: String,
    }
}

form! {
    /// `closing.toml`.
    pub struct ClosingForms {
        /// График закрытия.
        schedule: Schedule,
        /// Контрольный лист класса.
        checklist: Checklist,
        /// «Где мне подписать».
        where_to_sign: WhereToSign,
        /// Акт приёма-передачи.
        media_act: MediaAct,
    }
}
