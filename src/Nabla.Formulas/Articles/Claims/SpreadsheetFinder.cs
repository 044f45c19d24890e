using System.Globalization;
using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>
/// Computes cells of spreadsheets, =1/(1+EXP(-0.5)), and percentages in brackets behind counts; a number nearby that
/// says
/// "about" is a claim of it if it agrees.
/// </summary>
internal static class SpreadsheetFinder
{
    private const int LinesAround = 5;

    public static void Find(CheckContext context)
    {
        for (int i = 0; i < context.Units.Count; i++)
        {
            MappedText line = context.Units[i].Text.Trim();
            if (line.Length is > 2 and < 500 && line.Text[0] == '='
                && line.Text[1] is not ('=' or ' ')
                && ArithmeticParser.Read(line.Text, 1, ArithmeticContext.Plain) is { IsComputed: true } cell
                && cell.End == line.Length && !cell.Value.IsList)
                Cell(line, i, cell.Value.Real, context);
        }
        Shares(context);
    }

    private static void Cell(MappedText line, int place, double value, CheckContext context)
    {
        string shown = value.ToString("0.####", CultureInfo.InvariantCulture);
        for (int i = Math.Max(0, place - LinesAround); i < Math.Min(context.Units.Count, place + LinesAround + 1); i++)
        {
            if (i == place || Mentioned(context.Units[i].Text, value) is not { } said)
                continue;
            context.Add(said.Text, "spreadsheet", said.Number.Text, (shown, Judgement.Of(value, said.Number),
                $"the cell {line.Text} gives {shown}"));
            return;
        }
        context.Add(line, "spreadsheet", "",
            (shown, Verdict.NotCheckable, $"no result is printed; the cell gives {shown}"));
    }

    // A number of the sentence that is the value, if it has two digits at least.
    private static (MappedText Text, PrintedNumber Number)? Mentioned(MappedText line, double value)
    {
        if (line.Length > 1000 || line.Text.StartsWith('='))
            return null;
        for (int at = 0; at < line.Length; at++)
        {
            bool isStart = char.IsAsciiDigit(line.Text[at])
                && (at == 0 || !char.IsLetterOrDigit(line.Text[at - 1]) && line.Text[at - 1] is not ('.' or ','));
            int end = at;
            if (!isStart || PrintedNumber.Read(line.Text, ref end) is not { } number)
                continue;
            if (end < line.Length && line.Text[end] == '%')
            {
                number = number.Scaled(0.01, "%");
                end++;
            }
            bool isTelling = number.Text.Count(char.IsAsciiDigit) >= 2 && number.Unit < 1;
            if (isTelling && Judgement.Of(value, number) is Verdict.Right or Verdict.RightAfterRounding)
                return (line.Slice(at, end - at), number);
            at = end;
        }
        return null;
    }

    // "= 24,576 parameters (only 4%!)": the share of the count before.
    private static void Shares(CheckContext context)
    {
        Claim[] counts = [.. context.Claims.Where(claim => claim.Kind == "arithmetic"
            && claim.Verdict is Verdict.Right && PrintedValue(claim) is >= 1)];
        foreach (TextUnit unit in context.Units)
        {
            int percent = unit.Text.Text.IndexOf('%', StringComparison.Ordinal);
            if (percent < 1)
                continue;
            Claim? last = Array.FindLast(counts, claim => claim.Start >= unit.Text.Place(0)
                && claim.Start < unit.Text.Place(unit.Text.Length));
            Claim? before = Array.FindLast(counts, claim => last is not null && claim.Start < last.Start);
            if (last is null || before is null)
                continue;
            int start = percent;
            while (start > 0 && (char.IsAsciiDigit(unit.Text.Text[start - 1]) || unit.Text.Text[start - 1] == '.'))
                start--;
            int at = start;
            if (PrintedNumber.Read(unit.Text.Text, ref at) is not { } number || at != percent)
                continue;
            double share = PrintedValue(last)!.Value / PrintedValue(before)!.Value;
            Verdict verdict = Judgement.Of(share, number.Scaled(0.01, "%"));
            if (verdict is Verdict.Right or Verdict.RightAfterRounding)
                context.Add(unit.Text.Slice(start, percent + 1 - start), "percentage", number.Text + "%",
                    (Judgement.Show(share * 100, number.Unit / 100) + "%", verdict,
                        $"{last.Printed} of {before.Printed}"));
        }
    }

    private static double? PrintedValue(Claim claim)
    {
        int at = 0;
        return PrintedNumber.Read(claim.Printed, ref at) is { } number && at == claim.Printed.Length ? number.Value
            : null;
    }
}
