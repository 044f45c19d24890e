using System.Collections.Frozen;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Reading;

/// <summary>How Σ, Π, ∫, max, argmin and their like are read.</summary>
internal static class BigOperators
{
    private static readonly FrozenDictionary<BigOperatorKind, string> Heads = new Dictionary<BigOperatorKind, string>
    {
        [BigOperatorKind.Sum] = "the sum",
        [BigOperatorKind.Product] = "the product",
        [BigOperatorKind.Integral] = "the integral",
        [BigOperatorKind.Max] = "the maximum",
        [BigOperatorKind.Min] = "the minimum",
        [BigOperatorKind.Supremum] = "the supremum",
        [BigOperatorKind.Infimum] = "the infimum",
        [BigOperatorKind.Union] = "the union",
        [BigOperatorKind.Intersection] = "the intersection",
        [BigOperatorKind.Concatenation] = "the concatenation",
    }.ToFrozenDictionary();

    public static Phrase Read(English english, BigOperator node) => node.Kind switch
    {
        BigOperatorKind.ArgMax => Argument(english, node, "largest"),
        BigOperatorKind.ArgMin => Argument(english, node, "smallest"),
        BigOperatorKind.Limit => Over(english, $"the limit, {Towards(english, node.Range)}, of", node.Body),
        BigOperatorKind.ForAll => Holds(english, node, "for all"),
        BigOperatorKind.Exists => Holds(english, node, "there is"),
        _ => Read(english, Heads[node.Kind], node),
    };

    /// <summary>An average over the terms of a sum.</summary>
    public static Phrase Average(English english, Average average) => Read(english, "the average", average.Sum);

    private static Phrase Read(English english, string head, BigOperator node)
    {
        (string over, Expression body) = (RangeOrGuess(english, node), node.Body);
        // Sums of sums are one sum over both.
        while (body is BigOperator inner && inner.Kind == node.Kind && head != "the average")
        {
            over += " and " + RangeOrGuess(english, inner);
            body = inner.Body;
        }
        return Over(english, $"{head}{(over.Length > 0 ? " " + over : "")} of", body);
    }

    // "Of" reaches as far as the product does; a sum in it needs brackets.
    private static Phrase Over(English english, string head, Expression body)
    {
        Phrase phrase = body is Sum ? Sums.AsFactor(english, body) : english.Read(body);
        if (body is Sum && phrase.Text.StartsWith("the sum of", StringComparison.Ordinal))
            phrase = english.Read(body).AsFactor();
        string text = $"{head} {phrase.Text}";
        return phrase.HasComma
            ? new Phrase(text, Binding.Name, $"{head} {phrase.Bracketed().Text}") : Phrase.Open(text);
    }

    private static Phrase Argument(English english, BigOperator node, string most)
    {
        bool isPlural = node.Range.Variables.Count > 1;
        return Phrase.Open($"the {Searched(english, node.Range)} that {(isPlural ? "make" : "makes")} "
            + $"{english.Read(node.Body).Text} {most}");
    }

    /// <summary>"θ", "x in S": what an argmax looks for.</summary>
    public static string Searched(English english, Trees.Range range)
    {
        string variables = range.Variables.Count > 0 ? english.List(range.Variables) : "argument";
        string domain = range.Domain is { } set ? $" in {english.Read(set).Text}" : "";
        return variables + domain
            + (range.Condition is { } condition ? $" for which {english.Read(condition).Text}" : "");
    }

    private static Phrase Holds(English english, BigOperator node, string head)
    {
        string variables = Ranges.Variables(english, node.Range);
        string body = english.Read(node.Body).Text;
        if (body.Length == 0)
            return new Phrase($"{head} {variables}", Binding.Clause);
        return new Phrase(head == "for all" ? $"for all {variables}, {body}" : $"there is {variables} such that {body}",
            Binding.Clause);
    }

    /// <summary>"as h goes to 0".</summary>
    public static string Towards(English english, Trees.Range range)
    {
        string variables = english.List(range.Variables);
        return range.To is { } end ? $"as {variables} goes to {english.Read(end).Text}"
            : range.Condition is { } condition ? $"as {english.Read(condition).Text}" : $"over {variables}";
    }

    /// <summary>"over i from 1 to N"; where the formula says nothing, over what all functions are applied to.</summary>
    public static string RangeOrGuess(English english, BigOperator node)
    {
        if (node.Range.Parts.Count > 0)
            return Ranges.Over(english, node.Range);
        // −Σ p(x) log q(x): what every function is applied to.
        Expression[][] applied = [.. node.Body.All().OfType<Call>()
            .Where(call => call.Function is Symbol { Letter.Length: 1 }).Select(call => call.Arguments.ToArray())];
        bool isOne = applied.Length > 0 && applied[0] is [Symbol] && applied.All(one => one.SequenceEqual(applied[0]));
        return isOne ? $"over all {english.Read(applied[0][0]).Text}" : "";
    }
}
