//! One PostgreSQL cluster for all tests that run at the same time, in however many processes.
//!
//! Whoever needs it first starts it. Every user holds a shared lock on one file for as long as its process lives; a
//! small keeper, started beside the server, looks every second whether anybody still holds it, and takes the server and
//! its folder away when nobody does. So nothing is left behind, also when a test is killed.

use std::fs::File;
use std::io::Write as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use linli_store::{Location, Settings, Store};

/// The name of the database that the others are copies of.
const TEMPLATE: &str = "template_linli";
/// The database that tests share, each with its own community.
const SHARED: &str = "shared";
/// The role that everything belongs to.
const ROLE: &str = "linli";

/// The cluster, in use by this process until it ends.
#[derive(Debug)]
pub struct Cluster {
    port: u16,
    _user: File,
}

/// The running cluster; the first call of a process joins or starts it.
pub async fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    static FIRST: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
    let _one = FIRST.lock().await;
    if CLUSTER.get().is_none() {
        let joined = join().await;
        let _ = CLUSTER.set(joined);
    }
    CLUSTER.get().expect("it was set above")
}

impl Cluster {
    /// The database that tests share.
    pub fn shared(&self) -> Location {
        Location::Postgres(self.url(SHARED))
    }
    /// A database of one's own, migrated and empty.
    pub async fn own(&self) -> Location {
        let name = format!("own_{:016x}", rand_name());
        self.administer(&format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE}")).await;
        Location::Postgres(self.url(&name))
    }
    /// A database of one's own without any table.
    pub async fn empty(&self) -> Location {
        let name = format!("empty_{:016x}", rand_name());
        self.administer(&format!("CREATE DATABASE {name}")).await;
        Location::Postgres(self.url(&name))
    }
    fn url(&self, database: &str) -> String {
        url(self.port, database)
    }
    async fn administer(&self, sql: &str) {
        let (client, connection) =
            tokio_postgres::connect(&self.url("postgres"), tokio_postgres::NoTls).await.expect("the cluster answers");
        tokio::spawn(connection);
        client.batch_execute(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
}

/// A name that no other test has: the process and the nanoseconds.
fn rand_name() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    u64::from(std::process::id()) << 40 ^ u64::try_from(now.as_nanos() % (1 << 60)).unwrap_or(0)
}

/// Two files that are there anyway are the locks: a lock file that is made and removed is another file to each of two.
fn locks() -> (PathBuf, PathBuf) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    (here.join("src/lib.rs"), here.join("Cargo.toml"))
}

/// One folder for each copy of the project.
fn folder() -> PathBuf {
    let here = env!("CARGO_MANIFEST_DIR").bytes();
    let copy =
        here.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    std::env::temp_dir().join(format!("linli-test-postgres-{copy:016x}"))
}

async fn join() -> Cluster {
    let folder = folder();
    let (starting, users) = locks();
    let starting = File::open(starting).expect("the source of this crate");
    starting.lock().expect("the lock that keeps two starters apart");
    let user = File::open(users).expect("the manifest of this crate");
    user.lock_shared().expect("a shared lock");
    let port = match running(&folder).await {
        Some(port) => port,
        None => start(&folder).await,
    };
    Cluster { port, _user: user }
}

/// The port of a cluster that runs and is whole.
async fn running(folder: &Path) -> Option<u16> {
    let port: u16 = std::fs::read_to_string(folder.join("ready")).ok()?.trim().parse().ok()?;
    let url = format!("postgres://{ROLE}@127.0.0.1:{port}/{SHARED}?connect_timeout=5");
    let (_, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.ok()?;
    drop(connection);
    Some(port)
}

async fn start(folder: &Path) -> u16 {
    // Tests of durability start their own server: here a crash may lose everything.
    let port = launch(folder, "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300");
    keep(folder);
    prepare(port).await;
    let mut ready = File::create(folder.join("ready")).expect("a file");
    write!(ready, "{port}").expect("written");
    port
}

/// Starts a PostgreSQL server in a folder, which is emptied first, with further `options`; answers its port. Whoever
/// calls this calls [`stop`], too.
pub fn launch(folder: &Path, options: &str) -> u16 {
    let binaries = binaries();
    let _ = std::fs::remove_dir_all(folder);
    std::fs::create_dir_all(folder).expect("a temporary folder");
    let root = is_root();
    if root {
        run(Command::new("chown").arg("postgres").arg(folder));
    }
    let data = folder.join("data");
    run(as_user(root, &binaries.join("initdb")).arg("-D").arg(&data).args([
        "--auth=trust",
        &format!("--username={ROLE}"),
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    ]));
    let port = free_port();
    let options = format!("-p {port} -k {} -c listen_addresses=127.0.0.1 {options}", folder.display());
    run(as_user(root, &binaries.join("pg_ctl"))
        .arg("-D")
        .arg(&data)
        .arg("-o")
        .arg(options)
        .arg("-l")
        .arg(folder.join("log"))
        .args(["-w", "start"]));
    port
}

/// Stops a server that [`launch`] started, and removes its folder.
pub fn stop(folder: &Path) {
    let stop = as_user(is_root(), &binaries().join("pg_ctl"))
        .arg("-D")
        .arg(folder.join("data"))
        .args(["-m", "immediate", "stop"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    drop(stop);
    let _ = std::fs::remove_dir_all(folder);
}

/// The path of one of PostgreSQL's programs, such as `pgbench`.
pub fn program(name: &str) -> PathBuf {
    binaries().join(name)
}

/// The address of a database of a launched server.
pub fn url(port: u16, database: &str) -> String {
    format!("postgres://{ROLE}@127.0.0.1:{port}/{database}")
}

/// The template and the shared database, both migrated.
async fn prepare(port: u16) {
    let (client, connection) =
        tokio_postgres::connect(&url(port, "postgres"), tokio_postgres::NoTls).await.expect("the new cluster answers");
    tokio::spawn(connection);
    client.batch_execute(&format!("CREATE DATABASE {TEMPLATE}")).await.expect("a template");
    let settings = Settings { readers: 1, connections: 1 };
    let store = Store::open(&Location::Postgres(url(port, TEMPLATE)), settings).await.expect("the schema");
    drop(store);
    // The pool's connection ends a moment after the pool: nobody may be in a template that is copied.
    for _ in 0..100 {
        let copied = client.batch_execute(&format!("CREATE DATABASE {SHARED} TEMPLATE {TEMPLATE}")).await;
        if copied.is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the template database stays in use");
}

/// The keeper: a shell beside the server that ends it when no process holds the lock any more.
#[expect(clippy::zombie_processes, reason = "the keeper outlives the process that starts it: that is what it is for")]
fn keep(folder: &Path) {
    let (binaries, root) = (binaries(), is_root());
    let stop = if root {
        format!("runuser -u postgres -- {}/pg_ctl", binaries.display())
    } else {
        format!("{}/pg_ctl", binaries.display())
    };
    let (starting, users) = locks();
    let script = format!(
        "while sleep 1; do \
           if flock -n -x '{users}' true; then \
             exec 9<'{start}'; flock -x 9; \
             if flock -n -x '{users}' true; then \
               {stop} -D '{folder}/data' -m immediate stop >/dev/null 2>&1; \
               rm -rf '{folder}'; exit 0; \
             fi; \
             exec 9<&-; \
           fi; \
         done",
        users = users.display(),
        start = starting.display(),
        folder = folder.display(),
    );
    // A session of its own: whoever kills a test's process group leaves the keeper alone.
    let quiet = Stdio::null;
    let spawned = Command::new("setsid")
        .args(["sh", "-c", &script])
        .current_dir("/")
        .stdin(quiet())
        .stdout(quiet())
        .stderr(quiet())
        .spawn();
    spawned.expect("setsid (Debian: util-linux) starts the keeper of the test cluster");
}

fn binaries() -> PathBuf {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .filter(|bin| bin.join("initdb").exists())
        .collect();
    found.sort();
    found.pop().expect("PostgreSQL is missing: these tests need Debian's package postgresql (make test installs it)")
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output().expect("id runs");
    output.stdout.starts_with(b"0\n")
}

/// PostgreSQL refuses to run as root.
fn as_user(root: bool, program: &Path) -> Command {
    let mut command = if root {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir("/").stdin(Stdio::null());
    command
}

fn run(command: &mut Command) {
    // The server that pg_ctl starts keeps what it inherits: a pipe would never end.
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    let status = status.unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(status.success(), "{command:?} ended with {status}");
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port()
}
