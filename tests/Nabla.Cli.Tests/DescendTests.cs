using System.Text.Json;
using Nabla.Cli.Calculus;

namespace Nabla.Cli.Tests;

public class DescendTests
{
    [Fact]
    public void The_steps_of_gradient_descent_are_those_of_the_rule()
    {
        JsonElement json = InProcess.Run("descend", "(w - 3)^2", "--from", "w=10", "--lr", "0.1", "--json").Json;
        double w = 10;
        foreach (JsonElement step in json.GetProperty("steps").EnumerateArray())
        {
            step.GetProperty("at")[0].GetDouble().ShouldBe(w, 1e-5);
            step.GetProperty("loss").GetDouble().ShouldBe((w - 3) * (w - 3), 1e-4);
            step.GetProperty("gradient")[0].GetDouble().ShouldBe(2 * (w - 3), 1e-4);
            w -= 0.1 * 2 * (w - 3);
        }
        json.GetProperty("steps").GetArrayLength().ShouldBe(51);
        json.GetProperty("verdict").GetString().ShouldBe("converged");
        json.GetProperty("rate_limit").GetProperty("rate").GetDouble().ShouldBe(1, 1e-6);
        json.GetProperty("rate_limit").GetProperty("curvature").GetDouble().ShouldBe(2, 1e-6);
    }

    // After 6, 11 and 16 updates from 10 at rate 0.1.
    [Theory]
    [InlineData(6, 4.8350)]
    [InlineData(11, 3.6013)]
    [InlineData(16, 3.1970)]
    public void A_table_of_an_article_is_found_again(int updates, double w) =>
        InProcess.Run("descend", "(w - 3)^2", "--from", "w=10", "--json").Json.GetProperty("steps")[updates]
            .GetProperty("at")[0].GetDouble().ShouldBe(w, 5e-5);

    [Theory]
    [InlineData("0.1", "converged")]
    [InlineData("0.01", "too slow")]
    [InlineData("1", "oscillates")]
    [InlineData("1.1", "diverges")]
    public void The_verdict_depends_on_the_rate(string rate, string verdict)
    {
        JsonElement json = InProcess.Run("descend", "(w - 3)^2", "--from", "w=10", "--lr", rate, "--json").Json;
        json.GetProperty("verdict").GetString().ShouldBe(verdict);
        json.GetProperty("rate_limit").GetProperty("rate").GetDouble().ShouldBe(1, 1e-6);
    }

    [Fact]
    public void A_small_rate_needs_439_steps()
    {
        InProcess result = InProcess.Run("descend", "(w - 3)^2", "--from", "w=10", "--lr", "0.01");
        result.Output.ShouldContain("Within 0.001 of that point after 439 steps.");
        result.Output.ShouldContain("A rate of 1 or more does not converge");
    }

    [Fact]
    public void Of_two_numbers_the_greatest_curvature_bounds_the_rate()
    {
        JsonElement json = InProcess.Run(
            "descend", "x^2 + 10*y^2", "--from", "x=3,y=2", "--lr", "0.05", "--steps", "100", "--json").Json;
        json.GetProperty("rate_limit").GetProperty("rate").GetDouble().ShouldBe(0.1, 1e-6);
        json.GetProperty("verdict").GetString().ShouldBe("converged");
    }

    [Fact]
    public void Of_other_optimizers_the_rate_is_found_by_trying()
    {
        JsonElement limit = InProcess.Run("descend", "x^2 + 10*y^2", "--from", "x=3", "y=2", "--lr", "0.05",
            "--optimizer", "momentum", "--json").Json.GetProperty("rate_limit");
        limit.GetProperty("rate").GetDouble().ShouldBe(2 * 1.9 / 20, 0.005); // 2(1 + μ)/λ, Polyak 1964
        limit.GetProperty("how").GetString().ShouldBe("runs at many rates");
    }

    [Fact]
    public void Every_optimizer_that_uses_gradients_comes_down()
    {
        foreach (string name in DescentRacers.Names)
        {
            JsonElement steps = InProcess.Run("descend", "(w - 3)^2", "--from", "w=10", "--lr", "0.01", "--steps", "20",
                "--optimizer", name, "--json").Json.GetProperty("steps");
            steps[20].GetProperty("loss").GetDouble()
                .ShouldBeLessThan(steps[0].GetProperty("loss").GetDouble(), name);
        }
    }

    [Fact]
    public void What_falls_without_end_has_no_minimum()
    {
        JsonElement json = InProcess.Run("descend", "x", "--from", "x=1", "--json").Json;
        json.GetProperty("verdict").GetString().ShouldBe("no minimum");
        json.GetProperty("minimum").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("w^4 - 2*w^2", "w=0", "stands still", "maximum", "1")]
    [InlineData("x^2 + (y^2 - 1)^2", "x=1,y=0", "stands still", "saddle", "0 1")]
    [InlineData("x^2 - y^2", "x=1,y=0", "stands still", "saddle", null)]
    [InlineData("w^3", "w=0", "stands still", "level place", null)]
    [InlineData("w^3", "w=1", "no minimum", "level place", null)]
    [InlineData("w^4", "w=0.5", "too slow", null, "0")]
    [InlineData("|w|", "w=0", "converged", null, "0")]
    [InlineData("-|w|", "w=0", "stands still", "level place", null)]
    public void A_place_without_slope_is_a_minimum_only_where_it_goes_no_farther_down(
        string formula, string from, string verdict, string? kind, string? minimum)
    {
        JsonElement json = InProcess.Run("descend", formula, "--from", from, "--json").Json;
        json.GetProperty("verdict").GetString().ShouldBe(verdict);
        (json.GetProperty("level_place") is { ValueKind: JsonValueKind.Object } level
            ? level.GetProperty("kind").GetString() : null).ShouldBe(kind);
        (json.GetProperty("minimum") is { ValueKind: JsonValueKind.Array } at
            ? string.Join(' ', at.EnumerateArray().Select(one => Math.Abs(Math.Round(one.GetDouble(), 3)))) : null)
            .ShouldBe(minimum);
    }

    [Fact]
    public void Where_it_stands_still_is_said()
    {
        string output = InProcess.Run("descend", "w^4 - 2*w^2", "--from", "w=0").Output;
        output.ShouldContain("It stands still where the slope is 0, and that is no minimum.");
        output.ShouldContain("it is a maximum");
        output.ShouldNotContain("It converged");
    }

    [Fact]
    public void For_people_there_is_a_table_a_verdict_and_a_picture()
    {
        string folder = Directory.CreateTempSubdirectory("nabla-descend-").FullName;
        try
        {
            string file = Path.Combine(folder, "way.svg");
            InProcess result = InProcess.Run("descend", "(w - 3)^2 + lambda*w^2", "--from", "w=10", "--with",
                "lambda=0.5", "--plot", file);
            result.ExitCode.ShouldBe(0, result.Errors);
            result.Output.ShouldContain("It converged.");
            result.Output.ShouldContain("The minimum is 3 at w = 2.");
            result.Output.ShouldContain("The way down");
            File.ReadAllText(file).ShouldContain("Gradient descent on");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("needs --from", "(w - 3)^2")]
    [InlineData("needs FORMULA")]
    [InlineData("--lr is 0; it must be", "(w - 3)^2", "--from", "w=10", "--lr", "0")]
    [InlineData("--optimizer takes", "(w - 3)^2", "--from", "w=10", "--optimizer", "magic")]
    [InlineData("a is not bound", "(w - a)^2", "--from", "w=10")]
    [InlineData("w has two values", "(w - 3)^2", "--from", "w=10", "--with", "w=3")]
    public void Wrong_input_is_one_line(string message, params string[] arguments)
    {
        InProcess result = InProcess.Run(["descend", .. arguments]);
        result.ExitCode.ShouldBe(2, result.Errors);
        result.Errors.ShouldContain(message);
        result.Errors.Count(c => c == '\n').ShouldBe(1, result.Errors);
    }
}
