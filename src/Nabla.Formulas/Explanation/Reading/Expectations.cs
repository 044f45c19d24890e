using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Reading;

/// <summary>How expectations, variances and probabilities of events are read.</summary>
internal static class Expectations
{
    public static Phrase Read(English english, Expectation node)
    {
        string over = Over(english, node);
        string given = node.Given.Count > 0 ? $" given {english.List(node.Given)}" : "";
        Expression? only = node.Arguments.Count == 1 ? node.Arguments[0] : null;
        if (node.Kind == ExpectationKind.Probability)
            return Phrase.Open(
                $"the probability {(only is Relation ? "that" : "of")} {english.List(node.Arguments)}{given}");
        string head = Head(node.Kind, over);
        if (given.Length > 0 || only is null)
            return Phrase.Open($"{head} {english.List(node.Arguments)}{given}");
        return over.Length == 0 ? english.OfName(head, only) : Wide(english, head, only);
    }

    private static string Drawn(English english, Expectation node) =>
        Wording.List([.. node.Over.Select(below => Drawn(english, below))]);

    private static string Drawn(English english, Expression below) => below switch
    {
        Relation { Members: [var drawn, var source], Operators: [{ Kind: RelationKind.Distributed }] } =>
            $"{Items(english, drawn)} drawn from {english.Read(source).Text}",
        Relation { Members: [var drawn, var source], Operators: [{ Kind: RelationKind.Member }] } =>
            $"{Items(english, drawn)} in {english.Read(source).Text}",
        Call { Function: Symbol source } call when call.Arguments.Count > 0 => call.Given.Any()
            ? $"{english.List([.. call.Arguments.Take(call.Arguments.Count - call.Given.Count())])} drawn from "
                + $"{english.Read(source).Text} given {english.List([.. call.Given])}"
            : $"{english.List(call.Arguments)} drawn from {english.Read(source).Text}",
        _ => english.Read(below).Text,
    };

    private static string Items(English english, Expression drawn) =>
        drawn is Collection { Range: null } tuple ? english.List(tuple.Items) : english.Read(drawn).Text;

    /// <summary>" over x drawn from p", " under π", or nothing.</summary>
    public static string Over(English english, Expectation node) =>
        node.Over.Count == 0 ? "" : $" {(node.Over.All(IsDistribution) ? "under" : "over")} {Drawn(english, node)}";

    private static bool IsDistribution(Expression below) =>
        below is Symbol { Letter: "pi" or "p" or "q" or "P" or "Q" or "rho" or "mu" };

    private static string Head(ExpectationKind kind, string over) => kind switch
    {
        ExpectationKind.Variance => $"the variance{over} of",
        ExpectationKind.Covariance => $"the covariance{over} of",
        ExpectationKind.StandardDeviation => $"the standard deviation{over} of",
        _ => over.Length == 0 ? "the expected value of" : $"the average{over} of",
    };

    // The bracket of an expectation is its own; "of" reaches to the end.
    private static Phrase Wide(English english, string head, Expression body)
    {
        Phrase phrase = body is Sum ? Sums.AsFactor(english, body) : english.Read(body);
        return phrase.HasPause ? new Phrase($"{head} {phrase.Text}", Binding.Name, $"{head} {phrase.Bracketed().Text}")
            : Phrase.Open($"{head} {phrase.Text}");
    }
}
