//! `journal.toml`: the paper copy of a class journal.

use super::terms::Role;
use crate::paper::wording::Text;
use crate::paper::words::{Case, Count, Noun};

values! {
    /// Whose journal, for when.
    pub struct Titled {
        /// «7А класса».
        class,
        /// «1 четверть 2025/26 учебного года».
        period,
        /// «2025/26 учебный год».
        school_year,
        /// The school's name.
        school,
    }
}

values! {
    /// A numbered copy.
    pub struct CopyOf {
        /// Its number.
        copy,
    }
}

values! {
    /// A record.
    pub struct RecordOf {
        /// Its number, six digits.
        record,
    }
}

values! {
    /// A record's seal.
    pub struct SealOf {
        /// SHA-256 of `seal.txt`.
        digest,
        /// When it was sealed, the school's time.
        sealed,
    }
}

values! {
    /// The director's key.
    pub struct KeyOf {
        /// Its fingerprint.
        fingerprint,
    }
}

values! {
    /// The archive's register when the copy was printed.
    pub struct RegisterOf {
        /// Number of entries.
        size,
        /// The first 16 hexadecimal digits of its root.
        root,
    }
}

values! {
    /// So many sheets.
    pub struct SheetCount {
        /// «42».
        sheets,
        /// «сорок два».
        sheets_words,
        /// «листа».
        sheets_noun,
    }
}

impl SheetCount {
    /// The count in figures and words. `case` is that of the count in the sentence.
    pub fn of(sheets: Count, case: Case) -> SheetCount {
        SheetCount {
            sheets: sheets.to_string(),
            sheets_words: sheets.in_words(Noun::SHEET.gender, case),
            sheets_noun: Noun::SHEET.after(sheets.get(), case).to_owned(),
        }
    }
}

values! {
    /// Sheets by their numbers.
    pub struct SheetsNamed {
        /// «1, 5–7».
        sheets,
    }
}

values! {
    /// One sheet.
    pub struct SheetNumber {
        /// Its number in the copy.
        sheet,
    }
}

values! {
    /// A part of a page's sheets.
    pub struct SheetPart {
        /// From 1.
        part,
        /// How many there are.
        parts,
    }
}

values! {
    /// A teacher.
    pub struct TeacherName {
        /// The name, in full or with initials.
        teacher,
    }
}

word! {
    /// Where a certification stands.
    pub enum Place {
        /// On the title sheet.
        Title = "title",
        /// On the last sheet.
        Last = "last",
    }
}

form! {
    /// One certification line: text, role, line for signature, name and date.
    pub struct Certification {
        /// Where it stands.
        place: Place,
        /// Who signs.
        role: Role,
        /// What is certified.
        text: Text<Titled>,
        /// Whether the school's seal goes beside it («М.П.»).
        seal: bool,
    }
}

form! {
    /// Columns of the list of pages.
    pub struct ContentsColumns {
        /// Number in the list.
        number: String,
        /// Subject and group.
        subject: String,
        /// Teacher.
        teacher: String,
        /// Sheet numbers.
        sheets: String,
        /// Page digest.
        digest: String,
    }
}

form! {
    /// The title sheet.
    pub struct Title {
        /// The organisation.
        organisation: Text<Titled>,
        /// «Классный журнал».
        heading: String,
        /// Of which class.
        class: Text<Titled>,
        /// For which period.
        period: Text<Titled>,
        /// Copy number.
        copy: Text<CopyOf>,
        /// Record number.
        record: Text<RecordOf>,
        /// Digest of the seal.
        seal: Text<SealOf>,
        /// The director key's fingerprint.
        key: Text<KeyOf>,
        /// Size and root of the register.
        register: Text<RegisterOf>,
        /// Heading of the list of pages.
        contents: String,
        /// Its columns.
        contents_columns: ContentsColumns,
        /// Name of the class-wide sheets in the list.
        class_wide: String,
        /// Count of the valid sheets.
        valid_sheets: Text<SheetCount>,
        /// After a correction: the sheets that no longer count.
        instead: Text<SheetsNamed>,
    }
}

form! {
    /// Sheets of a subject.
    pub struct SubjectSheets {
        /// Above the sheet: subject and whose it is.
        teacher: Text<TeacherName>,
        /// «Лист N».
        sheet: Text<SheetNumber>,
        /// Which part of the page's sheets.
        part: Text<SheetPart>,
        /// Head of the column of names.
        pupil: String,
        /// Head of the column of places in the list.
        number: String,
        /// Head of the column of the period's marks.
        final_mark: String,
        /// Head of the column of year marks.
        year_mark: String,
        /// Head of the column of exam marks.
        exam_mark: String,
        /// Head of the column of итоговые marks.
        last_mark: String,
        /// Head of the dates of the list of topics.
        date: String,
        /// Head of the topics.
        topic: String,
        /// Head of the homework.
        homework: String,
        /// Beside a lesson another teacher gave.
        substitute: Text<TeacherName>,
        /// Above the signer's line (R1 § 4.3).
        signer: Text<Titled>,
    }
}

form! {
    /// Sheets of the whole class, signed by the class teacher.
    pub struct ClassSheets {
        /// Heading of the totals of attendance.
        attendance: Text<Titled>,
        /// Heading of the finals of all subjects.
        finals: Text<Titled>,
        /// Heading of the remarks on keeping the journal.
        remarks: String,
        /// Above the signer's line.
        signer: Text<Titled>,
    }
}

form! {
    /// The last sheet.
    pub struct LastSheet {
        /// The certifying inscription.
        bound: Text<SheetCount>,
        /// Whose signature stands under it.
        bound_by: Role,
    }
}

form! {
    /// `journal.toml`.
    pub struct JournalForm {
        /// Title sheet.
        title: Title,
        /// Certifications in the order they are signed.
        certification: Vec<Certification>,
        /// Sheets of a subject.
        subject: SubjectSheets,
        /// Sheets of the class.
        class_wide: ClassSheets,
        /// Last sheet.
        last: LastSheet,
    }
}
