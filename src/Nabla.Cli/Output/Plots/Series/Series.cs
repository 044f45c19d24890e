namespace Nabla.Cli.Output.Plots;

/// <summary>Something drawn in a panel; one without a name is not in the legend.</summary>
internal abstract record Series(string Name)
{
    /// <summary>Its place in the palette, 0 to 9; by default its place among the panel's coloured series.</summary>
    public int? Colour { get; init; }

    /// <summary>Points that the axes reach to; a coordinate that is not finite asks for nothing.</summary>
    public abstract IEnumerable<(double X, double Y)> Extent { get; }

    /// <summary>Whether the panel ends where it ends, whatever else is drawn.</summary>
    public virtual bool IsFrame => false;

    /// <summary>Whether it takes a colour of the palette.</summary>
    public virtual bool IsColoured => true;
}
