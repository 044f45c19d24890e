namespace Nabla.Cli.Output;

/// <summary>A terminal: how large it is just now, for a window can change, and what it understands.</summary>
internal sealed record Terminal(Func<int> Columns, Func<int> Rows)
{
    /// <summary>Whether to write in colours.</summary>
    public bool HasColours { get; init; } = true;

    /// <summary>Whether what stands there can be drawn anew.</summary>
    public bool CanRedraw { get; init; } = true;

    /// <summary>The terminal that this process writes to.</summary>
    /// <param name="kind">The environment's TERM: what it understands.</param>
    /// <param name="noColour">The environment's NO_COLOR: not empty where colours are unwanted (no-color.org).</param>
    public static Terminal OfThisProcess(string? kind, string? noColour)
    {
        bool escapes = kind is not ("dumb" or "");
        return new Terminal(
            () => AtLeast(Read(() => Console.WindowWidth), 80), () => AtLeast(Read(() => Console.WindowHeight), 24))
        {
            HasColours = escapes && string.IsNullOrEmpty(noColour),
            CanRedraw = escapes,
        };
    }

    private static int AtLeast(int value, int otherwise) => value > 0 ? value : otherwise;

    private static int Read(Func<int> size)
    {
        try
        {
            return size();
        }
        catch (IOException) // a terminal that does not say
        {
            return 0;
        }
    }
}
