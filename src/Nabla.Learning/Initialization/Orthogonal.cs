using Nabla.Numerics;
using Nabla.Numerics.LinearAlgebra;
using Nabla.Tensors;

namespace Nabla.Learning;

public static partial class Initialize
{
    /// <summary>
    /// gain times a random matrix with orthonormal rows (or columns, if there are more rows): lengths and angles pass
    /// unchanged. A weight [Out, In, …] counts as a matrix [Out, In·…]. From the QR decomposition of a normal matrix,
    /// signs so that all such matrices are equally likely. Saxe et al. 2014, arXiv:1312.6120.
    /// </summary>
    /// <example><code>
    /// Tensor w = Initialize.Orthogonal(new Parameter([2, 3]), new Rng(1));
    /// w.MatMul(w.Transpose(0, 1))[0, 0];   // = 1.0000
    /// w.MatMul(w.Transpose(0, 1))[0, 1];   // = 0.0000
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// The weight has fewer than two dimensions, or the gain is negative.
    /// </exception>
    public static Parameter Orthogonal(Parameter weight, Rng rng, double gain = 1)
    {
        Fans(weight, nameof(Orthogonal));
        Require.NotNegative(gain, nameof(Orthogonal));
        if (weight.Count == 0)
            return weight;
        int rows = weight.Shape[0], columns = weight.Count / rows;
        bool wide = rows < columns;
        (int m, int n) = wide ? (columns, rows) : (rows, columns);
        QrDecomposition<double> qr = Matrix<double>.Randn(m, n, rng).Qr();
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
                weight.Values[wide ? j * columns + i : i * columns + j] =
                    (float)(gain * (qr.R[j, j] < 0 ? -qr.Q[i, j] : qr.Q[i, j]));
        return weight;
    }
}
