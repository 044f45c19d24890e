using System.Text.Json;
using Nabla.Formulas.Configurations;
using Nabla.Formulas.Configurations.Models;

namespace Nabla.Formulas.Tests.Configurations;

/// <summary>The counts are what the models' makers or their files say.</summary>
public class ModelSizerTests
{
    private static readonly JsonElement[] Models = JsonSerializer.Deserialize<JsonElement[]>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "known-models.json")))!;

    public static TheoryData<string> KnownModels => new(Models.Select(model => model.GetProperty("name").GetString()!));

    [Theory]
    [MemberData(nameof(KnownModels))]
    public void Counts_the_parameters_of_known_models(string name) =>
        ((decimal)Size(name).Parameters).ShouldBe(Known(name).GetProperty("parameters").GetInt64());

    [Fact]
    public void Counts_what_a_token_passes_through()
    {
        ModelSize mixtral = Size("Mixtral-8x7B");
        ((decimal)mixtral.ActiveParameters).ShouldBe(12_879_925_248);
        ((decimal)mixtral.Cache.NumbersPerToken).ShouldBe(2 * 32 * 8 * 128);
    }

    [Fact]
    public void The_cache_of_Llama_2_7B_takes_half_a_megabyte_a_token_in_16_bits() =>
        Size("Llama-2-7B").Cache.Bytes(1, 16).ShouldBe(524288);

    [Fact]
    public void Operations_are_six_for_each_number_in_a_matrix_and_twelve_for_each_width_and_token_attended_to()
    {
        double matrices = 12.0 * 12 * 768 * 768 + 50257 * 768;
        Size("GPT-2").TrainingFlops(1024).ShouldBe(6 * matrices + 12.0 * 12 * 768 * 512, 1);
    }

    [Fact]
    public void An_encoder_attends_to_the_whole_context_when_it_is_trained()
    {
        ModelSize bert = Size("BERT base, uncased");
        bert.TrainingFlops(512).ShouldBe(3 * bert.ForwardFlops(512), 1);
        bert.TrainingFlops(512).ShouldBe(6 * (double)bert.Multiplied + 12.0 * 12 * 768 * 512, 1);
    }

    [Theory]
    [InlineData("{\"model_type\": \"llama\", \"vocab_size\": 10}", "hidden_size")]
    [InlineData("{\"model_type\": \"llama\", \"vocab_size\": -1}", "vocab_size")]
    [InlineData("{\"model_type\": \"llama\", \"vocab_size\": 1e300}", "vocab_size")]
    [InlineData("{\"model_type\": \"llama\", \"vocab_size\": \"many\"}", "vocab_size")]
    [InlineData("{\"model_type\": \"llama\", \"vocab_size\": 1099511627775}", "vocab_size")]
    [InlineData("{\"model_type\": \"martian\"}", "martian")]
    public void A_configuration_that_cannot_be_counted_says_why(string json, string named) =>
        Should.Throw<FormulaException>(() => ConfigurationReader.TryExplain(json)).Message.ShouldContain(named);

    [Fact]
    public void The_largest_sizes_are_counted_without_overflow()
    {
        const string most = "1073741824";
        ModelSize size = ConfigurationReader.TryExplain($$"""
            {"model_type": "deepseek_v3", "vocab_size": {{most}}, "hidden_size": {{most}},
             "num_hidden_layers": {{most}}, "num_attention_heads": {{most}}, "qk_rope_head_dim": {{most}},
             "qk_nope_head_dim": {{most}},
             "v_head_dim": {{most}}, "kv_lora_rank": {{most}}, "q_lora_rank": {{most}}, "intermediate_size": {{most}},
             "moe_intermediate_size": {{most}}, "n_routed_experts": {{most}}, "n_shared_experts": {{most}},
             "num_experts_per_tok": {{most}}, "first_k_dense_replace": 1}
            """).ShouldNotBeNull().Model.ShouldNotBeNull();
        size.Weights.ShouldAllBe(weight => weight.Parameters > 0);
        ((double)size.Parameters).ShouldBe(
            size.Weights.Sum(weight => (double)weight.Rows * weight.Columns * weight.Count), 1e30);
    }

    private static ModelSize Size(string name) =>
        ModelSizer.Count(new ModelSettings(Known(name).GetProperty("config")));

    private static JsonElement Known(string name) =>
        Models.First(model => model.GetProperty("name").GetString() == name);
}
