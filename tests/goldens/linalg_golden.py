"""Golden linear algebra: what NumPy and SciPy say in float64 of matrices whose numbers are exact in float32."""
import numpy as np
import scipy
import scipy.linalg

DIGITS = 12  # so that another BLAS writes the same file


def cases():
    rng = np.random.default_rng(4)
    single = lambda *shape: rng.standard_normal(shape).astype(np.float32).astype(np.float64)
    square = single(6, 6)
    yield "one", np.array([[-3.0]])
    yield "tall", single(9, 4)
    yield "wide", single(4, 9)
    yield "square", square
    yield "symmetric", square + square.T
    yield "definite", (square @ square.T + 6 * np.eye(6)).astype(np.float32).astype(np.float64)
    yield "rank 2", np.rint(4 * single(8, 2)) @ np.rint(4 * single(2, 5))
    yield "graded", np.float32(square * 10.0 ** -np.arange(6)).astype(np.float64)
    yield "clustered", np.diag([1.0, 1, 1, 2, 2, 0.5]) + 0
    yield "laplacian", 2 * np.eye(20) - np.eye(20, k=1) - np.eye(20, k=-1)


def numbers(x):
    return [float(f"{value:.{DIGITS}g}") for value in np.ravel(x)]


def of(a):
    m, n = a.shape
    b = np.arange(1.0, m + 1)[:, None] * [1, -0.5]
    s = np.linalg.svd(a, compute_uv=False)
    tolerance = 1e-6
    result = {
        "rows": m, "columns": n, "a": numbers(a), "b": numbers(b), "singular values": numbers(s),
        "pinv": numbers(np.linalg.pinv(a, rcond=tolerance)), "lstsq": numbers(np.linalg.lstsq(a, b, rcond=tolerance)[0]),
        "rank": int(np.linalg.matrix_rank(a, tol=tolerance * s[0])), "abs diagonal of R": numbers(abs(np.diag(np.linalg.qr(a)[1]))),
        "norms": {"Frobenius": numbers(np.linalg.norm(a))[0], "One": numbers(np.linalg.norm(a, 1))[0],
                  "Two": numbers(np.linalg.norm(a, 2))[0], "Infinity": numbers(np.linalg.norm(a, np.inf))[0],
                  "Nuclear": numbers(np.linalg.norm(a, "nuc"))[0]},
        "vector norms": {str(p): numbers(np.sum(abs(a) ** p) ** (1 / p))[0] for p in (0.5, 1, 2, 3)},
    }
    if result["rank"] == min(m, n):
        result["cond"] = numbers(s[0] / s[-1])[0]
    if m != n:
        return result
    sign, logarithm = np.linalg.slogdet(a)
    result |= {"det": numbers(np.linalg.det(a))[0], "slogdet": [sign, numbers(logarithm)[0]],
               "solve": numbers(np.linalg.solve(a, b)), "inv": numbers(np.linalg.inv(a)),
               "expm": numbers(scipy.linalg.expm(a)), "cube": numbers(np.linalg.matrix_power(a, 3))}
    if np.array_equal(a, a.T):
        result["eigenvalues"] = numbers(np.linalg.eigvalsh(a))
        if np.linalg.eigvalsh(a)[0] > 0:
            result["cholesky"] = numbers(np.linalg.cholesky(a))
    return result


def record():
    return {"numpy": np.__version__, "scipy": scipy.__version__, "digits": DIGITS,
            "cases": {name: of(a) for name, a in cases()}}
