using System.Globalization;
using System.Text.Json;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Explanation;
using Nabla.Formulas.Tests.Parsing;
using Nabla.Numerics;

namespace Nabla.Formulas.Tests.Explanation;

/// <summary>Whatever is typed is explained or refused with a FormulaException; nothing else comes out.</summary>
public sealed class HostileFormulaTests
{
    private const int Seed = 1;

    private static readonly string[] Pieces =
    [
        "{", "}", "(", ")", "[", "]", "^", "_", @"\frac{", @"\frac", @"\sum_{i=1}^{N}", @"\", "&", @"\\", "1e999",
        "1e5",
        "9^9^9", "!", "|", "‖", "ᵀ", "′", "\ud800", "\udc00", "\0", "=", "←", "∇", "∂", "d/dx", "log_", "softmax(",
        "p()",
        @"\mathbb{E}_{x\sim p}", @"\int_0^1", @"\begin{cases}", @"\end{cases}", @"\left(", @"\right", @"\text{", "$",
        "²",
        "₁", "√", @"\hat", "∑", "argmax_", ",", ";", ":", " ", "999999999999", "-",
    ];

    private static readonly string[] Names = ["x", "y", "W", "N", "n", "i", "d_k", "p", "q", "theta", "Q", "K", "V"];
    private static readonly string[] Values = ["3", "-1", "1e308", "[0.5,0.25,0.25]", "[[1,2],[3,4]]", "[]"];

    /// <summary>Set NABLA_FUZZ to a number for more than the suite takes.</summary>
    private static int Count =>
        int.TryParse(Environment.GetEnvironmentVariable("NABLA_FUZZ"), CultureInfo.InvariantCulture, out int count)
            ? count : 2000;

    [Fact]
    public void Mutated_formulas_are_explained_or_refused()
    {
        var rng = new Rng(Seed);
        for (int i = 0; i < Count; i++)
        {
            string text = Mutated(rng);
            Explain(text, rng.NextInt(2) == 0 ? new ExplanationRequest() : Bound(rng));
        }
    }

    [Theory]
    [InlineData("H(p) = -sum_x p() log p(x)")]
    [InlineData(@"\frac{1}1e999")]
    [InlineData(@"a = \arg∑a Q(s, a)")]
    [InlineData(@"\frac1e5")]
    [InlineData("x + \ud800")]
    [InlineData(@"\text{a\udc00b}")]
    public void What_once_went_wrong_is_explained_or_refused(string text) => Explain(text, new ExplanationRequest());

    [Fact]
    public void A_line_of_a_megabyte_is_refused() =>
        Should.Throw<FormulaException>(() => Explainer.Explain(new string('x', 1_000_000)))
            .Message.ShouldContain("1000000 characters");

    private static void Explain(string text, ExplanationRequest request)
    {
        try
        {
            using var json = new Utf8JsonWriter(Stream.Null);
            ExplanationJson.Write(json, Explainer.Explain(text, request));
        }
        catch (FormulaException error)
        {
            error.Message.ShouldNotBeEmpty();
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"'{text}' gives {error.GetType().Name}", error);
        }
    }

    private static ExplanationRequest Bound(Rng rng) => new()
    {
        Bindings = Bindings.Parse([.. Names.Where(_ => rng.NextInt(4) > 0)
            .Select(name => $"{name}={Values[rng.NextInt(Values.Length)]}")]),
        Gradients = rng.NextInt(3) == 0 ? [Names[rng.NextInt(Names.Length)]] : [],
    };

    private static string Mutated(Rng rng)
    {
        string text = CorpusTests.Formulas[rng.NextInt(CorpusTests.Formulas.Length)];
        if (rng.NextInt(20) == 0)
            text = string.Concat(Enumerable.Repeat(Pieces[rng.NextInt(Pieces.Length)], 1 + rng.NextInt(400)));
        for (int changes = rng.NextInt(5); changes >= 0; changes--)
        {
            int at = rng.NextInt(text.Length + 1), length = Math.Min(1 + rng.NextInt(5), text.Length - at);
            string piece = Pieces[rng.NextInt(Pieces.Length)];
            text = rng.NextInt(3) switch
            {
                0 => text.Insert(at, piece),
                1 => text.Remove(at, length),
                _ => string.Concat(text.AsSpan(0, at), piece, text.AsSpan(at + length)),
            };
        }
        return text;
    }

    [Fact]
    public void A_product_of_thousands_is_explained_but_not_computed()
    {
        ExplainedFormula explained = Explainer.Explain(
            string.Concat(Enumerable.Repeat("QK", 1900)),
            new ExplanationRequest { Bindings = Bindings.Parse("Q=2", "K=[0.5,0.25,0.25]") });
        explained.Value.ShouldBeNull();
        explained.Warnings.ShouldContain(warning => warning.Contains("split it", StringComparison.Ordinal));
    }
}
