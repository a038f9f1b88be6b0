//! How far a long piece of work is: drawn in place on a terminal, elsewhere told in a line now and then.

use std::io::{IsTerminal, Write};

/// Draws how many are done. Elsewhere than on a terminal it says so after each `step` of them, and at the end.
pub fn draw(done: usize, of: usize, what: &str, step: usize) {
    let filled = done * 40 / of.max(1);
    let drawn = format!(
        "[{}{}] {done} of {of} {what}",
        "#".repeat(filled),
        ".".repeat(40 - filled.min(40))
    );
    let mut out = std::io::stderr();
    // A bar that cannot be drawn stops nothing.
    let _ = if out.is_terminal() {
        write!(out, "\r{drawn}")
    } else if done == of || done.is_multiple_of(step.max(1)) {
        writeln!(out, "{drawn}")
    } else {
        Ok(())
    };
    let _ = out.flush();
}
