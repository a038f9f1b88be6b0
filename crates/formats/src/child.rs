//! Reading in a process of its own, so that a document which makes its reader hang, overflow its stack or fill the memory
//! costs a refusal and not the server.
//!
//! The parent starts a program with the file's path, its name and the limits as arguments, no environment and no input,
//! and waits no longer than the limit. The child lowers its own limits of memory, processor time and file size before
//! it opens the file, and answers with one line of JSON.

use std::ffi::{OsStr, OsString};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::Instant;

use serde::{Deserialize, Serialize};

use crate::document::{self, DocumentText};
use crate::limits::Limits;
use crate::refusal::{ReadRefusal, RefusalCode};
use crate::syllabus::Reading;
use crate::syllabus_tables::read_with_source;

/// The child's answer.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    Read(Box<DocumentText>),
    Syllabus(Box<Reading>),
    Refused(ReadRefusal),
}

/// Reads a document in a child process. `program` is started with `arguments`, then the file's path, its `name` (used only to
/// tell Markdown from plain text) and the limits; it must call [`serve`] with what follows `arguments`.
///
/// Refuses, when: [`document::read`] does; the child takes longer than the limit; it answers more than the limit; it stops
/// without an answer, as it does when it needs more memory than the limit; it cannot be started.
pub fn read_in_child(
    program: &Path,
    arguments: &[&OsStr],
    file: &Path,
    name: Option<&str>,
    limits: &Limits,
) -> Result<DocumentText, ReadRefusal> {
    match ask(program, arguments, file, name, limits, None)? {
        Answer::Read(text) => Ok(*text),
        Answer::Refused(refusal) => Err(refusal),
        Answer::Syllabus(_) => Err(stopped()),
    }
}

/// Reads a syllabus in a child process, as [`read_in_child`] reads a document; the draft is not yet
/// checked, and the document comes as lines beside it.
///
/// Refuses, when: [`read_syllabus`](crate::syllabus_tables::read_syllabus) does, or as [`read_in_child`] does.
pub fn read_syllabus_in_child(
    program: &Path,
    arguments: &[&OsStr],
    file: &Path,
    name: Option<&str>,
    limits: &Limits,
) -> Result<Reading, ReadRefusal> {
    match ask(program, arguments, file, name, limits, Some(AS_SYLLABUS))? {
        Answer::Syllabus(reading) => Ok(*reading),
        Answer::Refused(refusal) => Err(refusal),
        Answer::Read(_) => Err(stopped()),
    }
}

/// The argument after the limits that asks for a syllabus.
const AS_SYLLABUS: &str = "syllabus";

/// Starts the child and waits for its answer.
fn ask(
    program: &Path,
    arguments: &[&OsStr],
    file: &Path,
    name: Option<&str>,
    limits: &Limits,
    wanted: Option<&str>,
) -> Result<Answer, ReadRefusal> {
    let limits_as_text = serde_json::to_string(limits).map_err(|_| not_started())?;
    let mut child = Command::new(program)
        .args(arguments)
        .arg(file)
        .arg(name.unwrap_or_default())
        .arg(limits_as_text)
        .args(wanted)
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|_| not_started())?;
    let answer = wait(&mut child, limits);
    // Whatever happened, no child is left behind; killing one that has ended does nothing.
    let _ = child.kill();
    let _ = child.wait();
    let bytes = answer?;
    serde_json::from_slice(&bytes).map_err(|_| stopped())
}

/// The child's whole answer, or why there is none.
fn wait(child: &mut Child, limits: &Limits) -> Result<Vec<u8>, ReadRefusal> {
    let Some(output) = child.stdout.take() else {
        return Err(not_started());
    };
    let most = limits.answer_bytes;
    let (done, answered) = std::sync::mpsc::sync_channel(1);
    let reader = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = output
            .take(most.saturating_add(1))
            .read_to_end(&mut bytes)
            .map(|_| bytes);
        // The receiver is gone only when the time is over; then nobody needs the answer.
        let _ = done.send(read);
    });
    let deadline = Instant::now() + limits.time();
    let answer = answered.recv_timeout(deadline.saturating_duration_since(Instant::now()));
    let Ok(answer) = answer else {
        let _ = child.kill();
        let _ = reader.join();
        return Err(took_too_long(limits));
    };
    let _ = reader.join();
    match answer {
        Ok(bytes) if bytes.len() as u64 > most => {
            Err(ReadRefusal::too_many("document", "more text than the limit"))
        }
        Ok(bytes) if bytes.is_empty() => Err(stopped()),
        Ok(bytes) => Ok(bytes),
        Err(_) => Err(stopped()),
    }
}

/// The child's part: reads the document named by the arguments and writes the answer to standard output. The arguments are
/// those after the ones that the program itself needs: path, name, limits, and `syllabus` where one is wanted.
///
/// Ends with failure and without an answer, when: the arguments are not these.
#[must_use]
pub fn serve(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let mut arguments = arguments.into_iter();
    let (Some(file), Some(name), Some(limits)) = (arguments.next(), arguments.next(), arguments.next())
    else {
        return ExitCode::FAILURE;
    };
    let Some(limits) = limits
        .to_str()
        .and_then(|text| serde_json::from_str::<Limits>(text).ok())
    else {
        return ExitCode::FAILURE;
    };
    if lower_own_limits(&limits).is_err() {
        return ExitCode::FAILURE;
    }
    // A panic in the font reader is expected, caught and told as a warning; its report would go nowhere.
    std::panic::set_hook(Box::new(|_| {}));
    let as_syllabus = arguments.next().is_some_and(|wanted| wanted == AS_SYLLABUS);
    let name = name.to_str().filter(|name| !name.is_empty()).map(str::to_owned);
    let answer = read_file(Path::new(&file), &limits).and_then(|bytes| {
        on_a_large_stack(move || {
            if as_syllabus {
                let reading = read_with_source(&bytes, name.as_deref(), &limits)?;
                Ok(Answer::Syllabus(Box::new(reading)))
            } else {
                let text = document::read(&bytes, name.as_deref(), &limits)?;
                Ok(Answer::Read(Box::new(text)))
            }
        })
    });
    let answer = answer.unwrap_or_else(Answer::Refused);
    let mut output = std::io::stdout().lock();
    let written = serde_json::to_vec(&answer)
        .is_ok_and(|bytes| output.write_all(&bytes).and_then(|()| output.flush()).is_ok());
    if written {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Reads a document in this process, on a thread with a stack of its own, a panic answered as a refusal. For tests and
/// tools: memory, time and stack overflow are not guarded against, as [`read_in_child`] does.
///
/// Refuses, when: [`document::read`] does; the reader panics.
pub fn read_here(bytes: &[u8], name: Option<&str>, limits: &Limits) -> Result<DocumentText, ReadRefusal> {
    let (bytes, name, limits) = (bytes.to_vec(), name.map(str::to_owned), *limits);
    on_a_large_stack(move || document::read(&bytes, name.as_deref(), &limits))
}

fn on_a_large_stack<T: Send + 'static>(
    read: impl FnOnce() -> Result<T, ReadRefusal> + Send + 'static,
) -> Result<T, ReadRefusal> {
    const STACK: usize = 64 * 1024 * 1024;
    let thread = std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(read)
        .map_err(|_| stopped())?;
    // A panic of the thread is its end without an answer.
    thread.join().unwrap_or_else(|_| Err(stopped()))
}

fn read_file(path: &Path, limits: &Limits) -> Result<Vec<u8>, ReadRefusal> {
    let file = std::fs::File::open(path).map_err(|_| not_started())?;
    let mut bytes = Vec::new();
    file.take(limits.file_bytes.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|e| {
            if e.kind() == std::io::ErrorKind::OutOfMemory {
                stopped()
            } else {
                not_started()
            }
        })?;
    Ok(bytes)
}

/// Lowers what this process may use. On systems without such limits only the parent's time limit holds.
#[cfg(unix)]
fn lower_own_limits(limits: &Limits) -> std::io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let to = |most: u64| Rlimit {
        current: Some(most),
        maximum: Some(most),
    };
    setrlimit(Resource::As, to(limits.memory_bytes))?;
    // Whole seconds of processor time: a second line behind the parent's clock.
    setrlimit(Resource::Cpu, to(limits.time_ms.div_ceil(1_000).max(1)))?;
    setrlimit(Resource::Core, to(0))?;
    // Standard output is a pipe, which this does not limit; no file may be written.
    setrlimit(Resource::Fsize, to(0))?;
    Ok(())
}

#[cfg(not(unix))]
fn lower_own_limits(_: &Limits) -> std::io::Result<()> {
    Ok(())
}

fn not_started() -> ReadRefusal {
    ReadRefusal::new(
        RefusalCode::ReaderMissing,
        "The program that reads documents could not be started, or could not open the file.",
        "The file is kept. Ask whoever runs this system to look; the document can be read again later.",
    )
}

fn stopped() -> ReadRefusal {
    ReadRefusal::new(
        RefusalCode::ReaderStopped,
        "The reader stopped while it was reading this document, or needed more memory than it may use.",
        "Save the document again, with smaller pictures if it holds many, or hand in a PDF or .docx made anew.",
    )
}

fn took_too_long(limits: &Limits) -> ReadRefusal {
    let seconds = limits.time_ms.div_ceil(1_000);
    ReadRefusal::new(
        RefusalCode::TookTooLong,
        format!("Reading this document took longer than {seconds} seconds, so it was stopped."),
        "Split it into smaller documents, or save it again without what makes it large.",
    )
}
