use crate::paper::tests::sample::{BODY, LETTERS};
use crate::paper::*;
use proptest::prelude::*;

const PLACE: Place<'_> = Place::of("форма");

fn printable(text: &str) -> Printable {
    Face::Sans.printable(text, &PLACE).unwrap()
}

#[test]
fn every_face_has_the_letters_of_the_languages_of_the_schools() {
    for face in Face::ALL {
        assert_eq!(face.printable(LETTERS, &PLACE).unwrap().as_str(), LETTERS, "{face:?}");
    }
}

#[test]
fn an_emoji_fails_with_the_text_and_its_place() {
    let page = PLACE.at("Алгебра");
    let error = Face::Sans.printable("молодец 🦄", &page.at("пупил 7")).unwrap_err();
    let PaperError::NoGlyph { text, character, place } = &error else { panic!("{error:?}") };
    assert_eq!((text.as_str(), *character), ("молодец 🦄", '🦄'));
    assert_eq!(place, "форма › Алгебра › пупил 7");
    assert!(error.to_string().contains("`🦄` (U+1F984)"), "{error}");
}

#[test]
fn a_control_character_fails_and_is_named_by_its_code() {
    let error = Face::Sans.printable("5\u{7}", &PLACE).unwrap_err();
    assert!(matches!(error, PaperError::NoGlyph { character: '\u{7}', .. }), "{error:?}");
    assert!(error.to_string().contains("the character U+0007"), "{error}");
}

#[test]
fn line_ends_and_tabs_are_set_as_spaces() {
    assert_eq!(printable("а\nб\tв\u{2003}г").as_str(), "а б в г");
}

#[test]
fn letters_with_combining_marks_are_composed() {
    assert_eq!(printable("и\u{306} е\u{308} а\u{306}").as_str(), "й ё ӑ");
}

#[test]
fn a_stress_mark_stays_on_its_letter() {
    let word = printable("за\u{301}мок");
    assert_eq!(word.as_str(), "за\u{301}мок");
    assert_eq!(word.width(BODY.size), printable("замок").width(BODY.size));
}

#[test]
fn a_mark_without_a_composed_letter_stays_on_its_letter() {
    let word = printable("ж\u{30C}ук");
    assert_eq!(word.as_str(), "ж\u{30C}ук");
    assert_eq!(word.width(BODY.size), printable("жук").width(BODY.size));
}

/// Characters of lesson topics that no PT face has.
const SIGNS: &str = "αβγω ∠ABC → ⇒ ✓ λ ′ ∥ ⊥ ∈ ℝ ☺ 😀";

#[test]
fn characters_the_face_lacks_are_borrowed() {
    for face in Face::ALL {
        assert_eq!(face.printable(SIGNS, &PLACE).unwrap().as_str(), SIGNS, "{face:?}");
    }
}

#[test]
fn a_text_is_cut_where_the_face_changes_and_loses_nothing() {
    let text = Face::SerifBold.printable("угол ∠ABC → 5 ✓", &PLACE).unwrap();
    let segments: Vec<_> = text.segments().collect();
    assert_eq!(segments.iter().map(|(_, text)| *text).collect::<String>(), text.as_str());
    let borrowed: Vec<_> = segments.iter().filter(|(face, _)| *face != Face::SerifBold).collect();
    assert_eq!(
        borrowed,
        [&(Face::SymbolsBold, "∠"), &(Face::SymbolsBold, "→"), &(Face::SymbolsBold, "✓")]
    );
    let parts = segments.iter().map(|(face, text)| face.printable(text, &PLACE).unwrap().units());
    assert_eq!(parts.sum::<i32>(), text.units());
}

#[test]
fn soft_hyphens_and_zero_width_characters_are_left_out() {
    assert_eq!(printable("со\u{AD}ло\u{200B}вей\u{FEFF}").as_str(), "соловей");
}

#[test]
fn a_no_break_space_holds_its_words_together() {
    let text = printable("раз два\u{A0}три");
    let width = printable("два три-").width(BODY.size);
    let lines = wrap(&text, BODY.size, width, &PLACE).unwrap();
    assert_eq!(strings(&lines), ["раз", "два\u{A0}три"]);
}

#[test]
fn a_word_wider_than_the_line_is_broken_at_a_letter() {
    let width = printable("достопри").width(BODY.size);
    let lines = wrap(&printable("достопримечательность"), BODY.size, width, &PLACE).unwrap();
    assert_eq!(strings(&lines)[0], "достопри");
    assert_eq!(strings(&lines).concat(), "достопримечательность");
}

#[test]
fn a_line_ends_after_a_hyphen_between_letters_but_not_before_a_number() {
    let width = printable("Северо- ").width(BODY.size);
    let lines = |text| wrap(&printable(text), BODY.size, width, &PLACE).unwrap();
    assert_eq!(strings(&lines("Северо-Запад")), ["Северо-", "Запад"]);
    assert_eq!(strings(&lines("минус -5")), ["минус", "-5"]);
}

#[test]
fn a_space_narrower_than_a_letter_is_an_error() {
    let error = wrap(&printable("Щ"), BODY.size, Length::pt(3), &PLACE).unwrap_err();
    assert!(matches!(error, PaperError::TooNarrow { .. }), "{error:?}");
}

#[test]
fn the_largest_size_that_fits_is_found() {
    let text = printable("Абдурахманова-Дудукаева Хадижат");
    let width = text.width(Length::pt(7));
    assert_eq!(fit_line(&text, width, Length::pt(5)..=Length::pt(9)), Some(Length::pt(7)));
    assert_eq!(fit_line(&text, width, Length::pt(8)..=Length::pt(9)), None);
}

#[test]
fn a_text_in_a_box_is_as_large_as_its_lines_allow() {
    let text = printable("Абдурахманова-Дудукаева Хадижат");
    let width = Length::mm(25);
    let (size, lines) =
        fit_box(&text, width, Length::pt(20), Length::pt(4)..=Length::pt(12)).unwrap();
    assert!(Style::new(Face::Sans, size).leading() * lines.len() as i32 <= Length::pt(20));
    assert!(lines.iter().all(|line| line.width(size) <= width));
    assert!(fit_box(&text, width, Length::pt(4), Length::pt(4)..=Length::pt(12)).is_none());
}

#[test]
fn a_text_too_long_for_a_qr_code_is_an_error() {
    let mut side = Side::new(Format::Portrait);
    let at = Point::new(Length::ZERO, Length::ZERO);
    let error = draw_qr(&mut side, at, Length::mm(20), &"ж".repeat(2000), &PLACE).unwrap_err();
    assert!(matches!(error, PaperError::TooLongForQr { length: 4000, .. }), "{error:?}");
}

fn strings(lines: &[Printable]) -> Vec<&str> {
    lines.iter().map(Printable::as_str).collect()
}

proptest! {
    #[test]
    fn wrapping_loses_no_letter_and_keeps_to_the_width(
        text in "[а-яё ,.\u{A0}/-]{0,200}|([а-я]{1,60} ){0,9}",
        width in 12i32..400,
    ) {
        let text = printable(&text);
        let lines = wrap(&text, BODY.size, Length::pt(width), &PLACE).unwrap();
        let letters = |s: &str| s.replace(' ', "");
        prop_assert_eq!(letters(&strings(&lines).concat()), letters(text.as_str()));
        for line in &lines {
            prop_assert!(line.width(BODY.size) <= Length::pt(width));
            prop_assert!(!line.as_str().is_empty());
        }
    }

    #[test]
    fn words_that_fit_a_line_are_never_broken(words in prop::collection::vec("[а-я]{1,12}", 1..30)) {
        let text = printable(&words.join(" "));
        let lines = wrap(&text, BODY.size, Length::pt(120), &PLACE).unwrap();
        let set: Vec<&str> = lines.iter().flat_map(|line| line.as_str().split(' ')).collect();
        prop_assert_eq!(set, words);
    }

    #[test]
    fn any_text_is_set_or_refused_and_never_panics(text in any::<String>()) {
        match Face::Narrow.printable(&text, &PLACE) {
            Ok(set) => prop_assert!(wrap(&set, BODY.size, Length::pt(40), &PLACE).is_ok()),
            Err(error) => {
                let refused = matches!(error, PaperError::NoGlyph { .. });
                prop_assert!(refused);
            }
        }
    }
}
