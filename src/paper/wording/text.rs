//! A text with placeholders in braces.

use super::problem::Problem;
use std::marker::PhantomData;

/// The values of one text's placeholders; a struct of strings made by `values!`.
pub trait Values {
    /// Names of the placeholders, in the order of the fields.
    const NAMES: &'static [&'static str];

    /// The value of a placeholder by its place in [`Values::NAMES`].
    fn value(&self, place: usize) -> &str;
}

/// A text that is filled with the values of `V`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text<V> {
    parts: Vec<Part>,
    values: PhantomData<fn(&V)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Literal(String),
    Value(usize),
}

/// A problem and the byte of the text it begins at.
pub(super) type Fault = (usize, Problem);

impl<V: Values> Text<V> {
    /// Reads `Лист {sheet}`; `{{` and `}}` are braces.
    ///
    /// # Errors
    /// Every placeholder `V` does not have and every lone brace.
    pub(super) fn read(text: &str) -> Result<Text<V>, Vec<Fault>> {
        let parts = parts(text, V::NAMES)?;
        Ok(Text { parts, values: PhantomData })
    }

    /// The text with its values. A value may be empty and may hold braces.
    pub fn fill(&self, values: &V) -> String {
        let part = |part: &'_ Part| match part {
            Part::Literal(text) => text.clone(),
            Part::Value(place) => values.value(*place).to_owned(),
        };
        self.parts.iter().map(part).collect()
    }

    /// Whether the text shows a value at all: a school may leave one out.
    pub fn shows(&self, name: &str) -> bool {
        let place = V::NAMES.iter().position(|known| *known == name);
        self.parts.iter().any(|part| matches!(part, Part::Value(p) if Some(*p) == place))
    }
}

/// Text that has no placeholders, with its doubled braces made single.
pub(super) fn plain(text: &str) -> Result<String, Vec<Fault>> {
    let literal = |part| match part {
        Part::Literal(text) => Some(text),
        Part::Value(_) => None,
    };
    parts(text, &[]).map(|parts| parts.into_iter().filter_map(literal).collect())
}

fn parts(text: &str, names: &[&str]) -> Result<Vec<Part>, Vec<Fault>> {
    let (mut parts, mut literal, mut faults) = (Vec::new(), String::new(), Vec::new());
    let mut at = 0;
    while let Some(brace) = text[at..].find(['{', '}']).map(|found| at + found) {
        literal.push_str(&text[at..brace]);
        let rest = &text[brace..];
        at = match rest.get(..2) {
            Some("{{" | "}}") => {
                literal.push_str(&rest[..1]);
                brace + 2
            }
            _ => match placeholder(rest) {
                Some(name) => {
                    match names.iter().position(|known| *known == name) {
                        Some(place) => {
                            parts.push(Part::Literal(std::mem::take(&mut literal)));
                            parts.push(Part::Value(place));
                        }
                        None => faults.push((brace, unknown(name, names))),
                    }
                    brace + name.len() + 2
                }
                None => {
                    faults.push((brace, Problem::Brace));
                    brace + 1
                }
            },
        };
    }
    literal.push_str(&text[at..]);
    parts.push(Part::Literal(literal));
    if faults.is_empty() { Ok(parts) } else { Err(faults) }
}

/// The name in `{name}…`; `None` when no brace closes it.
fn placeholder(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('{')?;
    let end = inside.find(['{', '}'])?;
    inside[end..].starts_with('}').then(|| &inside[..end])
}

fn unknown(name: &str, names: &[&str]) -> Problem {
    let braced: Vec<String> = names.iter().map(|name| format!("{{{name}}}")).collect();
    let known = match braced.len() {
        0 => "this text has none".to_owned(),
        _ => format!("this text has {}", braced.join(", ")),
    };
    Problem::Placeholder { name: name.to_owned(), known }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    values! {
        /// Two values.
        pub struct Two {
            /// First.
            class,
            /// Second.
            year,
        }
    }

    fn two() -> Two {
        Two { class: "7А".into(), year: "{2025}".into() }
    }

    fn faults(text: &str) -> Vec<Fault> {
        Text::<Two>::read(text).unwrap_err()
    }

    #[test]
    fn placeholders_are_replaced_by_their_values() {
        let text = Text::<Two>::read("{year}: {class} класс, {class}, {{класс}}").unwrap();
        assert_eq!(text.fill(&two()), "{2025}: 7А класс, 7А, {класс}");
        assert!(text.shows("class") && text.shows("year") && !text.shows("clas"));
        assert!(!Text::<Two>::read("класс").unwrap().shows("class"));
    }

    #[test]
    fn every_unknown_placeholder_and_lone_brace_is_found_with_its_place() {
        let known = "this text has {class}, {year}".to_owned();
        let placeholder =
            |name: &str| Problem::Placeholder { name: name.to_owned(), known: known.clone() };
        assert_eq!(
            faults("a {clas} {class} {Year}"),
            [(2, placeholder("clas")), (17, placeholder("Year"))]
        );
        assert_eq!(faults("{}"), [(0, placeholder(""))]);
        assert_eq!(faults("a } {class"), [(2, Problem::Brace), (4, Problem::Brace)]);
        assert_eq!(faults("{class{year}"), [(0, Problem::Brace)]);
        let none = Problem::Placeholder { name: "x".into(), known: "this text has none".into() };
        assert_eq!(plain("{x}").unwrap_err(), [(0, none)]);
        assert_eq!(plain("{{x}}").unwrap(), "{x}");
    }

    proptest! {
        #[test]
        fn text_without_braces_stays_as_it_is(text in "[^{}]{0,40}") {
            prop_assert_eq!(Text::<Two>::read(&text).unwrap().fill(&two()), text.clone());
            prop_assert_eq!(plain(&text).unwrap(), text);
        }

        #[test]
        fn reading_never_fails_to_answer(text in "[{}a класyeru]{0,30}") {
            match Text::<Two>::read(&text) {
                Ok(read) => prop_assert!(!read.fill(&two()).is_empty() || text.is_empty()),
                Err(faults) => prop_assert!(faults.iter().all(|(at, _)| *at < text.len())),
            }
        }
    }
}
