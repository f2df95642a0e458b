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

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn post(role: Role, from: &str, until: Option<&str>) -> Post {
    let until = until.map(day);
    Post { class: None, from: day(from), order: None, role, title: None, until }
}

fn source(text: &str) -> StaffSource {
    text.parse().unwrap()
}

fn substitution(roster: &Roster, from: &str, until: Option<&str>) -> Substitution {
    let [absent, substitute] = [roster.persons()[0].id(), roster.persons()[1].id()];
    let order = "31-к/2025-10-20".parse().unwrap();
    Substitution { absent, from: day(from), order, substitute, until: until.map(day) }
}

/// Two people of whom everything is said.
fn full() -> Roster {
    let mut roster = roster(&["Орлова Мария Ивановна", "Лугов Пётр"]);
    let [first, second] = [roster.persons()[0].id(), roster.persons()[1].id()];
    let order = Some("12-к/2025-08-29".parse().unwrap());
    let title = Some("Заместитель директора по УВР".to_owned());
    let deputy = Post { order, title, ..post(Role::Deputy, "2025-09-01", Some("2026-08-31")) };
    roster.add_post(first, deputy).unwrap();
    let class = Some("7А".parse().unwrap());
    let of_class = Post { class, ..post(Role::ClassTeacher, "2025-09-01", None) };
    roster.add_post(second, of_class).unwrap();
    roster.link(second, source("dnevnik.ru:1000000000123")).unwrap();
    roster.add_substitution(substitution(&roster, "2025-10-20", Some("2025-11-02"))).unwrap();
    roster
}

#[test]
fn a_roster_with_everything_is_canonical_and_read_back() {
    let roster = full();
    let body = serde_json::to_vec(&roster).unwrap();
    assert_eq!(body, serde_json_canonicalizer::to_vec(&roster).unwrap());
    assert_eq!(serde_json::from_slice::<Roster>(&body).unwrap(), roster);
}

#[test]
fn a_roster_of_names_alone_reads_and_is_written_as_it_was() {
    let body = r#"{"persons":[{"id":"0123456789abcdef0123456789abcdef","name":"Лугов Пётр"}]}"#;
    let roster: Roster = serde_json::from_str(body).unwrap();
    assert!(roster.persons()[0].posts().is_empty() && roster.substitutions().is_empty());
    assert_eq!(serde_json::to_string(&roster).unwrap(), body);
}

#[test]
fn what_cannot_be_said_step_by_step_cannot_be_read_either() {
    let good = serde_json::to_string(&full()).unwrap();
    for (was, is, message) in [
        (r#""role":"deputy""#, r#""role":"teacher""#, "a teacher needs no post"),
        (r#""role":"deputy""#, r#""role":"class-teacher""#, "needs its class"),
        (r#""role":"class-teacher""#, r#""role":"director""#, "is not of one class"),
        (r#""until":"2026-08-31""#, r#""until":"2025-08-31""#, "cannot end on 2025-08-31"),
        (r#""until":"2025-11-02""#, r#""until":"2025-10-02""#, "cannot end on 2025-10-02"),
        (r#""title":"За"#, r#""title":" За"#, "is no title"),
        (r#""system":"dnevnik.ru""#, r#""system":"""#, "is no source system"),
    ] {
        let bad = good.replacen(was, is, 1);
        assert_ne!(bad, good, "{was}");
        let refused = serde_json::from_str::<Roster>(&bad).unwrap_err().to_string();
        assert!(refused.contains(message), "{refused}");
    }
}

#[test]
fn a_post_is_held_once_on_a_day_and_its_end_can_be_moved() {
    let mut roster = roster(&["Орлова Мария Ивановна"]);
    let id = roster.persons()[0].id();
    roster.add_post(id, post(Role::Director, "2025-09-01", None)).unwrap();
    let again = post(Role::Director, "2026-09-01", None);
    let refused = roster.add_post(id, again.clone()).unwrap_err();
    assert!(matches!(refused, RosterError::PostTwice { role: Role::Director, .. }), "{refused}");
    roster.add_post(id, post(Role::Archivist, "2025-09-01", None)).unwrap();
    roster.end_post(id, Role::Director, None, day("2026-08-31")).unwrap();
    roster.add_post(id, again).unwrap();
    assert_eq!(roster.persons()[0].posts().len(), 3, "the ended one stays");
    let early = roster.end_post(id, Role::Director, None, day("2025-08-31")).unwrap_err();
    assert!(matches!(early, RosterError::NoPost { .. }), "{early}");
    let over = roster.end_post(id, Role::Director, None, day("2026-05-31"));
    assert_eq!(over, Ok(()));
    assert_eq!(roster.persons()[0].posts()[0].until, Some(day("2026-05-31")));
}

#[test]
fn an_id_in_a_source_is_one_person() {
    let mut roster = roster(&["Орлова Мария Ивановна", "Лугов Пётр"]);
    let [first, second] = [roster.persons()[0].id(), roster.persons()[1].id()];
    let id = source("dnevnik.ru:1000000000123");
    roster.link(first, id.clone()).unwrap();
    roster.link(first, id.clone()).unwrap();
    roster.link(first, source("eljur:7")).unwrap();
    assert_eq!(roster.persons()[0].sources().len(), 2);
    let refused = roster.link(second, id.clone()).unwrap_err();
    assert!(matches!(refused, RosterError::SourceTaken { staff, .. } if staff == first));
    assert_eq!(roster.by_source(&id).map(StaffMember::id), Some(first));
    for (text, message) in [
        ("123", "write system and id"),
        ("dnevnik.ru:", "an id is empty"),
        (":123", "is no source system"),
    ] {
        let refused = text.parse::<StaffSource>().unwrap_err().to_string();
        assert!(refused.contains(message), "{refused}");
    }
}

#[test]
fn one_person_stands_in_at_a_time_and_the_last_day_can_be_said_later() {
    let mut roster = roster(&["Орлова Мария Ивановна", "Лугов Пётр", "Берестов Семён"]);
    let open = substitution(&roster, "2025-10-20", None);
    roster.add_substitution(open.clone()).unwrap();
    let third = roster.persons()[2].id();
    let other = Substitution { substitute: third, from: day("2025-11-03"), ..open.clone() };
    let refused = roster.add_substitution(other.clone()).unwrap_err();
    assert!(matches!(refused, RosterError::SubstitutedTwice { .. }), "{refused}");
    let ended = Substitution { until: Some(day("2025-11-02")), ..open.clone() };
    roster.add_substitution(ended.clone()).unwrap();
    roster.add_substitution(other.clone()).unwrap();
    assert_eq!(roster.substitutions(), [ended, other]);
    let own = Substitution { substitute: open.absent, ..open.clone() };
    let refused = roster.add_substitution(own).unwrap_err();
    assert_eq!(refused, RosterError::ForThemselves(open.absent));
    let unknown: StaffId = "0123456789abcdef0123456789abcdef".parse().unwrap();
    let nobody = Substitution { substitute: unknown, ..open };
    assert_eq!(roster.add_substitution(nobody), Err(RosterError::NoPerson(unknown)));
}

#[test]
fn a_person_with_another_name_is_the_same_person() {
    let mut roster = roster(&["Орлова Мария Ивановна"]);
    let id = roster.persons()[0].id();
    roster.rename(id, "Соколова  Мария Ивановна").unwrap();
    assert_eq!(roster.lookup("Соколова Мария Ивановна").unwrap().id(), id);
    assert_eq!(roster.rename(id, " "), Err(RosterError::Name(" ".to_owned())));
}
