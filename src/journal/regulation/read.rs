//! A regulation from its TOML text.

use super::toml_table::{Field, Problems, Table};
use super::{
    ClosesBy, FinalsRules, Hundredths, Limit, Limits, MarksNeeded, NoFinals, PeriodRule,
    PeriodRuleError, Problem, Regulation, RegulationErrors, period_kind, subject_key,
};
use crate::journal::checks::Code;
use crate::strict_toml;
use std::collections::{BTreeMap, BTreeSet};

/// No rule counts more days than a school year has.
const YEAR: u32 = 366;

/// More lessons a week, or marks in a period, are a typing error.
const MOST: u32 = 99;

impl Regulation {
    /// Reads a regulation strictly. `file_name` is only used in messages.
    ///
    /// # Errors
    /// Every problem of the file at once: text that is no TOML, missing and unknown fields, values of
    /// the wrong type or out of range, limits that overlap or leave gaps. When the text is no TOML only
    /// that is reported, because what could not be read would look missing.
    pub fn from_toml(file_name: &str, text: &str) -> Result<Regulation, RegulationErrors> {
        let mut p = Problems::new(text);
        let read = match strict_toml::parse(text) {
            Ok(root) => regulation(Table::new(0, String::new(), &root), &mut p),
            Err(broken) => {
                broken.into_iter().for_each(|(at, what)| p.add(at, "", Problem::Syntax(what)));
                None
            }
        };
        match read {
            Some(regulation) if p.is_empty() => Ok(regulation),
            _ => Err(RegulationErrors { file: file_name.to_owned(), problems: p.into_sorted() }),
        }
    }
}

/// Reads everything before giving up, so that all problems are noted. The same holds below.
fn regulation(mut t: Table, p: &mut Problems) -> Option<Regulation> {
    let title = t.required("title", p).and_then(|f| f.text(p));
    let finals = t.table("finals", p).and_then(|t| finals(t, p));
    let closes_by = t.required("closes_by", p).and_then(|f| closes_by(&f, p));
    let marks = t.table("without_marks", p).and_then(|t| grades_alone(t, p));
    let homework = t.table("without_homework", p).and_then(|t| grades_alone(t, p));
    let word = t.table("substitution", p).and_then(|t| substitution(t, p));
    let absent = t.table("absence", p).and_then(|t| absence(t, p));
    let clauses = t.table("clauses", p).map(|t| clauses(t, p));
    t.end(p);
    Some(Regulation {
        title: title?.to_owned(),
        finals: finals?,
        closes_by: closes_by?,
        grades_without_marks: marks?,
        grades_without_homework: homework?,
        substitution_word: word?,
        absent_means_unexcused: absent?,
        clauses: clauses?,
    })
}

fn finals(mut t: Table, p: &mut Problems) -> Option<FinalsRules> {
    let limits = t.required("limits", p).and_then(|f| limits(&f, p));
    let weighted = t.required("weighted", p).and_then(|f| f.yes_no(p));
    let needed = t.required("marks_needed", p).and_then(|f| marks_needed(&f, p));
    let days = t.required("days_before_end", p).and_then(|f| f.number(0, YEAR, p));
    let newcomer = t.required("newcomer_days", p).and_then(|f| f.number(0, YEAR, p));
    let not_allowed = t.required("not_allowed", p).and_then(|f| f.list(p));
    let texts = not_allowed.map(|list| list.iter().filter_map(|f| f.text(p)).collect::<Vec<_>>());
    let none = t.optional("none").map_or(Some(Vec::new()), |f| f.list(p));
    let none = none.map(|list| list.iter().filter_map(|f| no_finals(f.table(p)?, p)).collect());
    t.end(p);
    Some(FinalsRules {
        limits: limits?,
        weighted: weighted?,
        marks_needed: needed?,
        days_before_end: days?,
        newcomer_days: newcomer?,
        not_allowed: texts?.into_iter().map(str::to_owned).collect(),
        none: none?,
    })
}

fn limits(field: &Field, p: &mut Problems) -> Option<Limits> {
    let lines = field.list(p)?;
    let read: Vec<Option<Limit>> = lines.iter().map(|line| limit(line.table(p)?, p)).collect();
    // A line that could not be read would look like a gap.
    let read: Vec<Limit> = read.into_iter().collect::<Option<_>>()?;
    match Limits::new(read) {
        Ok(limits) => Some(limits),
        Err(faults) => {
            for (index, fault) in faults {
                let line = lines.get(index).unwrap_or(field);
                p.add(line.at(), line.path.clone(), fault.into());
            }
            None
        }
    }
}

fn limit(mut t: Table, p: &mut Problems) -> Option<Limit> {
    let mark = t.required("mark", p).and_then(|f| f.number(1, 5, p));
    let from = t.required("from", p).and_then(|f| f.parsed::<Hundredths>(p));
    let to = t.required("to", p).and_then(|f| f.parsed::<Hundredths>(p));
    t.end(p);
    Some(Limit { mark: u8::try_from(mark?).ok()?, from: from?, to: to? })
}

fn marks_needed(field: &Field, p: &mut Problems) -> Option<MarksNeeded> {
    let lines = field.list(p)?;
    let read: Vec<Option<(u32, u32)>> = lines.iter().map(|l| needed(l.table(p)?, p)).collect();
    let read: Vec<(u32, u32)> = read.into_iter().collect::<Option<_>>()?;
    match MarksNeeded::new(&read) {
        Ok(needed) => Some(needed),
        Err((index, fault)) => {
            let line = lines.get(index).unwrap_or(field);
            p.add(line.at(), line.path.clone(), fault.into());
            None
        }
    }
}

fn needed(mut t: Table, p: &mut Problems) -> Option<(u32, u32)> {
    let hours = t.required("hours_a_week", p).and_then(|f| f.number(1, MOST, p));
    let marks = t.required("marks", p).and_then(|f| f.number(0, MOST, p));
    t.end(p);
    Some((hours?, marks?))
}

fn no_finals(mut t: Table, p: &mut Problems) -> Option<NoFinals> {
    let (about_grades, about_subjects) = (t.optional("grades"), t.optional("subjects"));
    if about_grades.is_none() && about_subjects.is_none() {
        p.add(t.at(), t.path(), Problem::NoFinalsForAll);
    }
    let grades = about_grades.map_or(Some(Vec::new()), |f| grades(f.filled_list(p)?, p));
    let subjects = about_subjects.map_or(Some(Vec::new()), |f| {
        let names = f.filled_list(p)?;
        Some(names.iter().filter_map(|f| f.text(p)).map(subject_key).collect())
    });
    let periods = t.optional("periods").map_or(Some(Vec::new()), |f| {
        let rules = f.filled_list(p)?;
        Some(rules.iter().filter_map(|f| f.parsed::<PeriodRule>(p)).collect())
    });
    t.end(p);
    Some(NoFinals { grades: grades?, subjects: subjects?, periods: periods? })
}

fn grades(list: Vec<Field>, p: &mut Problems) -> Option<Vec<u8>> {
    let numbers: Vec<Option<u32>> = list.iter().map(|f| f.number(1, 11, p)).collect();
    numbers.into_iter().map(|n| u8::try_from(n?).ok()).collect()
}

fn grades_alone(mut t: Table, p: &mut Problems) -> Option<Vec<u8>> {
    let read = t.required("grades", p).and_then(|f| grades(f.list(p)?, p));
    t.end(p);
    read
}

fn substitution(mut t: Table, p: &mut Problems) -> Option<String> {
    let word = t.required("word", p).and_then(|f| f.text(p));
    t.end(p);
    word.map(|word| word.trim().to_owned())
}

fn absence(mut t: Table, p: &mut Problems) -> Option<bool> {
    let unexcused = t.required("absent_means_unexcused", p).and_then(|f| f.yes_no(p));
    t.end(p);
    unexcused
}

/// Clauses by code. A code without one is fine: the remark names no clause.
fn clauses(t: Table, p: &mut Problems) -> BTreeMap<Code, String> {
    let mut clauses = BTreeMap::new();
    for (at, name, field) in t.rest() {
        match name.parse::<Code>() {
            Ok(code) => {
                if let Some(text) = field.text(p) {
                    clauses.insert(code, text.trim().to_owned());
                }
            }
            Err(error) => p.add(at, field.path, error.into()),
        }
    }
    clauses
}

/// Who closes by what: nobody twice, and either every grade or none.
fn closes_by(field: &Field, p: &mut Problems) -> Option<Vec<ClosesBy>> {
    let lines = field.filled_list(p)?;
    let mut named = BTreeSet::new();
    let mut groups = false;
    let mut rules = Vec::new();
    let mut unread = false;
    for line in &lines {
        let Some(rule) = line.table(p).and_then(|t| closes_by_line(t, p)) else {
            unread = true;
            continue;
        };
        for grade in &rule.grades {
            if !named.insert(*grade) {
                let twice = Problem::ClosesTwice(format!("grade {grade}"));
                p.add(line.at(), line.path.clone(), twice);
            }
        }
        if rule.groups && std::mem::replace(&mut groups, true) {
            let twice = Problem::ClosesTwice("the college groups' line".to_owned());
            p.add(line.at(), line.path.clone(), twice);
        }
        rules.push(rule);
    }
    if !unread && !named.is_empty() {
        for grade in (1..=11).filter(|grade| !named.contains(grade)) {
            p.add(field.at(), field.path.clone(), Problem::ClosesNever(grade));
        }
    }
    Some(rules)
}

fn closes_by_line(mut t: Table, p: &mut Problems) -> Option<ClosesBy> {
    let groups = t.optional("groups").map_or(Some(false), |f| f.yes_no(p));
    // Only the line about college groups has no grades.
    let grades = match groups {
        Some(true) => t.optional("grades").map_or(Some(Vec::new()), |f| grades(f.list(p)?, p)),
        _ => t.required("grades", p).and_then(|f| grades(f.filled_list(p)?, p)),
    };
    let periods = t.required("periods", p).and_then(|f| f.filled_list(p));
    let kinds = periods.map(|list| {
        let kind = |f: &Field, p: &mut Problems| {
            let text = f.text(p)?;
            let kind = period_kind(text);
            if kind.is_none() {
                p.add(f.at(), f.path.clone(), PeriodRuleError(text.to_owned()).into());
            }
            kind
        };
        list.iter().filter_map(|f| kind(f, p)).collect::<Vec<_>>()
    });
    t.end(p);
    Some(ClosesBy { grades: grades?, groups: groups?, periods: kinds? })
}
