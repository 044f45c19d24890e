using Nabla.Formulas.Evaluation.Graph;
using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Reading;

namespace Nabla.Formulas.Evaluation.Functions;

/// <summary>Layers that formulas call by name.</summary>
internal static class Layers
{
    /// <summary>What normalisation adds to a variance, where the formula binds no ε.</summary>
    public const double Epsilon = 1e-5;

    /// <summary>The rows.</summary>
    public static IEnumerable<Function> All { get; } =
    [
        new("layer_norm", 1, 3, LayerNorm),
        new("rms_norm", 1, 2, RmsNorm),
        new("attention", 3, 3, Attention),
        new("swiglu", 2, 2, f => f.A.Multiply(f.A.Map(Elementary.ByName["silu"], f[0]), f[1])),
        new("geglu", 2, 2, f => f.A.Multiply(f.A.Map(Elementary.ByName["gelu"], f[0]), f[1])),
        new("glu", 2, 2, f => f.A.Multiply(f[0], f.A.Map(Elementary.Sigmoid, f[1]))),
        new("dropout", 1, 2, Dropout),
    ];

    /// <summary>(x − mean)/√(variance + ε)·γ + β along the last dimension.</summary>
    private static Quantity LayerNorm(Application f)
    {
        Quantity centred = f.A.Subtract(f[0], MeanOfRows(f, f[0]));
        Quantity variance = MeanOfRows(f, f.A.Map(Elementary.Square, centred));
        Quantity y = f.A.Divide(centred, f.A.Map(Elementary.Sqrt, f.A.Add(variance, EpsilonOf(f))));
        y = f.Values.Length > 1 ? f.A.Multiply(y, f[1]) : y;
        return f.Values.Length > 2 ? f.A.Add(y, f[2]) : y;
    }

    private static Quantity RmsNorm(Application f)
    {
        Quantity squares = MeanOfRows(f, f.A.Map(Elementary.Square, f[0]));
        Quantity y = f.A.Divide(f[0], f.A.Map(Elementary.Sqrt, f.A.Add(squares, EpsilonOf(f))));
        return f.Values.Length > 1 ? f.A.Multiply(y, f[1]) : y;
    }

    /// <summary>softmax(QKᵀ/√d)·V, d being the number of columns of K.</summary>
    private static Quantity Attention(Application f)
    {
        if (f.Values.Any(value => value.Rank < 2))
            throw new FormulaException($"attention takes matrices Q, K and V, not shapes "
                + $"{string.Join(", ", f.Values.Select(value => value.Own))}.");
        Quantity scores = f.A.MatrixProduct(f[0], f.A.Transpose(f[1]));
        scores = f.A.Divide(scores, f.A.Number(Math.Sqrt(f[1].Own[-1])));
        return f.A.MatrixProduct(Lists.Softmax(f.A, scores, isLog: false), f[2]);
    }

    private static Quantity Dropout(Application f)
    {
        f.C.Note("dropout is evaluated as at inference: it changes nothing.");
        return f[0];
    }

    /// <summary>The mean along the last dimension, which stays with size 1.</summary>
    private static Quantity MeanOfRows(Application f, Quantity x)
    {
        if (x.Rank == 0)
            throw new FormulaException($"{f.Call.Letter} needs a list, but got one number.");
        Node sum = Reductions.Sum(f.C.Tape, x.Node, Lists.LastDimension(x));
        Quantity means = f.A.Divide(new(sum, x.Axes), f.A.Number(x.Own[-1]));
        return f.A.Reshape(means, [.. x.Own.AsSpan()[..^1], 1]);
    }

    private static Quantity EpsilonOf(Application f)
    {
        Stored? bound = f.C.Store.Find("epsilon") ?? f.C.Store.Find("eps");
        if (bound is not null)
            return bound.Quantity();
        f.C.Note(FormattableString.Invariant(
            $"{f.Call.Letter} adds ε = {Epsilon} under the root; bind epsilon for another."));
        return f.A.Number(Epsilon);
    }
}
