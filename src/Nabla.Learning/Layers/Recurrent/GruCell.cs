using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>
/// One step of a gated recurrent unit: with a = W·x + b and u = U·h₋ + b′ of three gates, r, z = σ(a + u),
/// n = tanh(a + r·u), h = (1 − z)·n + z·h₋. The gates stand in the order r, z, n. Cho et al. 2014, arXiv:1406.1078.
/// </summary>
/// <example><code>
/// var cell = new GruCell(1, 1, new Rng(1));
/// foreach (NamedParameter p in cell.Parameters()) p.Parameter.Values.Fill(0.5f);
/// cell.Forward(new Tensor([2], [1, 1]), new Tensor([3], [1, 1])).Item();   // = 2.9413
/// double gate = 1 / (1 + Math.Exp(-3.5)), n = Math.Tanh(1.5 + gate * 2);
/// (1 - gate) * n + gate * 3;                                               // = 2.9413
/// </code></example>
[Formula(Statement)]
public sealed class GruCell(int inputs, int hidden, Rng rng, bool bias = true)
    : RecurrentCell(3, (inputs, hidden), rng, bias)
{
    /// <summary>What a step computes: W and b of the input, U and d of the state, by gates.</summary>
    internal const string Statement =
        "r = σ(W_r·x + b_r + U_r·h + d_r), z = σ(W_z·x + b_z + U_z·h + d_z), "
        + "n = tanh(W_n·x + b_n + r ⊙ (U_n·h + d_n)), y = (1 − z) ⊙ n + z ⊙ h";

    /// <summary>h after x [B, In], [B, H]; a state that is not given is 0.</summary>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public Tensor Forward(Tensor x, Tensor? state = null) => Step(x, state)[0];

    /// <inheritdoc/>
    internal override (Tensor Sequence, Tensor[] Last) Walk(Tensor x, Tensor[] states, bool reverse)
    {
        Tensor products = Products(x, bothBiases: false);
        Tensor h = products.Gru(HiddenWeight, HiddenBias ?? Tensor.Zeros([3 * Hidden]), states[0], reverse);
        return (h, [Last(h, reverse)]);
    }
}
