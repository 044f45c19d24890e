using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// A simple recurrent network, h_t = f(W·x_t + b + U·h₋ + b′), of one or more layers; see <see cref="RnnCell"/>.
/// </summary>
/// <example><code>
/// var network = new Rnn(3, 5, new Rng(1), new() { Layers = 2 });
/// var (y, state) = network.Forward(Tensor.Zeros([4, 7, 3]));
/// y.Shape.ToString();       // = "[4, 7, 5]"
/// state.Shape.ToString();   // = "[2, 4, 5]"
/// </code></example>
[Formula(RnnCell.Statement)]
public sealed class Rnn : RecurrentNetwork<RnnCell>
{
    /// <summary>A network that reads <paramref name="inputs"/> numbers a step and has H hidden units.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or dropout not in [0, 1).</exception>
    public Rnn(
        int inputs, int hidden, Rng rng, RecurrentOptions? options = null,
        RnnActivation activation = RnnActivation.Tanh)
        : base((inputs, hidden), options,
            read => new RnnCell(read, hidden, rng, (options ?? new()).Bias, activation))
    {
    }

    /// <summary>
    /// x [B, T, In] → h of the last layer, [B, T, D·H], and of all layers after the last step, [D·L, B, H].
    /// </summary>
    /// <param name="x">Sequences, [B, T, In].</param>
    /// <param name="initial">h before the first step, [D·L, B, H]; 0 if not given.</param>
    /// <param name="rng">Given in training, for the dropout between layers.</param>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public (Tensor Y, Tensor State) Forward(Tensor x, Tensor? initial = null, Rng? rng = null)
    {
        (Tensor y, Tensor[] last) = Run(x, initial is null ? null : [initial], rng);
        return (y, last[0]);
    }
}
