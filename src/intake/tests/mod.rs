mod dnevnik;
mod dnevnik_classes;
mod dnevnik_refusals;
mod dnevnik_rounded;
mod files;

use super::{Import, Problem, read};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder to put files into.
struct Folder(TempDir);

impl Folder {
    fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn at(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.at(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    fn read(&self) -> Result<Vec<Import>, Vec<Problem>> {
        read(&[self.path().to_owned()])
    }

    /// What is wrong, with the folder's own path left out.
    fn problems(&self) -> Vec<String> {
        let here = self.path().display().to_string();
        let problems = self.read().expect_err("something is wrong");
        problems.iter().map(|p| p.to_string().replace(&format!("{here}/"), "")).collect()
    }

    /// The only thing that is wrong.
    fn problem(&self) -> String {
        let problems = self.problems();
        assert_eq!(problems.len(), 1, "{problems:#?}");
        problems[0].clone()
    }
}

/// A right interchange file of one class and quarter.
fn interchange(letter: &str, quarter: u32) -> Vec<u8> {
    serde_json::json!({
        "format": "letopis-journal/1",
        "source": { "system": "manual", "exported": "2025-10-25T10:12:00+03:00", "file": "x.json" },
        "school": { "name": "МБОУ «СОШ № 7»", "id": "1020200000001" },
        "school_year": "2025-26",
        "class": { "grade": 7, "letter": letter },
        "period": { "kind": "quarter", "number": quarter, "from": "2025-09-01", "to": "2025-10-24" },
        "people": [{ "id": "t3" }],
        "pupils": [{ "id": "s1", "surname": "Агатов", "name": "Артём" }],
        "pages": [{ "subject": "Алгебра", "teacher": "t3" }]
    })
    .to_string()
    .into_bytes()
}
