using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Arc tangent: y = atan x in [−π/2, π/2].</summary>
public readonly struct Atan : IUnaryOp
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x) where V : struct, IReal<V> => V.Atan(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => dy / (1 + x * x);
}

/// <summary>Gives tensors the operation <see cref="Atan"/>.</summary>
public static class AtanExtensions
{
    extension(Tensor x)
    {
        /// <summary>The angle in [−π/2, π/2] whose tangent is x, of every element.</summary>
        /// <example><code>
        /// Tensor x = new([0.5f]);
        /// x.Atan();   // = 0.46365
        /// Math.Atan(0.5);   // = 0.46365
        /// </code></example>
        public Tensor Atan() => Unary<Atan>.Apply(x);
    }
}
