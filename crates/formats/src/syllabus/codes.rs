//! The codes of findings. A code is never used again for something else; `docs/importing.md` tells how each is settled.

use assay_specification::Severity;

/// A code with what it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The code itself.
    pub name: &'static str,
    /// Severity of such findings.
    pub severity: Severity,
    /// What it finds.
    pub about: &'static str,
}

macro_rules! codes {
    ($($name:ident $severity:ident $about:literal;)*) => {
        $(
            #[doc = $about]
            pub const $name: Code =
                Code { name: stringify!($name), severity: Severity::$severity, about: $about };
        )*

        /// All codes of this stage. The codes of `assay specification check` come up too, see its own list.
        pub const CODES: &[Code] = &[$($name),*];
    };
}

codes! {
    IMPORT_NOT_A_SYLLABUS Error "Nothing in the text looks like a unit, an outcome or a criterion.";
    IMPORT_NOT_FOUND Error "A value that a specification needs was not found.";
    IMPORT_NOT_FOUND_MINOR Warning "A value that a specification can do without, or that is easily typed in, was not found.";
    IMPORT_NUMBER_FORM Error "A printed value has not the form of its kind.";
}
