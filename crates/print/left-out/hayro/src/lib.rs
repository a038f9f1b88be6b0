//! Stands in for `hayro`, which paints pages of PDF files. typst-svg takes from it nothing but the interpreter that it passes on, and
//! our sheets are made as PDF, never as SVG: the painter with its colour and scaling libraries, a minute and a half of compiling, is
//! left out (docs/printing.md).

pub use hayro_interpret;
