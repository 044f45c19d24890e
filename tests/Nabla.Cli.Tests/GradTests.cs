using System.Text.Json;

namespace Nabla.Cli.Tests;

public class GradTests
{
    [Fact]
    public void Gradient_Hessian_and_tangent_of_a_square_are_shown()
    {
        InProcess result = InProcess.Run("grad", "x^2 + 2*x*y + y^2", "--at", "x=3,y=2");
        result.ExitCode.ShouldBe(0, result.Errors);
        result.Output.ShouldContain("it is 25");
        result.Output.ShouldContain("2x + 2y");
        result.Output.ShouldContain("z = 25 + 10(x − 3) + 10(y − 2)");
        result.Output.ShouldContain("Eigenvalues 0, 4: positive semidefinite");
        result.Output.ShouldContain("gradient, uphill");
    }

    [Theory]
    [InlineData("x=3,y=2")]
    [InlineData("x=3", "y=2")]
    [InlineData("x=3, y=2")]
    public void The_document_has_numbers_and_formulas(params string[] point)
    {
        JsonElement json = InProcess.Run(["grad", "x^2 + 2*x*y + y^2", "--at", .. point, "--json"]).Json;
        json.GetProperty("value").GetDouble().ShouldBe(25);
        Numbers(json.GetProperty("gradient")).ShouldBe([10, 10]);
        Numbers(json.GetProperty("hessian")[0]).ShouldBe([2, 2]);
        Numbers(json.GetProperty("hessian")[1]).ShouldBe([2, 2]);
        Numbers(json.GetProperty("eigenvalues")).ShouldBe([0, 4], 1e-9);
        json.GetProperty("formulas").GetProperty("x").GetString().ShouldBe("2x + 2y");
        json.GetProperty("norm").GetDouble().ShouldBe(Math.Sqrt(200), 1e-9);
        Numbers(json.GetProperty("steepest_ascent")).ShouldBe([Math.Sqrt(0.5), Math.Sqrt(0.5)], 1e-9);
    }

    [Theory]
    [InlineData("1/x", "0")]
    [InlineData("log(x)", "-1")]
    [InlineData("floor(x)", "2")]
    public void Where_there_is_no_slope_the_document_has_none(string formula, string at)
    {
        JsonElement json = InProcess.Run("grad", formula, "--at", $"x={at}", "--json").Json;
        foreach (string name in new[] { "gradient", "norm", "steepest_ascent", "hessian", "definiteness" })
            json.GetProperty(name).ValueKind.ShouldBe(JsonValueKind.Null, name);
        json.GetProperty("eigenvalues").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public void A_slope_with_a_corner_has_no_second_derivative()
    {
        JsonElement json = InProcess.Run("grad", "x*abs(x)", "--at", "x=0", "--json").Json;
        json.GetProperty("hessian")[0][0].ValueKind.ShouldBe(JsonValueKind.Null);
        json.GetProperty("definiteness").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("x^2 + y^2", "minimum")]
    [InlineData("-x^2 - 3*y^2", "maximum")]
    [InlineData("x^2 - y^2", "saddle")]
    [InlineData("x^2 + y^3", "undecided")]
    public void A_place_without_slope_is_named(string formula, string kind) =>
        InProcess.Run("grad", formula, "--at", "x=0,y=0", "--json").Json
            .GetProperty("critical_point").GetString().ShouldBe(kind);

    [Fact]
    public void A_curve_has_a_tangent_line_and_a_second_derivative()
    {
        InProcess result = InProcess.Run("grad", "--at", "x=0.5", "x*log(x)");
        result.ExitCode.ShouldBe(0, result.Errors);
        result.Output.ShouldContain("1 + log x");
        result.Output.ShouldContain("Tangent line: y = −0.346574 + 0.306853(x − 0.5)");
        result.Output.ShouldContain("Second derivative: 1/x = 2");
    }

    [Fact]
    public void Vectors_have_gradients_of_their_shape_and_others_stand_still()
    {
        InProcess result = InProcess.Run(
            "grad", "w^T x + b", "--at", "w=[0.4,-1.1]", "x=[1,3]", "b=0.7", "--of", "w,b", "--json");
        JsonElement json = result.Json;
        Numbers(json.GetProperty("gradient")).ShouldBe([1, 3, 1]);
        json.GetProperty("names").EnumerateArray().Select(name => name.GetString()).ShouldBe(["w_1", "w_2", "b"]);
        json.GetProperty("formulas").GetProperty("w").GetString().ShouldBe("x");
        InProcess.Run("grad", "w^T x + b", "--at", "w=[0.4,-1.1]", "x=[1,3]", "b=0.7").Output
            .ShouldContain("No picture: there are 5 variables");
    }

    [Theory]
    [InlineData("|x|", "x=0", "on the left the slope is −1, on the right 1")]
    [InlineData("x*log(x)", "x=0", "It is not defined here")]
    [InlineData("sqrt(x)", "x=0", "no finite slope")]
    public void Where_there_is_no_tangent_none_is_shown(string formula, string at, string said)
    {
        string output = InProcess.Run("grad", formula, "--at", at).Output;
        string[] words = output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        string.Join(' ', words).ShouldContain(said);
        output.ShouldNotContain("Tangent line");
    }

    [Fact]
    public void Where_the_slope_jumps_there_is_no_second_derivative()
    {
        InProcess result = InProcess.Run("grad", "ReLU(x)", "--at", "x=0");
        result.ExitCode.ShouldBe(0, result.Errors);
        result.Output.ShouldContain("There is no second derivative here.");
        InProcess.Run("grad", "ReLU(x)", "--at", "x=0", "--json").Json
            .GetProperty("hessian")[0][0].ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("svg", "<svg")]
    [InlineData("html", "<html")]
    public void The_map_is_drawn_into_a_file(string kind, string expected)
    {
        string folder = Directory.CreateTempSubdirectory("nabla-grad-").FullName;
        try
        {
            string file = Path.Combine(folder, $"map.{kind}");
            InProcess.Run("grad", "x^2 + y^2", "--at", "x=1,y=2", "--plot", file).ExitCode.ShouldBe(0);
            File.ReadAllText(file).ShouldContain(expected);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("there is no point", "x^2")]
    [InlineData("needs FORMULA")]
    [InlineData("y is not bound", "x^2 + y", "--at", "x=3")]
    [InlineData("--of z: z has no value", "x^2", "--at", "x=3", "--of", "z")]
    [InlineData("x is bound twice", "x^2", "--at", "x=3,x=4")]
    [InlineData("only a single number has a gradient", "2 x", "--at", "x=[1,2]")]
    [InlineData("functions of one or two numbers", "x + y + z", "--at", "x=1,y=2,z=3", "--plot", "x.svg")]
    public void Wrong_input_is_one_line(string message, params string[] arguments)
    {
        InProcess result = InProcess.Run(["grad", .. arguments]);
        result.ExitCode.ShouldBe(2, result.Errors);
        result.Errors.ShouldContain(message);
        result.Errors.Count(c => c == '\n').ShouldBe(1, result.Errors);
    }

    private static double[] Numbers(JsonElement array) =>
        [.. array.EnumerateArray().Select(value => value.GetDouble())];
}
