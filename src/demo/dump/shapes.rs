//! The partner API's objects as it writes them: every 19-digit id as a number and, under `…_str`, as text;
//! kebab-case for final marks, `PascalCase` for teachers.

use serde::Serialize;

/// An object's own id: the members `id` and `id_str`.
#[derive(Serialize, Clone, PartialEq)]
pub(super) struct Id {
    id: u64,
    id_str: String,
}

impl From<u64> for Id {
    fn from(id: u64) -> Id {
        Id { id, id_str: id.to_string() }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct School {
    #[serde(flatten)]
    pub(super) id: Id,
    pub(super) name: &'static str,
    pub(super) full_name: &'static str,
    pub(super) city: &'static str,
    pub(super) municipality: &'static str,
    pub(super) region_id: u32,
    pub(super) mark_type: &'static str,
    pub(super) time_zone: i32,
    #[serde(rename = "uses_avg")]
    pub(super) uses_avg: bool,
    #[serde(rename = "uses_weighted_avg")]
    pub(super) uses_weighted_avg: bool,
    pub(super) avatar_small: Option<()>,
    pub(super) education_type: &'static str,
    pub(super) tso_city_id: u32,
    pub(super) tso_region_tree_path: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct EduGroup {
    #[serde(flatten)]
    pub(super) id: Id,
    pub(super) parent_ids: Option<Vec<u64>>,
    #[serde(rename = "parentIds_str")]
    pub(super) parent_ids_str: Option<Vec<String>>,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) name: String,
    pub(super) full_name: &'static str,
    pub(super) parallel: u8,
    pub(super) timetable: u64,
    #[serde(rename = "timetable_str")]
    pub(super) timetable_str: String,
    pub(super) status: &'static str,
    pub(super) studyyear: i32,
    pub(super) subjects: [(); 0],
    pub(super) journaltype: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Person {
    #[serde(flatten)]
    pub(super) id: Id,
    pub(super) user_id: u64,
    #[serde(rename = "userId_str")]
    pub(super) user_id_str: String,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) middle_name: Option<String>,
    pub(super) short_name: String,
    pub(super) sex: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Teacher {
    pub(super) id: u64,
    pub(super) id_str: String,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) middle_name: Option<String>,
    pub(super) short_name: String,
    pub(super) sex: &'static str,
    pub(super) house_master: bool,
    pub(super) start_date: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ReportingPeriod {
    #[serde(flatten)]
    pub(super) id: Id,
    pub(super) start: String,
    /// The day after the last: the API's end is exclusive.
    pub(super) finish: String,
    /// From 0.
    pub(super) number: u32,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) name: String,
    pub(super) year: i32,
}

#[derive(Serialize, Clone)]
#[serde(rename_all = "camelCase")]
pub(super) struct Subject {
    #[serde(flatten)]
    pub(super) id: Id,
    pub(super) name: &'static str,
    pub(super) knowledge_area: &'static str,
    pub(super) fgos_subject_id: Option<u64>,
    pub(super) esp_subject_name: Option<String>,
    pub(super) half_year: bool,
}

/// The subject within a lesson: fewer members.
#[derive(Serialize, Clone)]
#[serde(rename_all = "camelCase")]
pub(super) struct LessonSubject {
    #[serde(flatten)]
    pub(super) id: Id,
    pub(super) name: &'static str,
    pub(super) knowledge_area: &'static str,
    pub(super) fgos_subject_id: Option<u64>,
}

#[derive(Serialize)]
pub(super) struct Lesson {
    #[serde(flatten)]
    pub(super) id: Id,
    pub(super) title: Option<String>,
    pub(super) date: String,
    pub(super) number: u32,
    pub(super) subject: LessonSubject,
    pub(super) group: u64,
    pub(super) group_str: String,
    pub(super) status: &'static str,
    pub(super) works: Vec<Work>,
    pub(super) teachers: Vec<u64>,
    pub(super) teachers_str: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Work {
    #[serde(flatten)]
    pub(super) id: Id,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) work_type: u32,
    pub(super) mark_type: &'static str,
    pub(super) mark_count: usize,
    pub(super) lesson: u64,
    #[serde(rename = "lesson_str")]
    pub(super) lesson_str: String,
    pub(super) display_in_journal: bool,
    pub(super) status: &'static str,
    pub(super) edu_group: u64,
    #[serde(rename = "eduGroup_str")]
    pub(super) edu_group_str: String,
    pub(super) tasks: [(); 0],
    pub(super) text: Option<String>,
    pub(super) period_number: u32,
    pub(super) period_type: &'static str,
    pub(super) subject_id: u64,
    pub(super) is_important: bool,
    pub(super) target_date: String,
    pub(super) sent_date: Option<String>,
    pub(super) created_by: u64,
    pub(super) files: [(); 0],
    pub(super) one_drive_links: [(); 0],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Mark {
    #[serde(flatten)]
    pub(super) id: Id,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) value: String,
    pub(super) text_value: String,
    pub(super) person: u64,
    #[serde(rename = "person_str")]
    pub(super) person_str: String,
    pub(super) work: u64,
    #[serde(rename = "work_str")]
    pub(super) work_str: String,
    pub(super) lesson: Option<u64>,
    #[serde(rename = "lesson_str")]
    pub(super) lesson_str: Option<String>,
    /// Which of several marks for one work.
    pub(super) number: usize,
    pub(super) date: String,
    pub(super) work_type: u32,
    pub(super) mood: &'static str,
    #[serde(rename = "use_avg_calc")]
    pub(super) use_avg_calc: bool,
}

#[derive(Serialize)]
pub(super) struct LogEntry {
    pub(super) person: u64,
    pub(super) lesson: u64,
    pub(super) person_str: String,
    pub(super) lesson_str: String,
    pub(super) comment: String,
    pub(super) status: &'static str,
    #[serde(rename = "createdDate")]
    pub(super) created_date: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WorkType {
    pub(super) id: u32,
    pub(super) school_id: u64,
    pub(super) kind_id: u32,
    pub(super) kind: &'static str,
    pub(super) title: &'static str,
    pub(super) abbr: &'static str,
    pub(super) weight: u8,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PersonFinals {
    pub(super) person: u64,
    #[serde(rename = "person_str")]
    pub(super) person_str: String,
    pub(super) group: u64,
    #[serde(rename = "group_str")]
    pub(super) group_str: String,
    pub(super) reporting_period: Option<u64>,
    #[serde(rename = "reportingPeriod_str")]
    pub(super) reporting_period_str: Option<String>,
    #[serde(rename = "per-subject-final-marks")]
    pub(super) per_subject: Vec<SubjectFinal>,
}

#[derive(Serialize)]
pub(super) struct SubjectFinal {
    pub(super) subject: u64,
    pub(super) subject_str: String,
    #[serde(rename = "final-mark")]
    pub(super) mark: Mark,
}
