//! Days 2 to 5 of the winter closing, and what comes after the folder.

use super::super::world::World;
use super::Demo;
use super::play::Told::{Line, Not, Whole};
use super::winter::{Cast, HALF, QUARTER};
use crate::demo;
use crate::journal::{ClassName, Journal, PeriodId};
use anyhow::Context as _;

impl Demo {
    /// Day 2: snapshot, backup copies with their act, paper copies for the staff room.
    pub(super) async fn day_two(&self, cast: &Cast, world: &mut World) -> anyhow::Result<()> {
        self.at("2026-01-13T09:00", "Day 2: snapshot, backup copies, printing", world)?;
        for period in [QUARTER, HALF] {
            if self.school.classes(period.parse()?).next().is_some() {
                self.plays(&["snapshot", "--period", period], Line, world).await?;
            }
        }
        self.signs(world).await?;
        self.backup("backup", &[], cast, world).await?;
        self.at("2026-01-13T11:00", "Paper copies go to the staff room", world)?;
        let here: Vec<_> = self.on_paper(cast).into_iter().cloned().collect();
        self.prints(&here, world).await?;
        let papers = self.out.join("print");
        for paper in ["schedule", "where-to-sign"] {
            let out = papers.join(format!("{paper}.pdf")).display().to_string();
            self.plays(&["closing", "print", paper, "--out", &out], Line, world).await?;
        }
        Ok(())
    }

    /// Two media in two rooms, checked, handed over with an act.
    async fn backup(
        &self,
        name: &str,
        options: &[&str],
        cast: &Cast,
        world: &mut World,
    ) -> anyhow::Result<()> {
        let by = cast.deputy.as_str();
        let folder = self.out.join("media");
        std::fs::create_dir_all(&folder)?;
        let before = self.media_count(world).await?;
        for (kind, room) in [("optical", "каб. 12"), ("disk", "каб. 30")] {
            let to = folder.join(format!("{name}-{kind}")).display().to_string();
            let label = format!("{name} {kind} 2026");
            let place = ["--kind", kind, "--room", room, "--closing", QUARTER, "--by", by];
            let words: Vec<&str> =
                ["copy", "--to", &to, "--label", &label].into_iter().chain(place).collect();
            self.plays(&[&words[..], options].concat(), Line, world).await?;
            self.plays(&["check-medium", &to, "--by", by], Line, world).await?;
        }
        let number = format!("{}-н", before / 2 + 1);
        let numbers = [(before + 1).to_string(), (before + 2).to_string()];
        let act = self.out.join("print").join(format!("{name}-act.pdf")).display().to_string();
        std::fs::create_dir_all(self.out.join("print"))?;
        let words = ["closing", "hand-over-media", &numbers[0], &numbers[1], "--act", &number];
        let rest = ["--to", &cast.director, "--by", by, "--out", &act];
        self.plays(&[&words[..], &rest[..]].concat(), Whole, world).await?;
        Ok(())
    }

    async fn media_count(&self, world: &mut World) -> anyhow::Result<usize> {
        Ok(self.which.read(world).await?.catalogue().media()?.len())
    }

    /// Prints what the current records of these classes still lack on paper.
    pub(super) async fn prints(
        &self,
        classes: &[(ClassName, PeriodId)],
        world: &mut World,
    ) -> anyhow::Result<()> {
        let folder = self.out.join("print");
        std::fs::create_dir_all(&folder)?;
        let records = self.which.read(world).await?.catalogue().records()?;
        for (place, (class, period)) in classes.iter().enumerate() {
            let current = records.iter().rfind(|r| {
                r.class == *class
                    && r.period == *period
                    && r.is_current()
                    && r.kind == self.kind(*period)
            });
            let record = current.context("the class has a record")?.record.to_string();
            let out = folder.join(format!("{record}.pdf")).display().to_string();
            let told = if place == 0 { Line } else { Not };
            self.plays(&["print", &record, "--out", &out], told, world).await?;
        }
        Ok(())
    }

    /// Day 3: every sheet of every page is signed. One class has a discrepancy, one signature cannot be had.
    pub(super) async fn day_three(&self, cast: &Cast, world: &mut World) -> anyhow::Result<()> {
        let by = cast.deputy.as_str();
        self.at("2026-01-14T10:00", "Day 3: a teacher finds a discrepancy", world)?;
        let class = self.part(cast, 0).clone();
        let journal = self.of_quarter(&class)?;
        self.discrepancy(&journal, &[], cast, world).await?;
        self.at("2026-01-14T13:00", "A signature cannot be had", world)?;
        let class = self.part(cast, 2).as_str();
        let [absent, _] = self.teachers_of(self.part(cast, 2))?;
        let words = ["closing", "excuse", class, "--signer", &absent, "--order", "5-о/2026-01-14"];
        let rest = ["--reason", "В отпуске по уходу за ребёнком.", "--by", by];
        self.plays(&[&words[..], &rest[..]].concat(), Whole, world).await?;
        self.at("2026-01-14T16:00", "Teachers sign their sheets", world)?;
        let here = self.on_paper(cast);
        self.for_each(&here, world, async |class, world, told| {
            self.plays(&["closing", "sign-off", class, "--by", by], told, world).await
        })
        .await?;
        self.is_refused(&["closing", "stamp", class, "--by", by], world).await
    }

    /// Somebody reports a page; the e-journal is corrected; the deputy sees every change and agrees.
    pub(super) async fn discrepancy(
        &self,
        journal: &Journal,
        order: &[&str],
        cast: &Cast,
        world: &mut World,
    ) -> anyhow::Result<()> {
        let by = cast.deputy.as_str();
        let period: PeriodId = QUARTER.parse()?;
        let class = &journal.class.name();
        let corrected = demo::corrected(journal);
        let changed = journal.pages.iter().zip(&corrected.pages).position(|(a, b)| a != b);
        let page = (changed.context("a correction changes a page")? + 1).to_string();
        if order.is_empty() {
            let words = ["closing", "report", class.as_str(), "--page", &page, "--by", by];
            let text = ["--text", "Итоговая отметка не та, что в ведомости."];
            self.plays(&[&words[..], &text[..]].concat(), Whole, world).await?;
        }
        let file = self.out.join("source").join(format!("{}-corrected.json", class.slug()));
        std::fs::write(&file, serde_json::to_vec_pretty(&corrected)?)?;
        self.plays(&["import", &file.display().to_string()], Line, world).await?;
        self.is_refused(&["snapshot", "--period", QUARTER, "--class", class.as_str()], world)
            .await?;
        let closing = ["closing", "correct", class.as_str(), "--period", QUARTER, "--by", by];
        self.plays(&closing, Whole, world).await?;
        let code = self.correction_code(class, period, world).await?;
        let agree = [&closing[..], &["--agree", &code], order].concat();
        self.plays(&agree, Whole, world).await?;
        self.signs(world).await?;
        self.prints(&[(class.clone(), period)], world).await
    }

    /// The classes whose copies go round from day 2: not the late one, and not grade 1, which is printed once a year.
    fn on_paper<'c>(&self, cast: &'c Cast) -> Vec<&'c (ClassName, PeriodId)> {
        let is_first = |class: &ClassName| {
            class.as_str().strip_prefix('1').is_some_and(|rest| !rest.starts_with(char::is_numeric))
        };
        let here = cast.classes.iter().filter(|(class, _)| class != self.late(cast));
        here.filter(|(class, _)| !is_first(class)).collect()
    }

    fn of_quarter(&self, class: &ClassName) -> anyhow::Result<Journal> {
        self.school.journal(class, QUARTER.parse()?).context("a class of quarter 2")
    }

    /// The journal of a class after the first so many corrections of the story, of which some may have been its own.
    fn as_it_stands(
        &self,
        class: &ClassName,
        cast: &Cast,
        corrections: usize,
    ) -> anyhow::Result<Journal> {
        let mut journal = self.of_quarter(class)?;
        for _ in (0..corrections).filter(|part| self.part(cast, *part) == class) {
            journal = demo::corrected(&journal);
        }
        Ok(journal)
    }

    async fn correction_code(
        &self,
        class: &ClassName,
        period: PeriodId,
        world: &mut World,
    ) -> anyhow::Result<String> {
        let archive = self.which.open("letopis demo", world).await?;
        let closing = archive.closing_of(period).await?;
        Ok(archive.correction(closing, (class, period)).await?.code)
    }

    /// Day 4: class teachers certify and hand over. The late class arrives.
    pub(super) async fn day_four(&self, cast: &Cast, world: &mut World) -> anyhow::Result<()> {
        let by = cast.deputy.as_str();
        self.at(
            "2026-01-15T14:00",
            "Day 4: class teachers certify and hand the copies over",
            world,
        )?;
        let here = self.on_paper(cast);
        self.for_each(&here, world, async |class, world, told| {
            self.certified(class, by, world, told).await
        })
        .await?;
        self.at("2026-01-15T16:00", "The late class comes in", world)?;
        let file = self.out.join("source").join("q2");
        let file = file.join(format!("{}.json", self.late(cast).as_str().to_lowercase()));
        self.plays(&["import", &file.display().to_string()], Line, world).await?;
        let class = self.late(cast).as_str();
        self.plays(&["snapshot", "--period", QUARTER, "--class", class], Line, world).await?;
        self.plays(&["staff", "load", "--period", QUARTER, "--add-new"], Line, world).await?;
        self.signs(world).await?;
        self.prints(&[(self.late(cast).clone(), QUARTER.parse()?)], world).await
    }

    async fn certified(
        &self,
        class: &str,
        by: &str,
        world: &mut World,
        told: super::play::Told,
    ) -> anyhow::Result<()> {
        let sign = ["closing", "sign-off", class, "--as", "class-teacher", "--by", by];
        self.plays(&sign, told, world).await?;
        let hand_over = ["closing", "hand-over", class, "--to", by, "--by", by];
        self.plays(&hand_over, told, world).await?;
        Ok(())
    }

    /// Day 5: a second discrepancy; deputies certify, the general register, the director, the seal, the folders.
    pub(super) async fn day_five(&self, cast: &Cast, world: &mut World) -> anyhow::Result<()> {
        let by = cast.deputy.as_str();
        self.at("2026-01-16T09:00", "Day 5: another discrepancy", world)?;
        let class = self.part(cast, 1).clone();
        let journal = self.as_it_stands(&class, cast, 1)?;
        self.discrepancy(&journal, &[], cast, world).await?;
        self.signed_again(class.as_str(), by, world).await?;
        self.backup("supplement", &["--lacking"], cast, world).await?;
        self.at(
            "2026-01-16T12:00",
            "Deputies certify; the copies are entered, signed and sealed",
            world,
        )?;
        let here = self.on_paper(cast);
        self.for_each(&here, world, async |class, world, told| {
            self.sealed(class, by, world, told).await
        })
        .await?;
        self.at("2026-01-16T15:00", "The folders", world)?;
        let folder = self.out.join("print").join("folder-q2.pdf").display().to_string();
        let form = ["closing", "folder", QUARTER, "--by", by, "--out", &folder];
        self.is_refused(&form, world).await?;
        let late = self.late(cast).as_str();
        self.plays(&[&form[..], &["--without", late]].concat(), Whole, world).await?;
        if self.school.classes(HALF.parse()?).next().is_some() {
            let folder = self.out.join("print").join("folder-h1.pdf").display().to_string();
            let form = ["closing", "folder", HALF, "--by", by, "--out", &folder];
            self.plays(&form, Whole, world).await?;
        }
        self.plays(&["closing", "status", "--period", QUARTER], Whole, world).await?;
        Ok(())
    }

    /// Sheets that a correction voided, signed once more by teachers and class teacher.
    async fn signed_again(&self, class: &str, by: &str, world: &mut World) -> anyhow::Result<()> {
        self.plays(&["closing", "sign-off", class, "--by", by], Whole, world).await?;
        let sign = ["closing", "sign-off", class, "--as", "class-teacher", "--by", by];
        self.plays(&sign, Line, world).await?;
        Ok(())
    }

    /// Deputy, general register, director, seal.
    async fn sealed(
        &self,
        class: &str,
        by: &str,
        world: &mut World,
        told: super::play::Told,
    ) -> anyhow::Result<()> {
        self.plays(&["closing", "sign-off", class, "--as", "deputy", "--by", by], told, world)
            .await?;
        self.plays(&["closing", "register", class, "--by", by], told, world).await?;
        self.plays(&["closing", "sign-off", class, "--as", "director", "--by", by], told, world)
            .await?;
        self.plays(&["closing", "stamp", class, "--by", by], told, world).await?;
        Ok(())
    }

    /// The late class as a supplement, the shelf, and a correction by the director's order.
    pub(super) async fn afterwards(&self, cast: &Cast, world: &mut World) -> anyhow::Result<()> {
        let by = cast.deputy.as_str();
        self.at("2026-01-19T10:00", "The late class goes through all steps", world)?;
        let late = self.late(cast).as_str();
        self.plays(&["closing", "confirm", late, "--by", by], Line, world).await?;
        self.plays(&["closing", "sign-off", late, "--by", by], Line, world).await?;
        self.certified(late, by, world, Line).await?;
        self.sealed(late, by, world, Line).await?;
        self.supplement("folder-q2-1", &[], cast, world).await?;
        self.at("2026-01-20T10:00", "The archive accepts the folders", world)?;
        for (period, file) in [(QUARTER, "02-15"), (HALF, "02-16")] {
            if self.school.classes(period.parse()?).next().is_some() {
                let words = ["closing", "shelve", "--period", period, "--file", file];
                let rest = ["--shelf", "стеллаж 3, полка 2", "--by", &cast.archivist];
                self.plays(&[&words[..], &rest[..]].concat(), Whole, world).await?;
            }
        }
        self.at(
            "2026-01-26T10:00",
            "A correction after the folder, by the director's order",
            world,
        )?;
        let class = self.part(cast, 3).clone();
        let journal = self.as_it_stands(&class, cast, 2)?;
        self.discrepancy(&journal, &["--order", "8-о/2026-01-26"], cast, world).await?;
        self.signed_again(class.as_str(), by, world).await?;
        self.backup("after-the-folder", &["--lacking"], cast, world).await?;
        self.sealed(class.as_str(), by, world, Line).await?;
        self.supplement("folder-q2-2", &[], cast, world).await?;
        let words = ["closing", "shelve", "--period", QUARTER, "--file", "02-15"];
        let rest = ["--shelf", "стеллаж 3, полка 2", "--by", &cast.archivist];
        self.plays(&[&words[..], &rest[..]].concat(), Whole, world).await?;
        let register = self.out.join("print").join("general-register.pdf").display().to_string();
        let words = ["closing", "print", "register", "--period", QUARTER, "--out", &register];
        self.plays(&words, Line, world).await?;
        self.plays(&["closing", "history", "--period", QUARTER], Not, world).await?;
        Ok(())
    }

    async fn supplement(
        &self,
        name: &str,
        options: &[&str],
        cast: &Cast,
        world: &mut World,
    ) -> anyhow::Result<()> {
        let out = self.out.join("print").join(format!("{name}.pdf")).display().to_string();
        let form = ["closing", "folder", QUARTER, "--by", &cast.deputy, "--out", &out];
        self.plays(&[&form[..], options].concat(), Whole, world).await?;
        Ok(())
    }
}
