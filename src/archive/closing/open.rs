//! Opening a closing: its days are resolved and shown, then confirmed.

use super::ClosingError;
use crate::archive::commit::Committed;
use crate::archive::documents;
use crate::archive::settings::SettingsError;
use crate::archive::{AdoptError, Archive, DocumentError, Home, Reading};
use crate::catalogue::Catalogue;
use crate::closing::calendar::{Production, ProductionYear, SchoolCalendar};
use crate::closing::plan::Plan;
use crate::closing::procedure::Procedure;
use crate::closing::{ClassSheets, Desk, FileErrors, InForce, TextFile};
use crate::journal::{ClassName, PeriodId, SchoolYear};
use crate::location::Location;
use crate::paper::wording::Wording;
use crate::paper::wording::forms::Place;
use crate::register::{ClosingOpened, ClosingPeriod, Event, SheetKind, StaffId};
use crate::retention::DocumentKind;
use crate::staff::{Duties, Role, TeachingLoad};
use chrono::{DateTime, Datelike as _, Utc};
use rand_core::CryptoRng;
use std::collections::BTreeSet;

/// Which closing is to be opened.
#[derive(Debug, Clone)]
pub struct ClosingOrder {
    /// One of its periods; all that end before the same holidays are closed with it.
    pub period: PeriodId,
    /// The procedure.
    pub procedure: TextFile,
    /// Production calendars of the school's own, in place of those that come with Letopis.
    pub production: Vec<TextFile>,
}

/// What would be opened: to be shown and confirmed.
#[derive(Debug, Clone)]
pub struct ClosingPreview {
    /// What it would go by.
    pub in_force: InForce,
    /// The procedure, read.
    pub procedure: Procedure,
    /// The classes expected, by period.
    pub periods: Vec<ClosingPeriod>,
}

impl Reading {
    /// The days and classes of a closing before it is opened.
    ///
    /// # Errors
    /// When no calendar is in force, the days cannot be resolved, or nobody closes the period.
    pub async fn preview(&self, order: &ClosingOrder) -> Result<ClosingPreview, ClosingError> {
        let wording = self.settings().await?.wording().map_err(SettingsError::from);
        let wording = wording.map_err(DocumentError::from)?;
        let load = self.teaching_load().await?;
        let place = (self.home(), self.location(), self.catalogue());
        preview(place, order, &wording, &load).await
    }
}

impl Archive {
    /// Puts a school's calendar of a year in force.
    ///
    /// # Errors
    /// When it does not read, or the change cannot be made.
    pub async fn adopt_calendar(
        &mut self,
        calendar: &TextFile,
        now: DateTime<Utc>,
        rng: &mut impl CryptoRng,
    ) -> Result<(SchoolYear, Committed), AdoptError> {
        let year = SchoolCalendar::from_toml(&calendar.name, &calendar.toml)?.year;
        let plan = self.plan().await?;
        let written = documents::write(DocumentKind::Calendar, calendar, None, &plan, now, rng);
        let (objects, event) = written.by(Event::CalendarAdopted);
        Ok((year, self.commit(&objects, vec![event], now).await?))
    }

    /// Opens a closing whose days a person has seen and confirmed.
    ///
    /// # Errors
    /// As [`Reading::preview`]; when the period is being closed already, or whoever opens it holds no office.
    pub async fn open_closing(
        &mut self,
        order: &ClosingOrder,
        (by, now): (StaffId, DateTime<Utc>),
        rng: &mut impl CryptoRng,
    ) -> Result<(ClosingPreview, Committed), ClosingError> {
        let wording = self.settings().await?.wording().map_err(SettingsError::from);
        let wording = wording.map_err(DocumentError::from)?;
        let (roster, load) = (self.roster().await?, self.teaching_load().await?);
        let duties = Duties::new(&roster, &load);
        let desk = Desk { recorder: by, today: self.local_day(now).await?, duties: &duties };
        desk.may_enter()?;
        let place = (&self.home, &self.primary, &self.catalogue);
        let preview = preview(place, order, &wording, &load).await?;
        for open in self.open_closings().await? {
            let same = |p: &&ClosingPeriod| preview.periods.iter().any(|n| n.period == p.period);
            let taken = open.opening.periods.iter().find(same);
            if let Some(taken) = taken.filter(|_| open.opening.procedure == preview.procedure.id) {
                return Err(ClosingError::Open { period: taken.period, closing: open.id });
            }
        }
        let (kind, plan) = (DocumentKind::Procedure, self.plan().await?);
        let written = documents::write(kind, &preview.in_force, None, &plan, now, rng);
        let (periods, procedure) = (preview.periods.clone(), preview.procedure.id.clone());
        let (objects, event) = written.by(|named| {
            Event::ClosingOpened(ClosingOpened { by, periods, procedure, recorder: by, named })
        });
        let committed = self.commit(&objects, vec![event], now).await?;
        Ok((preview, committed))
    }
}

async fn preview(
    (home, location, catalogue): (&Home, &Location, &Catalogue),
    order: &ClosingOrder,
    wording: &Wording,
    load: &TeachingLoad,
) -> Result<ClosingPreview, ClosingError> {
    let file = calendar(location, catalogue, order.period.year).await?;
    let calendar = SchoolCalendar::from_toml(&file.name, &file.toml)?;
    let procedure = Procedure::from_toml(&order.procedure.name, &order.procedure.toml)?;
    let files = production(order)?;
    let production = Production::new(files.iter().map(|(_, year)| year.clone()));
    let plan = Plan::resolve(&procedure, &calendar, &production, order.period)?;
    let periods = classes((home, catalogue), &calendar, &plan, load)?;
    if periods.iter().all(|period| period.classes.is_empty()) {
        return Err(ClosingError::NoClasses(order.period));
    }
    let years = plan.holidays.0.year() - 1..=plan.holidays.1.year() + 1;
    let files = files.into_iter().filter(|(_, year)| years.contains(&year.year));
    let production = files.map(|(file, _)| file).collect();
    let in_force = InForce {
        calendar: file,
        plan,
        procedure: order.procedure.clone(),
        production,
        signs: signs(wording),
    };
    Ok(ClosingPreview { in_force, procedure, periods })
}

/// The calendar of a school year that is in force: the last one adopted.
async fn calendar(
    location: &Location,
    catalogue: &Catalogue,
    year: SchoolYear,
) -> Result<TextFile, ClosingError> {
    for view in catalogue.calendars()?.iter().rev() {
        let file: TextFile = documents::read(location, view).await?;
        if SchoolCalendar::from_toml(&file.name, &file.toml)?.year == year {
            return Ok(file);
        }
    }
    Err(ClosingError::NoCalendar(year))
}

/// The production calendars, read: of one year the school's own instead of the one that comes with Letopis.
fn production(order: &ClosingOrder) -> Result<Vec<(TextFile, ProductionYear)>, FileErrors> {
    let read = |file: TextFile| {
        let year = ProductionYear::from_toml(&file.name, &file.toml)?;
        Ok((file, year))
    };
    let own = order.production.iter().cloned().map(read).collect::<Result<Vec<_>, FileErrors>>()?;
    let shipped = Production::SHIPPED
        .map(|(name, toml)| TextFile { name: name.to_owned(), toml: toml.to_owned() });
    let mut all = shipped.into_iter().map(read).collect::<Result<Vec<_>, FileErrors>>()?;
    all.retain(|(_, year)| !own.iter().any(|(_, own)| own.year == year.year));
    all.extend(own);
    Ok(all)
}

/// The classes expected for each period: of the teaching load, of imports and of records.
fn classes(
    (home, catalogue): (&Home, &Catalogue),
    calendar: &SchoolCalendar,
    plan: &Plan,
    load: &TeachingLoad,
) -> Result<Vec<ClosingPeriod>, ClosingError> {
    let waiting = home.waiting()?;
    let mut periods: Vec<ClosingPeriod> = Vec::new();
    for group in &plan.groups {
        let mut classes: BTreeSet<ClassName> = BTreeSet::new();
        let is_in = |class: &ClassName| {
            calendar.group_named(class).is_some_and(|named| named.name == group.classes)
        };
        let taught = load.rows().iter().filter(|row| row.holds(group.last_lesson_day));
        classes.extend(taught.map(|row| row.class.clone()));
        let of_period = waiting.iter().filter(|w| w.period() == group.period);
        classes.extend(of_period.map(|w| w.class().clone()));
        classes.extend(catalogue.records_of(&group.period)?.into_iter().map(|r| r.class));
        classes.retain(is_in);
        let earlier = calendar.groups.iter().find(|named| named.name == group.classes);
        for period in earlier.into_iter().flat_map(|named| named.prints_with(group.period)) {
            let sealed = catalogue.records_of(&period)?.into_iter().map(|r| r.class);
            let classes: Vec<ClassName> = sealed.filter(|class| is_in(class)).collect();
            if !classes.is_empty() {
                periods.push(ClosingPeriod { classes, period });
            }
        }
        match periods.iter_mut().find(|known| known.period == group.period) {
            Some(known) => {
                known.classes.extend(classes);
                known.classes.sort();
            }
            None => periods.push(ClosingPeriod {
                classes: classes.into_iter().collect(),
                period: group.period,
            }),
        }
    }
    Ok(periods)
}

/// Who signs which sheets for the class, by the forms' wording.
fn signs(wording: &Wording) -> Vec<ClassSheets> {
    let journal = &wording.journal;
    let roles = [Role::ClassTeacher, Role::Deputy, Role::HeadOfStudies, Role::Director];
    let of = |role: Role| {
        let at = |place| journal.certification.iter().any(|c| c.place == place && c.role == role);
        let mut sheets = Vec::new();
        sheets.extend(at(Place::Title).then_some(SheetKind::Title));
        if role == Role::ClassTeacher {
            sheets.extend([SheetKind::Attendance, SheetKind::Finals]);
        }
        let binds = journal.last.bound_by == role;
        sheets.extend((at(Place::Last) || binds).then_some(SheetKind::Last));
        if role != Role::HeadOfStudies {
            sheets.push(SheetKind::Statement);
        }
        ClassSheets { role, sheets }
    };
    roles.into_iter().map(of).filter(|signs| !signs.sheets.is_empty()).collect()
}
