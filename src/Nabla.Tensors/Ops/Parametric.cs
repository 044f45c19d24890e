using Nabla.Numerics;
using Nabla.Numerics.Calculus;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;
using Symbol = Nabla.Tensors.Reference.Formula;

namespace Nabla.Tensors.Ops;

/// <summary>An elementwise function of one tensor that has settings: y[i] = f(x[i]), any shape.</summary>
/// <typeparam name="TOp">The function; its fields are the settings.</typeparam>
public sealed class Parametric<TOp> : Op, ISampledOp where TOp : struct, IParametricOp<TOp>
{
    private const string X = "⟨x⟩", Y = "⟨y⟩";

    private static readonly string Derivatives = string.Concat(TOp.Samples.Select(f =>
        f.Backward(Symbol.Variable(X), Symbol.Variable(Y), Symbol.Variable("⟨dy⟩")).ToString()));

    private static readonly bool UsesX = Derivatives.Contains(X, StringComparison.Ordinal),
        UsesY = Derivatives.Contains(Y, StringComparison.Ordinal);

    private readonly TOp f;
    private readonly Tensor x;

    private Parametric(TOp f, Tensor x) : base(x) => (this.f, this.x) = (f, x);

    /// <inheritdoc/>
    public override string Name => typeof(TOp).Name;

    /// <inheritdoc/>
    public override string Formula => $"y = {f.Forward(Symbol.Variable("x"))}";

    /// <inheritdoc/>
    protected internal override bool ReadsInputs => UsesX;

    /// <inheritdoc/>
    protected internal override bool ReadsResult => UsesY;

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng)
    {
        foreach (TOp f in TOp.Samples)
            foreach (Shape shape in (Shape[])[[], [1], [7], [3, 33], [2, 3, 4], [0], [4, 0], [3000]])
                yield return new Parametric<TOp>(
                    f, Tensor.Uniform(shape, (float)TOp.Domain.Low, (float)TOp.Domain.High, rng));
    }

    /// <summary>f of every element.</summary>
    public static Tensor Apply(TOp f, Tensor x) => new Parametric<TOp>(f, x).Apply();

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new Parametric<TOp>(f, inputs[0]);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) =>
        NdArray<V>.Build(inputs[0].Shape, i => f.Forward(inputs[0][i]));

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized(x.Shape);
        Elementwise.Map(f, x.Dense().AsSpan(), y.Writable());
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        ReadOnlySpan<float> upstream = dy.AsSpan(); // stands in for what is not used, being as long
        var operands = new ZipOperands(
            UsesX ? x.Dense().AsSpan() : upstream, upstream, UsesY ? y.AsSpan() : upstream, upstream);
        GradientSlot dx = gradients.SlotInPlace(x);
        Elementwise.MapBackward(f, operands, dx.Span, dx.Accumulate);
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) =>
        Parametric<ParametricDerivative<TOp>>.Apply(new(f), x) * tangents[x];
}
