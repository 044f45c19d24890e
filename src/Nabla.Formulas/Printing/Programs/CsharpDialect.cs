using System.Collections.Frozen;
using System.Globalization;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing.Programs;

/// <summary>C# on Nabla's tensors.</summary>
internal sealed class CsharpDialect : ArrayDialect
{
    private static readonly FrozenDictionary<string, string> Methods = NameTable.Of(
        """
        exp Exp  log Log  log2 Log2  log10 Log10  sqrt Sqrt  sin Sin  cos Cos  tan Tan  asin Asin  acos Acos  atan Atan
        sinh Sinh  cosh Cosh  tanh Tanh  asinh Asinh  acosh Acosh  atanh Atanh  abs Abs  sign Sign  floor Floor
        ceil Ceil  round Round  erf Erf  sigmoid Sigmoid  log_sigmoid LogSigmoid  logit Logit  relu Relu  relu6 Relu6
        leaky_relu LeakyRelu  elu Elu
        selu Selu  gelu Gelu  silu Silu  mish Mish  softplus Softplus  softsign Softsign  hardtanh Hardtanh
        hard_sigmoid Hardsigmoid  hard_swish Hardswish
        """);

    private static readonly FrozenDictionary<string, string> Numeric = NameTable.Of(
        """
        exp Exp  log Log  log2 Log2  log10 Log10  sqrt Sqrt  sin Sin  cos Cos  tan Tan  tanh Tanh  abs Abs  floor Floor
        ceil Ceiling
        """);

    private static readonly FrozenDictionary<string, string> Reductions = NameTable.Of(
        "sum Sum  mean Mean  prod Prod  max Max  min Min  var Variance  logsumexp LogSumExp");

    private static readonly FrozenDictionary<string, string> Comparisons = NameTable.Of(
        "< Less  ≤ LessOrEqual  > Greater  ≥ GreaterOrEqual  = EqualTo  ≠ NotEqualTo");

    private static readonly FrozenSet<string> Keywords = NameTable.Words(
        """
        abstract as base bool break byte case catch char checked class const continue decimal default delegate
        do double else enum event explicit extern false finally fixed float for foreach goto if implicit in int
        interface internal is lock long namespace new null object operator out override params private protected
        public readonly ref return sbyte sealed short sizeof stackalloc static string struct switch this throw
        true try typeof uint ulong unchecked unsafe ushort using virtual void volatile while
        """);

    public override string Name => "C#";

    /// <summary>Whether the code calls the helper that adds.</summary>
    public bool UsesSum { get; private set; }

    /// <summary>Whether the code calls the helper that lists.</summary>
    public bool UsesList { get; private set; }

    /// <summary>Whether the code takes inverses or determinants.</summary>
    public bool UsesLinearAlgebra { get; private set; }

    public override Term Number(double value, string text) => new(
        double.IsInfinity(value)
            ? value > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity"
            : IsWhole(value) ? value.ToString("0", CultureInfo.InvariantCulture) : Float(value),
        value < 0 ? Tightness.Unary : Tightness.Primary, 0)
    { IsPlain = true, Value = value };

    public override Term Constant(string letter) =>
        Primary(letter == "pi" ? "MathF.PI" : "MathF.E", 0) with { IsPlain = true };

    // Of two numbers without a tensor the types must be float: 1 / 2 would be 0.
    public override Term Combine(char sign, Term a, Term b) => a.IsPlain && b.IsPlain
        ? base.Combine(sign, Floating(a), Floating(b))
        : base.Combine(sign, a, b);

    public override Term Power(Term a, Term b)
    {
        int rank = Math.Max(a.Rank, b.Rank);
        if (a.IsPlain && b.IsPlain)
            return Primary($"MathF.Pow({a.Text}, {b.Text})", 0) with { IsPlain = true };
        string code = b.Value switch
        {
            2 => $"{Receiver(a)}.Square()",
            { } exponent => $"{Receiver(a)}.Pow({exponent.ToString("R", CultureInfo.InvariantCulture)})",
            _ => $"{Receiver(a)}.Pow({b.Text})",
        };
        return Primary(code, rank) with { IsRow = a.IsRow };
    }

    public override Term? Map(string function, Term x)
    {
        if (x.IsPlain && Numeric.TryGetValue(function, out string? numeric))
            return Primary($"MathF.{numeric}({x.Text})", 0) with { IsPlain = true };
        return Methods.TryGetValue(function, out string? method)
            ? Primary($"{Receiver(x)}.{method}()", x.Rank) with { IsRow = x.IsRow }
            : null;
    }

    public override Term? OfList(string function, Term x) =>
        function == "cumsum" && x.Rank <= 1 ? Primary($"{Receiver(x)}.CumSum()", x.Rank) : null;

    public override Term Reduce(string reduction, Term x) => reduction switch
    {
        "std" => Primary($"{Receiver(x)}.Variance().Sqrt()", 0),
        "sample_var" => SampleVariance(x, "", $"{Receiver(x)}.Shape.ElementCount", 0),
        "sample_std" => Primary($"({Reduce("sample_var", x).Text}).Sqrt()", 0),
        _ => Primary($"{Receiver(x)}.{Reductions[reduction]}()", 0),
    };

    // The mean of the squared distances times n / (n − 1).
    private Term SampleVariance(Term x, string settings, string count, int rank) => new(
        $"{Receiver(x)}.Variance({settings}) * ((float){count} / ({count} - 1))", Tightness.Multiplicative, rank);

    public override Term? ReduceRows(string reduction, double p, Term x, RowSense sense)
    {
        string dim = sense.Lines switch { Lines.Columns => "0", Lines.RowsOfMatrix => "1", _ => "-1" };
        string settings = $"dim: {dim}{(sense.IsKept ? ", keepDim: true" : "")}";
        int rank = sense.IsKept ? x.Rank : Math.Max(0, x.Rank - 1);
        return reduction switch
        {
            "median" => null,
            "sample_var" => SampleVariance(x, settings, $"{Receiver(x)}.Shape[{dim}]", rank),
            "sample_std" => Primary($"({ReduceRows("sample_var", p, x, sense)!.Text}).Sqrt()", rank),
            "std" => Primary($"{Receiver(x)}.Variance({settings}).Sqrt()", rank),
            "norm" => Primary(FormattableString.Invariant($"{Receiver(x)}.Norm({p:R}, {settings})"), rank),
            _ => Primary($"{Receiver(x)}.{Reductions[reduction]}({settings})", rank),
        };
    }

    public override Term Norm(Term x, double p) => Primary(p switch
    {
        2 => $"{Receiver(x)}.Norm()",
        double.PositiveInfinity => $"{Receiver(x)}.Abs().Max()",
        _ => FormattableString.Invariant($"{Receiver(x)}.Norm({p:R})"),
    }, 0);

    public override Term Softmax(Term x, bool isLog) =>
        Primary($"{Receiver(x)}.{(isLog ? "LogSoftmax" : "Softmax")}(dim: -1)", x.Rank) with { IsRow = x.IsRow };

    public override Term Extreme(bool isMax, Term a, Term b) =>
        Primary($"{Receiver(a)}.{(isMax ? "Maximum" : "Minimum")}({b.Text})", Math.Max(a.Rank, b.Rank));

    public override Term MatrixProduct(Term a, Term b) => (a.Rank, b.Rank) switch
    {
        (1, 1) => Primary($"{Receiver(a)}.Dot({b.Text})", 0),
        ( >= 2, 1) => Primary($"{Receiver(a)}.Mv({b.Text})", a.Rank - 1),
        (1, _) => Primary($"{Receiver(b)}.Transpose(-2, -1).Mv({a.Text})", b.Rank - 1) with { IsRow = a.IsRow },
        _ => Primary($"{Receiver(a)}.MatMul({b.Text})", Math.Max(a.Rank, b.Rank)),
    };

    public override Term Outer(Term a, Term b) => Primary($"{Receiver(a)}.Outer({b.Text})", 2);

    public override Term Dot(Term a, Term b) => Primary($"({Combine('*', a, b).Text}).Sum()", 0);

    public override Term Transpose(Term x) => Primary($"{Receiver(x)}.Transpose(-2, -1)", x.Rank);

    public override Term OfMatrix(string function, Term x)
    {
        UsesLinearAlgebra |= function is not ("trace" or "diag");
        return function switch
        {
            "inverse" => Primary($"{Receiver(x)}.Inv()", 2),
            "pseudo-inverse" => Primary($"{Receiver(x)}.Pinv()", 2),
            "det" => Primary($"{Receiver(x)}.Det()", 0),
            "spectral norm" => Primary($"{Receiver(x)}.Svdvals().Max()", 0),
            "nuclear norm" => Primary($"{Receiver(x)}.Svdvals().Sum()", 0),
            "trace" => Primary($"{Receiver(x)}.Trace()", 0),
            _ => Primary($"{Receiver(x)}.Diag()", x.Rank == 1 ? 2 : 1),
        };
    }

    public override Term Identity(Term beside) => Primary($"Tensor.Eye({Receiver(beside)}.Shape[-1])", 2);

    public override Term Compare(string sign, Term a, Term b) => Comparisons.TryGetValue(sign, out string? method)
        ? Primary($"{Receiver(a)}.{method}({b.Text})", Math.Max(a.Rank, b.Rank))
        : throw new FormulaException($"{sign} cannot be written in C#; write <, ≤, >, ≥, = or ≠.");

    public override Term Where(Term condition, Term a, Term b) =>
        Primary($"Tensor.Where({condition.Text}, {a.Text}, {b.Text})",
            Math.Max(condition.Rank, Math.Max(a.Rank, b.Rank)));

    public override Term Element(Term table, IReadOnlyList<Term> positions)
    {
        Term term = table;
        foreach (Term position in positions)
            term = Primary($"{Receiver(term)}.Select(0, {Place(position)})", Math.Max(0, term.Rank - 1));
        return term;
    }

    public override Term Size(Term table, int dimension) => Plain($"{Receiver(table)}.Shape[{dimension}]");

    public override Term Whole(Term x) => x.IsPlain && x.Value is { } value && IsWhole(value)
        ? x
        : new(x.IsPlain ? $"(int){x.In(Tightness.Primary)}" : $"(int){Receiver(x)}.Item()", Tightness.Unary, 0)
        {
            IsPlain = true,
        };

    public override Term Fold(Fold fold, Func<Term, Term> body)
    {
        Term term = body(Plain(fold.Index));
        string arguments = $"({fold.From.Text}, {fold.To.Text}, {fold.Index} => {term.Text})";
        if (fold.Kind == "sum")
        {
            UsesSum = true;
            return Primary("Sum" + arguments, term.Rank);
        }
        UsesList = true;
        return fold.Kind switch
        {
            "list" => Primary("List" + arguments, term.Rank + 1),
            "argmax" => new($"{fold.From.Text} + List{arguments}.ArgMax()", Tightness.Additive, 0) { IsPlain = true },
            "argmin" => new($"{fold.From.Text} + List{arguments}.ArgMin()", Tightness.Additive, 0) { IsPlain = true },
            _ => Primary($"List{arguments}.{Reductions[fold.Kind]}(0)", term.Rank),
        };
    }

    public override Term Stack(IReadOnlyList<Term> parts) =>
        Primary($"Tensor.Stack(0, {string.Join(", ", parts.Select(part => part.Text))})",
            parts.Max(part => part.Rank) + 1);

    public override Term Concat(IReadOnlyList<Term> parts)
    {
        IEnumerable<string> lines = parts.Select(part => part.Rank == 0 ? $"{Receiver(part)}.Reshape(1)" : part.Text);
        return Primary($"Tensor.Concat(-1, {string.Join(", ", lines)})", Math.Max(1, parts.Max(part => part.Rank)));
    }

    public override string Identifier(string name)
    {
        string identifier = Identifiers.Camel(name);
        return Keywords.Contains(identifier) ? "@" + identifier : identifier;
    }

    private static Term Primary(string text, int rank) => new(text, Tightness.Primary, rank);

    private static Term Plain(string text) => Primary(text, 0) with { IsPlain = true };

    // What a method can be called on: a plain number becomes a tensor.
    private static string Receiver(Term x) =>
        x.IsPlain ? $"((Tensor){Floating(x).In(Tightness.Primary)})" : x.In(Tightness.Primary);

    private static Term Floating(Term x) => x.Value is { } value && double.IsFinite(value)
        ? x with { Text = Float(value) }
        : x.Text.Contains("MathF", StringComparison.Ordinal) || x.Text.EndsWith('f') ? x
        : x with { Text = $"(float){x.In(Tightness.Primary)}", Tightness = Tightness.Unary };

    private static bool IsWhole(double value) => value == Math.Floor(value) && Math.Abs(value) < 1 << 24;

    // What is beyond a float is infinite in one.
    private static string Float(double value) => Math.Abs(value) > float.MaxValue
        ? value > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity"
        : value.ToString("R", CultureInfo.InvariantCulture) + "f";
}
