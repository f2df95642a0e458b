//! The year's end: summary statements, drawn, printed, signed and shelved.

use super::super::world::World;
use super::Demo;
use super::play::Told::{Line, Not, Whole};
use crate::journal::{ClassName, PeriodId, SchoolYear};
use crate::register::RecordKind;

const YEAR: &str = "2025-26";
const YEAR_PERIOD: &str = "2025-26/year";

impl Demo {
    /// The rest of the year is archived; then the statements of every class.
    pub(super) async fn year_end(&self, world: &mut World) -> anyhow::Result<()> {
        let deputy = self.school.deputies().first().and_then(|p| p.full_name()).unwrap_or_default();
        let by = deputy.as_str();
        self.at("2026-04-01T10:00", "Spring: quarter 3 is archived", world)?;
        self.archived(&["2025-26/q3"], world).await?;
        self.at("2026-06-27T10:00", "Summer: the last periods and the year's marks", world)?;
        self.archived(&["2025-26/q4", "2025-26/h2", YEAR_PERIOD], world).await?;
        self.pupils(by, world).await?;
        self.at("2026-06-29T09:00", "The summary statements", world)?;
        self.plays(&["statements", "--year", YEAR], Line, world).await?;
        self.signs(world).await?;
        let open = ["closing", "open", "--period", YEAR_PERIOD, "--by", by];
        self.plays(&[&open[..], &["--confirm"]].concat(), Whole, world).await?;
        let period: PeriodId = YEAR_PERIOD.parse()?;
        let records = self.which.read(world).await?.catalogue().records()?;
        let is_statement =
            |r: &&crate::catalogue::RecordView| r.kind == RecordKind::Statement && r.is_current();
        let classes: Vec<(ClassName, PeriodId)> =
            records.iter().filter(is_statement).map(|r| (r.class.clone(), period)).collect();
        self.prints(&classes, world).await?;
        self.at("2026-06-30T12:00", "Class teachers, deputy, director, seal, archive", world)?;
        let classes: Vec<_> = classes.iter().collect();
        self.for_each(&classes, world, async |class, world, told| {
            for role in ["class-teacher", "deputy", "director"] {
                let sign = ["closing", "sign-off", class, "--as", role, "--by", by];
                self.plays(&sign, told, world).await?;
            }
            self.plays(&["closing", "stamp", class, "--by", by], told, world).await?;
            let shelve = ["closing", "shelve", "--class", class, "--file", "02-20"];
            let rest = ["--shelf", "стеллаж 1, полка 1", "--by", by];
            self.plays(&[&shelve[..], &rest[..]].concat(), told, world).await
        })
        .await?;
        self.plays(&["closing", "list"], Whole, world).await?;
        Ok(())
    }

    async fn archived(&self, periods: &[&str], world: &mut World) -> anyhow::Result<()> {
        for period in periods {
            let id: PeriodId = period.parse()?;
            if self.school.classes(id).next().is_some() {
                self.comes_in(&[id], None, world).await?;
                self.plays(&["snapshot", "--period", period], Line, world).await?;
            }
        }
        self.signs(world).await
    }

    /// A pupil has another number in the year's journal: a person says who it is.
    async fn pupils(&self, by: &str, world: &mut World) -> anyhow::Result<()> {
        let year: SchoolYear = YEAR.parse()?;
        for class in self.school.class_names() {
            let reading = self.which.read(world).await?;
            let Ok(of_class) = reading.class_year(&class, year).await else { continue };
            let open = of_class.roll().map(|roll| roll.unjoined().len()).unwrap_or(0);
            let numbers: Vec<String> = (1..=open).map(|number| number.to_string()).collect();
            if open > 0 {
                let same = numbers.join(",");
                let words = ["pupils", "--year", YEAR, "--class", class.as_str(), "--same", &same];
                let told = if class == self.school.class_names()[0] { Whole } else { Not };
                self.plays(&[&words[..], &["--by", by]].concat(), told, world).await?;
            }
        }
        Ok(())
    }

    /// What goes through the closing of a period.
    pub(super) fn kind(&self, period: PeriodId) -> RecordKind {
        if period.number.is_none() { RecordKind::Statement } else { RecordKind::Journal }
    }
}
