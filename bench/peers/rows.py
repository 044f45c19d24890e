"""What is compared: the rows of the issue, their commands, their floors, and what makes PyTorch fastest on each."""
import dataclasses


@dataclasses.dataclass(frozen=True)
class Row:
    key: str
    title: str
    command: str  # of `nabla bench`
    floor: float  # Nabla's speed must be so many times the peer's
    pytorch: str = ""  # what is added to the command for PyTorch
    environment: tuple = ()  # and to its environment
    nabla: str = ""  # what is added to the command for Nabla
    seconds: float = 1.0  # of one turn
    share_floor: float = 0  # of the machine's multiply-adds
    scaling_floor: float = 0  # two threads against one
    counted: str = ""  # how, where fewer operations would do
    less_memory: bool = False  # than PyTorch with the settings that need least
    avx2: bool = False  # is also compared without AVX-512, where Nabla must be ahead


def gpt(layers, heads, dim, context, batch, vocab=65):
    return (f"train --layers {layers} --heads {heads} --dim {dim} --context {context} --batch {batch} --vocab {vocab}")


# Debian's PyTorch takes its AVX2 kernels unless told otherwise.
WIDE = (("ATEN_CPU_CAPABILITY", "avx512"),)

MODELS = [
    Row("gpt-128", "GPT 4 layers, 4 heads, 128, T 64, B 12, V 65", gpt(4, 4, 128, 64, 12), 1.8,
        pytorch="--jit", environment=WIDE, scaling_floor=1.85, avx2=True),
    Row("gpt-384", "GPT 6 layers, 6 heads, 384, T 256, B 8, V 65", gpt(6, 6, 384, 256, 8), 1.3,
        environment=WIDE, seconds=2.5, share_floor=0.75, scaling_floor=1.85, avx2=True),
    Row("gpt2-124m", "GPT-2 124M, T 64, B 4, V 50257", gpt(12, 12, 768, 64, 4, 50257), 1.4,
        pytorch="--jit", environment=WIDE, seconds=3, less_memory=True, avx2=True),
    Row("gpt-1024", "GPT 6 layers, 6 heads, 384, T 1024, B 2, V 65", gpt(6, 6, 384, 1024, 2), 1.6,
        environment=WIDE, seconds=3, less_memory=True, avx2=True),
    Row("mlp", "MLP 784-256-10, batch 128, Adam", "mlp --batch 128", 1.5, environment=WIDE,
        nabla="--random"),
    Row("cnn", "CNN: conv 1→32 3×3, pool, conv 32→64 3×3, pool, 128, 10; batch 64", "cnn --batch 64", 2,
        pytorch="--channels-last", environment=WIDE, nabla="--random", counted="as direct convolution"),
    Row("unet", "U-Net: 32×32×1, base 32, multipliers 1, 2, 4; batch 16", "unet --batch 16", 1.4,
        pytorch="--channels-last --jit", environment=WIDE, seconds=1.5, counted="as direct convolution"),
]

# Ways to make PyTorch faster that were tried for each row with --tune; the best stands above.
TUNING = {
    "plain": ("", {}),
    "avx512": ("", dict(WIDE)),
    "jit": ("--jit", dict(WIDE)),
    "foreach": ("--foreach", dict(WIDE)),
    "jit+foreach": ("--jit --foreach", dict(WIDE)),
    "active waiting": ("--jit", {**dict(WIDE), "OMP_WAIT_POLICY": "active"}),
    "short spinning": ("--jit", {**dict(WIDE), "GOMP_SPINCOUNT": "100000"}),
    "pinned": ("--jit", {**dict(WIDE), "GOMP_CPU_AFFINITY": "0 1"}),
    "OpenBLAS on one thread": ("--jit", {**dict(WIDE), "OPENBLAS_NUM_THREADS": "1"}),
    "BLIS": ("--jit", {**dict(WIDE), "BLIS_ARCH_TYPE": "0", "BLIS_NUM_THREADS": "2",
                       "LD_LIBRARY_PATH": "/usr/lib/x86_64-linux-gnu/blis-openmp"}),
}
IMAGE_TUNING = {
    "channels last": ("--channels-last", dict(WIDE)),
    "channels last, jit": ("--channels-last --jit", dict(WIDE)),
    "no oneDNN": ("--no-mkldnn", dict(WIDE)),
}

SGEMM_FLOOR, SGEMM_SHARE_FLOOR, SGEMM_SCALING_FLOOR = 0.98, 0.88, 1.85
SGEMM_LARGE = 1024  # from here on, in all three sizes, the share counts

# M, N, K and the layouts; in NT the second factor is stored transposed (dX of a layer), in TN the first (dW).
SGEMM = [
    *((n, n, n, layout) for n in (256, 512, 1024, 2048) for layout in ("nn", "nt", "tn")),
    *((*sizes, layout) for sizes in ((4096, 384, 1536), (4096, 1536, 384)) for layout in ("nn", "nt", "tn")),
    (384, 1536, 4096, "tn"), (1536, 384, 4096, "tn"),  # dW of those two layers
    *((*sizes, layout) for sizes in ((768, 65, 128), (2048, 65, 384)) for layout in ("nn", "nt", "tn")),
    # The output layer of a GPT-2: as a product with a stored W and with Wᵀ, the gradient of its input, and of W.
    (256, 50257, 768, "nn"), (256, 50257, 768, "nt"), (256, 768, 50257, "nn"), (50257, 768, 256, "tn"),
]


@dataclasses.dataclass(frozen=True)
class Decomposition:
    """Against a library of Python, with as many threads as are best for it."""
    key: str
    title: str
    peer: str
    command: str  # of `nabla bench` and of decompositions_serve.py
    floor: float = 1.0
    seconds: float = 1.0


DECOMPOSITIONS = [
    Decomposition("svd", "SVD of a random 768×768, all vectors", "NumPy", "svd --n 768"),
    Decomposition("eigh", "symmetric eigen-decomposition of 768×768, all vectors", "NumPy", "eigh --n 768"),
    Decomposition("pca", "PCA(2) of 70,000×784, randomised", "scikit-learn", "pca --solver randomised", seconds=1.5),
    Decomposition("pca-exact", "PCA(2) of 70,000×784, exact", "scikit-learn", "pca --solver exact", seconds=3),
]

# recipes/shakespeare.json: its model for PyTorch, its steps, the share of PyTorch's time that it may take,
# and the seconds.
SHAKESPEARE_COMMAND = "llama --layers 6 --heads 6 --dim 192 --context 128 --batch 16 --vocab 1024 --inner 512 --dropout 0.1"
SHAKESPEARE_PYTORCH = "--jit"
SHAKESPEARE_STEPS, SHAKESPEARE_SHARE, SHAKESPEARE_SECONDS = 2000, 0.5, 600
