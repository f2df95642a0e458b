//! Numbers, ids, paths and orders.

use super::samples::archive;
use crate::register::*;
use chrono::NaiveDate;
use proptest::prelude::*;
use rand_chacha::ChaCha8Rng;
use rand_core::SeedableRng as _;

#[test]
fn a_record_number_has_six_digits_or_more() {
    assert_eq!(RecordNumber::new(123).unwrap().to_string(), "000123");
    assert_eq!(RecordNumber::new(1_234_567).unwrap().to_string(), "1234567");
}

#[test]
fn a_record_number_may_be_typed_without_its_zeros() {
    assert_eq!("123".parse(), RecordNumber::new(123));
    assert_eq!("000123".parse(), RecordNumber::new(123));
}

#[test]
fn there_is_no_record_zero() {
    assert_eq!("000000".parse::<RecordNumber>(), Err(RecordNumberError::Zero));
    assert_eq!(RecordNumber::FIRST.get(), 1);
    assert!(serde_json::from_str::<RecordNumber>("0").is_err());
}

#[test]
fn what_is_not_decimal_digits_is_no_record_number() {
    for text in ["", "+5", "-5", "1.0", " 1", "0x1", "4294967296", "00000000001", "١"] {
        let refused = text.parse::<RecordNumber>();
        assert_eq!(refused, Err(RecordNumberError::Text(text.to_owned())));
    }
}

#[test]
fn record_numbers_are_integers_in_json_and_come_one_after_another() {
    let number = RecordNumber::new(9).unwrap();
    assert_eq!(serde_json::to_string(&number).unwrap(), "9");
    assert_eq!(number.next(), RecordNumber::new(10).ok());
    assert_eq!(RecordNumber::new(u32::MAX).unwrap().next(), None);
}

proptest! {
    #[test]
    fn every_record_number_reads_as_it_is_written(number in 1_u32..) {
        let number = RecordNumber::new(number).unwrap();
        prop_assert_eq!(number.to_string().parse(), Ok(number));
    }

    #[test]
    fn every_random_id_reads_as_it_is_written(seed: u64) {
        let id = StaffId::random(&mut ChaCha8Rng::seed_from_u64(seed));
        prop_assert_eq!(id.to_string().len(), 32);
        prop_assert_eq!(id.to_string().parse(), Ok(id));
    }
}

#[test]
fn two_random_ids_differ() {
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    assert_ne!(DocumentId::random(&mut rng), DocumentId::random(&mut rng));
}

#[test]
fn an_id_is_32_lower_case_hexadecimal_digits() {
    let right = archive().to_string();
    let short = &right[1..];
    let long = format!("{right}0");
    for text in ["", short, &long, &right.to_uppercase(), &right.replace('f', "g")] {
        assert!(text.parse::<ArchiveId>().is_err(), "{text}");
    }
}

#[test]
fn a_path_in_an_entry_cannot_lead_out_of_its_location() {
    for text in
        ["", "/etc/passwd", "../x", "a/../b", "a/./b", "a//b", "a/", "a\\b", "журнал", "a b"]
    {
        assert!(text.parse::<StoredPath>().is_err(), "{text}");
    }
    assert!("x".repeat(256).parse::<StoredPath>().is_err());
    for text in ["records/2025-26/000123-7a-q1-journal", "register/tile/0/x001/234.p/5", "..x"] {
        assert_eq!(text.parse::<StoredPath>().unwrap().as_str(), text);
    }
}

#[test]
fn an_order_is_its_number_and_date_and_the_number_may_hold_slashes() {
    let order: OrderRef = "01-05/12-к/2025-09-01".parse().unwrap();
    assert_eq!(order.number(), "01-05/12-к");
    assert_eq!(order.date(), NaiveDate::from_ymd_opt(2025, 9, 1).unwrap());
    assert_eq!(order.to_string(), "01-05/12-к/2025-09-01");
}

#[test]
fn the_number_of_an_order_is_no_free_text() {
    let long = "1".repeat(33);
    for number in ["", "12 к", "№12", "12,к", "12\nк", &long] {
        let refused = format!("{number}/2025-09-01").parse::<OrderRef>();
        assert_eq!(refused, Err(OrderRefError::Number(number.to_owned())));
    }
    assert!("1".repeat(32).parse::<OrderRef>().is_err());
    assert!(format!("{}/2025-09-01", "1".repeat(32)).parse::<OrderRef>().is_ok());
}

#[test]
fn the_date_of_an_order_is_written_one_way() {
    for text in
        ["12-к", "12-к/", "12-к/2025-9-1", "12-к/2025-02-30", "12-к/01.09.2025", "1/+12025-09-01"]
    {
        assert_eq!(text.parse::<OrderRef>(), Err(OrderRefError::Date(text.to_owned())));
    }
    let far = NaiveDate::from_ymd_opt(12025, 9, 1).unwrap();
    assert!(matches!(OrderRef::new("1", far), Err(OrderRefError::Date(_))));
}
