namespace Nabla.Formulas.Articles.Python;

/// <summary>NumPy's sums, means and other reductions along an axis.</summary>
internal static class Reductions
{
    private delegate double Reduce(ReadOnlySpan<double> values);

    private sealed record Reduction(Reduce Compute, DType? Result, bool TakesEmpty);

    private static readonly Dictionary<string, Reduction> Rows = new(StringComparer.Ordinal)
    {
        ["sum"] = new(Sum, null, true),
        ["prod"] = new(Product, null, true),
        ["mean"] = new(values => Sum(values) / values.Length, DType.Float, false),
        ["max"] = new(values => Best(values, Math.Max), null, false),
        ["min"] = new(values => Best(values, Math.Min), null, false),
        ["argmax"] = new(values => ArgBest(values, (a, b) => a > b), DType.Int, false),
        ["argmin"] = new(values => ArgBest(values, (a, b) => a < b), DType.Int, false),
        ["any"] = new(values => values.ContainsAnyExcept(0) ? 1 : 0, DType.Bool, true),
        ["all"] = new(values => values.Contains(0) ? 0 : 1, DType.Bool, true),
        ["median"] = new(Median, DType.Float, false),
        ["ptp"] = new(values => Best(values, Math.Max) - Best(values, Math.Min), null, false),
        ["count_nonzero"] = new(values => values.Length - values.Count(0), DType.Int, true),
    };

    public static IEnumerable<string> Names => Rows.Keys;

    /// <summary>A reduction by name over some axes, or over all.</summary>
    public static NdArray Apply(string name, NdArray a, int[]? axes, bool keep)
    {
        (Reduce compute, DType? result, bool takesEmpty) = Rows[name];
        DType type = result ?? (a.Type == DType.Bool && name is "sum" or "prod" ? DType.Int : a.Type);
        return Over(a, (axes, keep), type, values => values.Length > 0 || takesEmpty
            ? compute(values) : throw new PythonException($"{name} of nothing"));
    }

    /// <summary>np.var with ddof numbers less in the divisor; np.std is its root.</summary>
    public static NdArray Variance(NdArray a, (int[]? Axes, bool Keep) along, int ddof, bool isRoot) =>
        Over(a, along, DType.Float, values =>
        {
            double mean = Sum(values) / values.Length, sum = 0;
            foreach (double value in values)
                sum += (value - mean) * (value - mean);
            double variance = sum / (values.Length - ddof);
            return isRoot ? Math.Sqrt(variance) : variance;
        });

    /// <summary>np.linalg.norm of vectors.</summary>
    public static NdArray Norm(NdArray a, (int[]? Axes, bool Keep) along, double order) =>
        Over(a, along, DType.Float, values =>
        {
            double sum = 0;
            foreach (double value in values)
                sum = double.IsInfinity(order) ? Math.Max(sum, Math.Abs(value))
                    : sum + (order == 0 ? value == 0 ? 0 : 1 : Math.Pow(Math.Abs(value), order));
            return double.IsInfinity(order) || order == 0 ? sum : order == 2 ? Math.Sqrt(sum)
                : Math.Pow(sum, 1 / order);
        });

    /// <summary>np.cumsum and np.cumprod.</summary>
    public static NdArray Cumulate(NdArray a, int? axis, Func<double, double, double> join)
    {
        if (axis is null)
            return Cumulate(a.Reshape([(int)a.Count]), 0, join);
        DType type = a.Type == DType.Bool ? DType.Int : a.Type;
        if (!a.IsKnown)
            return NdArray.OfShape(a.Shape, a.Doubt!, type);
        int at = Axis(axis.Value, a.Rank);
        double[] values = (double[])a.Charged().Clone();
        int step = a.Shape[(at + 1)..].Aggregate(1, (product, size) => product * size);
        for (int i = 0; i < values.Length; i++)
            if (i / step % a.Shape[at] > 0)
                values[i] = join(values[i - step], values[i]);
        return new NdArray(values, a.Shape, type);
    }

    /// <summary>An axis counted from the front.</summary>
    public static int Axis(int axis, int rank) => axis >= -rank && axis < rank
        ? (axis + rank) % Math.Max(rank, 1) : throw new PythonException($"there is no axis {axis}");

    private static NdArray Over(NdArray a, (int[]? Axes, bool Keep) along, DType type, Reduce compute)
    {
        int[] axes = along.Axes is null ? [.. Enumerable.Range(0, a.Rank)]
            : [.. along.Axes.Select(axis => Axis(axis, a.Rank)).Distinct()];
        int[] kept = [.. Enumerable.Range(0, a.Rank).Except(axes)];
        int[] shape = along.Keep
            ? [.. a.Shape.Select((size, i) => axes.Contains(i) ? 1 : size)] : [.. kept.Select(axis => a.Shape[axis])];
        if (!a.IsKnown)
            return NdArray.OfShape(shape, a.Doubt!, type);
        double[] values = a.Transpose([.. kept, .. axes]).Charged();
        int length = axes.Aggregate(1, (product, axis) => product * a.Shape[axis]);
        return NdArray.Fill(shape, type, i => compute(values.AsSpan(i * length, length)));
    }

    // NumPy adds eight at a time and halves long rows, which changes the last digits.
    private static double Sum(ReadOnlySpan<double> values)
    {
        if (values.Length <= 128)
            return ShortSum(values);
        int half = values.Length / 2 / 8 * 8;
        return Sum(values[..half]) + Sum(values[half..]);
    }

    private static double ShortSum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        int at = 0;
        if (values.Length >= 8)
        {
            Span<double> r = stackalloc double[8];
            values[..8].CopyTo(r);
            for (at = 8; at + 8 <= values.Length; at += 8)
                for (int i = 0; i < 8; i++)
                    r[i] += values[at + i];
            sum = (r[0] + r[1] + (r[2] + r[3])) + (r[4] + r[5] + (r[6] + r[7]));
        }
        for (; at < values.Length; at++)
            sum += values[at];
        return sum;
    }

    private static double Product(ReadOnlySpan<double> values)
    {
        double product = 1;
        foreach (double value in values)
            product *= value;
        return product;
    }

    private static double Best(ReadOnlySpan<double> values, Func<double, double, double> better)
    {
        double best = values[0];
        foreach (double value in values)
            best = better(best, value);
        return best;
    }

    private static double ArgBest(ReadOnlySpan<double> values, Func<double, double, bool> isBetter)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
            if (isBetter(values[i], values[best]))
                best = i;
        return best;
    }

    private static double Median(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        int half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
