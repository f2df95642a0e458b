//! The kinds of records and documents a file plan has to have classes for.

use crate::register::RecordKind;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A word is no kind of record or document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no kind Letopis knows")]
pub struct UnknownKind(pub String);

/// What a document is (`docs/formats.md` § 3). File plans have classes for kinds that are foreseen, too,
/// so that a plan adopted today serves when they come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum DocumentKind {
    /// Номенклатура дел в действии.
    FilePlan,
    /// Настройки школы: название, часовой пояс, положение о журнале.
    Settings,
    /// Список работников: имена к случайным номерам.
    StaffRoster,
    /// Тарификация: кто какой предмет ведёт.
    TeachingLoad,
    /// Календарный учебный график.
    Calendar,
    /// Порядок закрытия периода.
    Procedure,
    /// Акт: о закрытии, о передаче носителей, о проверке.
    Act,
    /// Справка о расхождении электронной и бумажной записи.
    DiscrepancyNote,
    /// Причина: почему нет подписи, почему сделано исправление.
    Reason,
    /// Бумажный экземпляр: точный вид напечатанного.
    PaperCopy,
    /// Бумажный экземпляр сводной ведомости: хранится дольше журнала.
    StatementCopy,
    /// Подтверждение, что обучающийся двух журналов — один человек.
    PupilsMatched,
    /// Страница общего реестра бумажных экземпляров.
    RegisterPage,
    /// Архивная выписка, как она выдана.
    Extract,
    /// Акт о выделении к уничтожению.
    DestructionAct,
}

impl DocumentKind {
    /// Every kind, in the order of the declaration.
    pub const ALL: [DocumentKind; 15] = [
        DocumentKind::FilePlan,
        DocumentKind::Settings,
        DocumentKind::StaffRoster,
        DocumentKind::TeachingLoad,
        DocumentKind::Calendar,
        DocumentKind::Procedure,
        DocumentKind::Act,
        DocumentKind::DiscrepancyNote,
        DocumentKind::Reason,
        DocumentKind::PaperCopy,
        DocumentKind::StatementCopy,
        DocumentKind::PupilsMatched,
        DocumentKind::RegisterPage,
        DocumentKind::Extract,
        DocumentKind::DestructionAct,
    ];

    /// The word in documents and file plans.
    pub fn as_str(self) -> &'static str {
        match self {
            DocumentKind::FilePlan => "file-plan",
            DocumentKind::Settings => "settings",
            DocumentKind::StaffRoster => "staff-roster",
            DocumentKind::TeachingLoad => "teaching-load",
            DocumentKind::Calendar => "calendar",
            DocumentKind::Procedure => "procedure",
            DocumentKind::Act => "act",
            DocumentKind::DiscrepancyNote => "discrepancy-note",
            DocumentKind::Reason => "reason",
            DocumentKind::PaperCopy => "paper-copy",
            DocumentKind::StatementCopy => "statement-copy",
            DocumentKind::PupilsMatched => "pupils-matched",
            DocumentKind::RegisterPage => "register-page",
            DocumentKind::Extract => "extract",
            DocumentKind::DestructionAct => "destruction-act",
        }
    }
}

impl fmt::Display for DocumentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for DocumentKind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        let kind = DocumentKind::ALL.into_iter().find(|kind| kind.as_str() == text);
        kind.ok_or_else(|| UnknownKind(text.to_owned()))
    }
}

impl TryFrom<String> for DocumentKind {
    type Error = UnknownKind;
    fn try_from(text: String) -> Result<Self, UnknownKind> {
        text.parse()
    }
}

impl From<DocumentKind> for String {
    fn from(kind: DocumentKind) -> String {
        kind.to_string()
    }
}

/// Anything a file plan gives a class to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A kind of record.
    Record(RecordKind),
    /// A kind of document.
    Document(DocumentKind),
}

const RECORDS: [RecordKind; 2] = [RecordKind::Journal, RecordKind::Statement];

impl Kind {
    /// All there are.
    pub fn all() -> impl Iterator<Item = Kind> {
        let documents = DocumentKind::ALL.into_iter().map(Kind::Document);
        RECORDS.into_iter().map(Kind::Record).chain(documents)
    }

    /// The kind of record of this name: `journal`, `statement`.
    pub(super) fn of_record(text: &str) -> Option<Kind> {
        RECORDS.into_iter().map(Kind::Record).find(|kind| kind.name() == text)
    }

    /// The kind of document of this name.
    pub(super) fn of_document(text: &str) -> Option<Kind> {
        text.parse().ok().map(Kind::Document)
    }

    fn name(self) -> &'static str {
        match self {
            Kind::Record(RecordKind::Journal) => "journal",
            Kind::Record(RecordKind::Statement) => "statement",
            Kind::Document(kind) => kind.as_str(),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_by_its_own_name_and_no_other() {
        for kind in Kind::all() {
            let name = kind.to_string();
            let read = [Kind::of_record(&name), Kind::of_document(&name)];
            assert_eq!(read.into_iter().flatten().collect::<Vec<_>>(), [kind]);
        }
        assert_eq!("Act".parse::<DocumentKind>(), Err(UnknownKind("Act".to_owned())));
    }

    #[test]
    fn kinds_are_named_as_in_the_register() {
        for kind in RECORDS {
            let name = serde_json::to_value(kind).unwrap();
            assert_eq!(name, Kind::Record(kind).name());
        }
        let kind = serde_json::to_string(&DocumentKind::StaffRoster).unwrap();
        assert_eq!(kind, "\"staff-roster\"");
    }
}
