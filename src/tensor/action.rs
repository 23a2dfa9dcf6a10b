//! What a 4-tensor does: it acts on matrices, composes with another and pairs with it.

use ndarray::{Array2, Array4, ArrayView2, ArrayView4, LinalgScalar};

/// The action `(T·M)_ab = Σ_cd T_abcd M_cd` of a tensor a×b×c×d on a c×d matrix: a×b. Slide 'Spectrum of 𝒬'.
///
/// # Panics
/// If `M` does not have the shape of the last two axes of `T`.
pub fn act<A: LinalgScalar>(t: ArrayView4<'_, A>, m: ArrayView2<'_, A>) -> Array2<A> {
    let (a, b, c, d) = t.dim();
    assert!(
        m.dim() == (c, d),
        "a tensor of shape {:?} does not act on a matrix of shape {:?}",
        t.dim(),
        m.dim()
    );
    Array2::from_shape_fn((a, b), |(i, j)| {
        let mut sum = A::zero();
        for ((k, l), &x) in m.indexed_iter() {
            sum = sum + t[[i, j, k, l]] * x;
        }
        sum
    })
}

/// The composition `(T∘S)_abef = Σ_cd T_abcd S_cdef` of two operators of shapes (a, b, c, d) and (c, d, e, f), so that
/// `(T∘S)·M = T·(S·M)`: what the inverses of slide 'Superoperator computation' invert.
///
/// # Panics
/// If the last two axes of `T` do not have the lengths of the first two of `S`.
pub fn compose<A: LinalgScalar>(t: ArrayView4<'_, A>, s: ArrayView4<'_, A>) -> Array4<A> {
    let ((a, b, c, d), (e, f, g, h)) = (t.dim(), s.dim());
    assert!(
        (c, d) == (e, f),
        "tensors of shapes {:?} and {:?} do not compose",
        t.dim(),
        s.dim()
    );
    let product = super::matricize(t).dot(&super::matricize(s));
    super::tensorize(product.view(), (a, b, g, h))
}

/// The inner product `⟨T, S⟩ = Σ_abcd T_abcd S_abcd` of two tensors of one shape (bilinear: nothing is conjugated).
/// Slide 'Superoperator computation'.
///
/// # Panics
/// If the shapes differ.
pub fn inner<A: LinalgScalar>(t: ArrayView4<'_, A>, s: ArrayView4<'_, A>) -> A {
    assert!(
        t.dim() == s.dim(),
        "inner product of shapes {:?} and {:?}",
        t.dim(),
        s.dim()
    );
    t.iter()
        .zip(s.iter())
        .fold(A::zero(), |sum, (&x, &y)| sum + x * y)
}

/// The identity `ℐ_{d,p} = τ₂₃(I_d ⊗ I_p)`, that is `(ℐ_{d,p})_abce = δ_ac δ_be`, of shape d×p×d×p.
///
/// Slide 'Tensor Dyson Equation'.
pub fn identity_4<A: LinalgScalar>(d: usize, p: usize) -> Array4<A> {
    let (id, ip) = (Array2::eye(d), Array2::eye(p));
    super::tau_23(super::outer(id.view(), ip.view()).view()).to_owned()
}
