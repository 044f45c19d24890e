using Nabla.Tensors.Reference;

namespace Nabla.Learning.Optimizers;

/// <summary>
/// The plain mean of the weights at several times late in training, with a high or cyclic rate:
/// θ̄ ← θ̄ + (θ − θ̄)/(n + 1) after n updates. Izmailov et al. 2018, arXiv:1803.05407.
/// </summary>
/// <example><code>
/// var w = new ParameterList(new Parameter(new Tensor([1f])));
/// var average = new StochasticWeightAverage(w);
/// foreach (float value in new[] { 2f, 3f, 7f })
/// {
///     w[0].Values[0] = value;
///     average.Update();
/// }
/// average.CopyToModule();
/// w[0].Item();           // = 4
/// (2 + 3 + 7) / 3.0;     // = 4
/// </code></example>
[Formula("m ← m + (θ − m)/(n + 1)")]
public sealed class StochasticWeightAverage(Module module) : WeightAverage(module)
{
    private protected override float Share(int updates) => 1f / (updates + 1f);
}
