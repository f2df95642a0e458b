//! `letopis statement` and `letopis report`: summary statements of a year, and the same and more for one
//! period, from the current records of a class.

use super::done::{Answer, Done, Refused};
use super::files;
use super::opening::Which;
use super::world::World;
use crate::archive::{ClassYear, Reading};
use crate::catalogue::RecordView;
use crate::journal::statement::{
    ActivityStatement, AttendanceStatement, ClassReport, ClassResults, MonthlyAttendance,
    MovementStatement, ProgressStatement, Roll, RollError,
};
use crate::journal::{ClassName, PeriodId, SchoolYear};
use crate::paper::{Letterhead, statement};
use crate::paper::{Print, render};
use anyhow::{anyhow, bail};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The school year: 2025-26
    #[arg(long)]
    year: SchoolYear,
    /// The class
    #[arg(long)]
    class: ClassName,
    /// Which statement
    #[arg(long)]
    form: StatementForm,
    /// Where to write the PDF; never over a file that is there
    #[arg(long, value_name = "FILE.pdf")]
    out: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(super) struct ReportArgs {
    /// The period: 2025-26/q1 (q quarter, h half-year, t trimester, m module, s semester, /year)
    #[arg(long)]
    period: PeriodId,
    /// The class
    #[arg(long)]
    class: ClassName,
    /// Which report
    #[arg(long)]
    form: ReportForm,
    /// Where to write the PDF; never over a file that is there
    #[arg(long, value_name = "FILE.pdf")]
    out: PathBuf,
}

/// Statements of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum StatementForm {
    /// Учёт успеваемости: all finals and decisions
    Progress,
    /// Учёт посещаемости: days and lessons missed
    Attendance,
    /// Учёт движения: who came and left
    Movement,
    /// Освоение программы: an activity's results
    Programme,
}

/// Reports for a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum ReportForm {
    /// Учёт успеваемости за период
    Progress,
    /// Учёт посещаемости за период
    Attendance,
    /// Учёт движения за период
    Movement,
    /// Итоги успеваемости класса
    Results,
    /// Отчёт о посещаемости по месяцам
    Months,
    /// Отчёт классного руководителя
    ClassTeacher,
    /// Освоение программы за период
    Programme,
}

impl From<StatementForm> for ReportForm {
    fn from(form: StatementForm) -> ReportForm {
        match form {
            StatementForm::Progress => ReportForm::Progress,
            StatementForm::Attendance => ReportForm::Attendance,
            StatementForm::Movement => ReportForm::Movement,
            StatementForm::Programme => ReportForm::Programme,
        }
    }
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    free(&args.out)?;
    let reading = which.read(world).await?;
    let year = reading.class_year(&args.class, args.year).await?;
    let roll = year.roll().map_err(refused)?;
    let (print, sheets) = draw(args.form.into(), &roll, &reading, world).await?;
    tell_missing(&year, world);
    tell_unsigned(year.records.iter(), world);
    tell_unjoined(&roll, args, world);
    files::write_new(&args.out, &print, 0o644)?;
    let (class, year, out) = (&args.class, args.year, args.out.display());
    world.screen.say(format_args!("{class} {year}: {sheets} sheet(s): {out}"));
    Ok(Done::Clean)
}

/// The same for one period.
pub(super) async fn run_report(args: &ReportArgs, which: &Which, world: &mut World) -> Answer {
    free(&args.out)?;
    let reading = which.read(world).await?;
    let (class, period) = (&args.class, args.period);
    let year = reading.class_year(class, period.year).await?;
    let roll = year.roll_of(period).ok_or_else(|| {
        let has: Vec<String> = year.records.iter().map(|r| r.period.to_string()).collect();
        anyhow!("class {class} has no record of {period}; it has {}", has.join(", "))
    })?;
    let roll = roll.map_err(refused)?;
    let (print, sheets) = draw(args.form, &roll, &reading, world).await?;
    tell_unsigned(year.records.iter().filter(|r| r.period == period), world);
    files::write_new(&args.out, &print, 0o644)?;
    let out = args.out.display();
    world.screen.say(format_args!("{class} {period}: {sheets} sheet(s): {out}"));
    Ok(Done::Clean)
}

fn free(out: &Path) -> anyhow::Result<()> {
    if out.exists() {
        bail!("`{}` is there already; name another file", out.display());
    }
    Ok(())
}

fn refused(errors: Vec<RollError>) -> anyhow::Error {
    let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
    Refused(errors.join("; ")).into()
}

/// The PDF, and how many sheets it has.
async fn draw(
    form: ReportForm,
    roll: &Roll<'_>,
    reading: &Reading,
    world: &mut World,
) -> anyhow::Result<(Vec<u8>, usize)> {
    let settings = reading.settings().await?;
    let wording = settings.wording()?;
    let head = Letterhead {
        school: &settings.school_name,
        wording: &wording,
        // The archive does not know yet who holds which post: they write their names by hand.
        officials: &[],
        printed: world.now().with_timezone(&settings.utc_offset),
    };
    let print = print(form, roll, &head)?;
    Ok((render(&print)?, print.sides.len()))
}

fn print(form: ReportForm, roll: &Roll<'_>, head: &Letterhead<'_>) -> anyhow::Result<Print> {
    Ok(match form {
        ReportForm::Progress => statement::progress(&ProgressStatement::of(roll), head)?,
        ReportForm::Attendance => statement::attendance(&AttendanceStatement::of(roll), head)?,
        ReportForm::Movement => statement::movement(&MovementStatement::of(roll), head)?,
        ReportForm::Results => statement::results(&ClassResults::of(roll), head)?,
        ReportForm::Months => statement::months(&MonthlyAttendance::of(roll), head)?,
        ReportForm::ClassTeacher => statement::class_report(&ClassReport::of(roll), head)?,
        ReportForm::Programme => statement::activity(&ActivityStatement::of(roll)?, head)?,
    })
}

fn tell_missing(year: &ClassYear, world: &World) {
    let missing: Vec<String> = year.missing().iter().map(ToString::to_string).collect();
    if !missing.is_empty() {
        let drawn = year.records.len();
        world.screen.note(format_args!(
            "there is no record of {}; the statement is drawn from {drawn} period(s)",
            missing.join(", ")
        ));
    }
}

fn tell_unsigned<'r>(records: impl Iterator<Item = &'r RecordView>, world: &World) {
    for record in records.filter(|record| !record.is_signed()) {
        let (number, period) = (record.record, record.period);
        world.screen.note(format_args!(
            "record {number} of {period} is not signed by the director yet; it may still be replaced"
        ));
    }
}

fn tell_unjoined(roll: &Roll<'_>, args: &Args, world: &World) {
    let open = roll.unjoined().len();
    if open > 0 {
        let (year, class) = (args.year, &args.class);
        world.screen.note(format_args!(
            "{open} pair(s) of pupils may be one and stand apart, marked (?); `letopis pupils \
             --year {year} --class {class}` shows them"
        ));
    }
}
