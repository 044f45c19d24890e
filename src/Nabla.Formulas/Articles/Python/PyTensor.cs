namespace Nabla.Formulas.Articles.Python;

/// <summary>
/// A tensor of PyTorch. It is computed as an array of NumPy is, but its methods are its own: a standard deviation
/// divides by n − 1, dim is an axis. Its views share its numbers.
/// </summary>
internal sealed class PyTensor : Changeable
{
    // Of float32 the digits behind these are noise.
    private const double LargestNumber = 1e7;

    private readonly string? own;

    public PyTensor(NdArray array) : this(array, array.IsKnown && HasNoise(array)
        ? "numbers of 32 bits have seven digits" : null)
    {
    }

    private PyTensor(NdArray array, string? own) => (Array, this.own) = (array, own);

    /// <summary>The numbers.</summary>
    public NdArray Array { get; }

    /// <inheritdoc/>
    public override string? Doubt
    {
        get => own ?? Array.Doubt;
        set => Array.Doubt = value;
    }

    /// <summary>The same of another array.</summary>
    public PyTensor Over(NdArray array) => new(array, own);

    /// <summary>x[…], of which numbers and slices are views.</summary>
    public PyTensor Part(object index) => new(Indexing.View(Array, Plain(index)));

    /// <summary>x[…] = value.</summary>
    public void SetPart(object index, object value)
    {
        if (Operators.Doubt(value) is { } doubt)
            Doubt = doubt;
        else
            Indexing.Set(Array, Plain(index), Of(value));
        Recheck();
    }

    /// <summary>Gives it other numbers in place, as x += 1 and x.add_(1) do.</summary>
    public void Change(object value)
    {
        if (Operators.Doubt(value) is { } doubt)
        {
            Doubt = doubt;
            return;
        }
        NdArray numbers = Of(value);
        if (numbers.Type > Array.Type)
            throw new PythonException("whole numbers in place cannot become fractions");
        if (Elementwise.Broadcast(Array.Shape, numbers.Shape).Length != Array.Rank)
            throw new PythonException("a change in place would change the shape");
        if (own is not null)
            Doubt = own;
        Array.Write(Elementwise.Expand(numbers, Array.Shape).Values());
        Recheck();
    }

    private void Recheck()
    {
        if (Array.IsKnown && HasNoise(Array))
            Doubt = "numbers of 32 bits have seven digits";
    }

    private static bool HasNoise(NdArray array) => array.Type == DType.Float
        && System.Array.Exists(array.Values(), value => Math.Abs(value) > LargestNumber);

    // What an index is as one of NumPy.
    private static object Plain(object index) => index switch
    {
        PyTensor tensor => Of(tensor),
        PyTuple tuple => new PyTuple([.. tuple.Items.Select(Plain)]),
        _ => index,
    };

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
        "dtype" or "device" or "grad" or "requires_grad" or "is_leaf" =>
            new Unknown($".{name} of a tensor is not known to the interpreter"),
        _ when TorchModule.Method(name) is { } method => new BoundMethod(this, method),
        _ when TorchInPlace.Method(name) is { } method => new BoundMethod(this, method),
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
