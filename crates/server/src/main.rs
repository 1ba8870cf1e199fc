//! The `linli` binary: settings, commands, wiring, jobs.

mod data_dir;
mod demo;
mod import;
mod jobs;
mod keys;
mod print;
mod serve;
mod settings;
mod setup;
mod sign_ins;
mod verify;

use std::io::IsTerminal as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

/// Linli (邻里): a community hears what its residents say, lists it, does it, and keeps it open until they say it is done.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true)]
struct Line {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Serve pages and the API.
    Serve(settings::ServeArgs),
    /// Found a community.
    Found(setup::FoundArgs),
    /// Accounts of those who work here.
    #[command(subcommand)]
    User(UserWhat),
    /// Make a demo: one town with four communities.
    Demo(demo::DemoArgs),
    /// Take in what another system has.
    #[command(subcommand)]
    Import(ImportWhat),
    /// Check that the record was not changed, and hold printed lists against it.
    Verify(verify::VerifyArgs),
    /// The log of a community.
    #[command(subcommand)]
    Log(LogWhat),
    /// The key of this installation.
    #[command(subcommand)]
    Key(KeyWhat),
    /// Print something on paper.
    #[command(subcommand)]
    Print(PrintWhat),
}

#[derive(Debug, Subcommand)]
enum ImportWhat {
    /// A table of requests.
    Requests(import::run::ImportArgs),
}

#[derive(Debug, Subcommand)]
enum UserWhat {
    /// Make an account for somebody who works in a community, or for an area.
    Add(setup::UserAddArgs),
}

#[derive(Debug, Subcommand)]
enum KeyWhat {
    /// Make a new sealing key and take everything that is sealed over to it; stop the server first.
    Rotate(keys::RotateArgs),
}

#[derive(Debug, Subcommand)]
enum LogWhat {
    /// Begin a declared new log, after an older database had to be restored.
    Declare(verify::DeclareArgs),
}

#[derive(Debug, Subcommand)]
enum PrintWhat {
    /// The public list of one community, as a PDF.
    List(print::PrintListArgs),
}

#[tokio::main]
async fn main() -> ExitCode {
    log_to_stderr();
    // One provider for every TLS connection; a second installation would be refused, and there is none.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let done = match Line::parse().what {
        What::Serve(args) => match args.settings() {
            Ok(settings) => serve::serve(settings).await,
            Err(error) => Err(error),
        },
        What::Found(args) => setup::found(args).await,
        What::User(UserWhat::Add(args)) => setup::user_add(args).await,
        What::Demo(args) => demo::demo(args).await,
        What::Import(ImportWhat::Requests(args)) => import::run::requests(args).await,
        What::Verify(args) => verify::check(args).await,
        What::Log(LogWhat::Declare(args)) => verify::declare(args).await,
        What::Key(KeyWhat::Rotate(args)) => keys::rotate(args).await,
        What::Print(PrintWhat::List(args)) => print::list(args).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("linli: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Lines for a person at a terminal, JSON for whatever collects logs. Neither can be forged by a text with line breaks.
fn log_to_stderr() {
    let filter = EnvFilter::try_from_env("LINLI_LOG").unwrap_or_else(|_| EnvFilter::new("info,tokio_postgres=warn"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        lines.compact().init();
    } else {
        lines.json().init();
    }
}
