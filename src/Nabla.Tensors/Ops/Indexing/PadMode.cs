namespace Nabla.Tensors.Ops;

/// <summary>What stands beyond the edge of a tensor that is padded; of a, b, c, d.</summary>
public enum PadMode
{
    /// <summary>A constant: 0 0 │ a b c d │ 0 0. Padding may be negative here, which cuts off.</summary>
    Constant,

    /// <summary>Mirrored, without the edge again: c b │ a b c d │ c b. Less than the size.</summary>
    Reflect,

    /// <summary>The edge: a a │ a b c d │ d d.</summary>
    Replicate,

    /// <summary>The other end: c d │ a b c d │ a b. At most the size.</summary>
    Circular,
}
