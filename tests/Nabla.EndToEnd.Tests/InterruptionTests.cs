using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace Nabla.EndToEnd.Tests;

/// <summary>A run that is stopped, in whatever way, ends with the same bits as one that was not.</summary>
[Collection("tiny model")]
public partial class InterruptionTests(TinyModel model, ITestOutputHelper log)
{
    private const int Steps = 1500, Kills = 20, KillsWhileWriting = 5;

    [Theory]
    [InlineData("INT", 130)] // Ctrl-C
    [InlineData("TERM", 143)]
    public void A_signal_saves_says_how_to_go_on_and_ends_as_shells_expect(string signal, int code)
    {
        using var folder = new TemporaryFolder();
        using ChildProcess training = NablaProcess.Start(model.TrainInto(folder["m"], "--steps", "100000", "--json"));
        training.WaitForText("step 200/").ShouldBeTrue();
        training.Signal(signal);
        CommandResult result = training.WaitForEnd();
        result.ExitCode.ShouldBe(code, result.ToString());
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
        int kills = 0;
        string[] command = model.TrainInto(folder["killed"], steps);
        while (kills < Kills && (kills % (Kills / KillsWhileWriting) == 1
            ? KillWhileWriting(command, folder["killed"]) : KillAtRandomStep(command, random)))
        {
            kills++;
            command = ["train", "--resume", "--out", folder["killed"]];
        }
        log.WriteLine($"{kills} of {Kills} kills before the end of the run");
        kills.ShouldBeGreaterThan(KillsWhileWriting);
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

    // The run goes on from its last checkpoint, at most ten steps back, and is killed some steps later. False when it
    // came to its end before, as may happen on a machine that leaves the test waiting.
    private bool KillAtRandomStep(string[] command, Random random)
    {
        using ChildProcess training = NablaProcess.Start(command);
        training.WaitForText("step ").ShouldBeTrue(training.ErrorsSoFar);
        int last = LastStep(training) + random.Next(60);
        while (LastStep(training) < last && !training.HasEnded)
            Thread.Sleep(1);
        Thread.Sleep(random.Next(20)); // lines come every ten steps: this ends between them
        return Kill(training);
    }

    // Stopped when the temporary file of a checkpoint is there, and killed if it still is.
    private bool KillWhileWriting(string[] command, string folder)
    {
        string temporary = Path.Combine(folder, "training", "state.safetensors.tmp");
        using ChildProcess training = NablaProcess.Start(command);
        training.WaitForText("step ").ShouldBeTrue(training.ErrorsSoFar);
        while (!training.HasEnded)
        {
            if (!File.Exists(temporary))
                continue;
            training.Stop();
            if (File.Exists(temporary))
                return Kill(training);
            training.Continue();
        }
        return false;
    }

    private bool Kill(ChildProcess training)
    {
        if (training.HasEnded)
            return false;
        training.Kill();
        log.WriteLine($"killed after step {LastStep(training)}");
        return true;
    }

    private static int LastStep(ChildProcess training) =>
        StepLine().Matches(training.OutputSoFar)
            .Select(line => int.Parse(line.Groups["step"].Value, CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();

    [GeneratedRegex(@"^step (?<step>\d+)/", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex StepLine();

    private static byte[] Weights(string folder) => File.ReadAllBytes(Path.Combine(folder, "model.safetensors"));
}
