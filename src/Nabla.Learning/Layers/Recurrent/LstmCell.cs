using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Layers;

/// <summary>What a long short-term memory carries from step to step.</summary>
/// <param name="Hidden">h: [B, H] of a cell, [D·L, B, H] of a network of L layers in D directions.</param>
/// <param name="Cell">c, of the same shape.</param>
public sealed record LstmState(Tensor Hidden, Tensor Cell);

/// <summary>
/// One step of a long short-term memory: of the four parts i, f, g, o of W·x + b + U·h₋ + b′,
/// c = σ(f)·c₋ + σ(i)·tanh(g), h = σ(o)·tanh(c). Hochreiter and Schmidhuber 1997; forget gate of Gers et al. 2000.
/// </summary>
/// <example><code>
/// var cell = new LstmCell(1, 1, new Rng(1));
/// foreach (NamedParameter p in cell.Parameters()) p.Parameter.Values.Fill(0.5f);
/// cell.Forward(new Tensor([2], [1, 1])).Hidden.Item();   // = 0.6083
/// double gate = 1 / (1 + Math.Exp(-2));
/// gate * Math.Tanh(gate * Math.Tanh(2));                 // = 0.6083
/// </code></example>
[Formula(Statement)]
public sealed class LstmCell(int inputs, int hidden, Rng rng, bool bias = true)
    : RecurrentCell(4, (inputs, hidden), rng, bias)
{
    /// <summary>What a step computes: W and b of the input, U and d of the state, by gates.</summary>
    internal const string Statement =
        "i = σ(W_i·x + b_i + U_i·h + d_i), f = σ(W_f·x + b_f + U_f·h + d_f), "
        + "g = tanh(W_g·x + b_g + U_g·h + d_g), o = σ(W_o·x + b_o + U_o·h + d_o), "
        + "m = f ⊙ c + i ⊙ g, y = [o ⊙ tanh(m); m]";

    /// <inheritdoc/>
    internal override int States => 2;

    /// <summary>h and c after x [B, In], each [B, H]; a state that is not given is 0.</summary>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public LstmState Forward(Tensor x, LstmState? state = null)
    {
        Tensor[] next = Step(x, state?.Hidden, state?.Cell);
        return new(next[0], next[1]);
    }

    /// <inheritdoc/>
    internal override (Tensor Sequence, Tensor[] Last) Walk(Tensor x, Tensor[] states, bool reverse)
    {
        Tensor all = Products(x, bothBiases: true).Lstm(HiddenWeight, states[0], states[1], reverse);
        Tensor h = all.Slice(0, 0, 1).Squeeze(0), c = all.Slice(0, 1, 1).Squeeze(0);
        return (h, [Last(h, reverse), Last(c, reverse)]);
    }
}
