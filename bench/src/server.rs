//! The real server of the same build, started on a folder of the bench's own.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use linli_store::Location;
use linli_testkit::Engine;

use crate::world::World;

/// A running server.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// Its port.
    pub port: u16,
    /// The instance it serves.
    pub world: World,
}

impl Server {
    /// Founds the communities, then starts the server on them.
    pub async fn start(engine: Engine) -> Self {
        let world = World::new(engine, crate::CALLERS).await;
        let (child, port) = spawn(&world);
        Self { child, port, world }
    }

    /// Memory of the process (resident set).
    pub fn memory_mib(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
        let kib: f64 = line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0.0);
        kib / 1_024.0
    }

    /// `kill -9`, and a new process on the same folder.
    pub fn kill_and_restart(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("ended");
        (self.child, self.port) = spawn(&self.world);
    }

    /// Ends it.
    pub fn stop(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.world.end();
    }
}

/// Starts the server and waits for the line that says where it is open.
fn spawn(world: &World) -> (Child, u16) {
    let program = std::env::current_exe().expect("this program").with_file_name("linli");
    let mut command = Command::new(&program);
    command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(world.folder.path().join("data"));
    if let Location::Postgres(url) = &world.location {
        command.args(["--database", url]);
    }
    let mut child = command
        .env("LINLI_LOG", "warn")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
    let mut lines = BufReader::new(child.stdout.take().expect("output")).lines();
    while let Some(Ok(line)) = lines.next() {
        if let Some((_, port)) = line.rsplit_once("127.0.0.1:")
            && line.starts_with("Linli is open")
        {
            let port = port.trim().parse().expect("a port");
            // What it says later is of no interest, but must not stop it at a full pipe.
            std::thread::spawn(move || lines.for_each(drop));
            return (child, port);
        }
    }
    panic!("the server did not open: {:?}", child.wait());
}
