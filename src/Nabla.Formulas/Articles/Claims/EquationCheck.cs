using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>Checks the two sides of one relation sign.</summary>
internal sealed partial class EquationCheck(EquationPlace place, CheckContext context)
{
    private readonly EquationPlace behindBullet =
        place.Bullet > place.From ? place with { From = place.Bullet } : place;

    private static readonly double[] LogBases = [Math.E, 10, 2];
    private static readonly double[] UnitFactors =
        [1e3, 1e6, 1e9, 1e12, 1024, 1048576, 1073741824, 100, 0.01, 1e-3, 60, 3600];

    private static readonly SearchValues<char> Scripts = SearchValues.Create("⁰¹²³⁴⁵⁶⁷⁸⁹");

    private readonly string text = place.Line.Text;

    public void Run()
    {
        EquationCheck asked = this;
        Decision? found = Decide();
        if (found is { Verdict: Verdict.Wrong } && place.InParagraph?.Invoke() is { } whole)
        {
            asked = new EquationCheck(whole, context) { Given = Given };
            Decision? said = asked.Decide();
            bool isLonger = said is not null && (asked.Trimmed(said.Left) != Trimmed(found.Left)
                || asked.Trimmed(said.Right) != Trimmed(found.Right));
            found = isLonger && whole.HoldsMarks ? null : said;
        }
        if (found is not null)
            asked.Report(found.Left, found.Right, found.Verdict, (found.Shown, found.Why));
    }

    // What is found of both sides; null where they are no equation.
    private Decision? Decide()
    {
        EquationSide left = Left(behindBullet, Plain(Math.E)), right = Right(Plain(Math.E));
        if (left.Value is null || right.Value is null || !left.IsComputed && !right.IsComputed)
            return null;
        if (!left.IsComputed && (Given is not null || left.IsNumberOfThing(text)
            || !(place.ContinuesChain || left.StartsPhrase)))
            return null;
        if (!right.Ends || left.Value.IsList != right.Value.IsList || AreSizes(left, right))
            return null;
        (Verdict verdict, string shown) = Compare(left, right);
        if (verdict == Verdict.Wrong && Alternatives(left, right) is { } other)
            (verdict, shown) = other;
        string why = verdict is Verdict.Right or Verdict.RightAfterRounding ? LogBase(verdict, shown) : "";
        if (verdict == Verdict.Wrong && HasOtherReading(right))
            (verdict, why) = (Verdict.NotCheckable, "it can be read in two ways, and one of them gives it");
        if (Given is not null && (verdict == Verdict.NotCheckable || verdict == Verdict.Wrong && !Given.IsCertain))
            return null;
        if (verdict == Verdict.Wrong && Judge(left, right) is { } found)
            (verdict, shown, why) = (found.Verdict, found.Shown ?? shown, found.Why);
        return new Decision(left, right, verdict, shown, why);
    }

    private sealed record Decision(EquationSide Left, EquationSide Right, Verdict Verdict, string Shown, string Why);

    // (2×3)(3×4) = (2×4): of matrices, no products.
    private bool AreSizes(EquationSide left, EquationSide right) =>
        Sizes().IsMatch(Trimmed(right)) && (Sizes().Count(Trimmed(left)) > 0 || BareSizes().IsMatch(Trimmed(left)))
        && left.IsComputed && right.IsComputed;

    // What a difference means: a size or a time with its unit, numbers that were rounded before, or an error.
    private Ruling? Judge(EquationSide left, EquationSide right)
    {
        Ruling? ruling = Printed(left, right) is { } printed && right.Value!.Printed is not null
            ? Units.Judge(left.Value!, printed, right) : null;
        if (ruling is { Verdict: not Verdict.Wrong })
            return ruling;
        if (ruling is null && (Doubt(left, right) ?? Flattened(left, right)) is { } doubt)
            return new Ruling(Verdict.NotCheckable, doubt);
        if (place.IsApproximate && (IsPowerOfTen(left) || IsPowerOfTen(right)) && IsSameMagnitude(left, right))
            return new Ruling(Verdict.NotCheckable, "about a power of ten: only the order of magnitude is said");
        if (IsNearSizes(left, right))
            return new Ruling(Verdict.NotCheckable, "sizes are whole, and how they were rounded is not said");
        if (ManualNotation.Doubt(Trimmed(left), Trimmed(right), left.Value!, right.Value!) is { } custom)
            return new Ruling(Verdict.NotCheckable, custom);
        if (Otherwise(left, right) is { } other)
            return new Ruling(Verdict.NotCheckable, other);
        if (Meanings.Falsehood(text, left.Start, right.End) is { } suspicion)
            return new Ruling(Verdict.NotCheckable, suspicion);
        if (!left.Value!.IsList && (IsWithinRounding(Math.E)
            || HasLogarithm(left, right) && LogBases.Skip(1).Any(IsWithinRounding)))
            return new Ruling(Verdict.NotCheckable, "the difference is within the rounding of the numbers in it");
        return ruling;
    }

    // 2^10 = 1024 ≈ 10^3
    private bool IsPowerOfTen(EquationSide side) => PowerOfTen().IsMatch(Trimmed(side));

    private static bool IsSameMagnitude(EquationSide left, EquationSide right) => !left.Value!.IsList
        && Math.Abs(Math.Log10(left.Value.Real / right.Value!.Real)) < 0.5;

    private bool IsWithinRounding(double logBase)
    {
        ArithmeticContext rounded = Plain(logBase) with
        {
            Rounded = number => number.LooksRounded ? number.Unit / 2 : context.SlackOf(number),
        };
        EquationSide a = Left(behindBullet, rounded), b = Right(rounded);
        if (a.Value is null || b.Value is null || a.Value.IsList || b.Value.IsList)
            return false;
        double slack = a.IsComputed ? a.Value.Slack : 0, unit = Printed(a, b)?.Unit / 2 ?? 0;
        slack += b.IsComputed || unit == 0 ? b.Value.Slack : 0;
        return slack > 0 && Math.Abs(a.Value.Real - b.Value.Real) <= (slack + unit) * (1 + 1e-9);
    }

    /// <summary>What names in the equation stand for, where that is said beside it.</summary>
    public GivenValues? Given { get; init; }

    private EquationSide Left(EquationPlace where, ArithmeticContext rules) => EquationSide.Left(text, where,
        Given is null ? rules : rules with { IsAlgebra = true, Variables = Given.Values });

    // A name directly behind a number is more often the next word.
    private EquationSide Right(ArithmeticContext rules)
    {
        EquationSide plain = EquationSide.Right(text, place, rules);
        return plain.Value is not null || Given is null ? plain
            : EquationSide.Right(text, place, rules with { IsAlgebra = true, Variables = Given.Values });
    }

    private ArithmeticContext Plain(double logBase, bool isEuropean = false) => new()
    {
        LogBase = logBase,
        IsEuropean = isEuropean,
        Functions = context.Functions.Table,
        Redefined = context.Functions.Redefined,
        Rounded = context.SlackOf,
    };

    private void Report(EquationSide left, EquationSide right, Verdict verdict, (string Shown, string Why) found)
    {
        MappedText all = place.Line.Slice(left.Start, right.End - left.Start);
        string printed = PrintedText(left, right);
        string why = found.Why.Length > 0 ? found.Why : Reason(verdict, left, right, found.Shown);
        context.Add(all, Given is null ? "arithmetic" : "given values", printed, (found.Shown, verdict, why));
        if (verdict == Verdict.RightAfterRounding && Printed(left, right) is { } rounded)
            context.AddRounded(rounded);
    }

    private string Reason(Verdict verdict, EquationSide left, EquationSide right, string shown)
    {
        string computed = Trimmed(left.IsComputed ? left : right);
        return verdict switch
        {
            Verdict.Right => $"{computed} is {shown}",
            Verdict.RightAfterRounding => $"{computed} is {shown}, {HowRounded(left, right)}",
            _ => $"{computed} is {shown}, not {PrintedText(left, right)}",
        };
    }

    private string HowRounded(EquationSide left, EquationSide right) => Judgement.HowRounded(
        (right.Value!.Printed is null ? right : left).Value!.Real, Printed(left, right));

    private string Trimmed(EquationSide side) => text[side.Start..side.End].Trim();

    private string PrintedText(EquationSide left, EquationSide right) =>
        Printed(left, right)?.Text ?? Trimmed(right.IsComputed && !left.IsComputed ? left : right);

    private PrintedNumber? Printed(EquationSide left, EquationSide right)
    {
        PrintedNumber? printed = right.Value!.Printed ?? (left.IsComputed ? null : left.Value!.Printed);
        return printed is not null && (place.IsApproximate || right.IsApproximate)
            ? printed with { IsApproximate = true } : printed;
    }

    private (Verdict, string) Compare(EquationSide left, EquationSide right)
    {
        if (left.Value!.Items is { } a)
            return CompareLists(a, right.Value!.Items!);
        if (Printed(left, right) is not { } printed)
            return CompareComputed(left.Value!, right.Value!);
        Quantity actual = right.Value!.Printed is null ? right.Value! : left.Value!;
        string shown = actual.Whole is { } whole && printed.Scale == 1
            ? whole.ToString("N0", CultureInfo.InvariantCulture)
            : Judgement.Show(actual.Real / printed.Factor, printed.Unit / printed.Factor);
        if (actual.Whole is not null && BigInteger.Abs(actual.Whole.Value) < 10_000 && printed.Scale == 1)
            shown = actual.Whole.Value.ToString(CultureInfo.InvariantCulture);
        Verdict verdict = actual.Whole is { } exact ? Judgement.Of(exact, printed) : Judgement.Of(actual.Real, printed);
        if (verdict == Verdict.Wrong && Math.Abs(actual.Real - printed.Value) <= actual.Slack + printed.Unit / 2)
            verdict = Verdict.RightAfterRounding;
        if (verdict == Verdict.RightAfterRounding)
            shown = Judgement.Show(actual.Real / printed.Factor, printed.Unit / printed.Factor / 100);
        else if (verdict == Verdict.Wrong && actual.Whole is null)
            shown = Judgement.ShowTrue(actual.Real / printed.Factor, printed.Unit / printed.Factor);
        return (verdict, shown + printed.Suffix);
    }

    private static (Verdict, string) CompareComputed(Quantity left, Quantity right)
    {
        string shown = left.Whole?.ToString(CultureInfo.InvariantCulture)
            ?? left.Real.ToString("0.######", CultureInfo.InvariantCulture);
        double off = Math.Abs(left.Real - right.Real), size = Math.Max(Math.Abs(left.Real), Math.Abs(right.Real));
        if (off <= 1e-11 * size)
            return (Verdict.Right, shown);
        return (off > 0.02 * size + left.Slack + right.Slack ? Verdict.Wrong : Verdict.NotCheckable, shown);
    }

    private (Verdict, string) CompareLists(IReadOnlyList<Quantity> left, IReadOnlyList<Quantity> right)
    {
        if (left.Count != right.Count || right.Any(item => item.Printed is null) || left.Any(item => item.IsList))
            return (Verdict.NotCheckable, "");
        Verdict worst = Judgement.Worst(left.Zip(right, (a, b) => Judgement.Of(a.Real,
            b.Printed! with { IsApproximate = place.IsApproximate })));
        string shown = $"[{string.Join(", ", left.Zip(right, (a, b) => Judgement.Show(a.Real, b.Printed!)))}]";
        return (worst, shown);
    }

    // A logarithm has several bases, a comma two meanings, a unit several sizes.
    private (Verdict, string)? Alternatives(EquationSide left, EquationSide right)
    {
        List<ArithmeticContext> contexts =
            [Plain(Math.E, isEuropean: true), Plain(Math.E) with { SplitsPowersOfTen = true }];
        if (HasLogarithm(left, right))
            contexts.AddRange(LogBases.Skip(1).Select(logBase => Plain(logBase)));
        if (behindBullet != place)
            contexts.Add(Plain(Math.E));
        if (Angle().IsMatch(text.AsSpan(left.Start, right.End - left.Start)))
            contexts.Add(Plain(Math.E) with { InDegrees = true });
        foreach (ArithmeticContext alternative in contexts)
        {
            EquationSide a = Left(place, alternative), b = Right(alternative);
            if (a.Value is null || b.Value is null || a.Value.IsList != b.Value.IsList || !a.IsComputed
                && !b.IsComputed)
                continue;
            (Verdict verdict, string shown) = Compare(a, b);
            if (verdict is Verdict.Right or Verdict.RightAfterRounding)
                return (verdict, shown);
        }
        if (left.Value!.IsList || Printed(left, right) is not { } printed)
            return null;
        double actual = right.Value!.Printed is null ? right.Value!.Real : left.Value!.Real;
        foreach (double factor in right.HasUnit || right.IsInWords || printed.Text[^1] == '%' ? UnitFactors : [])
            if (Judgement.Of(actual / factor, printed) is var verdict and not Verdict.Wrong)
                return (verdict, Judgement.Show(actual / factor, printed));
        return null;
    }

    private bool HasLogarithm(EquationSide left, EquationSide right) =>
        text.AsSpan(left.Start, right.End - left.Start).Contains("log", StringComparison.OrdinalIgnoreCase);

    // A logarithm without a base has the one that fits; empty where there is none.
    private string LogBase(Verdict verdict, string shown)
    {
        if (!text.AsSpan(place.From, place.To - place.From).Contains("log", StringComparison.OrdinalIgnoreCase))
            return "";
        double? natural = null;
        foreach (double logBase in LogBases)
        {
            EquationSide a = Left(behindBullet, Plain(logBase)), b = Right(Plain(logBase));
            if (a.Value is not { IsList: false } || b.Value is not { IsList: false })
                return "";
            double value = a.IsComputed ? a.Value.Real : b.Value.Real;
            if (natural == value)
                return ""; // its base is written
            natural ??= value;
            if (Compare(a, b).Item1 is Verdict.Right or Verdict.RightAfterRounding)
                return $"{Reason(verdict, a, b, shown)}, with logarithms to the base "
                    + (logBase == Math.E ? "e" : logBase.ToString(CultureInfo.InvariantCulture));
        }
        return "";
    }

    // 6 / 2(1 + 2) and −2^2 are read in two ways, and 25² may be 25 with a note.
    private bool HasOtherReading(EquationSide right)
    {
        int digits = right.Start;
        bool hasNote = PrintedNumber.Read(text, ref digits) is not null && digits < right.End
            && !text.AsSpan(digits, right.End - digits).ContainsAnyExcept(Scripts);
        EquationPlace withoutNote = hasNote ? place with { To = digits } : place;
        foreach (ArithmeticContext rules in new[]
        {
            Plain(Math.E) with { DividesByAll = true }, Plain(Math.E) with { SignBindsFirst = true }, Plain(Math.E),
        })
        {
            EquationSide a = Left(behindBullet, rules), b = EquationSide.Right(text, withoutNote, rules);
            if (a.Value is { IsList: false } && b.Value is { IsList: false } && a.IsComputed
                && Compare(a, b).Item1 is Verdict.Right or Verdict.RightAfterRounding)
                return true;
        }
        return false;
    }

    // Why it may be right as it is meant.
    private string? Otherwise(EquationSide left, EquationSide right)
    {
        string equation = text[left.Start..right.End];
        if (!left.IsComputed && Trimmed(left).Any(char.IsLetter))
            return "the unit changes from one side to the other";
        if (left.IsComputed && right.IsComputed && RunsOn(left, right))
            return "the right side goes on computing with the result of the left one";
        if (NewBeginning().IsMatch(Trimmed(left)) && (place.ContinuesChain || Given is not null))
            return "what begins with its minus sign may be something new";
        if (Meanings.IsOfBits(equation))
            return "it may be of binary digits or truth values";
        if (left.Value!.IsList)
            return null;
        double actual = right.Value!.Printed is null ? right.Value.Real : left.Value.Real;
        double printed = Printed(left, right)?.Value ?? left.Value.Real;
        if (Trimmed(left) is ['√', ..] or ['s', 'q', 'r', 't', ..] && actual == -printed)
            return "a root has two signs";
        return Meanings.OtherArithmetic(text, (left.Start, right.End), (actual, printed))
            ?? (place.Heading is { } heading ? Meanings.OtherArithmetic(heading, (0, heading.Length), (actual, printed))
                : null);
    }

    // 3 + 4 = 7 * 2 = 14
    private bool RunsOn(EquationSide left, EquationSide right)
    {
        int at = right.Start;
        return PrintedNumber.Read(text, ref at) is { } first
            && Judgement.Of(left.Value!.Real, first) is Verdict.Right or Verdict.RightAfterRounding;
    }

    // Why a difference may be no error.
    private string? Doubt(EquationSide left, EquationSide right)
    {
        if (left.Value!.IsOpen || right.Value!.IsOpen
            || right.HasUnit && !Scales.IsPlain(right.Unit) && !IsOfLogarithm(right.Unit))
            return "a unit, a percentage or a name in it can be read in more than one way";
        bool isScaled = !left.Value.IsList && (left.Value.IsScaled || right.Value.IsScaled);
        return isScaled && Printed(left, right) is { } printed
            ? Thousands.Doubt((right.Value.Printed is null ? right.Value : left.Value).Real, printed, text) : null;
    }

    // log2(6) = 2.585 bits, 0.8 ln(0.8/0.5) = 0.376 nats
    private bool IsOfLogarithm(string unit)
    {
        ReadOnlySpan<char> left = text.AsSpan(place.From, place.SignStart - place.From);
        string[] names = unit is "nats" or "nat" ? ["ln(", "ln "]
            : unit is "bits" or "bit" ? ["log2", "log_2", "log₂"] : [];
        foreach (string name in names)
            if (left.Contains(name, StringComparison.Ordinal))
                return true;
        return false;
    }

    // 32 + 42 = 25: what was raised has come down.
    private string? Flattened(EquationSide left, EquationSide right) =>
        LostScripts.Restored(text[left.Start..right.End]).Any(Holds)
            ? "it would be right if some of its digits stood above the others, and were lost" : null;

    private bool Holds(string equation) => ArithmeticFinder.Relations(equation) is [var sign]
        && new EquationCheck(new EquationPlace(MappedText.Of(equation), 0, sign.Start, sign.End, equation.Length)
        {
            IsApproximate = sign.IsApproximate,
        }, context).Holds();

    private bool Holds()
    {
        EquationSide left = Left(place, Plain(Math.E)), right = Right(Plain(Math.E));
        return left.Value is { IsList: false } && right.Value is { IsList: false }
            && (left.IsComputed || right.IsComputed)
            && Compare(left, right).Item1 is Verdict.Right or Verdict.RightAfterRounding;
    }

    // 217/4 × 217/4 = 55 × 55 is a picture of so many dots; each number may be off by one.
    private bool IsNearSizes(EquationSide left, EquationSide right) => right.Value!.Whole is not null
        && left.Value!.Whole is null && Factors().Match(Trimmed(right)) is { Success: true } sizes
        && Math.Abs(left.Value.Real - right.Value.Real) <= right.Value.Real * sizes.Groups["size"].Captures.Sum(size =>
            1 / double.Parse(size.Value, CultureInfo.InvariantCulture));

    // The left side of 0.2231 -(1 - 2) = …, and of h = 2 - i = …: a number, and something behind a dash.
    [GeneratedRegex(@"^[\d.]+ -[\w(]|^-?[\d.]+ - \p{L}\w*$")]
    private static partial Regex NewBeginning();

    [GeneratedRegex(@"^10(?: ?(?:\^|\*\*) ?[({]?[-−]?\d+[)}]?|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)$", RegexOptions.None)]
    private static partial Regex PowerOfTen();

    [GeneratedRegex(@"^(?<size>\d+)(?:\s*[x×*]\s*(?<size>\d+))+$", RegexOptions.None)]
    private static partial Regex Factors();

    // 2x3 * 3x4 = 2x4
    [GeneratedRegex(@"^\d+\s*[x×]\s*\d+(?:\s*[*·@⋅× ]\s*\d+\s*[x×]\s*\d+)+$", RegexOptions.None)]
    private static partial Regex BareSizes();

    [GeneratedRegex(@"\b(?:sin|cos|tan)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Angle();

    [GeneratedRegex(@"^[(\[]\s*\d+\s*[x×*]\s*\d+\s*[)\]]$|"
        + @"^\d+\s*[x×]\s*\d+$|(?<=^|[)\] ·×*@])[(\[]\s*\d+\s*[x×*]\s*\d+\s*[)\]]",
        RegexOptions.None)]
    private static partial Regex Sizes();
}
