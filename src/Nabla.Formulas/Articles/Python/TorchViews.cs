namespace Nabla.Formulas.Articles.Python;

/// <summary>What PyTorch has of views and copies: a view shares the numbers of its tensor.</summary>
internal static class TorchViews
{
    /// <summary>The functions and methods.</summary>
    public static IEnumerable<Builtin> Functions() =>
    [
        new("reshape", (_, a) => Reshaped(a)),
        new("view", (_, a) => Reshaped(a)),
        new("t", (_, a) => Transposed(a)),
        new("transpose", (_, a) => Swapped(a)),
        new("permute", (_, a) => Permuted(a)),
        new("flatten", (_, a) => a.Count == 1 ? Shaped(a, [(int)TorchModule.First(a).Count])
            : throw PythonException.NotKnown("flatten of some axes")),
        new("ravel", (_, a) => Shaped(a, [(int)TorchModule.First(a).Count])),
        new("squeeze", (_, a) => Squeezed(a)),
        new("unsqueeze", (_, a) => Unsqueezed(a)),
        new("detach", (_, a) => Shaped(a, TorchModule.First(a).Shape)),
        new("contiguous", (_, a) => Shaped(a, TorchModule.First(a).Shape)),
        new("cpu", (_, a) => a.Required(0)),
        new("clone", (_, a) => new PyTensor(TorchModule.First(a).Copy())),
        new("numpy", (_, a) => ToNumpy(TorchModule.First(a))),
        new("from_numpy", (_, a) => Shared(a.Required(0))),
        new("as_tensor", (_, a) => Shared(a.Required(0))),
        new("tolist", (_, a) => ToList(TorchModule.First(a))),
        Cast("float", DType.Float), Cast("double", DType.Float), Cast("long", DType.Int), Cast("int", DType.Int),
    ];

    private static PyTensor Shaped(Arguments a, int[] shape) => new(TorchModule.First(a).Reshape(shape));

    private static PyTensor Reshaped(Arguments a) => Shaped(a, Sizes(a));

    private static int[] Sizes(Arguments a)
    {
        IEnumerable<object> sizes = a.Count == 2 && a.Required(1) is PyTuple or PyList
            ? Operators.Items(a.Required(1)) : a.All().Skip(1);
        return [.. sizes.Select(Operators.Index)];
    }

    private static PyTensor Transposed(Arguments a)
    {
        NdArray x = TorchModule.First(a);
        return x.Rank <= 2 ? new PyTensor(x.Transpose([.. Enumerable.Range(0, x.Rank).Reverse()]))
            : throw new PythonException("t takes a matrix");
    }

    private static PyTensor Swapped(Arguments a)
    {
        NdArray x = TorchModule.First(a);
        int[] order = [.. Enumerable.Range(0, x.Rank)];
        int first = Reductions.Axis(a.Int(1, "dim0"), x.Rank), second = Reductions.Axis(a.Int(2, "dim1"), x.Rank);
        (order[first], order[second]) = (second, first);
        return new PyTensor(x.Transpose(order));
    }

    private static PyTensor Permuted(Arguments a)
    {
        NdArray x = TorchModule.First(a);
        int[] order = [.. Sizes(a).Select(axis => Reductions.Axis(axis, x.Rank))];
        return order.Order().SequenceEqual(Enumerable.Range(0, x.Rank)) ? new PyTensor(x.Transpose(order))
            : throw new PythonException("the axes of permute are not all axes");
    }

    private static PyTensor Squeezed(Arguments a)
    {
        int[] shape = TorchModule.First(a).Shape;
        if (a.OptionalInt(1, "dim") is not { } dim)
            return Shaped(a, [.. shape.Where(size => size != 1)]);
        int at = Reductions.Axis(dim, shape.Length);
        return Shaped(a, shape[at] == 1 ? [.. shape[..at], .. shape[(at + 1)..]] : shape);
    }

    private static PyTensor Unsqueezed(Arguments a)
    {
        int[] shape = TorchModule.First(a).Shape;
        int at = Reductions.Axis(a.Int(1, "dim"), shape.Length + 1);
        return Shaped(a, [.. shape[..at], 1, .. shape[at..]]);
    }

    // Fractions would be of 32 bits in NumPy too.
    private static NdArray ToNumpy(NdArray x) => x.Type == DType.Float
        ? throw PythonException.NotKnown("an array of 32 bits") : x;

    private static PyTensor Shared(object value) => value switch
    {
        PyTensor tensor => tensor,
        NdArray array => new PyTensor(array),
        _ => new PyTensor(NdArray.From(value)),
    };

    // Of the type that it has already a tensor is itself.
    private static Builtin Cast(string name, DType type) => new(name, (_, a) =>
    {
        NdArray x = TorchModule.First(a);
        return x.Type == type ? new PyTensor(x.Copy().MaybeCopyOf(x)) : new PyTensor(x.As(type));
    });

    private static object ToList(NdArray x) => x.Rank == 0 ? Number(x)
        : new PyList([.. x.Rows().Select(row => ToList((NdArray)row))]);

    // A fraction has the digits of 32 bits.
    private static object Number(NdArray x) => x.Type != DType.Float || x.Value == (float)x.Value ? x.ToPython()
        : new Unknown("a number of 32 bits is not known to the interpreter");
}
