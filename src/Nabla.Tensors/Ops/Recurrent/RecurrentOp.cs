using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Ops;

/// <summary>
/// What recurrent networks have in common: h_t = f(x_t, U·h₋), where h₋ is h of the step before, the first one given.
/// The products of all inputs come in as one tensor x [T, B, G·H], G gates of H units, because one large product is
/// faster than T small ones; what is left to do step by step is U·h₋ with U [G·H, H]. Going backward in time, the
/// gradients of all steps are kept, and dL/dU is again one product.
/// </summary>
public abstract class RecurrentOp : Op
{
    private readonly int gates;

    private protected RecurrentOp(int gates, bool reverse, params Tensor[] inputs) : base(inputs)
    {
        (this.gates, Reverse) = (gates, reverse);
        (Tensor initial, Tensor x, Tensor weight) = (inputs[0], inputs[^2], inputs[^1]);
        string name = NameOf(GetType());
        if (initial.Rank != 2)
            throw new ArgumentException($"{name}: the first hidden state {initial.Shape} must be [B, H].");
        int batch = initial.Shape[0], size = initial.Shape[1];
        if (size == 0)
            throw new ArgumentException($"{name}: the hidden state {initial.Shape} has no units; H must be positive.");
        if (x.Rank != 3 || x.Shape[0] == 0 || x.Shape[1] != batch || x.Shape[2] != gates * size)
            throw new ArgumentException(
                $"{name}: x {x.Shape} does not fit the hidden state {initial.Shape}; it must be [T, {batch}, "
                + $"{gates * size}] with T at least 1.");
        if (weight.Shape != Shape.Create([gates * size, size]))
            throw new ArgumentException(
                $"{name}: the weight {weight.Shape} must be [{gates * size}, {size}], {gates} gates of {size} units.");
    }

    /// <summary>Whether time runs from the last step to the first.</summary>
    protected bool Reverse { get; }

    /// <summary>h before the first step, [B, H].</summary>
    protected Tensor Initial => InputSpan[0];

    /// <summary>What the inputs add to the gates, [T, B, G·H].</summary>
    protected Tensor X => InputSpan[^2];

    /// <summary>U, [G·H, H].</summary>
    protected Tensor Weight => InputSpan[^1];

    /// <summary>T.</summary>
    protected int Steps => X.Shape[0];

    /// <summary>B.</summary>
    protected int Batch => Initial.Shape[0];

    /// <summary>H.</summary>
    protected int Size => Initial.Shape[1];

    /// <summary>Numbers in one step of h.</summary>
    protected int StateCount => Initial.Count;

    /// <summary>Numbers in one step of the gates.</summary>
    protected int GateCount => gates * Initial.Count;

    /// <summary>The place in time of step <paramref name="step"/> of the walk.</summary>
    protected int At(int step) => Reverse ? Steps - 1 - step : step;

    /// <summary>The numbers of one place in time: of the gates or of the states, whichever the count is of.</summary>
    protected static Span<float> Of(Span<float> all, int time, int count) => all.Slice(time * count, count);

    /// <inheritdoc cref="Of(Span{float}, int, int)"/>
    protected static ReadOnlySpan<float> Of(ReadOnlySpan<float> all, int time, int count) =>
        all.Slice(time * count, count);

    /// <summary>The state before step <paramref name="step"/>: that of the step before, or the first one.</summary>
    protected ReadOnlySpan<float> Before(int step, ReadOnlySpan<float> states, Tensor initial) =>
        step == 0 ? initial.Dense().AsSpan() : Of(states, At(step - 1), StateCount);

    /// <summary>U·h₋ (+ b) for the rows of h₋.</summary>
    protected void Multiply(
        ReadOnlySpan<float> hidden, Span<float> products, bool accumulate, ReadOnlySpan<float> bias = default) =>
        Gemm.Multiply(
            new GemmShape(Batch, gates * Size, Size) { TransposeB = true, Accumulate = accumulate },
            hidden, Weight.Dense().AsSpan(), products, bias);

    /// <summary>dL/dh₋ += dL/d(U·h₋)·U.</summary>
    protected void MultiplyBack(ReadOnlySpan<float> dProducts, Span<float> dHidden, bool accumulate) =>
        Gemm.Multiply(
            new GemmShape(Batch, Size, gates * Size) { Accumulate = accumulate },
            dProducts, Weight.Dense().AsSpan(), dHidden);

    /// <summary>dL/dU = Σ_t dL/d(U·h₋)_tᵀ·h₋: one product for all steps but the first, and that of the first.</summary>
    protected void AddWeightGradient(
        Gradients gradients, ReadOnlySpan<float> dProducts, ReadOnlySpan<float> states)
    {
        if (!gradients.Wants(Weight))
            return;
        GradientSlot slot = gradients.Slot(Weight);
        int later = (Steps - 1) * Batch;
        var shape = new GemmShape(gates * Size, Size, later) { TransposeA = true, Accumulate = slot.Accumulate };
        ReadOnlySpan<float> products = dProducts.Slice(Reverse ? 0 : GateCount, later * gates * Size);
        Gemm.Multiply(shape, products, states.Slice(Reverse ? StateCount : 0, later * Size), slot.Span);
        Gemm.Multiply(
            shape with { K = Batch, Accumulate = true }, Of(dProducts, At(0), GateCount),
            Initial.Dense().AsSpan(), slot.Span);
    }

    /// <summary>
    /// The same by elementary operations, which all have derivatives of every order: the states of all steps one after
    /// another, from each step's function of x_t [B, G·H], U·h₋ [B, G·H] and the states before.
    /// </summary>
    private protected Tensor Unrolled(Tensor[] initial, Func<Tensor, Tensor, Tensor[], Tensor[]> step)
    {
        var states = new Tensor[initial.Length * Steps];
        Tensor[] state = initial;
        for (int s = 0; s < Steps; s++)
        {
            state = step(X.Slice(0, At(s), 1).Squeeze(0), state[0].Affine(Weight), state);
            for (int n = 0; n < state.Length; n++)
                states[n * Steps + At(s)] = state[n].Unsqueeze(0);
        }
        return Tensor.Concat(0, states);
    }

    /// <summary>The part of gate <paramref name="index"/> of [B, G·H].</summary>
    private protected Tensor Gate(Tensor all, int index) => all.Slice(1, index * Size, Size);

    /// <summary>
    /// The first step of each sequence, where there is only one: x, U and, where it has one, b of each gate, and the
    /// states before.
    /// </summary>
    /// <param name="result">The shape of the result.</param>
    /// <param name="labels">What is put behind the names x, U and b for each gate.</param>
    private protected IEnumerable<FormulaInstance> OnlySteps(Shape result, params string[] labels)
    {
        if (Steps > 1)
            yield break;
        int states = result.ElementCount / Math.Max(1, StateCount);
        for (int b = 0; b < Batch; b++)
            yield return new(new("h", -1, [states * Size],
                [.. Enumerable.Range(0, states).SelectMany(s => Row(s * Batch + b))]),
                [.. Before(b), .. labels.SelectMany((label, gate) => GateParts(label, gate, b))]);
    }

    private IEnumerable<FormulaPart> Before(int b)
    {
        string[] names = ["h_0", "c_0"];
        for (int k = 0; k < InputSpan.Length - 2; k++)
            if (InputSpan[k].Shape == Initial.Shape && InputSpan[k].Rank == 2)
                yield return new(names[k], k, [Size], [.. Row(b)]);
    }

    private IEnumerable<FormulaPart> GateParts(string label, int gate, int b)
    {
        int count = Inputs.Count;
        yield return new("x" + label, count - 2, [Size], [.. Row(b * gates + gate)]);
        yield return new("U" + label, count - 1, [Size, Size], [.. Enumerable.Range(gate * Size * Size, Size * Size)]);
        if (count == 4 && Inputs[1].Rank == 1)
            yield return new("b" + label, 1, [Size], [.. Row(gate)]);
    }

    private IEnumerable<int> Row(int row) => Enumerable.Range(row * Size, Size);

    /// <summary>The reference: states of all steps, from each step's own formula for one sequence.</summary>
    private protected NdArray<V> Walk<V>(
        int states, NdArray<V>[] inputs, Func<V[], V[], V[][], V[][]> step) where V : struct, IReal<V>
    {
        (NdArray<V> x, NdArray<V> u) = (inputs[^2], inputs[^1]);
        var y = new NdArray<V>([states, Steps, Batch, Size]);
        for (int b = 0; b < Batch; b++)
        {
            V[][] state = [.. Enumerable.Range(0, states).Select(s => Row(inputs[s].Values, b, Size))];
            for (int s = 0; s < Steps; s++)
            {
                var products = new V[gates * Size];
                for (int k = 0; k < products.Length; k++)
                    for (int j = 0; j < Size; j++)
                        products[k] += u[k, j] * state[0][j];
                state = step(Row(x.Values, At(s) * Batch + b, gates * Size), products, state);
                for (int n = 0; n < states; n++)
                    state[n].CopyTo(y.Values, ((n * Steps + At(s)) * Batch + b) * Size);
            }
        }
        return y;

        static V[] Row(V[] values, int row, int columns) => values[(row * columns)..((row + 1) * columns)];
    }

    /// <summary>T, B, H and whether backward in time, of the samples.</summary>
    private protected static IEnumerable<(int Steps, int Batch, int Size, bool Reverse)> SampleSizes =>
        [(3, 2, 2, false), (4, 1, 3, true), (1, 1, 1, false), (1, 2, 3, false), (2, 0, 2, false), (5, 3, 17, false),
            (2, 9, 40, true)];
}
