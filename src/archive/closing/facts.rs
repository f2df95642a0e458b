//! What a closing is folded from: its document, its entries, and the records, copies and imports of its classes.

use super::{ClosingError, opened};
use crate::archive::contents::{self, ContentsError};
use crate::archive::documents::{self, DocumentError};
use crate::archive::{Home, Waiting};
use crate::catalogue::{Catalogue, RecordView};
use crate::closing::calendar::SchoolCalendar;
use crate::closing::{ClassFacts, Closing, InForce, PageFact};
use crate::digest::Digest;
use crate::journal::{ClassName, Journal, PeriodId};
use crate::location::Location;
use crate::record::PageViews;
use crate::register::{ClosingOpened, DocumentId, Entry, RecordKind};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Where a closing is read from.
pub(super) type Place<'a> = (&'a Home, &'a Location, &'a Catalogue);

/// Of which classes pages are needed: reading them means reading their journals.
#[derive(Debug, Clone, Copy)]
pub(super) enum Wanted<'a> {
    /// All.
    All,
    /// This class and period.
    One(&'a ClassName, PeriodId),
    /// None: signatures and folders go by what the register says.
    Nothing,
}

impl Wanted<'_> {
    fn includes(self, class: &ClassName, period: PeriodId) -> bool {
        match self {
            Wanted::All => true,
            Wanted::One(wanted, of) => wanted == class && of == period,
            Wanted::Nothing => false,
        }
    }
}

/// A closing by its id.
pub(super) async fn closing(
    place: Place<'_>,
    id: DocumentId,
    wanted: Wanted<'_>,
) -> Result<Closing, ClosingError> {
    let all = place.2.closings()?;
    let is_it = |entry: &&Entry| opened(entry).is_some_and(|opened| opened.named.document == id);
    let opening = all.iter().find(is_it).ok_or_else(|| ClosingError::None(id.to_string()))?;
    folded(place, opening, wanted).await
}

/// All there ever were.
pub(super) async fn all(
    place: Place<'_>,
    wanted: Wanted<'_>,
) -> Result<Vec<Closing>, ClosingError> {
    let mut all = Vec::new();
    for opening in place.2.closings()? {
        all.push(folded(place, &opening, wanted).await?);
    }
    Ok(all)
}

/// All that go on.
pub(super) async fn open(
    place: Place<'_>,
    wanted: Wanted<'_>,
) -> Result<Vec<Closing>, ClosingError> {
    let mut open = Vec::new();
    for opening in place.2.closings()? {
        // Most are finished, which their entries alone tell.
        let mut closing = folded(place, &opening, Wanted::Nothing).await?;
        if closing.is_finished() {
            continue;
        }
        if !matches!(wanted, Wanted::Nothing) {
            closing = folded(place, &opening, wanted).await?;
        }
        open.push(closing);
    }
    Ok(open)
}

/// All that have a period, but for those that were cancelled.
pub(super) async fn of_period(
    place: Place<'_>,
    period: PeriodId,
) -> Result<Vec<Closing>, ClosingError> {
    let mut found = Vec::new();
    for opening in place.2.closings()? {
        let of_it = opened(&opening).is_some_and(|o| o.periods.iter().any(|p| p.period == period));
        if of_it {
            let closing = folded(place, &opening, Wanted::Nothing).await?;
            if !closing.is_cancelled() {
                found.push(closing);
            }
        }
    }
    Ok(found)
}

/// The closing of a period: of several the one that goes on, otherwise the last.
pub(super) async fn closing_of(
    place: Place<'_>,
    period: PeriodId,
) -> Result<DocumentId, ClosingError> {
    let of_period = of_period(place, period).await?;
    let open: Vec<DocumentId> =
        of_period.iter().filter(|closing| !closing.is_finished()).map(|c| c.id).collect();
    match (&open[..], of_period.last()) {
        ([one], _) => Ok(*one),
        ([], Some(last)) => Ok(last.id),
        ([], None) => Err(ClosingError::None(period.to_string())),
        _ => Err(ClosingError::Several { period, closings: open }),
    }
}

async fn folded(
    place: Place<'_>,
    opening: &Entry,
    wanted: Wanted<'_>,
) -> Result<Closing, ClosingError> {
    let (home, location, catalogue) = place;
    let opened = opened(opening).ok_or(crate::closing::FoldError::NotOpening(opening.seq))?;
    let id = opened.named.document;
    let missing = || DocumentError::Damaged(opened.named.path.clone());
    let view = catalogue.document(id)?.ok_or_else(missing)?;
    let in_force: InForce = documents::read(location, &view).await?;
    let kind = in_force.procedure()?.records;
    let calendar = SchoolCalendar::from_toml(&in_force.calendar.name, &in_force.calendar.toml)?;
    let waiting = if kind == RecordKind::Journal { home.waiting()? } else { Vec::new() };
    let mut facts = Vec::new();
    for (class, period) in classes(opened, catalogue, &waiting, kind)? {
        let one = Class { class, period, kind, wanted, in_force: (&in_force, &calendar) };
        facts.push(one.facts(location, catalogue, &waiting).await?);
    }
    let media = catalogue.media()?;
    Ok(Closing::replay(opening, in_force, catalogue.closing(id)?, (facts, media))?)
}

/// The classes expected when it was opened, and whatever came later for its periods.
fn classes(
    opened: &ClosingOpened,
    catalogue: &Catalogue,
    waiting: &[Waiting],
    kind: RecordKind,
) -> Result<BTreeSet<(ClassName, PeriodId)>, ClosingError> {
    let mut classes = BTreeSet::new();
    for of_period in &opened.periods {
        let period = of_period.period;
        let expected = of_period.classes.iter().cloned();
        let sealed = catalogue.records_of(&period)?;
        let sealed = sealed.into_iter().filter(|r| r.kind == kind).map(|r| r.class);
        let imported = waiting.iter().filter(|w| w.period() == period).map(|w| w.class().clone());
        classes.extend(expected.chain(sealed).chain(imported).map(|class| (class, period)));
    }
    Ok(classes)
}

/// One class of a closing, before its facts are known.
struct Class<'a> {
    class: ClassName,
    period: PeriodId,
    kind: RecordKind,
    wanted: Wanted<'a>,
    in_force: (&'a InForce, &'a SchoolCalendar),
}

impl Class<'_> {
    async fn facts(
        self,
        location: &Location,
        catalogue: &Catalogue,
        waiting: &[Waiting],
    ) -> Result<ClassFacts, ClosingError> {
        let mut records = catalogue.records_of(&self.period)?;
        records.retain(|r| r.kind == self.kind && r.class == self.class);
        let copies = catalogue.copies_of_class(&self.class, &self.period, self.kind)?;
        let chain = records.iter().map(|r| r.record).collect();
        let record = records.into_iter().rfind(RecordView::is_current);
        let wanted =
            self.kind == RecordKind::Journal && self.wanted.includes(&self.class, self.period);
        let mut facts = ClassFacts {
            period_end: self.last_lesson_day(),
            class: self.class,
            kind: None,
            period: self.period,
            record,
            chain,
            recorded: Vec::new(),
            waiting: None,
            copies,
        };
        if wanted {
            read_pages(&mut facts, location, waiting).await?;
        }
        Ok(facts)
    }

    /// The period's last day by the school's calendar, where no journal says it.
    fn last_lesson_day(&self) -> NaiveDate {
        let (in_force, calendar) = self.in_force;
        let group = calendar.group_named(&self.class).into_iter();
        let mut days = group.flat_map(|group| &group.periods);
        let own = days.find(|days| days.period == self.period);
        own.map_or(in_force.plan.holidays.0, |days| days.last)
    }
}

/// Reads the pages of the record, and of the import that waits if it reads otherwise.
async fn read_pages(
    facts: &mut ClassFacts,
    location: &Location,
    waiting: &[Waiting],
) -> Result<(), ClosingError> {
    let mut former: Option<(Journal, PageViews)> = None;
    if let Some(record) = &facts.record {
        let read = contents::read(location, record).await?;
        let (journal, views) = read.ok_or(ContentsError::Damaged(record.record))?;
        facts.period_end = journal.period.to;
        facts.kind = Some(journal.class.kind.clone());
        facts.recorded = pages(&journal, &views.digests());
        former = Some((journal, views));
    }
    let of_class = |w: &&Waiting| *w.class() == facts.class && w.period() == facts.period;
    if let Some(import) = waiting.iter().find(of_class) {
        let journal = import.journal()?;
        let views = match &former {
            Some((former, _)) if former.says_the_same_as(&journal) => return Ok(()),
            Some((_, views)) => import.pages()?.keeping(views),
            None => import.pages()?,
        };
        facts.period_end = journal.period.to;
        facts.kind = Some(journal.class.kind.clone());
        facts.waiting = Some(pages(&journal, &views.digests()));
    }
    Ok(())
}

fn pages(journal: &Journal, digests: &[Digest]) -> Vec<PageFact> {
    let named = (1..).zip(journal.pages.iter().zip(digests));
    named
        .map(|(page, (named, digest))| PageFact {
            page,
            digest: *digest,
            subject: named.subject.clone(),
            group: named.group.clone(),
        })
        .collect()
}
