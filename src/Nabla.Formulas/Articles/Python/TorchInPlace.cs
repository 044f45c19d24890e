namespace Nabla.Formulas.Articles.Python;

/// <summary>PyTorch's methods that change a tensor and all its views: x.add_(1), x.zero_().</summary>
internal static class TorchInPlace
{
    private static readonly Dictionary<string, Func<NdArray, NdArray, NdArray>> OfTwo = new(StringComparer.Ordinal)
    {
        ["add_"] = (x, y) => Elementwise.Binary("+", x, y),
        ["sub_"] = (x, y) => Elementwise.Binary("-", x, y),
        ["mul_"] = (x, y) => Elementwise.Binary("*", x, y),
        ["div_"] = (x, y) => Elementwise.Binary("/", x, y),
        ["pow_"] = (x, y) => Elementwise.Binary("**", x, y),
        ["fill_"] = (_, y) => y,
        ["copy_"] = (_, y) => y.Type == DType.Bool ? throw PythonException.NotKnown("copy_ of truth values") : y,
    };

    private static readonly Dictionary<string, Func<NdArray, NdArray>> OfOne = new(StringComparer.Ordinal)
    {
        ["zero_"] = x => Elementwise.Unary(x, _ => 0, x.Type),
        ["neg_"] = x => Elementwise.Unary(x, value => -value, x.Type),
        ["abs_"] = x => Elementwise.Unary(x, Math.Abs, x.Type),
        ["relu_"] = x => Elementwise.Unary(x, value => Math.Max(0, value), x.Type),
        ["exp_"] = x => Elementwise.Unary(x, Math.Exp, DType.Float),
        ["sqrt_"] = x => Elementwise.Unary(x, Math.Sqrt, DType.Float),
    };

    private static readonly Dictionary<string, Builtin> Methods = OfTwo
        .Select(row => new Builtin(row.Key, (_, a) => Change((PyTensor)a.Required(0), a.Required(1),
            y => row.Value(PyTensor.Of(a.Required(0)), PyTensor.Of(y))), true))
        .Concat(OfOne.Select(row => new Builtin(row.Key, (_, a) => Change((PyTensor)a.Required(0), None.Instance,
            _ => row.Value(PyTensor.Of(a.Required(0)))), true)))
        .ToDictionary(method => method.Name, StringComparer.Ordinal);

    /// <summary>A method of tensors, or null.</summary>
    public static Builtin? Method(string name) => Methods.GetValueOrDefault(name);

    private static PyTensor Change(PyTensor tensor, object by, Func<object, NdArray> compute)
    {
        if (tensor.Doubt is null)
            tensor.Change(Operators.Doubt(by) is { } doubt ? new Unknown(doubt) : new PyTensor(compute(by)));
        return tensor;
    }
}
