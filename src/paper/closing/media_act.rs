//! Акт приёма-передачи резервных копий: «сдают их директору под подпись» (R1, procedure § 4.2).

use super::form::{BODY, CELL, Form, ROOMY, SMALL, bound, header, listed};
use super::sheets::{count, periods};
use super::{Letterhead, Official};
use crate::digest::Digest;
use crate::journal::PeriodId;
use crate::paper::wording::forms::{
    HandOver, MediaHeading, MediumContent, MediumName, MediumPlace, RegisterState,
};
use crate::paper::words::{Case, Initials, Noun, date_in_words};
use crate::paper::{
    Align, Cell, Column, Face, Format, Frame, Length, Look, PaperError, Place, Print, Row,
    SignatureLine, Style, Table, Width,
};
use crate::register::ArchiveId;
use chrono::NaiveDate;

/// Media handed over together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaAct {
    /// Number of the act, as the school numbers them.
    pub number: String,
    /// Its date.
    pub date: NaiveDate,
    /// The periods whose copies are handed over.
    pub periods: Vec<PeriodId>,
    /// The archive they are copies of.
    pub archive: ArchiveId,
    /// How many entries its register had when they were made, and its root.
    pub register: (u64, Digest),
    /// The media.
    pub media: Vec<Medium>,
    /// Who hands over.
    pub giver: Official,
    /// Who takes.
    pub receiver: Official,
}

/// A removable copy of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Medium {
    /// Its number in the school's list of media.
    pub number: u32,
    /// What it is.
    pub kind: MediumKind,
    /// What is written on it.
    pub label: String,
    /// The maker's number, where it has one.
    pub serial: Option<String>,
    /// The room it is kept in.
    pub room: String,
    /// The safe or cupboard in that room.
    pub safe: Option<String>,
    /// Who keeps it.
    pub keeper: Initials,
    /// The periods whose records are on it.
    pub periods: Vec<PeriodId>,
    /// How many records are on it.
    pub records: usize,
    /// Bytes of all files on it.
    pub bytes: u64,
    /// SHA-256 of its manifest.
    pub manifest: Digest,
}

/// What a medium is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediumKind {
    /// An optical disc, written once.
    Optical,
    /// A removable hard disk or solid-state drive.
    Hard,
    /// A stick or card.
    Flash,
}

impl MediaAct {
    /// In portrait.
    ///
    /// # Errors
    /// When a character has no glyph, or more media or records than there are words for.
    pub fn print(&self, head: &Letterhead<'_>) -> Result<Print, PaperError> {
        let texts = &head.wording.closing.media_act;
        let heading = MediaHeading {
            number: self.number.clone(),
            date: date_in_words(self.date),
            periods: periods(&self.periods),
            school: head.school.to_owned(),
        };
        let title = texts.heading.fill(&heading);
        let mut form = Form::begin(head, Format::Portrait, title.clone())?;
        form.text(CELL, Align::Middle, &texts.subject.fill(&heading))?;
        form.writing.space(Length::mm(4));
        form.body(&texts.body.fill(&self.hand_over(head, &title)?))?;
        form.table(self.table(head, &title)?, &head.wording.terms.captions.not_given)?;
        self.register(&mut form)?;
        self.signatures(&mut form)?;
        Ok(head.print(title, form.finish()?))
    }

    fn hand_over(&self, head: &Letterhead<'_>, title: &str) -> Result<HandOver, PaperError> {
        let media = count(self.media.len(), title)?;
        let named =
            |official: &Official| format!("{} {}", post(head, official), official.name.after());
        Ok(HandOver {
            giver: named(&self.giver),
            keeper: named(&self.receiver),
            media: media.to_string(),
            media_words: media.in_words(Noun::MEDIUM.gender, Case::Nominative),
            media_noun: Noun::MEDIUM.after(media.get(), Case::Nominative).to_owned(),
        })
    }

    fn table<'a>(&'a self, head: &'a Letterhead<'_>, title: &str) -> Result<Table<'a>, PaperError> {
        let columns = &head.wording.closing.media_act.columns;
        let share = |name: &'a str, share| Column::new(name, Width::Share(share), SMALL);
        let exact = |name: &'a str, wide| {
            let column = Column::new(name, Width::Exactly(Length::mm(wide)), SMALL);
            column.align(Align::Middle)
        };
        let mut rows = Vec::with_capacity(self.media.len() * 2);
        for (medium, number) in self.media.iter().zip(1_usize..) {
            medium.rows(head, number, title, &mut rows)?;
        }
        Ok(Table {
            columns: vec![
                exact(&columns.number, 9),
                exact(&columns.medium, 19),
                share(&columns.kind, 5),
                share(&columns.place, 4),
                share(&columns.keeper, 4),
                share(&columns.content, 6),
            ],
            header: header([
                &*columns.number,
                &columns.medium,
                &columns.kind,
                &columns.place,
                &columns.keeper,
                &columns.content,
            ]),
            rows,
            look: Look { above: Length::mm10(8), ..ROOMY },
        })
    }

    /// The register's size and root, framed, so that they are found at once years later.
    fn register(&self, form: &mut Form<'_>) -> Result<(), PaperError> {
        let texts = &form.head.wording.closing.media_act;
        let whole = self.register.1.to_string();
        let state = RegisterState {
            archive: self.archive.to_string(),
            size: self.register.0.to_string(),
            root: whole.chars().take(16).collect(),
            whole,
        };
        let row = |text: String, style: Style| {
            let columns = vec![Column::new("", Width::Share(1), style).align(Align::Middle)];
            let rows = vec![Row::new("", vec![Cell::new(text)])];
            let look = Look { border: None, above: Length::mm10(5), ..ROOMY };
            Table { columns, header: Vec::new(), rows, look }
        };
        let small = Style::new(Face::Sans, Length::pt10(85));
        let large = Style::new(Face::SansBold, Length::pt(22));
        let lines = [
            row(texts.register.fill(&state), CELL),
            row(texts.root.fill(&state), large),
            row(texts.check.fill(&state), small),
            row(texts.whole.fill(&state), small),
            row(texts.archive.fill(&state), small),
        ];
        let place = Place::of(&form.title);
        let mut laid = Vec::new();
        for line in &lines {
            laid.push(line.measure(form.writing.width(), &place)?);
        }
        let height = laid.iter().map(|table| table.height_left()).sum();
        form.writing.keep(height);
        let frame = Frame::new(form.writing.at(), form.writing.width(), height);
        form.writing.side().outline(frame, Length::pt(1));
        for mut table in laid {
            form.writing.parts(&mut table)?;
        }
        form.writing.space(Length::mm(4));
        Ok(())
    }

    /// Who hands over and who takes, on one side.
    fn signatures(&self, form: &mut Form<'_>) -> Result<(), PaperError> {
        let texts = &form.head.wording.closing.media_act;
        let style = Style::new(Face::SerifBold, BODY.size);
        form.writing.keep(Length::mm(45));
        for (verb, official) in [(&texts.given, &self.giver), (&texts.received, &self.receiver)] {
            form.writing.space(Length::mm(3));
            form.text(style, Align::Left, verb)?;
            let name = official.name.before();
            let role = post(form.head, official);
            let line = SignatureLine { role, name: Some(&name), seal: false };
            let captions = &form.head.wording.terms.captions;
            form.writing.signature(&line, captions, BODY, &Place::of(&form.title))?;
        }
        Ok(())
    }
}

/// What the post of one of those who sign the act is called.
fn post<'a>(head: &'a Letterhead<'_>, official: &'a Official) -> &'a str {
    let own = official.post.as_deref();
    own.unwrap_or_else(|| head.wording.terms.office(official.role))
}

impl Medium {
    /// What it is, and below it over all columns the digest of its manifest.
    fn rows<'a>(
        &'a self,
        head: &'a Letterhead<'_>,
        number: usize,
        title: &str,
        rows: &mut Vec<Row<'a>>,
    ) -> Result<(), PaperError> {
        let texts = &head.wording.closing.media_act;
        let columns = &texts.columns;
        let place =
            MediumPlace { room: self.room.clone(), safe: self.safe.clone().unwrap_or_default() };
        let place = if self.safe.is_some() { &texts.safe } else { &texts.room }.fill(&place);
        let cells = vec![
            Cell::new(number.to_string()).down(2),
            Cell::new(self.number.to_string()).bold(),
            Cell::new(bound(&self.called(head))),
            Cell::new(place),
            Cell::new(listed(&self.keeper)),
            Cell::new(bound(&self.content(head, title)?)),
        ];
        rows.push(Row::new(self.label.as_str(), cells));
        let digest = format!("{}: {}", columns.digest, self.manifest);
        let digest = Cell::new(digest).across(5).align(Align::Left).size(Length::pt10(85));
        rows.push(Row::new(self.label.as_str(), vec![digest]));
        Ok(())
    }

    /// «ЛТ-2025-1, жёсткий диск, заводской № …».
    fn called(&self, head: &Letterhead<'_>) -> String {
        let texts = &head.wording.closing.media_act;
        let kind = match self.kind {
            MediumKind::Optical => &texts.kinds.optical,
            MediumKind::Hard => &texts.kinds.hard,
            MediumKind::Flash => &texts.kinds.flash,
        };
        let name = MediumName {
            label: self.label.clone(),
            serial: self.serial.clone().unwrap_or_default(),
        };
        let mut called = format!("{}, {kind}", texts.labelled.fill(&name));
        if self.serial.is_some() {
            called += ", ";
            called += &texts.serial.fill(&name);
        }
        called
    }

    fn content(&self, head: &Letterhead<'_>, title: &str) -> Result<String, PaperError> {
        let records = count(self.records, title)?;
        Ok(head.wording.closing.media_act.content.fill(&MediumContent {
            periods: periods(&self.periods),
            records: records.to_string(),
            records_noun: Noun::RECORD.after(records.get(), Case::Nominative).to_owned(),
            size: grouped(self.bytes),
        }))
    }
}

/// «4 690 123 456», with no-break spaces.
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('\u{A0}');
        }
        text.push(digit);
    }
    text
}
