using System.Collections.Frozen;
using System.Globalization;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing.Programs;

/// <summary>Python with NumPy.</summary>
internal sealed class PythonDialect : ArrayDialect
{
    private static readonly FrozenDictionary<string, string> Functions = NameTable.Of(
        """
        exp np.exp  log np.log  log2 np.log2  log10 np.log10  sqrt np.sqrt  sin np.sin  cos np.cos  tan np.tan
        asin np.arcsin  acos np.arccos  atan np.arctan  sinh np.sinh  cosh np.cosh  tanh np.tanh  asinh np.arcsinh
        acosh np.arccosh  atanh np.arctanh  abs np.abs  sign np.sign  floor np.floor  ceil np.ceil  round np.round
        """);

    private static readonly FrozenSet<string> Keywords = NameTable.Words(
        """
        False None True and as assert async await break class continue def del elif else except finally for from global
        if import in is lambda nonlocal not or pass raise return try while with yield np math sum int range len
        """);

    private readonly SortedSet<string> used = new(StringComparer.Ordinal);

    public override string Name => "Python";

    /// <summary>The functions that the code calls and that NumPy does not have.</summary>
    public string HelperCode() => string.Concat(used.Select(PythonHelpers.Definition));

    public override Term Number(double value, string text) => double.IsInfinity(value)
        ? new(value > 0 ? "np.inf" : "-np.inf", value > 0 ? Tightness.Primary : Tightness.Unary, 0)
        {
            IsPlain = true,
            Value = value,
        }
        : new(value.ToString("R", CultureInfo.InvariantCulture), value < 0 ? Tightness.Unary : Tightness.Primary, 0)
        {
            IsPlain = true,
            Value = value,
        };

    public override Term Constant(string letter) => Primary(letter == "pi" ? "math.pi" : "math.e", 0);

    // Python itself refuses to divide by 0, NumPy gives an infinity.
    public override Term Combine(char sign, Term a, Term b) => sign == '/' && b.Value == 0
        ? base.Combine(sign, a, b with { Text = "np.float64(0)" }) : base.Combine(sign, a, b);

    // NumPy raises whole numbers to no negative powers.
    public override Term Power(Term a, Term b) => b.Value is { } exponent && exponent < 0 && IsWhole(exponent)
        ? Combine('/', Number(1, "1"), exponent == -1 ? a : Raised(a, Number(-exponent, "")))
        : Raised(a.Value is { } whole && IsWhole(whole) && b.Value is null ? AsFloat(a) : a, b);

    // The value of −(−2) is known too, but its text is no literal.
    private static Term AsFloat(Term a) => a.Text.All(char.IsAsciiDigit) ? a with { Text = $"{a.Text}.0" }
        : new($"float({a.Text})", Tightness.Primary, 0);

    private static Term Raised(Term a, Term b) =>
        new($"{a.In(Tightness.Primary)} ** {b.In(Tightness.Unary)}", Tightness.Power, Math.Max(a.Rank, b.Rank))
        {
            IsRow = a.IsRow,
        };

    private static bool IsWhole(double value) => value == Math.Floor(value) && Math.Abs(value) < 1e15;

    public override Term? Map(string function, Term x)
    {
        if (Functions.TryGetValue(function, out string? name))
            return Primary($"{name}({x.Text})", x.Rank) with { IsRow = x.IsRow };
        return PythonHelpers.Has(function)
            ? Primary($"{Helper(function)}({x.Text})", x.Rank) with { IsRow = x.IsRow }
            : null;
    }

    public override Term? OfList(string function, Term x) => function switch
    {
        "median" => Primary($"np.median({x.Text})", 0),
        "cumsum" => Primary($"np.cumsum({x.Text})", 1),
        _ => null,
    };

    public override Term? Zip(string function, Term a, Term b) => function switch
    {
        "mod" => Primary($"np.mod({a.Text}, {b.Text})", Math.Max(a.Rank, b.Rank)),
        "atan2" => Primary($"np.arctan2({a.Text}, {b.Text})", Math.Max(a.Rank, b.Rank)),
        "gcd" when a.Rank + b.Rank == 0 => Primary($"math.gcd({Whole(a).Text}, {Whole(b).Text})", 0),
        _ => null,
    };

    public override Term? Choose(Term n, Term k) =>
        n.Rank + k.Rank > 0 ? null : Primary($"math.comb({Whole(n).Text}, {Whole(k).Text})", 0);

    public override Term Reduce(string reduction, Term x) => Primary(reduction switch
    {
        "logsumexp" => $"{Helper(reduction)}({x.Text})",
        "sample_var" or "sample_std" => $"np.{reduction[7..]}({x.Text}, ddof=1)",
        _ => $"np.{reduction}({x.Text})",
    }, 0);

    public override Term? ReduceRows(string reduction, double p, Term x, RowSense sense)
    {
        string axis = sense.Lines switch { Lines.Columns => "0", Lines.RowsOfMatrix => "1", _ => "-1" };
        string settings = $"axis={axis}{(sense.IsKept ? ", keepdims=True" : "")}";
        int rank = sense.IsKept ? x.Rank : Math.Max(0, x.Rank - 1);
        return reduction switch
        {
            "logsumexp" => Primary($"{Helper(reduction)}({x.Text}, {settings})", rank),
            "sample_var" or "sample_std" => Primary($"np.{reduction[7..]}({x.Text}, {settings}, ddof=1)", rank),
            "norm" when p == 2 => Primary($"np.linalg.norm({x.Text}, {settings})", rank),
            "norm" => Primary(FormattableString.Invariant($"np.linalg.norm({x.Text}, {p:R}, {settings})"), rank),
            _ => Primary($"np.{reduction}({x.Text}, {settings})", rank),
        };
    }

    public override Term Norm(Term x, double p) => p switch
    {
        2 => Primary($"np.sqrt(np.sum({x.In(Tightness.Primary)} ** 2))", 0),
        1 => Primary($"np.sum(np.abs({x.Text}))", 0),
        double.PositiveInfinity => Primary($"np.max(np.abs({x.Text}))", 0),
        0 => Primary($"np.count_nonzero({x.Text})", 0),
        _ => new(FormattableString.Invariant($"np.sum(np.abs({x.Text}) ** {p:R}) ** (1 / {p:R})"), Tightness.Power, 0),
    };

    public override Term Softmax(Term x, bool isLog) =>
        Primary($"{Helper(isLog ? "log_softmax" : "softmax")}({x.Text})", x.Rank) with { IsRow = x.IsRow };

    public override Term Extreme(bool isMax, Term a, Term b) =>
        Primary($"np.{(isMax ? "maximum" : "minimum")}({a.Text}, {b.Text})", Math.Max(a.Rank, b.Rank));

    public override Term MatrixProduct(Term a, Term b)
    {
        int rank = (a.Rank, b.Rank) switch
        {
            (1, 1) => 0,
            (1, _) or (_, 1) => Math.Max(a.Rank, b.Rank) - 1,
            _ => Math.Max(a.Rank, b.Rank),
        };
        return new($"{a.In(Tightness.Multiplicative)} @ {b.In(Tightness.Unary)}", Tightness.Multiplicative, rank)
        {
            IsRow = a is { Rank: 1, IsRow: true } && b.Rank == 2,
        };
    }

    public override Term Outer(Term a, Term b) => Primary($"np.outer({a.Text}, {b.Text})", 2);

    public override Term? Kronecker(Term a, Term b) => Primary($"np.kron({a.Text}, {b.Text})", 2);

    public override Term Dot(Term a, Term b) => Primary($"np.dot({a.Text}, {b.Text})", 0);

    public override Term Transpose(Term x) =>
        Primary(x.Rank == 2 ? $"{x.In(Tightness.Primary)}.T" : $"np.swapaxes({x.Text}, -1, -2)", x.Rank);

    public override Term OfMatrix(string function, Term x) => function switch
    {
        "inverse" => Primary($"np.linalg.inv({x.Text})", 2),
        "pseudo-inverse" => Primary($"np.linalg.pinv({x.Text})", 2),
        "det" => Primary($"np.linalg.det({x.Text})", 0),
        "spectral norm" => Primary($"np.linalg.norm({x.Text}, 2)", 0),
        "nuclear norm" => Primary($"np.linalg.norm({x.Text}, 'nuc')", 0),
        "trace" => Primary($"np.trace({x.Text})", 0),
        _ => Primary($"np.diag({x.Text})", x.Rank == 1 ? 2 : 1),
    };

    public override Term Identity(Term beside) => Primary($"np.eye({beside.In(Tightness.Primary)}.shape[-1])", 2);

    public override Term Compare(string sign, Term a, Term b)
    {
        string written = sign switch { "≤" => "<=", "≥" => ">=", "≠" => "!=", "=" => "==", _ => sign };
        return new($"{a.In(Tightness.Additive)} {written} {b.In(Tightness.Additive)}", Tightness.Comparison,
            Math.Max(a.Rank, b.Rank));
    }

    public override Term Where(Term condition, Term a, Term b) =>
        Primary($"np.where({condition.Text}, {a.Text}, {b.Text})", Math.Max(condition.Rank, Math.Max(a.Rank, b.Rank)));

    public override Term Element(Term table, IReadOnlyList<Term> positions) => Primary(
        $"{table.In(Tightness.Primary)}[{string.Join(", ", positions.Select(Place))}]",
            Math.Max(0, table.Rank - positions.Count));

    public override Term Size(Term table, int dimension) => dimension == 0
        ? Plain($"len({table.Text})")
        : Plain($"{table.In(Tightness.Primary)}.shape[{dimension}]");

    public override Term Whole(Term x) => x.IsPlain ? x : Plain($"int({x.Text})");

    public override Term Fold(Fold fold, Func<Term, Term> body)
    {
        Term term = body(Plain(fold.Index));
        string range = $"for {fold.Index} in range({fold.From.Text}, {Next(fold.To)})";
        if (fold.Kind == "sum")
            return Primary($"sum({term.In(Tightness.Comparison)} {range})", term.Rank);
        string list = $"[{term.Text} {range}]";
        return fold.Kind switch
        {
            "list" => Primary($"np.array({list})", term.Rank + 1),
            "argmax" or "argmin" when fold.From.Value is { } first =>
                new($"np.{fold.Kind}({list}) + {first:R}", Tightness.Additive, 0),
            "argmax" or "argmin" =>
                new($"np.{fold.Kind}({list}) + {fold.From.In(Tightness.Multiplicative)}", Tightness.Additive, 0),
            _ => Primary($"np.{fold.Kind}({list}, axis=0)", term.Rank),
        };
    }

    public override Term Stack(IReadOnlyList<Term> parts) =>
        Primary($"np.array([{string.Join(", ", parts.Select(part => part.Text))}])", parts.Max(part => part.Rank) + 1);

    public override Term Concat(IReadOnlyList<Term> parts) =>
        Primary($"np.concatenate([{string.Join(", ", parts.Select(Line))}], axis=-1)",
            Math.Max(1, parts.Max(part => part.Rank)));

    public override string Identifier(string name)
    {
        string identifier = Identifiers.Of(name);
        return Keywords.Contains(identifier) ? identifier + "_" : identifier;
    }

    private static string Line(Term part) => part.Rank == 0 ? $"[{part.Text}]" : part.Text;

    private static Term Primary(string text, int rank) => new(text, Tightness.Primary, rank);

    private static Term Plain(string text) => Primary(text, 0) with { IsPlain = true };

    private static string Next(Term last) => last.Value is { } value
        ? (value + 1).ToString(CultureInfo.InvariantCulture)
        : $"{last.In(Tightness.Additive)} + 1";

    private string Helper(string name)
    {
        used.Add(name);
        return name;
    }
}
