using Nabla.Numerics;

namespace Nabla.Tensors.Ops;

/// <summary>Constants with the shape of another tensor.</summary>
public static class LikesExtensions
{
    extension(Tensor x)
    {
        /// <summary>All zeros, of x's shape.</summary>
        /// <example><code>
        /// new Tensor([1f, 2f]).ZerosLike();   // = [0, 0]
        /// </code></example>
        public Tensor ZerosLike() => Tensor.Zeros(x.Shape);

        /// <summary>All ones, of x's shape.</summary>
        /// <example><code>
        /// new Tensor([3f, 2f]).OnesLike();   // = [1, 1]
        /// </code></example>
        public Tensor OnesLike() => Tensor.Ones(x.Shape);

        /// <summary>Every element the same, of x's shape.</summary>
        /// <example><code>
        /// new Tensor([3f, 2f]).FullLike(7);   // = [7, 7]
        /// </code></example>
        public Tensor FullLike(float value) => Tensor.Full(x.Shape, value);

        /// <summary>Independent samples of N(0, 1), of x's shape.</summary>
        /// <example><code>
        /// new Tensor([3f, 2f]).RandnLike(new Rng(1)).Shape;   // = [2]
        /// </code></example>
        public Tensor RandnLike(Rng rng) => Tensor.Randn(x.Shape, rng);
    }
}
