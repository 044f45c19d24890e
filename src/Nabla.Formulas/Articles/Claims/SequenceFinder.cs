using System.Globalization;
using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>
/// Checks sequences of gradient descent, w: 10 → 8.6 → 7.48 → … → after 20 steps → 3.08, on a function that the article
/// states.
/// </summary>
internal static class SequenceFinder
{
    private const int LongestLine = 500;
    private static readonly string[] Arrows = ["→", "->", "⟶", "=>"];
    private static readonly string[] Others =
    [
        "momentum", "adam", "rmsprop", "noise", "stochastic", "nesterov", "decay", "halve", "halving", "schedule",
        "anneal", "warmup", "warm-up", "line search", "adaptive", "adagrad", "each step", "every step", "backtrack",
        "decreas", "increas", "shrink", "reduce",
    ];

    public static void Find(CheckContext context)
    {
        for (int i = 0; i < context.Units.Count; i++)
        {
            MappedText line = context.Units[i].Text;
            if (line.Length > LongestLine || !Arrows.Any(arrow => line.Text.Contains(arrow, StringComparison.Ordinal))
                || Sequence.Read(line.Text) is not { } sequence)
                continue;
            string around = string.Join(' ', context.Units.Skip(Math.Max(0, i - 2)).Take(3)
                .Select(unit => unit.Text.Text));
            bool isDescent = around.Contains("lr", StringComparison.Ordinal)
                || around.Contains("learning rate", StringComparison.OrdinalIgnoreCase)
                || around.Contains("gradient descent", StringComparison.OrdinalIgnoreCase);
            StatedFunction[] losses = [.. context.Functions.All.Values
                .Where(function => function.Variables is [var variable] && variable == sequence.Name)];
            if (isDescent && losses.Length == 1
                && !Others.Any(word => around.Contains(word, StringComparison.OrdinalIgnoreCase)))
                Check(line, sequence, losses[0], context);
        }
    }

    private static void Check(MappedText line, Sequence sequence, StatedFunction loss, CheckContext context)
    {
        if (Descent.RateOf(sequence.Values, loss) is not { } rate)
        {
            string rates = string.Join(", then ", sequence.Values.Zip(sequence.Values.Skip(1), (from, to) =>
                Descent.Slope(loss, from.Value) is { } slope && slope != 0
                    ? Short((from.Value - to.Value) / slope) : "any"));
            if (Descent.Slope(loss, sequence.Values[0].Value) is not { } start || start == 0
                || !double.IsFinite(start))
                return;
            double first = (sequence.Values[0].Value - sequence.Values[1].Value) / start;
            string path = Descent.Path(loss, sequence.Values[0].Value, first, sequence.Values.Count - 1);
            context.Add(line.Slice(sequence.Start, sequence.End - sequence.Start), "sequence", sequence.Text,
                (path, Verdict.Wrong,
                    $"no constant rate gives it: the steps need {rates}; with {Short(first)} it goes {path}"));
            return;
        }
        string shown = Descent.Path(loss, sequence.Values[0].Value, rate, sequence.Values.Count - 1);
        context.Add(line.Slice(sequence.Start, sequence.End - sequence.Start), "sequence", sequence.Text,
            (shown, Verdict.RightAfterRounding, $"gradient descent on {loss.Body} with the rate {Short(rate)}"));
        if (sequence.After is { } after)
            CheckAfter(line, (sequence, after), (loss, rate), context);
    }

    private static void CheckAfter(MappedText line, (Sequence All, AfterSteps After) claim,
        (StatedFunction Loss, double Rate) descent, CheckContext context)
    {
        AfterSteps after = claim.After;
        double start = claim.All.Values[0].Value;
        double[] near = [.. new[] { 0, 1, -1 }.Select(more =>
            Descent.After(descent.Loss, start, descent.Rate, after.Steps + more))];
        bool isRight = near.Any(value =>
            Judgement.Of(value, after.Value) is Verdict.Right or Verdict.RightAfterRounding);
        int? reached = Descent.StepsTo(descent.Loss, start, descent.Rate, after.Value);
        string when = reached is { } steps
            ? string.Create(CultureInfo.InvariantCulture, $"; {after.Value.Text} is reached after {steps:N0} steps")
            : "";
        string values = Judgement.Show(near[0], after.Value);
        if (!isRight && values != Judgement.Show(near[1], after.Value))
            when = $" (and {Judgement.Show(near[1], after.Value)} one step later){when}";
        string count = after.Steps.ToString("N0", CultureInfo.InvariantCulture);
        context.Add(line.Slice(after.Start, after.End - after.Start), "sequence", after.Value.Text, (values,
            isRight ? Verdict.RightAfterRounding : Verdict.Wrong,
            $"with the rate {Short(descent.Rate)} it is {values} after {count} steps{(isRight ? "" : when)}"));
    }

    private static string Short(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
