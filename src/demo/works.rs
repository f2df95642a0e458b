//! Kinds of work: what a mark is for, and what a lesson with such a work is called.

/// A kind of work as the e-journal lists it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Work {
    /// The e-journal's number for it.
    pub(super) id: u32,
    /// What stands beside the mark. «У» is an oral answer here, in the attendance column an excused
    /// absence.
    pub(super) abbr: &'static str,
    pub(super) title: &'static str,
    /// The partner API's word.
    pub(super) kind: &'static str,
    pub(super) weight: u8,
}

const fn work(
    id: u32,
    abbr: &'static str,
    title: &'static str,
    kind: &'static str,
    weight: u8,
) -> Work {
    Work { id, abbr, title, kind, weight }
}

/// Oral answer: what every lesson has.
pub(super) const ANSWER: &Work = &WORKS[0];
/// Homework.
pub(super) const HOMEWORK: &Work = &WORKS[12];
/// The final mark of a period.
pub(super) const PERIOD_MARK: &Work = &WORKS[13];

/// All kinds of work of the school.
pub(super) static WORKS: [Work; 14] = [
    work(2253, "У", "Устный ответ", "DefaultNewLessonWork", 1),
    work(2254, "РУ", "Работа на уроке", "CommonWork", 1),
    work(2255, "КР", "Контрольная работа", "LessonTestWork", 2),
    work(2256, "СР", "Самостоятельная работа", "LessonExamination", 1),
    work(2257, "Д", "Диктант", "LessonTestWork", 2),
    work(2258, "С", "Сочинение", "LessonComposition", 1),
    work(2259, "НИ", "Чтение наизусть", "LessonByHeart", 1),
    work(2260, "ЛР", "Лабораторная работа", "LaboratoryWork", 1),
    work(2261, "ПР", "Практическая работа", "LaboratoryWork", 1),
    work(2262, "ТР", "Творческая работа", "CreativeWork", 1),
    work(2263, "Т", "Тест", "CommonWork", 1),
    work(2264, "НФ", "Сдача норматива", "CommonWork", 1),
    work(2265, "ДЗ", "Домашняя работа", "Homework", 1),
    work(2266, "И", "Итоговая за период", "PeriodMark", 1),
];

/// The kind of work with this abbreviation.
pub(super) fn by_abbr(abbr: &str) -> &'static Work {
    WORKS.iter().find(|w| w.abbr == abbr).unwrap_or(ANSWER)
}

/// The works of a subject's style: those the whole class writes, and those single pupils get marks for.
pub(super) fn of_style(style: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match style {
        "language" => (&["Д", "СР", "КР", "С"], &["У", "РУ", "ДЗ"]),
        "reading" => (&["Т", "С", "НИ"], &["У", "РУ", "ДЗ", "У"]),
        "foreign" => (&["Т", "СР", "КР"], &["У", "РУ", "ДЗ"]),
        "mathematics" => (&["СР", "КР", "Т", "СР"], &["У", "РУ", "ДЗ"]),
        "practice" => (&["ПР", "Т"], &["РУ", "У"]),
        "telling" => (&["Т", "ПР", "КР"], &["У", "У", "РУ", "ДЗ"]),
        "science" => (&["ЛР", "СР", "КР"], &["У", "ДЗ", "РУ"]),
        "nature" => (&["ЛР", "Т", "ПР"], &["У", "ДЗ", "РУ"]),
        "art" => (&["ТР"], &["РУ", "У"]),
        "music" => (&["Т", "ТР"], &["РУ", "У"]),
        "craft" => (&["ПР", "ТР"], &["РУ"]),
        _ => (&["НФ"], &["РУ"]),
    }
}

impl Work {
    /// The topic of the lesson in which the whole class does the `number`th such work of the year.
    pub(super) fn topic(&self, number: usize, topic: &str) -> String {
        match self.abbr {
            "КР" | "ЛР" | "ПР" | "СР" => format!("{} № {number}. {topic}", self.title),
            "Д" => format!("Контрольный диктант № {number} с грамматическим заданием"),
            "С" => format!("Развитие речи. Сочинение. {topic}"),
            "НФ" => format!("{topic}. Сдача норматива"),
            _ => format!("{}. {topic}", self.title),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_names_works_that_exist() {
        let styles = ["language", "reading", "foreign", "mathematics", "practice", "telling"];
        for style in
            styles.into_iter().chain(["science", "nature", "art", "music", "craft", "sport"])
        {
            let (whole, single) = of_style(style);
            for abbr in whole.iter().chain(single) {
                assert_eq!(by_abbr(abbr).abbr, *abbr);
            }
        }
        assert_eq!((HOMEWORK.abbr, PERIOD_MARK.abbr), ("ДЗ", "И"));
    }
}
