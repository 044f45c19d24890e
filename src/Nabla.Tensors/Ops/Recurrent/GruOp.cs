using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// A gated recurrent unit over T steps: with u = U·h₋ + b, r, z = σ(x_t + u), n = tanh(x_t + r·u),
/// h = (1 − z)·n + z·h₋, each for its part of the 3H numbers. From h₀ [B, H], b [3H], x [T, B, 3H] and U [3H, H] to all
/// h, [T, B, H]. Cho et al. 2014, arXiv:1406.1078, with the reset gate after the product, as in PyTorch.
/// </summary>
public sealed class GruOp : RecurrentOp, ISampledOp
{
    private Tensor? gates, products; // [T, B, 3H]

    internal GruOp(Tensor hidden, Tensor bias, (Tensor X, Tensor Weight) products, bool reverse)
        : base(3, reverse, hidden, bias, products.X, products.Weight)
    {
        if (bias.Shape != Shape.Create([3 * hidden.Shape[1]]))
            throw new ArgumentException($"Gru: the bias {bias.Shape} must be [{3 * hidden.Shape[1]}], 3 gates.");
    }

    /// <inheritdoc/>
    public override string Formula => "r = σ(x_r + U_r·h_0 + b_r), z = σ(x_z + U_z·h_0 + b_z), "
        + "n = tanh(x_n + r ⊙ (U_n·h_0 + b_n)), h = (1 − z) ⊙ n + z ⊙ h_0";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result) => OnlySteps(result, "_r", "_z", "_n");

    private Tensor Bias => InputSpan[1];

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng) => SampleSizes.Select(s => new GruOp(
        Tensor.Randn([s.Batch, s.Size], rng), Tensor.Randn([3 * s.Size], rng),
        (Tensor.Randn([s.Steps, s.Batch, 3 * s.Size], rng), Tensor.Randn([3 * s.Size, s.Size], rng) * 0.3f),
        s.Reverse));

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) =>
        new GruOp(inputs[0], inputs[1], (inputs[2], inputs[3]), Reverse);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) => Walk(1, inputs, (x, u, state) =>
    {
        var next = new V[Size];
        for (int k = 0; k < Size; k++)
        {
            V Product(int g) => u[g * Size + k] + inputs[1][g * Size + k];
            V r = Sigmoid.Forward(x[k] + Product(0)), z = Sigmoid.Forward(x[Size + k] + Product(1));
            V n = V.Tanh(x[2 * Size + k] + r * Product(2));
            next[k] = (1 - z) * n + z * state[0][k];
        }
        return [next];
    }).Reshape([Steps, Batch, Size]);

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized([Steps, Batch, Size]);
        (gates, products) = (Save(Tensor.Uninitialized(X.Shape)), Save(Tensor.Uninitialized(X.Shape)));
        X.CopyTo(gates.Writable());
        Span<float> hidden = y.Writable();
        for (int step = 0; step < Steps; step++)
        {
            int time = At(step);
            ReadOnlySpan<float> before = Before(step, hidden, Initial);
            Span<float> product = Of(products.Writable(), time, GateCount);
            Multiply(before, product, accumulate: false, Bias.Dense().AsSpan());
            GruKernel.Forward(
                new(Of(gates.Writable(), time, GateCount), product, before), Size, Of(hidden, time, StateCount));
        }
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        Tensor dGates = Tensor.Uninitialized(X.Shape), dProducts = Tensor.Uninitialized(X.Shape);
        Tensor dh = Tensor.Zeros(Initial.Shape);
        gates!.CopyTo(dGates.Writable());
        for (int step = Steps - 1; step >= 0; step--)
        {
            int time = At(step);
            Elementwise.Axpy(1, Of(dy.AsSpan(), time, StateCount), dh.Writable());
            Span<float> dProduct = Of(dProducts.Writable(), time, GateCount);
            GruKernel.Backward(
                new(Of(dGates.Writable(), time, GateCount), Of(products!.AsSpan(), time, GateCount),
                    Before(step, y.AsSpan(), Initial)),
                Size, dh.Writable(), dProduct);
            MultiplyBack(dProduct, dh.Writable(), accumulate: true);
        }
        AddWeightGradient(gradients, dProducts.AsSpan(), y.AsSpan());
        if (gradients.Wants(Bias))
        {
            GradientSlot db = gradients.Slot(Bias);
            Elementwise.SumColumns(dProducts.AsSpan(), db.Span, db.Accumulate);
        }
        gradients.Add(X, dGates);
        gradients.Add(Initial, dh);
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) => tangents.Through(
        Unrolled([Initial], (x, u, state) =>
        {
            Tensor product = u + Bias;
            Tensor r = (Gate(x, 0) + Gate(product, 0)).Sigmoid(), z = (Gate(x, 1) + Gate(product, 1)).Sigmoid();
            Tensor n = (Gate(x, 2) + r * Gate(product, 2)).Tanh();
            return [(1 - z) * n + z * state[0]];
        }));
}

/// <summary>Gives tensors the operation <see cref="GruOp"/>.</summary>
public static class GruExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// A gated recurrent unit over the steps of x [T, B, 3H], what the inputs add to the gates r, z, n, from the
        /// state before the first step, [B, H], with U [3H, H] and b [3H]: h of every step, [T, B, H].
        /// </summary>
        /// <exception cref="ArgumentException">The shapes do not fit.</exception>
        public Tensor Gru(Tensor weight, Tensor bias, Tensor hidden, bool reverse = false) =>
            new GruOp(hidden, bias, (x, weight), reverse).Apply();
    }
}
