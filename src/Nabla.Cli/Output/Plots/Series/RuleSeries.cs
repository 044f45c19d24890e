namespace Nabla.Cli.Output.Plots;

/// <summary>A dashed straight line across the panel: a level to compare with.</summary>
internal sealed record RuleSeries(string Name, double At) : Series(Name)
{
    /// <summary>Whether it stands at x instead of lying at y.</summary>
    public bool IsVertical { get; init; }

    public override bool IsColoured => false;

    public override IEnumerable<(double X, double Y)> Extent => [IsVertical ? (At, double.NaN) : (double.NaN, At)];
}
