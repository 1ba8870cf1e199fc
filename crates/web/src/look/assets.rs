//! Styles, scripts and the icon: embedded, with hashed names, compressed when the program was built.

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// Answer this for every asset: its name changes with its bytes, so a copy never goes stale.
pub const CACHE_CONTROL: &str = "public, max-age=31536000, immutable";

/// One embedded file.
#[derive(Debug, Clone, Copy)]
pub struct Asset {
    /// The stable name, e.g. `app.css`.
    pub name: &'static str,
    /// The address, with the hash in it.
    pub href: &'static str,
    /// The media type.
    pub content_type: &'static str,
    /// The entity tag, with its quotation marks.
    pub etag: &'static str,
    /// The bytes as they are.
    pub bytes: &'static [u8],
    /// The bytes in brotli.
    pub br: &'static [u8],
    /// The bytes in gzip.
    pub gz: &'static [u8],
}

/// The asset at an address: `/assets/app.0123456789ab.css`, or what follows `/assets/`.
pub fn find(path: &str) -> Option<Asset> {
    let name = path.strip_prefix("/assets/").unwrap_or(path);
    ASSETS.iter().find(|asset| asset.href.strip_prefix("/assets/") == Some(name)).copied()
}

/// The address of an asset by its stable name. Every name that a template asks for exists; a test holds that.
pub fn href(name: &str) -> &'static str {
    ASSETS.iter().find(|asset| asset.name == name).map_or("/assets/", |asset| asset.href)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_links_to_is_there() {
        for name in ["app.css", "desk.css", "page.js", "icon.svg"] {
            let asset = find(href(name)).expect(name);
            assert_eq!(asset.name, name);
            assert!(asset.href.len() > "/assets/".len() + name.len(), "{name} has no hash");
            assert!(!asset.bytes.is_empty() && asset.etag.len() > 2);
        }
        assert!(find("app.css").is_none(), "without its hash it is no address");
        assert!(find("/assets/../Cargo.toml").is_none());
    }

    #[test]
    fn the_compressed_twins_are_the_same_bytes() {
        for asset in ASSETS {
            assert!(asset.br.len() < asset.bytes.len() + 16, "{}", asset.name);
            let mut plain = Vec::new();
            std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(asset.gz), &mut plain).expect(asset.name);
            assert_eq!(plain, asset.bytes, "{}", asset.name);
            let mut plain = Vec::new();
            brotli::BrotliDecompress(&mut &asset.br[..], &mut plain).expect(asset.name);
            assert_eq!(plain, asset.bytes, "{}", asset.name);
        }
    }
}
