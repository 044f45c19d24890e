namespace Nabla.Language.Evaluation;

/// <summary>How a weight may be kept.</summary>
public enum WeightFormat
{
    /// <summary>IEEE single precision, 4 bytes.</summary>
    Float32,

    /// <summary>Its upper half, 2 bytes.</summary>
    BFloat16,

    /// <summary>A whole number and a shared scale, 1 byte.</summary>
    Int8,
}
