//! Tables of numbers as text: `.csv`.

use super::error::{Fault, short};
use super::text::Lines;
use csv::{ReaderBuilder, StringRecord, Trim};
use ndarray::Array2;
use std::io::Read;

/// Rows of numbers, cells separated by commas, below one header or none.
///
/// A header is a first line that has no number in it, nor anything that was meant as one: `1.5D+00`, `1_000`, `NA` are
/// no names. Every other cell that is no finite number is an error of its column, with its line, as soon as the column
/// is asked for.
#[derive(Debug)]
pub struct Table {
    names: Option<Vec<String>>,
    columns: usize,
    /// Row by row; 0 where there is no number.
    values: Vec<f64>,
    /// The first cell of each column that is no number.
    faults: Vec<Option<Bad>>,
}

#[derive(Debug, Clone)]
struct Bad {
    line: u64,
    found: String,
    finite: bool,
}

/// What stands for a value that is not there.
const MISSING: [&str; 12] = [
    "na", "n/a", "#n/a", "nan", "null", "none", "nil", "inf", "-inf", "+inf", "-nan", "missing",
];

/// What an index is called, by pandas and by people.
const INDEX: [&str; 6] = ["", "index", "unnamed: 0", "id", "row", "no"];
/// Fewer numbers than these may count by chance.
const COUNTED: usize = 3;

/// A number, or what was meant as one.
fn meant_as_number(cell: &str) -> bool {
    let bare = cell.trim_start_matches(['+', '-', '−', '.']);
    cell.parse::<f64>().is_ok()
        || bare.starts_with(|c: char| c.is_numeric())
        || MISSING.contains(&cell.to_lowercase().as_str())
}

fn is_header(record: &StringRecord) -> bool {
    record.iter().any(|cell| !cell.is_empty()) && !record.iter().any(meant_as_number)
}

impl Table {
    /// Reads a table.
    ///
    /// # Errors
    /// [`Fault`], of the text as a whole; of single cells see [`Self::column`].
    pub fn read(reader: impl Read) -> Result<Self, Fault> {
        let mut rows = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(Trim::All)
            .from_reader(Lines::new(reader));
        let mut table: Option<Table> = None;
        let mut record = StringRecord::new();
        loop {
            let before = rows.position().line();
            let more = rows.read_record(&mut record);
            // The reader's own position of a record is before the empty lines above it; that of its end is exact.
            let broken: usize = record.iter().map(|cell| cell.matches('\n').count()).sum();
            let above = rows.position().line().saturating_sub(1 + broken as u64);
            let line = above.max(before);
            if !more.map_err(|error| unread(error, line))? {
                break;
            }
            // Spaces alone are an empty line.
            if record.len() == 1 && record.iter().all(str::is_empty) {
                continue;
            }
            match &mut table {
                None => table = Some(Table::begun(&record, line)),
                Some(table) => table.row(&record, line)?,
            }
        }
        table
            .filter(|table| !table.values.is_empty())
            .ok_or(Fault::NoRows)
    }

    fn begun(first: &StringRecord, line: u64) -> Self {
        let names: Vec<String> = first.iter().map(str::to_owned).collect();
        let header = is_header(first);
        let mut table = Table {
            columns: names.len(),
            faults: vec![None; names.len()],
            names: header.then_some(names),
            values: vec![],
        };
        if !header {
            table.numbers(first, line);
        }
        table
    }

    fn row(&mut self, record: &StringRecord, line: u64) -> Result<(), Fault> {
        if record.len() != self.columns {
            let (found, columns) = (record.len(), self.columns);
            return Err(Fault::Ragged {
                line,
                found,
                columns,
            });
        }
        let more = record.len();
        self.values.try_reserve(more).map_err(|_| Fault::Memory {
            bytes: 8 * (self.values.len() + more) as u64,
        })?;
        self.numbers(record, line);
        Ok(())
    }

    fn numbers(&mut self, record: &StringRecord, line: u64) {
        for (cell, fault) in record.iter().zip(&mut self.faults) {
            let number = cell.parse::<f64>();
            let value = number.as_ref().copied().unwrap_or(f64::NAN);
            if value.is_finite() {
                self.values.push(value);
                continue;
            }
            self.values.push(0.0);
            let found = || Bad {
                line,
                found: short(cell),
                finite: number.is_err(),
            };
            fault.get_or_insert_with(found);
        }
    }

    /// The header's names.
    pub fn names(&self) -> Option<&[String]> {
        self.names.as_deref()
    }

    /// Columns.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Lines of numbers.
    pub fn rows(&self) -> usize {
        self.values.len() / self.columns.max(1)
    }

    fn checked(&self, column: usize) -> Result<(), Fault> {
        match self.faults.get(column) {
            Some(Some(bad)) => Err(Fault::Cell {
                line: bad.line,
                column: column + 1,
                found: bad.found.clone(),
                finite: bad.finite,
            }),
            _ => Ok(()),
        }
    }

    /// The numbers of a column, counted from 0.
    ///
    /// # Errors
    /// [`Fault::Cell`].
    pub fn column(&self, column: usize) -> Result<Vec<f64>, Fault> {
        self.checked(column)?;
        let cells = self.values.iter().skip(column).step_by(self.columns.max(1));
        Ok(cells.copied().collect())
    }

    /// Refuses a first column of several that counts from 0 or 1 and has no name but an index's: it is no data.
    ///
    /// # Errors
    /// [`Fault::Index`].
    pub fn without_index(&self) -> Result<(), Fault> {
        let name = self.names.as_ref().and_then(|names| names.first());
        let named = name.is_some_and(|name| !INDEX.contains(&name.to_lowercase().as_str()));
        if named || self.columns < 2 || self.rows() < COUNTED {
            return Ok(());
        }
        let counts = |first: u8| {
            let cells = self.values.iter().step_by(self.columns.max(1));
            (0u32..)
                .zip(cells)
                .all(|(k, &x)| x == f64::from(first) + f64::from(k))
        };
        match [0, 1].into_iter().find(|first| counts(*first)) {
            Some(first) => Err(Fault::Index { first }),
            None => Ok(()),
        }
    }

    /// All numbers.
    ///
    /// # Errors
    /// [`Fault::Cell`], of the first line that has one, and [`Fault::Index`].
    pub fn matrix(self) -> Result<Array2<f64>, Fault> {
        let line = |column: &usize| {
            self.faults
                .get(*column)
                .and_then(Option::as_ref)
                .map(|b| b.line)
        };
        let first = (0..self.columns)
            .filter(|c| line(c).is_some())
            .min_by_key(line);
        if let Some(column) = first {
            self.checked(column)?;
        }
        self.without_index()?;
        let shape = (self.rows(), self.columns);
        let bytes = 8 * self.values.len() as u64;
        Array2::from_shape_vec(shape, self.values).map_err(|_| Fault::Memory { bytes })
    }
}

fn unread(error: csv::Error, line: u64) -> Fault {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Fault::Io(error),
        _ => Fault::Text { line },
    }
}
