using System.Text.Json;
using System.Xml.Linq;
using Nabla.Cli.Output;
using Nabla.Cli.Output.Plots;

namespace Nabla.Cli.Tests.Plots;

public class FigureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string> Names => Gallery.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Svg_is_well_formed_and_every_coordinate_is_a_number(string name)
    {
        string text = SvgFigure.Draw(Gallery.Figures[name]);
        var document = XDocument.Parse(text);
        document.Root!.Name.ShouldBe(Svg + "svg");
        foreach (XAttribute attribute in document.Descendants().Attributes())
        {
            if (attribute.Name == "href")
                attribute.Value.ShouldStartWith("data:image/png;base64,");
            else
                attribute.Value.ShouldNotContain("NaN");
            attribute.Value.ShouldNotContain("∞");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_text_leaves_the_picture_or_overlaps_its_neighbour_on_the_axis(string name)
    {
        var document = XDocument.Parse(SvgFigure.Draw(Gallery.Figures[name]));
        double width = Number(document.Root!, "width"), height = Number(document.Root!, "height");
        foreach (XElement text in document.Descendants(Svg + "text"))
        {
            Number(text, "y").ShouldBeInRange(0, height);
            if (text.Attribute("transform") is not null)
                continue;
            double size = Number(text.Attribute("font-size") is null ? text.Parent! : text, "font-size");
            double wide = Lettering.Width(text.Value, size) * 0.9; // the estimate is generous
            double left = Number(text, "x") - wide * (string?)text.Attribute("text-anchor") switch
            {
                "middle" => 0.5,
                "end" => 1,
                _ => 0,
            };
            left.ShouldBeGreaterThanOrEqualTo(0, text.Value);
            (left + wide).ShouldBeLessThanOrEqualTo(width, text.Value);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_needs_no_other_file_and_its_data_are_json(string name)
    {
        string page = HtmlFigure.Draw(Gallery.Figures[name]);
        page.Split("<script").Length.ShouldBe(3);
        page.Split("</script>").Length.ShouldBe(3);
        page.ShouldNotContain(" src=");
        page.ShouldNotContain("@import");
        string data = page.Split("type=\"application/json\">")[1].Split("</script>")[0];
        using var json = JsonDocument.Parse(data);
        foreach (JsonElement series in json.RootElement.GetProperty("spots").EnumerateArray())
            series.GetProperty("x").GetArrayLength().ShouldBe(series.GetProperty("texts").GetArrayLength());
        foreach (JsonElement map in json.RootElement.GetProperty("maps").EnumerateArray())
            map.GetProperty("values").GetArrayLength()
                .ShouldBe(map.GetProperty("rows").GetInt32() * map.GetProperty("columns").GetInt32());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_terminal_shows_every_figure_within_its_width(string name)
    {
        foreach (int width in new[] { 1, 40, 100 })
            foreach (bool hasColours in new[] { false, true })
            {
                InkedLine[] lines = [.. TerminalFigure.Draw(Gallery.Figures[name], width, 10, hasColours)];
                lines.ShouldAllBe(line => line.Length <= Math.Max(width, 30));
                lines.ShouldAllBe(line => !line.ToString().Any(char.IsControl));
            }
    }

    [Fact]
    public void The_title_of_a_picture_is_text_and_not_markup()
    {
        var document = XDocument.Parse(SvgFigure.Draw(new Figure("<b>a & b</b>\u0001\ud800")));
        document.Root!.Element(Svg + "title")!.Value.ShouldBe("<b>a & b</b>␁\ufffd");
    }

    [Fact]
    public void In_the_terminal_what_is_negative_goes_left_from_the_zero()
    {
        var panel = new Panel(new BarSeries("", [2, -1, 0])) { X = new Axis { Categories = ["a", "b", "c"] } };
        string[] lines = [.. TerminalFigure.Draw(new Figure("", panel), 40, 10, hasColours: false).Select(line =>
            line.ToString())];
        string[] bars = [.. lines.Where(line => line.Contains('│', StringComparison.Ordinal))];
        bars.Length.ShouldBe(3);
        bars.Select(line => line.IndexOf('│', StringComparison.Ordinal)).Distinct().Count().ShouldBe(1);
        bars[0].ShouldEndWith("█");
        bars[1].ShouldContain("█│");
        bars[2].ShouldNotContain("█");
    }

    [Fact]
    public void A_bar_that_dwarfs_the_others_on_the_other_side_of_zero_leaves_them_no_room()
    {
        foreach (double[] values in new double[][] { [1e-300, -1e300], [-1e-300, 1e300] })
            TerminalFigure.Draw(new Figure("", new Panel(new BarSeries("", values))
            {
                X = new Axis { Categories = ["a", "b"] },
            }), 40, 10, hasColours: false).Count().ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Points_are_where_the_axes_say()
    {
        var panel = new Panel(new PointSeries("", [(0, 0), (5, 50), (10, 100)]));
        XElement[] circles = [.. XDocument.Parse(SvgFigure.Draw(new Figure("", panel))).Descendants(Svg + "circle")];
        Number(circles[1], "cx").ShouldBe((Number(circles[0], "cx") + Number(circles[2], "cx")) / 2, 0.02);
        Number(circles[1], "cy").ShouldBe((Number(circles[0], "cy") + Number(circles[2], "cy")) / 2, 0.02);
        Number(circles[0], "cy").ShouldBeGreaterThan(Number(circles[2], "cy"));
    }

    [Fact]
    public void A_line_is_broken_where_there_is_no_number()
    {
        var panel = new Panel(new LineSeries("", [(0, 1), (1, 2), (2, double.NaN), (3, 1), (4, 2)]));
        XElement path = XDocument.Parse(SvgFigure.Draw(new Figure("", panel))).Descendants(Svg + "path").Single();
        path.Attribute("d")!.Value.Count(c => c == 'M').ShouldBe(2);
        path.Attribute("d")!.Value.Count(c => c == 'L').ShouldBe(2);
    }

    [Fact]
    public void A_long_line_is_drawn_by_the_points_that_can_be_seen()
    {
        (double, double)[] points =
            [.. Enumerable.Range(0, 100_000).Select(i => ((double)i, i == 77_777 ? 100 : i % 7.0))];
        string svg = SvgFigure.Draw(new Figure("", new Panel(new LineSeries("", points))));
        svg.Length.ShouldBeLessThan(60_000);
        // The one that sticks out is among them: it is the highest, 3 % below the upper edge.
        string path = XDocument.Parse(svg).Descendants(Svg + "path").Single().Attribute("d")!.Value;
        double[] heights = [.. path.Split('M', 'L').Skip(1).Select(
            point => double.Parse(point.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture))];
        heights.Order().ElementAt(1).ShouldBeGreaterThan(heights.Min() + 300);
    }

    [Fact]
    public void Classes_are_in_the_order_of_their_numbers() =>
        PointSeries.ByClass([(0, 0), (1, 1), (2, 2), (3, 3)], ["10", "9", "x", "9"])
            .Select(cloud => (cloud.Name, cloud.Points.Count)).ShouldBe([("9", 2), ("10", 1), ("x", 1)]);

    [Fact]
    public void Each_point_has_a_class() =>
        Should.Throw<ArgumentException>(() => PointSeries.ByClass([(0, 0)], []))
            .Message.ShouldContain("1 points have 0");

    private static double Number(XElement element, string attribute) => double.Parse(
        element.Attribute(attribute)!.Value, System.Globalization.CultureInfo.InvariantCulture);
}
