using System.Text.Json;

namespace Nabla.EndToEnd.Tests;

/// <summary>Every command on a real, tiny model.</summary>
[Collection("tiny model")]
public class CommandTests(TinyModel model)
{
    [Fact]
    public void Training_without_a_terminal_prints_plain_lines()
    {
        model.Training.Output.ShouldContain("step 30/30  loss ");
        model.Training.Output.ShouldContain("step 10/30  loss ");
        model.Training.Output.ShouldContain("val_loss");
        model.Training.Output.ShouldContain("step 15 sample: ");
        model.Training.Output.ShouldContain($"generate {model.Path}");
        model.Training.Output.ShouldNotContain('\e');
        model.Training.Errors.ShouldBeEmpty();
    }

    [Fact]
    public void Metrics_have_a_line_for_every_step()
    {
        JsonElement[] lines = [.. File.ReadLines(Path.Combine(model.Path, "metrics.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement)];
        lines.Select(line => line.GetProperty("step").GetInt32()).ShouldBe(Enumerable.Range(1, 30));
        foreach (string key in new[] { "tokens", "loss", "lr", "grad_norm", "tokens_per_second" })
            Array.TrueForAll(lines, line => line.GetProperty(key).GetDouble() >= 0).ShouldBeTrue(key);
        lines.Where(line => line.TryGetProperty("val_loss", out _)).Select(line => line.GetProperty("step").GetInt32())
            .ShouldContain(10);
    }

    [Fact]
    public void Generation_is_the_same_for_the_same_seed()
    {
        string[] command = ["generate", model.Path, "--prompt", "12 and", "--max-tokens", "40"];
        CommandResult first = NablaProcess.Run(command).ShouldSucceed();
        first.Output.ShouldStartWith("12 and");
        first.Output.Length.ShouldBeInRange(40, 60);
        first.Errors.ShouldBeEmpty();
        NablaProcess.Run(command).Output.ShouldBe(first.Output);
        (NablaProcess.Run([.. command, "--seed", "2"]).Output == first.Output).ShouldBeFalse();
    }

    [Fact]
    public void Generation_as_json_is_one_document()
    {
        CommandResult result = NablaProcess.Run(
            "generate", model.Path, "--prompt", "1", "--stop", "\\n", "--temperature", "0", "--json").ShouldSucceed();
        result.Json().GetProperty("ok").GetBoolean().ShouldBeTrue();
        result.Json().GetProperty("prompt").GetString().ShouldBe("1");
        result.Json().GetProperty("text").GetString()!.ShouldNotContain('\n');
    }

    [Fact]
    public void Chat_answers_lines_from_a_pipe()
    {
        var options = new ChildOptions { Input = "12 and\n/reset\n/what\n7 and\n/exit\nnever read\n" };
        CommandResult result =
            NablaProcess.Run(options, 60, "chat", model.Path, "--max-tokens", "20", "--json").ShouldSucceed();
        result.Json().GetProperty("turns").GetArrayLength().ShouldBe(2);
        result.Errors.ShouldContain("There is no command '/what'");
        NablaProcess.Run(options, 60, "chat", model.Path, "--max-tokens", "20").ShouldSucceed()
            .Output.ShouldNotContain('\e');
    }

    [Fact]
    public void Evaluation_prints_the_loss_and_the_baselines()
    {
        JsonElement result = NablaProcess.Run("eval", model.Path, "--data", model.Data, "--split", "val", "--json")
            .ShouldSucceed().Json();
        double loss = result.GetProperty("loss_nats_per_token").GetDouble();
        result.GetProperty("perplexity").GetDouble().ShouldBe(Math.Exp(loss), 1e-9);
        result.GetProperty("nats_per_byte").GetDouble().ShouldBe(loss, 1e-9); // ASCII characters: a byte a token
        result.GetProperty("bits_per_byte").GetDouble().ShouldBe(loss / Math.Log(2), 1e-9);
        long held = new FileInfo(model.Data).Length / 10;
        result.GetProperty("tokens").GetInt64().ShouldBeInRange(held - 2, held + 2);
        JsonElement[] baselines = [.. result.GetProperty("baselines").EnumerateArray()];
        baselines.Select(b => b.GetProperty("order").GetInt32()).ShouldBe([1, 2, 3, 4, 5, 6]);
        baselines[2].GetProperty("loss_nats_per_token").GetDouble()
            .ShouldBeLessThan(baselines[0].GetProperty("loss_nats_per_token").GetDouble());
    }

    [Fact]
    public void Evaluation_takes_the_held_out_part_of_a_model_s_own_text_and_all_of_another()
    {
        NablaProcess.Run("eval", model.Path, "--json").ShouldSucceed().Json().GetProperty("split").GetString()
            .ShouldBe("val");
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["other.txt"], TinyModel.Text(100));
        JsonElement other =
            NablaProcess.Run("eval", model.Path, "--data", folder["other.txt"], "--json").ShouldSucceed().Json();
        other.GetProperty("split").GetString().ShouldBe("all");
        other.GetProperty("tokens").GetInt64().ShouldBe(new FileInfo(folder["other.txt"]).Length - 1);
        NablaProcess.Run("eval", model.Path).ShouldSucceed().Output.ShouldContain("3-gram");
    }

    [Fact]
    public void The_last_validation_loss_of_training_is_what_eval_measures()
    {
        using var folder = new TemporaryFolder();
        JsonElement trained = NablaProcess.Run(model.TrainInto(folder["m"], "--json")).ShouldSucceed().Json();
        JsonElement measured = NablaProcess.Run("eval", folder["m"], "--json").ShouldSucceed().Json();
        trained.GetProperty("val_loss").GetDouble()
            .ShouldBe(measured.GetProperty("loss_nats_per_token").GetDouble(), 1e-6);
        trained.GetProperty("finished").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public void Next_shows_probabilities_from_high_to_low()
    {
        JsonElement[] tokens =
            [.. NablaProcess.Run("next", model.Path, "--prompt", "12 an", "--top", "100", "--json").ShouldSucceed()
            .Json().GetProperty("tokens").EnumerateArray()];
        double[] probabilities = [.. tokens.Select(token => token.GetProperty("probability").GetDouble())];
        probabilities.ShouldBe(probabilities.OrderDescending());
        probabilities.Sum().ShouldBe(1, 1e-6);
        NablaProcess.Run("next", model.Path, "--prompt", "12 an", "--top", "3").ShouldSucceed()
            .OutputLines.Length.ShouldBe(5);
    }

    [Fact]
    public void Inspect_counts_parameters_and_costs()
    {
        JsonElement result = NablaProcess.Run("inspect", model.Path, "--json").ShouldSucceed().Json();
        result.GetProperty("parameters").GetInt64().ShouldBe(result.GetProperty("tensors").EnumerateArray()
            .Sum(tensor =>
                tensor.GetProperty("shape").EnumerateArray().Aggregate(1L, (count, size) => count * size.GetInt64())));
        // Keys and values, layers, width, context, float32.
        result.GetProperty("kv_cache_bytes").GetInt64().ShouldBe(2 * 2 * 16 * 16 * 4);
        string text = NablaProcess.Run("inspect", model.Path).ShouldSucceed().Output;
        text.ShouldContain("Blocks × 2");
        text.ShouldContain("KV cache     4 KiB");
    }

    [Fact]
    public void Quickstart_tells_its_whole_story()
    {
        using var folder = new TemporaryFolder();
        var options = new ChildOptions { Folder = folder.Path };
        CommandResult result = NablaProcess.Run(options, 120, "quickstart", "--steps", "2").ShouldSucceed();
        foreach (string chapter in new[] { "Sum: ", "3-gram", "before training", "The exam", "A story", "Try next" })
            result.Output.ShouldContain(chapter);
        result.Output.ShouldNotContain('\e');
        NablaProcess.Run(options, 60, "inspect", "models/quickstart").ShouldSucceed();
        JsonElement again = NablaProcess.Run(options, 120, "quickstart", "--json").ShouldSucceed().Json();
        again.GetProperty("step").GetInt32().ShouldBe(2);
        again.GetProperty("answers_invented").GetProperty("total").GetInt32().ShouldBeGreaterThan(0);
    }
}
