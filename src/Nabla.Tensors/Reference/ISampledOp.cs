using Nabla.Numerics;

namespace Nabla.Tensors.Reference;

/// <summary>An op that brings its own test cases; the harness finds it by this interface.</summary>
public interface ISampledOp
{
    /// <summary>
    /// Ops on small inputs, not yet applied. Between them they cover the op's attributes, a size of 1 and, where the
    /// formula allows it, an empty tensor.
    /// </summary>
    static abstract IEnumerable<Op> Samples(Rng rng);
}
