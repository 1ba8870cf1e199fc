//! A small HTTP client that costs little: kept connections, one request at a time on each.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::lifecycle::{Turn, WORDS, named};
use crate::script::Kind;
use crate::server::Server;
use crate::world::PASSWORD;

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body as it came.
    pub body: Vec<u8>,
    /// Until the first byte came.
    pub first_byte: Duration,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }
}

/// One kept connection.
#[derive(Debug)]
pub struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
    /// A session's token.
    pub token: Option<String>,
    salt: u64,
    count: u64,
}

impl Client {
    /// Connects to a port of this machine.
    pub async fn connect(port: u16) -> std::io::Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        let salt = linli_app::ids::Randomness::System.below(1 << 50);
        Ok(Self { stream, buffer: Vec::new(), token: None, salt, count: 0 })
    }

    /// `POST` of JSON, with a key of its own.
    pub async fn post(&mut self, path: &str, body: &Value) -> std::io::Result<Answer> {
        let body = body.to_string();
        self.count += 1;
        let token = self.token.as_ref().map(|token| format!("authorization: Bearer {token}\r\n")).unwrap_or_default();
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\nidempotency-key: {}-{}\r\n{token}content-length: {}\r\n\r\n",
            self.salt,
            self.count,
            body.len()
        );
        self.send(&(head + &body)).await
    }

    /// `GET`.
    pub async fn get(&mut self, path: &str, encoding: &str) -> std::io::Result<Answer> {
        self.send(&format!("GET {path} HTTP/1.1\r\nhost: bench\r\naccept-encoding: {encoding}\r\n\r\n")).await
    }

    async fn send(&mut self, request: &str) -> std::io::Result<Answer> {
        let started = Instant::now();
        self.stream.write_all(request.as_bytes()).await?;
        self.buffer.clear();
        let mut first_byte = None;
        let mut chunk = vec![0_u8; 16 * 1024];
        loop {
            let read = self.stream.read(&mut chunk).await?;
            if read == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            first_byte.get_or_insert_with(|| started.elapsed());
            self.buffer.extend_from_slice(&chunk[..read]);
            if let Some(answer) = whole(&self.buffer, first_byte.unwrap_or_default()) {
                return Ok(answer);
            }
        }
    }
}

/// The answer, once all of it is there.
fn whole(buffer: &[u8], first_byte: Duration) -> Option<Answer> {
    let end = buffer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&buffer[..end]).to_ascii_lowercase();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let rest = &buffer[end + 4..];
    let body = if let Some((_, length)) = head.split_once("content-length: ") {
        let length: usize = length.lines().next()?.trim().parse().ok()?;
        (rest.len() >= length).then(|| rest[..length].to_vec())?
    } else if head.contains("transfer-encoding: chunked") {
        if !rest.ends_with(b"0\r\n\r\n") {
            return None;
        }
        unchunked(rest)
    } else {
        Vec::new()
    };
    Some(Answer { status, body, first_byte })
}

fn unchunked(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(line) = rest.windows(2).position(|two| two == b"\r\n") {
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..line]).unwrap_or("0").trim(), 16).unwrap_or(0);
        let from = line + 2;
        if size == 0 || rest.len() < from + size + 2 {
            break;
        }
        body.extend_from_slice(&rest[from..from + size]);
        rest = &rest[from + size + 2..];
    }
    body
}

/// Runs rounds over HTTP for a while.
pub async fn run(server: &Server, kind: Kind, callers: usize, time: Duration) -> Turn {
    let mut walkers = tokio::task::JoinSet::new();
    let tokens = tokens(server, kind).await;
    let started = Instant::now();
    for n in 0..callers {
        let community = n % tokens.len();
        let (slug, desk, volunteer, listing) = tokens[community].clone();
        let port = server.port;
        walkers.spawn(async move {
            let mut client = Client::connect(port).await.expect("connects");
            let (mut rounds, mut latencies) = (0, Vec::new());
            while started.elapsed() < time {
                match kind {
                    Kind::Submit => {
                        timed(&mut client, &mut latencies, &format!("/api/v1/{slug}/voices"), &json!({"text": WORDS}))
                            .await;
                    }
                    Kind::Lifecycle => round(&mut client, &mut latencies, &slug, (&desk, &volunteer), &listing).await,
                }
                rounds += 1;
            }
            (rounds, latencies)
        });
    }
    let (mut rounds, mut latencies) = (0, Vec::new());
    for (some, took) in walkers.join_all().await {
        rounds += some;
        latencies.extend(took);
    }
    Turn { rounds, commands: latencies.len(), elapsed: started.elapsed(), latencies }
}

async fn timed(client: &mut Client, latencies: &mut Vec<Duration>, path: &str, body: &Value) -> Value {
    let started = Instant::now();
    let answer = client.post(path, body).await.expect("an answer");
    latencies.push(started.elapsed());
    assert!((200..300).contains(&answer.status), "{path}: {} {}", answer.status, String::from_utf8_lossy(&answer.body));
    answer.json()
}

async fn round(
    client: &mut Client,
    latencies: &mut Vec<Duration>,
    slug: &str,
    (desk, volunteer): (&str, &str),
    listing: &Value,
) {
    let base = format!("/api/v1/{slug}");
    client.token = Some(desk.to_owned());
    let said = json!({"text": WORDS, "channel": "telephone"});
    let taken = timed(client, latencies, &format!("{base}/voices/taken"), &said).await;
    let (matter, receipt) = (&taken["matter"], &taken["receipt"]);
    let matter = matter.as_str().unwrap_or_default();
    timed(client, latencies, &format!("{base}/matters/{matter}/list"), listing).await;
    let offer = json!({"instruction": "换灯泡"});
    let task = timed(client, latencies, &format!("{base}/matters/{matter}/tasks"), &offer).await;
    let task = task["id"].as_str().unwrap_or_default().to_owned();
    client.token = Some(volunteer.to_owned());
    timed(client, latencies, &format!("{base}/tasks/{task}/accept"), &json!({})).await;
    timed(client, latencies, &format!("{base}/tasks/{task}/finish"), &json!({"note": "弄好了"})).await;
    client.token = None;
    let path = format!("/api/v1/receipts/{}/verdict", receipt.as_str().unwrap_or_default());
    timed(client, latencies, &path, &json!({"verdict": "solved"})).await;
}

/// Sessions of the desk and a volunteer of each community; none where nobody signs in.
pub async fn tokens(server: &Server, kind: Kind) -> Vec<(String, String, String, Value)> {
    let mut all = Vec::new();
    for community in &server.world.communities {
        let (slug, names) = named(community);
        let mut sessions = [String::new(), String::new()];
        if kind == Kind::Lifecycle {
            let mut client = Client::connect(server.port).await.expect("connects");
            for (session, name) in sessions.iter_mut().zip(names) {
                let body = json!({"name": name, "password": PASSWORD});
                let answer = client.post("/api/v1/sessions", &body).await.expect("an answer");
                answer.json()["token"].as_str().expect("a token").clone_into(session);
            }
        }
        let [desk, volunteer] = sessions;
        let listing = serde_json::to_value(&community.listing).expect("json");
        all.push((slug.to_owned(), desk, volunteer, without_null(listing)));
    }
    all
}

fn without_null(mut value: Value) -> Value {
    if let Value::Object(fields) = &mut value {
        fields.retain(|_, value| !value.is_null());
    }
    value
}
