//! The program is killed in the middle of its work, again and again. What it had answered is there; nothing is there
//! twice or by half; the tables are those of the ledger.

use crate::house::{House, PROGRAM, make_demonstration};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How often the program is killed.
const TIMES: u64 = 50;
/// How many programs send at once.
const CALLERS: u64 = 3;

/// The program, serving on a port of its own; killed when dropped.
struct Serving {
    child: Child,
    address: String,
    /// Kept open while it serves, as a terminal is.
    _said: BufReader<ChildStdout>,
}

impl Serving {
    fn start(data: &Path) -> Serving {
        let mut child = Command::new(PROGRAM)
            .args(["demo", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        said.read_line(&mut line).unwrap();
        let address = line
            .trim()
            .rsplit_once("http://")
            .unwrap_or_else(|| panic!("the program did not say where it serves: {line:?}"))
            .1
            .to_owned();
        Serving {
            child,
            address,
            _said: said,
        }
    }

    /// As the power cut does: no chance to tidy up.
    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may be dead already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends a request and answers status and body; an error when the program died meanwhile.
fn call(
    address: &str,
    token: &str,
    method: &str,
    path: &str,
    key: &str,
    body: &str,
) -> std::io::Result<(u16, String)> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\nIdempotency-Key: {key}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let cut_off = || std::io::Error::other("the answer was cut off");
    let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(cut_off)?;
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok())
        .ok_or_else(cut_off)?;
    let length = head.lines().find_map(|line| {
        line.to_lowercase()
            .strip_prefix("content-length: ")?
            .parse::<usize>()
            .ok()
    });
    if length.is_some_and(|length| length != body.len()) {
        return Err(cut_off());
    }
    Ok((status, body.to_owned()))
}

/// One act that was sent: under which key, and the answer if one came.
struct Sent {
    key: String,
    answer: Option<String>,
}

fn add_person(address: &str, token: &str, key: &str) -> std::io::Result<(u16, String)> {
    let body = format!(r#"{{"given":"Robin","family":"Killed {key}"}}"#);
    call(address, token, "POST", "/api/v1/people", key, &body)
}

#[tokio::test]
async fn what_was_answered_survives_fifty_kills_and_nothing_is_there_by_half() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    make_demonstration(&data);
    let token = {
        let house = House::open(&data);
        house.enter("Ada Whitlock").await.make_token().await
    };

    let sent: Arc<Mutex<Vec<Sent>>> = Arc::default();
    // Not chance but a sequence that looks like it, so that a failure comes again.
    let mut pseudo: u64 = 2019;
    for round in 0..TIMES {
        let mut serving = Serving::start(&data);
        let callers: Vec<_> = (0..CALLERS)
            .map(|caller| {
                let (sent, address, token) = (sent.clone(), serving.address.clone(), token.clone());
                std::thread::spawn(move || {
                    for turn in 0.. {
                        let key = format!("r{round}-c{caller}-t{turn}");
                        let answer = add_person(&address, &token, &key);
                        let dead = answer.is_err();
                        let answer = answer.ok().map(|(status, body)| {
                            assert_eq!(status, 201, "{body}");
                            body
                        });
                        sent.lock().unwrap().push(Sent { key, answer });
                        if dead {
                            return;
                        }
                    }
                })
            })
            .collect();
        pseudo = pseudo
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(Duration::from_millis(5 + (pseudo >> 33) % 120));
        serving.kill();
        for caller in callers {
            caller.join().unwrap();
        }
    }

    let sent = Arc::into_inner(sent).unwrap().into_inner().unwrap();
    let answered = sent.iter().filter(|one| one.answer.is_some()).count();
    println!("{} sent, {answered} of them answered before a kill", sent.len());
    assert!(answered > 0);
    assert!(answered < sent.len(), "no kill fell into the middle of an act");

    let mut serving = Serving::start(&data);
    for one in &sent {
        // Sending again under the same key gives the answer that was given, or does now what was never done.
        let (status, body) = add_person(&serving.address, &token, &one.key).unwrap();
        assert_eq!(status, 201, "{}: {body}", one.key);
        if let Some(answer) = &one.answer {
            assert_eq!(&body, answer, "{}", one.key);
        }
    }
    let (_, listed) = call(
        &serving.address,
        &token,
        "GET",
        "/api/v1/people?q=Killed",
        "k",
        "",
    )
    .unwrap();
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    assert_eq!(listed["total"], sent.len(), "each is there, and once");
    serving.kill();

    let compared = Command::new(PROGRAM)
        .args(["rebuild", "--check", "--data"])
        .arg(&data)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&compared.stdout);
    assert!(compared.status.success(), "{told}");
}
