"""Principal component analysis by scikit-learn; signs are as it makes them deterministic."""
import warnings

import numpy as np
import sklearn
from sklearn import datasets, decomposition


def digits(values):
    """Twelve digits: what another build of the same version agrees on."""
    return [float(f"{x:.12g}") for x in np.ravel(values)]


def matrix(rows, columns, seed):
    rng = np.random.default_rng(seed)
    mixed = rng.normal(size=(rows, columns)) * (2.0 ** -np.arange(columns)) @ rng.normal(size=(columns, columns))
    return (mixed + rng.normal(size=columns)).astype("f4").astype("f8")


def case(name, x, components, whiten=False, batches=None):
    if batches:
        model = decomposition.IncrementalPCA(components, whiten=whiten)
        for part in np.split(x, np.cumsum(batches)[:-1]):
            model.partial_fit(part)
    else:
        model = decomposition.PCA(components, whiten=whiten, svd_solver="full").fit(x)
    scores = model.transform(x)
    return {"name": name, "rows": x.shape[0], "columns": x.shape[1], "x": digits(x), "components": components,
            "whiten": whiten, "batches": batches, "axes": digits(model.components_),
            "mean": digits(model.mean_), "variance": digits(model.explained_variance_),
            "ratio": digits(model.explained_variance_ratio_), "singular": digits(model.singular_values_),
            "noise": digits(model.noise_variance_)[0], "scores": digits(scores),
            "back": digits(model.inverse_transform(scores))}


def ratios(x, components):
    return digits(decomposition.PCA(components, svd_solver="full").fit(x).explained_variance_ratio_)


def record():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return {
            "sklearn": sklearn.__version__,
            "numpy": np.__version__,
            "cases": [
                case("tall", matrix(40, 6, 1), 3), case("all components", matrix(25, 5, 2), 5),
                case("wide", matrix(7, 20, 3), 4), case("square", matrix(9, 9, 4), 6),
                case("one column", matrix(8, 1, 5), 1), case("two rows", matrix(2, 5, 6), 1),
                case("whitened", matrix(40, 6, 1), 3, whiten=True), case("wide whitened", matrix(7, 20, 3), 4, whiten=True),
                case("in batches", matrix(40, 6, 7), 3, batches=[12, 8, 20]),
                case("whitened in batches", matrix(33, 5, 8), 2, whiten=True, batches=[11, 11, 11]),
                case("one batch", matrix(20, 8, 9), 4, batches=[20]),
                case("wide batches", matrix(18, 30, 10), 3, batches=[6, 6, 6]),
            ],
            "iris": ratios(datasets.load_iris().data, 4),
            "digits": ratios(datasets.load_digits().data, 10),
        }
