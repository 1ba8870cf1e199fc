//! TLS to PostgreSQL, where the address asks for it; a certificate that was asked for is always checked.

use std::sync::Arc;

use rustls_platform_verifier::BuilderVerifierExt;
use tokio_postgres::Config;
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::Fault;

/// Reads a `postgres://` address: its settings, and a connector when its `sslmode` asks for TLS.
///
/// `verify-ca` and `verify-full` are taken like `require`: the name and the chain are checked in each of them.
pub(crate) fn connector(url: &str) -> Result<(Config, Option<MakeRustlsConnect>), Fault> {
    let asks = ["sslmode=require", "sslmode=verify-full", "sslmode=verify-ca"].iter().any(|mode| url.contains(mode));
    let plain = url.replace("sslmode=verify-full", "sslmode=require").replace("sslmode=verify-ca", "sslmode=require");
    // Without the address: it may hold a password.
    let config: Config =
        plain.parse().map_err(|_| Fault::Unavailable("the PostgreSQL address cannot be read".into()))?;
    if !asks {
        return Ok((config, None));
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(BuilderVerifierExt::with_platform_verifier)
        .map_err(|e| Fault::Unavailable(format!("TLS: {e}")))?
        .with_no_client_auth();
    Ok((config, Some(MakeRustlsConnect::new(tls))))
}

#[cfg(test)]
mod tests {
    use super::connector;

    #[test]
    fn tls_is_there_when_it_is_asked_for() {
        for (url, tls) in [
            ("postgres://u@h/d", false),
            ("postgres://u@h/d?sslmode=disable", false),
            ("postgres://u@h/d?sslmode=require", true),
            ("postgres://u@h/d?sslmode=verify-full", true),
        ] {
            let asked = connector(url).map(|(_, connector)| connector.is_some());
            assert_eq!(asked, Ok(tls), "{url}");
        }
        let fault = connector("postgres://u:secret@h:notaport/d").err().map(|fault| fault.to_string());
        assert!(fault.is_some_and(|told| !told.contains("secret")));
    }
}
