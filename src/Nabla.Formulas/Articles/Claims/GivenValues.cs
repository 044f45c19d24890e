namespace Nabla.Formulas.Articles.Claims;

/// <summary>What names stand for in a sentence.</summary>
/// <param name="Values">The number of each name.</param>
/// <param name="IsCertain">Whether the sentence itself gives all of them, each once, for what it then computes.</param>
internal sealed record GivenValues(IReadOnlyDictionary<string, Quantity> Values, bool IsCertain);
