//! Pupils, staff, and what happened to a pupil's place in the class.

use super::{PersonId, PupilId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A staff member named in the journal. All names may be missing: the source gave only an id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The source's id.
    pub id: PersonId,
    /// Имя.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Отчество.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patronymic: Option<String>,
    /// Фамилия.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surname: Option<String>,
}

impl Person {
    /// «Орлова Мария Ивановна»; `None` when the source gave no surname.
    pub fn full_name(&self) -> Option<String> {
        let surname = self.surname.as_deref()?;
        Some(full_name(surname, self.name.as_deref(), self.patronymic.as_deref()))
    }
}

/// A pupil of the class, present or gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pupil {
    /// Date of birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<NaiveDate>,
    /// Номер личного дела.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_number: Option<String>,
    /// The source's id.
    pub id: PupilId,
    /// Имя.
    pub name: String,
    /// Place in the class list, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// Отчество.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patronymic: Option<String>,
    /// Фамилия.
    pub surname: String,
}

impl Pupil {
    /// «Агатов Артём Ильич».
    pub fn full_name(&self) -> String {
        full_name(&self.surname, Some(&self.name), self.patronymic.as_deref())
    }
}

/// Surname, name and patronymic with single spaces, missing parts left out.
pub fn full_name(surname: &str, name: Option<&str>, patronymic: Option<&str>) -> String {
    let parts = [Some(surname), name, patronymic];
    parts.into_iter().flatten().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A pupil came or left (движение учащихся).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Movement {
    /// From which day.
    pub date: NaiveDate,
    /// Came or left.
    pub kind: MovementKind,
    /// Number of the order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// Who.
    pub pupil: PupilId,
}

/// Which way a pupil moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MovementKind {
    /// Прибыл.
    Arrived,
    /// Выбыл.
    Left,
}

/// A decision of the pedagogical council about one pupil.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Date of the protocol.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
    /// Number of the protocol.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
    /// About whom.
    pub pupil: PupilId,
    /// «переведён в 8 класс».
    pub text: String,
}
