using Nabla.Numerics;
using Nabla.Numerics.Calculus;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;
using Symbol = Nabla.Tensors.Reference.Formula;

namespace Nabla.Tensors.Ops;

/// <summary>
/// An activation of a biased tensor, y = f(x + b), x [..., C], b [C]: one pass forward, and one pass backward for both
/// gradients, dL/dx = f′(x + b)·dL/dy and dL/db, its sum over the rows.
/// </summary>
/// <typeparam name="TOp">f.</typeparam>
public sealed class BiasActivationOp<TOp> : Op, ISampledOp where TOp : struct, IUnaryOp
{
    private readonly Tensor x, bias;

    internal BiasActivationOp(Tensor x, Tensor bias) : base(x, bias)
    {
        if (x.Rank < 1 || bias.Shape != Shape.Create([x.Shape[-1]]))
            throw new ArgumentException(
                $"Bias{typeof(TOp).Name}: bias {bias.Shape} does not fit input {x.Shape}; it must have one " +
                "dimension, of the size of the input's last one.");
        (this.x, this.bias) = (x, bias);
    }

    /// <inheritdoc/>
    public override string Name => $"Bias{typeof(TOp).Name}";

    /// <inheritdoc/>
    public override string Formula => $"y = {TOp.Forward(Symbol.Variable("x") + Symbol.Variable("b"))}";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result) =>
        FormulaPieces.Of(new("y", result), new("x", x.Shape), new("b", bias.Shape));

    /// <inheritdoc/>
    protected internal override bool ReadsInputs => Unary<TOp>.UsesX;

    /// <inheritdoc/>
    protected internal override bool ReadsResult => Unary<TOp>.UsesY;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        foreach (Shape shape in (Shape[])[[3, 17], [2, 3, 5], [1], [7], [0, 4], [70, 3], [300, 40]])
            yield return new BiasActivationOp<TOp>(
                Tensor.Uniform(shape, (float)TOp.Domain.Low, (float)TOp.Domain.High, rng),
                Tensor.Uniform([shape[-1]], 0, 0.5f, rng));
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new BiasActivationOp<TOp>(inputs[0], inputs[1]);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) =>
        NdArray<V>.Build(inputs[0].Shape, i => TOp.Forward(inputs[0][i] + inputs[1][i[^1]]));

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized(x.Shape);
        BiasActivationKernel.Forward<TOp>(x.Dense().AsSpan(), bias.Dense().AsSpan(), y.Writable());
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        if (y.Count == 0)
        {
            Finish(gradients);
            return;
        }
        // For what the derivative does not use, dy stands in, which is long enough.
        ReadOnlySpan<float> numbers = dy.AsSpan();
        var operands = new ZipOperands(
            Unary<TOp>.UsesX ? x.Dense().AsSpan() : numbers,
            Unary<TOp>.UsesX ? bias.Dense().AsSpan() : numbers[..bias.Count],
            Unary<TOp>.UsesY ? y.AsSpan() : numbers, numbers);
        GradientSlot dx = gradients.Wants(x) ? gradients.SlotInPlace(x) : Unwanted(x);
        GradientSlot db = gradients.Wants(bias) ? gradients.Slot(bias) : Unwanted(bias);
        BiasActivationKernel.Backward<TOp>(operands, dx.Span, dx.Accumulate, db.Span, db.Accumulate);
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) =>
        Unary<Derivative<TOp>>.Apply(x + bias) * (tangents[x] + tangents[bias]);

    /// <summary>Of no rows: db is 0, dx is empty.</summary>
    private void Finish(Gradients gradients)
    {
        foreach (Tensor input in InputSpan)
            if (gradients.Wants(input))
                gradients.AccumulatedSlot(input);
    }

    private static GradientSlot Unwanted(Tensor input) =>
        new(Tensor.Uninitialized(input.Shape).Writable(), accumulate: false);
}

/// <summary>Gives tensors the operation <see cref="BiasActivationOp{TOp}"/>.</summary>
public static class BiasActivationExtensions
{
    extension(Tensor x)
    {
        /// <summary>f(x + b) for a bias [C] over the last dimension of x [..., C].</summary>
        /// <example><code>
        /// new Tensor([1], [1]).Activate&lt;Tanh>(new Tensor([0.5f], [1]));   // = 0.9051
        /// Math.Tanh(1 + 0.5);                                             // = 0.9051
        /// </code></example>
        /// <exception cref="ArgumentException">The bias is not [C].</exception>
        public Tensor Activate<TOp>(Tensor bias) where TOp : struct, IUnaryOp =>
            new BiasActivationOp<TOp>(x, bias).Apply();
    }
}
