using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Reading;

/// <summary>How derivatives and gradients are read.</summary>
internal static class Derivatives
{
    public static Phrase Read(English english, Derivative node)
    {
        bool isOne = node.Variables.Distinct().Count() == 1;
        string order = node.Variables.Count > 1 ? Wording.Ordinal(node.Variables.Count) + " " : "";
        string partial = node.IsPartial ? "partial " : "";
        string by = isOne ? english.Read(node.Variables[0]).Text : english.List(node.Variables);
        return node.Of is null ? new Phrase($"the {order}{partial}derivative with respect to {by}")
            : WithRespect(english, $"the {order}{partial}derivative of", node.Of, by);
    }

    public static Phrase Gradient(English english, Gradient node)
    {
        string head = node.Kind switch
        {
            GradientKind.Second => "the Hessian",
            GradientKind.Divergence => "the divergence",
            _ => "the gradient",
        };
        string by = english.List(node.Variables);
        if (node.Of is null)
            return new Phrase(by.Length > 0 ? $"{head} with respect to {by}" : head);
        return by.Length == 0 ? english.OfName(head + " of", node.Of) : WithRespect(english, head + " of", node.Of, by);
    }

    // After a long function one has forgotten by what; then it is said first.
    private static Phrase WithRespect(English english, string head, Expression of, string by)
    {
        Phrase phrase = english.Read(of);
        if (phrase.IsShort && phrase.Binding < Binding.Sum && !phrase.HasPause)
            return new Phrase($"{head} {phrase.Text} with respect to {by}");
        Phrase noun = english.Of($"{head[..^3]}, with respect to {by}, of", of);
        return noun;
    }
}
