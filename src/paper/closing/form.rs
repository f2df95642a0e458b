//! How papers of the closing look: school, heading, body, signatures, foot.

use super::Letterhead;
use crate::paper::wording::forms::Role;
use crate::paper::words::Initials;
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
    /// Size of the heading.
    heading: Length,
}

/// The heading of papers that lie on a table.
const HEADING: Length = Length::pt(15);

impl<'f> Form<'f> {
    /// The school's name over a line, and the heading.
    pub(super) fn begin(
        head: &'f Letterhead<'f>,
        format: Format,
        title: String,
    ) -> Result<Form<'f>, PaperError> {
        Form::begin_in(HEADING, head, format, title)
    }

    /// The same with a heading in this size.
    pub(super) fn begin_in(
        heading: Length,
        head: &'f Letterhead<'f>,
        format: Format,
        title: String,
    ) -> Result<Form<'f>, PaperError> {
        let writing = Writing::new(format, Margins::STITCHED);
        let mut form = Form { head, writing, title, heading };
        form.top()?;
        Ok(form)
    }

    /// School and heading, at the top of a side.
    fn top(&mut self) -> Result<(), PaperError> {
        let style = Style::new(Face::Sans, Length::pt(10));
        self.text(style, Align::Middle, self.head.school)?;
        self.writing.space(Length::mm(1));
        self.writing.rule(Length::pt10(8));
        self.writing.space(Length::mm(5));
        let title = self.title.clone();
        self.text(Style::new(Face::SerifBold, self.heading), Align::Middle, &title)?;
        self.writing.space(Length::mm(2));
        Ok(())
    }

    pub(super) fn text(
        &mut self,
        style: Style,
        align: Align,
        text: &str,
    ) -> Result<(), PaperError> {
        self.writing.text(style, align, &bound(text), &Place::of(&self.title))
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

/// The text with no-break spaces where a line must not end: after a number, «№» and
/// a preposition of one or two letters, before an initial.
pub(super) fn bound(text: &str) -> String {
    let mut bound = String::with_capacity(text.len());
    for word in text.split_inclusive(' ') {
        if is_initial(word.trim_end_matches([' ', ',', ';', ':'])) && bound.ends_with(' ') {
            bound.pop();
            bound.push('\u{A0}');
        }
        bound.push_str(word);
        let bare = word.strip_suffix(' ').filter(|word| {
            let digits = word.bytes().all(|b| b.is_ascii_digit());
            let short = word.chars().count() <= 2 && word.chars().all(char::is_lowercase);
            *word == "№" || !word.is_empty() && (digits || short)
        });
        if bare.is_some() {
            bound.pop();
            bound.push('\u{A0}');
        }
    }
    bound
}

/// «И.», «С.-М.».
fn is_initial(word: &str) -> bool {
    let parts = || word.split('-');
    let part =
        |part: &str| part.strip_suffix('.').is_some_and(|letter| letter.chars().count() == 1);
    parts().all(part) && word.chars().next().is_some_and(char::is_uppercase)
}

/// A name in a list, «Орлова И. И.», whose initials stay with it.
pub(super) fn listed(name: &Initials) -> String {
    bound(&name.after())
}

/// The header row of a table.
pub(super) fn header<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<Row<'a>> {
    let cell = |text: &'a str| Cell::new(text).shaded();
    vec![Row::new("", texts.into_iter().map(cell).collect())]
}
