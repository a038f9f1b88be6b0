//! An open transaction: runs statements of the catalogue.

use crate::engine::EngineTx;
use crate::{Row, Statement, StoreFault, Value};

/// An open transaction. A [`Tx`] from [`crate::Store::read`] sees one state of all tables; one from
/// [`crate::Store::command`] also writes.
///
/// A command in which a statement failed is undone as a whole, even when its closure goes on and answers `Ok`: the
/// engines differ in what they would keep, so nothing is kept.
pub struct Tx<'t> {
    engine: &'t mut dyn EngineTx,
}

impl<'t> Tx<'t> {
    pub(crate) fn new(engine: &'t mut dyn EngineTx) -> Self {
        Tx { engine }
    }

    pub(crate) fn engine(&mut self) -> &mut dyn EngineTx {
        self.engine
    }

    /// All rows of a query.
    pub fn rows(
        &mut self,
        statement: &'static Statement,
        parameters: &[Value],
    ) -> Result<Vec<Row>, StoreFault> {
        self.engine.rows(statement, parameters)
    }

    /// The first row of a query, or none.
    pub fn row(
        &mut self,
        statement: &'static Statement,
        parameters: &[Value],
    ) -> Result<Option<Row>, StoreFault> {
        Ok(self.rows(statement, parameters)?.into_iter().next())
    }

    /// A write; answers the number of rows changed.
    pub fn run(&mut self, statement: &'static Statement, parameters: &[Value]) -> Result<u64, StoreFault> {
        self.engine.run(statement, parameters)
    }
}
