//! Reading a file plan: every field is asked for by name, what nobody asked for is refused, and reading
//! goes on behind a problem, so that all of them are told at once.

use super::{ClassId, FileClass, FilePlan, FilePlanProblem, PlanFault};
use crate::retention::{Kind, Term};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

const YEARS: RangeInclusive<u16> = 1..=100;

/// The plan, or all problems in the order of the file.
pub(super) fn plan(name: &str, toml: &str) -> Result<FilePlan, Vec<FilePlanProblem>> {
    let (root, syntax) = DeTable::parse_recoverable(toml);
    let mut reading = Reading { text: toml, problems: Vec::new(), ids: BTreeMap::new() };
    for error in &syntax {
        let at = error.span().map_or(0, |span| span.start);
        reading.problem(at, PlanFault::Syntax(error.message().to_owned()));
    }
    // What was recovered from a broken text would bring problems of its own that are none.
    if !syntax.is_empty() {
        return Err(reading.sorted());
    }
    let mut found = Vec::new();
    for (key, value) in root.get_ref() {
        match (key.get_ref().as_ref(), value.get_ref().as_array()) {
            ("class", Some(classes)) => found.extend(classes.iter().map(|c| reading.class(c))),
            ("class", None) => reading.wrong_type("class", "headings [[class]]", value),
            (other, _) => {
                reading.problem(key.span().start, PlanFault::Unknown(other.to_owned()));
            }
        }
    }
    let class_of = reading.places(&found);
    if !reading.problems.is_empty() {
        return Err(reading.sorted());
    }
    let classes = found.into_iter().filter_map(|found| found.class).collect();
    Ok(FilePlan { name: name.to_owned(), toml: toml.to_owned(), classes, class_of })
}

/// A class as far as it could be read.
struct Found {
    /// `None` when it has a problem.
    class: Option<FileClass>,
    /// Its kinds, each with the byte it stands at.
    kinds: Vec<(usize, Kind)>,
}

struct Reading<'a> {
    text: &'a str,
    problems: Vec<FilePlanProblem>,
    /// Ids so far, each with the byte it stands at.
    ids: BTreeMap<ClassId, usize>,
}

impl Reading<'_> {
    fn line(&self, at: usize) -> usize {
        self.text.bytes().take(at).filter(|b| *b == b'\n').count() + 1
    }

    fn problem(&mut self, at: usize, fault: PlanFault) {
        let line = self.line(at);
        self.problems.push(FilePlanProblem { line, fault });
    }

    fn wrong_type(&mut self, field: &'static str, expected: &'static str, v: &Spanned<DeValue>) {
        let found = v.get_ref().type_str();
        self.problem(v.span().start, PlanFault::Type { field, expected, found });
    }

    fn sorted(mut self) -> Vec<FilePlanProblem> {
        self.problems.sort_by_key(|problem| problem.line);
        self.problems
    }

    fn class(&mut self, value: &Spanned<DeValue>) -> Found {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type("class", "headings [[class]]", value);
            return Found { class: None, kinds: Vec::new() };
        };
        let mut fields = Fields { at: value.span().start, table, asked: Vec::new() };
        let id = self.id(&mut fields);
        let index = self.line_of_text("index", &mut fields);
        let title = self.line_of_text("title", &mut fields);
        let term = self.term(&mut fields);
        let basis = self.line_of_text("basis", &mut fields);
        let mut kinds = self.kinds("records", Kind::of_record, &mut fields);
        kinds.extend(self.kinds("documents", Kind::of_document, &mut fields));
        if fields.is_empty("records") && fields.is_empty("documents") {
            self.problem(fields.at, PlanFault::NoKinds);
        }
        for (at, name) in fields.not_asked() {
            self.problem(at, PlanFault::Unknown(name));
        }
        let class = || {
            Some(FileClass { id: id?, index: index?, title: title?, term: term?, basis: basis? })
        };
        Found { class: class(), kinds }
    }

    fn id(&mut self, fields: &mut Fields) -> Option<ClassId> {
        let text = self.line_of_text("id", fields)?;
        let at = fields.place("id");
        let id: ClassId = match text.parse() {
            Ok(id) => id,
            Err(error) => {
                self.problem(at, PlanFault::Id(error));
                return None;
            }
        };
        if let Some(first) = self.ids.get(&id).copied() {
            let first = self.line(first);
            self.problem(at, PlanFault::IdTwice { id: id.to_string(), first });
        } else {
            self.ids.insert(id.clone(), at);
        }
        Some(id)
    }

    /// A text that has to be there and stands in one line of a form.
    fn line_of_text(&mut self, field: &'static str, fields: &mut Fields) -> Option<String> {
        let Some(value) = fields.ask(field) else {
            self.problem(fields.at, PlanFault::Missing(field));
            return None;
        };
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(field, "text in quotes", value);
            return None;
        };
        if text.trim().is_empty() || text.chars().any(char::is_control) {
            self.problem(value.span().start, PlanFault::Line(field));
            return None;
        }
        Some(text.to_owned())
    }

    fn term(&mut self, fields: &mut Fields) -> Option<Term> {
        match (fields.ask("years"), fields.ask("permanent")) {
            (Some(years), None) => self.years(years),
            (None, Some(permanent)) => match permanent.get_ref().as_bool() {
                Some(true) => Some(Term::Permanent),
                Some(false) => {
                    self.problem(permanent.span().start, PlanFault::NotPermanent);
                    None
                }
                None => {
                    self.wrong_type("permanent", "true", permanent);
                    None
                }
            },
            (None, None) => {
                self.problem(fields.at, PlanFault::NoTerm);
                None
            }
            (Some(_), Some(permanent)) => {
                self.problem(permanent.span().start, PlanFault::TwoTerms);
                None
            }
        }
    }

    fn years(&mut self, value: &Spanned<DeValue>) -> Option<Term> {
        let Some(integer) = value.get_ref().as_integer() else {
            self.wrong_type("years", "a whole number", value);
            return None;
        };
        let years = u16::from_str_radix(integer.as_str(), integer.radix()).ok();
        let years = years.filter(|years| YEARS.contains(years));
        if years.is_none() {
            self.problem(value.span().start, PlanFault::Years(integer.to_string()));
        }
        years.map(Term::Years)
    }

    fn kinds(
        &mut self,
        field: &'static str,
        known: fn(&str) -> Option<Kind>,
        fields: &mut Fields,
    ) -> Vec<(usize, Kind)> {
        let Some(list) = fields.ask(field) else { return Vec::new() };
        let Some(words) = list.get_ref().as_array() else {
            self.wrong_type(field, "a list of kinds", list);
            return Vec::new();
        };
        let mut kinds = Vec::new();
        for word in words.iter() {
            let Some(text) = word.get_ref().as_str() else {
                self.wrong_type(field, "a list of texts in quotes", word);
                continue;
            };
            if let Some(kind) = known(text) {
                kinds.push((word.span().start, kind));
                continue;
            }
            let names = Kind::all().map(|kind| kind.to_string());
            let known: Vec<_> = names.filter(|name| known(name).is_some()).collect();
            let found = text.escape_debug().to_string();
            let known = known.join(", ");
            self.problem(word.span().start, PlanFault::UnknownKind { field, found, known });
        }
        kinds
    }

    /// Which class each kind is in; a kind in two or in none is a problem.
    fn places(&mut self, classes: &[Found]) -> BTreeMap<Kind, usize> {
        let mut first: BTreeMap<Kind, (usize, usize)> = BTreeMap::new();
        for (class, found) in classes.iter().enumerate() {
            for &(at, kind) in &found.kinds {
                if let Some(&(before, _)) = first.get(&kind) {
                    let first = self.line(before);
                    self.problem(at, PlanFault::KindTwice { kind, first });
                } else {
                    first.insert(kind, (at, class));
                }
            }
        }
        for kind in Kind::all().filter(|kind| !first.contains_key(kind)) {
            self.problem(self.text.trim_end().len(), PlanFault::KindNowhere(kind));
        }
        first.into_iter().map(|(kind, (_, class))| (kind, class)).collect()
    }
}

/// The fields of a class, and which of them were asked for.
struct Fields<'t, 'a> {
    /// First byte of the class.
    at: usize,
    table: &'t DeTable<'a>,
    asked: Vec<&'static str>,
}

impl<'t, 'a> Fields<'t, 'a> {
    fn ask(&mut self, name: &'static str) -> Option<&'t Spanned<DeValue<'a>>> {
        self.asked.push(name);
        self.table.get(name)
    }

    /// Whether a list is absent or has nothing in it.
    fn is_empty(&self, list: &str) -> bool {
        let Some(value) = self.table.get(list) else { return true };
        value.get_ref().as_array().is_some_and(|words| words.is_empty())
    }

    /// Where a field's value stands.
    fn place(&self, name: &str) -> usize {
        self.table.get(name).map_or(self.at, |value| value.span().start)
    }

    fn not_asked(&self) -> impl Iterator<Item = (usize, String)> {
        let names = self.table.keys().filter(|key| !self.asked.contains(&key.get_ref().as_ref()));
        names.map(|key| (key.span().start, key.get_ref().to_string()))
    }
}
