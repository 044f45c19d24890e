using System.Text.Json;
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

    [Fact]
    public void Wrapping_takes_what_the_text_takes()
    {
        string text = string.Join(' ', Enumerable.Repeat("word", 20_000));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Printable.Wrap(text, 80).Sum(line => line.Length + 1).ShouldBe(text.Length + 1);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(20 * text.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(-5)]
    public void Text_is_wrapped_to_a_character_a_line_at_least(int width) =>
        Printable.Wrap("abc", width).ShouldBe(["a", "b", "c"]);

    [Theory]
    [InlineData("xterm", "", true, true)]
    [InlineData("xterm", "1", false, true)]
    [InlineData("dumb", null, false, false)]
    public void What_a_model_writes_cannot_drive_a_terminal_of_any_kind(
        string kind, string? noColour, bool hasColours, bool canRedraw)
    {
        using var output = new StringWriter();
        var screen = new Screen(output, Terminal.OfThisProcess(kind, noColour));
        (screen.HasColours, screen.CanRedraw).ShouldBe((hasColours, canRedraw));
        screen.Write("a\e[2Jb");
        screen.Quote("a\e[2Jb");
        output.ToString().ShouldNotContain('\e');
        new Screen(output, terminal: null).Write("\e"); // a file gets what the model wrote
        output.ToString().ShouldEndWith("\e");
    }

    [Fact]
    public void A_closed_terminal_is_no_error()
    {
        using var gone = new ClosedStream();
        using var writer = new StreamWriter(new TerminalStream(gone)) { AutoFlush = true };
        writer.WriteLine("lost");
        writer.WriteLine("lost too");
        gone.Writes.ShouldBe(1);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1.5, 2)]
    [InlineData(3, 5)]
    [InlineData(50, 50)]
    [InlineData(51, 100)]
    [InlineData(3e9, 5_000_000_000)]
    [InlineData(double.MaxValue, 5_000_000_000_000_000_000)]
    public void Round_numbers_go_1_2_5(double least, long rung) => Ladder.AtLeast(least).ShouldBe(rung);

    [Fact]
    public void Texts_too_long_for_one_are_the_user_s_to_put_right() =>
        Should.Throw<UsageException>(() => DataFiles.CheckLength(1_200_000_000)).Message.ShouldContain("fewer files");

    [Theory]
    [InlineData(0, "Done: 1,500 steps. Held-out")]
    [InlineData(1500, "Done: 1,500 steps in 1:40. Held-out")]
    [InlineData(500, "Done: 1,500 steps, the last 500 of them in 1:40. Held-out")]
    public void Time_is_said_of_the_steps_that_it_took(int taken, string said) =>
        TrainingReport.Done(new TrainingOutcome(new TrainingEnded(1500, true, 1.5, 2, 100), taken)).ToString()
            .ShouldStartWith(said);

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

    [Fact]
    public void A_model_is_the_town_s_only_if_its_text_is()
    {
        var record = new RunRecord
        {
            Recipe = JsonDocument.Parse("{}").RootElement,
            Seed = 1,
            DataFiles = [],
            DataFingerprint = RunRecord.Fingerprint(Quickstart.Town.Text),
        };
        Quickstart.Town.Trained(record).ShouldBeTrue();
        string other = RunRecord.Fingerprint(new TrainingText("a", "b"));
        Quickstart.Town.Trained(record with { DataFingerprint = other }).ShouldBeFalse();
        Quickstart.Town.Trained(record with { DataFiles = ["x"] }).ShouldBeFalse();
        Quickstart.Town.Trained(null).ShouldBeFalse();
    }

    private sealed class ClosedStream : MemoryStream
    {
        public int Writes { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Writes++;
            throw new IOException("Input/output error");
        }
    }
}
