//! A form sent twice is carried out once.
//!
//! Every rendered form carries a random word. The first post of a word is carried out; a repetition (a double click, a
//! reload after a slow answer) waits for it and is then sent to where the first went. Words are remembered in memory, the
//! newest ten thousand per process: enough for the minutes in which people press twice. What must hold for ever is held by
//! the rules (a unit is not submitted twice) and, for programs, by the `idempotency` table.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

const REMEMBERED: usize = 10_000;

/// Where the first post of a word went; none while it has not succeeded.
pub type Place = Arc<tokio::sync::Mutex<Option<String>>>;

/// The words seen lately.
#[derive(Default)]
pub struct Once {
    words: Mutex<Words>,
}

#[derive(Default)]
struct Words {
    places: HashMap<String, Place>,
    order: VecDeque<String>,
}

impl Once {
    /// The place of a word; its lock is held by whoever carries the form out.
    pub fn place(&self, word: &str) -> Place {
        let mut words = self.words.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = words.places.get(word) {
            return place.clone();
        }
        while words.order.len() >= REMEMBERED {
            if let Some(oldest) = words.order.pop_front() {
                words.places.remove(&oldest);
            }
        }
        let place = Place::default();
        words.places.insert(word.to_owned(), place.clone());
        words.order.push_back(word.to_owned());
        place
    }
}
