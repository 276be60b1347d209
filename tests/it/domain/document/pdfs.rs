//! PDFs as scanners and offices make them.

use lopdf::{Document, Object, SaveOptions, Stream, dictionary};
use zaguan::domain::document::{DocumentFault, inspect};

use super::{Pdf, pages};

#[test]
fn pages_are_counted() {
    for number in [1, 3, 250] {
        assert_eq!(inspect(&Pdf::of(usize::try_from(number).unwrap()).bytes()), Ok(pages(number)));
    }
}

#[test]
fn a_pdf_without_pages_is_no_paper() {
    assert_eq!(inspect(&Pdf::of(0).bytes()), Err(DocumentFault::NoPages));
}

#[test]
fn what_a_node_says_of_its_own_number_is_not_believed() {
    let file = String::from_utf8_lossy(&Pdf::of(3).bytes()).replace("/Count 3", "/Count 9");
    assert_eq!(inspect(file.as_bytes()), Ok(pages(3)));
}

#[test]
fn a_nested_page_tree_and_kids_in_an_array_of_their_own_are_followed() {
    let mut pdf = Pdf::of(2);
    pdf.objects[1] = "<</Type /Pages /Kids 6 0 R>>".to_owned();
    let pdf = pdf.object("<</Type /Pages /Kids [3 0 R 4 0 R 4 0 R]>>").object("[5 0 R 3 0 R]");
    assert_eq!(inspect(&pdf.bytes()), Ok(pages(4)));
}

#[test]
fn an_encrypted_pdf_is_refused_as_such() {
    let pdf = Pdf::of(1).trailer("/Encrypt <</Filter /Standard /V 4>>");
    assert_eq!(inspect(&pdf.bytes()), Err(DocumentFault::Encrypted));
}

#[test]
fn a_pdf_that_is_cut_short_is_no_pdf() {
    let whole = Pdf::of(3).bytes();
    for length in 0..whole.len() - 6 {
        assert!(inspect(&whole[..length]).is_err(), "{length} bytes");
    }
}

#[test]
fn the_newest_of_several_objects_with_one_number_counts() {
    let update = "2 0 obj\n<</Type /Pages /Kids [3 0 R]>>\nendobj\ntrailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n";
    let file = [Pdf::of(3).bytes(), update.into()].concat();
    assert_eq!(inspect(&file), Ok(pages(1)));
}

#[test]
fn what_looks_like_an_object_inside_a_stream_is_none() {
    let inner = "2 0 obj\n<</Type /Pages /Kids [3 0 R 3 0 R]>>\nendobj";
    let stream = format!("<</Length {}>>\nstream\n{inner}\nendstream", inner.len());
    assert_eq!(inspect(&Pdf::of(1).object(&stream).bytes()), Ok(pages(1)));
    let misleading = stream.replace("/Length ", "/Length 9");
    assert_eq!(inspect(&Pdf::of(1).object(misleading).bytes()), Ok(pages(1)));
    let elsewhere = format!("<</Length 5 0 R>>\nstream\n{inner}\nendstream");
    assert_eq!(inspect(&Pdf::of(1).object(elsewhere).object(inner.len().to_string()).bytes()), Ok(pages(1)));
}

#[test]
fn active_content_is_noted_wherever_it_stands_and_however_it_is_spelled() {
    let active = [
        "<</S /JavaScript /JS (app.alert\\(1\\))>>",
        "<</S /Java#53cript>>",
        "<</A [[<</B <</S /Launch /F (calc.exe)>>>>]]>>",
        "<</Names <</EmbeddedFiles 9 0 R>>>>",
        "[/RichMedia]",
    ];
    for object in active {
        let facts = inspect(&Pdf::of(1).object(object).bytes()).unwrap();
        assert!(facts.has_active_content && facts.pages == 1, "{object}");
    }
    let harmless = Pdf::of(1).object("<</Title (/JavaScript) /Note <2F4A53> /Launcher true>> % /JS");
    assert_eq!(inspect(&harmless.bytes()), Ok(pages(1)));
}

/// A document made with an independent program, in either of its spellings.
fn made_elsewhere(number: u32, packs_objects: bool) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let root = document.new_object_id();
    let kids: Vec<Object> = (0..number)
        .map(|page| {
            let content = document.add_object(Stream::new(dictionary! {}, format!("BT ({page}) Tj ET").into_bytes()));
            let page = dictionary! { "Type" => "Page", "Parent" => root, "Contents" => content };
            document.add_object(page).into()
        })
        .collect();
    document.objects.insert(root, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => number }.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
    document.trailer.set("Root", catalog);
    document.compress();
    let mut file = Vec::new();
    let options = SaveOptions::builder().use_object_streams(packs_objects).use_xref_streams(packs_objects).build();
    document.save_with_options(&mut file, options).unwrap();
    file
}

#[test]
fn another_program_counts_the_same_pages() {
    for number in [1, 7, 400] {
        for packs_objects in [false, true] {
            let file = made_elsewhere(number, packs_objects);
            let independent = Document::load_mem(&file).unwrap().get_pages().len();
            assert_eq!(independent, usize::try_from(number).unwrap());
            assert_eq!(inspect(&file), Ok(pages(number)), "packed: {packs_objects}");
        }
    }
    let packed = made_elsewhere(7, true);
    assert!(packed.windows(6).any(|window| window == b"ObjStm"), "the packed spelling was not tried");
}
