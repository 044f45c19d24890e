using Nabla.Numerics;
using Nabla.Numerics.Calculus;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;
using Symbol = Nabla.Tensors.Reference.Formula;

namespace Nabla.Tensors.Ops;

/// <summary>An elementwise function of one tensor: y[i] = f(x[i]), any shape.</summary>
/// <typeparam name="TOp">The function.</typeparam>
public sealed class Unary<TOp> : Op where TOp : struct, IUnaryOp
{
    private const string X = "⟨x⟩", Y = "⟨y⟩";

    private static readonly string Slope =
        TOp.Backward(Symbol.Variable(X), Symbol.Variable(Y), Symbol.Variable("⟨dy⟩")).ToString();

    /// <summary>Whether the derivative is computed from x, or from y.</summary>
    internal static readonly bool UsesX = Slope.Contains(X, StringComparison.Ordinal),
        UsesY = Slope.Contains(Y, StringComparison.Ordinal);

    private readonly Tensor x;

    private Unary(Tensor x) : base(x) => this.x = x;

    /// <inheritdoc/>
    public override string Name => typeof(TOp).Name;

    /// <inheritdoc/>
    public override string Formula => $"y = {TOp.Forward(Symbol.Variable("x"))}";

    /// <inheritdoc/>
    protected internal override bool ReadsInputs => UsesX;

    /// <inheritdoc/>
    protected internal override bool ReadsResult => UsesY;

    /// <summary>f of every element.</summary>
    public static Tensor Apply(Tensor x) => new Unary<TOp>(x).Apply();

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) => new Unary<TOp>(inputs[0]);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) =>
        NdArray<V>.Build(inputs[0].Shape, i => TOp.Forward(inputs[0][i]));

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized(x.Shape);
        Elementwise.Map<TOp>(x.Dense().AsSpan(), y.Writable());
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        ReadOnlySpan<float> dyNumbers = dy.AsSpan();
        ReadOnlySpan<float> xNumbers = UsesX ? x.Dense().AsSpan() : dyNumbers; // unused, but of the right length
        ReadOnlySpan<float> yNumbers = UsesY ? y.AsSpan() : dyNumbers;
        GradientSlot dx = gradients.SlotInPlace(x);
        Elementwise.MapBackward<TOp>(xNumbers, yNumbers, dyNumbers, dx.Span, dx.Accumulate);
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) =>
        Unary<Derivative<TOp>>.Apply(x) * tangents[x];
}
