//! Stands in for `wasmi`, the interpreter of WebAssembly in which Typst runs plugins. Our sheets have none, and a program that keeps
//! awards is better without a place in which foreign code could run: a template that loads a plugin is refused with a sentence, and the
//! interpreter, eighty seconds of compiling, is left out (docs/printing.md).
//!
//! It has the items that typst-library names, and no more. A [`Module`] cannot be made, so that nothing behind it can happen: what
//! would need one is empty by its type.

use std::convert::Infallible;
use std::fmt;
use std::marker::PhantomData;

/// Why there is no module.
#[derive(Debug)]
pub struct Error;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this program runs no plugins")
    }
}
impl std::error::Error for Error {}

/// Settings, none of which matter.
#[derive(Debug, Default)]
pub struct Config;

impl Config {
    pub fn wasm_relaxed_simd(&mut self, _: bool) -> &mut Self {
        self
    }
}

/// What would compile modules.
#[derive(Debug)]
pub struct Engine;

impl Engine {
    pub fn new(_: &Config) -> Engine {
        Engine
    }
}

/// A compiled module: there is none.
#[derive(Debug, Clone, Copy)]
pub struct Module(Infallible);

impl Module {
    /// # Errors
    /// Always.
    pub fn new(_: &Engine, _: &[u8]) -> Result<Module, Error> {
        Err(Error)
    }

    pub fn get_export(&self, _: &str) -> Option<ExternType> {
        match self.0 {}
    }

    pub fn exports(&self) -> std::iter::Empty<ExportType> {
        match self.0 {}
    }
}

/// What a module gives out.
#[derive(Debug, Clone, Copy)]
pub struct ExportType(Infallible);

impl ExportType {
    pub fn name(&self) -> &str {
        match self.0 {}
    }

    pub fn ty(&self) -> &ExternType {
        match self.0 {}
    }
}

/// The kind of what a module gives out.
#[derive(Debug, Clone, Copy)]
pub enum ExternType {
    Func(Func),
    Memory(Memory),
}

/// What would bind a module to functions of ours.
#[derive(Debug)]
pub struct Linker<T> {
    engine: Engine,
    data: PhantomData<fn() -> T>,
}

impl<T> Linker<T> {
    pub fn new(_: &Engine) -> Self {
        Linker {
            engine: Engine,
            data: PhantomData,
        }
    }

    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// # Errors
    /// Never.
    pub fn func_wrap<F>(&mut self, _: &str, _: &str, _: F) -> Result<&mut Self, Error> {
        Ok(self)
    }

    /// # Errors
    /// It cannot be called: there is no module.
    pub fn instantiate_and_start(&self, _: &mut Store<T>, module: &Module) -> Result<Instance, Error> {
        match module.0 {}
    }
}

/// The data beside a running module.
#[derive(Debug)]
pub struct Store<T> {
    data: T,
}

impl<T> Store<T> {
    pub fn new(_: &Engine, data: T) -> Self {
        Store { data }
    }

    pub fn data_mut(&mut self) -> &mut T {
        &mut self.data
    }
}

/// A running module: there is none.
#[derive(Debug, Clone, Copy)]
pub struct Instance(Infallible);

impl Instance {
    pub fn get_export<C>(&self, _: C, _: &str) -> Option<Extern> {
        match self.0 {}
    }
}

/// Something of a running module.
#[derive(Debug, Clone, Copy)]
pub struct Extern(Infallible);

impl Extern {
    pub fn into_func(self) -> Option<Func> {
        match self.0 {}
    }

    pub fn into_memory(self) -> Option<Memory> {
        match self.0 {}
    }
}

/// A function of a running module.
#[derive(Debug, Clone, Copy)]
pub struct Func(Infallible);

impl Func {
    pub fn ty<C>(&self, _: C) -> FuncType {
        match self.0 {}
    }

    /// # Errors
    /// It cannot be called: there is no function.
    pub fn call<C>(&self, _: C, _: &[Val], _: &mut [Val]) -> Result<(), Error> {
        match self.0 {}
    }
}

/// The values that a function takes and gives.
#[derive(Debug, Clone, Copy)]
pub struct FuncType(Infallible);

impl FuncType {
    pub fn params(&self) -> &[ValType] {
        match self.0 {}
    }

    pub fn results(&self) -> &[ValType] {
        match self.0 {}
    }
}

/// The kind of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValType {
    I32,
}

/// A value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Val {
    I32(i32),
}

/// The memory of a running module.
#[derive(Debug, Clone, Copy)]
pub struct Memory(Infallible);

impl Memory {
    pub fn size<C>(&self, _: C) -> u64 {
        match self.0 {}
    }

    pub fn data<'c, C>(&self, _: &'c C) -> &'c [u8] {
        match self.0 {}
    }

    pub fn data_mut<'c, C>(&self, _: &'c mut C) -> &'c mut [u8] {
        match self.0 {}
    }

    /// # Errors
    /// It cannot be called: there is no memory.
    pub fn grow<C>(&self, _: C, _: u64) -> Result<u64, Error> {
        match self.0 {}
    }

    /// # Errors
    /// It cannot be called: there is no memory.
    pub fn read<C>(&self, _: C, _: usize, _: &mut [u8]) -> Result<(), Error> {
        match self.0 {}
    }

    /// # Errors
    /// It cannot be called: there is no memory.
    pub fn write<C>(&self, _: C, _: usize, _: &[u8]) -> Result<(), Error> {
        match self.0 {}
    }
}

/// A running module that calls one of our functions.
#[derive(Debug)]
pub struct Caller<T> {
    never: Infallible,
    data: PhantomData<fn() -> T>,
}

impl<T> Caller<T> {
    pub fn get_export(&self, _: &str) -> Option<Extern> {
        match self.never {}
    }

    pub fn data_mut(&mut self) -> &mut T {
        match self.never {}
    }
}
