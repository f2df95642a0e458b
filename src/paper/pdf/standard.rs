//! What makes a PDF file a PDF/A: metadata, colours, identifiers, fonts' tables, version.

use super::super::{PaperError, Print};
use super::Part;
use super::fonts::Subset;
use crate::digest::Digest;
use chrono::{DateTime, Utc};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};

/// sRGB of Compact-ICC-Profiles (`sRGB-v2-magic.icc`, CC0 1.0): what grey means in the files.
const SRGB: &[u8] = include_bytes!("srgb-v2.icc");

/// Program named in the metadata. Without a version: an upgrade must not change the bytes of a form.
const PRODUCER: &str = "Letopis";

/// Makes the file conform and writes it.
pub(super) fn finish(
    mut document: Document,
    print: &Print,
    fonts: &[Subset],
    part: Part,
) -> Result<Vec<u8>, PaperError> {
    let failed = |cause: lopdf::Error| PaperError::Pdf(cause.to_string());
    document.version = match part {
        #[cfg(test)]
        Part::One => "1.4".to_owned(),
        Part::Two => "1.7".to_owned(),
    };
    let info = document.trailer.get(b"Info").and_then(Object::as_reference).map_err(failed)?;
    document.set_object(info, info_dictionary(print));
    for font in fonts {
        complete_font(&mut document, font, part).map_err(failed)?;
    }
    let profile = document.add_object(Stream::new(dictionary! { "N" => 3 }, SRGB.to_vec()));
    let metadata = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    // Never compressed: part 1 forbids it, and a reader without a PDF library should find it.
    let metadata = Stream::new(metadata, xmp(print, part).into_bytes()).with_compression(false);
    let metadata = document.add_object(metadata);
    let catalog = document.catalog_mut().map_err(failed)?;
    catalog.set("Metadata", metadata);
    catalog.set("OutputIntents", vec![Object::from(output_intent(profile))]);
    catalog.set("Lang", Object::string_literal(print.language));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    document.compress();
    save(document)
}

fn output_intent(profile: ObjectId) -> Dictionary {
    dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB IEC61966-2.1"),
        "Info" => Object::string_literal("sRGB IEC61966-2.1"),
        "RegistryName" => Object::string_literal("http://www.color.org"),
        "DestOutputProfile" => profile,
    }
}

/// Gives a subset its own codes, and in part 1 the list of them (ISO 19005-1, 6.3.5).
fn complete_font(document: &mut Document, font: &Subset, part: Part) -> lopdf::Result<()> {
    let map = document.add_object(Stream::new(Dictionary::new(), font.glyph_map()));
    let composite = document.objects.iter().find_map(|(&id, object)| {
        let named = object.as_dict().ok()?.get(b"BaseFont").ok()?.as_name().ok()?;
        (named == font.name().as_bytes()).then_some(id)
    });
    let composite = composite.ok_or(lopdf::Error::DictKey(font.name().to_owned()))?;
    let descendants = document.get_dictionary_mut(composite)?.get_mut(b"DescendantFonts")?;
    let descendant = descendants
        .as_array_mut()?
        .first_mut()
        .ok_or_else(|| lopdf::Error::DictKey("DescendantFonts".to_owned()))?
        .as_dict_mut()?;
    descendant.set("CIDToGIDMap", map);
    let descriptor = descendant.get(b"FontDescriptor")?.as_reference()?;
    if part.lists_codes() {
        let set = document.add_object(Stream::new(Dictionary::new(), font.code_set()));
        document.get_dictionary_mut(descriptor)?.set("CIDSet", set);
    }
    Ok(())
}

/// Saves twice: the identifier is a digest of the file without it.
pub(super) fn save(mut document: Document) -> Result<Vec<u8>, PaperError> {
    let write = |document: &mut Document| {
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).map_err(|cause| PaperError::Pdf(cause.to_string()))?;
        bytes.push(b'\n');
        Ok::<_, PaperError>(bytes)
    };
    document.trailer.remove(b"ID");
    let digest = Digest::of(&write(&mut document)?);
    let id = Object::String(digest.as_bytes()[..16].to_vec(), StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    write(&mut document)
}

/// A text string: UTF-16 with a byte order mark (ISO 32000-1, 7.9.2.2).
fn text(string: &str) -> Object {
    let units = std::iter::once(0xFEFF).chain(string.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}

fn info_dictionary(print: &Print) -> Dictionary {
    let date =
        |time: DateTime<Utc>| Object::string_literal(time.format("D:%Y%m%d%H%M%SZ").to_string());
    dictionary! {
        "Title" => text(&print.title),
        "Author" => text(&print.author),
        "Creator" => text(PRODUCER),
        "Producer" => text(PRODUCER),
        "CreationDate" => date(print.made),
        "ModDate" => date(print.made),
    }
}

/// The metadata packet (ISO 16684-1), equal to the information dictionary (ISO 19005-1, 6.7.3).
fn xmp(print: &Print, part: Part) -> String {
    let number = match part {
        #[cfg(test)]
        Part::One => 1,
        Part::Two => 2,
    };
    let (title, author) = (escaped(&print.title), escaped(&print.author));
    let (language, date) = (print.language, print.made.format("%Y-%m-%dT%H:%M:%SZ"));
    format!(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>
<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">
<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">
<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">
<pdfaid:part>{number}</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">
<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
</rdf:Description>
<rdf:Description rdf:about=\"\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">
<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
</rdf:Description>
<rdf:Description rdf:about=\"\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">
<pdf:Producer>{PRODUCER}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end=\"r\"?>"
    )
}

/// Text for XML 1.0; control characters, which it cannot hold, are left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}
