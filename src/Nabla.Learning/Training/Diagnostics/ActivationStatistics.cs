namespace Nabla.Learning.Training;

/// <summary>What the results of one operation were like over all passes that were recorded.</summary>
public sealed class ActivationStatistics
{
    private readonly Saturation? saturation;
    private double sum, squares;
    private long zeros, saturated;
    private bool[] alive = [];

    internal ActivationStatistics(string place, string operation, string? module)
    {
        (Place, Operation, Module) = (place, operation, module);
        saturation = Saturation.Of(operation);
    }

    /// <summary>Where: <c>Hidden.Affine</c>, <c>Hidden.Relu</c>, <c>Hidden.Relu#2</c> for a second one.</summary>
    public string Place { get; }

    /// <summary>The operation's name.</summary>
    public string Operation { get; }

    /// <summary>The module that it stands in or after; null before the first.</summary>
    public string? Module { get; }

    /// <summary>How many numbers were seen.</summary>
    public long Count { get; private set; }

    /// <summary>Their mean; NaN if there were none.</summary>
    public double Mean => sum / Count;

    /// <summary>Their standard deviation, √(E[y²] − E[y]²).</summary>
    public double Deviation => Math.Sqrt(Math.Max(0, squares / Count - Mean * Mean));

    /// <summary>The least.</summary>
    public float Least { get; private set; } = float.PositiveInfinity;

    /// <summary>The greatest.</summary>
    public float Most { get; private set; } = float.NegativeInfinity;

    /// <summary>Share of zeros, in [0, 1].</summary>
    public double Zeros => (double)zeros / Count;

    /// <summary>
    /// Share of the results where the derivative is below a tenth of its greatest: |y| &gt; 0.9487 for tanh, y outside
    /// [0.0257, 0.9743] for the sigmoid, y = 0 for ReLU; null for other operations.
    /// </summary>
    public double? Saturated => saturation is null ? null : (double)saturated / Count;

    /// <summary>Units of a ReLU: the size of its last dimension, or of the channels of images [B, C, H, W].</summary>
    public int Units => alive.Length;

    /// <summary>
    /// Units of a ReLU that were 0 for every input: no gradient passes them, so they never learn. Empty for other
    /// operations.
    /// </summary>
    public IReadOnlyList<int> DeadUnits => [.. Enumerable.Range(0, alive.Length).Where(i => !alive[i])];

    internal void Add(ReadOnlySpan<float> numbers, ReadOnlySpan<int> shape)
    {
        foreach (float y in numbers)
        {
            sum += y;
            squares += (double)y * y;
            zeros += y == 0 ? 1 : 0;
            saturated += saturation?.Holds(y) == true ? 1 : 0;
            (Least, Most) = (Math.Min(Least, y), Math.Max(Most, y));
        }
        Count += numbers.Length;
        if (saturation == Saturation.Relu && shape.Length > 0)
            Mark(numbers, shape);
    }

    private void Mark(ReadOnlySpan<float> numbers, ReadOnlySpan<int> shape)
    {
        int dim = shape.Length == 4 ? 1 : shape.Length - 1, inner = 1;
        foreach (int size in shape[(dim + 1)..])
            inner *= size;
        if (alive.Length != shape[dim])
            alive = new bool[shape[dim]];
        for (int i = 0; i < numbers.Length; i++)
            alive[i / inner % alive.Length] |= numbers[i] > 0;
    }

    /// <summary>Results at which an activation hardly has a slope.</summary>
    private sealed record Saturation(float Low, float High)
    {
        public static readonly Saturation Relu = new(0, float.PositiveInfinity);

        private static readonly Saturation Tanh = new(-0.9486833f, 0.9486833f), // 1 − y² = 1/10
            Sigmoid = new(0.0256584f, 0.9743416f); // y(1 − y) = 1/40

        /// <summary>Fused operations end in the activation's name: BiasRelu.</summary>
        public static Saturation? Of(string operation) =>
            operation is "Relu" or "BiasRelu" ? Relu
            : operation is "Tanh" or "BiasTanh" ? Tanh
            : operation is "Sigmoid" or "BiasSigmoid" ? Sigmoid : null;

        public bool Holds(float y) => this == Relu ? y == 0 : y < Low || y > High;
    }
}
