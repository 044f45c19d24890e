namespace Nabla.Formulas.Articles.Python;

/// <summary>
/// A tensor of PyTorch. It is computed as an array of NumPy is, but its methods are its own: a standard deviation
/// divides by n − 1, dim is an axis. What changes one in place makes it unknown.
/// </summary>
internal sealed class PyTensor : Changeable
{
    // Of float32 the digits behind these are noise.
    private const double LargestNumber = 1e7;

    public PyTensor(NdArray array)
    {
        Array = array;
        Doubt = array.Doubt ?? (array.Type == DType.Float
            && System.Array.Exists(array.Values(), value => Math.Abs(value) > LargestNumber)
            ? "numbers of 32 bits have seven digits" : null);
    }

    /// <summary>The numbers.</summary>
    public NdArray Array { get; }

    /// <summary>a ∘ b, of which one is a tensor.</summary>
    public static PyTensor Binary(string sign, object a, object b) => new(sign == "@"
        ? Products.MatMul(Of(a), Of(b)) : Elementwise.Binary(sign, Of(a), Of(b)));

    /// <summary>The numbers of a tensor, or of what becomes one.</summary>
    public static NdArray Of(object value) => value is PyTensor { Doubt: { } doubt } ? throw new PythonException(doubt)
        : NdArray.From(value);

    /// <summary>x.name: a size or a method.</summary>
    public object Attribute(string name) => name switch
    {
        "shape" => Shape(),
        "ndim" => (System.Numerics.BigInteger)Array.Rank,
        "T" => new PyTensor(Array.Transpose([.. Enumerable.Range(0, Array.Rank).Reverse()])),
        _ when TorchModule.Method(name) is { } method => new BoundMethod(this, method),
        _ => throw PythonException.NotKnown($".{name} of a tensor"),
    };

    /// <summary>Its sizes.</summary>
    public PyTuple Shape() => new([.. Array.Shape.Select(size => (object)(System.Numerics.BigInteger)size)]);

    /// <summary>How it is printed, but for how many digits and where lines end.</summary>
    public string Text()
    {
        string text = Array.Rank == 0 ? PythonText.Str(Array) : ArrayText.Repr(Array)["array(".Length..^1];
        return $"tensor({(Array.Type == DType.Float && text.EndsWith(".0", StringComparison.Ordinal)
            ? text[..^1] : text)})";
    }
}
