//! The budgets of the pages and of the program, as ratios measured side by side in one run:
//!
//! - a page's server time with many learners against the same page with 1,000: at most twice;
//! - start on an existing database, memory while serving, size of the program.
//!
//! `cargo bench -p assay-cli --bench budgets -- --learners 100000 --worlds DIR`. The worlds are kept in DIR, because a large one
//! takes minutes to make. Nothing here passes or fails: the figures are for docs/performance.md.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The pages that grow with the number of learners, by who looks at them. A name between braces stands for the first link
/// of the page before that fits.
const PAGES: [(&str, &str); 18] = [
    ("Carys Bevan", "/"),
    ("Asha Raman", "/"),
    ("Grace Okafor", "/"),
    ("Quentin Marsh", "/"),
    ("Xanthe Pappas", "/"),
    ("Carys Bevan", "/registrations"),
    ("Carys Bevan", "/registrations?search=haddad"),
    ("Carys Bevan", "/registrations?search=grant"),
    ("Carys Bevan", "/registrations?page=3"),
    ("Carys Bevan", "/registrations/at-risk"),
    ("Carys Bevan", "/claims"),
    ("Carys Bevan", "/claims/ready"),
    ("Quentin Marsh", "/release"),
    ("Quentin Marsh", "/certificates"),
    ("Ada Whitlock", "/people"),
    ("Asha Raman", "/marking"),
    ("Grace Okafor", "/verification"),
    ("Carys Bevan", "{trail}"),
];

/// Requests of each page per world, in turns.
const TURNS: usize = 15;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let value = |name: &str| {
        arguments
            .iter()
            .position(|argument| argument == name)
            .and_then(|at| arguments.get(at + 1))
            .cloned()
    };
    let many: usize = value("--learners")
        .and_then(|text| text.parse().ok())
        .unwrap_or(10_000);
    let worlds = value("--worlds").map_or_else(|| std::env::temp_dir().join("assay-worlds"), PathBuf::from);
    let program = PathBuf::from(env!("CARGO_BIN_EXE_assay"));
    println!("program: {:.1} MiB", size(&program) as f64 / 1024.0 / 1024.0);

    let small = world(&program, &worlds, 1_000);
    let large = world(&program, &worlds, many);
    let mut small = Server::start(&program, &small, 8_191);
    let mut large = Server::start(&program, &large, 8_192);
    println!(
        "start on an existing database: {} ms with 1,000 learners, {} ms with {many}",
        small.start.as_millis(),
        large.start.as_millis()
    );
    println!(
        "{:<16} {:<34} {:>9} {:>9} {:>6}",
        "who", "page", "1,000", many, "ratio"
    );
    for (who, page) in PAGES {
        let pages = [small.address(who, page), large.address(who, page)];
        let (mut few, mut lots) = (Vec::new(), Vec::new());
        for turn in 0..=TURNS {
            let (one, other) = (small.time(who, &pages[0]), large.time(who, &pages[1]));
            // The first turn fills caches.
            if turn > 0 {
                few.push(one);
                lots.push(other);
            }
        }
        let (few, lots) = (median(&mut few), median(&mut lots));
        println!(
            "{who:<16} {page:<34} {:>6.1} ms {:>6.1} ms {:>6.2}",
            few.as_secs_f64() * 1e3,
            lots.as_secs_f64() * 1e3,
            lots.as_secs_f64() / few.as_secs_f64().max(1e-9)
        );
    }
    println!(
        "memory: {} MiB with 1,000 learners, {} MiB with {many}",
        small.memory(),
        large.memory()
    );
}

/// A world of so many learners, made when it is not there yet.
fn world(program: &Path, worlds: &Path, learners: usize) -> PathBuf {
    let folder = worlds.join(learners.to_string());
    if !folder.join("assay.db").exists() {
        let began = Instant::now();
        let made = Command::new(program)
            .args([
                "demo",
                "--no-serve",
                "--learners",
                &learners.to_string(),
                "--data",
            ])
            .arg(&folder)
            .status();
        assert!(
            made.is_ok_and(|status| status.success()),
            "the world of {learners} learners cannot be made"
        );
        println!(
            "made a world of {learners} learners in {} s",
            began.elapsed().as_secs()
        );
    }
    folder
}

struct Server {
    child: Child,
    port: u16,
    start: Duration,
    sessions: BTreeMap<String, String>,
}

impl Server {
    fn start(program: &Path, world: &Path, port: u16) -> Server {
        let began = Instant::now();
        let child = Command::new(program)
            .args(["demo", "--listen", &format!("127.0.0.1:{port}"), "--data"])
            .arg(world)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut server = Server {
            child,
            port,
            start: Duration::ZERO,
            sessions: BTreeMap::new(),
        };
        while server.get("/health", None).is_none() {
            assert!(
                began.elapsed() < Duration::from_secs(120),
                "the program does not answer"
            );
            std::thread::sleep(Duration::from_millis(2));
        }
        server.start = began.elapsed();
        server
    }

    /// One request over a connection of its own: status line and headers, and the body.
    fn send(&self, request: &str) -> Option<(String, Vec<u8>)> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.write_all(request.as_bytes()).ok()?;
        let mut reader = BufReader::new(stream);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if reader.read_line(&mut head).ok()? == 0 {
                return None;
            }
        }
        let mut body = Vec::new();
        reader.read_to_end(&mut body).ok()?;
        Some((head, body))
    }

    fn get(&self, path: &str, cookie: Option<&str>) -> Option<(String, Vec<u8>)> {
        let cookie = cookie
            .map(|cookie| format!("Cookie: {cookie}\r\n"))
            .unwrap_or_default();
        self.send(&format!(
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{cookie}Connection: close\r\n\r\n",
            self.port
        ))
    }

    /// Signs in on the demonstration's page as somebody, by the form beside their name.
    fn session(&mut self, who: &str) -> String {
        if let Some(cookie) = self.sessions.get(who) {
            return cookie.clone();
        }
        let (head, body) = self.get("/sign-in", None).expect("the sign-in page");
        let cookie = cookies(&head);
        let page = String::from_utf8_lossy(&body).into_owned();
        let name = page
            .find(who)
            .unwrap_or_else(|| panic!("{who} is not on the sign-in page"));
        let form = page[name..]
            .find("<form")
            .map(|at| name + at)
            .expect("a form beside the name");
        let end = page[form..].find("</form>").map_or(page.len(), |at| form + at);
        let form = &page[form..end];
        let action = attribute(form, "action").expect("an address");
        let fields: Vec<String> = form
            .split("<input")
            .skip(1)
            .filter_map(|input| {
                Some(format!(
                    "{}={}",
                    attribute(input, "name")?,
                    attribute(input, "value")?
                ))
            })
            .collect();
        let fields = fields.join("&");
        let request = format!(
            "POST {action} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nCookie: {cookie}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{fields}",
            fields.len(),
            port = self.port,
        );
        let (head, _) = self.send(&request).expect("an answer to the form");
        let cookie = cookies(&head);
        assert!(!cookie.is_empty(), "{who} cannot sign in: {head}");
        self.sessions.insert(who.to_owned(), cookie.clone());
        cookie
    }

    /// The trail stands below a learner of the twenty-four, found by name; any other page is where it says.
    fn address(&mut self, who: &str, page: &str) -> String {
        if page != "{trail}" {
            return page.to_owned();
        }
        let cookie = self.session(who);
        let (_, body) = self
            .get("/registrations?search=pappas", Some(&cookie))
            .expect("the list of learners");
        let list = String::from_utf8_lossy(&body).into_owned();
        let found = list
            .split("/registrations/reg_")
            .nth(1)
            .and_then(|rest| rest.split(['"', '/', '?', '#']).next())
            .expect("a learner in the list");
        format!("/registrations/reg_{found}/trail")
    }

    fn time(&mut self, who: &str, page: &str) -> Duration {
        let cookie = self.session(who);
        let began = Instant::now();
        let (head, _) = self.get(page, Some(&cookie)).expect("an answer");
        let took = began.elapsed();
        assert!(head.starts_with("HTTP/1.1 200"), "{who} {page}: {head}");
        took
    }

    /// Resident memory in MiB, as the system tells it.
    fn memory(&self) -> u64 {
        std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))
            .ok()
            .and_then(|status| {
                let line = status.lines().find(|line| line.starts_with("VmRSS"))?.to_owned();
                line.split_whitespace().nth(1)?.parse::<u64>().ok()
            })
            .unwrap_or(0)
            / 1024
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn cookies(head: &str) -> String {
    head.lines()
        .filter_map(|line| {
            line.split_once(": ")
                .filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"))
        })
        .filter_map(|(_, cookie)| cookie.split(';').next())
        .filter(|cookie| !cookie.ends_with('='))
        .collect::<Vec<_>>()
        .join("; ")
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!("{name}=\""))? + name.len() + 2;
    let end = tag[start..].find('"')? + start;
    Some(tag[start..end].to_owned())
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn size(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |metadata| metadata.len())
}
