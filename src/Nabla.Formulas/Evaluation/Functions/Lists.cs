using Nabla.Formulas.Evaluation.Graph;
using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Rules;
using Nabla.Formulas.Trees;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Formulas.Evaluation.Functions;

/// <summary>Functions of whole lists.</summary>
internal static class Lists
{
    /// <summary>The rows.</summary>
    public static IEnumerable<Function> All { get; } =
    [
        new("max", 1, 64, f => Extreme(f, Reductions.Max, BinaryRule<Maximum>.Instance)),
        new("min", 1, 64, f => Extreme(f, Reductions.Min, BinaryRule<Minimum>.Instance)),
        new("argmax", 1, 1, f => OperatorRules.ListExtreme(f.A, RequireList(f, 0), 1)),
        new("argmin", 1, 1, f => OperatorRules.ListExtreme(f.A, RequireList(f, 0), -1)),
        new("sum", 1, 1, f => f.A.FoldOwn(Line(f, f[0]), Reductions.Sum)),
        new("prod", 1, 1, f => f.A.FoldOwn(Line(f, f[0]), Reductions.Product)),
        new("mean", 1, 1, f => f.A.Mean(Line(f, f[0]))),
        new("var", 1, 1, f => Variance(f.A, Line(f, f[0]))),
        new("sample_var", 1, 1, SampleVariance),
        new("sample_std", 1, 1, f => f.A.Map(Elementary.Sqrt, SampleVariance(f))),
        new("std", 1, 1, f => f.A.Map(Elementary.Sqrt, Variance(f.A, Line(f, f[0])))),
        new("cov", 2, 2, f => Covariance(f.A, f[0], f[1])),
        new("corr", 2, 2, Correlation),
        new("median", 1, 64, Median),
        new("quantile", 2, 2, Quantile),
        new("cumsum", 1, 1, CumulativeSum),
        new("sort", 1, 1, Sort),
        new("softmax", 1, 1, f => Softmax(f, isLog: false)),
        new("log_softmax", 1, 1, f => Softmax(f, isLog: true)),
        new("normalize", 1, 1, Normalize),
        new("logsumexp", 1, 1, f => LogSumExp(f.A, Line(f, f[0]))),
        new("len", 1, 1, f => f.A.Number(RequireList(f, 0).Own[0])),
        new("concat", 1, 64, Concatenate),
        new("one_hot", 2, 2, OneHot),
    ];

    /// <summary>The mean of the squared distances from the mean.</summary>
    public static Quantity Variance(Algebra algebra, Quantity x) =>
        algebra.Mean(algebra.Map(Elementary.Square, algebra.Subtract(x, algebra.Mean(x))));

    // s² = Σ(x − x̄)²/(n − 1), as PyTorch's var.
    private static Quantity SampleVariance(Application f)
    {
        Quantity list = Line(f, f[0]);
        int count = list.Own.ElementCount;
        if (count < 2)
            throw NodeRules.NoValue(f.Call, "the sample variance of one number has");
        return f.A.Multiply(Variance(f.A, list), f.A.Number(count / (count - 1.0)));
    }

    /// <summary>The mean of the products of the distances from the means.</summary>
    public static Quantity Covariance(Algebra algebra, Quantity x, Quantity y) => algebra.Mean(
        algebra.Multiply(algebra.Subtract(x, algebra.Mean(x)), algebra.Subtract(y, algebra.Mean(y))));

    /// <summary>The list itself; of numbers that depend on an index of the whole formula, the list over it.</summary>
    public static Quantity Line(Application f, Quantity x)
    {
        Axis? over = x.Rank > 0 ? null : f.C.Free.Values.Select(running => running.Axis!).LastOrDefault(x.Has);
        return over is null ? x : f.A.Own(x, over);
    }

    /// <summary>The last dimension that a function of lists works along.</summary>
    public static int LastDimension(Quantity x) => x.Node.Shape.Rank - 1;

    /// <summary>softmax of what is already computed, along its last dimension.</summary>
    public static Quantity Softmax(Algebra algebra, Quantity x, bool isLog) => x.Node.Shape.Rank == 0
        ? throw new FormulaException("softmax needs a list, but its argument is one number.")
        : x with { Node = SoftmaxRule.Apply(algebra.Tape, x.Node, LastDimension(x), isLog) };

    /// <summary>log Σ exp x of all its numbers, from the largest on, so that nothing overflows.</summary>
    public static Quantity LogSumExp(Algebra algebra, Quantity x)
    {
        Quantity largest = algebra.FoldOwn(x, Reductions.Max);
        // Of infinite ones nothing is taken away: ∞ − ∞ has no value, but log Σ exp has.
        double[] taken = Array.ConvertAll(largest.Node.Values, top => double.IsFinite(top) ? top : 0);
        largest = largest with { Node = algebra.Tape.Constant(largest.Node.Shape, taken) };
        Quantity powers = algebra.Map(Elementary.Exp, algebra.Subtract(x, Under(algebra, largest, x)));
        return algebra.Add(largest, algebra.Map(Elementary.Log, algebra.FoldOwn(powers, Reductions.Sum)));
    }

    /// <summary>All parts one after another along the last dimension, as heads are joined.</summary>
    public static Quantity Join(Algebra algebra, IReadOnlyList<Quantity> parts)
    {
        int rank = parts.Max(part => Math.Max(1, part.Rank));
        Axis[] axes = parts.Aggregate(Array.Empty<Axis>(), (all, part) => Algebra.Union(all, part.Axes));
        int last = axes.Length + rank - 1;
        Node[] rows = [.. parts.Select(part => ToFront(algebra, part, axes, rank))];
        Shape one = rows[0].Shape.With(0, 1);
        if (rows.Any(row => row.Shape.With(0, 1) != one))
            throw new FormulaException(
                $"parts of shapes {string.Join(", ", parts.Select(part => part.Own))} cannot be joined side by side.");
        Node flat = Rearranging.Concat(algebra.Tape, rows);
        Node joined = Rearranging.Reshape(algebra.Tape, flat, one.With(0, rows.Sum(row => row.Shape[0])));
        int[] back = [.. Enumerable.Range(1, last), 0];
        return new(last == 0 ? joined : Rearranging.Permute(algebra.Tape, joined, back), axes);
    }

    private static Node ToFront(Algebra algebra, Quantity part, Axis[] axes, int rank)
    {
        Quantity stretched = algebra.Stretch(part.Rank == 0 ? algebra.Reshape(part, [1]) : part, axes);
        if (stretched.Rank != rank)
            throw new FormulaException("only lists of the same number of dimensions can be joined.");
        int last = stretched.Node.Shape.Rank - 1;
        return last == 0
            ? stretched.Node
            : Rearranging.Permute(algebra.Tape, stretched.Node, [last, .. Enumerable.Range(0, last)]);
    }

    private static Quantity Under(Algebra algebra, Quantity number, Quantity list) =>
        algebra.Reshape(number, [.. Enumerable.Repeat(1, list.Rank)]);

    private static Quantity RequireList(Application f, int index)
    {
        Quantity list = Line(f, f[index]);
        return list.Rank > 0 ? list : throw new FormulaException($"{f.Call.Letter} needs a list, but got one number.");
    }

    private static Quantity Extreme(Application f, Func<Tape, Node, int, Node> reduce, PairRule pair)
    {
        if (f.Values.Length == 1)
            return f.A.FoldOwn(Line(f, f[0]), reduce);
        Quantity best = f[0];
        foreach (Quantity next in f.Values.Skip(1))
            best = f.A.Zip(pair, best, next, f.Call.Letter);
        return best;
    }

    /// <summary>x / ‖x‖, of a matrix each row.</summary>
    private static Quantity Normalize(Application f)
    {
        Quantity x = f[0];
        if (x.Rank == 1)
            return f.A.Divide(x, Matrices.Euclidean(f.A, x));
        if (x.Rank != 2 || x.Axes.Length > 0)
            throw NodeRules.NoValue(f.Call, "the unit length of what is neither a vector nor rows has");
        Axis row = f.C.NewAxis("", x.Own[0]);
        Quantity each = x with { Axes = [row] };
        return f.A.Own(f.A.Divide(each, Matrices.Euclidean(f.A, each)), row);
    }

    private static Quantity Softmax(Application f, bool isLog)
    {
        Quantity x = f[0];
        if (x.Rank > 0 || x.Axes.Length == 0)
            return Softmax(f.A, x, isLog);
        Axis? over = AxisBelow(f.Call, x)
            ?? f.C.Free.Values.Select(running => running.Axis!).LastOrDefault(x.Has);
        int dim = over is null ? x.Axes.Length - 1 : Array.IndexOf(x.Axes, over);
        return x with { Node = SoftmaxRule.Apply(f.C.Tape, x.Node, dim, isLog) };
    }

    /// <summary>The j of softmax_j(e_ij): over which index it is taken; null where it is an element.</summary>
    public static Axis? AxisBelow(Call call, Quantity x) =>
        x.Rank == 0 && call.Function is Symbol { Subscripts: [Symbol { IsBare: true } below] }
            ? Array.Find(x.Axes, axis => axis.Name == below.Letter) : null;

    private static Quantity Correlation(Application f)
    {
        Quantity deviations = f.A.Map(Elementary.Sqrt, f.A.Multiply(Variance(f.A, f[0]), Variance(f.A, f[1])));
        return f.A.Divide(Covariance(f.A, f[0], f[1]), deviations);
    }

    private static Quantity Median(Application f)
    {
        Quantity list = f.Values.Length > 1 ? Join(f.A, f.Values) : RequireList(f, 0);
        if (list.Axes.Length > 0)
            throw new FormulaException("the median of lists that depend on an index cannot be computed.");
        double[] values = list.Node.Values;
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
        int[] middle = [order[(order.Length - 1) / 2], order[order.Length / 2]];
        return f.A.Mean(new(Rearranging.Gather(f.C.Tape, list.Node, middle, [2])));
    }

    // Between the two nearest in proportion, as NumPy does by default (Hyndman and Fan 1996, definition 7).
    private static Quantity Quantile(Application f)
    {
        Quantity list = RequireList(f, 0);
        if (list is not { Rank: 1, Axes: [] } || !f[1].IsNumber || f[1].Node.Scalar is not (>= 0 and <= 1))
            throw new FormulaException("a quantile is taken of a list of numbers, at a share between 0 and 1.");
        double[] values = list.Node.Values;
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
        double place = f[1].Node.Scalar * (order.Length - 1);
        int below = (int)Math.Floor(place);
        int[] around = [order[below], order[Math.Min(below + 1, order.Length - 1)]];
        Quantity share = f.A.Subtract(f.A.Multiply(f[1], f.A.Number(order.Length - 1)), f.A.Number(below));
        Quantity near = new(Rearranging.Gather(f.C.Tape, list.Node, around, [2]));
        Quantity weights = Join(f.A, [f.A.Subtract(f.A.Number(1), share), share]);
        return f.A.FoldOwn(f.A.Multiply(near, weights), Reductions.Sum);
    }

    private static Quantity CumulativeSum(Application f)
    {
        Quantity list = RequireList(f, 0);
        if (list.Rank > 1)
        {
            f.C.Note("the entries are added up row after row as one list, as NumPy does where no axis is given.");
            list = f.A.Reshape(list, [list.Own.ElementCount]);
        }
        int n = list.Own[-1];
        f.C.Tape.Charge((long)n * n, 0);
        var upper = new double[n * n];
        for (int i = 0; i < upper.Length; i++)
            upper[i] = i / n <= i % n ? 1 : 0;
        return f.A.MatrixProduct(list, new(f.C.Tape.Constant([n, n], upper)));
    }

    // Ascending; a product with a permutation, so that each number keeps its slope.
    private static Quantity Sort(Application f)
    {
        Quantity list = RequireList(f, 0);
        if (list.Rank > 1 || list.Axes.Length > 0)
            throw NodeRules.NoValue(f.Call, "the order by size of what is no single list has");
        int n = list.Own[0];
        f.C.Tape.Charge((long)n * n, 0);
        int[] order = [.. Enumerable.Range(0, n).OrderBy(i => list.Node.Values[i])];
        var places = new double[n * n];
        for (int i = 0; i < n; i++)
            places[(i * n) + order[i]] = 1;
        return f.A.MatrixProduct(new(f.C.Tape.Constant([n, n], places)), list);
    }

    private static Quantity Concatenate(Application f) => f.Values.Length == 1 && f[0].Rank > 1
        ? f.A.Reshape(f[0], [f[0].Own.ElementCount])
        : Join(f.A, f.Values);

    private static Quantity OneHot(Application f)
    {
        if (!f[0].IsNumber || !f[1].IsNumber || f[1].Node.Scalar is not (>= 1 and <= 100_000))
            throw new FormulaException("one-hot takes a position and a length, both numbers.");
        return f.A.Vector(OneHot([f[0].Node.Scalar], (int)f[1].Node.Scalar, first: 1));
    }

    /// <summary>A row for each place, with a 1 there and else 0.</summary>
    /// <param name="places">The places.</param>
    /// <param name="length">How long the rows are.</param>
    /// <param name="first">The number of the first place: 1, or 0 as programs count.</param>
    public static double[] OneHot(ReadOnlySpan<double> places, int length, int first)
    {
        var rows = new double[checked(places.Length * length)];
        for (int row = 0; row < places.Length; row++)
        {
            double at = places[row] - first;
            if (at != Math.Floor(at) || !(at >= 0 && at < length))
                throw new FormulaException($"one-hot: the position {places[row]:R} is not in {first} … "
                    + $"{length - 1 + first}.");
            rows[row * length + (int)at] = 1;
        }
        return rows;
    }
}
