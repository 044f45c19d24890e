using System.Buffers;
using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>Finds arithmetic with its result, 768x16 + 16x768 = 24,576, and computes it.</summary>
internal static class ArithmeticFinder
{
    private const int LongestLine = 100_000, LongestSide = 400, MostRelations = 1000, LinesAround = 3;
    private static readonly SearchValues<char> Signs = SearchValues.Create("=≈≃≅");

    public static void Find(CheckContext context)
    {
        var fruitless = new HashSet<string>(StringComparer.Ordinal); // tables and logs repeat their lines
        string? heading = null, lead = null;
        for (int i = 0; i < context.Units.Count; i++)
        {
            TextUnit unit = context.Units[i];
            if (unit.Block.Kind == BlockKind.Heading)
                (heading, lead) = (unit.Text.Text, null);
            else if (unit.Text.Text.AsSpan().TrimEnd() is [.., ':'])
                lead = unit.Text.Text;
            int before = context.Claims.Count;
            if (unit.Text.Length >= LongestLine || fruitless.Contains(unit.Text.Text))
                continue;
            Find(i, heading + " " + lead, context);
            if (context.Claims.Count == before)
                fruitless.Add(unit.Text.Text);
        }
    }

    private static void Find(int index, string above, CheckContext context)
    {
        TextUnit unit = context.Units[index];
        List<(int Start, int End, bool IsApproximate)> relations = Relations(unit.Text.Text);
        bool hasBullet = unit.Block.Kind != BlockKind.Formula && !unit.IsInline;
        for (int i = 0; i < relations.Count && i < MostRelations && context.MayRelate(); i++)
        {
            int sign = relations[i].Start;
            EquationPlace place = Place(unit.Text, relations, i) with
            {
                Heading = above,
                Bullet = i == 0 && hasBullet ? BulletEnd(unit.Text.Text) : 0,
                InParagraph = () => InParagraph(index, sign, context) is { } whole
                    ? whole with { Heading = above } : null,
            };
            new EquationCheck(place, context).Run();
        }
    }

    private static EquationPlace Place(
        MappedText line, List<(int Start, int End, bool IsApproximate)> relations, int i)
    {
        int from = Math.Max(i > 0 ? relations[i - 1].End : 0, relations[i].Start - LongestSide);
        int to = i + 1 < relations.Count ? relations[i + 1].Start : line.Length;
        return new(line, from, relations[i].Start, relations[i].End, Math.Min(to, relations[i].End + LongestSide))
        {
            IsApproximate = relations[i].IsApproximate,
            ContinuesChain = i > 0,
        };
    }

    // The lines around a line that a sentence may run through, as one line.
    private static EquationPlace? InParagraph(int index, int sign, CheckContext context)
    {
        int at = Math.Min(index, LinesAround), first = at, last = at;
        TextUnit[] lines = [.. context.Units.Skip(index - at).Take(at + 1 + LinesAround)];
        bool AreOfOne(int line) => LineEnds.AreOfOneParagraph(lines[line], lines[line + 1], context.Article.Source);

        while (first > 0 && AreOfOne(first - 1))
            first--;
        while (last + 1 < lines.Length && AreOfOne(last))
            last++;
        lines = lines[first..(last + 1)];
        int width = lines.Max(line => line.Text.Length);
        string? Joint(int line) => LineEnds.Joint(lines[line], lines[line + 1], width, context.Article.Source);

        at -= first;
        (first, last) = (at, at);
        while (first > 0 && Joint(first - 1) is not null)
            first--;
        while (last + 1 < lines.Length && Joint(last) is not null)
            last++;
        if (first == last)
            return null;
        var text = new MappedText.Builder();
        for (int i = first; i <= last; i++)
        {
            text.Add(i == first ? "" : Joint(i - 1)!, lines[i].Text.Place(0));
            sign += i == at ? text.Length : 0;
            text.Add(lines[i].Text);
        }
        MappedText whole = text.Take();
        List<(int Start, int End, bool IsApproximate)> relations = Relations(whole.Text);
        int place = relations.FindIndex(relation => relation.Start == sign);
        bool holdsMarks = Enumerable.Range(first, last - first)
            .Any(line => LineEnds.IsMark(lines[line + 1], Joint(line)!));
        return place < 0 ? null : Place(whole, relations, place) with { HoldsMarks = holdsMarks };
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
