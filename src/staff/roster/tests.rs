use super::*;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;

/// A roster of these people, in this order.
fn roster(names: &[&str]) -> Roster {
    let mut rng = ChaCha20Rng::from_seed([3; 32]);
    let mut roster = Roster::new();
    for name in names {
        roster.add(name, &mut rng).unwrap();
    }
    roster
}

#[test]
fn a_person_is_found_by_full_name_whatever_the_spaces() {
    let roster = roster(&["Орлова  Мария Ивановна ", "Берестов Семён Ильич"]);
    let person = roster.lookup("\tОрлова Мария\u{a0} Ивановна").unwrap();
    assert_eq!(person.name(), "Орлова Мария Ивановна");
    assert_eq!(roster.person(person.id()), Some(person));
}

#[test]
fn a_person_is_found_by_id() {
    let roster = roster(&["Орлова Мария Ивановна", "Орлова Мария Ивановна"]);
    let second = &roster.persons()[1];
    assert_eq!(roster.lookup(&second.id().to_string()), Ok(second));
}

#[test]
fn namesakes_are_told_apart_by_id_only() {
    let roster = roster(&["Орлова Мария Ивановна", "Лугов Пётр", "Орлова Мария Ивановна"]);
    let name = "Орлова Мария Ивановна".to_owned();
    let ids = vec![roster.persons()[0].id(), roster.persons()[2].id()];
    assert_ne!(ids[0], ids[1]);
    let refused = roster.lookup(&name).unwrap_err();
    assert!(ids.iter().all(|id| refused.to_string().contains(&id.to_string())));
    assert_eq!(refused, LookupError::Ambiguous { name, ids });
}

#[test]
fn yo_and_ye_are_two_names_but_one_is_suggested_for_the_other() {
    let roster = roster(&["Берестов Семён Ильич"]);
    let unknown = |name: &str, similar: &[&str]| LookupError::Unknown {
        name: name.to_owned(),
        similar: similar.iter().map(|name| (*name).to_owned()).collect(),
    };
    for name in ["Берестов Семен Ильич", "берестов семён ильич"]
    {
        let refused = roster.lookup(name).unwrap_err();
        assert!(refused.to_string().contains("did you mean `Берестов Семён Ильич`?"));
        assert_eq!(refused, unknown(name, &["Берестов Семён Ильич"]));
    }
    assert_eq!(roster.lookup("Берестов").unwrap_err(), unknown("Берестов", &[]));
    assert_eq!(roster.lookup("").unwrap_err(), unknown("", &[]));
}

#[test]
fn a_name_says_something_in_one_line_of_at_most_200_characters() {
    let mut rng = ChaCha20Rng::from_seed([3; 32]);
    let mut roster = Roster::new();
    for bad in ["", " \n ", "Орлова\u{7}", &"я".repeat(201)] {
        let refused = roster.add(bad, &mut rng).unwrap_err();
        assert_eq!(refused, RosterError::Name(bad.to_owned()));
    }
    roster.add(&"я".repeat(200), &mut rng).unwrap();
    assert_eq!(roster.persons().len(), 1);
}

#[test]
fn a_roster_is_the_body_of_its_document_in_canonical_form() {
    let roster = roster(&["Орлова Мария Ивановна", "Лугов Пётр"]);
    let body = serde_json::to_vec(&roster).unwrap();
    let canonical = serde_json_canonicalizer::to_vec(&roster).unwrap();
    assert_eq!(body, canonical);
    assert_eq!(serde_json::from_slice::<Roster>(&body).unwrap(), roster);
}

#[test]
fn a_body_that_is_no_roster_is_refused() {
    let id = "0123456789abcdef0123456789abcdef";
    let person = |name: &str| format!(r#"{{"id":"{id}","name":"{name}"}}"#);
    for (persons, message) in [
        (format!("{},{}", person("Лугов"), person("Орлова")), format!("the id {id} twice")),
        (person("Лугов  Пётр"), "is no name".to_owned()),
        (person(""), "is no name".to_owned()),
        (
            format!(r#"{{"id":"{id}","name":"Лугов","born":"1980-01-01"}}"#),
            "unknown field".to_owned(),
        ),
        (r#"{"id":"7","name":"Лугов"}"#.to_owned(), "is no id".to_owned()),
    ] {
        let body = format!(r#"{{"persons":[{persons}]}}"#);
        let refused = serde_json::from_str::<Roster>(&body).unwrap_err().to_string();
        assert!(refused.contains(&message), "{refused}");
    }
}
