using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// A simple recurrent network over T steps: h_t = f(x_t + U·h₋), f = tanh or ReLU. From h₀ [B, H], x [T, B, H] and
/// U [H, H] to all h, [T, B, H]. Elman 1990, Cognitive Science 14(2).
/// </summary>
public sealed class RnnOp : RecurrentOp, ISampledOp
{
    private readonly bool rectify;

    internal RnnOp(Tensor hidden, (Tensor X, Tensor Weight) products, bool rectify, bool reverse)
        : base(1, reverse, hidden, products.X, products.Weight) => this.rectify = rectify;

    /// <inheritdoc/>
    public override string Formula => rectify ? "h = max(0, x + U·h_0)" : "h = tanh(x + U·h_0)";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result) => OnlySteps(result, "");

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng) =>
        from s in SampleSizes
        from rectify in (bool[])[false, true]
        select new RnnOp(
            Tensor.Randn([s.Batch, s.Size], rng),
            (Tensor.Randn([s.Steps, s.Batch, s.Size], rng), Tensor.Randn([s.Size, s.Size], rng) * 0.3f),
            rectify, s.Reverse);

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) =>
        new RnnOp(inputs[0], (inputs[1], inputs[2]), rectify, Reverse);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) => Walk(1, inputs, (x, u, _) =>
    {
        var next = new V[Size];
        for (int k = 0; k < Size; k++)
            next[k] = rectify ? V.Max(x[k] + u[k], 0) : V.Tanh(x[k] + u[k]);
        return [next];
    }).Reshape([Steps, Batch, Size]);

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized([Steps, Batch, Size]);
        X.CopyTo(y.Writable());
        for (int step = 0; step < Steps; step++)
        {
            Span<float> here = Of(y.Writable(), At(step), StateCount);
            Multiply(Before(step, y.AsSpan(), Initial), here, accumulate: true);
            if (rectify)
                Elementwise.Map<Relu>(here, here);
            else
                Elementwise.Map<Tanh>(here, here);
        }
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        Tensor dx = Tensor.Uninitialized(X.Shape), dh = Tensor.Zeros(Initial.Shape);
        for (int step = Steps - 1; step >= 0; step--)
        {
            int time = At(step);
            ReadOnlySpan<float> h = Of(y.AsSpan(), time, StateCount);
            Elementwise.Axpy(1, Of(dy.AsSpan(), time, StateCount), dh.Writable());
            Span<float> here = Of(dx.Writable(), time, StateCount);
            if (rectify) // max(0, a) is positive where a is
                Elementwise.MapBackward<Relu>(h, h, dh.AsSpan(), here, accumulate: false);
            else
                Elementwise.MapBackward<Tanh>(h, h, dh.AsSpan(), here, accumulate: false);
            MultiplyBack(here, dh.Writable(), accumulate: false);
        }
        AddWeightGradient(gradients, dx.AsSpan(), y.AsSpan());
        gradients.Add(X, dx);
        gradients.Add(Initial, dh);
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) => tangents.Through(
        Unrolled([Initial], (x, u, _) => [rectify ? (x + u).Relu() : (x + u).Tanh()]));
}

/// <summary>Gives tensors the operation <see cref="RnnOp"/>.</summary>
public static class RnnExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// h_t = f(x_t + U·h₋) over the steps of x [T, B, H], from the state before the first step, [B, H], with
        /// U [H, H]; f is tanh, or ReLU if <paramref name="rectify"/>: h of every step, [T, B, H].
        /// </summary>
        /// <exception cref="ArgumentException">The shapes do not fit.</exception>
        public Tensor Rnn(Tensor weight, Tensor hidden, bool rectify = false, bool reverse = false) =>
            new RnnOp(hidden, (x, weight), rectify, reverse).Apply();
    }
}
