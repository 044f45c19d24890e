namespace Nabla.Learning.Schedules;

/// <summary>A way from a first rate to a last one, which is then kept.</summary>
public abstract record ScheduleBetween : Schedule
{
    private protected ScheduleBetween(double first, double last, int steps) =>
        (First, Last, Steps) = (first, last, steps);

    /// <summary>η₀, the rate at step 0, 0 or more.</summary>
    public double First { get; init => field = Require.NotNegative(value, GetType().Name, nameof(First)); }

    /// <summary>η₁, the rate from step <see cref="Steps"/> on, 0 or more.</summary>
    public double Last { get; init => field = Require.NotNegative(value, GetType().Name, nameof(Last)); }

    /// <summary>n, the steps of the way, 1 or more.</summary>
    public int Steps { get; init => field = Require.Positive(value, GetType().Name, nameof(Steps)); }

    /// <inheritdoc/>
    public sealed override double At(int step) => Between(Math.Clamp((double)step / Steps, 0, 1));

    /// <summary>The rate where the share <paramref name="p"/> of the way is done, in [0, 1].</summary>
    protected abstract double Between(double p);

    /// <summary>Half a cosine from the first rate to the last.</summary>
    internal static double Cosine(double first, double last, double p) =>
        last + 0.5 * (first - last) * (1 + Math.Cos(Math.PI * p));

    /// <summary>A straight line from the first rate to the last.</summary>
    internal static double Line(double first, double last, double p) => first + (last - first) * p;
}
