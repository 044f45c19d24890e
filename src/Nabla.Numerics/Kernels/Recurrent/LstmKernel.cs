using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels;

/// <summary>Arrays of one step of an LSTM forward, for R sequences of H units.</summary>
public readonly ref struct LstmStep(
    Span<float> gates, ReadOnlySpan<float> previousCell, Span<float> cell, Span<float> hidden)
{
    /// <summary>[R, 4H]: what the gates i, f, g, o are a function of, and afterwards the gates themselves.</summary>
    public Span<float> Gates { get; } = gates;

    /// <summary>c of the step before, [R, H].</summary>
    public ReadOnlySpan<float> PreviousCell { get; } = previousCell;

    /// <summary>c, [R, H].</summary>
    public Span<float> Cell { get; } = cell;

    /// <summary>h, [R, H].</summary>
    public Span<float> Hidden { get; } = hidden;
}

/// <summary>Arrays of one step of an LSTM backward, for R sequences of H units.</summary>
public readonly ref struct LstmStepBack(
    ReadOnlySpan<float> previousCell, ReadOnlySpan<float> cell, ReadOnlySpan<float> dHidden, Span<float> dCell)
{
    /// <summary>c of the step before, [R, H].</summary>
    public ReadOnlySpan<float> PreviousCell { get; } = previousCell;

    /// <summary>c, [R, H].</summary>
    public ReadOnlySpan<float> Cell { get; } = cell;

    /// <summary>dL/dh, [R, H].</summary>
    public ReadOnlySpan<float> DHidden { get; } = dHidden;

    /// <summary>dL/dc apart from what comes through h, and afterwards dL/dc of the step before, [R, H].</summary>
    public Span<float> DCell { get; } = dCell;
}

/// <summary>
/// The arithmetic of an LSTM's step that is no matrix product (Hochreiter and Schmidhuber 1997; with the forget gate of
/// Gers et al. 2000): c = f·c₋ + i·g, h = o·tanh c, with i, f, o = σ and g = tanh of the four parts of a row of 4H
/// numbers. A row's H units are worked on a register at a time; for each the kernel reads four numbers that lie H
/// apart, so that one pass over memory makes gates, cell and output.
/// </summary>
public static unsafe class LstmKernel
{
    /// <summary>One step forward for the R rows of <paramref name="hidden"/> units each.</summary>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Forward(in LstmStep step, int hidden)
    {
        int rows = Require.Rows("Lstm", step.Hidden.Length, hidden);
        Require.Length("Lstm", step.Gates.Length, (Int128)4 * rows * hidden);
        Require.Length("Lstm", step.PreviousCell.Length, step.Hidden.Length);
        Require.Length("Lstm", step.Cell.Length, step.Hidden.Length);
        fixed (float* gates = step.Gates, before = step.PreviousCell, cell = step.Cell, h = step.Hidden)
            Widest.Run(RowPieces.Count(rows, hidden), new ForwardBody(new(gates, before, cell, h), rows, hidden));
    }

    /// <summary>
    /// One step backward: from the gates dL/d of what they are a function of, written to
    /// <paramref name="dGates"/> [R, 4H].
    /// </summary>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Backward(ReadOnlySpan<float> gates, in LstmStepBack step, int hidden, Span<float> dGates)
    {
        int rows = Require.Rows("Lstm backward", step.Cell.Length, hidden);
        Require.Length("Lstm backward", gates.Length, (Int128)4 * rows * hidden);
        Require.Length("Lstm backward", dGates.Length, gates.Length);
        Require.Length("Lstm backward", step.PreviousCell.Length, step.Cell.Length);
        Require.Length("Lstm backward", step.DHidden.Length, step.Cell.Length);
        Require.Length("Lstm backward", step.DCell.Length, step.Cell.Length);
        fixed (float* g = gates, before = step.PreviousCell, cell = step.Cell, dh = step.DHidden, dc = step.DCell,
            dg = dGates)
            Widest.Run(RowPieces.Count(rows, hidden), new BackwardBody(
                new(g, before, cell, dh), dc, dg, (rows, hidden)));
    }

    /// <summary>Arrays of rows: gates, the cell before, the cell, and h or dL/dh.</summary>
    private readonly struct Arrays(float* gates, float* before, float* cell, float* hidden)
    {
        public readonly float* Gates = gates, Before = before, Cell = cell, Hidden = hidden;

        public Arrays Row(int row, int size)
        {
            long at = (long)row * size;
            return new(Gates + 4 * at, Before + at, Cell + at, Hidden + at);
        }
    }

    private readonly struct ForwardBody(Arrays arrays, int rows, int size) : ILaneBody
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            (int start, int end) = RowPieces.Range(piece, rows, size);
            for (int row = start; row < end; row++)
                LaneLoop.Run<L, ForwardStep>(new(arrays.Row(row, size), size), 0, size);
        }
    }

    private readonly struct ForwardStep(Arrays row, int size) : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int k, int count) where L : struct, ILane<L>
        {
            float* gates = row.Gates + k;
            L i = LaneMath.Sigmoid(L.Load(gates, count)), f = LaneMath.Sigmoid(L.Load(gates + size, count));
            L g = L.Tanh(L.Load(gates + 2 * size, count)), o = LaneMath.Sigmoid(L.Load(gates + 3 * size, count));
            L cell = L.MultiplyAdd(f, L.Load(row.Before + k, count), i * g);
            L.Store(i, gates, count);
            L.Store(f, gates + size, count);
            L.Store(g, gates + 2 * size, count);
            L.Store(o, gates + 3 * size, count);
            L.Store(cell, row.Cell + k, count);
            L.Store(o * L.Tanh(cell), row.Hidden + k, count);
        }
    }

    private readonly struct BackwardBody(Arrays arrays, float* dCell, float* dGates, (int Rows, int Size) shape)
        : ILaneBody
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            (int start, int end) = RowPieces.Range(piece, shape.Rows, shape.Size);
            for (int row = start; row < end; row++)
            {
                long at = (long)row * shape.Size;
                LaneLoop.Run<L, BackwardStep>(
                    new(arrays.Row(row, shape.Size), dCell + at, dGates + 4 * at, shape.Size), 0, shape.Size);
            }
        }
    }

    private readonly struct BackwardStep(Arrays row, float* dCell, float* dGates, int size) : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int k, int count) where L : struct, ILane<L>
        {
            float* gates = row.Gates + k, to = dGates + k;
            L i = L.Load(gates, count), f = L.Load(gates + size, count);
            L g = L.Load(gates + 2 * size, count), o = L.Load(gates + 3 * size, count);
            L one = L.Broadcast(1), tanh = L.Tanh(L.Load(row.Cell + k, count)), dh = L.Load(row.Hidden + k, count);
            L dc = L.Load(dCell + k, count) + dh * o * (one - tanh * tanh);
            L.Store(dc * g * i * (one - i), to, count);
            L.Store(dc * L.Load(row.Before + k, count) * f * (one - f), to + size, count);
            L.Store(dc * i * (one - g * g), to + 2 * size, count);
            L.Store(dh * tanh * o * (one - o), to + 3 * size, count);
            L.Store(dc * f, dCell + k, count);
        }
    }
}
