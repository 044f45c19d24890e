using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>What a simple recurrent network does to the sum of its products.</summary>
public enum RnnActivation
{
    /// <summary>tanh x.</summary>
    Tanh,

    /// <summary>max(0, x).</summary>
    Relu,
}

/// <summary>
/// One step of a simple recurrent network: h = f(W·x + b + U·h₋ + b′), [B, In] and [B, H] → [B, H]. Elman 1990.
/// </summary>
/// <example><code>
/// var cell = new RnnCell(1, 1, new Rng(1));
/// foreach (NamedParameter p in cell.Parameters()) p.Parameter.Values.Fill(0.5f);
/// cell.Forward(new Tensor([2], [1, 1]), new Tensor([1], [1, 1])).Item();   // = 0.9866
/// Math.Tanh(0.5 * 2 + 0.5 + 0.5 * 1 + 0.5);                                // = 0.9866
/// </code></example>
[Formula(Statement)]
public sealed class RnnCell : RecurrentCell
{
    /// <summary>What a step computes: W and b of the input, U and d of the state, by gates.</summary>
    internal const string Statement = "y = tanh(W·x + b + U·h + d)";

    private readonly bool rectify;

    /// <summary>A cell that reads <paramref name="inputs"/> numbers and has <paramref name="hidden"/> units.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public RnnCell(int inputs, int hidden, Rng rng, bool bias = true, RnnActivation activation = RnnActivation.Tanh)
        : base(1, (inputs, hidden), rng, bias) => rectify = activation switch
        {
            RnnActivation.Tanh => false,
            RnnActivation.Relu => true,
            _ => throw new ArgumentOutOfRangeException(
                nameof(activation), $"RnnCell: activation {activation} is neither Tanh nor Relu."),
        };

    /// <summary>h after x [B, In], [B, H]; a state that is not given is 0.</summary>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public Tensor Forward(Tensor x, Tensor? state = null) => Step(x, state)[0];

    /// <inheritdoc/>
    internal override (Tensor Sequence, Tensor[] Last) Walk(Tensor x, Tensor[] states, bool reverse)
    {
        Tensor h = Products(x, bothBiases: true).Rnn(HiddenWeight, states[0], rectify, reverse);
        return (h, [Last(h, reverse)]);
    }
}
