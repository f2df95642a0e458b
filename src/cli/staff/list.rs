//! `letopis staff list`: everyone in the roster.

use crate::cli::done::{Answer, Done};
use crate::cli::opening::Which;
use crate::cli::table::Table;
use crate::cli::world::World;
use crate::register::{OrderRef, StaffId};
use crate::staff::{Post, Roster, StaffMember, StaffSource};
use chrono::NaiveDate;
use serde::Serialize;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// An array of JSON objects
    #[arg(long)]
    json: bool,
}

/// A person in the list. Its JSON form is stable.
#[derive(Serialize)]
struct Line<'a> {
    id: StaffId,
    name: &'a str,
    /// Ended ones too.
    posts: &'a [Post],
    sources: &'a [StaffSource],
    /// Rows of the teaching load today.
    load: usize,
    /// Who stands in for this person today or later.
    substitutes: Vec<Standing<'a>>,
}

#[derive(Serialize)]
struct Standing<'a> {
    substitute: StaffId,
    name: &'a str,
    from: NaiveDate,
    until: Option<NaiveDate>,
    order: &'a OrderRef,
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    let reading = which.read(world).await?;
    let (roster, load) = (reading.roster().await?, reading.teaching_load().await?);
    let offset = reading.settings().await?.utc_offset;
    let today = world.now().with_timezone(&offset).date_naive();
    let lines = roster.persons().iter().map(|person| Line {
        id: person.id(),
        name: person.name(),
        posts: person.posts(),
        sources: person.sources(),
        load: load.on(today).filter(|row| row.staff == person.id()).count(),
        substitutes: substitutes(&roster, person, today),
    });
    let lines: Vec<Line<'_>> = lines.collect();
    if args.json {
        world.screen.say_json(&lines);
        return Ok(Done::Clean);
    }
    let mut table = Table::new(&["id", "name", "load", "posts"]);
    for line in &lines {
        let posts = line.posts.iter().map(Post::to_string);
        let away = line.substitutes.iter().map(|standing| {
            let until = standing.until.map(|until| format!(" to {until}")).unwrap_or_default();
            let (name, from, order) = (standing.name, standing.from, standing.order);
            format!("substituted by {name} from {from}{until}, order {order}")
        });
        let told = posts.chain(away).collect::<Vec<_>>().join("; ");
        table.line([line.id.to_string(), line.name.to_owned(), line.load.to_string(), told]);
    }
    world.screen.say(table);
    Ok(Done::Clean)
}

fn substitutes<'a>(
    roster: &'a Roster,
    absent: &StaffMember,
    today: NaiveDate,
) -> Vec<Standing<'a>> {
    let all = roster.substitutions().iter();
    let open = all.filter(|known| {
        known.absent == absent.id() && known.until.is_none_or(|until| today <= until)
    });
    let standing = open.map(|known| Standing {
        substitute: known.substitute,
        name: roster.person(known.substitute).map_or("?", StaffMember::name),
        from: known.from,
        until: known.until,
        order: &known.order,
    });
    standing.collect()
}
