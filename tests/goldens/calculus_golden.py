"""Golden derivatives and integrals of 50 functions, by Maxima: symbolic, then evaluated in 40 digits."""
import json
import pathlib
import re
import shutil
import subprocess
import sys
from fractions import Fraction

HERE = pathlib.Path(__file__).resolve().parent


# Maxima's own erf of a big float needs a part that Debian's package lacks: Abramowitz and Stegun 7.1.5, for |x| < 3.
SERIES_ERF = """series_erf(x) := block([t: bfloat(x), term, total], term: t, total: t,
  for k: 1 thru 90 do (term: -term*t^2/k, total: total + term/(2*k + 1)), bfloat(2/sqrt(%pi))*total)$"""


def exact(number):
    return str(Fraction(number))  # the points are doubles, and Maxima takes them as fractions


def ask(expressions):
    """The numbers of these Maxima expressions."""
    lines = ["fpprec: 40$", "display2d: false$", "linel: 1000$", SERIES_ERF]
    numeric = "bfloat(subst(lambda([u], series_erf(u)), erf, {}))"
    lines += [f'print(concat("=", string({numeric.format(expression)})))$' for expression in expressions]
    answer = subprocess.run(["maxima", "--very-quiet", "--batch-string", "\n".join(lines)],
                            capture_output=True, text=True, check=True).stdout
    numbers = [float(found.replace("b", "e")) for found in re.findall(r"^=(\S+)\s*$", answer, re.MULTILINE)]
    if len(numbers) != len(expressions):
        raise RuntimeError(f"Maxima answered {len(numbers)} of {len(expressions)} questions:\n{answer}")
    return numbers


def at(expression, names, point):
    values = ", ".join(f"{name} = {exact(value)}" for name, value in zip(names, point))
    return f"subst([{values}], {expression})"


def record():
    if shutil.which("maxima") is None:
        print("maxima is not installed (apt install maxima): calculus.json stays as it is", file=sys.stderr)
        return json.loads((HERE / "calculus.json").read_text("utf-8"))
    functions = json.loads((HERE / "calculus_functions.json").read_text("utf-8"))
    questions, scalar, vector = [], [], []

    def later(expression):
        questions.append(expression)
        return len(questions) - 1

    for name, formula, point in functions["scalar"]:
        names = "xyz"[:len(point)]
        scalar.append({
            "name": name, "formula": formula, "at": point,
            "value": later(at(formula, names, point)),
            "gradient": [later(at(f"diff({formula}, {a})", names, point)) for a in names],
            "hessian": [[later(at(f"diff({formula}, {a}, 1, {b}, 1)" if a != b else f"diff({formula}, {a}, 2)", names, point))
                         for b in names] for a in names]})
    for name, formulas, point in functions["vector"]:
        names = "xyz"[:len(point)]
        vector.append({
            "name": name, "formula": formulas, "at": point,
            "jacobian": [[later(at(f"diff({f}, {a})", names, point)) for a in names] for f in formulas]})
    integral = [{"name": name, "formula": formula, "from": low, "to": high,
                 "value": later(f"integrate({formula}, x, {low}, {high})")}
                for name, formula, low, high in functions["integral"]]
    answers = ask(questions)

    def filled(node):
        if isinstance(node, list):
            return [filled(part) for part in node]
        return answers[node] if isinstance(node, int) else node

    for case in scalar + vector + integral:
        for key in case.keys() & {"value", "gradient", "hessian", "jacobian"}:
            case[key] = filled(case[key])
    version = subprocess.run(["maxima", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    return {"made_by": "tests/goldens/make_goldens.py", "maxima": version,
            "precision": "derivatives and integrals by Maxima's symbols, evaluated in 40 digits, rounded to float64",
            "scalar": scalar, "vector": vector, "integral": integral}
