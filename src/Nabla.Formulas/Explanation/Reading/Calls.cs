using Nabla.Formulas.Symbolics;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Reading;

/// <summary>How functions applied to arguments are read.</summary>
internal static class Calls
{
    public static Phrase Read(English english, Call call) => Of(english, call) ?? Plain(english, call);

    /// <summary>The reading of a function that has words of its own, or null.</summary>
    public static Phrase? Of(English english, Call call)
    {
        if (Distributions.Read(english, call) is { } distribution)
            return distribution;
        if (call.Function is Symbol { IsInverse: true } inverse)
            return Inverse(english, call, inverse);
        if (call.Function is Postfix { Sign: PostfixSign.Inverse } composed)
            return Applied(english, call, $"the inverse of {english.Read(composed.Operand).Bracketed().Text} at");
        if (english.OwnName(call) is { } own)
            return Applied(english, call, $"{own} {Spelling.Of((Symbol)call.Function)} of");
        if (call is { Function: Symbol { Letter: "∇", Accents: ["tilde"] } nabla, Arguments: [var of] })
            return english.Of("the natural gradient"
                + (nabla.Subscripts.Count == 0 ? "" : $", with respect to {english.List(nabla.Subscripts)},") + " of",
                of);
        if (PrimedFunction.Unprimed(call) is { } function)
            return english.Of(PrimedFunction.Order(call) == 1 ? "the derivative of" : "the second derivative of",
                function);
        if (call is { Letter: "diag", Arguments: [var matrix] } && Products.IsMatrix(matrix))
            return english.OfName("the diagonal of", matrix);
        if (english.Functions.Find(call) is { } word)
            return Named(english, call, word);
        return IsProbability(call) ? Probability(english, call) : null;
    }

    // f⁻¹(x), σ⁻¹(p)
    private static Phrase Inverse(English english, Call call, Symbol function)
    {
        var straight = call with { Function = function with { Superscripts = [] } };
        string name = english.Functions.Find(straight)?.Title is { } title ? "the " + title
            : Spelling.Of((Symbol)straight.Function);
        return Applied(english, call, $"the inverse of {name} at");
    }

    /// <summary>Whether only one distribution is spoken of with conditions, and that is p.</summary>
    public static bool HasOneProbability(Expression root)
    {
        string? only = null;
        foreach (Expression node in root.All())
        {
            if (node is not Call call || !IsProbability(call))
                continue;
            string name = ((Symbol)call.Function).Name;
            if (name is not ("p" or "P" or "Pr") || (only is not null && only != name))
                return false;
            only = name;
        }
        return true;
    }

    /// <summary>"Q and K", "y given x", "x with parameters θ".</summary>
    public static string Arguments(English english, Call call)
    {
        if (call.Separators.All(separator => separator == ","))
            return english.List(call.Arguments);
        var parts = new List<string>();
        int start = 0;
        for (int i = 0; i <= call.Separators.Count; i++)
        {
            if (i < call.Separators.Count && call.Separators[i] == ",")
                continue;
            parts.Add(english.List([.. call.Arguments.Skip(start).Take(i + 1 - start)]));
            if (i < call.Separators.Count)
                parts.Add(Joint(call.Separators[i], call.Arguments[i + 1]));
            start = i + 1;
        }
        return string.Join(' ', parts);
    }

    /// <summary>Whether a call is that of a probability: p, q or π with a condition, or P of anything.</summary>
    public static bool IsProbability(Call call) => call.Function is Symbol symbol && symbol.Letter switch
    {
        "Pr" => call.Arguments.Count > 0,
        "P" => symbol.Accents.Count == 0 && (call.Given.Any() || call.Arguments is [Relation, ..] || IsEvent(call)),
        "p" or "q" or "pi" or "rho" => call.Given.Any(),
        _ => false,
    };

    // P(A) speaks of an event, P(x) of a value.
    private static bool IsEvent(Call call) => call.Arguments is [Symbol { Letter: var letter }, ..]
        && char.IsUpper(letter[0]);

    // p(x; θ) has parameters θ, L(θ; x) is that of the example x.
    private static string Joint(string separator, Expression next) => separator switch
    {
        "|" => "given",
        ";" when next is Symbol { Letter: "theta" or "phi" or "psi" or "omega" or "w" or "W" or "Theta" } =>
            "with parameters",
        ";" when next is Symbol { Letter: "x" or "y" or "X" or "D" or "z" } => "for",
        ";" => "with",
        _ => "and",
    };

    private static Phrase Probability(English english, Call call)
    {
        bool isEvent = call.Arguments[0] is Relation;
        string name = english.HasOneProbability ? "" : " " + english.Read(call.Function).Text;
        string text = $"the probability{name} {(isEvent ? "that" : "of")} {Arguments(english, call)}";
        return call.Arguments.All(argument => argument is Symbol) ? new Phrase(text) : Phrase.Open(text);
    }

    private static Phrase Named(English english, Call call, FunctionWord word)
    {
        if (call is { Letter: "exp", Arguments.Count: 1 })
            return Powers.Exponential(english, call.Arguments[0]);
        string head = Head(english, call, word);
        if (head.Contains("{0}", StringComparison.Ordinal))
            return Phrase.Open(Wording.Filled(head,
                [.. call.Arguments.Select(argument => Argument(english, argument))]));
        if (call.Arguments.Count != 1)
            return Phrase.Open($"{head} {Arguments(english, call)}".TrimEnd());
        return word.Closed ? english.OfName(head, call.Arguments[0]) : english.Of(head, call.Arguments[0]);
    }

    private static string Head(English english, Call call, FunctionWord word)
    {
        string head = call.Arguments.Count switch
        {
            2 => word.Pair ?? word.Of,
            > 2 => word.Many ?? word.Of,
            _ => word.Of,
        };
        if (call.Function is not Symbol { Subscripts: [var below, ..] } || call.Letter == "D")
            return head;
        return word.Below is { } pattern ? pattern.Replace("{}", english.Read(below).Text, StringComparison.Ordinal)
            : head.StartsWith("the ", StringComparison.Ordinal) && !head.Contains('{', StringComparison.Ordinal)
                ? $"{Spelling.Of((Symbol)call.Function)} of" : head;
    }

    // What a divergence compares are distributions, not probabilities.
    private static string Argument(English english, Expression argument)
    {
        Phrase phrase = argument is Call call && IsProbability(call) ? Plain(english, call) : english.Read(argument);
        return phrase.HasPause ? phrase.Bracketed().Text : phrase.Text;
    }

    /// <summary>"q of x given y": the name and what it is applied to.</summary>
    public static Phrase Plain(English english, Call call)
    {
        if (call.Function is Product { Sign: ProductSign.Star or ProductSign.Convolution } convolution)
            return Phrase.Open($"the convolution of {english.List(convolution.Factors)} at {Arguments(english, call)}");
        if (call.Function is Call transform)
            return Applied(english, call, english.Read(transform).Text + " at");
        string function = call.Function is Symbol ? english.Read(call.Function).Text
            : english.Read(call.Function).Bracketed().Text;
        if (call.Arguments.Count == 0)
            return new Phrase(function);
        if (call is { Function: Symbol { Letter.Length: > 1 } named, Arguments: [Sum sum] }
            && !Printing.GreekLetters.IsNamed(named.Letter))
            return OfSum(Sums.AsFactor(english, sum), function); // self.norm1(x + y)
        return Applied(english, call, $"{function} of");
    }

    private static Phrase OfSum(Phrase operand, string function) =>
        operand.HasPause && !operand.Text.StartsWith("the ", StringComparison.Ordinal)
            ? new Phrase($"{function} of {operand.Bracketed().Text}") : Phrase.Open($"{function} of {operand.Text}");

    private static Phrase Applied(English english, Call call, string head)
    {
        if (call is { Arguments: [var only], Function: Symbol } && only is not (Symbol or Number))
            return english.Of(head, only);
        string text = $"{head} {Arguments(english, call)}";
        return call.Arguments is [Symbol or Number] ? new Phrase(text) : Phrase.Open(text);
    }
}
