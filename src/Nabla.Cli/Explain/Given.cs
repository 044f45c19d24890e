namespace Nabla.Cli.Explain;

/// <summary>One kind of thing that <c>nabla explain</c> can be given.</summary>
internal interface IGivenReader
{
    /// <summary>
    /// Explains the text if it is of this kind; returns the exit code, or null where it is something else.
    /// </summary>
    int? TryExplain(Session session, string text, ExplainOptions options);
}

/// <summary>
/// The kinds of things that can be explained, the most particular first; the last one takes every text.
/// </summary>
internal static class Given
{
    private static readonly IGivenReader[] Readers =
        [new FileGiven(), new ConfigurationGiven(), new NameGiven(), new FormulaGiven()];

    /// <summary>Explains a text, whatever it is; returns the exit code.</summary>
    public static int Explain(Session session, string text, ExplainOptions options)
    {
        foreach (IGivenReader reader in Readers)
            if (reader.TryExplain(session, text, options) is { } exitCode)
                return exitCode;
        throw new UsageException("This is nothing that can be explained.");
    }
}
