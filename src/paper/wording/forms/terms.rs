//! `terms.toml`: words all forms share.

use crate::journal::{Class, ClassKind};
use crate::paper::wording::Text;
use crate::paper::wording::read::{Field, FromField, Problems};
use crate::paper::words::Case;
pub use crate::staff::Role;

values! {
    /// The name of a class, group or activity.
    pub struct NameOf {
        /// «7А», «ТО-21».
        name,
    }
}

values! {
    /// One of a form's sides.
    pub struct SideOf {
        /// From 1.
        side,
        /// How many there are.
        sides,
    }
}

form! {
    /// What a class is called.
    pub struct ClassCalled {
        /// «7А класс».
        nominative: Text<NameOf>,
        /// «7А класса».
        genitive: Text<NameOf>,
    }
}

impl FromField for Role {
    fn from_field(field: &Field<'_, '_>, p: &mut Problems<'_>) -> Option<Self> {
        field.word(&Role::WORDS, p)
    }
}

form! {
    /// What roles are called beside a signature.
    pub struct RoleNames {
        /// Of a school's page.
        teacher: String,
        /// Of a college's page.
        lecturer: String,
        /// Of a school class.
        class_teacher: String,
        /// Of a college group.
        curator: String,
        /// Of an activity.
        leader: String,
        /// Заместитель директора.
        deputy: String,
        /// Заведующий учебной частью.
        head_of_studies: String,
        /// Директор.
        director: String,
        /// Ответственный за архив.
        archivist: String,
    }
}

form! {
    /// Small words under and beside lines to be filled in.
    pub struct Captions {
        /// Under the line for the signature.
        signature: String,
        /// Under the line for the name in full.
        name: String,
        /// Under the line for the date.
        date: String,
        /// Where the seal goes.
        seal: String,
        /// At the foot of a form's sides.
        side: Text<SideOf>,
        /// Across every sheet of a draft.
        draft: String,
        /// Where a signature was excused by the director's order: printed as absent, never as given.
        excused: String,
        /// Stands for what the source did not give.
        not_given: String,
    }
}

form! {
    /// `terms.toml`.
    pub struct Terms {
        /// A school class.
        class: ClassCalled,
        /// A college group.
        group: ClassCalled,
        /// A club or additional course.
        activity: ClassCalled,
        /// Roles.
        roles: RoleNames,
        /// Captions.
        captions: Captions,
    }
}

impl Terms {
    /// «7А класса», «группы ТО-21».
    pub fn class_name(&self, class: &Class, case: Case) -> String {
        let called = match class.kind {
            ClassKind::School { .. } => &self.class,
            ClassKind::Group { .. } => &self.group,
            ClassKind::Activity { .. } => &self.activity,
        };
        let text = match case {
            Case::Nominative => &called.nominative,
            Case::Genitive => &called.genitive,
        };
        text.fill(&NameOf { name: class.name().to_string() })
    }

    /// What a role is called where the journal of this class is signed.
    pub fn role(&self, role: Role, class: &Class) -> &str {
        let names = &self.roles;
        match (role, &class.kind) {
            (Role::Teacher, ClassKind::Group { .. }) => &names.lecturer,
            (Role::Teacher, _) => &names.teacher,
            (Role::ClassTeacher, ClassKind::School { .. }) => &names.class_teacher,
            (Role::ClassTeacher, ClassKind::Group { .. }) => &names.curator,
            (Role::ClassTeacher, ClassKind::Activity { .. }) => &names.leader,
            (Role::Deputy | Role::HeadOfStudies | Role::Director | Role::Archivist, _) => {
                self.office(role)
            }
        }
    }

    /// What a role is called where no class is at hand; teachers as in a school.
    pub fn office(&self, role: Role) -> &str {
        let names = &self.roles;
        match role {
            Role::Teacher => &names.teacher,
            Role::ClassTeacher => &names.class_teacher,
            Role::Deputy => &names.deputy,
            Role::HeadOfStudies => &names.head_of_studies,
            Role::Director => &names.director,
            Role::Archivist => &names.archivist,
        }
    }
}
