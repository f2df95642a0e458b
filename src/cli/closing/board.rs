//! `letopis closing status`: the board of a closing, and what each person has to do next.

use super::{Meant, name_of, person};
use crate::archive::Reading;
use crate::cli::done::{Answer, Done};
use crate::cli::opening::Which;
use crate::cli::screen::Screen;
use crate::cli::table::Table;
use crate::cli::world::World;
use crate::closing::procedure::Step;
use crate::closing::{ClassState, Closing, Desk, Task};
use crate::journal::{ClassName, PeriodId};
use crate::register::{DocumentId, SheetRange, StaffId};
use crate::staff::{Duties, Role, Roster, TeachingLoad};
use chrono::NaiveDate;
use serde::Serialize;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    #[command(flatten)]
    meant: Meant,
    /// Only what this person has to do next
    #[arg(long = "for", value_name = "STAFF")]
    person: Option<String>,
    /// A JSON object
    #[arg(long)]
    json: bool,
}

/// How a closing stands. Its JSON form is stable.
#[derive(Serialize)]
pub(in crate::cli) struct Board {
    closing: DocumentId,
    procedure: String,
    title: String,
    classes: Vec<ClassLine>,
    tasks: Vec<TaskLine>,
}

#[derive(Serialize)]
struct ClassLine {
    class: ClassName,
    period: PeriodId,
    /// The record and copy that go through the closing.
    record: Option<crate::register::RecordNumber>,
    copy: Option<crate::register::CopyNumber>,
    /// The record waits for the director's electronic signature.
    waits_for_signature: bool,
    /// An import waits that reads otherwise than the record.
    changed_import: bool,
    /// Pages whose reported discrepancy is not mended.
    discrepancies: Vec<u32>,
    steps: Vec<StepLine>,
}

#[derive(Serialize)]
struct StepLine {
    step: String,
    done: u32,
    of: u32,
    complete: bool,
    /// Signatures that are excused.
    excused: u32,
    /// Pages that were changed after somebody confirmed them.
    changed: Vec<u32>,
    missing_pages: Vec<u32>,
    missing_sheets: Vec<SheetRange>,
    due: Option<NaiveDate>,
    late: bool,
}

#[derive(Serialize)]
struct TaskLine {
    /// A name; absent when nobody or several people hold the role.
    who: Option<String>,
    role: Role,
    step: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<ClassName>,
    period: PeriodId,
    pages: Vec<u32>,
    sheets: Vec<SheetRange>,
    due: Option<NaiveDate>,
    late: bool,
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    let reading = which.read(world).await?;
    let id = args.meant.id_in(&reading).await?;
    let closing = reading.closing(id).await?;
    let (roster, load) = (reading.roster().await?, reading.teaching_load().await?);
    let offset = reading.settings().await?.utc_offset;
    let today = world.now().with_timezone(&offset).date_naive();
    let only = args.person.as_ref().map(|name| person(&roster, name)).transpose()?;
    let mut board = Board::of(&closing, (&roster, &load), today);
    if let Some(only) = only {
        let name = name_of(&roster, only);
        board.tasks.retain(|task| task.who.as_ref() == Some(&name));
        if !args.json {
            board.tell_tasks(&mut world.screen);
            return Ok(Done::Clean);
        }
    }
    if args.json {
        world.screen.say_json(&board);
    } else {
        board.tell(&mut world.screen);
    }
    Ok(Done::Clean)
}

impl Board {
    /// The boards of all closings that go on.
    pub(in crate::cli) async fn all(
        reading: &Reading,
        today: NaiveDate,
    ) -> anyhow::Result<Vec<Board>> {
        let (roster, load) = (reading.roster().await?, reading.teaching_load().await?);
        let closings = reading.open_closings().await?;
        Ok(closings.iter().map(|closing| Board::of(closing, (&roster, &load), today)).collect())
    }

    fn of(closing: &Closing, (roster, load): (&Roster, &TeachingLoad), today: NaiveDate) -> Board {
        let duties = Duties::new(roster, load);
        // Who asks does not matter for what waits to be done.
        let desk = Desk { recorder: closing.opened.by, today, duties: &duties };
        let name = |who: StaffId| name_of(roster, who);
        let tasks = closing.tasks(&desk).into_iter().map(|task| TaskLine::of(task, name));
        Board {
            closing: closing.id,
            procedure: closing.procedure.id.to_string(),
            title: closing.procedure.title.clone(),
            classes: closing.classes.iter().map(|c| ClassLine::of(closing, c, today)).collect(),
            tasks: tasks.collect(),
        }
    }

    /// The table, then what is to be done.
    pub(in crate::cli) fn tell(&self, screen: &mut Screen) {
        screen.say(format_args!("{} (closing {})", self.title, self.closing));
        let steps = self.classes.first().map(|class| &class.steps[..]).unwrap_or_default();
        let heading = ["class", "period"].into_iter();
        let heading: Vec<&str> = heading.chain(steps.iter().map(|s| s.step.as_str())).collect();
        let mut table = Table::new(&heading);
        for class in &self.classes {
            let named = [class.class.to_string(), class.period.to_string()];
            table.line(named.into_iter().chain(class.steps.iter().map(StepLine::cell)));
        }
        screen.say(table);
        screen.say("ok done · ! late · N/M so many of so many · (e) excused by order · ~ changed after it was confirmed");
        for class in &self.classes {
            class.tell(screen);
        }
        let unsigned = self.classes.iter().filter(|class| class.waits_for_signature);
        let unsigned: Vec<&str> = unsigned.map(|class| class.class.as_str()).collect();
        if !unsigned.is_empty() {
            screen.say(format_args!(
                "waiting for the director's electronic signature (letopis sign): {}",
                unsigned.join(", ")
            ));
        }
        self.tell_tasks(screen);
    }

    fn tell_tasks(&self, screen: &mut Screen) {
        if self.tasks.is_empty() {
            screen.say("nothing waits to be done");
            return;
        }
        screen.say("\nto do next:");
        let mut table = Table::new(&["who", "step", "class", "what", "until"]);
        for task in &self.tasks {
            let who = task.who.clone().unwrap_or_else(|| format!("{} (nobody named)", task.role));
            let class =
                task.class.as_ref().map_or_else(|| task.period.to_string(), ToString::to_string);
            let due = task.due.map_or_else(String::new, |due| due.to_string());
            let late = if task.late { " late" } else { "" };
            table.line([who, task.step.clone(), class, task.what(), format!("{due}{late}")]);
        }
        screen.say(table);
    }
}

impl ClassLine {
    fn of(closing: &Closing, class: &ClassState, today: NaiveDate) -> ClassLine {
        let steps = closing.procedure.steps.iter();
        ClassLine {
            class: class.facts.class.clone(),
            period: class.facts.period,
            record: class.facts.record.as_ref().map(|record| record.record),
            copy: class.copy_number(),
            waits_for_signature: class.facts.record.as_ref().is_some_and(|r| !r.is_signed()),
            changed_import: class.facts.record.is_some() && class.facts.waiting.is_some(),
            discrepancies: class.open_discrepancies().map(|noted| noted.page).collect(),
            steps: steps.map(|step| StepLine::of(closing, class, step, today)).collect(),
        }
    }

    fn tell(&self, screen: &mut Screen) {
        let (class, period) = (&self.class, self.period);
        if self.changed_import {
            screen.say(format_args!("{class} {period}: an import waits that differs from the record; `letopis closing correct {class}`"));
        }
        if !self.discrepancies.is_empty() {
            let pages: Vec<String> = self.discrepancies.iter().map(u32::to_string).collect();
            screen.say(format_args!(
                "{class} {period}: discrepancies reported on pages {}",
                pages.join(", ")
            ));
        }
        for step in self.steps.iter().filter(|step| !step.changed.is_empty()) {
            let pages: Vec<String> = step.changed.iter().map(u32::to_string).collect();
            screen.say(format_args!(
                "{class} {period}: pages {} changed after they were confirmed",
                pages.join(", ")
            ));
        }
        // What is begun and not done is named sheet by sheet; what is not begun is not.
        for step in self.steps.iter().filter(|step| step.done > 0 && !step.complete) {
            if !step.missing_sheets.is_empty() {
                let sheets: Vec<String> =
                    step.missing_sheets.iter().map(ToString::to_string).collect();
                screen.say(format_args!(
                    "{class} {period}: {} lacks sheets {}",
                    step.step,
                    sheets.join(", ")
                ));
            }
        }
    }
}

impl StepLine {
    fn of(closing: &Closing, class: &ClassState, step: &Step, today: NaiveDate) -> StepLine {
        let progress = closing.progress(class, step);
        StepLine {
            step: step.id.to_string(),
            done: progress.done,
            of: progress.of,
            complete: progress.complete,
            excused: progress.excused,
            changed: progress.changed,
            missing_pages: progress.missing_pages,
            missing_sheets: SheetRange::of(progress.missing_sheets),
            due: closing.planned(class, &step.id).map(|planned| planned.to),
            late: closing.is_late(class, step, today),
        }
    }

    fn cell(&self) -> String {
        let excused = if self.excused > 0 { "(e)" } else { "" };
        let changed = if self.changed.is_empty() { "" } else { "~" };
        let late = if self.late { "!" } else { "" };
        let done = match (self.complete, self.of) {
            (true, 0) => "".to_owned(),
            (true, _) => "ok".to_owned(),
            (false, 0 | 1) => "-".to_owned(),
            (false, of) => format!("{}/{of}", self.done),
        };
        format!("{done}{excused}{changed}{late}")
    }
}

impl TaskLine {
    fn of(task: Task, name: impl Fn(StaffId) -> String) -> TaskLine {
        TaskLine {
            who: task.who.map(name),
            role: task.role,
            step: task.step.to_string(),
            class: task.class,
            period: task.period,
            pages: task.pages,
            sheets: task.sheets,
            due: task.due,
            late: task.late,
        }
    }

    fn what(&self) -> String {
        let list = |numbers: Vec<String>| numbers.join(", ");
        match (&self.pages[..], &self.sheets[..]) {
            ([], []) => String::new(),
            ([], sheets) => {
                format!("sheets {}", list(sheets.iter().map(ToString::to_string).collect()))
            }
            (pages, _) => format!("pages {}", list(pages.iter().map(u32::to_string).collect())),
        }
    }
}
