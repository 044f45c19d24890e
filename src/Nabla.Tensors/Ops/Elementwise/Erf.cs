using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Error function: y = erf x = 2/√π·∫₀ˣ e^(−t²) dt, in [−1, 1].</summary>
public readonly struct Erf : IUnaryOp
{
    private const double TwoOverRootPi = 1.1283791670955126;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => V.Erf(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => dy * TwoOverRootPi * V.Exp(-x * x);
}

/// <summary>Gives tensors the operation <see cref="Erf"/>.</summary>
public static class ErfExtensions
{
    extension(Tensor x)
    {
        /// <summary>erf x of every element.</summary>
        /// <example><code>
        /// Tensor x = new([0.5f]);
        /// x.Erf();   // = 0.5205
        /// 1 - 0.4795001221869535;   // = 0.5205
        /// </code></example>
        public Tensor Erf() => Unary<Erf>.Apply(x);
    }
}
