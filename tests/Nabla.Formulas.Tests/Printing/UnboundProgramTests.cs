using System.Text.Json;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Explanation;
using Nabla.Formulas.Knowledge;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Printing.Programs;

namespace Nabla.Formulas.Tests.Printing;

/// <summary>Programs of formulas of which only the letters are known compute what the formulas mean.</summary>
public sealed class UnboundProgramTests
{
    [Theory]
    [InlineData("python")]
    [InlineData("csharp")]
    public void An_expectation_of_nothing_is_refused(string language) => Should.Throw<FormulaException>(() =>
        FormulaPrinter.Languages[language].Print(Formula.Parse("x + 𝔼 []").Tree, PrintOptions.Default));

    // Of the field's formulas with numbers so many are sayable without them and are given what they take.
    private const int LeastCompared = 120;

    [Theory]
    [InlineData("y = x @ W.T + b", "x @ W.T + b")]
    [InlineData("C = A B", "A @ B")]
    [InlineData("z = x W", "x @ W")]
    [InlineData(@"W = W_0 + \frac{\alpha}{r} BA", "W_0 + alpha / r * B @ A")]
    [InlineData("attn = softmax(q @ k.T / sqrt(d)) @ v", "softmax(q @ k.T / np.sqrt(d)) @ v")]
    [InlineData(@"\frac{1}{2} (u - v)^T S^{-1} (u - v)", "1 / 2 * (u - v) @ np.linalg.inv(S) @ (u - v)")]
    [InlineData(@"\mathrm{diag}(u) A", "np.diag(u) @ A")]
    [InlineData(@"f_t = \sigma(W_f \cdot [h_{t-1}, x_t] + b_f)", "W_f @ np.concatenate([h_t_minus_1, x_t], axis=-1)")]
    [InlineData(@"\sum_{k=0}^{n} \binom{n}{k} p^k", "math.comb(int(n), k) * p ** k")]
    [InlineData(@"y = \frac{d}{dx} x^3", "3 * x ** 2")]
    [InlineData("y = 2 A_{1,2}", "2 * A[0, 1]")]
    [InlineData("C = 6 N D", "6 * N * D")]
    [InlineData(@"\Lambda = -2 \ln \frac{L_0}{L_1}", "def lambda_(")]
    [InlineData(@"\delta^l = ((w^{l+1})^T \delta^{l+1}) \odot \sigma'(z^l)", "w_l_plus_1.T @ delta_l_plus_1")]
    [InlineData(@"G = \delta^{(l)} (a^{(l-1)})^T", "np.outer(delta_l, a_l_minus_1)")]
    [InlineData("p(x) = \\exp(-(x-\\mu)^T \\Sigma^{-1} (x-\\mu)) / \\sqrt{|\\Sigma|}", "np.linalg.det(Sigma)")]
    [InlineData("y = x W^T + b", "x @ W.T + b")]
    [InlineData(@"z = h W^\top", "h @ W.T")]
    [InlineData("y = v A^{-1}", "v @ np.linalg.inv(A)")]
    [InlineData("t = A^{-1} b", "np.linalg.inv(A) @ b")]
    [InlineData(@"a = \text{softmax}(q K^T / \sqrt{d}) V", "softmax(q @ K.T / np.sqrt(d)) @ V")]
    [InlineData("P_k = (I - K H) P", "@ P")]
    [InlineData(@"s = c A^{-1}", "c * np.linalg.inv(A)")]
    [InlineData(@"y = \alpha W^T", "alpha * W.T")]
    [InlineData("y = x W^T + b", "# Taken for: x a vector, W a matrix")]
    [InlineData(@"\text{MCC} = \frac{TP}{FN}", "\"\"\"MCC = TP/FN\"\"\"")]
    public void Products_are_those_that_the_shapes_call_for(string formula, string code) =>
        Python(formula).ShouldContain(code);

    [Fact]
    public void What_only_some_arguments_run_over_is_refused() =>
        Should.Throw<FormulaException>(() => Python(@"V(s) = \max_a \sum_{s'} P(s' | s, a) V(s')"))
            .Message.ShouldContain("give the shapes");

    [FactNeeding(Needing.Numpy)]
    public void Programs_written_without_numbers_compute_the_examples_of_the_knowledge_base()
    {
        List<Compared> cases = Cases("python", new PythonDialect());
        IReadOnlyDictionary<string, JsonElement> results = PythonRunner.Run(cases.Select(one =>
            new PythonCall(one.Entry.Id, one.Code, one.Arguments)));
        cases.Count.ShouldBeGreaterThan(LeastCompared);
        cases.Where(one => !(results[one.Entry.Id] is { ValueKind: JsonValueKind.Array } result
                && Agrees([.. result.EnumerateArray().Select(number => number.GetDouble())], one.Value)))
            .Select(one => one.Entry.Id).ShouldBeEmpty();
    }

    [Fact]
    public void The_csharp_written_without_numbers_computes_the_examples_of_the_knowledge_base()
    {
        List<Compared> cases = Cases("csharp", new CsharpDialect());
        using var compiled = new CompiledPrograms(cases.Select((one, at) => (at, one.Code)));
        cases.Count.ShouldBeGreaterThan(LeastCompared);
        cases.Where((one, at) => !Agrees([.. compiled.Result(at, one.Arguments.Select(argument =>
                NumberArray.Parse(argument.GetRawText()))).Select(number => (double)number)], one.Value))
            .Select(one => one.Entry.Id).ShouldBeEmpty();
    }

    [Fact]
    public void Binomials_are_functions_of_sheets() =>
        FormulaPrinter.Print(Formula.Parse(@"\binom{n}{k}").Tree, "excel").ShouldContain("=COMBIN(B1,B2)");

    private sealed record Compared(Entry Entry, string Code, JsonElement[] Arguments, NumberArray Value);

    private static List<Compared> Cases(string language, ArrayDialect dialect) =>
        [.. KnowledgeBase.Entries.Where(entry => entry.Example is not null)
            .Select(entry => Case(entry, language, dialect)).OfType<Compared>()];

    private static string Python(string formula)
    {
        Formula parsed = Formula.Parse(formula);
        return FormulaPrinter.Print(parsed.Tree, "python", Options(parsed));
    }

    private static PrintOptions Options(Formula formula) =>
        Explainer.Explain(formula).Printing;

    // The first formula of an entry where the example gives each parameter in the rank that the program takes.
    private static Compared? Case(Entry entry, string language, ArrayDialect dialect)
    {
        Formula formula = Formula.Parse(entry.Formulas[0]);
        try
        {
            PrintOptions options = Options(formula);
            var program = FormulaProgram.Of(formula.Tree, dialect, options);
            IReadOnlyDictionary<string, JsonElement> with = entry.Example!.With;
            bool isGiven = program.Parameters.All(parameter =>
                with.TryGetValue(parameter.Name, out JsonElement value) && Rank(value) == parameter.Rank);
            return !isGiven || with.Count > program.Parameters.Count ? null
                : new(entry, FormulaPrinter.Print(formula.Tree, language, options),
                    [.. program.Parameters.Select(parameter => with[parameter.Name])],
                    NumberArray.Parse(entry.Example.Value.GetRawText()));
        }
        catch (FormulaException)
        {
            return null;
        }
    }

    private static int Rank(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? 1 + (value.GetArrayLength() > 0 ? Rank(value[0]) : 0) : 0;

    private static bool Agrees(double[] result, NumberArray value) => result.Length == value.Count
        && Enumerable.Range(0, value.Count).All(i =>
            Math.Abs(result[i] - value.Values[i]) <= 1e-4 * Math.Max(1, Math.Abs(value.Values[i])));
}
