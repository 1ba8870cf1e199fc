//! Settings: a flag, else the environment, else one file, else a default. docs/operations.md lists them.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Deserialize;

/// Where the data is; every command takes these.
#[derive(Debug, Clone, Args)]
pub struct DataArgs {
    /// Folder of the database and the photos.
    #[arg(long, env = "LINLI_DATA", value_name = "DIR")]
    pub data: PathBuf,
    /// `sqlite:PATH` or `postgres://…`; a SQLite file in the data folder without it.
    #[arg(long, env = "LINLI_DATABASE", value_name = "URL", hide_env_values = true)]
    pub database: Option<String>,
    /// File of this installation's key; `DIR.key` beside the data folder without it.
    #[arg(long, env = "LINLI_KEY_FILE", value_name = "FILE")]
    pub key_file: Option<PathBuf>,
    /// File of settings; `DIR/linli.toml` if it is there.
    #[arg(long, env = "LINLI_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// What `linli serve` takes besides.
#[derive(Debug, Clone, Args)]
pub struct ServeArgs {
    /// Where the data is.
    #[command(flatten)]
    pub data: DataArgs,
    /// Address and port to listen on; 127.0.0.1:8080 without it.
    #[arg(long, env = "LINLI_LISTEN", value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
    /// The address that people open, such as `https://linli.example.org`; links and codes are made from it alone.
    #[arg(long, env = "LINLI_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// Address of a proxy whose `X-Forwarded-For` is believed; may be given several times.
    #[arg(long = "trusted-proxy", env = "LINLI_TRUSTED_PROXIES", value_name = "IP", value_delimiter = ',')]
    pub trusted_proxies: Vec<IpAddr>,
    /// Connections to PostgreSQL.
    #[arg(long, env = "LINLI_CONNECTIONS", value_name = "N")]
    pub connections: Option<usize>,
    /// For tests: a file that holds how many seconds the clock is ahead.
    #[arg(long, value_name = "FILE", hide = true)]
    pub clock_file: Option<PathBuf>,
}

/// The file of settings; every key is the flag of the same name.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SettingsFile {
    database: Option<String>,
    key_file: Option<PathBuf>,
    listen: Option<SocketAddr>,
    public_url: Option<String>,
    #[serde(default)]
    trusted_proxies: Vec<IpAddr>,
    connections: Option<usize>,
}

impl SettingsFile {
    fn read(data: &DataArgs) -> Result<Self, String> {
        let usual = data.data.join("linli.toml");
        let path: &Path = match &data.config {
            Some(path) => path,
            None if usual.exists() => &usual,
            None => return Ok(Self::default()),
        };
        let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))
    }
}

impl DataArgs {
    /// Fills in from the file.
    pub fn with_file(mut self) -> Result<Self, String> {
        let file = SettingsFile::read(&self)?;
        self.database = self.database.or(file.database);
        self.key_file = self.key_file.or(file.key_file);
        Ok(self)
    }
}

/// The settings of a running server.
#[derive(Debug, Clone)]
pub struct ServeSettings {
    /// Where the data is.
    pub data: DataArgs,
    /// Where it listens.
    pub listen: SocketAddr,
    /// The address that people open.
    pub public_url: Option<String>,
    /// Proxies that are believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Connections to PostgreSQL.
    pub connections: usize,
    /// For tests: how far the clock is ahead.
    pub clock_file: Option<PathBuf>,
}

impl ServeArgs {
    /// Fills in from the file, then from the defaults.
    pub fn settings(self) -> Result<ServeSettings, String> {
        let file = SettingsFile::read(&self.data)?;
        let public_url = self.public_url.or(file.public_url);
        if let Some(url) = &public_url
            && !(url.starts_with("https://") || url.starts_with("http://"))
        {
            return Err(format!("the public address {url} has to begin with https:// or http://"));
        }
        let trusted = if self.trusted_proxies.is_empty() { file.trusted_proxies } else { self.trusted_proxies };
        Ok(ServeSettings {
            listen: self.listen.or(file.listen).unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080))),
            public_url: public_url.map(|url| url.trim_end_matches('/').to_owned()),
            trusted_proxies: trusted,
            connections: self.connections.or(file.connections).unwrap_or(16),
            clock_file: self.clock_file,
            data: self.data.with_file()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        serve: ServeArgs,
    }

    #[test]
    fn a_flag_goes_before_the_file_and_the_file_before_the_default() {
        let folder = tempfile::tempdir().expect("folder");
        let data = folder.path().to_str().expect("text");
        let read = |more: &[&str]| {
            let line = ["linli", "--data", data].into_iter().chain(more.iter().copied());
            Line::parse_from(line).serve.settings()
        };
        assert_eq!(read(&[]).expect("defaults").listen.port(), 8080);
        std::fs::write(
            folder.path().join("linli.toml"),
            "listen = \"0.0.0.0:80\"\npublic-url = \"https://a.example/\"",
        )
        .expect("written");
        let filed = read(&[]).expect("file");
        assert_eq!((filed.listen.port(), filed.public_url.as_deref()), (80, Some("https://a.example")));
        assert_eq!(read(&["--listen", "127.0.0.1:9"]).expect("flag").listen.port(), 9);
        assert!(read(&["--public-url", "javascript:x"]).is_err());
        std::fs::write(folder.path().join("linli.toml"), "lisen = 1").expect("written");
        assert!(read(&[]).expect_err("misspelt").contains("lisen"));
    }
}
