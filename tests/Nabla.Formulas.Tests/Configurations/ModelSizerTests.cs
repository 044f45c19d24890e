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
    public void The_text_of_a_model_of_pictures_and_text_is_counted_and_what_is_assumed_is_said()
    {
        ModelSize gemma = ConfigurationReader.TryExplain("""
            {"model_type": "gemma3", "text_config": {"model_type": "gemma3_text", "hidden_size": 2560,
             "intermediate_size": 10240, "num_hidden_layers": 34, "sliding_window": 1024}, "vision_config": {}}
            """).ShouldNotBeNull().Model.ShouldNotBeNull();
        ((decimal)gemma.Parameters).ShouldBe(4_300_079_472 - 416_866_032 - 2_950_272); // less the eye and its bridge
        gemma.Notes.ShouldContain(note => note.StartsWith("vocab_size is not given: 262208", StringComparison.Ordinal));
        gemma.Notes.ShouldContain(note => note.StartsWith("Only the part that reads", StringComparison.Ordinal));
    }

    [Fact]
    public void What_transformers_counts_otherwise_is_said() => Size("DeepSeek-V3").Notes
        .ShouldContain(note => note.StartsWith("The 14,848 numbers of router.bias", StringComparison.Ordinal));

    [Fact]
    public void A_state_space_model_keeps_nothing_of_each_token() =>
        ((decimal)Size("Mamba-130M").Cache.NumbersPerToken).ShouldBe(0);

    [Fact]
    public void Layers_without_experts_have_a_feed_forward_layer_of_their_own()
    {
        ModelSize Of(string more) => ConfigurationReader.TryExplain($$"""
            {"model_type": "qwen2_moe", "vocab_size": 10, "hidden_size": 4, "intermediate_size": 8,
             "moe_intermediate_size": 2, "num_hidden_layers": 4, "num_attention_heads": 1, "num_experts": 3,
             "num_experts_per_tok": 1{{more}}}
            """).ShouldNotBeNull().Model.ShouldNotBeNull();
        int sparse = 4 * 3 + 3 * 3 * 4 * 2, dense = 3 * 4 * 8;
        ((int)(Of(", \"decoder_sparse_step\": 2").Parameters - Of("").Parameters)).ShouldBe(2 * (dense - sparse));
        ((int)(Of(", \"mlp_only_layers\": [0]").Parameters - Of("").Parameters)).ShouldBe(dense - sparse);
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
