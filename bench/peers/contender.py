"""A program that measures itself when asked, a line at a time, and stands still while another has its turn."""
import json
import os
import pathlib
import select
import signal
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "bench" / "peers"
DRIVERS = ROOT / "artifacts" / "peers"
LIBRARIES = "/usr/lib/x86_64-linux-gnu"
HEADERS = "/usr/include/x86_64-linux-gnu"

# Keeps freed memory in the process: glibc would return it to the system and fault it in again every step.
MALLOC = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": "-1", "MALLOC_TOP_PAD_": "268435456"}

# What of the environment would change what is measured; a contender gets back what is best for it.
UNSET = ("OPENBLAS_", "BLIS_", "OMP_", "GOMP_", "KMP_", "MKL_", "ATEN_", "DNNL_", "ONEDNN_", "MALLOC_", "DOTNET_Enable",
         "DOTNET_Tiered", "DOTNET_GC", "LD_LIBRARY_PATH", "LD_PRELOAD")

AVX2_ONLY = {"DOTNET_EnableAVX512": "0", "ATEN_CPU_CAPABILITY": "avx2", "OPENBLAS_CORETYPE": "Haswell",
             "ONEDNN_MAX_CPU_ISA": "AVX2"}


class NotMeasured(Exception):
    """Why there is no number."""


class Contender:
    """Asked with `SECONDS THREADS COMMAND`, answers with a line of JSON; stopped between questions, so that threads that
    wait by spinning do not take the processor from the one whose turn it is."""

    def __init__(self, name, program, environment=None, timeout=120):
        self.name, self.timeout, self.buffer, self.version = name, timeout, b"", ""
        self.errors = tempfile.TemporaryFile()
        kept = {key: value for key, value in os.environ.items() if not key.startswith(UNSET)}
        try:
            self.process = subprocess.Popen(
                [str(part) for part in program], env={**kept, **(environment or {})}, cwd=ROOT, stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=self.errors, start_new_session=True)
        except OSError as error:
            raise NotMeasured(f"{name} does not start: {error}") from error
        os.set_blocking(self.process.stdout.fileno(), False)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.signal(signal.SIGKILL)
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.errors):
            stream.close()

    def ask(self, seconds, threads, command):
        """The first of the results, with `version` beside it."""
        self.signal(signal.SIGCONT)
        try:
            self.process.stdin.write(f"{seconds} {threads} {command}\n".encode())
            self.process.stdin.flush()
            answer = json.loads(self.line())
        except BrokenPipeError:
            raise NotMeasured(self.last_words()) from None
        finally:
            self.signal(signal.SIGSTOP)
        if not answer["ok"]:
            raise NotMeasured(f"{self.name}: {answer['error']}")
        self.version = answer.get("version", "")
        return {**answer["results"][0], **{key: answer.get(key) for key in ("blas", "capability", "vector_bits")}}

    def line(self):
        until = time.monotonic() + self.timeout
        while b"\n" not in self.buffer:
            if not select.select([self.process.stdout], [], [], max(0, until - time.monotonic()))[0]:
                self.signal(signal.SIGKILL)  # a late answer would be taken for the next one's
                raise NotMeasured(f"{self.name} did not answer within {self.timeout} s")
            part = self.process.stdout.read(1 << 16)
            if not part:
                raise NotMeasured(self.last_words())
            self.buffer += part
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line

    def last_words(self):
        self.process.wait()
        self.errors.seek(0)
        lines = self.errors.read().decode(errors="replace").strip().splitlines()
        return f"{self.name} ended: {lines[-1] if lines else self.process.returncode}"

    def signal(self, number):
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            pass


def nabla(environment=None):
    return Contender("Nabla", [ROOT / "nabla", "bench", "serve"], environment)


def pytorch(environment=None, name="PyTorch"):
    return Contender(name, ["/usr/bin/python3", HERE / "pytorch_serve.py"], {**MALLOC, **(environment or {})})


def small_pytorch(environment):
    """As PyTorch comes, returning freed memory to the system: slower, but it needs less."""
    return Contender("PyTorch", ["/usr/bin/python3", HERE / "pytorch_serve.py"], environment)


def decompositions(name):
    """NumPy or scikit-learn."""
    return Contender(name, ["/usr/bin/python3", HERE / "decompositions_serve.py"], MALLOC)


def openblas():
    folder = "openblas-openmp"
    return blas("OpenBLAS", "openblas", "libopenblas-openmp-dev", [
        f"-I{HEADERS}/{folder}", f"-L{LIBRARIES}/{folder}", f"-Wl,-rpath,{LIBRARIES}/{folder}", "-lopenblas"])


def blis():
    # 0.9.0 takes generic code for a processor it does not know; 0 is its AVX-512 configuration.
    folder = "blis-openmp"
    wide = {"BLIS_ARCH_TYPE": "0"} if "avx512f" in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8") else {}
    return blas("BLIS", "blis", "libblis-dev", [
        f"-I{HEADERS}/{folder}", f"-L{LIBRARIES}/{folder}", f"-Wl,-rpath,{LIBRARIES}/{folder}", "-lblis"], wide)


def onednn():
    return blas("oneDNN", "onednn", "libdnnl-dev", ["-fopenmp", "-ldnnl"])


def blas(name, source, package, flags, environment=None):
    driver = compiled(name, [HERE / "blas" / "serve.c", HERE / "blas" / f"{source}.c"], flags, package)
    return Contender(name, [driver], {**MALLOC, **(environment or {})})


def compiled(name, sources, flags, package):
    """The driver, compiled anew when it is older than a source."""
    DRIVERS.mkdir(parents=True, exist_ok=True)
    driver = DRIVERS / sources[-1].stem
    if not driver.exists() or driver.stat().st_mtime < max(path.stat().st_mtime for path in sources):
        try:
            built = subprocess.run(["gcc", "-O2", "-o", driver, *sources, *flags], capture_output=True, text=True, check=False)
        except OSError as error:
            raise NotMeasured(f"{name}: there is no gcc; apt-get install gcc") from error
        if built.returncode:
            reason = next((line for line in built.stderr.splitlines() if "error" in line), "the driver does not compile")
            raise NotMeasured(f"{name}: {reason}; apt-get install {package}")
    return driver


def round_trip():
    """How many nanoseconds a cache line takes between the first two processors and back; None where it cannot be said."""
    if (os.cpu_count() or 1) < 2:
        return None
    try:
        driver = compiled("round trip", [HERE / "roundtrip.c"], ["-pthread"], "gcc")
        return int(subprocess.run([driver], capture_output=True, text=True, timeout=10, check=True).stdout)
    except (NotMeasured, OSError, subprocess.SubprocessError, ValueError):
        return None
