//! Embeds everything of `frontend/dist`: hashed names, brotli and gzip made once, here.
//!
//! The hash is of the bytes, so a page and its style can never be of two releases, and a browser may keep a file for ever.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

use sha2::{Digest as _, Sha256};

/// Hexadecimal digits of the hash that go into a name.
const HASH_DIGITS: usize = 12;

fn main() -> ExitCode {
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var("OUT_DIR").unwrap_or_default());
    let dist = here.join("../../frontend/dist");
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed={}", dist.display());
    if !dist.join("app.css").is_file() {
        eprintln!("The pages need their styles and scripts, and frontend/dist has none: run `make assets`.");
        return ExitCode::FAILURE;
    }
    match embed(&dist, &out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("frontend/dist cannot be embedded: {fault}");
            ExitCode::FAILURE
        }
    }
}

/// Writes each file and its compressed twins, and the table of them all.
fn embed(dist: &Path, out: &Path) -> io::Result<()> {
    let mut files: Vec<PathBuf> = fs::read_dir(dist)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    files.retain(|path| path.is_file());
    files.sort();
    let mut table = String::from("pub(super) static ASSETS: &[Asset] = &[\n");
    for path in files {
        println!("cargo:rerun-if-changed={}", path.display());
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let bytes = fs::read(&path)?;
        let hash: String = Sha256::digest(&bytes).iter().take(HASH_DIGITS / 2).fold(String::new(), |mut hex, byte| {
            // Writing to a text cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        let hashed = match name.rsplit_once('.') {
            Some((stem, extension)) => format!("{stem}.{hash}.{extension}"),
            None => format!("{name}.{hash}"),
        };
        let plain = out.join(&hashed);
        fs::write(&plain, &bytes)?;
        fs::write(out.join(format!("{hashed}.br")), brotli(&bytes)?)?;
        fs::write(out.join(format!("{hashed}.gz")), gzip(&bytes)?)?;
        let _ = writeln!(
            table,
            "Asset {{ name: {name:?}, href: \"/assets/{hashed}\", content_type: {kind:?}, etag: \"\\\"{hash}\\\"\", \
             bytes: include_bytes!({at:?}), br: include_bytes!(concat!({at:?}, \".br\")), \
             gz: include_bytes!(concat!({at:?}, \".gz\")) }},",
            kind = content_type(name),
            at = plain.display().to_string(),
        );
    }
    table.push_str("];\n");
    fs::write(out.join("assets.rs"), table)
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webmanifest" | "json") => "application/json",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &parameters)?;
    Ok(packed)
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}
