using Nabla.Tensors;

namespace Nabla.Learning.Losses;

/// <summary>Settings of a loss of scores for classes.</summary>
public record ClassLossOptions
{
    /// <summary>How much each class counts, [V]; a constant. Equally, if not given.</summary>
    public Tensor? ClassWeights { get; init; }

    /// <summary>A target that means that the row does not count.</summary>
    public int IgnoreIndex { get; init; } = -1;

    /// <summary>What becomes of the losses of the rows; their mean is weighted by the classes' weights.</summary>
    public LossReduction Reduction { get; init; }
}

/// <summary>Settings of cross-entropy.</summary>
public sealed record CrossEntropyOptions : ClassLossOptions
{
    /// <summary>
    /// ε in [0, 1]: the target is mixed with the uniform distribution, (1 − ε)·onehot + ε/V. Szegedy et al. 2016,
    /// arXiv:1512.00567.
    /// </summary>
    public float LabelSmoothing { get; init; }

    internal float ValidSmoothing => LabelSmoothing is >= 0 and <= 1
        ? LabelSmoothing
        : throw new ArgumentException($"CrossEntropy: LabelSmoothing = {LabelSmoothing} must be in [0, 1].");
}
