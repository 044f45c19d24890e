namespace Nabla.Formulas.Tests.Parsing;

/// <summary>Formulas as many have written them.</summary>
internal static class Corpus
{
    /// <summary>The formulas, without headings.</summary>
    public static readonly string[] Formulas =
    [
        .. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Data", "corpus.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith("##", StringComparison.Ordinal)),
    ];
}
