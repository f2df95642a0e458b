//! The texts of a summary statement's `cards.jsonl` (`docs/formats.md` § 2.7).

use super::texts::{Body, put_line};
use super::{Disclosed, Key};
use crate::digest::Digest;
use crate::journal::MovementKind;
use crate::journal::statement::{AttendanceRow, Moved, ProgressRow};
use crate::record::canonical::{Canonical, Whole};
use crate::record::salt::Salt;
use crate::record::statement::YearStatement;

impl Disclosed for YearStatement {
    fn pupils(&self) -> usize {
        self.pupils().len()
    }

    /// The pupil's place in the statement, from 1: a pupil can have several ids, or the number of another.
    fn key(&self, pupil: usize) -> Key<'_> {
        Key::Place(pupil + 1)
    }

    /// The two texts of the whole class, then of each pupil the three that the card names; of each pupil all five
    /// digests, in the order in which [`Disclosed::card`] takes them.
    fn body(&self, room: usize, mut salts: impl FnMut() -> Option<Salt>) -> Option<Body> {
        let mut text = Canonical(Vec::with_capacity(room));
        let class = put_class(self, salts()?, &mut text);
        let totals = put_totals(self, salts()?, &mut text);
        let mut leaves = Vec::with_capacity(self.pupils().len());
        let rows = self.progress.rows.iter().zip(&self.attendance.rows);
        // A hostile file may have more rows than pupils.
        for (given, missed) in rows.take(self.pupils().len()) {
            leaves.push(vec![
                class,
                totals,
                put_results(given, salts()?, &mut text),
                put_attendance(missed, salts()?, &mut text),
                put_decisions(given, salts()?, &mut text),
            ]);
        }
        Some(Body { lines: text.0, leaves })
    }

    fn card(&self, pupil: usize, texts: &[Digest], salt: Salt) -> Vec<u8> {
        let row = &self.pupils()[pupil];
        let (arrived, left) = (&self.movement.arrived, &self.movement.left);
        let kinds = [(MovementKind::Arrived, arrived), (MovementKind::Left, left)];
        let moved = kinds.into_iter().flat_map(|(kind, all)| all.iter().map(move |m| (kind, m)));
        let [class, totals, results, attendance, decisions] = *texts else { return Vec::new() };
        let mut text = Canonical::default();
        text.object(|text| {
            text.put("attendance", attendance);
            text.put_some("born", row.born);
            text.put("class", class);
            text.put("decisions", decisions);
            text.put_some("file_number", row.file_number.as_ref());
            text.put("known_as", Whole(&row.known_as));
            let own = moved.filter(|(_, moved)| moved.pupil == pupil);
            text.put_objects("movements", own, |text, (kind, Moved { date, orders, .. })| {
                text.put("date", *date);
                text.put("kind", kind);
                text.put("orders", Whole(orders));
            });
            text.put("name", &row.name);
            text.put_some("number", row.number);
            text.put_some("patronymic", row.patronymic.as_ref());
            text.put("pupil", pupil + 1);
            text.put("results", results);
            text.put("salt", salt);
            text.put("surname", &row.surname);
            text.put("t", "letopis/year-card/v1");
            text.put("totals", totals);
        });
        text.0
    }
}

/// Whose statement, for when, drawn from what, and what the places in the other texts mean: shown with every extract.
fn put_class(year: &YearStatement, salt: Salt, text: &mut Canonical) -> Digest {
    put_line(text, |text| {
        text.put("columns", Whole(&year.progress.columns));
        text.put("heading", Whole(&year.progress.heading));
        text.put("periods", Whole(&year.attendance.periods));
        text.put("salt", salt);
        text.put("sources", Whole(&year.sources));
        text.put("subjects", Whole(&year.progress.subjects));
        text.put("t", "letopis/year-class/v1");
    })
}

/// Counts over all pupils, apart from the rest: less one pupil's they would tell of a small class's others.
fn put_totals(year: &YearStatement, salt: Salt, text: &mut Canonical) -> Digest {
    put_line(text, |text| {
        text.put("missed", Whole(&year.attendance.total));
        text.put("moved", Whole(&year.movement.periods));
        text.put("salt", salt);
        text.put("t", "letopis/year-totals/v1");
        text.put_some("year", year.movement.total.as_ref().map(Whole));
    })
}

fn put_results(row: &ProgressRow, salt: Salt, text: &mut Canonical) -> Digest {
    put_line(text, |text| {
        text.put("marks", Whole(&row.marks));
        text.put("salt", salt);
        text.put("t", "letopis/year-results/v1");
    })
}

fn put_attendance(row: &AttendanceRow, salt: Salt, text: &mut Canonical) -> Digest {
    put_line(text, |text| {
        text.put("missed", Whole(&row.missed));
        text.put("salt", salt);
        text.put("t", "letopis/year-attendance/v1");
    })
}

fn put_decisions(row: &ProgressRow, salt: Salt, text: &mut Canonical) -> Digest {
    put_line(text, |text| {
        text.put("decisions", Whole(&row.decisions));
        text.put("salt", salt);
        text.put("t", "letopis/year-decisions/v1");
    })
}
