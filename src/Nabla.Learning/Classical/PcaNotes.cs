using System.Text.Json;
using Nabla.Learning.Checkpoints;

namespace Nabla.Learning.Classical;

/// <summary>What a saved PCA has besides its axes and its mean.</summary>
internal sealed record PcaNotes(
    bool Whiten, long Samples, double TotalVariance, double NoiseVariance, double[] ExplainedVariance)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    public string ToJson() => JsonSerializer.Serialize(this, Format);

    public static PcaNotes Read(string? json, string path)
    {
        try
        {
            PcaNotes? notes = json is null ? null : JsonSerializer.Deserialize<PcaNotes>(json, Format);
            if (notes is { ExplainedVariance.Length: > 0, Samples: > 1 })
                return notes;
        }
        catch (JsonException)
        {
            // The message below says as much.
        }
        throw new CheckpointException($"'{path}' holds no PCA. Name a file that Pca.Save wrote.");
    }
}
