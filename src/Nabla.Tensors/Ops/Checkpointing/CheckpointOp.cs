using Nabla.Numerics;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// Activation checkpointing: y = f(x₁, x₂, …), of which only y and the inputs stay in memory. The backward pass
/// computes f once more, this time recorded, and differentiates that. Chen et al. 2016, arXiv:1604.06174.
/// </summary>
public sealed class CheckpointOp : Op, ISampledOp
{
    private readonly Func<IReadOnlyList<Tensor>, Rng?, Tensor> function;
    private readonly Rng? rng, start; // start stands where rng stood before the function drew from it

    internal CheckpointOp(Func<IReadOnlyList<Tensor>, Rng?, Tensor> function, Rng? rng, params Tensor[] inputs)
        : base(inputs)
    {
        (this.function, this.rng) = (function, rng);
        start = rng?.Copy();
    }

    /// <summary>
    /// The constant behind the first input, if that requires a gradient only for the op to be recorded.
    /// </summary>
    internal Tensor? Constant { private get; init; }

    /// <inheritdoc/>
    public override string Formula => "y = f(x)";

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        foreach (Shape shape in (Shape[])[[2, 6], [1], [0]])
        {
            yield return new CheckpointOp((x, _) => (x[0].Tanh() * x[0]).Exp(), null, Tensor.Randn(shape, rng));
            yield return new CheckpointOp((x, _) => x[0].Sigmoid() * x[1] + x[1], null,
                Tensor.Randn(shape, rng), Tensor.Randn(shape, rng));
            yield return new CheckpointOp((x, draws) => x[0].Dropout(0.5f, draws!).Square(), new Rng(1),
                Tensor.Randn(shape, rng));
        }
        yield return new CheckpointOp((x, _) => x[0].Slice(1, 1, 2).Transpose(0, 1), null, Tensor.Randn([2, 5], rng));
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new CheckpointOp(function, start?.Copy(), inputs);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs)
    {
        Tensor[] variables = [.. InputSpan.ToArray().Select(x => x.AsVariable())];
        return Evaluate(function(variables, start?.Copy()));

        NdArray<V> Evaluate(Tensor t) => Array.IndexOf(variables, t) is >= 0 and int input ? inputs[input]
            : t.Creator is { } op ? op.Reference([.. op.Inputs.Select(Evaluate)])
            : NdArray<V>.From(t);
    }

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        using TensorScope scope = TensorScope.Inference();
        if (start is not null)
            rng!.Restore(start);
        return scope.HandOver(function(Inputs, rng));
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        Tensor[] variables = [.. InputSpan.ToArray()
            .Select(x => gradients.Wants(x) ? x.AsVariable() : x.Creator is null ? x : x.Detach())];
        if (Constant is not null)
            variables[0] = Constant;
        Differentiate(variables, dy, gradients);
        for (int i = 0; i < variables.Length; i++)
            if (variables[i] != InputSpan[i] && variables[i].TakeGradient() is { } gradient)
                gradients.Add(InputSpan[i], gradient);
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents)
    {
        Tensor[] arguments = InputSpan.ToArray();
        if (Constant is not null)
            arguments[0] = Constant;
        return tangents.Through(function(arguments, start?.Copy()));
    }

    /// <inheritdoc/>
    internal override bool HidesInputs => true;

    /// <summary>
    /// Leaves the variables with their gradients, which outlive the scope of the second computation: they are added up
    /// outside of it, where the sums belong.
    /// </summary>
    private void Differentiate(Tensor[] variables, Tensor dy, Gradients gradients)
    {
        using TensorScope scope = TensorScope.Begin();
        long before = LatestSequence;
        Tensor again = function(variables, start?.Copy());
        if (again.RequiresGradient)
            gradients.RunWithin(again, dy, before, variables);
        foreach (Tensor variable in variables)
            if (variable.PendingGradient is { } gradient)
                scope.HandOver(gradient);
        gradients.HandOverTargets(scope);
    }
}

/// <summary>Trades one more forward pass for memory; see <see cref="CheckpointOp"/>.</summary>
public static class ActivationCheckpoint
{
    /// <summary>
    /// f(x), computed again in the backward pass instead of keeping the results on the way, with the same bits.
    /// </summary>
    /// <example><code>
    /// foreach (Block block in blocks)
    ///     x = ActivationCheckpoint.Run((x, rng) => block.Forward(x, rng), x, rng);
    /// </code></example>
    /// <param name="function">
    /// f of x and of the generator. It runs twice: of tensors computed elsewhere it uses x only, it draws from no other
    /// generator, and it changes nothing, such as running means.
    /// </param>
    /// <param name="x">The input.</param>
    /// <param name="rng">Where dropout draws from, if the function has any: the second time it draws the same.</param>
    public static Tensor Run(Func<Tensor, Rng?, Tensor> function, Tensor x, Rng? rng = null) =>
        Run((inputs, draws) => function(inputs[0], draws), [x], rng);

    /// <summary>The same for a function of several tensors.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static Tensor Run(
        Func<IReadOnlyList<Tensor>, Rng?, Tensor> function, IReadOnlyList<Tensor> inputs, Rng? rng = null)
    {
        if (inputs.Count == 0)
            throw new ArgumentException("ActivationCheckpoint: there is no input; give at least one tensor.");
        // Without an input that requires one, the op would not be recorded, and f's parameters would get no gradient.
        bool wanted = !TensorScope.Recording || inputs.Any(x => x.RequiresGradient);
        if (wanted)
            return new CheckpointOp(function, rng, [.. inputs]).Apply();
        Tensor[] recorded = [inputs[0].AsVariable(), .. inputs.Skip(1)];
        return new CheckpointOp(function, rng, recorded) { Constant = inputs[0] }.Apply();
    }
}
