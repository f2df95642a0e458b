//! The school's journals as files.

use super::dump::{self, Dumped};
use super::place::{FAULTY, Place};
use super::{School, class};
use crate::journal::{Journal, PeriodId, PeriodKind};
use std::io;
use std::path::{Path, PathBuf};

/// What [`write_sources`] wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// What to import: interchange files and `dnevnik` folders, by period and class.
    pub paths: Vec<PathBuf>,
    /// How many journals are in them.
    pub journals: usize,
    /// How many files there are, those of the folders counted one by one.
    pub files: usize,
}

/// Writes the journals of the classes that close with these periods below `into`: for each period a folder
/// (`q1`), in it an interchange file for each class (`7а.json`) and one folder `dnevnik` with the answers of
/// Дневник.ру's partner API for grades 5 and 6; of the year there are interchange files only. The faulty class is an interchange file.
///
/// # Errors
/// When a folder cannot be made or a file cannot be written.
pub fn write_sources(school: &School, periods: &[PeriodId], into: &Path) -> io::Result<Written> {
    let mut written = Written { paths: Vec::new(), journals: 0, files: 0 };
    for period in periods {
        let folder = into.join(period.slug());
        let journals = school.places.iter().filter_map(|p| Some((*p, school.at(*p, *period)?)));
        let (dumped, single): (Vec<_>, Vec<_>) =
            journals.partition(|(place, _)| is_dumped(*place, *period));
        written.journals += dumped.len() + single.len();
        if !single.is_empty() {
            std::fs::create_dir_all(&folder)?;
        }
        for (place, journal) in &single {
            let file = folder.join(class::file_name(*place));
            std::fs::write(&file, interchange(journal)?)?;
            written.paths.push(file);
            written.files += 1;
        }
        if !dumped.is_empty() {
            let dnevnik = folder.join("dnevnik");
            std::fs::create_dir_all(&dnevnik)?;
            let classes = dumped.iter().map(|(place, journal)| {
                let class = school.class(*place);
                Dumped { class, journal }
            });
            written.files += dump::write(school, &classes.collect::<Vec<_>>(), &dnevnik)?;
            written.paths.push(dnevnik);
        }
    }
    Ok(written)
}

/// The year's marks come as an interchange file from every class.
fn is_dumped(place: Place, period: PeriodId) -> bool {
    matches!(place.grade, 5 | 6) && place != FAULTY && period.kind != PeriodKind::Year
}

/// An interchange file, pretty-printed.
fn interchange(journal: &Journal) -> io::Result<Vec<u8>> {
    let mut text = serde_json::to_vec_pretty(journal)?;
    text.push(b'\n');
    Ok(text)
}
