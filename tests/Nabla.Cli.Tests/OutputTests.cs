using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Language.Training;

namespace Nabla.Cli.Tests;

public class OutputTests
{
    [Theory]
    [InlineData(7, "0:07")]
    [InlineData(750, "12:30")]
    [InlineData(3723, "1:02:03")]
    [InlineData(-1, "0:00")]
    public void Times(double seconds, string shown) => Amounts.Time(seconds).ShouldBe(shown);

    [Theory]
    [InlineData(812, "812")]
    [InlineData(809_856, "810 k")]
    [InlineData(1_720_000, "1.72 M")]
    [InlineData(999_600, "1 M")]
    public void Short_numbers(double value, string shown) => Amounts.Short(value).ShouldBe(shown);

    [Theory]
    [InlineData(100, "100 B")]
    [InlineData(4096, "4 KiB")]
    [InlineData(3_239_424, "3.09 MiB")]
    public void Sizes(double bytes, string shown) => Amounts.Bytes(bytes).ShouldBe(shown);

    [Theory]
    [InlineData(0.001, "0.001")]
    [InlineData(0.00073, "0.00073")]
    [InlineData(1.2e-6, "1.2e-06")]
    public void Rates(double rate, string shown) => Amounts.Rate(rate).ShouldBe(shown);

    [Fact]
    public void Json_has_null_where_a_number_is_none()
    {
        using var output = new StringWriter();
        JsonOutput.Write(output,
            new JsonObject { ["a"] = JsonOutput.Number(double.NaN), ["b"] = JsonOutput.Number(1.5), ["c"] = "é ✓" });
        JsonNode.Parse(output.ToString())!.ToJsonString().ShouldBe("""{"a":null,"b":1.5,"c":"\u00E9 \u2713"}""");
        output.ToString().ShouldContain("é ✓");
    }

    [Fact]
    public void Text_from_outside_cannot_drive_the_terminal()
    {
        Printable.OnTerminal("a\e[2Jb\u007fc\u009b\n\td").ShouldBe("a␛[2Jb␡c\ufffd\n\td");
        Printable.Token(" a\nb\t\0").ShouldBe("␣a⏎b⇥␀");
    }

    [Fact]
    public void Text_is_wrapped_at_spaces() =>
        Printable.Wrap("one two three\nfour abcdefghijkl", 8)
            .ShouldBe(["one two", "three", "four", "abcdefgh", "ijkl"]);

    [Theory]
    [InlineData("models/a", "models/a")]
    [InlineData("my models", "'my models'")]
    [InlineData("it's", "'it'\\''s'")]
    public void Words_are_quoted_for_the_shell(string word, string quoted) => Shell.Quote(word).ShouldBe(quoted);

    [Fact]
    public void Plain_training_prints_about_forty_lines_and_every_look_at_the_held_out_part()
    {
        using var output = new StringWriter();
        var plain = new PlainTraining(new Screen(output, terminal: null), new TrainingHistory());
        plain.Report(new TrainingStarted(0, 1000, 1, 1, 1, 1));
        for (int step = 1; step <= 1000; step++)
            plain.Report(new StepDone(step, step, 2, 1e-3, 1, 1000) { ValLoss = step == 333 ? 2.5 : null });
        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBeInRange(15, 45);
        lines.Single(line => line.StartsWith("step 333/1000 ", StringComparison.Ordinal)).ShouldContain(
            "loss 2.0000  val_loss 2.5000  lr 0.001  grad_norm 1.000  1000 tokens/s");
        output.ToString().ShouldNotContain('\e');
    }

    [Fact]
    public void What_is_typed_becomes_what_the_town_s_text_has()
    {
        Quickstart.Town.PromptFor("12+30").ShouldBe("\n\nSum: 12 + 30 =");
        Quickstart.Town.PromptFor("Sum: 7 + 8 = ?").ShouldBe("\n\nSum: 7 + 8 =");
        Quickstart.Town.PromptFor(" Who? ").ShouldBe("\n\nQ: Who?\nA:");
        Quickstart.Town.PromptFor("Once").ShouldBe("\n\nOnce");
    }
}
