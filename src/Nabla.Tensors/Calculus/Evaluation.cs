namespace Nabla.Tensors.Calculus;

/// <summary>
/// A function's value at a point, with the history that leads to it, in a scope of its own: what derivatives are taken
/// of. Results outlive the scope through <see cref="Result"/>.
/// </summary>
internal sealed class Evaluation : IDisposable
{
    private readonly string operation;
    private readonly TensorScope scope;

    private Evaluation(string operation, Func<Tensor> f, Tensor[] variables)
    {
        (this.operation, Variables) = (operation, variables);
        scope = TensorScope.Begin();
        try
        {
            Value = f() ?? throw new ArgumentException($"{operation}: the function returned null, not a tensor.");
        }
        catch
        {
            scope.Dispose();
            throw;
        }
    }

    /// <summary>What to differentiate by.</summary>
    public Tensor[] Variables { get; }

    /// <summary>f(x).</summary>
    public Tensor Value { get; }

    /// <summary>How many numbers the function depends on.</summary>
    public int Count => Variables.Sum(x => x.Count);

    /// <summary>f at a point, which is given by its tensors.</summary>
    public static Evaluation At(string operation, Func<Tensor[], Tensor> f, Tensor[] x)
    {
        ArgumentNullException.ThrowIfNull(f);
        Check.Point(operation, x);
        foreach (Tensor part in x)
            if (part is not Parameter && part.RequiresGradient)
                throw new ArgumentException(
                    $"{operation}: the point {part.Shape} depends on a variable of a derivative around this one, but " +
                    $"what {operation} gives is a constant. Use Jvp, which can be differentiated, or Detach() the " +
                    "point.", nameof(x));
        Tensor[] variables = [.. x.Select(part => part.AsVariable())];
        return new Evaluation(operation, () => f(variables), variables);
    }

    /// <summary>f of parameters that it uses by itself, at their values.</summary>
    public static Evaluation At(string operation, Func<Tensor> f, IReadOnlyList<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(f);
        return new Evaluation(operation, f, Check.Parameters(operation, parameters));
    }

    /// <summary>This evaluation, whose value must be one number.</summary>
    public Evaluation OfScalar()
    {
        if (Value.Count == 1)
            return this;
        Dispose();
        throw new ArgumentException(
            $"{operation}: the function gave {Value.Shape}, not a scalar. Reduce it with Sum() or Mean(), or take " +
            "its Jacobian.");
    }

    /// <summary>uᵀ·J, a part for each variable; u null stands for 1.</summary>
    public Tensor[] Pull(Tensor? u) => Gradients.Of(Value, u, Variables);

    /// <summary>J·v, null for zeros. It can be differentiated by the variables.</summary>
    public Tensor? Push(ReadOnlySpan<Tensor> v) => new Tangents(Variables, v).Through(Value);

    /// <summary>∂²f/∂x²·v, a part for each variable: the gradient of the derivative in direction v.</summary>
    public Tensor[] PushAndPull(ReadOnlySpan<Tensor> v) => Push(v) is { } slope
        ? Gradients.Of(slope, Tensor.Ones(slope.Shape), Variables)
        : [.. Variables.Select(x => Tensor.Zeros(x.Shape))];

    /// <summary>A tensor without its history, to be returned.</summary>
    public Tensor Result(Tensor tensor) => scope.HandOver(tensor.Detach());

    /// <summary>Tensors without their history, to be returned.</summary>
    public Tensor[] Results(Tensor[] tensors) => Array.ConvertAll(tensors, Result);

    /// <summary>Of all variables' numbers one after another the unit vector of number <paramref name="i"/>.</summary>
    public Tensor[] Unit(int i)
    {
        var unit = new Tensor[Variables.Length];
        for (int k = 0; k < unit.Length; k++)
        {
            unit[k] = Tensor.Zeros(Variables[k].Shape);
            if ((uint)i < (uint)unit[k].Count)
                unit[k].Writable()[i] = 1;
            i -= unit[k].Count;
        }
        return unit;
    }

    /// <inheritdoc/>
    public void Dispose() => scope.Dispose();
}
