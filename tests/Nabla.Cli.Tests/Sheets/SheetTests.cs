using System.Text.Json;
using Nabla.Cli.Sheets;
using Nabla.Language.Generation;
using Nabla.Language.Models;

namespace Nabla.Cli.Tests.Sheets;

public sealed class SheetTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("nabla-sheet-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("neuron")]
    [InlineData("rain")]
    [InlineData("mlp")]
    [InlineData("attention")]
    public void A_sheet_is_written_and_said_where_to_look(string kind)
    {
        InProcess result = InProcess.Run("sheet", kind, "--out", Path.Combine(folder, kind + ".xlsx"));
        result.ExitCode.ShouldBe(0, result.Errors);
        result.Output.ShouldContain("where to look");
        new FileInfo(Path.Combine(folder, kind + ".xlsx")).Length.ShouldBeGreaterThan(1000);
        Directory.GetFiles(folder).Length.ShouldBe(1);
    }

    [Fact]
    public void The_neuron_takes_its_numbers_from_the_command_line()
    {
        JsonElement json = Sheet("neuron", "--with", "x=[2, 4]", "w=[1, -0.5]", "b=3");
        Result(json, "weighted sum z").GetDouble().ShouldBe(3, 1e-6);
        Result(json, "output a").GetDouble().ShouldBe(1 / (1 + Math.Exp(-3)), 1e-6);
    }

    [Fact]
    public void The_rain_predictor_says_sixty_two_per_cent() =>
        Result(Sheet("rain"), "probability of rain tomorrow").GetDouble().ShouldBe(0.6225, 1e-4);

    [Fact]
    public void A_formula_is_laid_out_part_by_part() =>
        Result(Sheet("a^2 + b", "--with", "a=3", "b=0.5"), "value").GetDouble().ShouldBe(9.5, 1e-12);

    [Fact]
    public void A_step_of_training_makes_the_loss_of_flowers_smaller()
    {
        JsonElement json = Sheet("mlp", "--data", "iris", "--with", "eta=0.1");
        Result(json, "loss after a step").GetDouble().ShouldBeLessThan(Result(json, "loss L").GetDouble());
    }

    [Fact]
    public void The_cells_of_a_GPT_say_what_the_model_says()
    {
        LoadedModel small = SmallGpt.Trained(CancellationToken.None);
        string model = Path.Combine(folder, "model");
        ModelFolder.Save(model, small.Model, small.Tokenizer);
        NextToken next = new TextGenerator(small.Model, small.Tokenizer).Next("the dog ", 1)[0];
        foreach (string[] source in new string[][] { [], ["--model", model] })
        {
            JsonElement json = Sheet(["gpt", "--text", "the dog ", .. source]);
            Result(json, "next character").GetString().ShouldBe(next.Text);
            Result(json, "its probability").GetDouble().ShouldBe(next.Probability, 1e-5);
        }
    }

    [Theory]
    [InlineData("'neurone'", "Did you mean 'neuron'?", "neurone")]
    [InlineData("half a formula", "expected", "a +")]
    [InlineData("a symbol without a value", "c is not bound", "a b + c", "--with", "a=1", "b=2")]
    [InlineData("a name that the kind has not", "'rain' has no value of that name", "rain", "--with", "q=1")]
    [InlineData("a list for a number", "a number, not a list", "neuron", "--with", "b=[1]")]
    [InlineData("shapes that do not fit", "as many weights as inputs", "neuron", "--with", "x=[1, 2]")]
    [InlineData("a character that the model does not know", "does not know 'Q'", "gpt", "--text", "Q")]
    [InlineData("another ending", ".xlsx", "rain", "--out", "rain.ods")]
    [InlineData("no model", "no model folder", "gpt", "--model", "nowhere")]
    public void What_cannot_be_laid_out_is_named(string why, string expected, params string[] arguments)
    {
        InProcess result = InProcess.Run(["sheet", .. arguments]);
        result.ExitCode.ShouldBe(2, why);
        result.Errors.ShouldContain(expected);
    }

    private JsonElement Sheet(params string[] arguments)
    {
        InProcess result = InProcess.Run(
            ["sheet", .. arguments, "--out", Path.Combine(folder, "sheet.xlsx"), "--json"]);
        result.ExitCode.ShouldBe(0, result.Errors);
        return result.Json;
    }

    private static JsonElement Result(JsonElement json, string name) => json.GetProperty("results").EnumerateArray()
        .Single(result => result.GetProperty("name").GetString() == name).GetProperty("value");
}
