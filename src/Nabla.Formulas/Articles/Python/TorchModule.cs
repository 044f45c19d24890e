using System.Numerics;

namespace Nabla.Formulas.Articles.Python;

/// <summary>The small part of PyTorch that examples print: tensors of given numbers, sums, softmax, losses.</summary>
internal static class TorchModule
{
    private static readonly Dictionary<string, Builtin> Functions = Create().ToDictionary(
        function => function.Name, StringComparer.Ordinal);

    // What a tensor has as a method too.
    private static readonly HashSet<string> NoMethods = new(StringComparer.Ordinal)
        { "tensor", "zeros", "ones", "eye", "arange", "stack", "cat", "mse_loss", "cross_entropy", "manual_seed",
            "from_numpy", "as_tensor" };

    /// <summary>The module torch.nn.functional.</summary>
    public static PyModule Functional { get; } = new("torch.nn.functional", Members(
        "softmax", "log_softmax", "relu", "sigmoid", "tanh", "mse_loss", "cross_entropy"));

    /// <summary>The module torch.</summary>
    public static PyModule Module { get; } = new("torch", WithTypes(Members(
        [.. Functions.Keys.Except(["mse_loss", "cross_entropy", "item", "size", "view", "log_softmax", "numpy",
            "contiguous", "cpu", "tolist", "float", "double", "long", "int"],
            StringComparer.Ordinal)])));

    /// <summary>A method of tensors, or null.</summary>
    public static Builtin? Method(string name) => NoMethods.Contains(name) ? null : Functions.GetValueOrDefault(name);

    private static Dictionary<string, object> Members(params string[] names) =>
        names.ToDictionary(name => name, name => (object)Functions[name], StringComparer.Ordinal);

    private static Dictionary<string, object> WithTypes(Dictionary<string, object> members)
    {
        foreach (string type in new[] { "float", "float32", "float64", "int64", "long" })
            members[type] = type is "long" ? "int64" : type is "float32" ? "float" : type;
        members["pi"] = Math.PI;
        members["nn"] = new PyModule("torch.nn", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["functional"] = Functional,
        });
        return members;
    }

    private static IEnumerable<Builtin> Create()
    {
        foreach ((string name, Func<double, double> compute) in new (string, Func<double, double>)[]
        {
            ("exp", Math.Exp), ("log", Math.Log), ("log2", Math.Log2), ("log10", Math.Log10), ("sqrt", Math.Sqrt),
            ("sigmoid", x => 1 / (1 + Math.Exp(-x))), ("tanh", Math.Tanh), ("sin", Math.Sin), ("cos", Math.Cos),
        })
            yield return Of(name, x => Elementwise.Unary(x, compute, DType.Float));
        foreach ((string name, Func<double, double> compute) in new (string, Func<double, double>)[]
            { ("abs", Math.Abs), ("relu", x => Math.Max(0, x)), ("square", x => x * x) })
            yield return Of(name, x => Elementwise.Unary(x, compute, x.Type));
        foreach (string name in new[] { "sum", "prod", "mean", "max", "min", "argmax", "argmin" })
            yield return new(name, (_, a) => Reduce(name, a));
        yield return new("median", (_, a) => a.Count == 1 ? new PyTensor(LowerMedian(First(a)))
            : throw PythonException.NotKnown("a median along dim"));
        yield return new("std", (_, a) => Spread(a, isRoot: true));
        yield return new("var", (_, a) => Spread(a, isRoot: false));
        yield return new("norm", (_, a) => new PyTensor(Reductions.Norm(First(a), (null, false), 2)));
        var ofTwo = new (string Name, Func<NdArray, NdArray, NdArray> Compute)[]
        {
            ("matmul", Products.MatMul), ("mm", Products.MatMul), ("dot", Products.Dot), ("outer", Products.Outer),
            ("pow", (x, y) => Elementwise.Binary("**", x, y)),
        };
        foreach ((string name, Func<NdArray, NdArray, NdArray> compute) in ofTwo)
            yield return new(name, (_, a) => new PyTensor(compute(First(a), PyTensor.Of(a.Required(1)))));
        foreach (Builtin function in OfShapes().Concat(TorchViews.Functions()).Concat(OfLosses()))
            yield return function;
    }

    private static IEnumerable<Builtin> OfShapes() =>
    [
        new("tensor", (_, a) => new PyTensor(Typed(NdArray.From(a.Required(0)).Copy(), a))),
        new("zeros", (_, a) => new PyTensor(Filled(a, 0))),
        new("ones", (_, a) => new PyTensor(Filled(a, 1))),
        new("eye", (_, a) => new PyTensor(Eye(a.Int(0)))),
        new("arange", (_, a) => new PyTensor(Range(a))),
        new("stack", (_, a) => new PyTensor(Joining.Stack(Parts(a), a.OptionalInt(1, "dim") ?? 0))),
        new("cat", (_, a) => new PyTensor(Joining.Concatenate(Parts(a), a.OptionalInt(1, "dim") ?? 0))),
        new("item", (_, a) => Item(First(a))),
        new("size", (_, a) => a.Count == 1 ? ((PyTensor)a.Required(0)).Shape()
            : new BigInteger(First(a).Shape[Reductions.Axis(a.Int(1), First(a).Rank)])),
        new("numel", (_, a) => new BigInteger(First(a).Count)),
        new("manual_seed", (_, a) => a.All() is [_] ? None.Instance : throw PythonException.NotKnown("such a seed")),
    ];

    private static IEnumerable<Builtin> OfLosses() =>
    [
        new("softmax", (_, a) => new PyTensor(Softmax(First(a), Dimension(a)))),
        new("log_softmax", (_, a) => new PyTensor(
            Elementwise.Unary(Softmax(First(a), Dimension(a)), Math.Log, DType.Float))),
        new("mse_loss", (_, a) => new PyTensor(Reductions.Apply("mean", Elementwise.Unary(
            Elementwise.Binary("-", First(a), PyTensor.Of(a.Required(1))), x => x * x, DType.Float), null, false))),
        new("cross_entropy", (_, a) => new PyTensor(CrossEntropy(First(a), PyTensor.Of(a.Required(1))))),
    ];

    private static Builtin Of(string name, Func<NdArray, NdArray> compute) =>
        new(name, (_, a) => new PyTensor(compute(First(a))));

    /// <summary>The numbers of the tensor that a function or a method takes first.</summary>
    public static NdArray First(Arguments a) => a.Required(0, "input") is PyTensor tensor ? PyTensor.Of(tensor)
        : throw PythonException.NotKnown("a function of torch of what is no tensor");

    // A fraction has the digits of 32 bits, which this does not compute.
    private static object Item(NdArray x)
    {
        if (x.Count != 1)
            throw new PythonException("item of more than one number");
        double value = x.Values()[0];
        return value == (float)value ? x.Reshape([]).ToPython()
            : new Unknown("a number of 32 bits is not known to the interpreter");
    }

    private static int Dimension(Arguments a) => (a.Optional(1, "dim") ?? a.Optional(-1, "axis")) is { } dim
        ? Operators.Index(dim) : throw PythonException.NotKnown("a softmax without dim");

    private static int[]? Dimensions(Arguments a) => (a.Optional(1, "dim") ?? a.Optional(-1, "axis")) switch
    {
        null => null,
        bool => throw PythonException.NotKnown("a truth value as dim"),
        None => null,
        PyTuple or PyList => [.. Operators.Items((a.Optional(1, "dim") ?? a.Optional(-1, "axis"))!)
            .Select(Operators.Index)],
        { } dim => [Operators.Index(dim)],
    };

    private static PyTensor Reduce(string name, Arguments a)
    {
        NdArray x = First(a);
        int[]? dimensions = Dimensions(a);
        if (name == "mean" && x.Type != DType.Float)
            throw PythonException.NotKnown("the mean of a tensor of whole numbers");
        return dimensions is not null && name is "max" or "min" ? throw PythonException.NotKnown($"{name} along dim")
            : new PyTensor(Reductions.Apply(name, x, dimensions, a.Flag(2, "keepdim")));
    }

    // Of two numbers in the middle the lower one.
    private static NdArray LowerMedian(NdArray x)
    {
        double[] sorted = (double[])x.Charged().Clone();
        System.Array.Sort(sorted);
        return sorted.Length > 0 ? NdArray.Scalar(sorted[(sorted.Length - 1) / 2], x.Type)
            : throw new PythonException("the median of nothing");
    }

    // std(input, unbiased) and std(input, dim, unbiased, keepdim)
    private static PyTensor Spread(Arguments a, bool isRoot)
    {
        bool isWhole = a.Optional(1, "dim") is bool;
        bool isUnbiased = a.Optional(isWhole ? 1 : 2, "unbiased") is not { } given || Operators.IsTrue(given);
        int less = a.OptionalInt(-1, "correction") ?? (isUnbiased ? 1 : 0);
        return new PyTensor(Reductions.Variance(First(a), (isWhole ? null : Dimensions(a), a.Flag(3, "keepdim")),
            less, isRoot));
    }

    private static NdArray Typed(NdArray array, Arguments a)
    {
        if (a.Optional(-1, "requires_grad") is { } grad && Operators.IsTrue(grad))
            throw PythonException.NotKnown("gradients of torch");
        return a.Optional(-1, "dtype") is { } type ? NumpyCreation.Cast(array, NumpyCreation.TypeName(type)) : array;
    }

    private static NdArray Filled(Arguments a, double value) => Typed(NdArray.Fill(NumpyCreation.Shape(a.Count == 1
        ? a.Required(0) : new PyTuple(a.All())), DType.Float, _ => value), a);

    private static NdArray Eye(int size) => NdArray.Fill([size, size], DType.Float, i => i / size == i % size ? 1 : 0);

    private static NdArray Range(Arguments a)
    {
        int[] bounds = [.. a.All().Select(Operators.Index)];
        (int from, int to, int step) = bounds switch
        {
            [var end] => (0, end, 1),
            [var start, var end] => (start, end, 1),
            [var start, var end, > 0 and var by] => (start, end, by),
            _ => throw PythonException.NotKnown("such a range"),
        };
        int count = Math.Max(0, (int)Math.Ceiling((to - from) / (double)step));
        return Typed(NdArray.Fill([count], DType.Int, i => from + i * (double)step), a);
    }

    private static NdArray[] Parts(Arguments a) => [.. Operators.Items(a.Required(0)).Select(PyTensor.Of)];

    private static NdArray Softmax(NdArray x, int dim)
    {
        NdArray largest = Reductions.Apply("max", x, [dim], true);
        NdArray e = Elementwise.Unary(Elementwise.Binary("-", x, largest), Math.Exp, DType.Float);
        return Elementwise.Binary("/", e, Reductions.Apply("sum", e, [dim], true));
    }

    // The mean over the rows of −log of the probability of the right class.
    private static NdArray CrossEntropy(NdArray logits, NdArray classes)
    {
        if (logits.Rank is not (1 or 2) || classes.Rank != logits.Rank - 1 || classes.Type != DType.Int)
            throw PythonException.NotKnown("such a cross-entropy");
        double[] p = Softmax(logits, -1).Values(), right = classes.Values();
        int size = logits.Shape[^1];
        return right.Length * size == p.Length && right.All(place => place >= 0 && place < size)
            ? NdArray.Scalar(right.Select((place, i) => -Math.Log(p[i * size + (int)place])).Average())
            : throw new PythonException("a class is beyond the logits");
    }
}
