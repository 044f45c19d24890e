namespace Nabla.Cli.Output;

/// <summary>How large the terminal is just now; a window can change.</summary>
internal sealed record TerminalSize(Func<int> Columns, Func<int> Rows)
{
    public static TerminalSize OfThisProcess { get; } = new(
        () => AtLeast(Read(() => Console.WindowWidth), 80), () => AtLeast(Read(() => Console.WindowHeight), 24));

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
