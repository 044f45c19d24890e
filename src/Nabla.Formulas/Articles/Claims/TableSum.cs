using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>Numbers of a table and the cell that is said to be their sum.</summary>
/// <param name="Cell">The cell of the total.</param>
/// <param name="Shown">What the numbers add up to.</param>
/// <param name="Verdict">Whether that is what the cell says.</param>
/// <param name="Doubt">Why a difference may be meant, or null.</param>
internal sealed record TableSum(MappedText Cell, string Shown, Verdict Verdict, string? Doubt)
{
    private const int MostSubsets = 14;

    /// <summary>The sum, or null where the cells are no numbers.</summary>
    public static TableSum? Of(IReadOnlyList<MappedText> cells, MappedText total)
    {
        MappedText[] shown = [.. cells.SkipWhile(cell => Read(cell.Text) is null)]; // a second row of heads
        PrintedNumber?[] read = [.. shown.Select(cell => Read(cell.Text))];
        if (Read(total.Text) is not { } said || read.Length < 2 || Array.Exists(read, number => number is null))
            return null;
        PrintedNumber[] numbers = [.. read.OfType<PrintedNumber>()];
        double sum = numbers.Sum(number => number.Value), slack = numbers.Sum(SlackOf);
        bool isExact = slack == 0 && said.Unit <= numbers.Min(number => number.Unit);
        Verdict verdict = Judgement.Of(sum, said);
        if (verdict == Verdict.Wrong && !isExact && Math.Abs(sum - said.Value) <= (slack + said.Unit / 2) * (1 + 1e-9))
            verdict = Verdict.RightAfterRounding;
        string text = Judgement.Show(sum / said.Factor, said.Unit / said.Factor) + said.Suffix;
        return new TableSum(total, text, verdict, verdict == Verdict.Wrong ? Why(numbers, said, slack) : null);
    }

    private static double SlackOf(PrintedNumber number) => number.Unit >= 1 && number.Factor == 1 ? 0 : number.Unit / 2;

    // Numbers that are parts of others, a mean, or a largest one.
    private static string? Why(PrintedNumber[] numbers, PrintedNumber said, double slack)
    {
        if (Array.Exists(numbers, number => number.Value < 0) || said.Value <= numbers.Max(number => number.Value))
            return "it may be no sum";
        if (numbers.Length > MostSubsets)
            return null;
        for (int subset = 1; subset < 1 << numbers.Length; subset++)
        {
            double sum = 0;
            for (int i = 0; i < numbers.Length; i++)
                sum += (subset >> i & 1) * numbers[i].Value;
            if (Math.Abs(sum - said.Value) <= slack + said.Unit / 2)
                return "some of the numbers add up to it, and the others may be parts of them";
        }
        return null;
    }

    // A number and nothing else: 1,536, 38.6M, 25%.
    private static PrintedNumber? Read(string cell)
    {
        string text = cell.Trim().Trim('*', '`', ' ');
        int at = 0;
        if (PrintedNumber.Read(text, ref at) is not { } number)
            return null;
        if (at < text.Length && text[at] == '%')
        {
            number = number.Scaled(0.01, "%");
            at++;
        }
        else if (at < text.Length && Scales.Letter(text, at) is { } factor)
        {
            number = number.InScale(factor, text[at].ToString());
            at++;
        }
        return at == text.Length ? number : null;
    }
}
