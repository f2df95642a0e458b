//! How papers of the closing look: school, heading, body, signatures, foot.

use super::Letterhead;
use crate::paper::wording::forms::Role;
use crate::paper::{
    Align, Cell, Face, Foot, Format, Length, Look, Margins, PaperError, Place, Row, Side,
    SignatureLine, Style, Table, Writing,
};

/// Running text.
pub(super) const BODY: Style = Style::new(Face::Serif, Length::pt(11));
/// Cells of tables.
pub(super) const CELL: Style = Style::new(Face::Sans, Length::pt(10));
/// Notes, and cells of wide tables.
pub(super) const SMALL: Style = Style::new(Face::Sans, Length::pt(9));

/// Tables to be read and ticked by hand.
pub(super) const ROOMY: Look = Look {
    border: Some(Length::pt10(5)),
    beside: Length::mm10(15),
    above: Length::mm(1),
    header_height: Length::mm(8),
    row_height: Length::mm(7),
};

/// A paper of the closing that is being written.
pub(super) struct Form<'f> {
    pub(super) head: &'f Letterhead<'f>,
    pub(super) writing: Writing,
    /// Heading; also the document's title, and what stands at the foot of every side.
    pub(super) title: String,
}

impl<'f> Form<'f> {
    /// The school's name over a line, and the heading.
    pub(super) fn begin(
        head: &'f Letterhead<'f>,
        format: Format,
        title: String,
    ) -> Result<Form<'f>, PaperError> {
        let writing = Writing::new(format, Margins::STITCHED);
        let mut form = Form { head, writing, title };
        form.top()?;
        Ok(form)
    }

    /// School and heading, at the top of a side.
    pub(super) fn top(&mut self) -> Result<(), PaperError> {
        let style = Style::new(Face::Sans, Length::pt(10));
        self.text(style, Align::Middle, self.head.school)?;
        self.writing.space(Length::mm(1));
        self.writing.rule(Length::pt10(8));
        self.writing.space(Length::mm(5));
        let title = self.title.clone();
        self.text(Style::new(Face::SerifBold, Length::pt(15)), Align::Middle, &title)?;
        self.writing.space(Length::mm(2));
        Ok(())
    }

    pub(super) fn text(
        &mut self,
        style: Style,
        align: Align,
        text: &str,
    ) -> Result<(), PaperError> {
        self.writing.text(style, align, text, &Place::of(&self.title))
    }

    /// A paragraph of running text.
    pub(super) fn body(&mut self, text: &str) -> Result<(), PaperError> {
        self.text(BODY, Align::Left, text)
    }

    /// A table with room before and after it. Without rows it has one that says so.
    pub(super) fn table<'t>(
        &mut self,
        mut table: Table<'t>,
        nothing: &'t str,
    ) -> Result<(), PaperError> {
        if table.rows.is_empty() {
            let columns = u16::try_from(table.columns.len()).unwrap_or(u16::MAX);
            let cell = Cell::new(nothing).across(columns).align(Align::Middle);
            table.rows.push(Row::new("", vec![cell]));
        }
        self.writing.space(Length::mm(4));
        self.writing.table(&table, &Place::of(&self.title))?;
        self.writing.space(Length::mm(4));
        Ok(())
    }

    /// Lines for the signatures of these roles, together.
    pub(super) fn signatures(&mut self, roles: &[Role]) -> Result<(), PaperError> {
        let names: Vec<Option<String>> = roles
            .iter()
            .map(|role| self.head.official(*role).map(|official| official.name.before()))
            .collect();
        let lines: Vec<SignatureLine<'_>> = roles
            .iter()
            .zip(&names)
            .map(|(role, name)| SignatureLine {
                role: self.head.post(*role),
                name: name.as_deref(),
                seal: false,
            })
            .collect();
        self.writing.space(Length::mm(3));
        let captions = &self.head.wording.terms.captions;
        self.writing.signatures(&lines, captions, BODY, &Place::of(&self.title))
    }

    /// The sides, each with its foot.
    pub(super) fn finish(self) -> Result<Vec<Side>, PaperError> {
        let number = &self.head.wording.terms.captions.side;
        let style = Style::new(Face::Sans, Length::pt(8));
        let foot = Foot { left: &self.title, number, style };
        self.writing.finish_with(&foot, &Place::of(&self.title))
    }
}

/// The header row of a table.
pub(super) fn header<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<Row<'a>> {
    let cell = |text: &'a str| Cell::new(text).shaded();
    vec![Row::new("", texts.into_iter().map(cell).collect())]
}
