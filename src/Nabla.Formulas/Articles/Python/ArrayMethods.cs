namespace Nabla.Formulas.Articles.Python;

/// <summary>Methods of arrays, most of which numpy has as functions too.</summary>
internal static class ArrayMethods
{
    private static readonly Dictionary<string, Builtin> Table = Create();

    public static IEnumerable<string> SharedWithNumpy =>
        Table.Keys.Except(["copy", "item", "tolist", "astype", "flatten", "fill", "T"], StringComparer.Ordinal);

    public static Builtin? Find(string name) => Table.GetValueOrDefault(name);

    /// <summary>The axes that a call names, or null for all.</summary>
    public static int[]? Axes(Arguments a, int place) => a.Given(place, "axis") is not { } axis ? null
        : axis is PyTuple tuple ? [.. tuple.Items.Select(Operators.Index)] : [Operators.Index(axis)];

    private static Dictionary<string, Builtin> Create()
    {
        var table = new Dictionary<string, Builtin>(StringComparer.Ordinal);
        foreach (string name in Reductions.Names)
            Add(name, a => Reductions.Apply(name, a.Array(0), Axes(a, 1), a.Flag(-1, "keepdims")));
        Add("std", a => Reductions.Variance(a.Array(0), Along(a), a.OptionalInt(-1, "ddof") ?? 0, isRoot: true));
        Add("var", a => Reductions.Variance(a.Array(0), Along(a), a.OptionalInt(-1, "ddof") ?? 0, isRoot: false));
        Add("cumsum", a => Reductions.Cumulate(a.Array(0), a.OptionalInt(1, "axis"), (x, y) => x + y));
        Add("cumprod", a => Reductions.Cumulate(a.Array(0), a.OptionalInt(1, "axis"), (x, y) => x * y));
        Add("dot", a => Products.Dot(a.Array(0), a.Array(1)));
        Add("round", a => Round(a.Array(0), a.OptionalInt(1, "decimals") ?? 0));
        Add("around", a => Round(a.Array(0), a.OptionalInt(1, "decimals") ?? 0));
        Add("clip", Clip);
        Add("transpose", Transpose);
        Add("reshape", a => a.Array(0).Reshape(Sizes(a)));
        Add("squeeze", a => a.Array(0).Reshape([.. a.Array(0).Shape.Where(size => size != 1)]));
        Add("ravel", Flat);
        Add("flatten", a => Flat(a).Copy());
        Add("copy", a => a.Array(0).Copy());
        Add("astype", a => NumpyCreation.Cast(a.Array(0), NumpyCreation.TypeName(a.Required(1))));
        Add("argsort", a => ArgSort(a.Array(0)));
        Add("repeat", a => a.Count == 2 && a.Array(0).Rank <= 1 ? Repeat(a.Array(0), a.Int(1))
            : throw PythonException.NotKnown("such a repeat"));
        Add("item", a => a.Array(0).Count == 1
            ? a.Array(0).Reshape([]).ToPython() : throw new PythonException("item of more than one number"));
        Add("tolist", a => ToList(a.Array(0)));
        return table;

        void Add(string name, Func<Arguments, object> body) =>
            table[name] = new Builtin(name, (_, a) => body(a), TakesUnknown: true);
    }

    private static (int[]?, bool) Along(Arguments a) => (Axes(a, 1), a.Flag(-1, "keepdims"));

    private static NdArray Flat(Arguments a) => a.Array(0).Reshape([(int)a.Array(0).Count]);

    private static int[] Sizes(Arguments a) => a.Count == 2 && a.Required(1) is PyTuple or PyList
        ? [.. Operators.Items(a.Required(1)).Select(Operators.Index)] : [.. a.All().Skip(1).Select(Operators.Index)];

    private static NdArray Transpose(Arguments a)
    {
        NdArray array = a.Array(0);
        int[] order = a.Count == 1 ? [.. Enumerable.Range(0, array.Rank).Reverse()]
            : [.. Sizes(a).Select(axis => Reductions.Axis(axis, array.Rank))];
        return order.Order().SequenceEqual(Enumerable.Range(0, array.Rank))
            ? array.Transpose(order) : throw new PythonException("the axes of a transpose are not all axes");
    }

    // NumPy rounds by multiplying with a power of ten.
    private static NdArray Round(NdArray a, int decimals)
    {
        double scale = Math.Pow(10, Math.Abs(decimals));
        return a.Type != DType.Float && decimals >= 0 ? a.Copy() : Elementwise.Unary(a, x => decimals >= 0
            ? Math.Round(x * scale, MidpointRounding.ToEven) / scale
            : Math.Round(x / scale, MidpointRounding.ToEven) * scale, a.Type);
    }

    private static NdArray Clip(Arguments a)
    {
        NdArray array = a.Array(0).Copy();
        if (a.Given(1, "a_min") is { } least)
            array = Elementwise.Binary("maximum", array, NdArray.From(least));
        return a.Given(2, "a_max") is { } most ? Elementwise.Binary("minimum", array, NdArray.From(most)) : array;
    }

    private static NdArray ArgSort(NdArray a)
    {
        if (!a.IsKnown)
            return NdArray.OfShape(a.Shape, a.Doubt!, DType.Int);
        if (a.Rank != 1)
            throw PythonException.NotKnown("argsort of a matrix");
        Meter.Charge(a.Count);
        double[] values = a.Values();
        double[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i]).Select(i => (double)i)];
        return values.Distinct().Count() == values.Length ? new NdArray(order, a.Shape, DType.Int)
            : NdArray.OfShape(a.Shape, "the order of equal numbers is open", DType.Int);
    }

    private static NdArray Repeat(NdArray a, int times)
    {
        if (times < 0)
            throw new PythonException("a number of repetitions is negative");
        NdArray flat = a.Reshape([(int)a.Count]);
        double[]? values = flat.IsKnown ? flat.Values() : null;
        int[] shape = [checked(flat.Shape[0] * Math.Min(times, NdArray.MostNumbers))];
        return values is null ? NdArray.OfShape(shape, flat.Doubt!)
            : NdArray.Fill(shape, a.Type, i => values[i / times]);
    }

    private static object ToList(NdArray a) => a.Rank == 0 ? a.ToPython()
        : !a.IsKnown ? new Unknown(a.Doubt!)
        : new PyList([.. a.Rows().Select(row => ToList((NdArray)row))]);
}
