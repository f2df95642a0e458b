//! What is filed with the copies: the folder's list, the general register, the certifying sheet.

use super::{Papers, lists, order};
use crate::archive::closing::ClosingError;
use crate::closing::procedure::{Proof, Scope};
use crate::closing::{ClassState, page_of};
use crate::journal::PeriodId;
use crate::paper::closing::{
    CertifyingSheet, ExcusedSignature, FolderContents, FolderCopy, GeneralRegister, RegisterLine,
};
use crate::paper::wording::forms::{FormerLine, OrderOf, SupplementNumber};
use crate::paper::words::date_in_figures;
use crate::register::{CopyNumber, OrderRef, SheetRun, StaffId};
use std::collections::BTreeMap;

impl Papers<'_> {
    /// The copies of a period that are printed.
    pub(super) fn copies_of(&self, period: PeriodId) -> Vec<CopyNumber> {
        let classes = self.closing.classes.iter();
        let of_period = classes.filter(|class| class.facts.period == period);
        of_period.filter_map(ClassState::copy_number).collect()
    }

    /// The list of a folder or supplement with these copies.
    pub(in crate::archive::closing) fn folder(
        &self,
        period: PeriodId,
        copies: &[CopyNumber],
    ) -> FolderContents {
        let classes = copies.iter().filter_map(|copy| self.closing.of_copy(*copy));
        let copies = classes.filter_map(|class| self.folder_copy(class));
        FolderContents { period, index: None, copies: copies.collect() }
    }

    fn folder_copy(&self, class: &ClassState) -> Option<FolderCopy> {
        let copy = class.copy.as_ref()?;
        let folders = self.closing.folders_of(class.facts.period);
        let next = folders.last().map_or(0, |folder| folder.supplement + 1);
        let filed = class.filed.last().filter(|_| class.is_filed());
        let supplement = filed.map_or(next, |(_, supplement, _)| *supplement);
        let corrected = copy.documents.len() > 1;
        let texts = &self.wording.filing.folder;
        let mut note = Vec::new();
        if supplement > 0 {
            note.push(texts.supplement.fill(&SupplementNumber { number: supplement.to_string() }));
        }
        let by_order = class.agreed.last().and_then(|(_, order, _)| order.as_ref());
        match by_order {
            Some(order) => note.push(texts.corrected_by_order.fill(&OrderOf {
                order: order.number().to_owned(),
                date: date_in_figures(order.date()),
            })),
            None if corrected => note.push(texts.corrected.clone()),
            None => {}
        }
        Some(FolderCopy {
            class: class.facts.class.clone(),
            class_teacher: self.class_teacher(class),
            copy: copy.copy,
            record: copy.record,
            sheets: self.valid(class),
            note: note.join("; "),
            excused: self.excused_signatures(class),
        })
    }

    /// Signatures that are absent by order, each page once.
    fn excused_signatures(&self, class: &ClassState) -> Vec<ExcusedSignature> {
        let mut found: BTreeMap<(StaffId, OrderRef, String), Vec<u32>> = BTreeMap::new();
        let excused = class.signatures.iter().filter_map(|((_, sheet), signature)| {
            Some((*sheet, signature.done.by, signature.excused.clone()?))
        });
        for (sheet, by, order) in excused {
            let page = page_of(class, sheet).map(|page| page.key().to_string());
            let page = page.unwrap_or_else(|| self.wording.closing.checklist.title.clone());
            found.entry((by, order, page)).or_default().push(sheet);
        }
        let runs = |sheets: Vec<u32>| {
            let kind = crate::register::SheetKind::Page;
            let run = |sheet| SheetRun { kind, from: sheet, to: sheet, page: None, digest: None };
            sheets.into_iter().map(run).collect()
        };
        found
            .into_iter()
            .map(|((by, by_order, page), sheets)| ExcusedSignature {
                page,
                sheets: runs(sheets),
                signer: self.name(by),
                order: order(&by_order),
            })
            .collect()
    }

    /// The lines of the general register this closing has entered, by number.
    pub(super) fn general_register(&self) -> GeneralRegister {
        let offset = self.settings.utc_offset;
        let mut lines = Vec::new();
        for class in &self.closing.classes {
            let Some(copy) = &class.copy else { continue };
            let given = self.closing.procedure.steps.iter().find_map(|step| {
                let handed_over = step.proof == Proof::HandedOver && step.scope == Scope::Class;
                class.deeds.get(&step.id).filter(|_| handed_over).map(|done| done.by)
            });
            for (place, (line, done)) in class.lines.iter().enumerate() {
                let (record, sheets) = copy.at(done.seq);
                let former = class.lines.get(place.wrapping_sub(1)).map(|(line, _)| *line);
                let texts = &self.wording.filing.general_register;
                let note = former.map(|former| {
                    let number = former.to_string();
                    texts.instead_of.fill(&FormerLine { number })
                });
                lines.push(RegisterLine {
                    number: line.get(),
                    entered: done.time.with_timezone(&offset).date_naive(),
                    class: class.facts.class.clone(),
                    period: class.facts.period,
                    copy: copy.copy,
                    record,
                    sheets,
                    given: self.name(given.unwrap_or(done.by)),
                    taken: Some(self.name(done.by)),
                    place: None,
                    note: note.unwrap_or_default(),
                });
            }
        }
        lines.sort_by_key(|line| line.number);
        GeneralRegister { first_sheet: 1, lines }
    }

    /// Лист-заверитель of a class's copy: sheets that were voided are numbers passed over.
    pub(super) fn certifying_sheet(
        &self,
        class: &ClassState,
    ) -> Result<CertifyingSheet, ClosingError> {
        let copy = lists::printed(class)?;
        let valid = self.valid(class);
        let is_valid = |sheet: &u32| valid.iter().any(|run| (run.from..=run.to).contains(sheet));
        let last = valid.iter().map(|run| run.to).max().unwrap_or(0);
        Ok(CertifyingSheet {
            number: copy.to_string(),
            sheets: valid.iter().map(|run| run.count() as usize).sum(),
            lettered: Vec::new(),
            missing: (1..=last).filter(|sheet| !is_valid(sheet)).collect(),
            inventory: 0,
            condition: Vec::new(),
        })
    }
}
