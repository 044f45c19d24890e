namespace Nabla.Formulas.Tests.Parsing;

public sealed class CorpusTests
{
    [Fact]
    public void Every_formula_of_the_corpus_can_be_read()
    {
        Corpus.Formulas.Length.ShouldBeGreaterThan(400);
        foreach (string formula in Corpus.Formulas)
            Should.NotThrow(() => Formula.Parse(formula), formula);
    }

    [Fact]
    public void Every_part_lies_within_the_text()
    {
        foreach (string formula in Corpus.Formulas)
        {
            foreach (var node in Formula.Parse(formula).Tree.All())
                node.Source.End.ShouldBeInRange(0, formula.Length, $"{formula}: {Lisp.Of(node)}");
        }
    }
}
