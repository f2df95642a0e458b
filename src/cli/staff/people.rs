//! `letopis staff add`, `post`, `end`, `rename` and `link`: what is said of one person.

use super::put;
use crate::cli::done::{Answer, Done, Refused};
use crate::cli::opening::Which;
use crate::cli::world::World;
use crate::journal::ClassName;
use crate::register::{OrderRef, StaffId};
use crate::staff::{Post, Role, Roster, StaffMember, StaffSource};
use anyhow::bail;
use chrono::NaiveDate;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Add {
    /// Surname, name and patronymic
    name: String,
    /// Somebody else of this name is in the roster already
    #[arg(long)]
    namesake: bool,
    #[command(flatten)]
    post: Held,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Give {
    /// Full name, or the id in the roster
    person: String,
    #[command(flatten)]
    post: Held,
}

/// A post as it is said on the command line.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Held {
    /// class-teacher, deputy, head-of-studies, director or archivist
    #[arg(long, requires = "from")]
    role: Option<Role>,
    /// Of a class teacher the class
    #[arg(long, requires = "role")]
    class: Option<ClassName>,
    /// As the staff list calls it: «Заместитель директора по УВР»
    #[arg(long, requires = "role")]
    title: Option<String>,
    /// First day
    #[arg(long, value_name = "DATE", requires = "role")]
    from: Option<NaiveDate>,
    /// Last day; without it the post is held until it is ended
    #[arg(long, value_name = "DATE", requires = "role")]
    until: Option<NaiveDate>,
    /// The order of the appointment: 12-к/2025-08-29
    #[arg(long, value_name = "NO/DATE", requires = "role")]
    order: Option<OrderRef>,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct End {
    /// Full name, or the id in the roster
    person: String,
    /// Which post
    #[arg(long)]
    role: Role,
    /// Of a class teacher the class
    #[arg(long)]
    class: Option<ClassName>,
    /// Its last day
    #[arg(long, value_name = "DATE")]
    until: NaiveDate,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Rename {
    /// Full name, or the id in the roster
    person: String,
    /// Surname, name and patronymic from now on
    name: String,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Link {
    /// Full name, or the id in the roster
    person: String,
    /// System and id as the question names them: dnevnik.ru:1000000000123
    #[arg(long, value_name = "SYSTEM:ID")]
    source: StaffSource,
}

impl Held {
    /// The post; `None` when none was named.
    fn post(&self) -> Option<Post> {
        let (role, from) = (self.role?, self.from?);
        let (class, order, title) = (self.class.clone(), self.order.clone(), self.title.clone());
        Some(Post { class, from, order, role, title, until: self.until })
    }
}

pub(super) async fn add(args: &Add, which: &Which, world: &mut World) -> Answer {
    let mut archive = which.open("letopis staff", world).await?;
    let mut roster = archive.roster().await?;
    if let Some(known) = roster.named(&args.name).next().filter(|_| !args.namesake) {
        let (name, id) = (known.name(), known.id());
        let text = format!(
            "{name} is in the roster already, {id}; if this is another person, add --namesake"
        );
        return Err(Refused(text).into());
    }
    let id = roster.add(&args.name, &mut world.rng)?;
    if let Some(post) = args.post.post() {
        roster.add_post(id, post)?;
    }
    put(&mut archive, &roster, world).await?;
    world.screen.say(format_args!("{id}  {}", name(&roster, id)));
    Ok(Done::Clean)
}

pub(super) async fn post(args: &Give, which: &Which, world: &mut World) -> Answer {
    let Some(post) = args.post.post() else {
        bail!("no post is named; give its --role and --from");
    };
    change(which, world, &args.person, |roster, id| {
        let told = format!("holds  {post}");
        roster.add_post(id, post)?;
        Ok(told)
    })
    .await
}

pub(super) async fn end(args: &End, which: &Which, world: &mut World) -> Answer {
    change(which, world, &args.person, |roster, id| {
        roster.end_post(id, args.role, args.class.as_ref(), args.until)?;
        Ok(format!("held  {}, to {}", args.role, args.until))
    })
    .await
}

pub(super) async fn rename(args: &Rename, which: &Which, world: &mut World) -> Answer {
    change(which, world, &args.person, |roster, id| {
        roster.rename(id, &args.name)?;
        Ok(format!("was  {}", args.person))
    })
    .await
}

pub(super) async fn link(args: &Link, which: &Which, world: &mut World) -> Answer {
    change(which, world, &args.person, |roster, id| {
        roster.link(id, args.source.clone())?;
        Ok(format!("is  {}", args.source))
    })
    .await
}

/// One change to one person, told in a line.
async fn change(
    which: &Which,
    world: &mut World,
    person: &str,
    said: impl FnOnce(&mut Roster, StaffId) -> anyhow::Result<String>,
) -> Answer {
    let mut archive = which.open("letopis staff", world).await?;
    let mut roster = archive.roster().await?;
    let id = roster.lookup(person)?.id();
    let told = said(&mut roster, id)?;
    put(&mut archive, &roster, world).await?;
    world.screen.say(format_args!("{id}  {}  {told}", name(&roster, id)));
    Ok(Done::Clean)
}

fn name(roster: &Roster, id: StaffId) -> &str {
    roster.person(id).map_or("?", StaffMember::name)
}
