using Nabla.Tensors.Reference;

namespace Nabla.Learning.Optimizers;

/// <summary>
/// A mean of the weights that forgets: θ̄ ← dθ̄ + (1 − d)θ; it begins with the weights as they are. Polyak and Juditsky
/// 1992; with warm-up d is at most (1 + n)/(10 + n) after n updates, so that the beginning is soon forgotten.
/// </summary>
/// <example><code>
/// var w = new ParameterList(new Parameter(new Tensor([1f])));
/// var average = new ExponentialMovingAverage(w, decay: 0.75f);
/// w[0].Values[0] = 3;
/// average.Update();
/// using var use = average.Use();
/// w[0].Item();           // = 1.5
/// 0.75 * 1 + 0.25 * 3;   // = 1.5
/// </code></example>
[Formula("m ← d·m + (1 − d)·θ")]
public sealed class ExponentialMovingAverage : WeightAverage
{
    private readonly float decay;
    private readonly bool warmup;

    /// <summary>A mean of all trainable parameters of <paramref name="module"/>.</summary>
    /// <param name="module">Whose weights.</param>
    /// <param name="decay">d, in [0, 1).</param>
    /// <param name="warmup">Whether d rises to its value.</param>
    /// <exception cref="ArgumentOutOfRangeException">The decay is not in [0, 1).</exception>
    public ExponentialMovingAverage(Module module, float decay = 0.999f, bool warmup = false) : base(module)
    {
        new Setting(nameof(ExponentialMovingAverage)).Share(decay);
        (this.decay, this.warmup) = (decay, warmup);
    }

    private protected override float Share(int updates) =>
        1 - (warmup ? MathF.Min(decay, (1f + updates) / (10f + updates)) : decay);
}
