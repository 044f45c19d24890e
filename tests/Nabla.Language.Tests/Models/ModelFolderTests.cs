using System.Text;
using System.Text.Json.Nodes;
using Nabla.Language.Models;
using Nabla.Learning;
using Nabla.Learning.Checkpoints;
using Nabla.Numerics;
using Nabla.Text.Tokenizers;

namespace Nabla.Language.Tests.Models;

public sealed class ModelFolderTests : IDisposable
{
    private static readonly string[] Files =
        [ModelFolder.ConfigFile, ModelFolder.WeightsFile, ModelFolder.TokenizerFile];
    private static readonly CharTokenizer Letters =
        CharTokenizer.Train("abcdefghijklmnopqrstuvwxyz .,\n", AddedToken.EndOfText);
    private readonly string folder = Directory.CreateTempSubdirectory("nabla-model-").FullName;

    public static TheoryData<string> Families => [.. Golden.Families];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Families))]
    public void A_model_that_is_saved_and_loaded_is_the_same_bit_for_bit(string family)
    {
        LanguageModel model = Save(family);
        LoadedModel loaded = ModelFolder.Load(folder);
        loaded.Model.GetType().ShouldBe(model.GetType());
        loaded.Model.ToConfigJson().ToJsonString().ShouldBe(model.ToConfigJson().ToJsonString());
        ShouldBeEqual(loaded.Model, model);
        loaded.Tokenizer.Encode("some text.\n").ShouldBe(Letters.Encode("some text.\n"));
        loaded.Tokenizer.EndOfText.ShouldBe(Letters.EndOfText);

        byte[][] before = [.. Files.Select(file => File.ReadAllBytes(At(file)))];
        ModelFolder.Save(folder, loaded.Model, loaded.Tokenizer);
        foreach ((int i, string file) in Files.Index())
            File.ReadAllBytes(At(file)).ShouldBe(before[i], file);
        ModelFolder.Exists(folder).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void A_model_that_waits_for_its_weights_draws_none(string family)
    {
        JsonObject config = SmallModels.Create(family).ToConfigJson();
        LanguageModel model = ModelFamilies.Named(family).FromConfigJson(config);
        foreach (NamedParameter named in model.Parameters().Where(named => named.Parameter.Rank == 2))
            named.Parameter.ToArray().ShouldAllBe(value => value == 0, named.StoredName);
    }

    [Fact]
    public void Options_of_a_family_survive()
    {
        LanguageModel model = ModelFamilies.Named("llama").Create(
            new NewModel(new ModelDimensions(Letters.VocabularySize, 8, 1, 8, 2, 1))
            {
                Intermediate = 13,
                TieEmbeddings = true,
            },
            new Rng(1));
        ModelFolder.Save(folder, model, Letters);
        ModelFolder.Load(folder).Model.ToString().ShouldBe(model.ToString());
    }

    [Fact]
    public void The_weights_have_the_names_and_layouts_of_Hugging_Face()
    {
        using var golden = new Golden("gpt2");
        using SafeTensorsFile file = SavedWeights(golden.Model);
        file.Names.Order(StringComparer.Ordinal)
            .ShouldBe(golden.Weights.Select(w => w.Name).Order(StringComparer.Ordinal));
        foreach (SafeTensorEntry weight in golden.Weights)
        {
            file.Shape(weight.Name).ToArray().ShouldBe(weight.Shape);
            file.ReadFloats(weight.Name).AsSpan().SequenceEqual(weight.Data.Span).ShouldBeTrue(weight.Name);
        }
    }

    [Fact]
    public void A_gpt2_without_prefix_and_with_masks_and_a_copy_of_its_embedding_is_read()
    {
        LanguageModel model = Save("gpt2");
        Rewrite(weights => weights
            .Select(w => w with { Name = w.Name.Replace("transformer.", "", StringComparison.Ordinal) })
            .Append(new("h.0.attn.bias", [1, 1, 2, 2], new float[] { 1, 0, 1, 1 }))
            .Append(new("h.1.attn.masked_bias", [], new[] { float.NegativeInfinity }))
            .Append(weights.Single(w => w.Name == "transformer.wte.weight") with { Name = "lm_head.weight" }));
        ModelFolder.Load(folder).Model.Parameters()[0]
            .Parameter.Values.SequenceEqual(model.Parameters()[0].Parameter.Values).ShouldBeTrue();

        Rewrite(weights =>
            weights.Select(w => w.Name == "lm_head.weight" ? w with { Data = new float[w.Data.Length] } : w));
        ErrorOfLoading().ShouldContain("'lm_head.weight' differs from 'transformer.wte.weight'");
    }

    [Fact]
    public void Frequencies_in_a_llama_are_ignored()
    {
        Save("llama");
        Rewrite(weights =>
            weights.Append(new("model.layers.0.self_attn.rotary_emb.inv_freq", [2], new float[] { 1, 0.1f })));
        ModelFolder.Load(folder).Model.ShouldNotBeNull();
    }

    [Fact]
    public void A_llama_may_keep_its_rotary_base_in_an_object_of_its_own()
    {
        Save("llama");
        JsonObject config = JsonNode.Parse(File.ReadAllText(At(ModelFolder.ConfigFile)))!.AsObject();
        config.Remove("rope_theta");
        config["rope_parameters"] = new JsonObject { ["rope_type"] = "default", ["rope_theta"] = 500000.0 };
        File.WriteAllText(At(ModelFolder.ConfigFile), config.ToJsonString());
        ModelFolder.Load(folder).Model.ToConfigJson()["rope_theta"]!.GetValue<float>().ShouldBe(500000);

        config["rope_parameters"]!["rope_type"] = "yarn";
        File.WriteAllText(At(ModelFolder.ConfigFile), config.ToJsonString());
        ErrorOfLoading().ShouldContain("'rope_type' is \"yarn\"");
    }

    [Fact]
    public void What_is_missing_or_superfluous_is_named()
    {
        ErrorOfLoading().ShouldContain("has no tokenizer.json");
        Should.Throw<ModelException>(() => ModelFolder.Load(At("nowhere"))).Message.ShouldContain("no model folder");
        Save("gpt2");
        Should.Throw<ModelException>(() => ModelFolder.Load(At("config.json"))).Message.ShouldContain("is a file");

        Rewrite(weights => weights.Where(w => !w.Name.EndsWith("ln_f.bias", StringComparison.Ordinal))
            .Append(new("x", [32], new float[32])));
        ErrorOfLoading().ShouldContain("lack the tensor 'transformer.ln_f.bias'");
        Save("gpt2");
        Rewrite(weights => weights.Append(new("extra\nname", [1], new float[1])));
        ErrorOfLoading().ShouldContain("have the tensor 'extra?name'");
        Save("gpt2");
        Rewrite(weights =>
            weights.Select(w => w.Name == "transformer.wpe.weight" ? w with { Shape = [w.Shape[1], w.Shape[0]] } : w));
        ErrorOfLoading()
            .ShouldContain("'transformer.wpe.weight' has shape [32, 24] where the configuration asks for [24, 32]");
        Save("gpt2");
        Rewrite(weights => weights.Select(
            w => w.Name == "transformer.ln_f.bias" ? w with { Data = Enumerable.Repeat(float.NaN, 32).ToArray() } : w));
        ErrorOfLoading().ShouldContain("holds NaN");
        Save("gpt2");
        Rewrite(weights => weights.Append(weights.First() with { Name = "wte.weight" }));
        ErrorOfLoading().ShouldContain("the same weight");

        Save("gpt2");
        File.Move(At(ModelFolder.WeightsFile), At("pytorch_model.bin"));
        ErrorOfLoading().ShouldContain("pytorch_model.bin");
        File.WriteAllText(At("model.safetensors.index.json"), "{}");
        ErrorOfLoading().ShouldContain("several files");

        Save("gpt2");
        using (FileStream stream = File.Create(At(ModelFolder.TokenizerFile)))
            CharTokenizer.Train("abc").Save(stream);
        ErrorOfLoading().ShouldContain("tokenizer.json has 3 tokens and config.json says 31");
    }

    [Fact]
    public void An_embedding_may_have_more_rows_than_there_are_tokens()
    {
        ModelFolder.Save(folder, SmallModels.Create("gpt2", vocabulary: 64), Letters);
        ModelFolder.Load(folder).Model.Dimensions.Vocabulary.ShouldBe(64);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Wrong_configurations_are_one_clear_line(string family)
    {
        Save(family);
        JsonObject config = JsonNode.Parse(File.ReadAllText(At(ModelFolder.ConfigFile)))!.AsObject();
        string[] values = ["-1", "0", "3", "2147483647",
            "1e99", "1e999", "1.5", "\"x\\ny\"", "null", "true", "[]", "{}", $"\"{new string('x', 5000)}\""];
        foreach (string key in config.Select(pair => pair.Key).ToArray())
            foreach (string value in values)
            {
                JsonObject changed = config.DeepClone().AsObject();
                changed[key] = JsonNode.Parse(value);
                File.WriteAllText(At(ModelFolder.ConfigFile), changed.ToJsonString());
                LoadsOrExplains($"{key} = {value}");
            }
        foreach (string text in (string[])["", "{", "{\"model_type\": \"\\uD800\"}",
            "[]", "null", "{}", "\"x\"", "{\"model_type\": 1}", "{\"model_type\": \"bert\"}",
            "{\"a\": 1, \"a\": 2}", "\uFFFF", new string('[', 1000), "{\"model_type\": \"gpt2\"}"])
        {
            File.WriteAllText(At(ModelFolder.ConfigFile), text);
            ErrorOfLoading();
        }
        File.WriteAllBytes(At(ModelFolder.ConfigFile), [0x7B, 0x22, 0xC0, 0xFF, 0x22, 0x3A, 0x31, 0x7D]);
        ErrorOfLoading();
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Damaged_files_are_one_clear_line(string family)
    {
        LanguageModel model = Save(family);
        var rng = new Rng(1);
        foreach (string file in Files)
        {
            byte[] bytes = File.ReadAllBytes(At(file));
            for (int i = 0; i < 60; i++)
            {
                byte[] changed = [.. bytes];
                // Half of the changes where the structure is, at the beginning.
                int at = rng.NextInt(i % 2 == 0 ? Math.Min(bytes.Length, 400) : bytes.Length);
                changed[at] ^= (byte)(1 << rng.NextInt(8));
                File.WriteAllBytes(At(file), changed);
                // A bit of a file's notes may change the note alone; no weight ever.
                if (LoadsOrExplains(file) is { } loaded && file == ModelFolder.WeightsFile)
                    ShouldBeEqual(loaded.Model, model);

                File.WriteAllBytes(At(file), bytes[..rng.NextInt(bytes.Length)]);
                if (file == ModelFolder.ConfigFile) // its last byte is a line feed
                    LoadsOrExplains(file);
                else
                    ErrorOfLoading();
            }
            File.WriteAllBytes(At(file), bytes);
        }
        ModelFolder.Load(folder).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("gpt2", null)]
    [InlineData("llama", false)]
    [InlineData("llama", true)]
    public void What_a_configuration_needs_is_known_before_memory_is_asked_for(string family, bool? tied)
    {
        IModelFamily models = ModelFamilies.Named(family);
        var sizes = new ModelDimensions(31, 24, 3, 32, 4, family == "llama" ? 2 : 4);
        LanguageModel model = models.Create(new NewModel(sizes) { TieEmbeddings = tied }, new Rng(1));
        models.FromConfigJson(model.ToConfigJson(), model.ParameterCount())
            .ParameterCount().ShouldBe(model.ParameterCount());
        Should.Throw<ModelException>(() => models.FromConfigJson(model.ToConfigJson(), model.ParameterCount() - 1))
            .Message.ShouldContain($"asks for {model.ParameterCount()} parameters");
    }

    private LanguageModel Save(string family)
    {
        LanguageModel model = SmallModels.Create(family, Letters.VocabularySize);
        ModelFolder.Save(folder, model, Letters);
        return model;
    }

    private SafeTensorsFile SavedWeights(LanguageModel model)
    {
        ModelFolder.Save(folder, model, Letters);
        return SafeTensorsFile.Open(At(ModelFolder.WeightsFile));
    }

    private void Rewrite(Func<List<SafeTensorEntry>, IEnumerable<SafeTensorEntry>> change)
    {
        List<SafeTensorEntry> weights;
        using (SafeTensorsFile file = SafeTensorsFile.Open(At(ModelFolder.WeightsFile)))
            weights = [.. file.Names.Select(
                name => new SafeTensorEntry(name, file.Shape(name).ToArray(), file.ReadFloats(name)))];
        SafeTensorsFile.Write(At(ModelFolder.WeightsFile), change(weights));
    }

    private string ErrorOfLoading()
    {
        string message = Should.Throw<ModelException>(() => ModelFolder.Load(folder)).Message;
        ShouldBeOneLine(message);
        return message;
    }

    private LoadedModel? LoadsOrExplains(string what)
    {
        try
        {
            return ModelFolder.Load(folder);
        }
        catch (ModelException error)
        {
            ShouldBeOneLine(error.Message);
            return null;
        }
        catch (Exception error)
        {
            throw new ShouldAssertException(what, error);
        }
    }

    private static void ShouldBeEqual(LanguageModel model, LanguageModel expected)
    {
        foreach ((NamedParameter read, NamedParameter saved) in model.Parameters().Zip(expected.Parameters()))
        {
            read.StoredName.ShouldBe(saved.StoredName);
            read.Parameter.Values.SequenceEqual(saved.Parameter.Values).ShouldBeTrue(saved.Path);
        }
    }

    private void ShouldBeOneLine(string message)
    {
        message.ShouldContain(folder);
        message.ShouldNotContain("\n");
        Encoding.UTF8.GetByteCount(message).ShouldBeLessThan(600, message);
    }

    private string At(string file) => Path.Combine(folder, file);
}
