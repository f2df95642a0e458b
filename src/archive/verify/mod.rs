//! Verification: everything recomputed, nothing believed.
//!
//! Each location's register is recomputed from its entries; records and documents are held against it;
//! files that neither register nor format explains are findings; the two locations are held against
//! each other and against `seen`. All findings are returned, never only the first.

mod canary;
mod finding;
mod location;
mod records;
mod register;

pub use finding::{Finding, Level, Which};

use super::{Home, HomeError, Stores};
use crate::location::{Location, Unreachable};
use crate::register::{SignedCheckpoint, Tree};
use finding::Findings;
use location::LocationCheck;
use serde::Serialize;

/// What is to be verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// Only this location; `None` means both, against each other.
    pub only: Option<Which>,
    /// Whether every package is opened and compared with its seal.
    pub deep: bool,
}

/// How far a verification is: bytes of packages done, and in all.
pub type Watch<'a> = &'a (dyn Fn(u64, u64) + Sync);

/// What a verification found.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Everything found, by location and path.
    pub findings: Vec<Finding>,
    /// Records verified, in all locations together.
    pub records: u64,
    /// Documents likewise.
    pub documents: u64,
    /// Bytes read of records.
    pub bytes: u64,
    /// Entries of the register.
    pub entries: u64,
    /// Root of the register in hexadecimal; `None` when no register could be read.
    pub root: Option<String>,
    /// Planted damage that was not found: the checks themselves do not work. Empty when they do.
    pub canary_missed: Vec<&'static str>,
}

impl Report {
    /// Whether nothing but notices was found, by checks that work.
    pub fn is_clean(&self) -> bool {
        self.canary_missed.is_empty() && self.findings.iter().all(|f| f.level == Level::Notice)
    }
}

/// One location with what is known of it.
struct Side {
    which: Which,
    location: Location,
    check: register::RegisterCheck,
}

/// Verifies an archive, beside whoever is writing.
///
/// # Errors
/// When `seen` does not read. What is wrong with locations is a finding.
pub async fn run(
    home: &Home,
    stores: Stores,
    request: Request,
    watch: Watch<'_>,
) -> Result<Report, HomeError> {
    let mut whole = Findings::of(None);
    let mut sides = Vec::new();
    let opened = [
        (Which::Primary, home.open_primary(stores.primary).await),
        (Which::Second, home.open_second(stores.second).await),
    ];
    for (which, opened) in opened {
        if request.only.is_none_or(|only| only == which)
            && let Some(side) = open_side(home, which, opened, &mut whole).await
        {
            sides.push(side);
        }
    }
    compare_registers(home, &sides, &mut whole)?;
    let mut report = Report {
        findings: Vec::new(),
        records: 0,
        documents: 0,
        bytes: 0,
        entries: sides.first().map_or(0, |side| side.check.tree.size()),
        root: sides.first().map(|side| side.check.tree.root().to_string()),
        canary_missed: canary::missed(request.deep).await,
    };
    let sound = sides.iter().position(|side| side.check.sound);
    let total = total_bytes(&sides, sound);
    let mut done = 0;
    for index in 0..sides.len() {
        // A location whose own register is damaged is held against the other's.
        let against = if sides[index].check.sound { Some(index) } else { sound };
        if let Some(against) = against {
            let check = LocationCheck {
                home,
                side: &sides[index],
                register: &sides[against].check,
                deep: request.deep,
            };
            let counted = check.run(&|n| watch(done + n, total)).await;
            done += counted.bytes;
            report.records += counted.records;
            report.documents += counted.documents;
            report.bytes += counted.bytes;
            report.findings.extend(counted.findings);
        }
    }
    report.findings.extend(sides.into_iter().flat_map(|side| side.check.findings.all));
    report.findings.extend(whole.all);
    report
        .findings
        .sort_by(|a, b| (a.location, &a.path, a.code).cmp(&(b.location, &b.path, b.code)));
    Ok(report)
}

async fn open_side(
    home: &Home,
    which: Which,
    opened: Result<Location, Unreachable>,
    whole: &mut Findings,
) -> Option<Side> {
    match opened {
        Ok(location) => {
            let check = register::check(&location, home.archive(), Findings::of(which)).await;
            Some(Side { which, location, check })
        }
        Err(why) => {
            let mut findings = Findings::of(which);
            findings.finding("location-away", "", why);
            whole.all.append(&mut findings.all);
            None
        }
    }
}

fn total_bytes(sides: &[Side], sound: Option<usize>) -> u64 {
    let bytes = |side: &Side| side.check.records.iter().map(|record| record.bytes).sum::<u64>();
    match sound {
        Some(sound) => bytes(&sides[sound]) * sides.len() as u64,
        None => 0,
    }
}

/// Holds the registers against each other and against `seen`: an older one, and two histories.
fn compare_registers(home: &Home, sides: &[Side], whole: &mut Findings) -> Result<(), HomeError> {
    let longest = sides.iter().filter(|side| side.check.sound).max_by_key(|s| s.check.tree.size());
    let Some(longest) = longest else { return Ok(()) };
    let tree = &longest.check.tree;
    if let Some(seen) = home.seen()? {
        compare(tree, &longest.check.checkpoint, &seen, "seen", whole);
    }
    for side in sides.iter().filter(|side| side.which != longest.which) {
        let Some(at) = &side.check.checkpoint else { continue };
        compare(tree, &longest.check.checkpoint, at, &side.which.to_string(), whole);
        let behind = tree.size().saturating_sub(at.checkpoint().size);
        let mut findings = Findings::of(side.which);
        match side.which {
            _ if behind == 0 => {}
            Which::Second => {
                let text = format!(
                    "{behind} entries behind the primary; the next command that writes brings it up"
                );
                findings.notice("second-behind", "register/checkpoint", text);
            }
            Which::Primary => {
                let text = format!(
                    "{behind} entries older than the second location: it was rolled back; `letopis repair`"
                );
                findings.finding("register-older", "register/checkpoint", text);
            }
        }
        whole.all.append(&mut findings.all);
    }
    Ok(())
}

fn compare(
    tree: &Tree,
    ours: &Option<SignedCheckpoint>,
    known: &SignedCheckpoint,
    name: &str,
    whole: &mut Findings,
) {
    let at = known.checkpoint();
    match tree.root_at(at.size) {
        Ok(root) if root == at.root => {}
        Ok(_) => {
            let ours = ours.as_ref().map_or("", |c| c.note());
            let text = format!(
                "two histories are signed; keep both locations as they are.\n{ours}--- {name}\n{}",
                known.note()
            );
            whole.finding("register-fork", "register/checkpoint", text);
        }
        Err(_) => {
            let text = format!(
                "{} entries were acknowledged ({name}), the register has {}: an older copy",
                at.size,
                tree.size()
            );
            whole.finding("register-older", "register/checkpoint", text);
        }
    }
}
