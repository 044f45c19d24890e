namespace Nabla.Cli.Output.Plots;

/// <summary>Where the numbers of an axis are on paper or screen.</summary>
internal sealed class Ruler(Axis axis, (double Low, double High) domain, double start, double end)
{
    public (double Low, double High) Domain => domain;

    public Axis Axis => axis;

    /// <summary>The place where the lowest number is.</summary>
    public double Start => start;

    /// <summary>The place where the highest number is.</summary>
    public double End => end;

    /// <summary>The place of a number; NaN for one that cannot be drawn.</summary>
    public double At(double value)
    {
        if (!Plots.Domain.IsDrawable(value) || (axis.IsLog && value <= 0))
            return double.NaN;
        double share = axis.IsLog
            ? Math.Log(value / domain.Low) / Math.Log(domain.High / domain.Low)
            : (value - domain.Low) / (domain.High - domain.Low);
        // What lies far outside is cut off anyway; renderers stumble over huge coordinates.
        return Math.Clamp(start + (end - start) * share, -1e5, 1e5);
    }

    /// <summary>Where bars begin: at 0, or at the lowest number where there is no 0.</summary>
    public double Base => axis.IsLog ? start : At(Math.Clamp(0, domain.Low, domain.High));

    /// <summary>About <paramref name="most"/> round numbers, with smaller ticks between those of a logarithm.</summary>
    public IReadOnlyList<Tick> Ticks(int most)
    {
        if (axis.Categories is { } names)
            return Plots.Ticks.OfNames(names, most);
        return axis.IsLog ? Plots.Ticks.Log(domain.Low, domain.High, most)
            : Plots.Ticks.Linear(domain.Low, domain.High, most);
    }
}
