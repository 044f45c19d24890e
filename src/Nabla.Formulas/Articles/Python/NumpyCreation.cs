namespace Nabla.Formulas.Articles.Python;

/// <summary>NumPy's functions that make arrays.</summary>
internal static class NumpyCreation
{
    public static IEnumerable<Builtin> Functions() =>
    [
        new("array", (_, a) => Typed(a.Array(0).Copy(), a), true),
        new("asarray", (_, a) => AsArray(a), true),
        new("zeros", (_, a) => Typed(Constant(Shape(a.Required(0, "shape")), 0), a)),
        new("ones", (_, a) => Typed(Constant(Shape(a.Required(0, "shape")), 1), a)),
        new("empty", (_, a) => NdArray.OfShape(Shape(a.Required(0)), "np.empty has no certain numbers")),
        new("full", (_, a) => Full(a)),
        new("zeros_like", (_, a) => Typed(Constant(a.Array(0).Shape, 0).As(a.Array(0).Type), a), true),
        new("ones_like", (_, a) => Typed(Constant(a.Array(0).Shape, 1).As(a.Array(0).Type), a), true),
        new("eye", (_, a) => Eye(a.Int(0), a.OptionalInt(1, "M") ?? a.Int(0))),
        new("identity", (_, a) => Eye(a.Int(0), a.Int(0))),
        new("diag", (_, a) => Diag(a.Array(0)), true),
        new("arange", (_, a) => TypedRange(Arange(a), a)),
        new("linspace", (_, a) => Linspace(a.Real(0), a.Real(1), a.OptionalInt(2, "num") ?? 50)),
    ];

    /// <summary>A size or a tuple of sizes.</summary>
    public static int[] Shape(object value)
    {
        int[] shape = value is PyTuple or PyList
            ? [.. Operators.Items(value).Select(Operators.Index)] : [Operators.Index(value)];
        return Array.TrueForAll(shape, size => size >= 0) ? shape : throw new PythonException("a size is negative");
    }

    /// <summary>The array with another type of numbers, by the name of the type.</summary>
    public static NdArray Cast(NdArray array, string type) => type switch
    {
        "float" or "float64" => array.As(DType.Float),
        "int" or "int64" => array.As(DType.Int),
        "bool" or "bool_" => array.As(DType.Bool),
        _ => NdArray.OfShape(array.Shape, $"numbers of the type {type} are not known to the interpreter"),
    };

    /// <summary>The name of a type given as float, np.int64 or 'float32'.</summary>
    public static string TypeName(object type) => type switch
    {
        Builtin builtin => builtin.Name,
        string name => name,
        _ => "something unknown",
    };

    private static NdArray Typed(NdArray array, Arguments a, int place = 1)
    {
        object? type = a.Given(place, "dtype");
        return type is null ? array : Cast(array, TypeName(type));
    }

    // A copy only where the type changes; of a tensor and of numbers of another type it may be one.
    private static NdArray AsArray(Arguments a)
    {
        NdArray array = a.Array(0), typed = Typed(array, a);
        return ReferenceEquals(array, typed) ? array : typed.MaybeCopyOf(array);
    }

    private static NdArray Constant(int[] shape, double value) => NdArray.Fill(shape, DType.Float, _ => value);

    private static NdArray Full(Arguments a)
    {
        NdArray value = a.Array(1, "fill_value");
        return value.Rank == 0 ? Typed(NdArray.Fill(Shape(a.Required(0)), value.Type, _ => value.Value), a, -1)
            : throw PythonException.NotKnown("np.full of an array");
    }

    private static NdArray Eye(int rows, int columns) =>
        NdArray.Fill([rows, columns], DType.Float, i => i / columns == i % columns ? 1 : 0);

    private static NdArray Diag(NdArray a)
    {
        if (a.Rank == 2)
            return NumpyModule.Diagonal(a);
        int n = a.Rank == 1 ? a.Shape[0] : throw new PythonException("np.diag takes a row or a matrix");
        if (!a.IsKnown)
            return NdArray.OfShape([n, n], a.Doubt!, a.Type);
        double[] values = a.Values();
        return NdArray.Fill([n, n], a.Type, i => i / n == i % n ? values[i % n] : 0);
    }

    // NumPy's steps of whole numbers are not those of the numbers asked for.
    private static NdArray TypedRange(NdArray range, Arguments a)
    {
        NdArray typed = Typed(range, a, -1);
        return range.Type == DType.Float && typed.Type != DType.Float
            ? throw PythonException.NotKnown("np.arange of fractions as whole numbers") : typed;
    }

    private static NdArray Arange(Arguments a)
    {
        object first = a.Required(0), second = a.Optional(1, "stop") ?? None.Instance;
        object third = a.Optional(2, "step") ?? None.Instance;
        double start = second is None ? 0 : Operators.Real(first);
        double stop = Operators.Real(second is None ? first : second), step = third is None ? 1 : Operators.Real(third);
        double count = Math.Ceiling((stop - start) / step);
        if (!(count <= int.MaxValue))
            throw new PythonException("np.arange is too long");
        bool isReal = new[] { first, second, third }.Any(value => value is double or NdArray { Type: DType.Float });
        return NdArray.Fill([(int)Math.Max(0, count)], isReal ? DType.Float : DType.Int, i => start + i * step);
    }

    private static NdArray Linspace(double start, double stop, int count)
    {
        double step = count > 1 ? (stop - start) / (count - 1) : 0;
        return NdArray.Fill([count], DType.Float, i => i == count - 1 && count > 1 ? stop : start + i * step);
    }
}
