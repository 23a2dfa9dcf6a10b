//! `tensor_dyson` for Python: laws, data matrices and kernels of the Rust library, arrays in and out.
//!
//! What takes long runs without the interpreter's lock and looks for Ctrl-C meanwhile; an error is the exception
//! `tensor_dyson.Error` with the words of the library. Arrays are read where they lie, and those that are made are handed over.

mod arrays;
mod covariance;
mod data;
mod derivation;
mod error;
mod interrupt;
mod kernel;
mod law;
mod proof;
mod seconds;
mod spectrum;
mod tensor_law;
mod theory;
mod values;

use pyo3::prelude::*;

#[pymodule]
fn _tensor_dyson(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("Error", module.py().get_type::<error::Error>())?;
    module.add_class::<law::PyLaw>()?;
    module.add_class::<data::PySpectrum>()?;
    module.add_class::<covariance::PyCovariance>()?;
    module.add_class::<kernel::PySample>()?;
    module.add_class::<theory::PyTheory>()?;
    module.add_class::<theory::PyExpression>()?;
    module.add_class::<proof::PyProver>()?;
    module.add_class::<proof::PyProof>()?;
    module.add_class::<derivation::PyDerivation>()?;
    module.add_function(wrap_pyfunction!(derivation::derive, module)?)?;
    module.add_function(wrap_pyfunction!(seconds::_seconds, module)?)?;
    module.add_function(wrap_pyfunction!(spectrum::spectrum, module)?)?;
    module.add_function(wrap_pyfunction!(spectrum::tracy_widom, module)?)?;
    module.add_function(wrap_pyfunction!(kernel::sample, module)?)?;
    module.add_function(wrap_pyfunction!(kernel::network_kernel, module)?)?;
    module.add_function(wrap_pyfunction!(kernel::hermite_data, module)?)?;
    Ok(())
}
