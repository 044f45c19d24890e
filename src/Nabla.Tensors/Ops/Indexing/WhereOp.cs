using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// A choice: y = a where the condition is not 0, else b; a NaN counts as 0. dL/da = dy there, dL/db = dy elsewhere; the
/// condition is a constant.
/// </summary>
public sealed class WhereOp : Op, ISampledOp
{
    private readonly Tensor condition, a, b;

    /// <summary>All three of one shape.</summary>
    internal WhereOp(Tensor condition, Tensor a, Tensor b) : base(a, b) =>
        (this.condition, this.a, this.b) = (condition, a, b);

    /// <inheritdoc/>
    public override string Formula => "y = (c ≠ 0 ? a : b)";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result)
    {
        float[] conditions = condition.ToArray();
        return base.FormulaInstances(result).Select((one, i) => one.With("c", conditions[i]));
    }

    /// <inheritdoc/>
    protected internal override bool ReadsInputs => false;

    /// <inheritdoc/>
    protected internal override bool ReadsResult => false;

    /// <inheritdoc/>
    protected internal override Tensor? ReadsConstant => condition;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        foreach (Shape shape in (Shape[])[[2, 3], [2, 3, 17], [1], [], [0, 3], [3000]])
            yield return new WhereOp(
                Tensor.Randn(shape, rng).Relu(), Tensor.Randn(shape, rng), Tensor.Randn(shape, rng));
    }

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new WhereOp(condition, inputs[0], inputs[1]);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs)
    {
        float[] conditions = condition.ToArray();
        int at = 0;
        return NdArray<V>.Build(a.Shape, index => inputs[conditions[at++] != 0 ? 0 : 1][index]);
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) => tangents.Linear(this);

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized(a.Shape);
        Elementwise.Select(
            condition.Dense().AsSpan(), a.Dense().AsSpan(), b.Dense().AsSpan(), y.Writable());
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        ReadOnlySpan<float> conditions = condition.Dense().AsSpan();
        if (gradients.Wants(a))
            Spread(conditions, dy, chosen: true, gradients.Slot(a));
        if (gradients.Wants(b))
            Spread(conditions, dy, chosen: false, gradients.Slot(b));
    }

    private static void Spread(ReadOnlySpan<float> conditions, Tensor dy, bool chosen, GradientSlot slot) =>
        Elementwise.SelectBackward(conditions, dy.AsSpan(), chosen, slot.Span, slot.Accumulate);
}

/// <summary>Gives tensors the operation <see cref="WhereOp"/>.</summary>
public static class WhereExtensions
{
    extension(Tensor)
    {
        /// <summary>
        /// <paramref name="a"/> where the condition is not 0, <paramref name="b"/> elsewhere, with broadcasting of all
        /// three: <c>Tensor.Where(x.Greater(0), x, -x)</c>.
        /// </summary>
        /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
        /// <example><code>
        /// Tensor x = new([-1f, 2f]);
        /// Tensor.Where(x.Greater(0), x, 10 * x);   // = [-10, 2]
        /// </code></example>
        public static Tensor Where(Tensor condition, Tensor a, Tensor b)
        {
            Shape shape = Shape.Broadcast(condition.Shape, Shape.Broadcast(a.Shape, b.Shape, "Where"), "Where");
            return new WhereOp(As(condition.Detach()), As(a), As(b)).Apply();

            Tensor As(Tensor x) => x.Shape == shape ? x : x.Expand(shape.AsSpan());
        }
    }
}
