using Nabla.Cli.Output;
using Nabla.Language.Generation;
using Nabla.Language.Training;

namespace Nabla.Cli.Tests;

public class PlotTests
{
    [Fact]
    public void A_dot_is_one_bit_of_a_braille_character()
    {
        var canvas = new BrailleCanvas(2, 1);
        canvas.Dot(0, 0, Ink.Model);
        canvas.Dot(3, 3, Ink.HeldOut);
        canvas.Dot(-1, 0, Ink.Bad);
        canvas.Dot(0, 4, Ink.Bad);
        canvas.Row(0).Pieces.ShouldBe([("\u2801", Ink.Model), ("\u2880", Ink.HeldOut)]);
    }

    [Fact]
    public void A_line_has_a_dot_in_every_column()
    {
        var canvas = new BrailleCanvas(4, 2);
        canvas.Line((0, 7), (7, 0), Ink.Model);
        canvas.Row(0).ToString().ShouldBe("  ⡠⠊");
        canvas.Row(1).ToString().ShouldBe("⡠⠊  ");
    }

    [Theory]
    [InlineData(0.0, "")]
    [InlineData(0.001, "▏")]
    [InlineData(0.5, "████")]
    [InlineData(0.5625, "████▌")]
    [InlineData(1.0, "████████")]
    [InlineData(double.NaN, "")]
    public void A_bar_is_as_long_as_its_share(double share, string bar) => Bars.Bar(share, 8).ShouldBe(bar);

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.33)]
    [InlineData(1.0)]
    public void A_progress_bar_always_has_its_length(double share) => Bars.Progress(share, 20).Length.ShouldBe(20);

    [Theory]
    [InlineData(40, 5)]
    [InlineData(100, 12)]
    public void A_loss_plot_fills_its_place_whatever_there_is_to_draw(int width, int rows)
    {
        (int, double)[][] series = [[], [(1, 4)], [(1, 4), (2, 4)], [(1, double.NaN), (2, 3), (100, 1.5)]];
        foreach ((int, double)[] points in series)
        {
            InkedLine[] lines = [.. new LossPlot(100) { Training = points, Validation = points }.Draw(width, rows)];
            lines.Length.ShouldBe(rows + 2);
            lines.ShouldAllBe(line => line.Length <= width + 1);
        }
    }

    [Fact]
    public void The_axis_has_round_numbers_of_steps()
    {
        InkedLine[] lines = [.. new LossPlot(2000) { Training = [(1, 4.0), (2000, 2.0)] }.Draw(90, 8)];
        lines[^1].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe(["0", "500", "1,000", "1,500", "2,000"]);
        lines[0].ToString().ShouldContain("┤");
    }

    [Theory]
    [InlineData(40, 20)]
    [InlineData(60, 15)]
    [InlineData(60, 10)]
    [InlineData(80, 24)]
    [InlineData(120, 60)]
    public void A_training_picture_fits_its_screen(int width, int height)
    {
        var history = new TrainingHistory();
        history.Add(new TrainingStarted(0, 50, 1000, 10_000, 1000, 65));
        for (int step = 1; step <= 50; step++)
        {
            double? heldOut = step % 10 == 0 ? 4.0 / step : null;
            history.Add(new StepDone(step, step * 100, 4.0 / step, 1e-3, 1, 1000) { ValLoss = heldOut });
        }
        history.Add(new Sampled(50, string.Concat(Enumerable.Repeat("some words\n\n", 50)) + "\e[31m"));
        InkedLine[] lines = [.. new TrainingPicture(history).Draw(width, height)];
        lines.Length.ShouldBeLessThanOrEqualTo(height);
        lines.ShouldAllBe(line => line.Length <= width && !line.ToString().Contains('\e'));
        string text = string.Join('\n', lines.AsEnumerable());
        text.ShouldContain("100 %  step 50 of 50");
        text.ShouldContain("held out 0.080");
    }

    [Theory]
    [InlineData(9)]
    [InlineData(2)]
    [InlineData(1)]
    public void A_training_picture_of_few_rows_is_its_progress(int height)
    {
        InkedLine[] lines = [.. new TrainingPicture(new TrainingHistory()).Draw(40, height)];
        lines.Length.ShouldBe(Math.Min(height, 2));
        lines[0].ToString().ShouldContain("step 0 of 0");
    }

    [Fact]
    public void Bars_of_tokens_show_spaces_and_line_feeds()
    {
        NextToken[] tokens = [new(0, " the", 0.5), new(1, "\n", 0.25)];
        TokenBars.Draw(tokens, 40).Select(line => line.ToString().Split('%')[0] + "%")
            .ShouldBe(["  ␣the  50.0 %", "  ⏎     25.0 %"]);
    }

    [Fact]
    public void Columns_of_a_table_line_up()
    {
        IEnumerable<InkedLine> lines =
            new TextTable("name", "n").AlignRight(1).Row("a", "1").Row("long", "1,000").Draw("");
        lines.Select(line => line.ToString()).ShouldBe(["name      n", "a         1", "long  1,000"]);
    }
}
