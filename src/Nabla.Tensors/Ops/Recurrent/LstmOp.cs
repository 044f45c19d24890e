using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// A long short-term memory over T steps: i, f, o = σ, g = tanh of the parts of x_t + U·h₋; c = f·c₋ + i·g,
/// h = o·tanh c. From h₀, c₀ [B, H], x [T, B, 4H] and U [4H, H] to [2, T, B, H], all h and then all c. Hochreiter and
/// Schmidhuber 1997, Neural Computation 9(8); forget gate of Gers et al. 2000.
/// </summary>
public sealed class LstmOp : RecurrentOp, ISampledOp
{
    private Tensor? gates; // [T, B, 4H]

    internal LstmOp(Tensor hidden, Tensor cell, (Tensor X, Tensor Weight) products, bool reverse)
        : base(4, reverse, hidden, cell, products.X, products.Weight)
    {
        if (cell.Shape != hidden.Shape)
            throw new ArgumentException(
                $"Lstm: the first cell state {cell.Shape} must be as the hidden {hidden.Shape}.");
    }

    /// <inheritdoc/>
    public override string Formula => "i = x_i + U_i·h_0, f = x_f + U_f·h_0, g = x_g + U_g·h_0, o = x_o + U_o·h_0, "
        + "c = σ(f) ⊙ c_0 + σ(i) ⊙ tanh(g), y = [σ(o) ⊙ tanh(c); c]";

    /// <inheritdoc/>
    public override IEnumerable<FormulaInstance> FormulaInstances(Shape result) =>
        OnlySteps(result, "_i", "_f", "_g", "_o");

    private Tensor Cell => InputSpan[1];

    /// <inheritdoc/>
    public static IEnumerable<Op> Samples(Rng rng) => SampleSizes.Select(s => new LstmOp(
        Tensor.Randn([s.Batch, s.Size], rng), Tensor.Randn([s.Batch, s.Size], rng),
        (Tensor.Randn([s.Steps, s.Batch, 4 * s.Size], rng), Tensor.Randn([4 * s.Size, s.Size], rng) * 0.3f),
        s.Reverse));

    /// <inheritdoc/>
    public override Op WithInputs(params Tensor[] inputs) =>
        new LstmOp(inputs[0], inputs[1], (inputs[2], inputs[3]), Reverse);

    /// <inheritdoc/>
    public override NdArray<V> Reference<V>(params NdArray<V>[] inputs) => Walk(2, inputs, (x, u, state) =>
    {
        var next = new[] { new V[Size], new V[Size] };
        for (int k = 0; k < Size; k++)
        {
            V Gate(int g) => x[g * Size + k] + u[g * Size + k];
            V c = Sigmoid.Forward(Gate(1)) * state[1][k] + Sigmoid.Forward(Gate(0)) * V.Tanh(Gate(2));
            (next[0][k], next[1][k]) = (Sigmoid.Forward(Gate(3)) * V.Tanh(c), c);
        }
        return next;
    });

    /// <inheritdoc/>
    protected override Tensor Forward()
    {
        Tensor y = Tensor.Uninitialized([2, Steps, Batch, Size]);
        gates = Save(Tensor.Uninitialized(X.Shape));
        X.CopyTo(gates.Writable());
        Span<float> hidden = y.Writable()[..(y.Count / 2)], cells = y.Writable()[(y.Count / 2)..];
        for (int step = 0; step < Steps; step++)
        {
            int time = At(step);
            Span<float> here = Of(gates.Writable(), time, GateCount);
            Multiply(Before(step, hidden, Initial), here, accumulate: true);
            LstmKernel.Forward(
                new(here, Before(step, cells, Cell), Of(cells, time, StateCount), Of(hidden, time, StateCount)), Size);
        }
        return y;
    }

    /// <inheritdoc/>
    protected internal override void Backward(Tensor y, Tensor dy, Gradients gradients)
    {
        ReadOnlySpan<float> hidden = y.AsSpan()[..(y.Count / 2)], cells = y.AsSpan()[(y.Count / 2)..];
        ReadOnlySpan<float> dHidden = dy.AsSpan()[..(y.Count / 2)], dCells = dy.AsSpan()[(y.Count / 2)..];
        Tensor dGates = Tensor.Uninitialized(X.Shape), dh = Tensor.Zeros(Initial.Shape), dc = Tensor.Zeros(Cell.Shape);
        for (int step = Steps - 1; step >= 0; step--)
        {
            int time = At(step);
            Elementwise.Axpy(1, Of(dHidden, time, StateCount), dh.Writable());
            Elementwise.Axpy(1, Of(dCells, time, StateCount), dc.Writable());
            Span<float> here = Of(dGates.Writable(), time, GateCount);
            LstmKernel.Backward(
                Of(gates!.AsSpan(), time, GateCount),
                new(Before(step, cells, Cell), Of(cells, time, StateCount), dh.AsSpan(), dc.Writable()), Size, here);
            MultiplyBack(here, dh.Writable(), accumulate: false);
        }
        AddWeightGradient(gradients, dGates.AsSpan(), hidden);
        gradients.Add(X, dGates);
        gradients.Add(Initial, dh);
        gradients.Add(Cell, dc);
    }

    /// <inheritdoc/>
    protected internal override Tensor? Tangent(Tensor y, Tangents tangents) => tangents.Through(
        Unrolled([Initial, Cell], (x, u, state) =>
        {
            Tensor all = x + u;
            Tensor c = Gate(all, 1).Sigmoid() * state[1] + Gate(all, 0).Sigmoid() * Gate(all, 2).Tanh();
            return [Gate(all, 3).Sigmoid() * c.Tanh(), c];
        }).Reshape(y.Shape.AsSpan()));
}

/// <summary>Gives tensors the operation <see cref="LstmOp"/>.</summary>
public static class LstmExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// A long short-term memory over the steps of x [T, B, 4H], what the inputs add to the gates i, f, g, o, from
        /// the states before the first step, [B, H], with U [4H, H]: h and c of every step, [2, T, B, H].
        /// </summary>
        /// <exception cref="ArgumentException">The shapes do not fit.</exception>
        public Tensor Lstm(Tensor weight, Tensor hidden, Tensor cell, bool reverse = false) =>
            new LstmOp(hidden, cell, (x, weight), reverse).Apply();
    }
}
