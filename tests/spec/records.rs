//! Records: what sealing promises, and what a hostile package cannot do.

use crate::archive::{first_day, journals};
use letopis::demo;
use letopis::digest::Digest;
use letopis::intake::SourceFile;
use letopis::journal::Journal;
use letopis::record::package::{Package, PackageError};
use letopis::record::{PageViews, Replaced, Seal, Sealed, Sealing, check, seal_journal};
use letopis::register::{ArchiveId, RecordNumber};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

fn sealing(record: u32, replaces: Option<Replaced>) -> Sealing {
    Sealing {
        archive: ArchiveId::random(&mut ChaCha20Rng::seed_from_u64(3)),
        record: RecordNumber::new(record).unwrap(),
        school_id: "1020200000001".to_owned(),
        school_name: "МБОУ «СОШ № 7»".to_owned(),
        retention: "journals".to_owned(),
        sealed: first_day(),
        replaces,
        shown: PageViews::default(),
    }
}

fn sealed_with(journal: &Journal, seed: u64, replaces: Option<Replaced>) -> Sealed {
    let source = SourceFile { name: "5%\n.json".to_owned(), bytes: journal.to_canonical() };
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let print = |_: &[Digest]| Ok::<_, std::convert::Infallible>(b"%PDF-1.7".to_vec());
    let Ok(sealed) = seal_journal(journal, &[source], &sealing(1, replaces), print, &mut rng);
    sealed
}

fn sealed(journal: &Journal) -> Sealed {
    sealed_with(journal, 1, None)
}

fn journal() -> Journal {
    journals(3).remove(2)
}

fn codes(package: &[u8], seal: &Seal) -> Vec<&'static str> {
    let mut codes: Vec<_> = check(Cursor::new(package), seal).iter().map(|f| f.code()).collect();
    codes.dedup();
    codes
}

/// Members of a package with their names below the top folder.
fn members(package: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut package = Package::open(Cursor::new(package)).unwrap();
    let names: Vec<String> = package.members().map(str::to_owned).collect();
    names.into_iter().map(|n| (n.clone(), package.read(&n).unwrap())).collect()
}

/// A package of these members, its manifests made right again.
fn packed(top: &str, mut members: Vec<(String, Vec<u8>)>) -> Vec<u8> {
    let line = |(name, bytes): &(String, Vec<u8>)| format!("{}  {name}\n", Digest::of(bytes));
    let sorted = |mut lines: Vec<String>| {
        lines.sort_by_key(|line| line[66..].to_owned());
        lines.concat().into_bytes()
    };
    let payload = members.iter().filter(|(n, _)| n.starts_with("data/"));
    let manifest = sorted(payload.map(line).collect());
    for (name, bytes) in &mut members {
        if name == "manifest-sha256.txt" {
            *bytes = manifest.clone();
        }
    }
    let tags = members.iter().filter(|(n, _)| !n.contains('/') && !n.starts_with("tagmanifest"));
    let tag_manifest = sorted(tags.map(line).collect());
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in &members {
        let options = SimpleFileOptions::default().unix_permissions(0o644);
        zip.start_file(format!("{top}/{name}"), options).unwrap();
        let tags = name == "tagmanifest-sha256.txt";
        zip.write_all(if tags { &tag_manifest } else { bytes }).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn altered(sealed: &Sealed, name: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut members = members(&sealed.package);
    for (member, bytes) in &mut members {
        if member == name {
            *bytes = change(std::str::from_utf8(bytes).unwrap()).into_bytes();
        }
    }
    packed(&sealed.directory, members)
}

#[test]
fn a_sealed_record_has_no_fault() {
    for journal in journals(4) {
        let sealed = sealed(&journal);
        assert_eq!(codes(&sealed.package, &sealed.seal), Vec::<&str>::new());
    }
}

#[test]
fn the_same_journal_number_and_random_source_give_the_same_bytes() {
    let (a, b) = (sealed(&journal()), sealed(&journal()));
    assert_eq!(a.package, b.package);
    assert_eq!(a.seal, b.seal);
}

#[test]
fn a_seal_reads_back_and_only_in_its_one_form() {
    let seal = sealed(&journal()).seal;
    let text = seal.to_text();
    assert_eq!(Seal::read(text.as_bytes()).unwrap(), seal);
    for bad in [
        text.replace("letopis/seal/v1", "letopis/seal/v2"),
        text.replace("kind journal\n", ""),
        text.replace("cards-size 32", "cards-size 032"),
        text.replace('\n', "\r\n"),
        format!("{text}\n"),
        text.trim_end().to_owned(),
        text.replace("record 000001", "record 1"),
    ] {
        assert!(Seal::read(bad.as_bytes()).is_err(), "{bad}");
    }
}

#[test]
fn salts_make_the_digests_of_two_seals_of_one_journal_differ() {
    let (a, b) = (sealed_with(&journal(), 1, None), sealed_with(&journal(), 2, None));
    assert_ne!(a.seal.package, b.seal.package);
    assert_ne!(a.seal.cards_root, b.seal.cards_root);
    assert!(a.pages.iter().all(|digest| !b.pages.contains(digest)));
}

#[test]
fn a_page_keeps_its_digest_exactly_when_it_reads_the_same() {
    let before = journal();
    let first = sealed(&before);
    let pages = members(&first.package).into_iter().find(|(n, _)| n == "data/pages.jsonl").unwrap();
    let replaces = Replaced {
        record: RecordNumber::FIRST,
        seal: Digest::of(first.seal.to_text().as_bytes()),
        pages: PageViews::from_lines(&pages.1),
    };
    let after = demo::corrected(&before);
    let second = sealed_with(&after, 9, Some(replaces));
    let differing: Vec<u32> = (1..)
        .zip(before.pages.iter().zip(&after.pages))
        .filter(|(_, (a, b))| a != b)
        .map(|(place, _)| place)
        .collect();
    assert_eq!(differing.len(), 1, "the demo's correction is on one page");
    assert_eq!(second.changed, differing);
    for (place, (a, b)) in (1..).zip(first.pages.iter().zip(&second.pages)) {
        assert_eq!(a == b, !differing.contains(&place), "page {place}");
    }
}

#[test]
fn a_package_whose_cards_differ_from_its_journal_is_found() {
    let sealed = sealed(&journal());
    let first_mark =
        |text: &str| text.replacen("\"marks\":[{\"value\":\"5\"", "\"marks\":[{\"value\":\"4\"", 1);
    let package = altered(&sealed, "data/journal.json", first_mark);
    let found = codes(&package, &sealed.seal);
    assert_eq!(found, ["page-view", "cards-content"]);
    let package = altered(&sealed, "data/cards.jsonl", first_mark);
    assert_eq!(codes(&package, &sealed.seal), ["cards-content"]);
}

#[test]
fn a_card_too_many_too_few_or_of_another_root_is_found() {
    let sealed = sealed(&journal());
    // A length that changed is also another Payload-Oxum than bag-info.txt says.
    let of = |change: &dyn Fn(&str) -> String| {
        let found = codes(&altered(&sealed, "data/cards.jsonl", change), &sealed.seal);
        found.into_iter().filter(|code| *code != "bag").collect::<Vec<_>>()
    };
    assert_eq!(of(&|text| format!("{text}{{}}\n")), ["cards-content"], "a line over");
    let without_last = |text: &str| {
        let end = text.trim_end().rfind('\n').unwrap();
        text[..=end].to_owned()
    };
    assert_eq!(of(&without_last), ["cards-content"], "a line under");
    let swapped = |text: &str| {
        let mut lines: Vec<_> = text.split_inclusive('\n').collect();
        lines.swap(0, 1);
        lines.concat()
    };
    assert_eq!(of(&swapped), ["cards-root"]);
}

#[test]
fn a_journal_that_is_not_canonical_or_not_the_sealed_class_is_found() {
    let sealed = sealed(&journal());
    let spaced = |text: &str| text.replacen(",", ", ", 1);
    let found = codes(&altered(&sealed, "data/journal.json", spaced), &sealed.seal);
    assert!(found.contains(&"journal-form"), "{found:?}");
    let mut other = sealed.seal.clone();
    other.class = "9Ъ".parse().unwrap();
    let found = codes(&sealed.package, &other);
    assert!(
        found.contains(&"journal-not-sealed") && found.contains(&"package-folder"),
        "{found:?}"
    );
}

#[test]
fn a_manifest_that_does_not_fit_its_members_is_found() {
    let sealed = sealed(&journal());
    let mut all = members(&sealed.package);
    all.iter_mut().find(|(n, _)| n.starts_with("data/source/")).unwrap().1.push(b' ');
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in &all {
        zip.start_file(format!("{}/{name}", sealed.directory), SimpleFileOptions::default())
            .unwrap();
        zip.write_all(bytes).unwrap();
    }
    let package = zip.finish().unwrap().into_inner();
    assert_eq!(codes(&package, &sealed.seal), ["bag"], "manifest and Payload-Oxum");
    all.push(("data/extra.txt".to_owned(), b"x".to_vec()));
    let found = codes(&packed(&sealed.directory, all), &sealed.seal);
    assert!(found.contains(&"bag"), "{found:?}");
}

#[test]
fn the_source_files_original_name_stands_percent_encoded_in_bag_info() {
    let all = members(&sealed(&journal()).package);
    let info = &all.iter().find(|(n, _)| n == "bag-info.txt").unwrap().1;
    let info = std::str::from_utf8(info).unwrap();
    assert!(info.contains("Source-Name: data/source/0001.json 5%25%0A.json\n"), "{info}");
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn refusal(package: &[u8]) -> String {
    match Package::open(Cursor::new(package)) {
        Ok(_) => "opened".to_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn two_members_of_one_name_are_refused() {
    let mut package = zipped(&[("r/a.txt", b"one"), ("r/b.txt", b"two")]);
    while let Some(at) = package.windows(7).position(|w| w == b"r/b.txt") {
        package[at + 2] = b'a';
    }
    assert!(refusal(&package).contains("two members of one name"), "{}", refusal(&package));
}

#[test]
fn names_that_leave_their_folder_or_are_not_plain_are_refused() {
    let seal = sealed(&journal()).seal;
    for name in ["r/../x", "/r/x", "r//x", "r/имя", "r/a b", "r/./x", "r\\x"] {
        let package = zipped(&[("r/a", b"a"), (name, b"x")]);
        let error = Package::open(Cursor::new(&package)).err();
        assert!(matches!(error, Some(PackageError::Member { .. })), "{name}: {error:?}");
        assert_eq!(codes(&package, &seal), ["package-member"], "{name}");
    }
    assert!(refusal(&zipped(&[("r/a", b"a"), ("s/a", b"x")])).contains("more than one top folder"));
    assert!(refusal(&zipped(&[("a", b"a")])).contains("no top folder"));
}

#[test]
fn a_package_without_a_member_that_belongs_there_is_found() {
    let sealed = sealed(&journal());
    for missing in [
        "data/journal.json",
        "data/journal.pdf",
        "data/pages.jsonl",
        "data/cards.jsonl",
        "bag-info.txt",
    ] {
        let mut all = members(&sealed.package);
        all.retain(|(name, _)| name != missing);
        let found = codes(&packed(&sealed.directory, all), &sealed.seal);
        assert_eq!(found[0], "package-member-missing", "{missing}: {found:?}");
    }
}

#[test]
fn members_in_another_order_are_found() {
    let sealed = sealed(&journal());
    for place in 0..members(&sealed.package).len() - 1 {
        let mut all = members(&sealed.package);
        all.swap(place, place + 1);
        assert_eq!(codes(&packed(&sealed.directory, all), &sealed.seal), ["bag"], "{place}");
    }
}

#[test]
fn a_bag_that_tells_of_another_school_record_or_day_is_found() {
    let sealed = sealed(&journal());
    for line in
        ["Source-Organization: ", "External-Identifier: ", "Bagging-Date: ", "Payload-Oxum: "]
    {
        let other = |text: &str| text.replace(line, &format!("{line}1"));
        let found = codes(&altered(&sealed, "bag-info.txt", other), &sealed.seal);
        assert_eq!(found, ["bag"], "{line}");
        let over = |text: &str| format!("{text}{line}x\n");
        let found = codes(&altered(&sealed, "bag-info.txt", over), &sealed.seal);
        assert_eq!(found, ["bag"], "{line} over");
    }
}

#[test]
fn links_other_methods_and_stray_bytes_are_refused() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.add_symlink("r/link", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    let package = zip.finish().unwrap().into_inner();
    assert!(refusal(&package).contains("a kind other than a plain file"), "{}", refusal(&package));
    let good = zipped(&[("r/a", b"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]);
    assert_eq!(refusal(&good), "opened");
    let before = [b"MZ".as_slice(), &good].concat();
    assert_ne!(refusal(&before), "opened");
    let after = [good.as_slice(), b"\n"].concat();
    assert_ne!(refusal(&after), "opened");
    // Method 14 (LZMA) in both headers of the only member.
    let mut other = good.clone();
    other[8] = 14;
    let central = other.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    other[central + 10] = 14;
    assert_ne!(refusal(&other), "opened");
}

#[test]
fn a_zip_bomb_is_stopped_while_it_unpacks() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("r/data/cards.jsonl", SimpleFileOptions::default()).unwrap();
    let zeros = vec![0; 1 << 20];
    for _ in 0..300 {
        zip.write_all(&zeros).unwrap();
    }
    let package = zip.finish().unwrap().into_inner();
    assert!(package.len() < 1 << 20, "it is a bomb: {} bytes", package.len());
    let mut open = Package::open(Cursor::new(&package)).unwrap();
    assert!(matches!(open.read("data/cards.jsonl"), Err(PackageError::TooLarge)));
    assert_eq!(codes(&package, &sealed(&journal()).seal), ["package-folder", "package-too-large"]);
}
