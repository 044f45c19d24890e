using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Layers;

/// <summary>
/// The weights of one layer of a recurrent network with G gates of H units, and the way over a sequence with them. All
/// start uniform in ±1/√H, as in PyTorch.
/// </summary>
public abstract class RecurrentCell : Module
{
    private readonly int gates;

    private protected RecurrentCell(int gates, (int Inputs, int Hidden) sizes, Rng rng, bool bias)
    {
        int inputs = Require.Positive(sizes.Inputs, GetType().Name, nameof(inputs));
        int hidden = Require.Positive(sizes.Hidden, GetType().Name, nameof(hidden));
        this.gates = gates;
        float bound = 1 / MathF.Sqrt(hidden);
        InputWeight = Initialize.Uniform([gates * hidden, inputs], bound, rng);
        HiddenWeight = Initialize.Uniform([gates * hidden, hidden], bound, rng);
        InputBias = bias ? Initialize.Uniform([gates * hidden], bound, rng) : null;
        HiddenBias = bias ? Initialize.Uniform([gates * hidden], bound, rng) : null;
    }

    /// <summary>W, [G·H, In]: the gates one after the other.</summary>
    [StoredAs("weight_ih")]
    public Parameter InputWeight { get; }

    /// <summary>U, [G·H, H].</summary>
    [StoredAs("weight_hh")]
    public Parameter HiddenWeight { get; }

    /// <summary>b, [G·H], if there is one.</summary>
    [StoredAs("bias_ih")]
    public Parameter? InputBias { get; }

    /// <summary>The bias of the hidden state's product, [G·H], if there is one.</summary>
    [StoredAs("bias_hh")]
    public Parameter? HiddenBias { get; }

    /// <summary>In, the numbers of an input.</summary>
    internal int Inputs => InputWeight.Shape[1];

    /// <summary>H, the units.</summary>
    internal int Hidden => HiddenWeight.Shape[1];

    /// <summary>How many states there are: h, or h and c.</summary>
    internal virtual int States => 1;

    /// <summary>
    /// All steps of x [T, B, In] from the states before the first one, each [B, H]: h of each step, [T, B, H], and the
    /// states after the last one.
    /// </summary>
    internal abstract (Tensor Sequence, Tensor[] Last) Walk(Tensor x, Tensor[] states, bool reverse);

    /// <summary>W·x + b of all steps in one product; b is the sum of both biases, or the first of them only.</summary>
    private protected Tensor Products(Tensor x, bool bothBiases) => x.Affine(
        InputWeight, InputBias is null ? null : bothBiases ? InputBias + HiddenBias! : InputBias);

    /// <summary>h after the last step.</summary>
    private protected static Tensor Last(Tensor sequence, bool reverse) =>
        sequence.Slice(0, reverse ? 0 : sequence.Shape[0] - 1, 1).Squeeze(0);

    /// <summary>One step: the states [B, H] after x [B, In].</summary>
    private protected Tensor[] Step(Tensor x, params Tensor?[] states)
    {
        if (x.Rank != 2 || x.Shape[1] != Inputs)
            throw new ArgumentException($"{GetType().Name}: x {x.Shape} must be [B, {Inputs}].");
        Shape shape = [x.Shape[0], Hidden];
        var start = new Tensor[states.Length];
        for (int i = 0; i < start.Length; i++)
        {
            start[i] = states[i] ?? Tensor.Zeros(shape);
            if (start[i].Shape != shape)
                throw new ArgumentException($"{GetType().Name}: the state {start[i].Shape} must be {shape}.");
        }
        return Walk(x.Unsqueeze(0), start, reverse: false).Last;
    }
}
