namespace Nabla.Tensors.Ops;

/// <summary>Probabilities that prefer small numbers.</summary>
public static class SoftminExtensions
{
    extension(Tensor x)
    {
        /// <summary>Softmin: y_i = e^(−x_i) / Σ_j e^(−x_j) along <paramref name="dim"/>.</summary>
        /// <exception cref="ArgumentException">There is no such dimension.</exception>
        /// <example><code>
        /// new Tensor([0f, 1f]).Softmin();   // = [0.7311, 0.2689]
        /// 1 / (1 + Math.Exp(-1));   // = 0.7311
        /// </code></example>
        public Tensor Softmin(int dim = -1) => (-x).Softmax(dim);
    }
}
