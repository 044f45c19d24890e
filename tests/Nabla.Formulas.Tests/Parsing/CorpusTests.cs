namespace Nabla.Formulas.Tests.Parsing;

public sealed class CorpusTests
{
    /// <summary>The formulas of the corpus, without its headings.</summary>
    internal static readonly string[] Formulas =
    [
        .. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Data", "corpus.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith("##", StringComparison.Ordinal)),
    ];

    [Fact]
    public void Every_formula_of_the_corpus_can_be_read()
    {
        Formulas.Length.ShouldBeGreaterThan(400);
        foreach (string formula in Formulas)
            Should.NotThrow(() => Formula.Parse(formula), formula);
    }

    [Fact]
    public void Every_part_lies_within_the_text()
    {
        foreach (string formula in Formulas)
        {
            foreach (var node in Formula.Parse(formula).Tree.All())
                node.Source.End.ShouldBeInRange(0, formula.Length, $"{formula}: {Lisp.Of(node)}");
        }
    }
}
