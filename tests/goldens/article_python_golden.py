"""What snippets of the kind that articles print write when Python and NumPy run them."""
import contextlib
import io
import json
import pathlib
import platform

import numpy as np

SNIPPETS = r'''
print(1 + 2 * 3, 7 // 2, -7 // 2, 7 % 3, -7 % 3, 2 ** 10, 2 ** -1)
---
print(10 / 4, 1 / 3, 0.1 + 0.2, 1e16, 1e-5, 123456789.123, 1e22, 5e-324)
---
print(10 ** 30, 2 ** 100 % 97, 12345678901234567890 * 3)
---
print(True + True, True and 0, None or "x", not [], 1 < 2 < 3, 3 > 2 > 5)
---
x = 3
x += 2; x *= 4; x -= 1; x /= 2; x //= 2; x **= 2
print(x)
---
print(f"{3.14159:.2f} {42:5d}| {42:<5}| {42:^5}| {1234567:,} {0.256:.1%} {1e-7:.2e} {255:x} {5:03d} {-3.5:+.1f}")
---
name, value = "loss", 0.12345
print(f"{name}: {value:.3f}, {value!r}, {name!r:>8}, {value = }, {{x}}")
---
print(f"{3.0} {1e10} {1.5e-10} {100000000000000000.0} {float('inf')} {-0.0}")
---
print(f"{12.5:g} {1234567.0:g} {0.00001234:g} {100.0:g} {3.0:.3} {1234.5:.2} {0.5:8.3f}|")
---
width = 10
print(f"{'a':>{width}}|{'b':<{width}}|{'c':*^{width}}|")
---
print([1, 2.5, "a", True, None], (1,), (1, 2), {"a": 1, "b": [2]}, {3})
---
a = [1, 2, 3, 4, 5]
print(a[0], a[-1], a[1:3], a[::2], a[::-1], a[:-2], len(a), sum(a), max(a), min(a))
---
a = [3, 1, 2]
a.append(5); a.extend([7, 6]); a.insert(0, 9)
print(sorted(a), sorted(a, reverse=True), a.pop(), a, a.index(5), a.count(1))
a.sort()
print(a)
---
d = {"x": 1}
d["y"] = 2
d["x"] += 5
for k, v in d.items():
    print(k, v)
print(d.get("z", 0), "x" in d, len(d), list(d.keys()), list(d.values()))
---
print([x ** 2 for x in range(5) if x % 2 == 0], {x: x * x for x in range(3)}, [i + j for i in range(2) for j in range(3)])
---
print(sum(x * x for x in range(10)), max((x, -x) for x in range(3)), list(zip("ab", [1, 2])), list(enumerate("xy", 1)))
---
a, *b, c = range(5)
print(a, b, c)
(x, y), z = (1, 2), 3
print(x, y, z)
---
def fact(n):
    return 1 if n <= 1 else n * fact(n - 1)
print(fact(5), fact(25))
---
def fib(n):
    a, b = 0, 1
    while b < n:
        yield_ = b
        a, b = b, a + b
    return a
print(fib(100))
---
def f(a, b=2, *rest, scale=1):
    return (a + b + sum(rest)) * scale
print(f(1), f(1, 5), f(1, 2, 3, 4), f(1, b=7), f(1, scale=10))
---
def counter():
    count = 0
    def step():
        nonlocal count
        count += 1
        return count
    return step
c = counter()
c()
print(c(), c())
---
total = 0
def add(n):
    global total
    total += n
for i in range(5):
    if i == 3:
        continue
    add(i)
else:
    add(100)
print(total)
---
square = lambda x: x * x
print(list(map(square, [1, 2, 3])), list(filter(lambda x: x > 1, [1, 2, 3])), sorted(["bb", "a"], key=lambda s: len(s)))
---
class Neuron:
    bias = 0.5
    def __init__(self, weights):
        self.weights = weights
    def forward(self, inputs):
        return sum(w * x for w, x in zip(self.weights, inputs)) + self.bias
n = Neuron([0.2, 0.8])
print(n.forward([1.0, 2.0]), n.bias)
n.bias = 1
print(n.forward([1.0, 2.0]), Neuron.bias)
---
class Base:
    def name(self):
        return "base"
    def hello(self):
        return "I am " + self.name()
class Child(Base):
    def name(self):
        return "child"
print(Base().hello(), Child().hello(), isinstance(Child(), Base))
---
class Adder:
    def __init__(self, n):
        self.n = n
    def __call__(self, x):
        return x + self.n
print(Adder(3)(4))
---
import math
print(math.sqrt(2), math.exp(1), math.log(10), math.log2(8), math.log(8, 2), math.pi, math.sin(1.0), math.floor(-1.5))
---
import math
print(math.factorial(10), math.comb(5, 2), math.ceil(1.2), math.tanh(0.5), math.gcd(12, 18), math.hypot(3, 4))
---
from math import exp, log
def sigmoid(z):
    return 1 / (1 + exp(-z))
print(sigmoid(0.5), round(sigmoid(0.5), 4), -log(0.85))
---
print(round(2.5), round(3.5), round(2.675, 2), round(1234.5678, 1), round(-0.5), abs(-3.2), divmod(17, 5), pow(2, 5))
---
print(int(3.9), int(-3.9), float("2.5"), int("42"), str(3.0), bool(0), list("abc"), tuple([1]), set([1, 1]))
---
print("a,b,c".split(","), " x ".strip(), "-".join(["a", "b"]), "abc".upper(), "hello".replace("l", "L"), "abc"[1], "ab" * 3)
---
print("a", "b", sep="-", end="!\n")
print("x", end=" ")
print("y")
---
if 5 > 3 and not False:
    print("yes")
elif 1:
    print("no")
else:
    print("never")
---
for i in range(3):
    for j in range(3):
        if j == 2:
            break
        print(i, j, i * 3 + j)
---
n = 27
steps = 0
while n != 1:
    n = n // 2 if n % 2 == 0 else 3 * n + 1
    steps += 1
print(steps)
---
x = [[1, 2], [3, 4]]
y = [[sum(a * b for a, b in zip(row, col)) for col in zip(*x)] for row in x]
print(y)
---
w = 10.0
lr = 0.1
for step in range(20):
    w = w - lr * 2 * (w - 3)
    if step % 5 == 0:
        print(f"Step {step}: w={w:.4f}, loss={(w - 3) ** 2:.4f}")
---
import numpy as np
a = np.array([1, 2, 3])
b = np.array([4.0, 5.0, 6.0])
print(a + b, a * b, a @ b, np.dot(a, b), a / 2, a ** 2, -a, a - 1)
---
import numpy as np
print(np.array([1, 2, 3]), np.array([1.0, 2.5, 3.25]), np.array([0.1, 22.5, 100.0]), np.array([True, False]))
---
import numpy as np
print(np.array([[1, 2], [3, 4]]))
print(np.array([[0.5, 10.25], [-3, 4]]))
---
import numpy as np
print(np.array([1e-5, 1.0]), np.array([1e10, 1.0]), np.array([1/3, 2/3]), np.array([1e-10]), np.array([123456.789]))
---
import numpy as np
print(repr(np.array([1.5, 2])), repr(np.array([[1, 2], [3, 4]])), [np.float64(0.5), 2])
---
import numpy as np
x = np.arange(12).reshape(3, 4)
print(x.shape, x.ndim, x.size, x.T.shape, x.sum(), x.sum(axis=0), x.sum(axis=1), x.mean(axis=1, keepdims=True).shape)
print(x[1], x[1, 2], x[:, 1], x[0:2, 1:3], x[-1, ::2])
---
import numpy as np
x = np.array([5, 3, 8, 1])
print(x[x > 2], x[[0, 2]], np.where(x > 4, 1, 0), x.argmax(), x.argsort(), np.sort(x), x.max() - x.min())
---
import numpy as np
x = np.zeros((2, 3))
x[0, 1] = 5
x[1] = [1, 2, 3]
x[:, 2] += 10
print(x)
x[x > 5] = 0
print(x)
---
import numpy as np
x = np.arange(5)
y = x[1:3]
y[0] = 100
print(x)
z = x.copy()
z[0] = 7
print(x, z)
---
import numpy as np
def softmax(x):
    e = np.exp(x - np.max(x))
    return e / e.sum()
p = softmax(np.array([2.0, 1.0, 0.1]))
print(p, p.sum(), np.round(p, 3), np.argmax(p))
for i, v in enumerate(p):
    print(f"{i}: {v:.4f}")
---
import numpy as np
logits = np.array([[1.0, 2.0, 3.0], [1.0, 1.0, 1.0]])
e = np.exp(logits - logits.max(axis=1, keepdims=True))
print(e / e.sum(axis=1, keepdims=True))
---
import numpy as np
a = np.array([0.8, 0.2, 0.9, -0.5])
b = np.array([0.7, 0.8, 0.85, -0.4])
print(np.dot(a, b) / (np.linalg.norm(a) * np.linalg.norm(b)))
---
import numpy as np
p = np.array([0.9, 0.1])
print(f"{-np.sum(p * np.log2(p)):.2f} bits", -np.sum(p * np.log(p)))
---
import numpy as np
x = np.array([1.0, 2.0, 3.0, 4.0])
print(x.mean(), x.std(), x.var(), np.std(x, ddof=1), np.median(x), np.var(x, ddof=1))
---
import numpy as np
A = np.array([[2.0, 1.0], [1.0, 3.0]])
print(np.linalg.det(A).round(6), np.linalg.inv(A).round(4), np.linalg.solve(A, np.array([3.0, 5.0])).round(6))
---
import numpy as np
A = np.array([[2.0, 0.0], [0.0, 3.0]])
print(np.linalg.eigvalsh(A), np.linalg.norm(A).round(6), np.trace(A), np.linalg.matrix_rank(A))
---
import numpy as np
print(np.linspace(0, 1, 5), np.arange(0, 1, 0.25), np.ones((2, 2)), np.eye(2), np.full(3, 7))
---
import numpy as np
print(np.concatenate([np.array([1, 2]), np.array([3])]), np.stack([np.array([1, 2]), np.array([3, 4])]).shape)
print(np.vstack([np.array([1, 2]), np.array([3, 4])]), np.hstack([np.array([1, 2]), np.array([3, 4])]))
---
import numpy as np
print(np.outer([1, 2], [3, 4]), np.clip([-1, 0.5, 2], 0, 1), np.cumsum([1, 2, 3]), np.maximum(0, np.array([-1, 2])))
---
import numpy as np
x = np.array([[1, 2], [3, 4]])
W = np.array([[1, 0], [0, 1]])
print(x @ W, x * W, x.dot(W), np.matmul(x, x), x.T, x.flatten(), x.tolist())
---
import numpy as np
Q = np.array([[1.0, 0.0], [0.0, 1.0]])
K = Q.copy()
V = np.array([[1.0, 2.0], [3.0, 4.0]])
scores = Q @ K.T / np.sqrt(2)
weights = np.exp(scores) / np.exp(scores).sum(axis=-1, keepdims=True)
print(weights @ V)
---
import numpy as np
np.random.seed(0)
X = np.random.randn(2, 10, 64)
W = np.random.randn(64, 64)
Q = X @ W
S = Q @ Q.transpose(0, 2, 1)
print(Q.shape, S.shape, X[0].shape, X[:, :5].shape, X.mean(axis=-1).shape, X.reshape(2, -1).shape)
---
import numpy as np
U, S, Vt = np.linalg.svd(np.random.randn(8, 5))
print(U.shape, S.shape, Vt.shape, (U[:, :2] @ np.diag(S[:2]) @ Vt[:2, :]).shape)
---
import numpy as np
print(np.linalg.svd(np.array([[3.0, 0.0], [0.0, 4.0]]))[1])
---
import numpy as np
x = np.array([1.0, 2.0, 3.0])
w = np.array([0.5, -0.25, 0.1])
y = 2.0
for epoch in range(3):
    y_hat = w @ x
    grad = 2 * (y_hat - y) * x
    w -= 0.01 * grad
    print(f"epoch {epoch}: loss {(y_hat - y) ** 2:.6f}")
print(w)
---
import numpy as np
a = np.array([3, 4])
print(np.sqrt(np.sum(a ** 2)), np.linalg.norm(a), np.linalg.norm(a, 1))
---
import numpy as np
print(np.mean([[1, 2], [3, 4]]), np.mean([[1, 2], [3, 4]], axis=0), np.abs(np.array([-1, 2])), np.sign([-2, 0, 3]))
---
import numpy as np
x = np.float64(2.5)
print(x, x + 1, x * 2, round(x, 1), int(x), float(x), f"{x:.3f}", str(x), x > 2)
---
import numpy as np
y = np.array([0, 1, 2])
onehot = np.eye(3)[y]
print(onehot, onehot.astype(int), y[:, None] == y[None, :], (y == 1).sum())
---
import numpy as np
print(np.log(np.array([1, np.e])), np.exp(0), np.log2(8), np.tanh(0.5), np.power(2, 3), np.square([1, 2]))
---
import numpy as np
print(np.array([]), np.zeros(3), np.zeros((1, 2)), np.array(5), np.array([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]))
---
import numpy as np
print(np.triu(np.ones((3, 3)), k=1), np.tril(np.arange(9).reshape(3, 3)), np.diag([1, 2]))
---
import numpy as np
scores = np.array([[1.0, 2.0], [3.0, 4.0]])
mask = np.triu(np.ones((2, 2)), k=1)
scores[mask == 1] = -np.inf
print(scores)
---
import numpy as np
class Linear:
    def __init__(self, w, b):
        self.w, self.b = w, b
    def forward(self, x):
        self.x = x
        return x @ self.w + self.b
    def backward(self, g):
        self.dw = self.x.T @ g
        self.db = g.sum(axis=0)
        return g @ self.w.T
layer = Linear(np.array([[1.0, 2.0], [3.0, 4.0]]), np.zeros(2))
out = layer.forward(np.array([[1.0, 1.0]]))
dx = layer.backward(np.ones_like(out))
print(out, dx, layer.dw, layer.db)
---
import numpy as np
m = v = 0.0
w, b1, b2 = 1.0, 0.9, 0.999
for t in range(1, 4):
    g = 2 * w
    m = b1 * m + (1 - b1) * g
    v = b2 * v + (1 - b2) * g ** 2
    w -= 0.1 * (m / (1 - b1 ** t)) / (np.sqrt(v / (1 - b2 ** t)) + 1e-8)
    print(t, w)
---
text = "hello world"
counts = {}
for ch in text:
    counts[ch] = counts.get(ch, 0) + 1
print(counts, sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[:3])
---
from collections import defaultdict, Counter
d = defaultdict(int)
for w in "a b a".split():
    d[w] += 1
print(d["a"], d["b"], Counter("aab")["a"])
---
x = 5
y = (x := x + 1) * 2
print(x, y, x if x > 3 else -x)
---
def f(x): return x ** 2 + 3 * x
def df(x, h=1e-5): return (f(x + h) - f(x - h)) / (2 * h)
print(f(2), round(df(2), 6))
---
s = 0
for i, (a, b) in enumerate(zip([1, 2, 3], [4, 5, 6])):
    s += i * a * b
print(s, all([1, 1]), any([0, 0]), list(reversed([1, 2])), range(3))
---
print("%s" if False else "ok", 'it''s', "tab\tend", r"raw\n", """two
lines""")
---
print(0.1 + 0.2 == 0.3, 1 == 1.0, "a" < "b", [1, 2] == [1, 2], (1, 2) < (1, 3), 2 in [1, 2], "el" in "hello")
---
print(1_000_000, 0xff, 1e3, .5, 5., 1E-3)
---
import numpy as np
print(np.array([1, 2, 3]) == np.array([1, 0, 3]), np.allclose([0.1 + 0.2], [0.3]), np.any([0, 1]), np.prod([1, 2, 3, 4]))
---
import numpy as np
x = np.linspace(-1, 1, 25)
print(x)
---
import numpy as np
print(np.arange(40))
---
import numpy as np
x = np.array([[1.0, 2.0], [3.0, 4.0]])
print((x - x.mean(axis=0)) / x.std(axis=0), x.max(axis=1), np.argmax(x, axis=1), x.min(), np.ptp(x))
---
import numpy as np
print(np.array([0.001, 0.01, 0.1]), np.array([0.00012, 5]), np.array([np.nan, 1.0]), np.array([np.inf, -1.5]))
---
import numpy as np
for name, value in {"mse": np.mean((np.array([1.0, 2.0]) - np.array([1.5, 1.0])) ** 2), "mae": 0.75}.items():
    print(f"{name:<5}{value:>8.3f}")
---
p_disease, sensitivity, false_positive = 0.01, 0.99, 0.05
p_positive = sensitivity * p_disease + false_positive * (1 - p_disease)
print(f"P(disease | +) = {sensitivity * p_disease / p_positive:.4f}")
---
print("%.3f %5d|%-6s|%03d|%+.1e|%g%% %r %i" % (2 / 3, 42, "ab", 7, 12345.678, 0.5, "x", 3.9))
print("%s and %5.2f" % ([1, 2], 1.0), "%d" % 7)
---
print("{} {:.2f} {:>6}|{:<4}|{:,}".format(1, 2 / 3, "ab", 5, 1234567))
print("{1} {0} {x!r} {{}} {x:>3}".format(1, 2.5, x="q"))
'''


def run(snippet):
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(snippet, {"__name__": "__main__"})
    return output.getvalue().splitlines()


def main():
    snippets = [text.strip("\n") for text in SNIPPETS.strip("\n").split("\n---\n")]
    golden = {"python": platform.python_version(), "numpy": np.__version__,
              "snippets": [{"code": text, "output": run(text)} for text in snippets]}
    path = pathlib.Path(__file__).with_name("article_python.json")
    path.write_text(json.dumps(golden, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
