using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>ELU: y = x for x &gt; 0, else α·(eˣ − 1). Clevert et al. 2015, arXiv:1511.07289.</summary>
/// <param name="Alpha">α, −(the limit far below 0).</param>
public readonly record struct Elu(double Alpha) : IParametricOp<Elu>
{
    /// <inheritdoc/>
    public static IReadOnlyList<Elu> Samples => [new(1), new(0.7)];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, IReal<V> => V.WherePositive(x, x, Alpha * V.Expm1(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Backward<V>(V x, V y, V dy) where V : struct, IReal<V> => V.WherePositive(x, dy, dy * Alpha * V.Exp(x));
}

/// <summary>Gives tensors the operation <see cref="Elu"/>.</summary>
public static class EluExtensions
{
    extension(Tensor x)
    {
        /// <summary>x where it is positive, α·(eˣ − 1) elsewhere.</summary>
        /// <example><code>
        /// Tensor x = new([-0.5f]);
        /// x.Elu(2);   // = -0.78694
        /// 2 * (Math.Exp(-0.5) - 1);   // = -0.78694
        /// </code></example>
        public Tensor Elu(double alpha = 1) => Parametric<Elu>.Apply(new(alpha), x);
    }
}
