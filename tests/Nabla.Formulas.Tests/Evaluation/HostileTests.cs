using System.Text.Json;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Spreadsheets.Graphs;
using Nabla.Numerics;

namespace Nabla.Formulas.Tests.Evaluation;

/// <summary>Whatever is evaluated with whatever numbers gives a value or a clear error.</summary>
public sealed class HostileTests
{
    private static readonly string[] Lists =
        ["3", "-1", "0", "1e300", "[1,2,3]", "[]", "[[1,2],[3,4]]", "[[1,2,3]]", "[[[1]]]", "inf"];

    [Fact]
    public void Formulas_with_wrong_numbers_give_a_value_or_a_clear_error()
    {
        using JsonDocument document = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "values.json")));
        var rng = new Rng(1);
        foreach (JsonElement one in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            Formula formula = Formula.Parse(one.GetProperty("formula").GetString()!);
            string[] names = [.. one.GetProperty("with").EnumerateObject().Select(binding => binding.Name)];
            for (int round = 0; round < 3; round++)
                Try(formula, Bindings.Parse([.. names.Where(_ => rng.NextInt(8) > 0)
                    .Select(name => $"{name}={Lists[rng.NextInt(Lists.Length)]}")]));
        }
    }

    [Theory]
    [InlineData(@"\sum_{i=1}^{n} x_i", "n=1e18")]
    [InlineData(@"\sum_{i=1}^{100000} \sum_{j=1}^{100000} i j", "x=1")]
    [InlineData(@"\sum_{i=1}^{\infty} \sum_{j=1}^{\infty} \frac{1}{i + j}", "x=1")]
    [InlineData(@"\int_0^1 \int_0^1 \int_0^1 \int_0^1 x y z w dx dy dz dw", "q=1")]
    [InlineData(@"x_{x_{x_1}}", "x=[3,1,2]")]
    [InlineData(@"A^{100000}", "A=[[1,2],[3,4]]")]
    [InlineData(@"((x!)!)!", "x=5")]
    [InlineData(@"\sum_{i=-5}^{x_1} x_i", "x=[3,1,2]")]
    public void Much_work_is_refused_in_time(string formula, params string[] bindings) =>
        Try(Formula.Parse(formula), Bindings.Parse(bindings));

    [Fact]
    public void The_gradient_by_a_million_numbers_is_refused_as_too_many()
    {
        var bindings = new Bindings();
        bindings.AddRandom("x", "1000000", new Rng(1));
        var options = new EvaluationOptions { Gradients = ["x"] };
        Should.Throw<FormulaException>(() => Evaluator.Evaluate(Formula.Parse("x"), bindings, options))
            .Message.ShouldContain("numbers");
        Should.Throw<FormulaException>(() => Evaluator.Evaluate(Formula.Parse("2"), bindings, options))
            .Message.ShouldContain("numbers");
        Evaluator.Evaluate(Formula.Parse("x"), bindings).Value.Count.ShouldBe(1_000_000);
        bindings.AddRandom("y", "1000000", new Rng(1));
        Should.Throw<FormulaException>(() => bindings.AddRandom("z", "1000000", new Rng(1))).Message
            .ShouldContain("together");
    }

    [Fact]
    public void A_sheet_that_is_too_large_is_not_tried_for_each_member_of_a_chain()
    {
        Formula formula = Formula.Parse(string.Concat(Enumerable.Repeat("x = ", 60)) + "x");
        var bindings = new Bindings();
        bindings.AddRandom("x", "100x100", new Rng(1));
        FormulaSheet.Build(Formula.Parse("2 y"), Bindings.Parse("y=1")).ShouldNotBeNull(); // what is known is loaded
        long before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<FormulaException>(() => FormulaSheet.Build(formula, bindings));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000_000);
    }

    [Fact]
    public void How_long_a_list_is_is_not_asked_for_to_answer_how_long_it_is()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Try(Formula.Parse(@"\prod_{i=1}^{n} (\lim_{x \to 0} (n)_i)^2"), Bindings.Parse("k=1"));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(5_000_000);
    }

    [Theory]
    [InlineData(@"|\tau - \mathbb{1}()| u^2")]
    [InlineData("𝟙()")]
    public void An_indicator_without_a_condition_is_refused(string text) =>
        Should.Throw<FormulaException>(() => Formula.Parse(text)).Message.ShouldContain("a condition expected");

    [Fact]
    public void How_far_a_letter_runs_is_not_asked_for_to_answer_how_far_it_runs()
    {
        Formula formula = Formula.Parse(@"\sum_{i=1}^{3} x_i \prod_{i=1}^{n} (((b)_{i}-\arg\max_x (0.5))"
            + @"--\|\log(\exp((\mathbf{x})_{i}))\|_2^2_i) f(-\binom{x_t}{1} ⊗ \|X\|_2^2, "
            + @"\sum_{i=1}^{3} x_i \hat{y} = (\tanh(b ⊗ x'))_{i})");
        Bindings bindings = Bindings.Parse(
            "i=[true,false]", "x_i=-1.2", "n=1", "b=-3.9", "f=3.7", "x_t=1", "t=9", "X=0.5");
        long before = GC.GetAllocatedBytesForCurrentThread();
        Try(formula, bindings);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(10_000_000);
    }

    private static void Try(Formula formula, Bindings bindings)
    {
        try
        {
            string[] gradients = [.. bindings.Names.Take(1)];
            Evaluator.Evaluate(formula, bindings, new() { Gradients = gradients }).Value.ShouldNotBeNull();
        }
        catch (FormulaException error)
        {
            error.Message.ShouldNotBeNullOrWhiteSpace();
        }
    }
}
