using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// A long short-term memory, c = σ(f)·c₋ + σ(i)·tanh(g), h = σ(o)·tanh(c), of one or more layers; see
/// <see cref="LstmCell"/>.
/// </summary>
/// <example><code>
/// var network = new Lstm(3, 5, new Rng(1), new() { Layers = 2, Dropout = 0.1f });
/// var (y, state) = network.Forward(Tensor.Zeros([4, 7, 3]));
/// y.Shape.ToString();            // = "[4, 7, 5]"
/// state.Cell.Shape.ToString();   // = "[2, 4, 5]"
/// </code></example>
[Formula(LstmCell.Statement)]
public sealed class Lstm : RecurrentNetwork<LstmCell>
{
    /// <summary>A network that reads <paramref name="inputs"/> numbers a step and has H hidden units.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or dropout not in [0, 1).</exception>
    public Lstm(int inputs, int hidden, Rng rng, RecurrentOptions? options = null)
        : base((inputs, hidden), options, read => new LstmCell(read, hidden, rng, (options ?? new()).Bias))
    {
    }

    /// <summary>
    /// x [B, T, In] → h of the last layer, [B, T, D·H], and h and c of all layers after the last step, [D·L, B, H].
    /// </summary>
    /// <param name="x">Sequences, [B, T, In].</param>
    /// <param name="initial">h and c before the first step, [D·L, B, H] each; 0 if not given.</param>
    /// <param name="rng">Given in training, for the dropout between layers.</param>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public (Tensor Y, LstmState State) Forward(Tensor x, LstmState? initial = null, Rng? rng = null)
    {
        (Tensor y, Tensor[] last) = Run(x, initial is null ? null : [initial.Hidden, initial.Cell], rng);
        return (y, new(last[0], last[1]));
    }
}
