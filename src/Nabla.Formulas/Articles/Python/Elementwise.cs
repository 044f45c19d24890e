namespace Nabla.Formulas.Articles.Python;

/// <summary>NumPy's functions that work number by number, with broadcasting.</summary>
internal static class Elementwise
{
    private static readonly Dictionary<string, Operation> Operations = new(StringComparer.Ordinal)
    {
        ["+"] = new((a, b) => a + b, null),
        ["-"] = new((a, b) => a - b, null),
        ["*"] = new((a, b) => a * b, null),
        ["/"] = new((a, b) => a / b, DType.Float),
        ["//"] = new((a, b) => b == 0 ? a / b : FloorDivide(a, b), null),
        ["%"] = new(Modulo, null),
        ["**"] = new(Math.Pow, null),
        ["<"] = new((a, b) => a < b ? 1 : 0, DType.Bool),
        ["<="] = new((a, b) => a <= b ? 1 : 0, DType.Bool),
        [">"] = new((a, b) => a > b ? 1 : 0, DType.Bool),
        [">="] = new((a, b) => a >= b ? 1 : 0, DType.Bool),
        ["=="] = new((a, b) => a == b ? 1 : 0, DType.Bool),
        ["!="] = new((a, b) => a != b ? 1 : 0, DType.Bool),
        ["&"] = new((a, b) => (long)a & (long)b, null),
        ["|"] = new((a, b) => (long)a | (long)b, null),
        ["^"] = new((a, b) => (long)a ^ (long)b, null),
        ["maximum"] = new((a, b) => double.IsNaN(a) || double.IsNaN(b) ? double.NaN : Math.Max(a, b), null),
        ["minimum"] = new((a, b) => double.IsNaN(a) || double.IsNaN(b) ? double.NaN : Math.Min(a, b), null),
        ["hypot"] = new((a, b) => Math.Sqrt(a * a + b * b), DType.Float),
        ["arctan2"] = new(Math.Atan2, DType.Float),
    };

    private sealed record Operation(Func<double, double, double> Compute, DType? Result);

    /// <summary>a ∘ b for an operator or the name of a function of two numbers.</summary>
    public static NdArray Binary(string operation, NdArray a, NdArray b)
    {
        if (!Operations.TryGetValue(operation, out Operation? row))
            throw PythonException.NotKnown($"'{operation}' of arrays");
        DType common = (DType)Math.Max((int)a.Type, (int)b.Type);
        bool isBits = operation is "&" or "|" or "^";
        if (isBits && common == DType.Float)
            throw new PythonException($"'{operation}' takes whole numbers");
        if (common == DType.Bool && !isBits && row.Result is null && operation is not ("maximum" or "minimum"))
            throw PythonException.NotKnown($"'{operation}' of arrays of bool");
        DType type = row.Result ?? common;
        if (type == DType.Int && operation is "//" or "%" && (!b.IsKnown || b.Values().Contains(0))
            || type == DType.Int && operation == "**" && b.IsKnown && Array.Exists(b.Values(), value => value < 0))
            throw new PythonException($"'{operation}' of whole numbers by 0, or by a negative power");
        return Apply(row.Compute, a, b, type);
    }

    private static NdArray Apply(Func<double, double, double> compute, NdArray a, NdArray b, DType type)
    {
        int[] shape = Broadcast(a.Shape, b.Shape);
        if (!a.IsKnown || !b.IsKnown)
            return NdArray.OfShape(shape, (a.Doubt ?? b.Doubt)!, type);
        if (shape.Length == 0)
            return NdArray.Scalar(compute(a.Value, b.Value), type);
        double[] left = Expand(a, shape).Values(), right = Expand(b, shape).Values();
        return NdArray.Fill(shape, type, i => compute(left[i], right[i]));
    }

    /// <summary>A function of each number.</summary>
    public static NdArray Unary(NdArray a, Func<double, double> compute, DType type) => a.IsKnown
        ? new NdArray(Array.ConvertAll(a.Charged(), value => compute(value)), a.Shape, type)
        : NdArray.OfShape(a.Shape, a.Doubt!, type);

    /// <summary>np.where of three arrays.</summary>
    public static NdArray Where(NdArray condition, NdArray then, NdArray otherwise)
    {
        int[] shape = Broadcast(condition.Shape, Broadcast(then.Shape, otherwise.Shape));
        var type = (DType)Math.Max((int)then.Type, (int)otherwise.Type);
        string? doubt = condition.Doubt ?? then.Doubt ?? otherwise.Doubt;
        if (doubt is not null)
            return NdArray.OfShape(shape, doubt, type);
        double[] c = Expand(condition, shape).Values(), a = Expand(then, shape).Values();
        double[] b = Expand(otherwise, shape).Values();
        return NdArray.Fill(shape, type, i => c[i] != 0 ? a[i] : b[i]);
    }

    /// <summary>The shape that both have together.</summary>
    public static int[] Broadcast(int[] a, int[] b)
    {
        var shape = new int[Math.Max(a.Length, b.Length)];
        for (int i = 1; i <= shape.Length; i++)
        {
            int x = i <= a.Length ? a[^i] : 1, y = i <= b.Length ? b[^i] : 1;
            if (x != y && x != 1 && y != 1)
                throw new PythonException(
                    $"shapes ({string.Join(", ", a)}) and ({string.Join(", ", b)}) do not go together");
            shape[^i] = x == 1 ? y : x;
        }
        return shape;
    }

    /// <summary>A view in which rows are repeated without being copied.</summary>
    public static NdArray Expand(NdArray a, int[] shape)
    {
        if (a.Shape.AsSpan().SequenceEqual(shape))
            return a;
        if (shape.Aggregate(1L, (product, size) => product * size) > NdArray.MostNumbers)
            throw new PythonException("an array is too large to compute");
        var steps = new int[shape.Length];
        for (int i = 1; i <= a.Rank; i++)
            steps[^i] = a.Shape[^i] == 1 ? 0 : a.Stride(a.Rank - i);
        return a.View(shape, steps, 0);
    }

    /// <summary>The whole quotient; one less where dividing rounds up to a whole number: 1 // 0.1 is 9.</summary>
    public static double FloorDivide(double a, double b) => Math.Floor((a - Modulo(a, b)) / b + 0.25);

    /// <summary>The remainder with the sign of the divisor.</summary>
    public static double Modulo(double a, double b)
    {
        double rest = a % b;
        return rest != 0 && rest < 0 != b < 0 ? rest + b : rest;
    }
}
