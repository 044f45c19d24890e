namespace Nabla.Formulas.Articles.Claims;

/// <summary>Functions of one or two lists that articles name in words, each with all definitions in use.</summary>
internal static class ListFunctions
{
    /// <summary>The results that a function of one list may have.</summary>
    public delegate double[][] OfOne(double[] x);

    /// <summary>The results that a function of two lists of one length may have.</summary>
    public delegate double[][] OfTwo(double[] x, double[] y);

    /// <summary>Functions of one list.</summary>
    public static IReadOnlyDictionary<string, OfOne> One { get; } = new Dictionary<string, OfOne>(
        StringComparer.OrdinalIgnoreCase)
    {
        ["softmax"] = x => [Softmax(x)],
        ["sigmoid"] = x => [Each(x, v => 1 / (1 + Math.Exp(-v)))],
        ["relu"] = x => [Each(x, v => Math.Max(0, v))],
        ["tanh"] = x => [Each(x, Math.Tanh)],
        ["square root"] = x => [Each(x, Math.Sqrt)],
        ["square"] = x => [Each(x, v => v * v)],
        ["natural log"] = x => [Each(x, Math.Log)],
        ["exponential"] = x => [Each(x, Math.Exp)],
        ["sum"] = x => [[x.Sum()]],
        ["product"] = x => [[x.Aggregate(1.0, (a, b) => a * b)]],
        ["mean"] = x => [[x.Average()]],
        ["average"] = x => [[x.Average()]],
        ["median"] = x => [[Median(x)]],
        ["maximum"] = x => [[x.Max()]],
        ["minimum"] = x => [[x.Min()]],
        ["norm"] = x => [[Norm(x)], [x.Sum(Math.Abs)]],
        ["L2 norm"] = x => [[Norm(x)]],
        ["Euclidean norm"] = x => [[Norm(x)]],
        ["L1 norm"] = x => [[x.Sum(Math.Abs)]],
        ["length"] = x => [[Norm(x)], [x.Length]],
        ["magnitude"] = x => [[Norm(x)]],
        ["variance"] = x => [[Variance(x, 0)], [Variance(x, 1)]],
        ["standard deviation"] = x => [[Math.Sqrt(Variance(x, 0))], [Math.Sqrt(Variance(x, 1))]],
        ["entropy"] = x => InBitsAndNats(-x.Where(v => v > 0).Sum(v => v * Math.Log(v))),
    };

    /// <summary>Those that take each number by itself, so that one alone is no list.</summary>
    public static IReadOnlySet<string> OfEach { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
        { "sigmoid", "relu", "tanh", "square root", "square", "natural log", "exponential" };

    /// <summary>Functions of two lists.</summary>
    public static IReadOnlyDictionary<string, OfTwo> Two { get; } = new Dictionary<string, OfTwo>(
        StringComparer.OrdinalIgnoreCase)
    {
        ["sum"] = (x, y) => [Pairs(x, y, (a, b) => a + b)],
        ["product"] = (x, y) => [Pairs(x, y, (a, b) => a * b), [Dot(x, y)]],
        ["dot product"] = (x, y) => [[Dot(x, y)]],
        ["inner product"] = (x, y) => [[Dot(x, y)]],
        ["cosine similarity"] = (x, y) => [[Cosine(x, y)]],
        ["cosine"] = (x, y) => [[Cosine(x, y)]],
        ["cosine distance"] = (x, y) => [[1 - Cosine(x, y)]],
        ["distance"] = (x, y) => [[Distance(x, y)], [Manhattan(x, y)], [1 - Cosine(x, y)]],
        ["Euclidean distance"] = (x, y) => [[Distance(x, y)]],
        ["Manhattan distance"] = (x, y) => [[Manhattan(x, y)]],
        ["mean squared error"] = (x, y) => [[Pairs(x, y, (a, b) => (a - b) * (a - b)).Average()]],
        ["KL divergence"] = (x, y) => [.. InBitsAndNats(Divergence(x, y)), .. InBitsAndNats(Divergence(y, x))],
        ["cross-entropy"] = (x, y) => [.. InBitsAndNats(CrossEntropy(x, y)), .. InBitsAndNats(CrossEntropy(y, x))],
        ["cross entropy"] = (x, y) => [.. InBitsAndNats(CrossEntropy(x, y)), .. InBitsAndNats(CrossEntropy(y, x))],
    };

    private static double[] Each(double[] x, Func<double, double> function) => [.. x.Select(function)];

    private static double[] Pairs(double[] x, double[] y, Func<double, double, double> join) => [.. x.Zip(y, join)];

    private static double[][] InBitsAndNats(double nats) => [[nats / Math.Log(2)], [nats]];

    private static double[] Softmax(double[] x)
    {
        double[] e = Each(x, v => Math.Exp(v - x.Max()));
        return Each(e, v => v / e.Sum());
    }

    private static double Median(double[] x)
    {
        double[] sorted = [.. x.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static double Variance(double[] x, int less)
    {
        double mean = x.Average();
        return x.Sum(v => (v - mean) * (v - mean)) / (x.Length - less);
    }

    private static double Norm(double[] x) => Math.Sqrt(Dot(x, x));

    private static double Dot(double[] x, double[] y) => Pairs(x, y, (a, b) => a * b).Sum();

    private static double Cosine(double[] x, double[] y) => Dot(x, y) / (Norm(x) * Norm(y));

    private static double Distance(double[] x, double[] y) => Norm(Pairs(x, y, (a, b) => a - b));

    private static double Manhattan(double[] x, double[] y) => Pairs(x, y, (a, b) => Math.Abs(a - b)).Sum();

    private static double Divergence(double[] p, double[] q) =>
        Pairs(p, q, (a, b) => a > 0 ? a * Math.Log(a / b) : 0).Sum();

    private static double CrossEntropy(double[] p, double[] q) =>
        -Pairs(p, q, (a, b) => a > 0 ? a * Math.Log(b) : 0).Sum();
}
