using System.Text.Json;
using Nabla.Cli.Explain;

namespace Nabla.Cli.Tests;

/// <summary>Many formulas at once: each line gives one line, whatever stands in it.</summary>
public class BatchTests
{
    private const string Good = @"{""formula"": ""x^2"", ""with"": {""x"": 3}}";

    [Fact]
    public void A_batch_gives_one_line_of_json_for_each_line()
    {
        (InProcess result, JsonElement[] lines) = Explain("a/b", "", Good, "c\r");
        result.ExitCode.ShouldBe(0, result.Errors);
        result.Errors.ShouldBeEmpty();
        lines.Select(IsOk).ShouldBe([true, true, true]);
        lines[0].GetProperty("reading").GetString().ShouldBe("a over b");
        lines[1].GetProperty("value").GetDouble().ShouldBe(9);
        lines[2].GetProperty("formula").GetString().ShouldBe("c");
    }

    [Fact]
    public void A_line_that_fails_stops_no_other_and_the_exit_code_tells()
    {
        (InProcess result, JsonElement[] lines) = Explain("a/b", @"\frac{", "{not json \"formula\"", Good);
        lines.Select(IsOk).ShouldBe([true, false, false, true]);
        lines[1].GetProperty("error").GetString().ShouldNotBeNullOrWhiteSpace();
        lines[1].GetProperty("position").GetInt32().ShouldBe(6);
        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain("2 of 4 lines");
    }

    [Theory]
    [InlineData("y = x^{-1/2}")]
    [InlineData(@"{""formula"": ""\\sqrt{2 x}""}")]
    public void Random_numbers_of_a_batch_lie_in_the_domain_of_each_line(string line)
    {
        var written = new StringWriter();
        new Batch(new ExplainOptions { Shapes = ["x=8"] })
            .Run(new StringReader(line), written, CancellationToken.None);
        written.ToString().ShouldNotContain("NaN");
        written.ToString().ShouldContain("\"value\":[");
    }

    [Theory]
    [InlineData(@"{""formula"": 3}")]
    [InlineData(@"{""formula"": null, ""with"": 3}")]
    [InlineData(@"{""formula"": ""\ud800""}")]
    [InlineData(@"{""formula"": ""x"", ""with"": {""\udc00"": 1}}")]
    [InlineData(@"{""formula"": ""x"", ""with"": [1]}")]
    [InlineData(@"{""formula"": ""x"", ""with"": {""x"": {}}}")]
    [InlineData(@"{""formula"": ""x"", ""with"": {""x"": [1, [2]]}}")]
    [InlineData(@"{""formula"": ""x"", ""with"": {""x"": 1, ""x"": 2}}")]
    [InlineData(@"{""formula"": ""x"", ""with"": {"""": 1}}")]
    [InlineData(@"{""formula"": ""x"", ""grad"": [1]}")]
    [InlineData(@"{""formula"": ""x""")]
    [InlineData("\0")]
    [InlineData("x\0y")]
    [InlineData("x\ud800")]
    public void What_is_no_formula_is_refused_and_the_next_line_explained(string line)
    {
        (InProcess result, JsonElement[] lines) = Explain(line, Good);
        lines.Select(IsOk).ShouldBe([false, true]);
        result.ExitCode.ShouldBe(2);
    }

    [Theory]
    [InlineData(1_000_000, "x", "")]
    [InlineData(1_000_000, "(", "")]
    [InlineData(1_000_000, @"\", "")]
    [InlineData(100_000, @"{""formula"": ", "1")]
    [InlineData(100_000, @"{""formula"": ""x"", ""with"": {""x"": [", "1")]
    [InlineData(3_000_000, " ", "x")]
    public void A_line_of_a_megabyte_is_refused_and_the_next_explained(int times, string repeated, string end)
    {
        string line = repeated.StartsWith('{') ? repeated + new string('[', times) + end
            : Times(repeated, times) + end;
        (_, JsonElement[] lines) = Explain(line, Good);
        lines.Select(IsOk).ShouldBe([false, true]);
        lines[0].GetProperty("error").GetString()!.Length.ShouldBeLessThan(700);
    }

    [Fact]
    public void Numbers_beyond_all_bounds_and_many_numbers_are_taken()
    {
        string many = string.Join(',', Enumerable.Repeat("1", 100_000));
        (InProcess result, JsonElement[] lines) = Explain(
            @"{""formula"": ""x"", ""with"": {""x"": 1e999}}",
            $$$"""{"formula": "mean(x)", "with": {"x": [{{{many}}}]}}""");
        result.ExitCode.ShouldBe(0, result.Errors);
        lines[0].GetProperty("value").GetString().ShouldBe("Infinity");
        lines[1].GetProperty("value").GetDouble().ShouldBe(1);
    }

    [Fact]
    public void An_answer_does_not_wait_for_the_line_after_its_own()
    {
        using var conversation = new Conversation(300);
        var batch = new Batch(new ExplainOptions());
        batch.Run(conversation, conversation.Answers, CancellationToken.None);
        batch.Lines.ShouldBe(300);
        conversation.Answers.Count.ShouldBe(300);
    }

    [Fact]
    public void Answers_come_in_the_order_of_their_lines_and_are_those_of_each_line_alone()
    {
        string[] lines = [.. Enumerable.Range(1, 200).Select(i => (Sum: Times("x + ", i * 7 % 60), X: i))
            .Select(line => $$$"""{"formula": "{{{line.Sum}}}x^2", "with": {"x": {{{line.X}}}}}""")];
        (InProcess result, JsonElement[] answers) = Explain(lines);
        result.ExitCode.ShouldBe(0, result.Errors);
        answers.Select(answer => answer.GetProperty("value").GetDouble())
            .ShouldBe(Enumerable.Range(1, 200).Select(i => (double)(i * 7 % 60 * i + i * i)));
    }

    [Fact]
    public void The_answers_go_into_a_file_and_nothing_else_is_left_beside_it()
    {
        string folder = Directory.CreateTempSubdirectory("nabla-batch-").FullName;
        try
        {
            string path = Path.Combine(folder, "answers.jsonl"), lines = $"{Good}\n{Good}";
            InProcess result = InProcess.Run(terminal: null, lines, "explain", "--batch", "-", "--out", path);
            result.ExitCode.ShouldBe(0, result.Errors);
            result.Output.ShouldBeEmpty();
            File.ReadLines(path).Select(line => JsonDocument.Parse(line).RootElement).Select(IsOk)
                .ShouldBe([true, true]);
            Directory.GetFileSystemEntries(folder).ShouldBe([path]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Times(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static bool IsOk(JsonElement line) => line.GetProperty("ok").GetBoolean();

    private static (InProcess Result, JsonElement[] Lines) Explain(params string[] lines)
    {
        InProcess result = InProcess.Run(terminal: null, string.Join('\n', lines), "explain", "--batch", "-");
        return (result, [.. result.Output.TrimEnd('\n').Split('\n')
            .Select(line => JsonDocument.Parse(line).RootElement)]);
    }

    /// <summary>Gives a line, and gives the next only when that is answered.</summary>
    private sealed class Conversation(int lines) : TextReader
    {
        private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
        private int given, at;

        public AnswerCount Answers { get; } = new();

        public override int Read()
        {
            if (at == 0)
                SpinWait.SpinUntil(() => Answers.Count == given, Patience).ShouldBeTrue();
            if (given == lines)
                return -1;
            int c = "a/b\n"[at++];
            if (c == '\n')
                (given, at) = (given + 1, 0);
            return c;
        }

        protected override void Dispose(bool disposing)
        {
            Answers.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class AnswerCount : StringWriter
    {
        private volatile int count;

        public int Count => count;

        public override void Write(string? value) => count++;
    }
}
