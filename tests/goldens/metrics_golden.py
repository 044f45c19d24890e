"""What scikit-learn says of predictions, and whether they were right."""
import numpy as np
import sklearn
from sklearn import metrics
from sklearn.utils.class_weight import compute_class_weight


def round_trip(value):
    return np.asarray(value, dtype=float).tolist()


def classes(seed, count, kinds, right):
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, kinds, count)
    guess = np.where(rng.random(count) < right, truth, rng.integers(0, kinds, count))
    scores = rng.random((count, kinds))
    scores[np.arange(count), guess] += 1
    probabilities = scores / scores.sum(1, keepdims=True)
    report = {}
    for average in (None, "macro", "micro", "weighted"):
        p, r, f, _ = metrics.precision_recall_fscore_support(
            truth, guess, labels=range(kinds), average=average, zero_division=0)
        report[average or "each"] = [round_trip(p), round_trip(r), round_trip(f)]
    return {
        "classes": kinds, "truth": truth.tolist(), "predicted": guess.tolist(), "probabilities": round_trip(probabilities),
        "confusion": metrics.confusion_matrix(truth, guess, labels=range(kinds)).tolist(),
        "accuracy": metrics.accuracy_score(truth, guess),
        "balanced_accuracy": metrics.balanced_accuracy_score(truth, guess),
        "kappa": metrics.cohen_kappa_score(truth, guess),
        "matthews": metrics.matthews_corrcoef(truth, guess),
        "log_loss": metrics.log_loss(truth, probabilities, labels=range(kinds)),
        "top_2": metrics.top_k_accuracy_score(truth, probabilities, k=2, labels=range(kinds)) if kinds > 2 else 1.0,
        "class_weights": round_trip(compute_class_weight("balanced", classes=np.unique(truth), y=truth)),
        "report": report,
    }


def binary(seed, count, ties):
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, 2, count)
    truth[:2] = [0, 1]
    scores = rng.normal(size=count) + truth
    if ties:
        scores = np.round(scores)
    false_positive, true_positive, thresholds = metrics.roc_curve(truth, scores, drop_intermediate=False)
    precision, recall, _ = metrics.precision_recall_curve(truth, scores)
    return {"truth": truth.tolist(), "scores": scores.tolist(), "auc": metrics.roc_auc_score(truth, scores),
            "average_precision": metrics.average_precision_score(truth, scores),
            "false_positive": false_positive.tolist(), "true_positive": true_positive.tolist(),
            "thresholds": thresholds[1:].tolist(), "precision": precision.tolist(), "recall": recall.tolist()}


def regression(seed, count):
    rng = np.random.default_rng(seed)
    truth = rng.normal(size=count) * 10
    guess = truth + rng.normal(size=count)
    return {"truth": truth.tolist(), "predicted": guess.tolist(), "r2": metrics.r2_score(truth, guess),
            "mean_squared_error": metrics.mean_squared_error(truth, guess),
            "mean_absolute_error": metrics.mean_absolute_error(truth, guess),
            "max_error": metrics.max_error(truth, guess),
            "explained_variance": metrics.explained_variance_score(truth, guess)}


def record():
    return {
        "sklearn": sklearn.__version__,
        "classes": [classes(1, 40, 3, .7), classes(2, 25, 2, .5), classes(3, 60, 7, .9), classes(4, 5, 4, .0),
                    classes(5, 100, 10, .6)],
        "binary": [binary(1, 30, False), binary(2, 30, True), binary(3, 2, False), binary(4, 101, True),
                   binary(5, 57, False)],
        "regression": [regression(1, 20), regression(2, 2), regression(3, 101)],
    }
