using Nabla.Cli.Explain;
using Nabla.Cli.Output.Plots;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Explanation;

namespace Nabla.Cli.Tests;

public class ExplainPictureTests
{
    [Fact]
    public void A_function_of_one_number_is_drawn_with_its_slope()
    {
        LineSeries[] curves = Curves("σ(x) = 1/(1+e^{-x})");
        curves.Select(curve => curve.Name).ShouldBe(["σ(x)", "slope by x"]);
        foreach ((double x, double y) in curves[0].Points)
            y.ShouldBe(1 / (1 + Math.Exp(-x)), 1e-12);
        foreach ((double x, double y) in curves[1].Points)
            y.ShouldBe(1 / (2 + 2 * Math.Cosh(x)), 1e-12);
    }

    [Theory]
    [InlineData("w=2", "b=1")]
    [InlineData("w=2", "x=1")]
    public void The_one_name_without_a_value_is_drawn_along_the_axis(params string[] with) =>
        Curves("y = w x + b", with)[0].Points.Count.ShouldBeGreaterThan(100);

    [Theory]
    [InlineData("-\\log p", 0, 1)]
    [InlineData("\\ln x", 0, 5)]
    [InlineData("x^2", -5, 5)]
    public void A_function_is_drawn_where_it_is_defined(string formula, double from, double to)
    {
        var places = Curves(formula)[0].Points.Select(point => point.X).Where(double.IsFinite);
        places.Min().ShouldBeInRange(from, from + 0.05);
        places.Max().ShouldBe(to, 1e-9);
    }

    [Theory]
    [InlineData("\\tan x", 4)]
    [InlineData("1/(x - 0.01)", 1)]
    [InlineData("x^3 - 40 x", 0)]
    public void No_line_leads_through_a_pole(string formula, int poles) =>
        Curves(formula)[0].Points.Count(point => double.IsNaN(point.Y)).ShouldBe(poles);

    [Fact]
    public void The_only_number_given_is_marked_on_the_curve()
    {
        Figure figure = Drawn("x^2", "x=3")!;
        figure.Panels[0].Series.OfType<PointSeries>().Single().Points.ShouldBe([(3, 9)]);
    }

    [Fact]
    public void Lists_are_bars_and_matrices_are_maps_up_to_the_value()
    {
        Figure bars = Drawn("softmax(z)", "z=[2,1,0.1]")!;
        bars.Panels[^1].Series.OfType<BarSeries>().Single().Values[0].ShouldBe(0.659, 1e-3);
        Figure maps = Drawn(
            "softmax(QKᵀ/√d_k)V", "Q=[[1,0],[0.5,-1]]", "K=[[0.2,1],[1,0.3],[-0.5,0.7]]", "V=[[1,2],[3,-1],[0.5,0]]",
            "d_k=2")!;
        maps.Panels.Select(panel => panel.Title).ShouldBe(["Q Kᵀ", "Q Kᵀ/√dₖ", "softmax(Q Kᵀ/√dₖ)", "value"]);
        maps.Panels[^1].Series.OfType<HeatMapSeries>().Single().Values[0, 0].ShouldBe(1.9543874427861065, 1e-9);
        maps.Panels[2].Series.OfType<HeatMapSeries>().Single().IsDiverging.ShouldBeFalse();
    }

    [Fact]
    public void Where_all_numbers_are_given_the_argument_of_the_function_moves()
    {
        Drawn("f(t) = a t + b", "a=2", "b=1", "t=3").ShouldNotBeNull().Panels[0].X.Label.ShouldBe("t");
        Drawn("1/(σ√(2π)) e^{-(x-μ)²/(2σ²)}", "x=0", "μ=0", "σ=1").ShouldNotBeNull().Panels[0].X.Label.ShouldBe("x");
    }

    [Theory]
    [InlineData("w^T x + b")]
    [InlineData("a + b", "a=1", "b=2")]
    [InlineData("\\mathcal{L}(\\theta)")]
    public void Where_there_is_nothing_to_see_there_is_no_picture(string formula, params string[] with) =>
        Drawn(formula, with).ShouldBeNull();

    [Fact]
    public void The_page_and_the_terminal_show_it()
    {
        InProcess.Run("explain", "x^2", "--to", "html").Output.ShouldContain("<svg");
        InProcess.Run("explain", "w^T x", "--to", "html").Output.ShouldNotContain("<svg");
        InProcess.Run("explain", "x^2").Output.ShouldContain("● value   ● slope by x");
    }

    [Theory]
    [InlineData("--with", "w^T x + b")]
    [InlineData("no picture of settings", "AdamW(lr=3e-4)")]
    public void Without_anything_to_draw_a_file_is_refused_with_a_remedy(string message, string given)
    {
        InProcess refused = InProcess.Run("explain", given, "--plot", "never.svg");
        refused.ExitCode.ShouldBe(2);
        refused.Errors.ShouldContain(message);
        File.Exists("never.svg").ShouldBeFalse();
    }

    private static LineSeries[] Curves(string formula, params string[] with) =>
        [.. Drawn(formula, with)!.Panels[0].Series.OfType<LineSeries>()];

    private static Figure? Drawn(string formula, params string[] with)
    {
        Bindings? bindings = with.Length == 0 ? null : Bindings.Parse(with);
        return FormulaFigure.Of(Explainer.Explain(formula, new() { Bindings = bindings }), bindings);
    }
}
