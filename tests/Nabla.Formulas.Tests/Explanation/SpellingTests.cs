using System.Buffers;
using System.Text.Json;
using Nabla.Formulas.Explanation;
using Nabla.Formulas.Knowledge;

namespace Nabla.Formulas.Tests.Explanation;

/// <summary>A concept is found in British and in American spelling, with and without its hyphen.</summary>
public sealed class SpellingTests
{
    [Theory]
    [InlineData(@"\tilde{J}(w) = J(w) + \frac{\lambda}{2} \|w\|_2^2", "regularisation", "regularization")]
    [InlineData(@"y = \frac{x - \mathrm{E}[x]}{\sqrt{\mathrm{Var}[x] + \epsilon}} * \gamma + \beta",
        "layer normalisation", "layer normalization")]
    [InlineData(@"s(i) = \frac{b(i) - a(i)}{\max(a(i), b(i))}", "cluster")]
    [InlineData("H(p, q) = -Σ p(x) log q(x)", "cross-entropy", "cross entropy")]
    [InlineData(@"\hat{y} = \frac{1}{k} \sum_{x_i \in N_k(x)} y_i", "neighbourhood", "neighborhood")]
    [InlineData(@"z = \frac{x - \mu}{\sigma}", "centring", "standardisation", "standardization")]
    public void Both_spellings_are_there(string formula, params string[] concepts) =>
        concepts.Except(Told(formula), StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void No_word_is_respelled_that_Americans_write_alike()
    {
        string[] wrong = ["noiz", "preciz", "surpriz", "wize", "raiz", "promiz", "exerciz", "compariz", "realizt"];
        string[] concepts = [.. KnowledgeBase.Entries.SelectMany(entry => Told(entry.Formulas[0]))
            .Distinct(StringComparer.OrdinalIgnoreCase)];
        concepts.Where(concept => wrong.Any(part => concept.Contains(part, StringComparison.Ordinal))).ShouldBeEmpty();
        concepts.ShouldContain("weight initialization", StringComparer.Ordinal);
        concepts.ShouldContain("noise", StringComparer.Ordinal);
    }

    // As the JSON of an explanation lists them.
    private static string[] Told(string formula)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            ExplanationJson.Write(json, Explainer.Explain(formula));
        using JsonDocument document = JsonDocument.Parse(buffer.WrittenMemory);
        return [.. document.RootElement.GetProperty("concepts").EnumerateArray().Select(each => each.GetString()!)];
    }
}
