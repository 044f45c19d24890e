using System.Buffers;
using System.Numerics;

namespace Nabla.Numerics.LinearAlgebra;

/// <summary>A = Q·R with orthonormal columns of Q and an upper triangular R.</summary>
/// <param name="Q">[m, k], or [m, m] if full; k = min(m, n).</param>
/// <param name="R">[k, n], or [m, n] if full.</param>
public sealed record QrDecomposition<T>(Matrix<T> Q, Matrix<T> R) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

/// <summary>The QR decomposition.</summary>
public static class QrExtensions
{
    extension<T>(Matrix<T> a) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>
        /// A = Q·R, QᵀQ = I, by Householder reflections: panels of 32 columns, the rest by matrix products (Schreiber
        /// and Van Loan 1989). R's diagonal may be negative, as in LAPACK.
        /// </summary>
        /// <param name="full">Q [m, m] and R [m, n] instead of the thin Q [m, k] and R [k, n], k = min(m, n).</param>
        /// <exception cref="ArgumentException">A number is not finite.</exception>
        /// <example><code>
        /// var a = new Matrix&lt;double&gt;(2, 2, [3, 1, 4, 2]);
        /// Math.Abs(a.Qr().R[0, 0]);     // = 5
        /// Math.Sqrt(3 * 3 + 4 * 4);     // = 5
        /// </code></example>
        public QrDecomposition<T> Qr(bool full = false)
        {
            RequireMatrix.Finite("Qr", a);
            int m = a.Rows, n = a.Columns, k = Math.Min(m, n);
            Matrix<T> work = a.Copy();
            double scale = Scaling.ToUnit(work); // squares of very large or small numbers would leave the range
            using Reflectors<T> reflectors = QrFactorization.Factor(work.Block);
            var q = new Matrix<T>(m, full ? m : k);
            reflectors.Form(q.Block);
            var r = new Matrix<T>(full ? m : k, n);
            work.Block.Part(0, k, 0, n).CopyTo(r.Block.Part(0, k, 0, n));
            r.Block.ClearBelowDiagonal();
            Vectors.Scale(r.Values, T.CreateTruncating(scale));
            return new QrDecomposition<T>(q, r);
        }
    }
}

/// <summary>The factorisation itself, for those who need no explicit Q.</summary>
internal static class QrFactorization
{
    private const int PanelColumns = 32;

    /// <summary>
    /// R takes A's upper triangle, [m, n] (what is below it has any content); returns the min(m, n) reflectors.
    /// </summary>
    public static Reflectors<T> Factor<T>(Block<T> a) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = Math.Min(a.Rows, a.Columns);
        var reflectors = new Reflectors<T>(count, a.Rows, offset: 0);
        T[] memory = ArrayPool<T>.Shared.Rent(Math.Min(count, PanelColumns) * a.Rows);
        for (int first = 0; first < count; first += PanelColumns)
        {
            int columns = Math.Min(PanelColumns, count - first);
            Block<T> panel = a.Part(first, a.Rows - first, first, columns);
            var lines = new Block<T>(memory, columns, panel.Rows);
            panel.TransposeInto(lines); // its columns are rows here, which are quicker to go along
            FactorPanel(lines, reflectors, first);
            lines.Part(0, columns, 0, columns).TransposeInto(panel.Part(0, columns, 0, columns));
            reflectors.Apply(first, columns, a.From(first, first + columns), transpose: true);
        }
        ArrayPool<T>.Shared.Return(memory);
        return reflectors;
    }

    private static void FactorPanel<T>(Block<T> lines, Reflectors<T> reflectors, int first)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int j = 0; j < lines.Rows; j++)
        {
            Span<T> v = reflectors.Rows[first + j][(first + j)..];
            lines[j][j..].CopyTo(v);
            (T beta, T tau) = Householder.Reflect(v);
            lines[j, j] = beta;
            reflectors.Tau[first + j] = tau;
            for (int other = j + 1; other < lines.Rows; other++)
            {
                Span<T> line = lines[other][j..];
                Vectors.AddScaled(line, -tau * Vectors.Dot<T>(v, line), v);
            }
        }
    }
}
