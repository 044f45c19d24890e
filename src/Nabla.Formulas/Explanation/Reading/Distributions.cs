using System.Collections.Frozen;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Reading;

/// <summary>How distributions with parameters are read: N(x; μ, σ²) is "a normal distribution over x with …".</summary>
internal static class Distributions
{
    private sealed record Family(string Noun, params string[] Parameters);

    private static readonly Family Normal = new("a normal distribution", "mean", "variance");
    private static readonly Family Uniform = new("a uniform distribution", "lower end", "upper end");

    private static readonly FrozenDictionary<string, Family> Families =
        new Dictionary<string, Family>(StringComparer.Ordinal)
        {
            ["N"] = Normal,
            ["Normal"] = Normal,
            ["Gaussian"] = Normal,
            ["U"] = Uniform,
            ["Uniform"] = Uniform,
            ["Unif"] = Uniform,
            ["Bernoulli"] = new("a Bernoulli distribution", "probability"),
            ["Bern"] = new("a Bernoulli distribution", "probability"),
            ["Bin"] = new("a binomial distribution", "number of trials", "probability"),
            ["Ber"] = new("a Bernoulli distribution", "probability"),
            ["Exp"] = new("an exponential distribution", "rate"),
            ["Pois"] = new("a Poisson distribution", "rate"),
            ["Geom"] = new("a geometric distribution", "probability"),
            ["Gamma"] = new("a gamma distribution", "shape", "rate"),
            ["Binomial"] = new("a binomial distribution", "number of trials", "probability"),
            ["Categorical"] = new("a categorical distribution", "probabilities"),
            ["Cat"] = new("a categorical distribution", "probabilities"),
            ["Multinomial"] = new("a multinomial distribution", "number of trials", "probabilities"),
            ["Poisson"] = new("a Poisson distribution", "rate"),
            ["Exponential"] = new("an exponential distribution", "rate"),
            ["Beta"] = new("a beta distribution", "first parameter", "second parameter"),
            ["Dirichlet"] = new("a Dirichlet distribution", "parameters"),
            ["Dir"] = new("a Dirichlet distribution", "parameters"),
            ["Laplace"] = new("a Laplace distribution", "centre", "scale"),
            ["Gumbel"] = new("a Gumbel distribution", "location", "scale"),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The reading of a distribution, or null.</summary>
    public static Phrase? Read(English english, Call call)
    {
        if (!IsDistribution(call) || !Families.TryGetValue(call.Letter, out Family? family))
            return null;
        int semicolon = call.Separators.ToList().FindIndex(separator => separator is ";" or "|");
        string over = semicolon < 0 ? "" : " over " + english.List([.. call.Arguments.Take(semicolon + 1)]);
        Expression[] parameters = [.. call.Arguments.Skip(semicolon + 1)];
        if (call.Letter is "U" or "Uniform" or "Unif" && parameters.Length == 2)
            return Phrase.Open($"{family.Noun}{over} between {english.List(parameters)}");
        if (call.Letter is "U" or "Uniform" or "Unif" && parameters is [_] or [_, .., Ellipsis, _])
            return Phrase.Open($"{family.Noun}{over} over {english.List(parameters)}");
        string[] with = [.. parameters.Select((parameter, i) => Parameter(english, family, parameter, i))];
        string last = with.Any(part => part.Contains(" and ", StringComparison.Ordinal)) ? ", and" : "and";
        return Phrase.Open(family.Noun + over + (with.Length > 0 ? " with " + Wording.List(with, last) : ""));
    }

    /// <summary>Whether a call is a distribution and not a function that happens to be written N or U.</summary>
    public static bool IsDistribution(Call call) =>
        call.Function is Symbol symbol && Families.ContainsKey(symbol.Letter)
        && symbol.Kind != SymbolKind.Set
        && (symbol.Letter.Length > 1 && symbol.Letter is not ("Exp" or "Gamma")
            || symbol.Alphabet == Alphabet.Calligraphic
            || symbol.Kind == SymbolKind.Distribution)
        && call.Arguments.Count > 0;

    /// <summary>Whether a letter or a word names a family of distributions.</summary>
    public static bool IsFamily(string letter) => Families.ContainsKey(letter);

    /// <summary>What a distribution is called, "normal distribution", or null.</summary>
    public static string? FamilyName(Call call) => IsDistribution(call)
        && Families.TryGetValue(call.Letter, out Family? family) ? family.Noun[(family.Noun.IndexOf(' ') + 1)..] : null;

    /// <summary>What a parameter of a distribution is called, or null.</summary>
    public static string? ParameterName(Call call, int index)
    {
        int semicolon = call.Separators.ToList().FindIndex(separator => separator is ";" or "|");
        if (call.Letter is "U" or "Uniform" or "Unif" && call.Arguments.Count == 1)
            return null; // U(D): what it is over
        return IsDistribution(call) && Families.TryGetValue(call.Letter, out Family? family) && index > semicolon
            && index - semicolon - 1 < family.Parameters.Length ? family.Parameters[index - semicolon - 1] : null;
    }

    private static string Parameter(English english, Family family, Expression parameter, int index)
    {
        Phrase phrase = english.Read(parameter);
        string text = phrase.HasComma ? phrase.Bracketed().Text : phrase.Text;
        return index < family.Parameters.Length ? $"{family.Parameters[index]} {text}" : text;
    }
}
