using Nabla.Formulas.Articles.Python;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>What a comparison of printed words with a program's output gives.</summary>
internal sealed record OutputMatch(string Printed, string Recomputed, Verdict Verdict, string Why)
{
    public string Kind { get; init; } = "output";

    /// <summary>The same, but not certain.</summary>
    public OutputMatch Open(string why) => this with { Verdict = Verdict.NotCheckable, Why = why };
}

/// <summary>Compares what an article says that a program prints with what it prints.</summary>
internal static class OutputMatcher
{
    private const double NoiseOfSingle = 3e-6, ShownByNumpy = 1e-8;

    /// <summary>A comment beside a print.</summary>
    public static OutputMatch? Beside(string comment, IReadOnlyList<Printed> output)
    {
        if (output.Count != 1)
            return output.Count > 1 ? BesideLoop(comment, output) : null;
        Printed printed = output[0];
        if (WholeLine(comment, printed) is { } whole)
            return whole;
        if (Truth(comment, printed.Text) is { } truth)
            return truth;
        if (CommentLiteral.Read(comment) is not { } literal)
            return null;
        object[] values = [.. printed.Values.Select(value => value.Value).Where(value =>
            value is Unknown or Changeable { Doubt: not null }
                || (literal.IsList ? Numbers(value) is not null : IsScalar(value)))];
        if (values.Length == 0 && Formatted(literal, printed) is { } formatted)
            return formatted;
        if (values.Length != 1)
            return null;
        OutputMatch? match = Value(literal, values[0]);
        bool followsOutput = literal.Rest.Length > 0
            && printed.Text.Contains(literal.Rest.Split(' ')[0], StringComparison.Ordinal);
        return match is { Verdict: Verdict.Wrong } && !literal.StandsAlone && !followsOutput
            ? match.Open("the words after the number may make it mean something else") : match;
    }

    // print(f"{x:.2f}") writes a text that is nothing but a number.
    private static OutputMatch? Formatted(CommentLiteral literal, Printed printed) =>
        !literal.IsList && literal.StandsAlone && printed.Doubt is null
        && Skeleton.Of(printed.Text.Trim()) is { Shape: "#", Numbers: [var number] }
            ? Texts(literal.Text, literal.Numbers, [number], printed) : null;

    /// <summary>A comment beside an assignment or an expression.</summary>
    public static OutputMatch? BesideValue(string comment, object value)
    {
        if (value is NdArray array && ShapeClaim.Read(comment) is { } shape)
            return shape.Compare(array);
        if (CommentLiteral.Read(comment) is not { } literal)
            return null;
        if (literal is { IsOutput: true, StandsAlone: true } && Operators.Doubt(value) is { } doubt)
            return new OutputMatch(literal.Text, "", Verdict.NotCheckable, doubt) { Kind = "value" };
        if (value is Unknown or Changeable { Doubt: not null }
            || !literal.StandsAlone || literal.IsList != (Numbers(value) is not null) || !literal.IsList
            && !IsScalar(value))
            return null;
        return Value(literal, value) is { } match ? match with { Kind = "value" } : null;
    }

    // Several values printed one after the other, and as many numbers in the comment.
    private static OutputMatch? BesideLoop(string comment, IReadOnlyList<Printed> output)
    {
        Skeleton said = Skeleton.Of(comment.Trim());
        object[] values = [.. output.SelectMany(printed => printed.Values.Select(value => value.Value))];
        if (said.HasWords || said.Numbers.Count != values.Length || !values.All(IsScalar))
            return null;
        return Pairs(comment.Trim(), said.Numbers, [.. values.Select(Real)]);
    }

    /// <summary>A line that repeats what is printed, perhaps with more behind it.</summary>
    public static OutputMatch? WholeLine(string line, Printed printed)
    {
        Skeleton said = Skeleton.Of(line.Trim()), actual = Skeleton.Of(printed.Text.Trim());
        string shape = actual.Shape;
        if (shape.Length < 2 || !actual.HasWords && said.Shape != shape
            && !said.Shape.StartsWith(shape + " (", StringComparison.Ordinal)
            || !said.Shape.StartsWith(shape, StringComparison.Ordinal)
            || !shape.Contains('#', StringComparison.Ordinal))
            return null;
        if (said.Shape.Length > shape.Length && char.IsLetterOrDigit(said.Shape[shape.Length]))
            return null;
        if (printed.Doubt is { } doubt)
            return new OutputMatch(line.Trim(), "", Verdict.NotCheckable, doubt);
        return Texts(line.Trim(), said.Numbers, actual.Numbers, printed);
    }

    /// <summary>Numbers of a line against those of what was printed.</summary>
    public static OutputMatch Texts(
        string line, IReadOnlyList<PrintedNumber> said, IReadOnlyList<PrintedNumber> actual, Printed printed) =>
        Texts(line, said, printed.IsExact ? [.. actual.Select(Exact)] : actual, printed.Text.Trim());

    // No digits are behind those that are shown: NumPy leaves some out behind the eighth.
    private static PrintedNumber Exact(PrintedNumber number) =>
        number with { Unit = Math.Min(number.Unit, ShownByNumpy * Math.Max(1, Math.Abs(number.Value))) };

    /// <summary>Numbers of a line against those of the output, in order.</summary>
    public static OutputMatch Texts(
        string line, IReadOnlyList<PrintedNumber> said, IReadOnlyList<PrintedNumber> actual, string output)
    {
        Verdict worst = Judgement.Worst(actual.Select((number, i) => AgainstText(said[i], number)));
        var match = new OutputMatch(line, output, worst, Why(worst, output,
            actual.Select((number, i) => (number.Value, said[i]))));
        return output.Contains("tensor(", StringComparison.Ordinal)
            ? Single(match, actual.Select((number, i) => (number.Value, said[i]))) : match;
    }

    // PyTorch computes with 32 bits: what they leave of a difference is no error of the article.
    private static OutputMatch Single(OutputMatch match, IEnumerable<(double Actual, PrintedNumber Said)> pairs) =>
        match.Verdict == Verdict.Wrong && pairs.All(pair => Judgement.Of(pair.Actual, pair.Said) != Verdict.Wrong
            || Math.Abs(pair.Actual - pair.Said.Value)
                <= NoiseOfSingle * (1 + Math.Abs(pair.Actual)) + pair.Said.Unit / 2)
            ? match.Open("numbers of 32 bits may give it") : match;

    // A rounded output may be written down with fewer digits, or computed with a few more.
    private static Verdict AgainstText(PrintedNumber said, PrintedNumber actual)
    {
        if (said.Value == actual.Value)
            return Verdict.Right;
        Verdict verdict = Judgement.Of(actual.Value, said);
        return verdict == Verdict.Wrong && Math.Abs(said.Value - actual.Value) <= actual.Unit / 2 + said.Unit / 2
            && said.Unit < actual.Unit ? Verdict.RightAfterRounding : verdict;
    }

    private static OutputMatch? Truth(string comment, string output)
    {
        string word = comment.Trim().Split(' ', '.', ',', '!', '(', '—')[0];
        if (word is not ("True" or "False") || output is not ("True" or "False"))
            return null;
        return new OutputMatch(word, output, word == output ? Verdict.Right : Verdict.Wrong,
            $"the program prints {output}");
    }

    private static OutputMatch? Value(CommentLiteral literal, object value)
    {
        if (value is Unknown unknown)
            return new OutputMatch(literal.Text, "", Verdict.NotCheckable, unknown.Why);
        if (value is Changeable { Doubt: { } doubt })
            return new OutputMatch(literal.Text, "", Verdict.NotCheckable, doubt);
        if (literal.IsList)
            return Numbers(value) is { } numbers && numbers.Length == literal.Numbers.Count
                ? Pairs(literal.Text, literal.Numbers, numbers, value is PyTensor) : null;
        return Pairs(literal.Text, literal.Numbers, [Real(value)], value is PyTensor);
    }

    private static OutputMatch Pairs(string text, IReadOnlyList<PrintedNumber> said, IReadOnlyList<double> actual,
        bool isSingle = false)
    {
        Verdict worst = Judgement.Worst(said.Zip(actual, (number, value) => Judge(value, number)));
        string[] shown = [.. said.Zip(actual, (number, value) => number.Text.EndsWith('%')
            ? Judgement.Show(value * 100, number.Unit * 100) + "%" : Judgement.Show(value, number))];
        string recomputed = shown.Length == 1 ? shown[0] : $"[{string.Join(", ", shown)}]";
        var match = new OutputMatch(text, recomputed, worst, Why(worst, recomputed,
            actual.Zip(said, (value, number) => (value, number))));
        return isSingle ? Single(match, actual.Zip(said, (value, number) => (value, number))) : match;
    }

    // "87.5%" beside 87.5 or 0.875; and noise of the last bits against noise.
    private static Verdict Judge(double value, PrintedNumber said)
    {
        if (said.Text.EndsWith('%') && Judgement.Of(value / 100, said) is var verdict && verdict != Verdict.Wrong)
            return verdict;
        return Math.Abs(value) < 1e-9 && Math.Abs(said.Value) < 1e-9 ? Verdict.RightAfterRounding
            : Judgement.Of(value, said);
    }

    private static string Why(Verdict verdict, string recomputed,
        IEnumerable<(double Actual, PrintedNumber Said)> pairs)
    {
        if (verdict == Verdict.RightAfterRounding)
        {
            (double Actual, PrintedNumber Said)[] cut =
                [.. pairs.Where(pair => Judgement.IsCut(pair.Actual, pair.Said))];
            return $"the program gives {recomputed}, " + (cut.Length == 0 ? "which rounds to it"
                : Judgement.HowRounded(cut[0].Actual, cut[0].Said));
        }
        return verdict switch
        {
            Verdict.Right => "the program gives the same",
            Verdict.Wrong => $"the program gives {recomputed}",
            _ => "the comment says 'about', and it is not far off",
        };
    }

    private static bool IsScalar(object value) => Operators.IsNumber(value) && value is not bool
        || value is NdArray { Rank: 0 } or PyTensor { Array.Rank: 0 };

    private static double Real(object value) => Operators.Real(value);

    /// <summary>All numbers of a list or an array, or null.</summary>
    private static double[]? Numbers(object value)
    {
        try
        {
            return value is PyList or PyTuple or NdArray { Rank: > 0 } or PyTensor { Array.Rank: > 0 }
                ? NdArray.From(value).Values() : null;
        }
        catch (PythonException)
        {
            return null;
        }
    }
}
