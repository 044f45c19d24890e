using Nabla.Cli.Output.Plots;
using Nabla.Language.Generation;

namespace Nabla.Cli.Output;

/// <summary>The probabilities of the next token as bars.</summary>
internal static class TokenBars
{
    private const int ProbabilityWidth = 7;

    public static IEnumerable<InkedLine> Draw(IReadOnlyList<NextToken> tokens, int width)
    {
        int name = Math.Clamp(tokens.Max(token => Printable.Token(token.Text).Length), 3, 16);
        int bar = Math.Max(8, width - name - ProbabilityWidth - 6);
        foreach (NextToken token in tokens)
            yield return Row(token, name).Add(Bars.Bar(token.Probability, bar), Ink.Model);
    }

    /// <summary>Two lists side by side: what an untrained model expects, and a trained one.</summary>
    public static IEnumerable<InkedLine> DrawBeforeAndAfter(
        IReadOnlyList<NextToken> before, IReadOnlyList<NextToken> after, int width)
    {
        int half = Math.Min(44, (width - 2) / 2);
        yield return new InkedLine("  before training", Ink.Dim).PadTo(half).Add("  after", Ink.Dim);
        List<InkedLine> left = [.. Draw(before, half)], right = [.. Draw(after, half)];
        for (int i = 0; i < Math.Max(left.Count, right.Count); i++)
        {
            InkedLine line = i < left.Count ? left[i] : new InkedLine();
            yield return line.PadTo(half).Add(i < right.Count ? right[i] : new InkedLine());
        }
    }

    /// <summary>The same for a file.</summary>
    public static Figure Figure(string before, IReadOnlyList<NextToken> tokens)
    {
        string after = before.Length == 0 ? "at the beginning" : $"after “{Printable.OneLine(before, 60)}”";
        return new Figure($"What the model expects {after}", new Panel(
            new BarSeries("", [.. tokens.Select(token => (double)token.Probability)]))
        {
            X = new Axis("probability"),
            Y = new Axis { Categories = [.. tokens.Select(token => Printable.Token(token.Text))] },
        });
    }

    private static InkedLine Row(NextToken token, int name)
    {
        string shown = Printable.Token(token.Text);
        if (shown.Length > name)
            shown = shown[..(name - 1)] + "…";
        return new InkedLine("  ").Add(shown).PadTo(2 + name)
            .Add(Amounts.Percent(token.Probability).PadLeft(ProbabilityWidth + 1), Ink.Dim).Add(" ");
    }
}
