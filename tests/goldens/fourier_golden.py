"""Transforms by NumPy, windows and power spectra by SciPy."""
import numpy as np
import scipy
from scipy import signal

LENGTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 15, 16, 30, 31, 32, 37, 49, 60, 64, 97, 100, 128, 210, 243, 256, 343, 625,
           962, 1000, 1009, 1024, 2310, 4096, 10007]
WINDOWS = {"boxcar": "Rectangular", "bartlett": "Bartlett", "cosine": "Cosine", "hann": "Hann", "hamming": "Hamming",
           "blackman": "Blackman", "blackmanharris": "BlackmanHarris", "nuttall": "Nuttall", "flattop": "FlatTop",
           ("gaussian", 2.5): "Gaussian", ("kaiser", 8.6): "Kaiser", ("tukey", 0.4): "Tukey"}


def digits(values):
    """Twelve digits: what another build of the same version agrees on."""
    return [float(f"{x:.12g}") for x in np.ravel(values)]


def samples(length, seed):
    """Numbers that a test can make again to the last bit."""
    return np.array([(j * 7919 + seed * 104729) % 2003 - 1000 for j in range(length)]) / 1000


def bins(length):
    return sorted({k % length for k in [*range(12), length // 3, length // 2, length // 2 + 1, -2, -1]})


def transform(length):
    x = samples(length, 1) + 1j * samples(length, 2)
    spectrum = np.fft.fft(x)
    return {"length": length, "bins": bins(length), "re": digits(spectrum[bins(length)].real),
            "im": digits(spectrum[bins(length)].imag)}


def matrix(rows, columns):
    x = samples(rows * columns, 3).reshape(rows, columns) + 1j * samples(rows * columns, 4).reshape(rows, columns)
    spectrum = np.fft.fft2(x).ravel()
    return {"rows": rows, "columns": columns, "re": digits(spectrum.real), "im": digits(spectrum.imag)}


def window(name, length, symmetric):
    values = signal.get_window(name, length, fftbins=not symmetric)
    return {"name": WINDOWS[name], "length": length, "symmetric": symmetric, "values": digits(values)}


def spectrum(method, length, **options):
    x = samples(length, 5) + np.sin(np.arange(length) * 0.7)
    frequencies, power = getattr(signal, method)(x, **options)
    return {"method": method, "length": length, "options": options, "frequencies": digits(frequencies),
            "power": digits(power)}


def record():
    return {
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "transforms": [transform(n) for n in LENGTHS],
        "matrices": [matrix(*shape) for shape in [(1, 1), (2, 3), (4, 4), (5, 8), (1, 7), (11, 1)]],
        "windows": [window(name, n, symmetric) for name in WINDOWS for n in (1, 2, 5, 8, 16)
                    for symmetric in (False, True) if (name, n) != ("flattop", 1)],
        "spectra": [
            spectrum("periodogram", 50), spectrum("periodogram", 51, fs=10.0, scaling="spectrum"),
            spectrum("periodogram", 32, window="hamming", detrend=False), spectrum("welch", 1000, nperseg=64),
            spectrum("welch", 300, fs=2.5, nperseg=51, noverlap=10, scaling="spectrum"),
            spectrum("welch", 30, detrend=False), spectrum("welch", 200, nperseg=32, window="blackman"),
        ],
    }
