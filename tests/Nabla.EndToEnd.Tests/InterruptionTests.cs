using System.Text.Json;

namespace Nabla.EndToEnd.Tests;

/// <summary>A run that is stopped, in whatever way, ends with the same bits as one that was not.</summary>
[Collection("tiny model")]
public class InterruptionTests(TinyModel model)
{
    private const int Steps = 600, Kills = 20;

    [Theory]
    [InlineData("INT")] // Ctrl-C
    [InlineData("TERM")]
    public void A_signal_saves_says_how_to_go_on_and_ends_with_130(string signal)
    {
        using var folder = new TemporaryFolder();
        using ChildProcess training = NablaProcess.Start(model.TrainInto(folder["m"], "--steps", "100000", "--json"));
        training.WaitForText("step 200/").ShouldBeTrue();
        training.Signal(signal);
        CommandResult result = training.WaitForEnd();
        result.ExitCode.ShouldBe(130, result.ToString());
        result.Errors.ShouldContain($"train --resume --out {folder["m"]}");
        JsonElement document = result.Json();
        document.GetProperty("finished").GetBoolean().ShouldBeFalse();
        int step = document.GetProperty("step").GetInt32();
        step.ShouldBeInRange(200, 99_999);
        File.ReadLines(Path.Combine(folder["m"], "metrics.jsonl")).Count().ShouldBe(step);
        NablaProcess.Run("generate", folder["m"], "--max-tokens", "5").ShouldSucceed();
    }

    [Fact]
    public void Resumed_runs_have_the_bits_of_an_uninterrupted_one_whatever_the_number_of_threads()
    {
        using var folder = new TemporaryFolder();
        string[] steps = ["--steps", $"{Steps}"];
        NablaProcess.Run(model.TrainInto(folder["whole"], [.. steps, "--threads", "1"])).ShouldSucceed();
        byte[] expected = Weights(folder["whole"]);

        NablaProcess.Run(model.TrainInto(folder["threads"], [.. steps, "--threads", "2"])).ShouldSucceed();
        Weights(folder["threads"]).ShouldBe(expected);

        var random = new Random(1);
        KillAtRandom(model.TrainInto(folder["killed"], steps), random);
        for (int kill = 1; kill < Kills; kill++)
            KillAtRandom(["train", "--resume", "--out", folder["killed"]], random);
        NablaProcess.Run("train", "--resume", "--out", folder["killed"]).ShouldSucceed();
        Weights(folder["killed"]).ShouldBe(expected);
        File.ReadLines(Path.Combine(folder["killed"], "metrics.jsonl")).Count().ShouldBe(Steps);
    }

    [Fact]
    public void A_resumed_run_keeps_its_recipe_and_its_text()
    {
        using var folder = new TemporaryFolder();
        NablaProcess.Run(model.TrainInto(folder["m"])).ShouldSucceed();
        NablaProcess.Run("train", "--resume", "--out", folder["m"], "--steps", "9")
            .ShouldFailInOneLine("--steps cannot be changed");
        File.WriteAllText(folder["other.txt"], TinyModel.Text(500));
        NablaProcess.Run("train", "--resume", "--out", folder["m"], "--data", folder["other.txt"])
            .ShouldFailInOneLine("The data is not what the run");
        NablaProcess.Run(model.TrainInto(folder["m"])).ShouldFailInOneLine("already holds a training run", "--resume");
    }

    // At a moment while it takes steps or writes a checkpoint; a run that cannot read its checkpoint never gets there.
    private static void KillAtRandom(string[] command, Random random)
    {
        using ChildProcess training = NablaProcess.Start(command);
        training.WaitForText("step ").ShouldBeTrue();
        Thread.Sleep(random.Next(150));
        training.Kill();
    }

    private static byte[] Weights(string folder) => File.ReadAllBytes(Path.Combine(folder, "model.safetensors"));
}
