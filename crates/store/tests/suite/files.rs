use assay_store::scratch::Scratch;
use assay_store::{Files, StoreFault};
use std::fs;
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};

const WORK: &[u8] = b"My coaching log, week 1";
/// SHA-256 of [`WORK`], by sha256sum.
const ADDRESS: &str = "9e92e2c6f9a325b65db2264fe8155a33b4f451229de97b02d815ba8a5d2d2dbf";

fn folder() -> (Scratch, Files) {
    let scratch = Scratch::sqlite().unwrap();
    let files = Files::open(&scratch.files()).unwrap();
    (scratch, files)
}

fn unfinished(scratch: &Scratch) -> usize {
    fs::read_dir(scratch.files().join("unfinished")).unwrap().count()
}

#[test]
fn a_file_is_kept_under_the_digest_of_its_bytes() {
    let (scratch, files) = folder();
    let mut upload = files.begin(1000).unwrap();
    for piece in WORK.chunks(5) {
        upload.write_all(piece).unwrap();
    }
    assert_eq!(upload.size(), WORK.len() as u64);
    let stored = upload.finish().unwrap();
    assert_eq!(
        (stored.sha256.as_str(), stored.size),
        (ADDRESS, WORK.len() as u64)
    );
    let path = scratch.files().join(&ADDRESS[..2]).join(&ADDRESS[2..]);
    assert_eq!(fs::read(&path).unwrap(), WORK);
    assert_eq!(files.path(ADDRESS).unwrap(), path);
    assert_eq!(files.list().unwrap(), [ADDRESS]);
    assert!(files.is_intact(ADDRESS).unwrap());
    assert_eq!(unfinished(&scratch), 0);
}

#[test]
fn a_part_of_a_file_can_be_read() {
    let (_scratch, files) = folder();
    let mut upload = files.begin(1000).unwrap();
    upload.write_all(WORK).unwrap();
    upload.finish().unwrap();
    let mut file = files.read(ADDRESS).unwrap().unwrap();
    assert_eq!(file.metadata().unwrap().len(), WORK.len() as u64);
    file.seek(SeekFrom::Start(3)).unwrap();
    let mut part = [0; 8];
    file.read_exact(&mut part).unwrap();
    assert_eq!(&part, b"coaching");
}

#[test]
fn the_same_file_is_kept_once() {
    let (scratch, files) = folder();
    for _ in 0..3 {
        let mut upload = files.begin(1000).unwrap();
        upload.write_all(WORK).unwrap();
        assert_eq!(upload.finish().unwrap().sha256, ADDRESS);
    }
    assert_eq!(files.list().unwrap().len(), 1);
    assert_eq!(unfinished(&scratch), 0);
}

#[test]
fn a_file_that_was_cut_short_is_put_right_by_the_next_upload_of_it() {
    let (_scratch, files) = folder();
    let put = || {
        let mut upload = files.begin(1000).unwrap();
        upload.write_all(WORK).unwrap();
        upload.finish().unwrap();
    };
    put();
    fs::write(files.path(ADDRESS).unwrap(), &WORK[..4]).unwrap();
    assert!(!files.is_intact(ADDRESS).unwrap());
    put();
    assert!(files.is_intact(ADDRESS).unwrap());
}

#[test]
fn an_upload_beyond_its_limit_is_refused_and_leaves_nothing() {
    let (scratch, files) = folder();
    let mut upload = files.begin(10).unwrap();
    upload.write_all(&WORK[..10]).unwrap();
    assert_eq!(
        upload.write_all(&WORK[10..]).unwrap_err().kind(),
        ErrorKind::FileTooLarge
    );
    drop(upload);
    assert_eq!((unfinished(&scratch), files.list().unwrap().len()), (0, 0));
}

#[test]
fn an_upload_that_is_given_up_leaves_nothing() {
    let (scratch, files) = folder();
    let mut upload = files.begin(1000).unwrap();
    upload.write_all(WORK).unwrap();
    assert_eq!(unfinished(&scratch), 1);
    upload.abort();
    assert_eq!((unfinished(&scratch), files.exists(ADDRESS).unwrap()), (0, false));
}

#[test]
fn starting_sweeps_away_what_a_crash_left_and_spares_uploads_under_way() {
    let (scratch, files) = folder();
    let mut upload = files.begin(1000).unwrap();
    upload.write_all(WORK).unwrap();
    fs::write(scratch.files().join("unfinished/left-by-a-crash"), b"half").unwrap();
    Files::open(&scratch.files()).unwrap();
    assert_eq!(unfinished(&scratch), 1);
    assert_eq!(upload.finish().unwrap().sha256, ADDRESS);
}

#[test]
fn a_removed_file_is_gone() {
    let (_scratch, files) = folder();
    let mut upload = files.begin(1000).unwrap();
    upload.write_all(WORK).unwrap();
    upload.finish().unwrap();
    assert!(files.remove(ADDRESS).unwrap());
    assert!(!files.remove(ADDRESS).unwrap());
    assert!(files.read(ADDRESS).unwrap().is_none());
}

#[test]
fn an_address_never_leads_out_of_the_folder() {
    let (_scratch, files) = folder();
    let long = "../".repeat(22);
    for address in [
        "",
        "../../etc/passwd",
        &long[..64],
        &ADDRESS.to_uppercase(),
        &ADDRESS[1..],
        &"é".repeat(32),
    ] {
        assert!(
            matches!(files.path(address), Err(StoreFault::File(_))),
            "{address}"
        );
        assert!(
            files.read(address).is_err() && files.remove(address).is_err() && files.exists(address).is_err()
        );
    }
}
