//! Telling the person at the terminal. Whoever listens may go away at any time (`assay … | head`, a terminal that closes
//! under a server): what is not heard is not said, and the work goes on.

/// As `println!`, without ending the program when nobody listens.
#[macro_export]
macro_rules! say {
    ($($words:tt)*) => {{
        use std::io::Write;
        let _ = writeln!(std::io::stdout(), $($words)*);
    }};
}

/// As `eprintln!`, without ending the program when nobody listens.
#[macro_export]
macro_rules! mutter {
    ($($words:tt)*) => {{
        use std::io::Write;
        let _ = writeln!(std::io::stderr(), $($words)*);
    }};
}
