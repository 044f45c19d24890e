using System.Globalization;

namespace Nabla.Learning.Training;

/// <summary>
/// Judges a run by its curves, in this order: does it diverge, overfit, still improve, underfit, stand still, or is it
/// well? Every bound is relative to what the loss fell by and to its noise, so the unit of the loss does not matter.
/// </summary>
internal static class CurveJudge
{
    private const int FewestPoints = 8;
    private const int NoiseLevels = 4; // how many standard errors of a mean of a twentieth count as a difference
    private const double StillFalling = 0.03; // of the whole fall, in the last quarter
    private const double StandingStill = 0.02; // of the whole fall, in the last half
    private const double LittleFall = 0.3; // of the start: less has hardly learned
    private const double WideGap = 0.5; // of the validation loss

    public static CurveVerdict Judge(LearningCurve curve)
    {
        CurvePoint[] training = [.. curve.Training], validation = [.. curve.Validation];
        if (Array.FindIndex(training, p => !double.IsFinite(p.Loss)) is >= 0 and var bad)
            return NoNumber("training", training[bad]);
        if (Array.FindIndex(validation, p => !double.IsFinite(p.Loss)) is >= 0 and var held)
            return NoNumber("validation", validation[held]);
        if (training.Length < FewestPoints)
            return new CurveVerdict(
                RunOutcome.TooShort,
                [$"{training.Length} training losses are too few to judge by; {FewestPoints} will do."],
                "Train for more steps.", new CurveFacts());
        var judged = new Judged(training, validation);
        return judged.Diverges() ?? judged.Overfits() ?? judged.StillImproves() ?? judged.Underfits()
            ?? judged.StandsStill() ?? judged.IsWell();
    }

    private static CurveVerdict NoNumber(string which, CurvePoint point) => new(
        RunOutcome.Diverges, [Text($"The {which} loss at step {point.Step:0} is {point.Loss}.")],
        "Lower the learning rate, warm up for longer, or clip the gradient.", new CurveFacts());

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>A number in four digits.</summary>
    private static string N(double x) => x.ToString("G4", CultureInfo.InvariantCulture);

    private static string Share(double x) => x.ToString("0 %", CultureInfo.InvariantCulture);

    /// <summary>Curves whose numbers are all finite, and long enough.</summary>
    private sealed class Judged
    {
        private readonly CurvePoint[] training, validation;
        private readonly CurveFacts facts;
        private readonly Trend trainingTrend, validationTrend;
        private readonly double error; // of a mean of a twentieth of the training losses
        private readonly double validationNoise;

        public Judged(CurvePoint[] training, CurvePoint[] validation)
        {
            (this.training, this.validation) = (training, validation);
            int window = Math.Max(2, training.Length / 20);
            double[] means = Means(training, window);
            trainingTrend = Trend.Of(LastQuarter(training, 4));
            validationTrend = Trend.Of(LastQuarter(validation, 3));
            validationNoise = validationTrend.Noise;
            error = trainingTrend.Noise / Math.Sqrt(window);
            int best = Array.IndexOf(validation, validation.OrderBy(p => p.Loss).FirstOrDefault());
            int tail = Math.Max(1, validation.Length / 10);
            facts = new CurveFacts
            {
                Start = means[0],
                Last = means[^1],
                Best = means.Min(),
                Noise = trainingTrend.Noise,
                TrainingFall = trainingTrend.Fall,
                FirstValidation = best < 0 ? double.NaN : validation[0].Loss,
                BestValidation = best < 0 ? double.NaN : validation[best].Loss,
                BestStep = best < 0 ? double.NaN : validation[best].Step,
                LastValidation = best < 0 ? double.NaN : validation[^tail..].Average(p => p.Loss),
            };
        }

        private double Steps => training[^1].Step;

        private double WholeFall => facts.Start - facts.Best;

        private bool HasValidation => validation.Length > 0;

        public CurveVerdict? Diverges()
        {
            double rise = facts.Last - facts.Best;
            if (!(rise > 0.5 * Math.Max(WholeFall, 0) && rise > NoiseLevels * error
                && rise > 1e-3 * Math.Abs(facts.Best)))
                return null;
            string where = facts.Last > facts.Start ? Text($", above the {N(facts.Start)} it began with") : "";
            return Verdict(
                RunOutcome.Diverges, "Lower the learning rate, warm up for longer, or clip the gradient.",
                Text($"The training loss rose from its best of {N(facts.Best)} to {N(facts.Last)} at the end{where}."),
                error > 0 ? $"That is {N(rise / error)} times what noise explains." : "There is no noise in it.");
        }

        public CurveVerdict? Overfits()
        {
            if (validation.Length < 3)
                return null;
            double risen = facts.LastValidation - facts.BestValidation;
            double learned = Math.Max(facts.FirstValidation, facts.LastValidation) - facts.BestValidation;
            bool rose = facts.BestStep < 0.9 * Steps && risen > 3 * validationNoise && risen > 0.05 * learned
                && risen > 0.02 * Math.Abs(facts.BestValidation);
            bool apart = facts.Gap > WideGap * Math.Abs(facts.LastValidation) && facts.Gap > NoiseLevels * error;
            if (!rose && !(apart && !validationTrend.Falls))
                return null;
            var reasons = new List<string>();
            if (rose)
                reasons.Add(Text(
                    $"The validation loss was best at step {facts.BestStep:0} with {N(facts.BestValidation)}, and is ")
                    + $"{N(facts.LastValidation)} at the end, {Share(risen / Math.Abs(facts.BestValidation))} more.");
            else
                reasons.Add(Text($"The validation loss no longer falls: it is {N(facts.LastValidation)} at the end."));
            if (facts.Gap > 0)
                reasons.Add(
                    $"The training loss, smoothed, is {N(facts.Last)} at the end, {N(facts.Gap)} below it: "
                    + "the model knows its examples by heart.");
            return Verdict(
                RunOutcome.Overfits,
                (rose ? Text($"Stop at step {facts.BestStep:0}, or use") : "Use")
                + " more data, dropout, weight decay or a smaller model.", [.. reasons]);
        }

        public CurveVerdict? StillImproves()
        {
            Trend trend = HasValidation && validation.Length >= 6 ? validationTrend : trainingTrend;
            double fall = HasValidation && validation.Length >= 6
                ? facts.FirstValidation - facts.BestValidation : WholeFall;
            if (!trend.Falls || !(trend.Fall > StillFalling * fall) || !(fall > 0))
                return null;
            string which = trend.Equals(trainingTrend) ? "training" : "validation";
            return Verdict(
                RunOutcome.StillImproving, "Train for more steps, or with a higher learning rate.",
                $"In the last quarter of the run the {which} loss fell by {N(trend.Fall)} ± {N(trend.FallError)}, "
                + $"{Share(trend.Fall / fall)} of its whole fall.",
                GapReason());
        }

        public CurveVerdict? Underfits()
        {
            double fallen = WholeFall / Math.Abs(facts.Start);
            if (!(fallen < LittleFall))
                return null;
            return Verdict(
                RunOutcome.Underfits, "Use a larger model, a higher learning rate, better features, or more steps.",
                $"The training loss fell from {N(facts.Start)} to {N(facts.Last)} only, by "
                + $"{Share(Math.Max(0, fallen))}, and no longer falls.",
                GapReason());
        }

        public CurveVerdict? StandsStill()
        {
            CurvePoint[] half = training[(training.Length / 2)..];
            Trend trend = Trend.Of(half);
            if (trend.Falls && trend.Fall > StandingStill * WholeFall)
                return null;
            return Verdict(
                RunOutcome.Plateau, "Stop earlier, or lower the learning rate to see whether it falls further.",
                $"Over the last half of the run the training loss changed by {N(-trend.Fall)} only, at a noise of "
                + $"{N(trend.Noise)}.",
                Text($"It had fallen from {N(facts.Start)} to {N(facts.Best)} before."), GapReason());
        }

        public CurveVerdict IsWell() => Verdict(
            RunOutcome.Healthy, "Nothing stands out; compare it with other settings.",
            $"The training loss fell from {N(facts.Start)} to {N(facts.Last)} and has levelled off lately.",
            GapReason());

        private string GapReason() => !HasValidation
            ? "There is no validation loss to compare it with."
            : Text($"The validation loss is {N(facts.LastValidation)} at the end, {N(Math.Abs(facts.Gap))} ")
            + $"{(facts.Gap >= 0 ? "above" : "below")} the training loss; "
            + Text($"its best is {N(facts.BestValidation)} at step {facts.BestStep:0}.");

        private CurveVerdict Verdict(RunOutcome outcome, string advice, params string[] reasons) =>
            new(outcome, reasons, advice, facts);

        private static double[] Means(CurvePoint[] points, int window)
        {
            int count = points.Length / window;
            return [.. Enumerable.Range(0, count).Select(
                i => (i == count - 1 ? points[^window..] : points[(i * window)..((i + 1) * window)])
                    .Average(p => p.Loss))];
        }

        private static CurvePoint[] LastQuarter(CurvePoint[] points, int least) =>
            points[Math.Max(0, points.Length - Math.Max(least, points.Length / 4))..];
    }
}
