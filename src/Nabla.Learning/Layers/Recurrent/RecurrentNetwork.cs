using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Layers;

/// <summary>
/// A recurrent network of L layers in D directions (1, or 2 with one backward in time). The weights are stored as in
/// PyTorch: <c>weight_ih_l0</c>, <c>weight_hh_l0</c>, …, <c>weight_ih_l0_reverse</c>, ….
/// </summary>
/// <typeparam name="TCell">The weights of one layer in one direction.</typeparam>
public abstract class RecurrentNetwork<TCell> : Module where TCell : RecurrentCell
{
    private readonly RecurrentOptions options;

    private protected RecurrentNetwork(
        (int Inputs, int Hidden) sizes, RecurrentOptions? options, Func<int, TCell> create)
    {
        this.options = options ?? new();
        this.options.Validate(GetType().Name);
        Require.Positive(sizes.Inputs, GetType().Name, "inputs");
        Require.Positive(sizes.Hidden, GetType().Name, "hidden");
        var cells = new TCell[this.options.Layers];
        var reverse = new TCell[this.options.Bidirectional ? cells.Length : 0];
        for (int layer = 0; layer < cells.Length; layer++)
        {
            int inputs = layer == 0 ? sizes.Inputs : Directions * sizes.Hidden;
            cells[layer] = create(inputs);
            if (this.options.Bidirectional)
                reverse[layer] = create(inputs);
        }
        (Cells, ReverseCells) = (cells, reverse);
    }

    /// <summary>The layers that read from the first step to the last.</summary>
    [StoredAs("*_l#")]
    public IReadOnlyList<TCell> Cells { get; }

    /// <summary>The layers that read from the last step to the first, if the network is bidirectional.</summary>
    [StoredAs("*_l#_reverse")]
    public IReadOnlyList<TCell> ReverseCells { get; }

    private int Directions => options.Bidirectional ? 2 : 1;

    /// <summary>
    /// x [B, T, In] → the states of the last layer, [B, T, D·H], and each kind of state after the last step,
    /// [D·L, B, H].
    /// </summary>
    private protected (Tensor Y, Tensor[] Last) Run(Tensor x, Tensor[]? initial, Rng? rng)
    {
        Check(x, initial);
        int kinds = Cells[0].States;
        var last = new List<Tensor>[kinds];
        for (int kind = 0; kind < kinds; kind++)
            last[kind] = [];
        Tensor sequence = x.Transpose(0, 1).Contiguous(); // [T, B, In]: the rows of a step lie together
        for (int layer = 0; layer < Cells.Count; layer++)
        {
            if (layer > 0 && rng is not null && options.Dropout > 0)
                sequence = sequence.Dropout(options.Dropout, rng);
            Tensor forward = Walk(Cells[layer], reverse: false);
            sequence = options.Bidirectional
                ? Tensor.Concat(-1, forward, Walk(ReverseCells[layer], reverse: true))
                : forward;
        }
        return (sequence.Transpose(0, 1), [.. last.Select(states => Tensor.Stack(0, [.. states]))]);

        Tensor Walk(TCell cell, bool reverse)
        {
            int place = last[0].Count;
            var states = new Tensor[kinds];
            for (int kind = 0; kind < kinds; kind++)
                states[kind] = initial?[kind].Slice(0, place, 1).Squeeze(0) ?? Tensor.Zeros([x.Shape[0], cell.Hidden]);
            (Tensor all, Tensor[] final) = cell.Walk(sequence, states, reverse);
            for (int kind = 0; kind < kinds; kind++)
                last[kind].Add(final[kind]);
            return all;
        }
    }

    private void Check(Tensor x, Tensor[]? initial)
    {
        if (x.Rank != 3 || x.Shape[1] == 0 || x.Shape[2] != Cells[0].Inputs)
            throw new ArgumentException(
                $"{GetType().Name}: x {x.Shape} must be [B, T, {Cells[0].Inputs}] with at least one step.");
        Shape shape = [Directions * Cells.Count, x.Shape[0], Cells[0].Hidden];
        foreach (Tensor state in initial ?? [])
            if (state.Shape != shape)
                throw new ArgumentException($"{GetType().Name}: the first state {state.Shape} must be {shape}.");
    }
}
