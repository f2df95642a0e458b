//! The papers of a closing, filled from its state: what [`crate::paper::closing`] prints.

mod folder;
mod lists;

use super::ClosingError;
use crate::archive::settings::SettingsError;
use crate::archive::{DocumentError, Reading, Settings};
use crate::closing::{ClassState, Closing, Desk, Refusal};
use crate::journal::ClassName;
use crate::paper::closing::{Order, WhereToSign};
use crate::paper::wording::Wording;
use crate::paper::words::Initials;
use crate::paper::{Letterhead, Official, Print};
use crate::register::{DocumentId, OrderRef, StaffId};
use crate::staff::{Duties, Role, Roster, TeachingLoad};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

/// A paper of a closing that is printed as often as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClosingPaper {
    /// График закрытия, for the wall.
    Schedule,
    /// Контрольный лист of one class's copy.
    Checklist(ClassName),
    /// «Где мне подписать» of one teacher, or of all in one file.
    WhereToSign {
        /// One person's, otherwise everybody's.
        teacher: Option<StaffId>,
        /// Where the copies lie.
        room: String,
    },
    /// The lines of the general register that this closing entered.
    GeneralRegister,
    /// Опись общей папки of every period of the closing, as it would be formed now.
    Folders,
    /// Лист-заверитель of one class's copy.
    CertifyingSheet(ClassName),
}

/// What the papers of one closing are filled from.
pub(super) struct Papers<'a> {
    pub(super) closing: &'a Closing,
    pub(super) roster: &'a Roster,
    pub(super) duties: &'a Duties<'a>,
    pub(super) settings: &'a Settings,
    pub(super) wording: &'a Wording,
    pub(super) today: NaiveDate,
    pub(super) printed: DateTime<FixedOffset>,
}

impl Reading {
    /// Prints a paper of a closing.
    ///
    /// # Errors
    /// When the closing does not read, there is no such class, or a character cannot be printed.
    pub async fn closing_paper(
        &self,
        closing: DocumentId,
        paper: &ClosingPaper,
        now: DateTime<Utc>,
    ) -> Result<Vec<u8>, ClosingError> {
        let closing = self.closing(closing).await?;
        let settings = self.settings().await?;
        let wording = settings.wording().map_err(SettingsError::from);
        let wording = wording.map_err(DocumentError::from)?;
        let (roster, load): (Roster, TeachingLoad) =
            (self.roster().await?, self.teaching_load().await?);
        let duties = Duties::new(&roster, &load);
        let printed = now.with_timezone(&settings.utc_offset);
        let papers = Papers {
            closing: &closing,
            roster: &roster,
            duties: &duties,
            settings: &settings,
            wording: &wording,
            today: printed.date_naive(),
            printed,
        };
        Ok(crate::paper::render(&papers.print(paper)?)?)
    }
}

impl Papers<'_> {
    fn print(&self, paper: &ClosingPaper) -> Result<Print, ClosingError> {
        let officials = self.officials();
        let head = self.letterhead(&officials);
        Ok(match paper {
            ClosingPaper::Schedule => self.schedule().print(&head)?,
            ClosingPaper::Checklist(class) => self.checklist(self.one(class)?)?.print(&head)?,
            ClosingPaper::WhereToSign { teacher, room } => {
                let lists = self.where_to_sign(*teacher, room);
                self.all_lists(&lists, &head)?
            }
            ClosingPaper::GeneralRegister => self.general_register().print(&head)?,
            ClosingPaper::Folders => {
                let periods = self.closing.opening.periods.iter().map(|of| of.period);
                let mut sides = Vec::new();
                let mut title = String::new();
                for period in periods {
                    let copies = self.copies_of(period);
                    let print = self.folder(period, &copies).print(&head)?;
                    title = print.title;
                    sides.extend(print.sides);
                }
                head.print(title, sides)
            }
            ClosingPaper::CertifyingSheet(class) => {
                self.certifying_sheet(self.one(class)?)?.print(&head)?
            }
        })
    }

    fn all_lists(
        &self,
        lists: &[WhereToSign],
        head: &Letterhead<'_>,
    ) -> Result<Print, ClosingError> {
        let mut all: Option<Print> = None;
        for list in lists {
            let print = list.print(head)?;
            match &mut all {
                Some(all) => all.sides.extend(print.sides),
                None => all = Some(print),
            }
        }
        Ok(all.ok_or(Refusal::NothingLeft)?)
    }

    /// Who signs what is said once, for entries and for lists; who asks does not matter.
    fn desk(&self) -> Desk<'_> {
        Desk { recorder: self.closing.opened.by, today: self.today, duties: self.duties }
    }

    /// Who signs for the school: roles that one person holds.
    pub(super) fn officials(&self) -> Vec<Official> {
        let roles = [Role::Director, Role::Deputy, Role::HeadOfStudies, Role::Archivist];
        let of = |role: Role| match self.duties.holders(role, None, self.today)[..] {
            [one] => Some(self.official(one, role)),
            _ => None,
        };
        roles.into_iter().filter_map(of).collect()
    }

    /// A person in a role.
    pub(super) fn official(&self, who: StaffId, role: Role) -> Official {
        let post = self.duties.post_title(who, role, self.today).map(str::to_owned);
        Official { role, post, name: self.name(who) }
    }

    pub(super) fn letterhead<'h>(&'h self, officials: &'h [Official]) -> Letterhead<'h> {
        Letterhead {
            school: &self.settings.school_name,
            wording: self.wording,
            officials,
            printed: self.printed,
        }
    }

    /// A person's name as papers write it; of someone the roster does not have, the id.
    pub(super) fn name(&self, who: StaffId) -> Initials {
        let name = self.roster.person(who).map(|person| person.name().to_owned());
        initials(&name.unwrap_or_else(|| who.to_string()))
    }

    /// The class teacher at the period's end, where there is one.
    fn class_teacher(&self, class: &ClassState) -> Option<Initials> {
        let (name, day) = (&class.facts.class, class.facts.period_end);
        let holders = self.duties.holders(Role::ClassTeacher, Some(name), day);
        match holders[..] {
            [one] => Some(self.name(one)),
            _ => None,
        }
    }

    fn one(&self, class: &ClassName) -> Result<&ClassState, ClosingError> {
        let found = self.closing.classes.iter().find(|state| state.facts.class == *class);
        found.ok_or_else(|| {
            let period = self.closing.opening.periods.first().map(|of| of.period);
            match period {
                Some(period) => {
                    let class = class.clone();
                    Refusal::NoClass { class, period }.into()
                }
                None => ClosingError::None(class.to_string()),
            }
        })
    }
}

/// «Орлова Инна Ивановна», surname first, as the roster writes names.
fn initials(name: &str) -> Initials {
    let mut words = name.split_whitespace();
    let (surname, first) = (words.next().unwrap_or(name), words.next());
    let rest: Vec<&str> = words.collect();
    let rest = rest.join(" ");
    let rest = Some(rest.as_str()).filter(|rest| !rest.is_empty());
    Initials::new(surname, first, rest).expect("a roster's name is never empty")
}

fn order(order: &OrderRef) -> Order {
    Order { number: order.number().to_owned(), date: order.date() }
}
