using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Learning.Losses;

public static partial class Loss
{
    /// <summary>
    /// Which key belongs to a query, among all keys: the mean cross-entropy of softmax(cos(q_i, k_j)/τ) with target i,
    /// from queries and keys [N, D]. Van den Oord et al. 2018, arXiv:1807.03748.
    /// </summary>
    /// <param name="queries">[N, D]; vectors of any length.</param>
    /// <param name="keys">[N, D]; key i belongs to query i.</param>
    /// <param name="temperature">τ, above 0.</param>
    /// <param name="reduction">What becomes of the losses of the queries.</param>
    /// <example><code>
    /// Tensor q = new([1, 0, 0, 1], [2, 2]);
    /// Loss.InfoNce(q, q, temperature: 0.5f).Item();   // = 0.1269
    /// Math.Log(1 + Math.Exp(-1 / 0.5));               // = 0.1269
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// The shapes are no equal matrices, or the temperature not positive.
    /// </exception>
    [Formula("L = −1/n·Σ_i log(exp(q_i·k_i/(‖q_i‖·‖k_i‖·τ))/Σ_j exp(q_i·k_j/(‖q_i‖·‖k_j‖·τ)))")]
    public static Tensor InfoNce(
        Tensor queries, Tensor keys, float temperature = 0.07f, LossReduction reduction = LossReduction.Mean)
    {
        Contrast(nameof(InfoNce), queries, keys, temperature);
        Tensor logits = queries.Normalize().MatMul(keys.Normalize().Transpose(0, 1)) * (1 / temperature);
        return CrossEntropy(
            logits, [.. Enumerable.Range(0, queries.Shape[0])], new CrossEntropyOptions { Reduction = reduction });
    }

    /// <summary>
    /// Which of the 2N − 1 other views shows the same as a view: the mean cross-entropy of softmax(cos(z_i, z_j)/τ)
    /// over all j ≠ i, from two views [N, D] of each of N things. Chen et al. 2020 (SimCLR), arXiv:2002.05709.
    /// </summary>
    /// <param name="first">One view of each, [N, D].</param>
    /// <param name="second">Another view of each, [N, D].</param>
    /// <param name="temperature">τ, above 0.</param>
    /// <param name="reduction">What becomes of the losses of the 2N views.</param>
    /// <example><code>
    /// Tensor z = new([1, 0, 0, 1], [2, 2]);
    /// Loss.NtXent(z, z, temperature: 0.5f).Item();      // = 0.2395
    /// Math.Log(1 + 2 * Math.Exp(-1 / 0.5));             // = 0.2395
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// The shapes are no equal matrices, or the temperature not positive.
    /// </exception>
    [Formula("L = −1/n·Σ_i log(exp(z_i·z_{p_i}/(‖z_i‖·‖z_{p_i}‖·τ))/"
        + "Σ_j 𝟙[j ≠ i]·exp(z_i·z_j/(‖z_i‖·‖z_j‖·τ)))")]
    public static Tensor NtXent(
        Tensor first, Tensor second, float temperature = 0.5f, LossReduction reduction = LossReduction.Mean)
    {
        Contrast(nameof(NtXent), first, second, temperature);
        int n = first.Shape[0];
        Tensor z = Tensor.Concat(0, first, second).Normalize();
        var itself = new bool[4 * n * n];
        for (int i = 0; i < 2 * n; i++)
            itself[i * 2 * n + i] = true;
        Tensor logits = (z.MatMul(z.Transpose(0, 1)) * (1 / temperature)).MaskedFill(itself, float.NegativeInfinity);
        return CrossEntropy(
            logits, [.. Enumerable.Range(0, 2 * n).Select(i => (i + n) % (2 * n))],
            new CrossEntropyOptions { Reduction = reduction });
    }

    private static void Contrast(string loss, Tensor a, Tensor b, float temperature)
    {
        if (a.Rank != 2 || a.Shape != b.Shape)
            throw new ArgumentException($"{loss}: {a.Shape} and {b.Shape} must be equal, [N, D].");
        if (!(temperature > 0 && float.IsFinite(temperature)))
            throw new ArgumentOutOfRangeException(
                nameof(temperature), $"{loss}: temperature = {temperature} must be above 0.");
    }
}
