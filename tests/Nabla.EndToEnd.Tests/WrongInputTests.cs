namespace Nabla.EndToEnd.Tests;

/// <summary>Wrong input: one clear line, exit code 2, nothing lost and nothing half-written.</summary>
[Collection("tiny model")]
public class WrongInputTests(TinyModel model)
{
    public static TheoryData<string, byte[], string> BadTexts => new()
    {
        { "empty", [], "is empty" },
        { "one character", "a"u8.ToArray(), "needs at least 17" },
        { "shorter than the context", "a few words"u8.ToArray(), "needs at least 17" },
        { "binary", [0x7f, (byte)'E', (byte)'L', (byte)'F', 0, 1, 2], "is not text" },
        { "invalid UTF-8", [(byte)'a', 0xc3, 0x28], "is not valid UTF-8 at byte 1" },
        { "UTF-16", [0xff, 0xfe, (byte)'a', 0], "is UTF-16" },
    };

    [Theory]
    [MemberData(nameof(BadTexts))]
    public void Text_that_cannot_be_learned_from(string name, byte[] bytes, string message)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["data.txt"], bytes);
        NablaProcess.Run("train", "--config", model.ConfigFile, "--data", folder["data.txt"], "--out", folder["m"])
            .ShouldFailInOneLine(message);
        Directory.Exists(folder["m"]).ShouldBeFalse(name);
    }

    [Fact]
    public void Text_that_is_missing()
    {
        using var folder = new TemporaryFolder();
        NablaProcess.Run("train", "--data", folder["none.txt"], "--out", folder["m"])
            .ShouldFailInOneLine("none.txt does not exist");
        NablaProcess.Run("train", "--data", folder.Path, "--out", folder["m"]).ShouldFailInOneLine("is a folder");
        NablaProcess.Run("train", "--out", folder["m"]).ShouldFailInOneLine("--data FILE");
        NablaProcess.Run("eval", model.Path, "--data", folder["none.txt"])
            .ShouldFailInOneLine("none.txt does not exist");
        Directory.Exists(folder["m"]).ShouldBeFalse();
    }

    [Fact]
    public void A_context_longer_than_the_data()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(
            folder["config.json"], """{ "model": { "context": 1000000, "dim": 16, "heads": 2, "layers": 1 } }""");
        NablaProcess.Run("train", "--config", folder["config.json"], "--data", model.Data, "--out", folder["m"])
            .ShouldFailInOneLine("a context of 1000000 needs at least 1000001", "smaller model.context");
    }

    [Fact]
    public void A_recipe_or_key_that_does_not_exist()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["config.json"], """{ "model": { "layerz": 1 } }""");
        NablaProcess.Run("train", "--config", folder["config.json"], "--data", model.Data, "--out", folder["m"])
            .ShouldFailInOneLine("'model.layerz'", "Did you mean 'model.layers'?");
        NablaProcess.Run("train", "--recipe", "shakespear", "--data", model.Data, "--out", folder["m"])
            .ShouldFailInOneLine("There is no recipe 'shakespear'", "Did you mean 'shakespeare'?");
        NablaProcess.Run("train", "--recipe", "shakespeare", "--config", "x", "--data", model.Data, "--out",
            folder["m"]).ShouldFailInOneLine("Choose one");
        Directory.Exists(folder["m"]).ShouldBeFalse();
    }

    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("tokenizer.json")]
    [InlineData("config.json")]
    public void A_model_that_is_truncated_altered_or_incomplete(string file)
    {
        using var folder = new TemporaryFolder();
        byte[] whole = File.ReadAllBytes(Path.Combine(model.Path, file));
        foreach (string other in new[] { "model.safetensors", "tokenizer.json", "config.json" })
            File.Copy(Path.Combine(model.Path, other), folder[other]);

        File.WriteAllBytes(folder[file], whole[..(whole.Length / 2)]);
        NablaProcess.Run("generate", folder.Path).ShouldFailInOneLine(folder.Path);
        File.Delete(folder[file]);
        NablaProcess.Run("inspect", folder.Path).ShouldFailInOneLine(file);
        whole[^20] ^= 0x40;
        File.WriteAllBytes(folder[file], whole);
        CommandResult altered = NablaProcess.Run("next", folder.Path);
        if (file == "model.safetensors")
            altered.ShouldFailInOneLine(file);
        else
            altered.ExitCode.ShouldBeOneOf(0, 2); // one letter changed may still be a valid file
    }

    [Fact]
    public void A_checkpoint_that_is_truncated_cannot_be_resumed_and_stays_as_it_is()
    {
        using var folder = new TemporaryFolder();
        NablaProcess.Run(model.TrainInto(folder["m"])).ShouldSucceed();
        string state = Path.Combine(folder["m"], "training", "state.safetensors");
        File.WriteAllBytes(state, File.ReadAllBytes(state)[..^100]);
        byte[] weights = File.ReadAllBytes(Path.Combine(folder["m"], "model.safetensors"));
        NablaProcess.Run("train", "--resume", "--out", folder["m"]).ShouldFailInOneLine("state.safetensors");
        File.ReadAllBytes(Path.Combine(folder["m"], "model.safetensors")).ShouldBe(weights);
    }

    [Fact]
    public void A_folder_that_cannot_be_written()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "");
        NablaProcess.Run(model.TrainInto(Path.Combine(folder["file"], "m")))
            .ShouldFailInOneLine("Cannot write", "Choose another folder");
        NablaProcess.Run("quickstart", "--steps", "1", "--out", Path.Combine(folder["file"], "m"))
            .ShouldFailInOneLine("Cannot write");
    }

    // The system's full device stands where the file is written first: every write there finds no space left.
    [Theory]
    [InlineData("training/state.safetensors")]
    [InlineData("model.safetensors")]
    [InlineData("tokenizer.json")]
    public void A_full_disk_while_training_keeps_the_last_checkpoint(string file)
    {
        using var folder = new TemporaryFolder();
        using ChildProcess training = NablaProcess.Start(model.TrainInto(folder["m"], "--steps", "1000000"));
        training.WaitForText("step 20").ShouldBeTrue(training.ErrorsSoFar);
        training.Interrupt();
        training.WaitForEnd();
        string path = Path.Combine(folder["m"], file);
        byte[] before = File.ReadAllBytes(path);

        File.CreateSymbolicLink(path + ".tmp", "/dev/full");
        NablaProcess.Run("train", "--resume", "--out", folder["m"]).ShouldFailInOneLine(file, "disk is full");
        File.ReadAllBytes(path).ShouldBe(before);
        Directory.GetFiles(folder["m"], "*.tmp", SearchOption.AllDirectories).ShouldBeEmpty();
        NablaProcess.Run("generate", folder["m"], "--max-tokens", "5").ShouldSucceed();
    }

    [Fact]
    public void Settings_out_of_their_range()
    {
        NablaProcess.Run("generate", model.Path, "--temperature", "-1").ShouldFailInOneLine("temperature is -1");
        NablaProcess.Run("generate", model.Path, "--top-p", "2").ShouldFailInOneLine("top-p is 2");
        NablaProcess.Run("generate", model.Path, "--prompt", "ü").ShouldFailInOneLine("'ü'");
        CommandResult json =
            NablaProcess.Run("generate", model.Path, "--min-p", "7", "--json").ShouldFailInOneLine("min-p is 7");
        json.Json().GetProperty("ok").GetBoolean().ShouldBeFalse();
    }
}
