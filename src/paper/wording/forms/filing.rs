//! `filing.toml`: лист общего реестра, опись папки, лист-заверитель.

use super::terms::Role;
use crate::paper::wording::Text;

values! {
    /// A sheet of the general register.
    pub struct RegisterSheet {
        /// Its number.
        sheet,
        /// The school's name.
        school,
    }
}

values! {
    /// A folder.
    pub struct FolderOf {
        /// «1 четверть 2025/26 учебного года».
        period,
        /// The school's name.
        school,
        /// Index by the file plan.
        index,
    }
}

values! {
    /// What a folder holds.
    pub struct FileCount {
        /// How many copies, in figures.
        copies,
        /// In words.
        copies_words,
        /// «экземпляров».
        copies_noun,
        /// How many sheets, in figures.
        sheets,
        /// In words.
        sheets_words,
        /// «листов».
        sheets_noun,
    }
}

values! {
    /// A signature that was excused by the director's order.
    pub struct ExcusedOf {
        /// Which page.
        page,
        /// Its sheets.
        sheets,
        /// Who should have signed.
        signer,
        /// Number of the order.
        order,
        /// Its date.
        date,
    }
}

values! {
    /// A supplement to a folder.
    pub struct SupplementNumber {
        /// From 1.
        number,
    }
}

values! {
    /// An order of the director.
    pub struct OrderOf {
        /// Its number.
        order,
        /// Its date.
        date,
    }
}

values! {
    /// A line of the general register that a later one follows.
    pub struct FormerLine {
        /// Its number.
        number,
    }
}

values! {
    /// A file of the archive.
    pub struct FileNumber {
        /// Its number.
        number,
    }
}

values! {
    /// Sheets of a file.
    pub struct SheetsCounted {
        /// In figures.
        sheets,
        /// In words.
        sheets_words,
        /// «листов».
        sheets_noun,
    }
}

values! {
    /// Numbers of sheets, or a dash.
    pub struct SheetsListed {
        /// «12а, 13а».
        sheets,
    }
}

form! {
    /// Columns of the general register.
    pub struct GeneralRegisterColumns {
        /// Entry number.
        number: String,
        /// Date of entry.
        date: String,
        /// Class.
        class: String,
        /// Period.
        period: String,
        /// Copy number.
        copy: String,
        /// Record number.
        record: String,
        /// Sheets.
        sheets: String,
        /// Who handed it in.
        given: String,
        /// Who took it.
        taken: String,
        /// Where it stands.
        place: String,
        /// Remarks.
        note: String,
    }
}

form! {
    /// Лист общего реестра.
    pub struct GeneralRegister {
        /// Heading.
        heading: Text<RegisterSheet>,
        /// Columns.
        columns: GeneralRegisterColumns,
        /// What one sheet of the register holds.
        total: Text<FileCount>,
        /// Where nothing was entered.
        nothing: String,
        /// Remark on a line that follows a former one of the same copy.
        instead_of: Text<FormerLine>,
        /// Whose signature stands under each sheet.
        signed_by: Vec<Role>,
    }
}

form! {
    /// Columns of a folder's list.
    pub struct FolderContentsColumns {
        /// Place in the list.
        number: String,
        /// Class.
        class: String,
        /// Class teacher.
        teacher: String,
        /// Copy number.
        copy: String,
        /// Record number.
        record: String,
        /// Numbers of the sheets.
        numbers: String,
        /// How many they are.
        sheets: String,
        /// Remarks.
        note: String,
    }
}

form! {
    /// Опись папки.
    pub struct FolderContents {
        /// Heading.
        heading: Text<FolderOf>,
        /// Index by the file plan.
        index: Text<FolderOf>,
        /// Columns.
        columns: FolderContentsColumns,
        /// Where the folder is empty.
        nothing: String,
        /// Remark on a copy that came later, as a supplement.
        supplement: Text<SupplementNumber>,
        /// Remark on a copy with sheets printed anew.
        corrected: String,
        /// Remark on a copy that was corrected after its folder was formed.
        corrected_by_order: Text<OrderOf>,
        /// A signature that was excused.
        excused: Text<ExcusedOf>,
        /// Итоговая запись.
        total: Text<FileCount>,
        /// Whose signature stands below.
        signed_by: Vec<Role>,
    }
}

form! {
    /// Columns of the certifying sheet.
    pub struct CertifyingSheetColumns {
        /// Особенности физического состояния.
        condition: String,
        /// Номера листов.
        sheets: String,
    }
}

form! {
    /// Лист-заверитель дела.
    pub struct CertifyingSheet {
        /// Heading.
        heading: Text<FileNumber>,
        /// Count of the sheets.
        count: Text<SheetsCounted>,
        /// Before what the count includes.
        including: String,
        /// Lettered sheets.
        lettered: Text<SheetsListed>,
        /// Numbers passed over.
        missing: Text<SheetsListed>,
        /// Sheets of the internal inventory.
        inventory: Text<SheetsCounted>,
        /// Stands for numbers where there are none.
        none: String,
        /// Columns.
        columns: CertifyingSheetColumns,
        /// Whose signature stands below.
        signed_by: Role,
    }
}

form! {
    /// `filing.toml`.
    pub struct FilingForms {
        /// Лист общего реестра.
        general_register: GeneralRegister,
        /// Опись папки.
        folder: FolderContents,
        /// Лист-заверитель.
        certifying_sheet: CertifyingSheet,
    }
}
