"""Golden derivatives of formulas, by SymPy: symbolic, then evaluated in 30 digits.

    /usr/bin/python3 tests/goldens/derivatives_golden.py

writes derivatives.json. The formulas are written as Nabla's tests read them; ^ is a power.
"""
import json
import pathlib
import platform
import random

import sympy
from sympy import Abs, Heaviside, acos, asin, asinh, atan, cos, cosh, erf, exp, log, sin, sinh, sqrt, tan, tanh

HERE = pathlib.Path(__file__).resolve().parent

x, y, a, b, n = sympy.symbols("x y a b n", positive=True)


def sigma(u):
    return 1 / (1 + exp(-u))


NAMES = {
    "x": x, "y": y, "a": a, "b": b, "n": n, "e": sympy.E, "pi": sympy.pi, "sigma": sigma, "log": log, "ln": log,
    "exp": exp, "sqrt": sqrt, "sin": sin, "cos": cos, "tan": tan, "sinh": sinh, "cosh": cosh, "tanh": tanh,
    "arcsin": asin, "arccos": acos, "arctan": atan, "arcsinh": asinh, "erf": erf, "abs": Abs,
    "softplus": lambda u: log(1 + exp(u)), "silu": lambda u: u * sigma(u),
    "gelu": lambda u: u * (1 + erf(u / sqrt(2))) / 2, "relu": lambda u: u * Heaviside(u),
    "logit": lambda u: log(u / (1 - u)),
}

FORMULAS = """
x^2 + 2*x*y + y^2 | (x - 3)^2 | x^3 - 3*x + 1 | x^n | a^x | x^x | x^(x^2) | (x + y)^5 | 1/x | 1/x^2 | x/(1 + x)
(x^2 + 1)/(x - 7) | (a*x + b)/(b*x + a) | sqrt(x) | sqrt(x^2 + y^2) | 1/sqrt(x) | x^(1/3) | x^(2/3) + x^(3/2)
exp(x) | e^x | e^(-x) | exp(-x^2/2) | exp(-(x - a)^2/(2*b^2))/sqrt(2*pi*b^2) | x*exp(x) | x^2*e^x | e^(x*y)
exp(sin(x)) | e^(e^x) | log(x) | ln(x) | log(x^2 + 1) | x*log(x) | x*log(x/y) | log(log(x + 2)) | log(x)/x | log(x*y)
log(1 + e^x) | log(e^x + e^y) | -x*log(x) - (1 - x)*log(1 - x) | -(a*log(x) + (1 - a)*log(1 - x))
sin(x) | cos(x) | tan(x) | sin(x)*cos(x) | sin(x)^2 | sin(x^2) | cos(2*x + 1) | sin(x)/x | x*sin(1/x) | tan(x)^2
sinh(x) | cosh(x) | tanh(x) | tanh(x)^2 | x*tanh(log(1 + e^x)) | sinh(x)/cosh(x) | arcsin(x) | arccos(x) | arctan(x)
arctan(x/y) | arcsinh(x) | x*arctan(x) | arcsin(x)^2 | sigma(x) | sigma(a*x + b) | log(sigma(x)) | x*sigma(x)
sigma(x)^2 | -log(sigma(a*x)) | sigma(x)*(1 - sigma(x)) | 1/(1 + e^(-x)) | (sigma(x) - y)^2 | softplus(x)
silu(x) | gelu(x) | relu(x) | relu(x - 2) | erf(x) | erf(x/sqrt(2)) | logit(x) | abs(x) | abs(x - 2) | x*abs(x)
0.5*x*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x^3))) | (1 - x)^n*log(x) | -a*(1 - x)^n*log(x) | a/x^n + b/y^n
a*x^2 + b*x + n | (1 - x)^2 + 100*(y - x^2)^2 | (x^2 + y - 11)^2 + (x + y^2 - 7)^2 | x*y/(x + y) | 2*x*y/(x + y)
(1 + b^2)*x*y/(b^2*x + y) | x/(1 - a^n) | a + (b - a)*(1 + cos(x*pi/n))/2 | sqrt(x)*sqrt(y) | sqrt(x*y)
x^2/sqrt(1 - x^2) | (x + 1)*(x - 1) | ((x + 1)*(x + 2))^3 | 1/(1 + x^2) | 1/(1 + x^2)^2 | (x - y)/(x + y)
e^x/(e^x + e^y) | e^x*log(x) | e^(-x)*sin(x) | x^2*sin(x)*e^x | log(sin(x)) | log(tanh(x)) | sqrt(1 + sqrt(x))
log(x + sqrt(x^2 + 1)) | a^(x^2) | (a*x)^b | x^a*y^b | n*log(x) - a*x | (x - a)^2/b | exp(-a*x)*x^n | 3 | y
x/abs(x + 1) | sqrt(abs(x)) | 1/(x*log(x + 2)) | 2^x + 10^x | x^(-n) | 1/(e^(x/a) - 1) | x*e^(-x)/(1 + e^(-x))
"""


def parse(formula):
    return sympy.sympify(formula.replace("^", "**"), locals=NAMES)


def case(formula, rng):
    tree = parse(formula)
    points = []
    for _ in range(3):
        at = {name: round(rng.uniform(0.1, 0.9), 3) for name in ("x", "y", "a", "b", "n")}
        values = {NAMES[name]: sympy.Rational(str(value)) for name, value in at.items()}
        derivative = tree.diff(x).subs(values).doit()
        points.append({"at": at, "value": float(tree.subs(values).evalf(30)), "derivative": float(derivative.evalf(30))})
    return {"formula": formula, "points": points}


def main():
    rng = random.Random(5)
    formulas = [part.strip() for part in FORMULAS.replace("\n", "|").split("|") if part.strip()]
    record = {
        "made_by": "tests/goldens/derivatives_golden.py", "sympy": sympy.__version__,
        "python": platform.python_version(),
        "precision": "derivatives by x, evaluated in 30 digits, rounded to float64",
    }
    cases = ",\n".join(json.dumps(case(formula, rng)) for formula in formulas)
    head = json.dumps(record, indent=1).rstrip("\n}")
    (HERE / "derivatives.json").write_text(f'{head},\n "cases": [\n{cases}\n]}}\n')
    print(len(formulas), "formulas")


if __name__ == "__main__":
    main()
