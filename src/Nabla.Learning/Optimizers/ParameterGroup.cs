namespace Nabla.Learning.Optimizers;

/// <summary>
/// Parameters that an optimizer treats in their own way. Of an optimizer's groups the first that contains a parameter
/// counts; a parameter in none has the optimizer's settings.
/// </summary>
/// <param name="Contains">Which parameters belong to it, by path, shape or rank.</param>
/// <example><code>
/// var w = new ParameterList(new Parameter(new Tensor([1f])), new Parameter(new Tensor([1f])));
/// var slow = new ParameterGroup(named => named.Path == "Items.1") { RateFactor = 0.1f };
/// new Sgd(w, new() { LearningRate = 0.5f }) { Groups = [slow] }.Minimize(w[0].Sum() + w[1].Sum());
/// w[0].Item();       // = 0.5
/// w[1].Item();       // = 0.95
/// 1 - 0.1 * 0.5;     // = 0.95
/// </code></example>
public sealed record ParameterGroup(Predicate<NamedParameter> Contains)
{
    internal static ParameterGroup Others { get; } = new(static _ => true);

    /// <summary>No weight decay for biases and the scales of norms: for every parameter of rank 0 or 1.</summary>
    public static ParameterGroup VectorsWithoutDecay { get; } =
        new(static named => named.Parameter.Rank < 2) { WeightDecay = 0 };

    /// <summary>What the learning rate is multiplied by, 0 or more; a schedule goes on working.</summary>
    public float RateFactor
    {
        get;
        init => field = Require.NotNegative(value, nameof(ParameterGroup), nameof(RateFactor));
    } = 1;

    /// <summary>λ, instead of the optimizer's own; null keeps that.</summary>
    public float? WeightDecay
    {
        get;
        init => field = value is { } decay
            ? Require.NotNegative(decay, nameof(ParameterGroup), nameof(WeightDecay)) : null;
    }
}
