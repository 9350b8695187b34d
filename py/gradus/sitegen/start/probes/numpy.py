"""Programs with NumPy that any fast start must run as a plain one does."""

# %%
import numpy as np

generator = np.random.default_rng(42)
data = generator.uniform(-3, 3, 200)
target = 2.5 * data - 1 + generator.normal(0, 0.7, 200)
slope = intercept = 0.0
for _ in range(300):
    error = slope * data + intercept - target
    slope -= 0.1 * np.mean(error * data)
    intercept -= 0.1 * np.mean(error)
slope, intercept, np.linalg.lstsq(np.c_[data, np.ones(200)], target, rcond=None)[0]

# %%
np.random.seed(3)
print(np.random.rand(3), np.random.normal(size=2), np.random.permutation(5))
np.fft.fft([1, 2, 3, 4]), np.polynomial.Polynomial([1, 2, 3])(2.0)

# %%
for attempt in (
    lambda: np.linalg.inv(np.zeros((2, 3))),
    lambda: np.zeros(3) + np.zeros(4),
    lambda: np.ones((2, 3)) @ np.ones((2, 3)),
):
    try:
        attempt()
    except Exception as caught:
        print(type(caught).__name__, caught)
np.array([1.0, np.nan]) / 0

# %%
import numpy.polynomial.chebyshev
import numpy.testing

numpy.testing.assert_allclose(np.polynomial.chebyshev.chebval(0.5, [1, 2]), 2)
np.arange(12).reshape(3, 4), np.__version__, np.dtype("f4"), help(np.hypot)

# %%
print(np.linalg.eigvalsh([[2.0, 1.0], [1.0, 3.0]]), np.linalg.svd(np.eye(2))[1], np.linalg.qr(np.eye(2))[1])
print(
    np.ma.masked_less([1, 2, 3], 2), np.histogram2d([1, 2], [3, 4], bins=2)[0], np.interp(1.5, [1, 2], [3, 5])
)
generator = np.random.Generator(np.random.Philox(5))
print(generator.gamma(2.0, size=2), generator.multivariate_normal([0, 0], np.eye(2)), generator.poisson(3, 3))
(
    np.random.RandomState(3).beta(1, 2, 2),
    np.einsum("ij,jk->ik", np.eye(2), np.ones((2, 2))),
    np.kron([1, 2], [3]),
)
