namespace Nabla.Tensors.Ops;

/// <summary>
/// x̂ = (x − μ)/√(σ² + ε) along the last dimension, and its tangent, in recorded operations: what the tangents of all
/// norms with a mean are made of. With r = 1/√(σ² + ε): dx̂/dt = r·(ẋ − mean(ẋ) − x̂·mean(x̂·ẋ)).
/// </summary>
internal readonly record struct Standardized(Tensor Value, Tensor Tangent)
{
    /// <summary>Of x [..., N] and its tangent.</summary>
    public static Standardized Of(Tensor x, Tensor direction, float epsilon)
    {
        if (x.Count == 0)
            return new Standardized(x, direction);
        Tensor centred = x - x.Mean(-1, keepDim: true);
        Tensor deviation = (centred.Square().Mean(-1, keepDim: true) + epsilon).Sqrt();
        Tensor value = centred / deviation;
        Tensor part = direction - direction.Mean(-1, keepDim: true);
        return new Standardized(value, (part - value * (value * part).Mean(-1, keepDim: true)) / deviation);
    }
}
