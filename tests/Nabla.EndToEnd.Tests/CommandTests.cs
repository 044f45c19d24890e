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
        int length = result.Json().GetProperty("text").GetString()!.Length;
        result.Json().GetProperty("tokens").GetInt32().ShouldBeInRange(length, length + 1); // and the stop
    }

    [Fact]
    public void Generation_of_nothing_is_the_prompt() =>
        NablaProcess.Run("generate", model.Path, "--prompt", "12 and", "--max-tokens", "0").ShouldSucceed()
            .Output.ShouldBe("12 and\n");

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public void A_signal_ends_what_is_under_way_with_its_own_exit_code(string signal, int exitCode)
    {
        using ChildProcess generation =
            NablaProcess.Start("generate", model.Path, "--max-tokens", "100000000", "--json");
        using var folder = new TemporaryFolder();
        using ChildProcess training = NablaProcess.Start(model.TrainInto(folder["m"], "--steps", "1000000"));
        training.WaitForText("step 1000/", 60); // by now the other one generates too
        foreach (ChildProcess process in new[] { generation, training })
            process.Signal(signal);
        CommandResult generated = generation.WaitForEnd();
        generated.ExitCode.ShouldBe(exitCode, generated.ToString());
        generated.Json().GetProperty("error").GetString().ShouldBe("interrupted");
        CommandResult trained = training.WaitForEnd();
        trained.ExitCode.ShouldBe(exitCode, trained.ToString());
        trained.Errors.ShouldContain("everything is saved");
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
    public void A_line_that_the_model_cannot_read_does_not_end_or_spoil_a_chat()
    {
        var options = new ChildOptions { Input = "ü\n12 and\n/exit \nnever read\n" };
        CommandResult result =
            NablaProcess.Run(options, 60, "chat", model.Path, "--max-tokens", "20", "--json").ShouldSucceed();
        result.Errors.ShouldContain("'ü'");
        JsonElement turn = result.Json().GetProperty("turns").EnumerateArray().ShouldHaveSingleItem();
        turn.GetProperty("prompt").GetString().ShouldBe("12 and\n");
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
        baselines[2].GetProperty("nats_per_byte").GetDouble()
            .ShouldBeLessThan(baselines[0].GetProperty("nats_per_byte").GetDouble());
    }

    [Fact]
    public void The_course_of_a_training_can_be_drawn()
    {
        using var folder = new TemporaryFolder();
        NablaProcess.Run(model.TrainInto(folder["drawn"], "--plot", folder["loss.svg"])).ShouldSucceed();
        string picture = File.ReadAllText(folder["loss.svg"]);
        picture.ShouldContain("drawn");
        picture.ShouldContain("each step");
        picture.ShouldContain("validation");
    }

    [Fact]
    public void What_a_model_expects_and_how_well_can_be_drawn()
    {
        using var folder = new TemporaryFolder();
        NablaProcess.Run("next", model.Path, "--prompt", "12 an", "--plot", folder["next.svg"]).ShouldSucceed()
            .Output.ShouldContain("next.svg");
        File.ReadAllText(folder["next.svg"]).ShouldContain("after “12 an”");
        NablaProcess.Run("eval", model.Path, "--plot", folder["eval.html"], "--json").ShouldSucceed().Json();
        File.ReadAllText(folder["eval.html"]).ShouldContain("3-gram");
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
    public void Evaluation_knows_a_model_s_own_text_by_what_stands_in_it()
    {
        using var folder = new TemporaryFolder();
        File.Copy(model.Data, folder["data.txt"]);
        NablaProcess.Run("train", "--config", model.ConfigFile, "--data", folder["data.txt"], "--out", folder["m"])
            .ShouldSucceed();
        NablaProcess.Run("eval", folder["m"], "--data", model.Data, "--json").ShouldSucceed()
            .Json().GetProperty("split").GetString().ShouldBe("val");
        File.AppendAllText(folder["data.txt"], TinyModel.Text(50));
        NablaProcess.Run("eval", folder["m"], "--split", "val").ShouldFailInOneLine("has changed", "--split all");
        NablaProcess.Run("eval", folder["m"], "--json").ShouldSucceed()
            .Json().GetProperty("split").GetString().ShouldBe("all");
    }

    [Fact]
    public void A_damaged_record_of_the_training_does_not_spoil_the_model()
    {
        using var folder = new TemporaryFolder();
        foreach (string file in new[] { "model.safetensors", "tokenizer.json", "config.json" })
            File.Copy(Path.Combine(model.Path, file), folder[file]);
        Directory.CreateDirectory(folder["training"]);
        File.WriteAllText(Path.Combine(folder["training"], "run.json"), "{ \"recipe\": 1");
        CommandResult result = NablaProcess.Run("eval", folder.Path, "--data", model.Data, "--json").ShouldSucceed();
        result.Json().GetProperty("split").GetString().ShouldBe("all");
        result.ErrorLines.ShouldHaveSingleItem().ShouldContain("run.json is damaged");
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
        again.GetProperty("held_out_bits_per_byte").GetDouble()
            .ShouldBe(again.GetProperty("bits_per_byte").GetDouble(), 1e-6);
        NablaProcess.Run(options, 60, "quickstart", "--steps", "3")
            .ShouldFailInOneLine("2 steps with seed 1", "quickstart --out models/quickstart-2");
        NablaProcess.Run(options, 60, "quickstart", "--seed", "2").ShouldFailInOneLine("2 steps with seed 1");
        CommandResult shown =
            NablaProcess.Run(options, 120, "quickstart", "--steps", "2", "--seed", "1").ShouldSucceed();
        shown.Output.ShouldContain("quickstart --out models/quickstart-2");
        shown.Output.ShouldContain("Done: 2 steps. Held-out");
    }
}
