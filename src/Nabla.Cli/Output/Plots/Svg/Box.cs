namespace Nabla.Cli.Output.Plots;

/// <summary>A rectangle on paper; y grows downwards.</summary>
internal readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;

    public double Height => Bottom - Top;
}
