using System.Runtime.CompilerServices;
using Nabla.Numerics.Lanes;

namespace Nabla.Numerics.Kernels;

/// <summary>Arrays of one step of a GRU, for R sequences of H units.</summary>
public readonly ref struct GruStep(Span<float> gates, ReadOnlySpan<float> products, ReadOnlySpan<float> previous)
{
    /// <summary>[R, 3H]: what the input adds to the gates r, z, n, and after the step forward the gates.</summary>
    public Span<float> Gates { get; } = gates;

    /// <summary>U·h₋ + b of the three gates, [R, 3H].</summary>
    public ReadOnlySpan<float> Products { get; } = products;

    /// <summary>h of the step before, [R, H].</summary>
    public ReadOnlySpan<float> Previous { get; } = previous;
}

/// <summary>
/// The arithmetic of a GRU's step that is no matrix product (Cho et al. 2014, arXiv:1406.1078, in PyTorch's form):
/// r, z = σ(x + u), n = tanh(x + r·u), h = (1 − z)·n + z·h₋, for the three parts of rows x and u of 3H numbers. As in
/// <see cref="LstmKernel"/>, one pass reads numbers that lie H apart and makes gates and output together.
/// </summary>
public static unsafe class GruKernel
{
    /// <summary>One step forward: the gates in place, and h, [R, H], H = <paramref name="size"/>.</summary>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Forward(in GruStep step, int size, Span<float> hidden)
    {
        int rows = Check("Gru", step, size, hidden.Length);
        fixed (float* gates = step.Gates, products = step.Products, previous = step.Previous, h = hidden)
            Widest.Run(RowPieces.Count(rows, size), new ForwardBody(new(gates, products, previous), h, (rows, size)));
    }

    /// <summary>
    /// One step backward, from dL/dh [R, H] in <paramref name="dHidden"/>: writes dL/d of what the input adds over the
    /// gates, dL/d of the products to <paramref name="dProducts"/> [R, 3H], and to <paramref name="dHidden"/> what
    /// reaches h₋ without the products, z·dL/dh.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Backward(in GruStep step, int size, Span<float> dHidden, Span<float> dProducts)
    {
        int rows = Check("Gru backward", step, size, dHidden.Length);
        Require.Length("Gru backward", dProducts.Length, step.Products.Length);
        fixed (float* gates = step.Gates, products = step.Products, previous = step.Previous, dh = dHidden,
            dp = dProducts)
            Widest.Run(RowPieces.Count(rows, size), new BackwardBody(
                new(gates, products, previous), dh, dp, (rows, size)));
    }

    private static int Check(string operation, in GruStep step, int size, int length)
    {
        int rows = Require.Rows(operation, length, size);
        Require.Length(operation, step.Previous.Length, length);
        Require.Length(operation, step.Gates.Length, (Int128)3 * length);
        Require.Length(operation, step.Products.Length, (Int128)3 * length);
        return rows;
    }

    private readonly struct Arrays(float* gates, float* products, float* previous)
    {
        public readonly float* Gates = gates, Products = products, Previous = previous;

        public Arrays Row(long at) => new(Gates + 3 * at, Products + 3 * at, Previous + at);
    }

    private readonly struct ForwardBody(Arrays arrays, float* hidden, (int Rows, int Size) shape) : ILaneBody
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            (int start, int end) = RowPieces.Range(piece, shape.Rows, shape.Size);
            for (int row = start; row < end; row++)
            {
                long at = (long)row * shape.Size;
                LaneLoop.Run<L, ForwardStep>(new(arrays.Row(at), hidden + at, shape.Size), 0, shape.Size);
            }
        }
    }

    private readonly struct ForwardStep(Arrays row, float* hidden, int size) : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int k, int count) where L : struct, ILane<L>
        {
            float* x = row.Gates + k, u = row.Products + k;
            L r = LaneMath.Sigmoid(L.Load(x, count) + L.Load(u, count));
            L z = LaneMath.Sigmoid(L.Load(x + size, count) + L.Load(u + size, count));
            L n = L.Tanh(L.MultiplyAdd(r, L.Load(u + 2 * size, count), L.Load(x + 2 * size, count)));
            L.Store(r, x, count);
            L.Store(z, x + size, count);
            L.Store(n, x + 2 * size, count);
            L.Store(L.MultiplyAdd(z, L.Load(row.Previous + k, count) - n, n), hidden + k, count);
        }
    }

    private readonly struct BackwardBody(
        Arrays arrays, float* dHidden, float* dProducts, (int Rows, int Size) shape) : ILaneBody
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Run<L>(int piece) where L : struct, ILane<L>
        {
            (int start, int end) = RowPieces.Range(piece, shape.Rows, shape.Size);
            for (int row = start; row < end; row++)
            {
                long at = (long)row * shape.Size;
                LaneLoop.Run<L, BackwardStep>(
                    new(arrays.Row(at), dHidden + at, dProducts + 3 * at, shape.Size), 0, shape.Size);
            }
        }
    }

    private readonly struct BackwardStep(Arrays row, float* dHidden, float* dProducts, int size) : ILaneStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<L>(int k, int count) where L : struct, ILane<L>
        {
            float* gates = row.Gates + k, to = dProducts + k;
            L r = L.Load(gates, count), z = L.Load(gates + size, count), n = L.Load(gates + 2 * size, count);
            L one = L.Broadcast(1), dh = L.Load(dHidden + k, count);
            L dn = dh * (one - z) * (one - n * n);
            L dz = dh * (L.Load(row.Previous + k, count) - n) * z * (one - z);
            L dr = dn * L.Load(row.Products + k + 2 * size, count) * r * (one - r);
            L.Store(dr, gates, count);
            L.Store(dz, gates + size, count);
            L.Store(dn, gates + 2 * size, count);
            L.Store(dr, to, count);
            L.Store(dz, to + size, count);
            L.Store(dn * r, to + 2 * size, count);
            L.Store(dh * z, dHidden + k, count);
        }
    }
}
