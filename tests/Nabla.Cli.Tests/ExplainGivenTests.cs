using System.Globalization;
using System.Text.Json;
using Nabla.Formulas.Configurations;
using Nabla.Formulas.Knowledge;
using Nabla.Learning.Training.TensorBoard;

namespace Nabla.Cli.Tests;

/// <summary>What <c>nabla explain</c> says of texts and files that are no formulas.</summary>
public sealed class ExplainGivenTests : IDisposable
{
    private const string Llama = """
        {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 4096, "intermediate_size": 11008,
        "max_position_embeddings": 4096, "num_attention_heads": 32, "num_hidden_layers": 32, "num_key_value_heads": 32,
        "rms_norm_eps": 1e-05, "tie_word_embeddings": false, "vocab_size": 32000}
        """;

    private readonly string root = Directory.CreateTempSubdirectory("nabla-given-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Settings_are_explained_on_the_screen_and_as_json()
    {
        const string Text = "AdamW(betas=(0.9, 0.95), warmup_steps=2000, grad_clip=1.0)";
        string output = InProcess.Run("explain", Text).Output;
        foreach (string part in new[] { "Settings of AdamW", "betas", "grad_clip", "of about the last 20" })
            output.ShouldContain(part);
        output.Split('\n').ShouldAllBe(line => line.Length <= 100);
        JsonElement json = InProcess.Run("explain", Text, "--json").Json;
        json.GetProperty("ok").GetBoolean().ShouldBeTrue();
        json.GetProperty("kind").GetString().ShouldBe("settings");
        json.GetProperty("values").EnumerateArray().Select(value => value.GetProperty("name").GetString())
            .ShouldBe(["betas", "warmup_steps", "grad_clip"]);
    }

    [Fact]
    public void The_parameters_of_a_model_are_counted_matrix_by_matrix()
    {
        InProcess screen = InProcess.Run("explain", File("config.json", Llama));
        (screen.ExitCode, screen.Errors).ShouldBe((0, ""));
        foreach (string part in new[] { "6,738,415,616", "131,072,000", "bfloat16", "13.5 GB", "AdamW", "share" })
            screen.Output.ShouldContain(part);
        InProcess.Run("explain", root).Output.ShouldBe(screen.Output);
        JsonElement model = InProcess.Run("explain", Llama, "--json").Json.GetProperty("model");
        model.GetProperty("parameters").GetInt64().ShouldBe(6_738_415_616);
        model.GetProperty("matrices").EnumerateArray().Sum(matrix => matrix.GetProperty("parameters").GetInt64())
            .ShouldBe(6_738_415_616);
        model.GetProperty("kv_cache_bytes_per_token").GetDouble().ShouldBe(2 * 32 * 4096 * 2);
        model.GetProperty("memory").GetProperty("float32").GetProperty("weights_bytes").GetDouble()
            .ShouldBe(4.0 * 6_738_415_616);
    }

    [Fact]
    public void Sizes_beyond_all_bounds_are_counted_too()
    {
        InProcess huge = InProcess.Run("explain", "--json", Llama
            .Replace("4096", "1000000000000", StringComparison.Ordinal)
            .Replace("11008", "1000000000000", StringComparison.Ordinal));
        huge.ExitCode.ShouldBeOneOf(0, 2);
        huge.Json.TryGetProperty("ok", out _).ShouldBeTrue();
    }

    [Fact]
    public void A_line_of_a_log_is_explained_also_in_a_batch()
    {
        const string Line = "step 1200 | loss 3.21 | lr 2.9e-4 | grad_norm 0.8";
        InProcess.Run("explain", Line, "--length", "line").Output.ShouldContain("24.8 equally likely");
        InProcess batch = InProcess.Run(terminal: null, Line + "\na/b\n", "explain", "--batch", "-");
        string[] lines = batch.Output.TrimEnd().Split('\n');
        JsonDocument.Parse(lines[0]).RootElement.GetProperty("kind").GetString().ShouldBe("log_line");
        JsonDocument.Parse(lines[1]).RootElement.GetProperty("reading").GetString().ShouldBe("a over b");
    }

    [Theory]
    [InlineData("step,loss,val_loss", ",")]
    [InlineData("Iteration\ttrain/loss\teval/loss", "\t")]
    [InlineData("epoch;Training Loss;valLoss", ";")]
    public void A_table_of_a_run_that_overfits_is_told(string header, string between)
    {
        string rows = string.Join('\n', Enumerable.Range(1, 100).Select(i => string.Join(between,
            new double[] { i, Training(i), Overfitting(i) }.Select(x => x.ToString(CultureInfo.InvariantCulture)))));
        string file = File("run.csv", header + "\n" + rows);
        InProcess screen = InProcess.Run("explain", file);
        (screen.ExitCode, screen.Errors).ShouldBe((0, ""));
        screen.Output.ShouldContain("overfits");
        JsonElement json = InProcess.Run("explain", file, "--json").Json;
        (json.GetProperty("kind").GetString(), json.GetProperty("verdict").GetString()).ShouldBe(("run", "overfits"));
        json.GetProperty("reasons").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Held_out_losses_on_rows_of_their_own_belong_to_the_step_before()
    {
        string rows = string.Join('\n', Enumerable.Range(1, 100).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"{i},{Training(i)},\n{i},,{Overfitting(i)}")));
        string file = File("a.csv", "step,train_loss_step,val_loss\n" + rows);
        JsonElement json = InProcess.Run("explain", file, "--json").Json;
        json.GetProperty("verdict").GetString().ShouldBe("overfits");
        json.GetProperty("steps").GetInt32().ShouldBe(100);
    }

    [Fact]
    public void A_loss_that_is_no_number_is_told_as_divergence()
    {
        string lines = string.Join('\n', Enumerable.Range(1, 30).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"iter {i}: loss {(i < 20 ? "2.5012" : "nan")}, time 135.10ms, mfu 38.20%")));
        InProcess.Run("explain", File("train.log", lines)).Output.ShouldContain("diverges");
        string json = string.Join('\n', Enumerable.Range(1, 30).Select(
            i => $$"""{"iter": {{i}}, "loss": "{{(i < 20 ? "1" : "NaN")}}"}"""));
        InProcess.Run("explain", File("log.jsonl", json)).Output.ShouldContain("learning rate");
    }

    [Fact]
    public void Events_of_TensorBoard_are_read_and_a_file_cut_short_is_an_error()
    {
        using (var writer = EventWriter.Create(root))
            for (int step = 1; step <= 100; step++)
            {
                writer.Scalar("loss/train", step, Training(step));
                writer.Scalar("loss/validation", step, Overfitting(step));
                writer.Histogram("weights/w", step, [1, 2, 3]);
            }
        string file = Directory.GetFiles(root).Single();
        foreach (string path in new[] { file, root })
        {
            JsonElement json = InProcess.Run("explain", path, "--json").Json;
            json.GetProperty("verdict").GetString().ShouldBe("overfits");
            json.GetProperty("steps").GetInt32().ShouldBe(100);
        }
        byte[] bytes = System.IO.File.ReadAllBytes(file);
        System.IO.File.WriteAllBytes(file, bytes[..^3]);
        ShouldFail(InProcess.Run("explain", file, "--json"), "cut short");
        bytes[^20] ^= 1;
        System.IO.File.WriteAllBytes(file, bytes);
        ShouldFail(InProcess.Run("explain", file, "--json"), "checksum");
    }

    [Theory]
    [InlineData("x.csv", "a,b\n1,2\n3,4\n", "training loss")]
    [InlineData("x.txt", "Once upon a time.", "no settings")]
    [InlineData("x.jsonl", "[]\n{\"a\":", "training loss")]
    [InlineData("x.tfevents.1", "no events at all", "TensorBoard")]
    public void Files_of_something_else_are_errors_with_a_remedy(string name, string text, string message) =>
        ShouldFail(InProcess.Run("explain", File(name, text), "--json"), message);

    [Fact]
    public void Settings_in_a_program_are_explained()
    {
        string file = File("train_shakespeare_char.py", """
            # train a miniature character-level shakespeare model
            import time
            eval_interval = 250 # keep frequent because we'll overfit
            n_layer = 6
            n_head = 6
            n_embd = 384
            dropout = 0.2
            learning_rate = 1e-3 # with baby networks can afford to go a bit higher
            beta2 = 0.99
            """);
        string output = InProcess.Run("explain", file).Output;
        foreach (string name in new[] { "n_layer", "n_embd", "learning_rate", "beta2" })
            output.ShouldContain(name);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("config")]
    [InlineData("x")]
    public void A_formula_that_could_be_the_name_of_a_file_stays_a_formula(string formula)
    {
        JsonElement json = InProcess.Run("explain", formula, "--json").Json;
        json.TryGetProperty("kind", out _).ShouldBeFalse();
        json.GetProperty("reading").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void No_formula_of_the_knowledge_base_is_taken_for_settings() => KnowledgeBase.Entries
        .SelectMany(entry => entry.Formulas).Where(formula => ConfigurationReader.TryExplain(formula) is not null)
        .ShouldBeEmpty();

    [Fact]
    public void A_file_that_is_not_there_is_not_taken_for_a_formula()
    {
        InProcess result = InProcess.Run("explain", "missing.csv", "--json");
        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain("There is no file 'missing.csv'");
        result.Json.GetProperty("ok").GetBoolean().ShouldBeFalse();
    }

    private static double Training(int step) => 2 * Math.Exp(-step / 30.0) + 0.001 * (step % 3);

    private static double Overfitting(int step) => 1 + 1.5 * Math.Exp(-step / 20.0) + step / 60.0;

    private static void ShouldFail(InProcess result, string message)
    {
        result.ExitCode.ShouldBe(2, result.Errors);
        result.Json.GetProperty("ok").GetBoolean().ShouldBeFalse();
        result.Json.GetProperty("error").GetString()!.ShouldContain(message);
    }

    private string File(string name, string text)
    {
        string path = Path.Combine(root, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
