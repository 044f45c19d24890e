using System.Text.Json;
using Nabla.Formulas.Configurations;
using Nabla.Formulas.Configurations.Models;

namespace Nabla.Formulas.Tests.Configurations;

/// <summary>The counts are what the models' makers or their files say.</summary>
public class ModelSizerTests
{
    [Theory]
    [InlineData("llama", "vocab_size 32000 hidden_size 4096 intermediate_size 11008 num_hidden_layers 32 num_attention_heads 32", 6_738_415_616)]
    [InlineData("llama", "vocab_size 32000 hidden_size 5120 intermediate_size 13824 num_hidden_layers 40 num_attention_heads 40", 13_015_864_320)]
    [InlineData("llama", "vocab_size 32000 hidden_size 8192 intermediate_size 28672 num_hidden_layers 80 num_attention_heads 64 num_key_value_heads 8", 68_976_648_192)]
    [InlineData("llama", "vocab_size 128256 hidden_size 4096 intermediate_size 14336 num_hidden_layers 32 num_attention_heads 32 num_key_value_heads 8", 8_030_261_248)]
    [InlineData("llama", "vocab_size 32000 hidden_size 2048 intermediate_size 5632 num_hidden_layers 22 num_attention_heads 32 num_key_value_heads 4", 1_100_048_384)]
    [InlineData("llama", "vocab_size 49152 hidden_size 576 intermediate_size 1536 num_hidden_layers 30 num_attention_heads 9 num_key_value_heads 3 tie_word_embeddings 1", 134_515_008)]
    [InlineData("mistral", "vocab_size 32000 hidden_size 4096 intermediate_size 14336 num_hidden_layers 32 num_attention_heads 32 num_key_value_heads 8", 7_241_732_096)]
    [InlineData("mixtral", "vocab_size 32000 hidden_size 4096 intermediate_size 14336 num_hidden_layers 32 num_attention_heads 32 num_key_value_heads 8 num_local_experts 8 num_experts_per_tok 2", 46_702_792_704)]
    [InlineData("qwen2", "vocab_size 152064 hidden_size 3584 intermediate_size 18944 num_hidden_layers 28 num_attention_heads 28 num_key_value_heads 4", 7_615_616_512)]
    [InlineData("qwen2", "vocab_size 151936 hidden_size 896 intermediate_size 4864 num_hidden_layers 24 num_attention_heads 14 num_key_value_heads 2 tie_word_embeddings 1", 494_032_768)]
    [InlineData("qwen3", "vocab_size 151936 hidden_size 4096 intermediate_size 12288 num_hidden_layers 36 num_attention_heads 32 num_key_value_heads 8 head_dim 128", 8_190_735_360)]
    [InlineData("qwen3", "vocab_size 151936 hidden_size 1024 intermediate_size 3072 num_hidden_layers 28 num_attention_heads 16 num_key_value_heads 8 head_dim 128 tie_word_embeddings 1", 596_049_920)]
    [InlineData("gemma", "vocab_size 256000 hidden_size 2048 intermediate_size 16384 num_hidden_layers 18 num_attention_heads 8 num_key_value_heads 1 head_dim 256", 2_506_172_416)]
    [InlineData("gemma2", "vocab_size 256000 hidden_size 2304 intermediate_size 9216 num_hidden_layers 26 num_attention_heads 8 num_key_value_heads 4 head_dim 256", 2_614_341_888)]
    [InlineData("phi3", "vocab_size 32064 hidden_size 3072 intermediate_size 8192 num_hidden_layers 32 num_attention_heads 32", 3_821_079_552)]
    [InlineData("deepseek_v3", "vocab_size 129280 hidden_size 7168 intermediate_size 18432 moe_intermediate_size 2048 num_hidden_layers 61 num_attention_heads 128 n_shared_experts 1 n_routed_experts 256 num_experts_per_tok 8 first_k_dense_replace 3 kv_lora_rank 512 q_lora_rank 1536 qk_rope_head_dim 64 qk_nope_head_dim 128 v_head_dim 128", 671_026_419_200)]
    [InlineData("gpt2", "vocab_size 50257 n_embd 768 n_layer 12 n_head 12 n_positions 1024", 124_439_808)]
    [InlineData("gpt2", "vocab_size 50257 n_embd 1024 n_layer 24 n_head 16 n_positions 1024", 354_823_168)]
    [InlineData("gpt2", "vocab_size 50257 n_embd 1600 n_layer 48 n_head 25 n_positions 1024", 1_557_611_200)]
    [InlineData("gpt_neox", "vocab_size 50304 hidden_size 512 intermediate_size 2048 num_hidden_layers 6 num_attention_heads 8", 70_426_624)]
    [InlineData("gpt_neox", "vocab_size 50304 hidden_size 768 intermediate_size 3072 num_hidden_layers 12 num_attention_heads 12", 162_322_944)]
    [InlineData("opt", "vocab_size 50272 hidden_size 768 ffn_dim 3072 num_hidden_layers 12 num_attention_heads 12 max_position_embeddings 2048", 125_239_296)]
    [InlineData("bloom", "vocab_size 250880 hidden_size 1024 n_layer 24 n_head 16", 559_214_592)]
    [InlineData("falcon", "vocab_size 65024 hidden_size 4544 num_hidden_layers 32 num_attention_heads 71", 6_921_720_704)]
    [InlineData("phi", "vocab_size 51200 hidden_size 2560 intermediate_size 10240 num_hidden_layers 32 num_attention_heads 32", 2_779_683_840)]
    [InlineData("bert", "vocab_size 30522 hidden_size 768 intermediate_size 3072 num_hidden_layers 12 num_attention_heads 12 max_position_embeddings 512", 109_482_240)]
    [InlineData("roberta", "vocab_size 50265 hidden_size 768 intermediate_size 3072 num_hidden_layers 12 num_attention_heads 12 max_position_embeddings 514 type_vocab_size 1", 124_645_632)]
    [InlineData("distilbert", "vocab_size 30522 dim 768 hidden_dim 3072 n_layers 6 n_heads 12 max_position_embeddings 512", 66_362_880)]
    public void Counts_the_parameters_of_known_models(string family, string sizes, long parameters) =>
        ((decimal)ModelSizer.Count(Settings(family, sizes)).Parameters).ShouldBe(parameters);

    [Fact]
    public void Counts_what_a_token_passes_through()
    {
        ModelSize mixtral = ModelSizer.Count(Settings("mixtral", "vocab_size 32000 hidden_size 4096 intermediate_size 14336 " +
            "num_hidden_layers 32 num_attention_heads 32 num_key_value_heads 8 num_local_experts 8 num_experts_per_tok 2"));
        ((decimal)mixtral.ActiveParameters).ShouldBe(12_879_925_248);
        ((decimal)mixtral.Cache.NumbersPerToken).ShouldBe(2 * 32 * 8 * 128);
    }

    [Fact]
    public void The_cache_of_Llama_2_7B_takes_half_a_megabyte_a_token_in_16_bits() =>
        ModelSizer.Count(Settings("llama", "vocab_size 32000 hidden_size 4096 intermediate_size 11008 num_hidden_layers 32 " +
            "num_attention_heads 32")).Cache.Bytes(1, 16).ShouldBe(524288);

    [Fact]
    public void Operations_are_six_for_each_number_in_a_matrix_and_twelve_for_each_width_and_token_attended_to()
    {
        ModelSize size = ModelSizer.Count(Settings("gpt2", "vocab_size 50257 n_embd 768 n_layer 12 n_head 12 n_positions 1024"));
        double matrices = 12.0 * 12 * 768 * 768 + 50257 * 768;
        size.TrainingFlops(1024).ShouldBe(6 * matrices + 12.0 * 12 * 768 * 512, 1);
    }

    [Theory]
    [InlineData("{\"model_type\": \"llama\", \"vocab_size\": 10}", "hidden_size")]
    [InlineData("{\"model_type\": \"llama\", \"vocab_size\": -1}", "vocab_size")]
    [InlineData("{\"model_type\": \"llama\", \"vocab_size\": 1e300}", "vocab_size")]
    [InlineData("{\"model_type\": \"llama\", \"vocab_size\": \"many\"}", "vocab_size")]
    [InlineData("{\"model_type\": \"martian\"}", "martian")]
    public void A_configuration_that_cannot_be_counted_says_why(string json, string named) =>
        Should.Throw<FormulaException>(() => ConfigurationReader.TryExplain(json)).Message.ShouldContain(named);

    private static ModelSettings Settings(string family, string sizes)
    {
        string[] words = sizes.Split(' ');
        var document = new Dictionary<string, object> { ["model_type"] = family };
        for (int i = 0; i < words.Length; i += 2)
            document[words[i]] = words[i] == "tie_word_embeddings" ? words[i + 1] == "1"
                : long.Parse(words[i + 1], System.Globalization.CultureInfo.InvariantCulture);
        return new ModelSettings(JsonSerializer.SerializeToElement(document));
    }
}
