//! Winter 2025/26: quarter 2 closes together with half-year 1, through the five days and what comes after.

use super::super::sign;
use super::super::world::World;
use super::play::Told::{Line, Not, Whole};
use super::{Demo, PASSPHRASE, passphrase};
use crate::demo;
use crate::journal::{ClassName, Journal, PeriodId};
use anyhow::{Context as _, anyhow};
use std::path::PathBuf;

/// The two periods that end before the winter holidays.
pub(super) const QUARTER: &str = "2025-26/q2";
pub(super) const HALF: &str = "2025-26/h1";

/// Whom the closing needs.
pub(super) struct Cast {
    pub(super) deputy: String,
    pub(super) director: String,
    pub(super) archivist: String,
    /// The classes, each with the period it closes.
    pub(super) classes: Vec<(ClassName, PeriodId)>,
    /// The class that comes late.
    late: ClassName,
    /// Classes with a part of their own: a discrepancy on day 3, one on day 5, an excused signature, a correction
    /// after the folder. In a small school one class has several.
    parts: [ClassName; 4],
}

impl Demo {
    /// The closing of winter, day by day.
    pub(super) async fn winter(&self, world: &mut World) -> anyhow::Result<()> {
        let cast = self.cast()?;
        self.people(&cast, world).await?;
        self.day_one(&cast, world).await?;
        self.day_two(&cast, world).await?;
        self.day_three(&cast, world).await?;
        self.day_four(&cast, world).await?;
        self.day_five(&cast, world).await?;
        self.afterwards(&cast, world).await
    }

    fn cast(&self) -> anyhow::Result<Cast> {
        let (quarter, half): (PeriodId, PeriodId) = (QUARTER.parse()?, HALF.parse()?);
        let of = |period| self.school.classes(period).map(move |j| (j.class.name(), period));
        let classes: Vec<_> = of(quarter).chain(of(half)).collect();
        let faulty = self.school.faulty_class();
        // Classes that come as a file each, and have marks.
        let single: Vec<ClassName> = self
            .school
            .classes(quarter)
            .filter(|j| j.class.grade().is_some_and(|grade| !matches!(grade, 1 | 5 | 6)))
            .map(|journal| journal.class.name())
            .filter(|class| Some(class) != faulty.as_ref())
            .collect();
        let (late, others) =
            single.split_last().context("the demo needs two classes of quarter 2")?;
        let part = |number: usize| {
            let class = others.get(number % others.len().max(1));
            class.cloned().context("the demo needs two classes of quarter 2")
        };
        let name = |person: &crate::journal::Person| person.full_name().unwrap_or_default();
        Ok(Cast {
            deputy: name(self.school.deputies().first().context("a school has a deputy")?),
            director: self.director(),
            archivist: "Соловьёва Нина Аркадьевна".to_owned(),
            classes,
            late: late.clone(),
            parts: [part(0)?, part(1)?, part(2)?, part(3)?],
        })
    }

    /// Roster, calendar and journals, before the first day.
    async fn people(&self, cast: &Cast, world: &mut World) -> anyhow::Result<()> {
        self.at("2026-01-11T12:00", "Before the first day: people and calendar", world)?;
        let post = |role, title| ["--role", role, "--title", title, "--from", "2025-09-01"];
        let add = async |name: &str, terms: [&str; 6], world: &mut World| {
            let words: Vec<&str> = ["staff", "add", name].into_iter().chain(terms).collect();
            self.plays(&words, Whole, world).await
        };
        add(&cast.deputy, post("deputy", "Заместитель директора по УВР"), world).await?;
        add(&cast.archivist, post("archivist", "Ответственный за архив"), world).await?;
        let order = ["--role", "director", "--from", "2025-09-01", "--order", "12-к/2025-08-29"];
        let words: Vec<&str> = ["staff", "post", &cast.director].into_iter().chain(order).collect();
        self.plays(&words, Whole, world).await?;
        let calendar = self.out.join("source").join("school-2025-26.toml");
        std::fs::write(
            &calendar,
            include_str!("../../../templates/calendars/school-2025-26.toml"),
        )?;
        self.plays(&["adopt", "--calendar", &calendar.to_string_lossy()], Whole, world).await?;
        Ok(())
    }

    /// The journals of a period, but for one class, come in.
    pub(super) async fn comes_in(
        &self,
        periods: &[PeriodId],
        without: Option<&ClassName>,
        world: &mut World,
    ) -> anyhow::Result<()> {
        let source = self.out.join("source");
        let written = demo::write_sources(&self.school, periods, &source)?;
        let skipped = without.map(|class| format!("{}.json", class.as_str().to_lowercase()));
        let is_left = |path: &&PathBuf| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            name != skipped
        };
        let paths: Vec<String> =
            written.paths.iter().filter(is_left).map(|p| p.display().to_string()).collect();
        let mut words = vec!["import"];
        words.extend(paths.iter().map(String::as_str));
        world.screen.say(format_args!("$ letopis import {}/…", source.display()));
        self.plays(&words, Not, world).await?;
        Ok(())
    }

    /// The director signs whatever waits.
    pub(super) async fn signs(&self, world: &mut World) -> anyhow::Result<()> {
        let key = passphrase::open(&self.key_file(), PASSPHRASE)?;
        let file = self.key_file();
        world.screen.say(format_args!("$ letopis sign --key {}", file.display()));
        world.screen.mute(true);
        let signed = sign::here(None, &key, &self.which, world).await;
        world.screen.mute(false);
        signed.map(|_| ())
    }

    /// Day 1: teachers check finals; whoever records for them enters it.
    async fn day_one(&self, cast: &Cast, world: &mut World) -> anyhow::Result<()> {
        let by = cast.deputy.as_str();
        self.at("2026-01-12T09:00", "Day 1: the journals come in, the closing is opened", world)?;
        let periods: [PeriodId; 2] = [QUARTER.parse()?, HALF.parse()?];
        self.comes_in(&periods, Some(&cast.late), world).await?;
        self.load(world).await?;
        let open = ["closing", "open", "--period", QUARTER, "--by", by];
        self.plays(&open, Whole, world).await?;
        self.plays(&[&open[..], &["--confirm"]].concat(), Line, world).await?;
        self.substitution(cast, world).await?;
        self.at("2026-01-12T15:00", "Teachers have checked their pages", world)?;
        let here: Vec<_> = cast.classes.iter().filter(|(class, _)| *class != cast.late).collect();
        self.for_each(&here, world, async |class, world, told| {
            self.plays(&["closing", "confirm", class, "--by", by], told, world).await
        })
        .await
    }

    /// Teaching load from the journals. One teacher is known to the e-journal by a number alone: a person says who it is.
    async fn load(&self, world: &mut World) -> anyhow::Result<()> {
        if let Some((name, sources)) = self.nameless() {
            self.is_refused(&["staff", "load", "--period", QUARTER, "--add-new"], world).await?;
            self.plays(&["staff", "add", &name], Line, world).await?;
            for source in &sources {
                self.plays(&["staff", "link", &name, "--source", source], Line, world).await?;
            }
        }
        for period in [QUARTER, HALF] {
            if self.school.classes(period.parse()?).next().is_some() {
                self.plays(&["staff", "load", "--period", period, "--add-new"], Line, world)
                    .await?;
            }
        }
        Ok(())
    }

    /// The teacher whose name the e-journal does not give with one page: who teaches that subject in another class, and
    /// both numbers the source has for them.
    fn nameless(&self) -> Option<(String, [String; 2])> {
        let period: PeriodId = QUARTER.parse().ok()?;
        let faulty = self.school.faulty_class()?;
        let journal = self.school.journal(&faulty, period)?;
        let page = journal.pages.iter().find(|page| {
            page.teacher
                .as_ref()
                .and_then(|id| journal.person(id))
                .is_some_and(|p| p.full_name().is_none())
        })?;
        let id = page.teacher.as_ref()?;
        let others = self.school.classes(period).filter(|j| j.class.name() != faulty);
        let mut names = others.filter_map(|other| {
            let same = other.pages.iter().find(|known| known.key() == page.key())?;
            let own = same.teacher.as_ref()?;
            Some((other.person(own)?.full_name()?, own.clone()))
        });
        let (name, own) = names.next()?;
        let system = &journal.source.system;
        Some((name, [id, &own].map(|id| format!("{system}:{id}"))))
    }

    /// A teacher is ill for the three days of the procedure; somebody signs for them by order.
    async fn substitution(&self, cast: &Cast, world: &mut World) -> anyhow::Result<()> {
        let [away, instead] = self.teachers_of(&cast.parts[1])?;
        let order = ["--order", "3-к/2026-01-12", "--from", "2026-01-12", "--until", "2026-01-30"];
        let words: Vec<&str> =
            ["staff", "substitute", &away, &instead].into_iter().chain(order).collect();
        self.plays(&words, Whole, world).await?;
        Ok(())
    }

    /// Two teachers of a class.
    pub(super) fn teachers_of(&self, class: &ClassName) -> anyhow::Result<[String; 2]> {
        let journal =
            self.school.journal(class, QUARTER.parse()?).context("a class of quarter 2")?;
        let ids = journal.pages.iter().filter_map(|page| page.teacher.as_ref());
        let mut names: Vec<String> = ids.filter_map(|id| journal.person(id)?.full_name()).collect();
        names.dedup();
        names.retain(|name| Some(name) != class_teacher(&journal).as_ref());
        match &names[..] {
            [first, .., last] if first != last => Ok([first.clone(), last.clone()]),
            _ => Err(anyhow!("class {class} has fewer than two teachers")),
        }
    }

    /// The same for every class; the first is told, the others alike.
    pub(super) async fn for_each<T>(
        &self,
        classes: &[&(ClassName, PeriodId)],
        world: &mut World,
        mut does: impl AsyncFnMut(&str, &mut World, super::play::Told) -> anyhow::Result<T>,
    ) -> anyhow::Result<()> {
        for (place, (class, _)) in classes.iter().enumerate() {
            let told = if place == 0 { Line } else { Not };
            does(class.as_str(), world, told).await?;
        }
        if classes.len() > 1 {
            let others = classes.len() - 1;
            world.screen.say(format_args!("  … and so for the other {others} classes"));
        }
        Ok(())
    }

    pub(super) fn late<'c>(&self, cast: &'c Cast) -> &'c ClassName {
        &cast.late
    }

    pub(super) fn part<'c>(&self, cast: &'c Cast, number: usize) -> &'c ClassName {
        &cast.parts[number]
    }
}

fn class_teacher(journal: &Journal) -> Option<String> {
    journal.person(journal.class.teacher.as_ref()?)?.full_name()
}
