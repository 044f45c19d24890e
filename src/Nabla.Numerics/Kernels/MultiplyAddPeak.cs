using System.Runtime.CompilerServices;
using Nabla.Numerics.Kernels.Products;
using Nabla.Numerics.Threading;

namespace Nabla.Numerics.Kernels;

/// <summary>
/// The roof over every kernel: multiply-adds on registers alone. Twelve independent sums, because a multiply-add takes
/// four cycles and a processor begins two in each: with fewer than eight it would wait for itself.
/// </summary>
public static unsafe class MultiplyAddPeak
{
    private const int Sums = 12, Turns = 40_000;

    private static int width;
    private static float sink; // so that the sums are not for nothing

    /// <summary>Bits of the vectors that the matrix product computes with here; 32 where there are none.</summary>
    public static int Bits { get; } = WidestBits();

    /// <summary>Floating-point operations of a piece of <see cref="Run"/>, a multiply-add counting two.</summary>
    public static double FlopsOfPiece => 2.0 * Bits / 32 * Sums * Turns;

    /// <summary>Multiplies and adds on all threads, in this many pieces.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pieces"/> is negative.</exception>
    public static void Run(int pieces) => WorkerPool.Run(pieces, new Piece());

    private static int WidestBits()
    {
        WidestRegister.Run(new Probe());
        return 32 * width;
    }

    private readonly struct Probe : IRegisterBody
    {
        public void Run<TRegister>() where TRegister : struct, IRegister<TRegister> => width = TRegister.Width;
    }

    private readonly struct Piece : IParallelBody, IRegisterBody
    {
        public void Run(int piece) => WidestRegister.Run(this);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TRegister>() where TRegister : struct, IRegister<TRegister>
        {
            float half = 0.5f, quarter = 0.25f;
            TRegister x = TRegister.Broadcast(&half), y = TRegister.Broadcast(&quarter);
            TRegister a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
            for (int turn = 0; turn < Turns; turn++)
            {
                TRegister.MultiplyAdd(x, y, ref a);
                TRegister.MultiplyAdd(x, y, ref b);
                TRegister.MultiplyAdd(x, y, ref c);
                TRegister.MultiplyAdd(x, y, ref d);
                TRegister.MultiplyAdd(x, y, ref e);
                TRegister.MultiplyAdd(x, y, ref f);
                TRegister.MultiplyAdd(x, y, ref g);
                TRegister.MultiplyAdd(x, y, ref h);
                TRegister.MultiplyAdd(x, y, ref i);
                TRegister.MultiplyAdd(x, y, ref j);
                TRegister.MultiplyAdd(x, y, ref k);
                TRegister.MultiplyAdd(x, y, ref l);
            }
            TRegister sum = TRegister.Add(TRegister.Add(TRegister.Add(a, b), TRegister.Add(c, d)), TRegister.Add(e, f));
            sum = TRegister.Add(
                TRegister.Add(TRegister.Add(g, h), TRegister.Add(i, j)), TRegister.Add(TRegister.Add(k, l), sum));
            sink = TRegister.Sum(sum);
        }
    }
}
