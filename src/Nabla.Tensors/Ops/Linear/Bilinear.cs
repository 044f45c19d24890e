namespace Nabla.Tensors.Ops;

/// <summary>A form that is linear in each of two tensors.</summary>
public static class BilinearExtensions
{
    extension(Tensor a)
    {
        /// <summary>
        /// Bilinear form: y_o = Σ_ij a_i·w_oij·b_j (+ bias_o), a [..., I], b [..., J], w [O, I, J], y [..., O].
        /// </summary>
        /// <exception cref="ArgumentException">The sizes do not fit.</exception>
        /// <example><code>
        /// Tensor a = new([2f]), b = new([3f]), w = new([4f], [1, 1, 1]);
        /// a.Bilinear(b, w, new Tensor([1f]));   // = 25
        /// 2 * 4 * 3 + 1;   // = 25
        /// </code></example>
        public Tensor Bilinear(Tensor b, Tensor weight, Tensor? bias = null)
        {
            if (weight.Rank != 3 || a.Rank < 1 || b.Rank < 1 || a.Shape[-1] != weight.Shape[1]
                || b.Shape[-1] != weight.Shape[2])
                throw new ArgumentException(
                    $"Bilinear: a {a.Shape} and b {b.Shape} do not fit a weight of {weight.Shape}; they must be " +
                    "[..., I], [..., J] and [O, I, J].");
            Tensor y = Tensor.Einsum("...i,oij,...j->...o", a, weight, b);
            return bias is null ? y : y + bias;
        }
    }
}
