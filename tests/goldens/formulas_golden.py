"""Golden values and gradients of formulas of the field, written as people write them: in LaTeX, in Unicode, as typed.

Each formula has a twin in NumPy on mpmath numbers of 50 digits, written from the formula's meaning; gradients of the sum of all
entries are central differences in these 50 digits, exact to more digits than a double has. The file goes to
tests/Nabla.Formulas.Tests/Data/values.json.

    /usr/bin/python3 tests/goldens/formulas_golden.py
"""
import json
import pathlib
import platform

import mpmath
import numpy as np
from mpmath import mp, mpf

mp.dps = 50
STEP = mpf(10) ** -18
FILE = pathlib.Path(__file__).resolve().parent.parent / "Nabla.Formulas.Tests" / "Data" / "values.json"



def each(function):
    vectorized = np.vectorize(function, otypes=[object])
    return lambda *x: vectorized(*x)[()]  # a number stays a number


exp, log, sqrt, tanh = each(mp.exp), each(mp.log), each(mp.sqrt), each(mp.tanh)
cos, sin, erf = each(mp.cos), each(mp.sin), each(mp.erf)
floor, ceil, absolute = each(mp.floor), each(mp.ceil), each(abs)
sigmoid = each(lambda x: 1 / (1 + mp.exp(-x)))
relu = each(lambda x: max(x, mpf(0)))
silu = lambda x: x * sigmoid(x)
gelu = lambda x: x / 2 * (1 + erf(x / mp.sqrt(2)))
maximum, minimum = each(max), each(min)


def softmax(x, axis=-1):
    powers = exp(x)
    return powers / powers.sum(axis=axis, keepdims=True)


def norm(x):
    return mp.sqrt((x * x).sum())


def array(value):
    return np.vectorize(mpf, otypes=[object])(np.array(value, dtype=object))


def value_of(function, bound):
    return np.array(function(**{python_name(name): value[()] for name, value in bound.items()}), dtype=object)


def python_name(name):
    return name.replace("-", "_minus_").replace("+", "_plus_").replace("lambda", "lam")


def gradient(function, bound, name):
    slopes = np.empty(bound[name].shape, dtype=object)
    for at in np.ndindex(bound[name].shape):
        sums = []
        for sign in (1, -1):
            moved = bound[name].copy()
            moved[at] = moved[at] + sign * STEP
            sums.append(value_of(function, {**bound, name: moved}).sum())
        slopes[at] = (sums[0] - sums[1]) / (2 * STEP)
    return slopes


CASES = []


def case(formula, function, gradients="", **bound):
    names = {name.replace("_minus_", "-").replace("_plus_", "+").replace("lam", "lambda")
             if name.startswith("lam") or "_minus_" in name or "_plus_" in name else name: value for name, value in bound.items()}
    numbers = {name: array(value) for name, value in names.items()}
    CASES.append({
        "formula": formula,
        "with": names,
        "value": as_list(value_of(function, numbers)),
        "gradients": {name: as_list(gradient(function, numbers, name)) for name in gradients.split()},
    })


def as_list(numbers):
    return [as_list(part) for part in numbers] if np.shape(numbers) else float(numbers)


def attention(Q, K, V):
    return softmax(Q @ K.T / mp.sqrt(K.shape[1])) @ V


Q, K, V = [[1, 0.5], [-0.3, 2]], [[0.2, 1], [1, 0.3], [-0.5, 0.7]], [[1, 2], [3, -1], [0.5, 0]]
X = [[0.5, -1, 2], [1.5, 0.3, -0.7]]
P, R = [0.7, 0.2, 0.1], [0.5, 0.3, 0.2]
LOGITS, TARGET = [2.0, 1.0, 0.1, -1.0], [0, 1, 0, 0]


def attention_and_layers():
    case(r"\mathrm{Attention}(Q,K,V)=\mathrm{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V",
         lambda Q, K, V, d_k: softmax(Q @ K.T / mp.sqrt(d_k)) @ V, "Q V d_k", Q=Q, K=K, V=V, d_k=2)
    case("softmax(QKᵀ/√d_k)V", lambda Q, K, V, d_k: softmax(Q @ K.T / mp.sqrt(d_k)) @ V, "K", Q=Q, K=K, V=V, d_k=2)
    case("softmax(Q K^T / sqrt(d_k)) V", lambda Q, K, V, d_k: softmax(Q @ K.T / mp.sqrt(d_k)) @ V, "Q", Q=Q, K=K, V=V, d_k=2)
    case(r"\text{head} = \text{softmax}\left(\frac{(XW_Q)(XW_K)^T}{\sqrt{d}} + M\right) X W_V",
         lambda X, W_Q, W_K, W_V, M, d: softmax((X @ W_Q) @ (X @ W_K).T / mp.sqrt(d) + M) @ X @ W_V, "W_Q X",
         X=X, W_Q=[[1, 0], [0.5, -1], [0.2, 0.3]], W_K=[[0.1, 1], [1, 0], [-0.4, 0.6]], W_V=[[1, 0], [0, 1], [1, 1]],
         M=[[0, -30], [0, 0]], d=2)
    case(r"a_i = \frac{\exp(q^\top k_i)}{\sum_{j=1}^{n} \exp(q^\top k_j)}",
         lambda q, k, n: softmax(k @ q), "q k", q=[1, -0.5], k=[[0.2, 1], [1, 0.3], [-0.5, 0.7]], n=3)
    case(r"y = \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} \odot \gamma + \beta",
         lambda x, mu, sigma, epsilon, gamma, beta: (x - mu) / mp.sqrt(sigma ** 2 + epsilon) * gamma + beta, "x gamma",
         x=[2, -1, 0.5], mu=0.5, sigma=1.2, epsilon=0.001, gamma=[1, 2, 0.5], beta=[0, 0.1, -0.1])
    case(r"\bar{a}_i = \frac{a_i}{\mathrm{RMS}(\mathbf{a})} g_i, \quad \mathrm{RMS}(\mathbf{a}) = \sqrt{\frac{1}{n}\sum_{i=1}^{n} a_i^2}",
         lambda a, n: mp.sqrt((a * a).sum() / n), "a", a=[1, -2, 0.5], n=3)
    case(r"\mathrm{RMS}(x) = \sqrt{\frac{1}{d}\sum_{i=1}^{d} x_i^2 + \epsilon}",
         lambda x, d, epsilon: mp.sqrt((x * x).sum() / d + epsilon), "x", x=[1, -2, 0.5], d=3, epsilon=1e-6)
    case("y = x / sqrt(mean(x^2) + eps) * g", lambda x, eps, g: x / mp.sqrt((x * x).mean() + eps) * g, "x g",
         x=[1, -2, 0.5], eps=1e-6, g=[1, 0.5, 2])
    case(r"\mathrm{GELU}(x) = x\,\Phi(x)", lambda x: gelu(x), "x", x=[-1.3, 0.4, 2])
    case(r"\mathrm{GELU}(x) = x \cdot \frac{1}{2}\left[1 + \mathrm{erf}\left(\frac{x}{\sqrt{2}}\right)\right]", lambda x: gelu(x), "x", x=0.7)
    case("SiLU(x) = x σ(x)", lambda x: silu(x), "x", x=[-1.3, 0.4, 2])
    case(r"\mathrm{SiLU}(x) = \frac{x}{1 + e^{-x}}", lambda x: silu(x), "x", x=1.7)
    case(r"\mathrm{SwiGLU}(x) = (\mathrm{Swish}(xW) \odot (xV)) W_2",
         lambda x, W, V, W_2: (silu(x @ W) * (x @ V)) @ W_2, "x W W_2", x=[1, -0.5], W=[[1, 0.3], [0.2, -1]],
         V=[[0.5, 1], [1, -0.2]], W_2=[[1, 2], [0, 1]])
    case(r"\mathrm{FFN}(x) = \max(0, xW_1 + b_1)W_2 + b_2",
         lambda x, W_1, b_1, W_2, b_2: relu(x @ W_1 + b_1) @ W_2 + b_2, "x W_1 b_1 W_2",
         x=[1, -0.5], W_1=[[1, -0.3, 0.8], [0.2, -1, 0.4]], b_1=[0.1, -0.9, 0], W_2=[[1, 2], [0, 1], [-1, 0.5]], b_2=[0.5, -0.5])
    case("h = tanh(W x + b)", lambda W, x, b: tanh(W @ x + b), "W x b", W=[[1, -0.3], [0.2, 0.7]], x=[0.5, 1], b=[0.1, -0.2])
    case("h_t = tanh(W_h h_t-1 + W_x x_t + b)",
         lambda W_h, h_t_minus_1, W_x, x_t, b: tanh(W_h @ h_t_minus_1 + W_x @ x_t + b), "W_h",
         W_h=[[0.5, 0.1], [0, 0.3]], h_t_minus_1=[0.2, -0.4], W_x=[[1, -0.3], [0.2, 0.7]], x_t=[0.5, 1], b=[0.1, -0.2])
    case(r"h_t = (1 - z_t) \odot h_{t-1} + z_t \odot \tilde{h}_t",
         lambda z_t, h_t_minus_1, h_tilde_t: (1 - z_t) * h_t_minus_1 + z_t * h_tilde_t, "z_t",
         z_t=[0.3, 0.8], h_t_minus_1=[1, -1], h_tilde_t=[0.5, 0.25])
    case(r"c_t = f_t \odot c_{t-1} + i_t \odot \tilde{c}_t",
         lambda f_t, c_t_minus_1, i_t, c_tilde_t: f_t * c_t_minus_1 + i_t * c_tilde_t, "f_t",
         f_t=[0.9, 0.2], c_t_minus_1=[1, -1], i_t=[0.1, 0.6], c_tilde_t=[0.5, 0.25])
    case("y = x + F(x)", lambda x, F: x + F, "x", x=[1, 2], F=[0.5, -0.5])
    case(r"W' = W_0 + \frac{\alpha}{r} BA", lambda W_0, alpha, r, B, A: W_0 + alpha / r * (B @ A), "B A alpha",
         W_0=[[1, 0], [0.5, -1]], alpha=16, r=8, B=[[0.1], [0.2]], A=[[0.3, -0.4]])
    case("h = W_0 x + (alpha / r) B A x", lambda W_0, x, alpha, r, B, A: W_0 @ x + alpha / r * (B @ (A @ x)), "x",
         W_0=[[1, 0], [0.5, -1]], x=[2, 1], alpha=16, r=8, B=[[0.1], [0.2]], A=[[0.3, -0.4]])
    case(r"PE_{(pos, 2i)} = \sin\left(\frac{pos}{10000^{2i/d_{\text{model}}}}\right)",
         lambda pos, i, d_model: sin(pos / mpf(10000) ** (2 * i / d_model)), "pos", pos=7, i=3, d_model=16)
    case(r"\theta_i = 10000^{-2(i-1)/d}", lambda i, d: mpf(10000) ** (-2 * (i - 1) / d), "", i=3, d=8)
    case(r"\begin{pmatrix} x_1 \\ x_2 \end{pmatrix} \cos m\theta + \begin{pmatrix} -x_2 \\ x_1 \end{pmatrix} \sin m\theta",
         lambda x_1, x_2, m, theta: np.array([x_1 * mp.cos(m * theta) - x_2 * mp.sin(m * theta),
                                              x_2 * mp.cos(m * theta) + x_1 * mp.sin(m * theta)]), "x_1 theta",
         x_1=0.7, x_2=-1.2, m=3, theta=0.25)
    case("out = floor((n + 2p - f) / s) + 1", lambda n, p, f, s: floor((n + 2 * p - f) / s) + 1, "", n=32, p=2, f=5, s=2)
    case("W2 = (W1 - F + 2P)/S + 1", lambda W1, F, P, S: (W1 - F + 2 * P) / S + 1, "", W1=227, F=11, P=0, S=4)


def losses():
    case(r"\mathcal{L} = -\sum_{c=1}^{C} y_c \log(p_c)", lambda y, p, C: -(y * log(p)).sum(), "p", y=[0, 1, 0], p=P, C=3)
    case("L = -Σᵢ yᵢ log ŷᵢ", lambda y, y_hat: -(y * log(y_hat)).sum(), "y_hat", y=[0, 1, 0], y_hat=P)
    case("H(p) = -Σ p(x) log p(x)", lambda p: -(p * log(p)).sum(), "p", p=P)
    case(r"H(X) = -\sum_{x} p(x) \log_2 p(x)", lambda p: -(p * log(p)).sum() / mp.log(2), "p", p=P)
    case(r"D_{\mathrm{KL}}(P \| Q) = \sum_{x \in \mathcal{X}} P(x) \log\frac{P(x)}{Q(x)}",
         lambda P, Q: (P * log(P / Q)).sum(), "P Q", P=P, Q=R)
    case("KL(p || q) = sum_i p_i log(p_i / q_i)", lambda p, q: (p * log(p / q)).sum(), "q", p=P, q=R)
    case(r"\text{BCE} = -\frac{1}{N}\sum_{i=1}^{N}\left[y_i\log(\hat{y}_i) + (1-y_i)\log(1-\hat{y}_i)\right]",
         lambda y, y_hat, N: -(y * log(y_hat) + (1 - y) * log(1 - y_hat)).sum() / N, "y_hat",
         y=[1, 0, 1], y_hat=[0.8, 0.3, 0.6], N=3)
    case("L = -(y log(p) + (1 - y) log(1 - p))", lambda y, p: -(y * log(p) + (1 - y) * log(1 - p)), "p", y=1, p=0.8)
    case(r"\mathrm{MSE} = \frac{1}{n}\sum_{i=1}^{n}(y_i - \hat{y}_i)^2",
         lambda y, y_hat, n: ((y - y_hat) ** 2).sum() / n, "y_hat", y=[1, 2, 3], y_hat=[1.1, 1.9, 3.3], n=3)
    case("MSE = (1/n) Σ (yᵢ − ŷᵢ)²", lambda y, y_hat, n: ((y - y_hat) ** 2).sum() / n, "y", y=[1, 2, 3], y_hat=[1.1, 1.9, 3.3], n=3)
    case("MAE = (1/n) * sum_{i=1}^{n} |y_i - y_hat_i|", lambda y, y_hat, n: absolute(y - y_hat).sum() / n, "y_hat",
         y=[1, 2, 3], y_hat=[1.1, 1.9, 3.3], n=3)
    case("J(w) = 1/(2m) sum_{i=1}^{m} (w x_i + b - y_i)^2", lambda w, b, x, y, m: ((w * x + b - y) ** 2).sum() / (2 * m), "w b",
         w=1.5, b=0.2, x=[1, 2, 3], y=[2, 3, 5], m=3)
    case(r"\text{FL}(p_t) = -(1 - p_t)^\gamma \log(p_t)", lambda p_t, gamma: -(1 - p_t) ** gamma * mp.log(p_t), "p_t gamma", p_t=0.6, gamma=2)
    case(r"\ell(y) = \max(0, 1 - t \cdot y)", lambda t, y: relu(1 - t * y), "y", t=1, y=0.3)
    case("hinge = max(0, 1 - y f)", lambda y, f: relu(1 - y * f), "f", y=-1, f=0.5)
    case(r"L(a, p, n) = \max(\|a - p\|_2 - \|a - n\|_2 + \alpha, 0)",
         lambda a, p, n, alpha: relu(norm(a - p) - norm(a - n) + alpha), "a p", a=[1, 2], p=[1.5, 1], n=[2, 3], alpha=1)
    case(r"\log\left(\sum_{i} e^{x_i}\right)", lambda x: mp.log(exp(x).sum()), "x", x=LOGITS)
    case(r"\frac{\exp(z_i/T)}{\sum_j \exp(z_j/T)}", lambda z, T: softmax(z / T), "z T", z=LOGITS, T=0.7)
    case(r"\sigma(\mathbf{z})_i = \frac{e^{z_i}}{\sum_{j=1}^K e^{z_j}} \quad \text{for } i = 1, \dots, K", lambda z, K: softmax(z), "z", z=LOGITS, K=4)
    case("p_i = exp(z_i) / sum_{j=1 to K} exp(z_j)", lambda z, K: softmax(z), "", z=LOGITS, K=4)
    case("softmax(xᵢ) = exp(xᵢ) / Σⱼ exp(xⱼ)", lambda x: softmax(x), "x", x=LOGITS)
    case(r"\mathcal{L}_{i} = -\log \frac{\exp(s_{ii}/\tau)}{\sum_{j=1}^{N} \exp(s_{ij}/\tau)}",
         lambda s, tau, N: -log(np.diag(softmax(s / tau))), "s tau", s=[[0.9, 0.1, -0.2], [0.3, 0.8, 0], [0.1, 0.2, 0.7]], tau=0.5, N=3)
    case(r"\mathcal{L}_{\text{InfoNCE}} = -\log \frac{\exp(q \cdot k_+ / \tau)}{\sum_{i=0}^{K} \exp(q \cdot k_i / \tau)}",
         lambda q, k_plus, k, K, tau: -mp.log(mp.exp((q * k_plus).sum() / tau) / exp(k @ q / tau).sum()), "q",
         q=[0.6, 0.8], k_plus=[1, 0.1], k=[[1, 0.1], [-0.2, 0.5], [0.3, -0.7]], K=2, tau=0.5)
    case(r"\text{Perplexity} = \exp\left(-\frac{1}{N}\sum_{i=1}^{N}\log p_i\right)", lambda p, N: mp.exp(-log(p).sum() / N), "p", p=[0.5, 0.25, 0.1], N=3)
    case("PPL = 2^H", lambda H: mpf(2) ** H, "H", H=3.2)
    case(r"\mathcal{L} = -\frac{1}{T}\sum_{t=1}^{T} \log p_t", lambda p, T: -log(p).sum() / T, "p", p=[0.5, 0.25, 0.1], T=3)
    case(r"I(X;Y) = \sum_{x}\sum_{y} p(x,y)\log\frac{p(x,y)}{p(x)\,p(y)}".replace("p(x)\\,p(y)", "q(x)\\,r(y)"),
         lambda p, q, r: (p * log(p / np.outer(q, r))).sum(), "p", p=[[0.3, 0.2], [0.1, 0.4]], q=[0.5, 0.5], r=[0.4, 0.6])
    case(r"\text{smooth}_{L_1}(x) = \begin{cases} 0.5x^2 & \text{if } |x| < 1 \\ |x| - 0.5 & \text{otherwise} \end{cases}",
         lambda x: each(lambda v: v * v / 2 if abs(v) < 1 else abs(v) - mpf(1) / 2)(x), "x", x=[0.5, -2, 3])
    case(r"\mathcal{L}_{KD} = \alpha \mathcal{L}_{CE} + (1-\alpha) T^2 D", lambda alpha, L_CE, T, D: alpha * L_CE + (1 - alpha) * T ** 2 * D, "T",
         alpha=0.3, L_CE=1.2, T=2, D=0.4)
    case(r"\mathrm{ELU}(x) = \begin{cases} x & x > 0 \\ \alpha (e^x - 1) & x \le 0 \end{cases}",
         lambda x, alpha: each(lambda v: v if v > 0 else alpha * (mp.exp(v) - 1))(x), "x alpha", x=[-1.5, 0.5], alpha=0.8)
    case("D = -1/2 Σⱼ (1 + log σⱼ² − μⱼ² − σⱼ²)", lambda sigma, mu: -(1 + log(sigma ** 2) - mu ** 2 - sigma ** 2).sum() / 2, "mu sigma",
         sigma=[0.8, 1.3], mu=[0.2, -0.5])


def optimizers():
    case(r"\theta_{t+1} = \theta_t - \eta g_t", lambda theta_t, eta, g_t: theta_t - eta * g_t, "eta", theta_t=[1, 2], eta=0.1, g_t=[0.5, -1])
    case("θ ← θ − η g", lambda theta, eta, g: theta - eta * g, "theta", theta=[1, 2], eta=0.1, g=[0.5, -1])
    case("w = w - lr * grad", lambda w, lr, grad: w - lr * grad, "lr", w=3, lr=0.1, grad=4)
    case(r"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t", lambda beta_1, m_t_minus_1, g_t: beta_1 * m_t_minus_1 + (1 - beta_1) * g_t, "beta_1 g_t",
         beta_1=0.9, m_t_minus_1=0.1, g_t=1)
    case(r"v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2", lambda beta_2, v_t_minus_1, g_t: beta_2 * v_t_minus_1 + (1 - beta_2) * g_t ** 2, "g_t",
         beta_2=0.999, v_t_minus_1=0.01, g_t=-0.7)
    case(r"\hat{v}_t = \frac{v_t}{1 - \beta_2^t}", lambda v_t, beta_2, t: v_t / (1 - beta_2 ** t), "v_t beta_2", v_t=0.001, beta_2=0.999, t=3)
    case("m̂ₜ = mₜ / (1 − β₁ᵗ)", lambda m_t, beta_1, t: m_t / (1 - beta_1 ** t), "beta_1", m_t=0.19, beta_1=0.9, t=3)
    case("m_hat = m / (1 - beta1^t)", lambda m, beta1, t: m / (1 - beta1 ** t), "", m=0.19, beta1=0.9, t=3)
    case(r"\theta_t = \theta_{t-1} - \alpha \cdot \hat{m}_t / (\sqrt{\hat{v}_t} + \epsilon)",
         lambda theta_t_minus_1, alpha, m_hat_t, v_hat_t, epsilon: theta_t_minus_1 - alpha * m_hat_t / (mp.sqrt(v_hat_t) + epsilon), "m_hat_t v_hat_t",
         theta_t_minus_1=1, alpha=0.001, m_hat_t=0.5, v_hat_t=0.04, epsilon=1e-8)
    case(r"\theta_t = \theta_{t-1} - \eta\left(\frac{\hat{m}_t}{\sqrt{\hat{v}_t}+\epsilon} + \lambda\theta_{t-1}\right)",
         lambda theta_t_minus_1, eta, m_hat_t, v_hat_t, epsilon, lam:
         theta_t_minus_1 - eta * (m_hat_t / (sqrt(v_hat_t) + epsilon) + lam * theta_t_minus_1), "theta_t-1 lambda",
         theta_t_minus_1=[1, -2], eta=0.001, m_hat_t=[0.5, 0.1], v_hat_t=[0.04, 0.09], epsilon=1e-8, lam=0.01)
    case("v = mu * v - lr * g", lambda mu, v, lr, g: mu * v - lr * g, "", mu=0.9, v=0.2, lr=0.1, g=1.5)
    case(r"G_t = \rho G_{t-1} + (1-\rho) g_t^2", lambda rho, G_t_minus_1, g_t: rho * G_t_minus_1 + (1 - rho) * g_t ** 2, "",
         rho=0.9, G_t_minus_1=0.5, g_t=0.3)
    case(r"\eta_t = \eta_{\min} + \frac{1}{2}(\eta_{\max} - \eta_{\min})\left(1 + \cos\frac{t\pi}{T}\right)",
         lambda eta_min, eta_max, t, T: eta_min + (eta_max - eta_min) / 2 * (1 + mp.cos(t * mp.pi / T)), "t eta_max",
         eta_min=1e-5, eta_max=0.001, t=30, T=100)
    case(r"lrate = d_{\text{model}}^{-0.5} \cdot \min(step^{-0.5}, step \cdot warmup^{-1.5})",
         lambda d_model, step, warmup: d_model ** mpf(-0.5) * min(step ** mpf(-0.5), step * warmup ** mpf(-1.5)), "step",
         d_model=512, step=1000, warmup=4000)
    case(r"\hat{g} = g \cdot \min\left(1, \frac{c}{\|g\|}\right)", lambda g, c: g * min(mpf(1), c / norm(g)), "g c", g=[3, -4], c=1)
    case("theta_ema = decay * theta_ema + (1 - decay) * theta", lambda decay, theta_ema, theta: decay * theta_ema + (1 - decay) * theta, "theta",
         decay=0.999, theta_ema=1, theta=2)


def classical():
    case("y = w1*x1 + w2*x2 + b", lambda w1, x1, w2, x2, b: w1 * x1 + w2 * x2 + b, "w1", w1=1.2, x1=0.8, w2=-0.5, x2=0.3, b=0.1)
    case("z = w₁x₁ + w₂x₂ + w₃x₃ + b", lambda w_1, x_1, w_2, x_2, w_3, x_3, b: w_1 * x_1 + w_2 * x_2 + w_3 * x_3 + b, "x_3",
         w_1=0.6, x_1=1, w_2=1, x_2=0, w_3=1.3, x_3=1, b=-1.4)
    case(r"z = \sum_{i=1}^{n} w_i x_i + b", lambda w, x, b, n: (w * x).sum() + b, "w b", w=[0.6, 1, 1.3], x=[1, 0, 1], b=-1.4, n=3)
    case(r"\hat{y} = \sigma(\mathbf{w}^\top \mathbf{x} + b)", lambda w, x, b: sigmoid((w * x).sum() + b), "w x", w=[0.6, 1, 1.3], x=[1, 0, 1], b=-1.4)
    case("ŷ = σ(w·x + b)", lambda w, x, b: sigmoid((w * x).sum() + b), "b", w=[0.6, 1, 1.3], x=[1, 0, 1], b=-1.4)
    case("sigmoid(z) = 1 / (1 + e^-z)", lambda z: sigmoid(z), "z", z=0.5)
    case(r"\hat{\beta} = (X^\top X)^{-1} X^\top y", lambda X, y: np.array(list(mp.lu_solve(mp.matrix((X.T @ X).tolist()), mp.matrix((X.T @ y).tolist())))),
         "y X", X=[[1, 1], [1, 2], [1, 4]], y=[1, 2.5, 4])
    case(r"\hat\beta = (X^T X + \lambda I)^{-1} X^T y",
         lambda X, y, lam: np.array(list(mp.lu_solve(mp.matrix((X.T @ X + lam * np.eye(2, dtype=object)).tolist()), mp.matrix((X.T @ y).tolist())))),
         "lambda", X=[[1, 1], [1, 2], [1, 4]], y=[1, 2.5, 4], lam=0.5)
    case(r"\nabla = \frac{1}{m} X^\top (\hat{y} - y)", lambda m, X, y_hat, y: X.T @ (y_hat - y) / m, "y_hat", m=3,
         X=[[1, 1], [1, 2], [1, 4]], y_hat=[0.5, 0.2, 0.9], y=[1, 0, 1])
    case(r"C = \frac{1}{n} X^\top X", lambda n, X: X.T @ X / n, "X", n=2, X=X)
    case(r"J = \|Xw - y\|_2^2 + \lambda \|w\|_1", lambda X, w, y, lam: ((X @ w - y) ** 2).sum() + lam * absolute(w).sum(), "w",
         X=X, w=[1, -0.5, 0.2], y=[1, 2], lam=0.1)
    case(r"\cos(\theta) = \frac{A \cdot B}{\|A\| \|B\|}", lambda A, B: (A * B).sum() / (norm(A) * norm(B)), "A B", A=[1, 2, 3], B=[2, -1, 0.5])
    case("cos_sim = (a · b) / (‖a‖ ‖b‖)", lambda a, b: (a * b).sum() / (norm(a) * norm(b)), "a", a=[1, 2, 3], b=[2, -1, 0.5])
    case("d = sqrt(sum_{i=1}^{n} (p_i - q_i)^2)", lambda p, q, n: norm(p - q), "p", p=[1, 2, 3], q=[2, 0, 5], n=3)
    case(r"d(x, y) = \|x - y\|", lambda x, y: norm(x - y), "x y", x=[1, 2, 3], y=[2, 0, 5])
    case(r"K(x, x') = \exp\left(-\frac{\|x - x'\|^2}{2\sigma^2}\right)",
         lambda x, x_prime, sigma: mp.exp(-((x - x_prime) ** 2).sum() / (2 * sigma ** 2)), "x sigma", x=[1, 2], x_prime=[0.5, 1], sigma=0.9)
    case(r"G = 1 - \sum_{k=1}^{K} p_k^2", lambda p, K: 1 - (p * p).sum(), "p", p=P, K=3)
    case("F1 = 2 * precision * recall / (precision + recall)", lambda precision, recall: 2 * precision * recall / (precision + recall), "precision",
         precision=0.6, recall=0.8)
    case(r"F_1 = \frac{2TP}{2TP + FP + FN}", lambda TP, FP, FN: 2 * TP / (2 * TP + FP + FN), "TP", TP=8, FP=2, FN=4)
    case(r"R^2 = 1 - \frac{\sum_i (y_i - \hat{y}_i)^2}{\sum_i (y_i - \bar{y})^2}",
         lambda y, y_hat, y_bar: 1 - ((y - y_hat) ** 2).sum() / ((y - y_bar) ** 2).sum(), "y_hat", y=[1, 2, 4], y_hat=[1.2, 1.9, 3.5], y_bar=2.5)
    case(r"r = \frac{\sum_i (x_i - \bar{x})(y_i - \bar{y})}{\sqrt{\sum_i (x_i - \bar{x})^2}\sqrt{\sum_i (y_i - \bar{y})^2}}",
         lambda x, y, x_bar, y_bar: ((x - x_bar) * (y - y_bar)).sum() / (norm(x - x_bar) * norm(y - y_bar)), "x",
         x=[1, 2, 4], y=[2, 2.5, 5], x_bar=2.5, y_bar=3)
    case(r"\text{tf-idf} = tf \cdot \log\frac{N}{df}", lambda tf, N, df: tf * mp.log(N / df), "tf", tf=3, N=1000, df=10)
    case(r"\text{score} = \sum_{i=1}^{n} IDF_i \cdot \frac{f_i (k_1 + 1)}{f_i + k_1 (1 - b + b \frac{L}{L_{avg}})}",
         lambda IDF, f, k_1, b, L, L_avg, n: (IDF * f * (k_1 + 1) / (f + k_1 * (1 - b + b * L / L_avg))).sum(), "f b",
         IDF=[1.5, 0.3], f=[2, 5], k_1=1.2, b=0.75, L=120, L_avg=100, n=2)
    case(r"BP = \begin{cases} 1 & \text{if } c > r \\ e^{1 - r/c} & \text{if } c \leq r \end{cases}",
         lambda c, r: mpf(1) if c > r else mp.exp(1 - r / c), "c", c=9, r=10)
    case(r"BLEU = BP \cdot \exp\left(\sum_{n=1}^{N} w_n \log p_n\right)", lambda BP, w, p, N: BP * mp.exp((w * log(p)).sum()), "p",
         BP=0.9, w=[0.25, 0.25, 0.25, 0.25], p=[0.8, 0.6, 0.4, 0.3], N=4)
    case("accuracy = (TP + TN) / (TP + TN + FP + FN)", lambda TP, TN, FP, FN: (TP + TN) / (TP + TN + FP + FN), "", TP=8, TN=6, FP=2, FN=4)
    case(r"x_{norm} = \frac{x - \min(x)}{\max(x) - \min(x)}", lambda x: (x - min(x)) / (max(x) - min(x)), "x", x=[1, 3, 6])
    case("z = (x - mu) / sigma", lambda x, mu, sigma: (x - mu) / sigma, "sigma", x=[1, 3, 6], mu=3, sigma=2)


def probability():
    case(r"\mathcal{N}(x; \mu, \sigma^2)", lambda x, mu, sigma: mp.npdf(x, mu, sigma), "mu sigma", x=1.2, mu=0.5, sigma=0.9)
    case(r"p(x) = \frac{1}{\sigma\sqrt{2\pi}} \exp\left(-\frac{1}{2}\left(\frac{x-\mu}{\sigma}\right)^2\right)",
         lambda x, mu, sigma: mp.npdf(x, mu, sigma), "x", x=1.2, mu=0.5, sigma=0.9)
    case("f(x) = λ e^(−λx)", lambda x, lam: lam * mp.exp(-lam * x), "x lambda", x=0.7, lam=1.5)
    case(r"P(k) = \frac{\lambda^k e^{-\lambda}}{k!}", lambda lam, k: lam ** k * mp.exp(-lam) / mp.factorial(k), "lambda", lam=2.5, k=4)
    case(r"P(X = k) = \binom{n}{k} p^k \cdot (1-p)^{n-k}", lambda n, k, p: mp.binomial(n, k) * p ** k * (1 - p) ** (n - k), "p", n=10, k=3, p=0.4)
    case(r"\mu = \frac{1}{N}\sum_{i=1}^{N} x_i", lambda x, N: x.sum() / N, "x", x=[1, 2, 4], N=3)
    case(r"\sigma^2 = \frac{1}{N}\sum_{i=1}^{N}(x_i - \mu)^2", lambda x, mu, N: ((x - mu) ** 2).sum() / N, "mu", x=[1, 2, 4], mu=2, N=3)
    case(r"s^2 = \frac{1}{n-1}\sum_{i=1}^{n}(x_i - \bar{x})^2", lambda x, x_bar, n: ((x - x_bar) ** 2).sum() / (n - 1), "x", x=[1, 2, 4], x_bar=2.5, n=3)
    case(r"\mathrm{Var}[X] = \mathbb{E}[X^2] - (\mathbb{E}[X])^2", lambda X: (X * X).mean() - X.mean() ** 2, "X", X=[1, 2, 4])
    case(r"\mathbb{E}[X] = \sum_{i} x_i p_i", lambda x, p: (x * p).sum(), "x", x=[1, 2, 6], p=P)
    case("Cov(X, Y) = E[(X - E[X])(Y - E[Y])]", lambda X, Y: ((X - X.mean()) * (Y - Y.mean())).mean(), "X", X=[1, 2, 4], Y=[2, 1, 5])
    case(r"\mathbb{E}_{x \sim p}[f(x)]", lambda p, f: (p * f).sum(), "f", p=P, f=[1, 4, -2])
    case("P = a * b / (a * b + (1 - a) * c)", lambda a, b, c: a * b / (a * b + (1 - a) * c), "a", a=0.3, b=0.8, c=0.15)


def learning():
    case(r"G_t = \sum_{k=0}^{\infty} \gamma^k R_{t+k+1}", lambda gamma, R, t: sum(gamma ** k * R[int(t) + k] for k in range(len(R) - int(t))), "gamma",
         gamma=0.9, R=[1, 0, 2, 3], t=1)
    case(r"\delta_t = r_t + \gamma V(s_{t+1}) - V(s_t)".replace("V(s_{t+1})", "V_{t+1}").replace("V(s_t)", "V_t"),
         lambda r_t, gamma, V_t_plus_1, V_t: r_t + gamma * V_t_plus_1 - V_t, "gamma", r_t=1, gamma=0.99, V_t_plus_1=2.5, V_t=3)
    case(r"A_t = \sum_{l=0}^{\infty} (\gamma\lambda)^l \delta_{t+l}",
         lambda gamma, lam, delta: np.array([sum((gamma * lam) ** (j - i) * delta[j] for j in range(i, len(delta))) for i in range(len(delta))]),
         "delta gamma", gamma=0.99, lam=0.95, delta=[0.5, -0.2, 1])
    case(r"\sum_{t=0}^{\infty} \gamma^t r", lambda gamma, r: r / (1 - gamma), "gamma", gamma=0.9, r=2)
    case(r"Q(s,a) \leftarrow Q(s,a) + \alpha\left[r + \gamma \max_{a'} Q(s',a') - Q(s,a)\right]",
         lambda Q, s, a, s_prime, alpha, r, gamma: Q[int(s) - 1, int(a) - 1] + alpha * (r + gamma * max(Q[int(s_prime) - 1]) - Q[int(s) - 1, int(a) - 1]),
         "r alpha", Q=[[1, 2], [0.5, 3]], s=1, a=2, s_prime=2, alpha=0.1, r=1, gamma=0.9)
    case(r"v(s) = \max_a \left[ r(s,a) + \gamma \sum_{s'} p(s' \mid s, a) v(s') \right]",
         lambda r, gamma, p, v: (r + gamma * np.tensordot(v, p, 1)).max(axis=1), "gamma",
         r=[[1, 0], [2, -1]], gamma=0.9, p=[[[0.8, 0.1], [0.3, 0.5]], [[0.2, 0.9], [0.7, 0.5]]], v=[1, 4])
    case(r"v_\pi(s) = \sum_a \pi(a \mid s) q(s, a)", lambda pi, q: (pi.T * q).sum(axis=1), "q",
         pi=[[0.7, 0.4], [0.3, 0.6]], q=[[1, 2], [3, -1]])
    case(r"L^{CLIP} = \mathbb{E}_t\left[\min(r_t A_t, \mathrm{clip}(r_t, 1-\epsilon, 1+\epsilon) A_t)\right]",
         lambda r, A, epsilon: minimum(r * A, minimum(maximum(r, 1 - epsilon), 1 + epsilon) * A).mean(), "r A", r=[1.3, 0.7, 1.05], A=[1, -0.5, 2], epsilon=0.2)
    case("ratio = exp(logp_new - logp_old)", lambda logp_new, logp_old: mp.exp(logp_new - logp_old), "logp_new", logp_new=-1.2, logp_old=-1.5)
    case(r"\mathcal{L} = -\log \sigma(\beta (\log \frac{p_w}{q_w} - \log \frac{p_l}{q_l}))",
         lambda beta, p_w, q_w, p_l, q_l: -mp.log(sigmoid(beta * (mp.log(p_w / q_w) - mp.log(p_l / q_l)))), "beta p_w",
         beta=0.1, p_w=0.3, q_w=0.2, p_l=0.1, q_l=0.15)
    case(r"-\mathbb{E}\left[\log \sigma(r_w - r_l)\right]", lambda r_w, r_l: -log(sigmoid(r_w - r_l)).mean(), "r_w", r_w=[1, 0.5], r_l=[0.2, 0.9])
    case(r"\hat{A}_i = \frac{r_i - \mathrm{mean}(r)}{\mathrm{std}(r)}", lambda r: (r - r.mean()) / mp.sqrt(((r - r.mean()) ** 2).mean()), "r", r=[1, 0, 0.5, 1])
    case(r"UCB = \bar{x} + c\sqrt{\frac{\ln N}{n}}", lambda x_bar, c, N, n: x_bar + c * mp.sqrt(mp.log(N) / n), "n", x_bar=0.5, c=1.4, N=100, n=12)


def diffusion_and_scaling():
    case(r"x_t = \sqrt{\bar{\alpha}_t}\, x_0 + \sqrt{1 - \bar{\alpha}_t}\, \epsilon",
         lambda alpha_bar_t, x_0, epsilon: mp.sqrt(alpha_bar_t) * x_0 + mp.sqrt(1 - alpha_bar_t) * epsilon, "alpha_bar_t x_0",
         alpha_bar_t=0.72, x_0=[1, 0.5], epsilon=[0.3, -1.2])
    case("x_t = sqrt(alpha_bar_t) x_0 + sqrt(1 - alpha_bar_t) epsilon",
         lambda alpha_bar_t, x_0, epsilon: mp.sqrt(alpha_bar_t) * x_0 + mp.sqrt(1 - alpha_bar_t) * epsilon, "epsilon",
         alpha_bar_t=0.72, x_0=[1, 0.5], epsilon=[0.3, -1.2])
    case("xₜ = √(αₜ) x₀ + √(1 − αₜ) ε", lambda alpha_t, x_0, epsilon: mp.sqrt(alpha_t) * x_0 + mp.sqrt(1 - alpha_t) * epsilon, "alpha_t",
         alpha_t=0.72, x_0=[1, 0.5], epsilon=[0.3, -1.2])
    case(r"\bar{\alpha}_t = \prod_{s=1}^{t} (1 - \beta_s)", lambda beta, t: np.prod(1 - beta[:int(t)]), "beta", beta=[0.1, 0.2, 0.3], t=3)
    case(r"\bar{\alpha}_t = \prod_{s=1}^{t} \alpha_s", lambda alpha: np.cumprod(alpha), "alpha", alpha=[0.9, 0.8, 0.7])
    case(r"\hat{x}_0 = \frac{x_t - \sqrt{1 - \bar{\alpha}_t}\,\epsilon_\theta}{\sqrt{\bar{\alpha}_t}}",
         lambda x_t, alpha_bar_t, epsilon_theta: (x_t - mp.sqrt(1 - alpha_bar_t) * epsilon_theta) / mp.sqrt(alpha_bar_t), "x_t",
         x_t=[1, 0.5], alpha_bar_t=0.72, epsilon_theta=[0.3, -1.2])
    case(r"\tilde{\epsilon} = (1 + w)\epsilon_c - w \epsilon_u", lambda w, epsilon_c, epsilon_u: (1 + w) * epsilon_c - w * epsilon_u, "w",
         w=7.5, epsilon_c=[0.3, -1.2], epsilon_u=[0.1, -1])
    case(r"x_{t-1} = \frac{1}{\sqrt{\alpha_t}}\left(x_t - \frac{1-\alpha_t}{\sqrt{1-\bar{\alpha}_t}}\epsilon_\theta(x_t, t)\right) + \sigma_t z",
         lambda alpha_t, x_t, alpha_bar_t, epsilon_theta, sigma_t, z:
         (x_t - (1 - alpha_t) / mp.sqrt(1 - alpha_bar_t) * epsilon_theta) / mp.sqrt(alpha_t) + sigma_t * z, "x_t epsilon_theta",
         alpha_t=0.9, x_t=[1, 0.5], alpha_bar_t=0.72, epsilon_theta=[0.3, -1.2], sigma_t=0.1, z=[0.5, 0.1])
    case(r"L = \|\epsilon - \epsilon_\theta(x_t, t)\|^2", lambda epsilon, epsilon_theta: ((epsilon - epsilon_theta) ** 2).sum(), "epsilon_theta",
         epsilon=[0.3, -1.2], epsilon_theta=[0.1, -1])
    case("x_t = (1 - t) x_0 + t x_1", lambda t, x_0, x_1: (1 - t) * x_0 + t * x_1, "t", t=0.3, x_0=[1, 2], x_1=[-1, 0.5])
    case(r"L(N) = \left(\frac{N_c}{N}\right)^{\alpha_N}", lambda N_c, N, alpha_N: (N_c / N) ** alpha_N, "alpha_N", N_c=8.8e13, N=1e9, alpha_N=0.076)
    case("C ≈ 6ND", lambda N, D: 6 * N * D, "N", N=7e9, D=2e12)
    case("KV = 2 * n_layers * n_heads * d_head * seq_len * bytes",
         lambda n_layers, n_heads, d_head, seq_len, bytes: 2 * n_layers * n_heads * d_head * seq_len * bytes, "",
         n_layers=32, n_heads=32, d_head=128, seq_len=4096, bytes=2)
    case(r"\text{params} = 12 n_{layer} d_{model}^2", lambda n_layer, d_model: 12 * n_layer * d_model ** 2, "", n_layer=12, d_model=768)


def calculus():
    case("f(x, y) = x^2 + 2*x*y + y^2", lambda x, y: x ** 2 + 2 * x * y + y ** 2, "x y", x=3, y=2)
    case(r"\int_0^1 x^2 \, dx", lambda: mpf(1) / 3)
    case(r"\int_{-\infty}^{\infty} e^{-x^2} dx", lambda: mp.sqrt(mp.pi))
    case(r"\int_0^{a} \sin(b x) \, dx", lambda a, b: (1 - mp.cos(a * b)) / b, "a b", a=1.2, b=0.7)
    case(r"\sum_{n=1}^{\infty} \frac{1}{n^2}", lambda: mp.pi ** 2 / 6)
    case(r"\sum_{n=0}^{\infty} \frac{x^n}{n!}", lambda x: mp.exp(x), "x", x=1.3)
    case(r"\lim_{x \to 0} \frac{\sin x}{x}", lambda: mpf(1))
    case(r"\prod_{i=1}^{n} i", lambda n: mp.factorial(n), "", n=6)
    case(r"\sum_{i=1}^{n} \sum_{j=1}^{i} a_{ij}", lambda a, n: sum(a[i, j] for i in range(3) for j in range(i + 1)), "a",
         a=[[1, 2, 3], [4, 5, 6], [7, 8, 9]], n=3)
    case(r"\sum_{i \neq j} A_{ij}", lambda A: A.sum() - np.trace(A), "A", A=[[1, 2], [3, 4]])
    case(r"C_{ij} = \sum_k A_{ik} B_{kj}", lambda A, B: A @ B, "A B", A=[[1, 2], [3, 4]], B=[[0.5, -1], [2, 0]])
    case(r"y_i = \sum_j W_{ij} x_j + b_i", lambda W, x, b: W @ x + b, "W b", W=[[1, 2], [3, 4]], x=[0.5, -1], b=[0.1, 0.2])
    case(r"\mathrm{tr}(A^\top B)", lambda A, B: (A * B).sum(), "A", A=[[1, 2], [3, 4]], B=[[0.5, -1], [2, 0]])
    case(r"\det(A)", lambda A: A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0], "A", A=[[1, 2], [3, 4]])
    case("x^T A x", lambda x, A: x @ A @ x, "x A", x=[1, -2], A=[[1, 2], [3, 4]])
    case("x y^T", lambda x, y: np.outer(x, y), "x", x=[1, -2], y=[3, 4, 5])
    case(r"\sqrt[3]{x}", lambda x: mp.cbrt(x), "x", x=2)
    case("2 * 3 + 4 / 5 - 2^3", lambda: mpf(-12) / 10)


def variance(x, axis=None, less=1):
    count = x.size if axis is None else x.shape[axis]
    return ((x - x.mean(axis=axis, keepdims=True)) ** 2).sum(axis=axis, keepdims=True) / (count - less)


def length(x, axis):
    return sqrt((x * x).sum(axis=axis, keepdims=True))


def of_programs():
    matrix, other = [[1, 2], [3, 5]], [[0.5, -1], [2, 1]]
    case("A - A.mean(-1, keepdim=True) * 2", lambda A: A - 2 * A.mean(axis=-1, keepdims=True), "A", A=matrix)
    case("np.std(A, axis=0) + A.sum(dim=1)", lambda A: sqrt(variance(A, 0, 0))[0] + A.sum(axis=1), "A", A=matrix)
    case("A / A.norm(2, dim=1, keepdim=True)", lambda A: A / length(A, 1), "A", A=matrix)
    case("torch.std(u) + u.var(unbiased=True)", lambda u: sqrt(variance(u))[0] + variance(u)[0], "u", u=[1, -2, 4])
    case("A.std(dim=0) + A.var(dim=-1) - torch.var(A, dim=1, unbiased=False)",
         lambda A: sqrt(variance(A, 0))[0] + variance(A, 1)[:, 0] - variance(A, 1, 0)[:, 0], "A", A=matrix)
    case("F.cosine_similarity(A, B, dim=-1)",
         lambda A, B: (A * B).sum(axis=-1) / (length(A, 1) * length(B, 1))[:, 0], "A B", A=matrix, B=other)
    case("F.cosine_similarity(A, B, dim=0)",
         lambda A, B: (A * B).sum(axis=0) / (length(A, 0) * length(B, 0))[0], "A B", A=matrix, B=other)
    case("A.norm(p=1, dim=0) + np.cumsum(A, axis=1)[2, 2]", lambda A: absolute(A).sum(axis=0) + 8, "", A=matrix)
    case("A.logsumexp(dim=-1)", lambda A: log(exp(A).sum(axis=-1)), "A", A=matrix)
    case("a * b % c - a % b / c", lambda a, b, c: mpf(28) % 3 - mpf(3) / 3, "", a=7, b=4, c=3)
    case("1 - t % n / n", lambda t, n: 1 - mpf("0.4"), "", t=7, n=5)


def main():
    for part in (attention_and_layers, losses, optimizers, classical, probability, learning, diffusion_and_scaling, calculus,
                 of_programs):
        part()
    document = {
        "made_by": "tests/goldens/formulas_golden.py",
        "numpy": np.__version__,
        "mpmath": mpmath.__version__,
        "python": platform.python_version(),
        "precision": "50 digits, rounded to double",
    }
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in CASES)
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps(document, ensure_ascii=False)[:-1] + ',\n"cases": [\n' + lines + "\n]}\n")
    print(f"{len(CASES)} cases")


if __name__ == "__main__":
    main()
