using Nabla.Language.Evaluation;

namespace Nabla.Language.Tests.Evaluation;

public sealed class ModelStatisticsTests
{
    [Fact]
    public void The_sizes_of_a_gpt2_are_those_counted_by_hand()
    {
        using var golden = new Golden("gpt2");
        var statistics = new ModelStatistics(golden.Model);
        const int v = 65, t = 16, c = 32, layers = 2;
        const int matrices = layers * 12 * c * c + v * c;
        statistics.MatrixParameters.ShouldBe(matrices);
        statistics.ForwardFlopsPerToken.ShouldBe(2 * matrices + 4 * layers * t * c);
        statistics.TrainingFlopsPerToken.ShouldBe(3 * statistics.ForwardFlopsPerToken);
        statistics.CacheBytes.ShouldBe(2 * layers * t * c * 4);
        statistics.Parameters.ShouldBe((v + t) * c + layers * (12 * c * c + 13 * c) + 2 * c);
        statistics.WeightBytes(WeightFormat.Float32).ShouldBe(4 * statistics.Parameters);
        statistics.WeightBytes(WeightFormat.BFloat16).ShouldBe(2 * statistics.Parameters);
        statistics.WeightBytes(WeightFormat.Int8).ShouldBe(statistics.Parameters);
        statistics.Parts.Sum(part => part.Parameters).ShouldBe(statistics.Parameters);
        statistics.Parts.Select(part => part.Name).ShouldBe([
            "TokenEmbedding", "PositionEmbedding",
            "Blocks.AttentionNorm", "Blocks.Attention", "Blocks.MlpNorm", "Blocks.Mlp", "FinalNorm"]);
        statistics.Parts[3].Parameters.ShouldBe(layers * (4 * c * c + 4 * c));
    }

    [Fact]
    public void The_sizes_of_a_llama_are_those_counted_by_hand()
    {
        using var golden = new Golden("llama");
        var statistics = new ModelStatistics(golden.Model);
        const int v = 65, t = 16, c = 32, keys = 16, inner = 64, layers = 2;
        const int matrices = layers * (2 * c * c + 2 * c * keys + 3 * c * inner) + v * c;
        statistics.MatrixParameters.ShouldBe(matrices);
        statistics.Parameters.ShouldBe(matrices + v * c + layers * 2 * c + c);
        statistics.CacheBytesPerToken.ShouldBe(2 * layers * keys * 4);
        statistics.CacheBytes.ShouldBe(2 * layers * keys * 4 * t);
    }
}
