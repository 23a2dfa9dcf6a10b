//! `tensor_dyson` for Python: laws, data matrices and kernels of the Rust library, arrays in and out.
//!
//! What takes long runs without the interpreter's lock, looks for Ctrl-C between pieces of work, and leaves its error as
//! the exception `tensor_dyson.Error` with the words of the library.

mod covariance;
mod data;
mod error;
mod kernel;
mod law;

use pyo3::prelude::*;

#[pymodule]
fn _tensor_dyson(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("Error", module.py().get_type::<error::Error>())?;
    module.add_class::<law::PyLaw>()?;
    module.add_class::<data::PySpectrum>()?;
    module.add_class::<covariance::PyCovariance>()?;
    module.add_class::<kernel::PySample>()?;
    module.add_function(wrap_pyfunction!(data::spectrum, module)?)?;
    module.add_function(wrap_pyfunction!(data::tracy_widom, module)?)?;
    module.add_function(wrap_pyfunction!(kernel::sample, module)?)?;
    module.add_function(wrap_pyfunction!(kernel::network_kernel, module)?)?;
    module.add_function(wrap_pyfunction!(kernel::hermite_data, module)?)?;
    Ok(())
}
