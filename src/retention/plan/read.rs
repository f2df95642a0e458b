//! Reading a file plan: reading goes on behind a problem, so that all of them are told at once.

use super::{ClassId, FileClass, FilePlan, FilePlanProblem, PlanFault};
use crate::retention::{Kind, Term};
use crate::strict_toml::{self, Fields, Value};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

const YEARS: RangeInclusive<u16> = 1..=100;

/// The plan, or all problems in the order of the file.
pub(super) fn plan(name: &str, toml: &str) -> Result<FilePlan, Vec<FilePlanProblem>> {
    let mut reading = Reading { text: toml, problems: Vec::new(), ids: BTreeMap::new() };
    let root = match strict_toml::parse(toml) {
        Ok(root) => root,
        Err(broken) => {
            broken.into_iter().for_each(|(at, what)| reading.problem(at, PlanFault::Syntax(what)));
            return Err(reading.sorted());
        }
    };
    let mut fields = Fields::new(0, &root);
    let found = fields.ask("class").map_or(Vec::new(), |classes| reading.classes(classes));
    reading.refuse_unknown(&fields);
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
        strict_toml::line(self.text, at)
    }

    fn problem(&mut self, at: usize, fault: PlanFault) {
        let line = self.line(at);
        self.problems.push(FilePlanProblem { line, fault });
    }

    fn wrong_type(&mut self, field: &'static str, expected: &'static str, v: &Value) {
        let found = v.get_ref().type_str();
        self.problem(v.span().start, PlanFault::Type { field, expected, found });
    }

    fn sorted(mut self) -> Vec<FilePlanProblem> {
        self.problems.sort_by_key(|problem| problem.line);
        self.problems
    }

    fn refuse_unknown(&mut self, fields: &Fields) {
        for (at, name, _) in fields.not_asked() {
            self.problem(at, PlanFault::Unknown(name.to_owned()));
        }
    }

    fn classes(&mut self, value: &Value) -> Vec<Found> {
        let Some(classes) = value.get_ref().as_array() else {
            self.wrong_type("class", "headings [[class]]", value);
            return Vec::new();
        };
        classes.iter().map(|class| self.class(class)).collect()
    }

    fn class(&mut self, value: &Value) -> Found {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type("class", "headings [[class]]", value);
            return Found { class: None, kinds: Vec::new() };
        };
        let mut fields = Fields::new(value.span().start, table);
        let id = self.id(&mut fields);
        let index = self.line_of_text("index", &mut fields);
        let title = self.line_of_text("title", &mut fields);
        let term = self.term(&mut fields);
        let basis = self.line_of_text("basis", &mut fields);
        let (records, documents) = (fields.ask("records"), fields.ask("documents"));
        if is_empty(records) && is_empty(documents) {
            self.problem(fields.at(), PlanFault::NoKinds);
        }
        let mut kinds = self.kinds("records", Kind::of_record, records);
        kinds.extend(self.kinds("documents", Kind::of_document, documents));
        self.refuse_unknown(&fields);
        let class = || {
            Some(FileClass { id: id?, index: index?, title: title?, term: term?, basis: basis? })
        };
        Found { class: class(), kinds }
    }

    fn id(&mut self, fields: &mut Fields) -> Option<ClassId> {
        let text = self.line_of_text("id", fields)?;
        let at = fields.ask("id")?.span().start;
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
            self.problem(fields.at(), PlanFault::Missing(field));
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
                self.problem(fields.at(), PlanFault::NoTerm);
                None
            }
            (Some(_), Some(permanent)) => {
                self.problem(permanent.span().start, PlanFault::TwoTerms);
                None
            }
        }
    }

    fn years(&mut self, value: &Value) -> Option<Term> {
        let Some(integer) = value.get_ref().as_integer() else {
            self.wrong_type("years", "a whole number", value);
            return None;
        };
        let years = strict_toml::whole(integer).and_then(|years| u16::try_from(years).ok());
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
        list: Option<&Value>,
    ) -> Vec<(usize, Kind)> {
        let Some(list) = list else { return Vec::new() };
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

/// Whether a list is absent or has nothing in it.
fn is_empty(list: Option<&Value>) -> bool {
    let words = |list: &Value| list.get_ref().as_array().is_some_and(|words| words.is_empty());
    list.is_none_or(words)
}
