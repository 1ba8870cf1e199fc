//! Finds the two faces that the sheets are set in; `fonts.rs` embeds them.
//!
//! They are not compressed: gzip takes only 13 % off these outlines, and an uncompressed static is read from the
//! binary page by page, so faces that no sheet has used yet cost no memory, and the kernel may drop what it read.

use std::path::Path;
use std::process::ExitCode;

/// The variable that `fonts.rs` reads, and the file in the npm package.
const FACES: [(&str, &str); 2] =
    [("LINLI_FACE_REGULAR", "NotoSansHans-Regular.otf"), ("LINLI_FACE_BOLD", "NotoSansHans-Bold.otf")];

fn main() -> ExitCode {
    println!("cargo:rerun-if-changed=build.rs");
    let here = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let folder = Path::new(&here).join("../../frontend/node_modules/@embedpdf/fonts-sc/fonts");
    for (variable, file) in FACES {
        let path = folder.join(file);
        println!("cargo:rerun-if-changed={}", path.display());
        if !path.is_file() {
            eprintln!("The sheets need {file} from @embedpdf/fonts-sc: run `make assets` (npm ci in frontend/).");
            return ExitCode::FAILURE;
        }
        println!("cargo:rustc-env={variable}={}", path.display());
    }
    ExitCode::SUCCESS
}
