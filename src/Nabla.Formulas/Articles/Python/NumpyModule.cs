using System.Numerics;

namespace Nabla.Formulas.Articles.Python;

/// <summary>The module numpy.</summary>
internal static class NumpyModule
{
    public static IReadOnlyDictionary<string, object> Members { get; } = Create();

    private static Dictionary<string, object> Create()
    {
        Dictionary<string, object> members = [];
        foreach (Builtin function in Functions().Concat(NumpyCreation.Functions()))
            members[function.Name] = function;
        foreach (string name in ArrayMethods.SharedWithNumpy)
            members[name] = ArrayMethods.Find(name)!;
        members["amax"] = members["max"];
        members["amin"] = members["min"];
        members["concat"] = members["concatenate"];
        members["abs"] = members["absolute"];
        members["pi"] = Math.PI;
        members["e"] = Math.E;
        members["inf"] = double.PositiveInfinity;
        members["nan"] = double.NaN;
        members["newaxis"] = None.Instance;
        foreach (string name in new[] { "float64", "int64", "float32", "int32", "bool_", "float16", "int8", "uint8" })
            members[name] = new Builtin(name, (_, a) => NumpyCreation.Cast(a.Array(0), name) is { Rank: 0 } number
                ? number : throw PythonException.NotKnown(name), true);
        members["linalg"] = LinalgModule.Module;
        members["random"] = RandomModule.Module;
        return members;
    }

    private static IEnumerable<Builtin> Functions()
    {
        foreach ((_, string name, Func<double, double> compute) in MathModule.OfOneNumber)
            yield return Unary(name, compute);
        yield return Unary("log", Math.Log);
        foreach ((string name, Func<double, double> compute) in new (string, Func<double, double>)[]
        {
            ("absolute", Math.Abs), ("sign", x => double.IsNaN(x) ? x : Math.Sign(x)), ("negative", x => -x),
            ("square", x => x * x),
        })
            yield return new Builtin(name, (_, a) => Elementwise.Unary(a.Array(0), compute, a.Array(0).Type), true);
        foreach ((string name, Func<double, double> compute) in new (string, Func<double, double>)[]
        {
            ("floor", Math.Floor), ("ceil", Math.Ceiling), ("rint", x => Math.Round(x, MidpointRounding.ToEven)),
        })
            yield return Unary(name, compute);
        foreach ((string name, Func<double, bool> holds) in new (string, Func<double, bool>)[]
        {
            ("isnan", double.IsNaN), ("isinf", double.IsInfinity), ("isfinite", double.IsFinite),
        })
            yield return new Builtin(name,
                (_, a) => Elementwise.Unary(a.Array(0), x => holds(x) ? 1 : 0, DType.Bool), true);
        foreach ((string name, string sign) in new[]
        {
            ("add", "+"), ("subtract", "-"), ("multiply", "*"), ("divide", "/"), ("power", "**"), ("mod", "%"),
            ("maximum", "maximum"), ("minimum", "minimum"), ("hypot", "hypot"), ("arctan2", "arctan2"),
            ("greater", ">"), ("less", "<"), ("equal", "=="), ("logical_and", "&"), ("logical_or", "|"),
        })
            yield return new Builtin(name, (_, a) => Elementwise.Binary(sign, a.Array(0), a.Array(1)), true);
        foreach (Builtin function in OfArrays())
            yield return function;
    }

    private static Builtin Unary(string name, Func<double, double> compute) =>
        new(name, (_, a) => Elementwise.Unary(a.Array(0), compute, DType.Float), true);

    private static IEnumerable<Builtin> OfArrays() =>
    [
        new("matmul", (_, a) => Products.MatMul(a.Array(0), a.Array(1)), true),
        new("inner", (_, a) => a.Array(0).Rank <= 1 && a.Array(1).Rank <= 1
            ? Products.Dot(a.Array(0), a.Array(1)) : throw PythonException.NotKnown("np.inner of matrices"), true),
        new("vdot", (_, a) => Products.Dot(Flat(a.Array(0)), Flat(a.Array(1))), true),
        new("outer", (_, a) => Products.Outer(a.Array(0), a.Array(1)), true),
        new("where", (_, a) => a.Count == 3 ? Elementwise.Where(a.Array(0), a.Array(1), a.Array(2))
            : throw PythonException.NotKnown("np.where with one argument"), true),
        new("concatenate", (_, a) => Joining.Concatenate(Parts(a), a.OptionalInt(1, "axis") ?? 0), true),
        new("stack", (_, a) => Joining.Stack(Parts(a), a.OptionalInt(1, "axis") ?? 0), true),
        new("vstack", (_, a) => Joining.Concatenate(
            [.. Parts(a).Select(part => part.Rank < 2 ? part.Reshape([1, (int)part.Count]) : part)], 0), true),
        new("hstack", (_, a) => Joining.Concatenate(Parts(a), Parts(a)[0].Rank > 1 ? 1 : 0), true),
        new("column_stack", (_, a) => Joining.Concatenate(
            [.. Parts(a).Select(part => part.Rank < 2 ? part.Reshape([(int)part.Count, 1]) : part)], 1), true),
        new("expand_dims", (_, a) => ExpandDims(a.Array(0), a.Int(1, "axis")), true),
        new("triu", (_, a) => Triangle(a.Array(0), a.OptionalInt(1, "k") ?? 0, isUpper: true), true),
        new("tril", (_, a) => Triangle(a.Array(0), a.OptionalInt(1, "k") ?? 0, isUpper: false), true),
        new("sort", (_, a) => Sorted(a.Array(0)), true),
        new("allclose", (_, a) => AllClose(a)),
        new("array_equal", (_, a) => PythonEquality.Instance.Equals(
            new PyTuple([.. a.Array(0).Shape.Select(size => (object)(BigInteger)size)]),
            new PyTuple([.. a.Array(1).Shape.Select(size => (object)(BigInteger)size)]))
            && a.Array(0).Charged().SequenceEqual(a.Array(1).Values())),
        new("trace", (_, a) => Reductions.Apply("sum", Diagonal(a.Array(0)), null, false), true),
        new("diff", (_, a) => Diff(a.Array(0)), true),
        new("percentile", (_, a) => Quantile(a.Array(0), a.Real(1) / 100)),
        new("quantile", (_, a) => Quantile(a.Array(0), a.Real(1))),
        new("average", (_, a) => Average(a), true),
        new("set_printoptions", (_, _) => throw PythonException.NotKnown("np.set_printoptions")),
        new("set_numeric_ops", (interpreter, _) => throw interpreter.ForgetArrays("np.set_numeric_ops")),
    ];

    private static NdArray[] Parts(Arguments a) => [.. Operators.Items(a.Required(0)).Select(NdArray.From)];

    private static NdArray Flat(NdArray a) => a.Reshape([(int)a.Count]);

    private static NdArray ExpandDims(NdArray a, int axis)
    {
        int at = axis < 0 ? axis + a.Rank + 1 : axis;
        return at >= 0 && at <= a.Rank
            ? a.Reshape([.. a.Shape[..at], 1, .. a.Shape[at..]])
            : throw new PythonException($"there is no axis {axis}");
    }

    /// <summary>The diagonal of a matrix.</summary>
    public static NdArray Diagonal(NdArray a)
    {
        if (a.Rank != 2)
            throw PythonException.NotKnown("the diagonal of more than two axes");
        int count = Math.Min(a.Shape[0], a.Shape[1]);
        return a.View([count], [a.Stride(0) + a.Stride(1)], 0);
    }

    private static NdArray Triangle(NdArray a, int k, bool isUpper)
    {
        if (a.Rank < 2)
            throw PythonException.NotKnown("the triangle of a row");
        int rows = a.Shape[^2], columns = a.Shape[^1];
        if (!a.IsKnown)
            return a.Copy();
        double[] values = a.Values();
        return NdArray.Fill(a.Shape, a.Type, i =>
        {
            int above = i % columns - i / columns % rows - k;
            return isUpper == (above >= 0) || above == 0 ? values[i] : 0;
        });
    }

    private static NdArray Sorted(NdArray a)
    {
        if (!a.IsKnown)
            return a.Copy();
        double[] values = (double[])a.Charged().Clone();
        int length = a.Rank == 0 ? 1 : a.Shape[^1];
        for (int at = 0; at < values.Length; at += length)
            Array.Sort(values, at, length);
        return new NdArray(values, a.Shape, a.Type);
    }

    private static bool AllClose(Arguments a)
    {
        double relative = a.Optional(2, "rtol") is { } r ? Operators.Real(r) : 1e-5;
        double absolute = a.Optional(3, "atol") is { } t ? Operators.Real(t) : 1e-8;
        NdArray left = a.Array(0), right = a.Array(1);
        int[] shape = Elementwise.Broadcast(left.Shape, right.Shape);
        double[] x = Elementwise.Expand(left, shape).Charged(), y = Elementwise.Expand(right, shape).Charged();
        return x.Zip(y).All(pair => Math.Abs(pair.First - pair.Second) <= absolute + relative * Math.Abs(pair.Second));
    }

    private static NdArray Diff(NdArray a) => a.Rank == 1
        ? Elementwise.Binary("-", Indexing.Get(a, new PySlice(1, null, null)),
        Indexing.Get(a, new PySlice(null, -1, null)))
        : throw PythonException.NotKnown("np.diff of a matrix");

    private static NdArray Quantile(NdArray a, double share)
    {
        double[] values = (double[])Flat(a).Charged().Clone();
        Array.Sort(values);
        double place = share * (values.Length - 1);
        int below = (int)Math.Floor(place);
        if (below < 0 || below >= values.Length)
            throw new PythonException("there is no such quantile");
        double next = values[Math.Min(below + 1, values.Length - 1)];
        return NdArray.Scalar(values[below] + (next - values[below]) * (place - below));
    }

    private static NdArray Average(Arguments a)
    {
        if (a.Optional(-1, "weights") is not { } weights)
            return Reductions.Apply("mean", a.Array(0), ArrayMethods.Axes(a, 1), false);
        NdArray w = NdArray.From(weights);
        return Elementwise.Binary("/", Products.Dot(a.Array(0), w), Reductions.Apply("sum", w, null, false));
    }
}
