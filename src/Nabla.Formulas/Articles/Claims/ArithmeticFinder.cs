using System.Buffers;
using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>Finds arithmetic with its result, 768x16 + 16x768 = 24,576, and computes it.</summary>
internal static class ArithmeticFinder
{
    private const int LongestLine = 100_000, LongestSide = 400, MostRelations = 1000;
    private static readonly SearchValues<char> Signs = SearchValues.Create("=≈≃≅");

    public static void Find(CheckContext context)
    {
        var fruitless = new HashSet<string>(StringComparer.Ordinal); // tables and logs repeat their lines
        string? heading = null, lead = null;
        foreach (TextUnit unit in context.Units)
        {
            if (unit.Block.Kind == BlockKind.Heading)
                (heading, lead) = (unit.Text.Text, null);
            else if (unit.Text.Text.AsSpan().TrimEnd() is [.., ':'])
                lead = unit.Text.Text;
            int before = context.Claims.Count;
            if (unit.Text.Length >= LongestLine || fruitless.Contains(unit.Text.Text))
                continue;
            Find(unit, heading + " " + lead, context);
            if (context.Claims.Count == before)
                fruitless.Add(unit.Text.Text);
        }
    }

    private static void Find(TextUnit unit, string above, CheckContext context)
    {
        MappedText line = unit.Text;
        string text = line.Text;
        List<(int Start, int End, bool IsApproximate)> relations = Relations(text);
        for (int i = 0; i < relations.Count && i < MostRelations && context.MayRelate(); i++)
        {
            int from = Math.Max(i > 0 ? relations[i - 1].End : 0, relations[i].Start - LongestSide);
            int to = i + 1 < relations.Count ? relations[i + 1].Start : text.Length;
            var place = new EquationPlace(line, from, relations[i].Start, relations[i].End,
                Math.Min(to, relations[i].End + LongestSide))
            {
                IsApproximate = relations[i].IsApproximate,
                Heading = above,
                ContinuesChain = i > 0,
                Bullet = i == 0 && unit.Block.Kind != BlockKind.Formula && !unit.IsInline ? BulletEnd(text) : 0,
            };
            new EquationCheck(place, context).Run();
        }
    }

    // "- 4 × 5 = 20" in a list is no negative number.
    private static int BulletEnd(string text)
    {
        int at = text.Length - text.AsSpan().TrimStart().Length;
        return at + 1 < text.Length && text[at] is '-' or '–' or '−' or '+' or '*' && text[at + 1] == ' ' ? at + 2 : 0;
    }

    /// <summary>The signs of relations in a text.</summary>
    public static List<(int Start, int End, bool IsApproximate)> Relations(string text)
    {
        List<(int, int, bool)> relations = [];
        for (int i = text.AsSpan().IndexOfAny(Signs); i >= 0 && i < text.Length;)
        {
            bool isEqual = text[i] == '=';
            char before = i > 0 ? text[i - 1] : ' ', after = i + 1 < text.Length ? text[i + 1] : ' ';
            bool isOther = isEqual && (before is '=' or '!' or '<' or '>' or ':' or '+' or '-' or '*' or '/' or '≠'
                || after is '=' or '>');
            if (!isOther)
                relations.Add((before == '~' ? i - 1 : i, i + 1, !isEqual || before == '~' || after == '~'));
            int next = text.AsSpan(i + 1).IndexOfAny(Signs);
            i = next < 0 ? -1 : i + 1 + next;
        }
        return relations;
    }
}
