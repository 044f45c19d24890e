using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Reference;

namespace Nabla.Formulas.Evaluation.Graph;

/// <summary>
/// What decides in a formula: whether a relation holds, which case does, where the largest number is.
/// </summary>
internal interface IDecision
{
    /// <summary>What is decided, as formulas say it.</summary>
    string Formula { get; }

    /// <summary>The decision from its inputs, in any number type.</summary>
    NdArray<V> Decide<V>(Shape shape, NdArray<V>[] inputs) where V : struct, IReal<V>;
}

/// <summary>
/// A decision as a node of the engine's graph, for who wants to see how it follows from what was given. Its numbers
/// were
/// found in double, so that what is equal there stays equal; it has no derivative.
/// </summary>
internal sealed class DecisionOp(IDecision decision, Shape shape, double[] values, params Tensor[] inputs) : Op(inputs)
{
    /// <summary>What decides.</summary>
    public IDecision Decision => decision;

    /// <inheritdoc/>
    public override string Formula => decision.Formula;

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new DecisionOp(decision, shape, values, inputs);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) => decision.Decide(shape, inputs);

    /// <inheritdoc/>
    protected override Tensor Forward() => new([.. values.Select(value => (float)value)], shape);

    /// <inheritdoc/>
    protected override void Backward(Tensor y, Tensor dy, Gradients gradients) =>
        throw new NotSupportedException("A decision is shown, not differentiated.");

    /// <inheritdoc/>
    protected override Tensor? Tangent(Tensor y, Tangents tangents) =>
        throw new NotSupportedException("A decision is shown, not differentiated.");
}

/// <summary>1 where a relation between two numbers holds, else 0.</summary>
/// <param name="Sign">&gt;, ≥, &lt;, ≤, = or ≠.</param>
internal sealed record Comparison(string Sign) : IDecision
{
    /// <inheritdoc/>
    public string Formula => $"y = [a {Sign} b]";

    /// <summary>Whether it holds between two doubles.</summary>
    public bool Holds(double a, double b) => Sign switch
    {
        ">" => a > b,
        "≥" => a >= b,
        "<" => a < b,
        "≤" => a <= b,
        "=" => a == b,
        _ => a != b,
    };

    /// <inheritdoc/>
    public NdArray<V> Decide<V>(Shape shape, NdArray<V>[] inputs) where V : struct, IReal<V> =>
        NdArray<V>.Build(shape, i => Holds(inputs[0].Broadcast(i), inputs[1].Broadcast(i)));

    private V Holds<V>(V a, V b) where V : struct, IReal<V> => Sign switch
    {
        ">" => V.WherePositive(a - b, 1, 0),
        "≥" => V.WherePositive(b - a, 0, 1),
        "<" => V.WherePositive(b - a, 1, 0),
        "≤" => V.WherePositive(a - b, 0, 1),
        "=" => V.WherePositive(V.Abs(a - b), 0, 1),
        _ => V.WherePositive(V.Abs(a - b), 1, 0),
    };
}

/// <summary>The second number where the first is positive, else the third.</summary>
internal sealed record Alternative : IDecision
{
    /// <inheritdoc/>
    public string Formula => "y = (c ≠ 0 ? a : b)";

    /// <inheritdoc/>
    public NdArray<V> Decide<V>(Shape shape, NdArray<V>[] inputs) where V : struct, IReal<V> =>
        NdArray<V>.Build(shape, i => V.WherePositive(inputs[0][i], inputs[1][i], inputs[2][i]));
}

/// <summary>The index at which a line along a dimension is largest, or smallest; of several the first.</summary>
/// <param name="Dim">The dimension.</param>
/// <param name="IsLargest">Largest or smallest.</param>
/// <param name="Indices">What the places along the dimension are called.</param>
internal sealed record ExtremePlace(int Dim, bool IsLargest, double[] Indices) : IDecision
{
    /// <inheritdoc/>
    public string Formula => IsLargest ? "y = arg max x" : "y = arg min x";

    /// <inheritdoc/>
    public NdArray<V> Decide<V>(Shape shape, NdArray<V>[] inputs) where V : struct, IReal<V>
    {
        NdArray<V> places = inputs[0].MapLines(Dim, line => [Of(line)]);
        var result = new NdArray<V>(shape);
        places.Values.CopyTo(result.Values, 0);
        return result;
    }

    private V Of<V>(V[] line) where V : struct, IReal<V>
    {
        V best = line[0], place = Indices[0];
        for (int k = 1; k < line.Length; k++)
        {
            V better = IsLargest ? line[k] - best : best - line[k];
            place = V.WherePositive(better, Indices[k], place);
            best = IsLargest ? V.Max(best, line[k]) : V.Min(best, line[k]);
        }
        return place;
    }
}
