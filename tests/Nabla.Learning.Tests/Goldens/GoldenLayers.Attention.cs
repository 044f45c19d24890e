using Nabla.Learning.Layers;

namespace Nabla.Learning.Tests.Goldens;

/// <summary>Attention and transformers.</summary>
internal static partial class GoldenLayers
{
    private static AttentionMask Mask(PackedCase c, string padding = "padding", bool causal = true) => new()
    {
        Causal = causal && c.Bool("causal"),
        KeyPadding = c.Has(padding) ? [.. c.Ints(padding).Select(hidden => hidden == 1)] : null,
    };

    private static AttentionMask MemoryMask(PackedCase c) => Mask(c, "memory_padding", causal: false);

    private static TransformerOptions TransformerSettings(PackedCase c) => new()
    {
        FeedForward = c.Ints("sizes")[2],
        Dropout = 0,
        Activation = Enum.Parse<TransformerActivation>(c.Text("activation"), ignoreCase: true),
        NormFirst = c.Bool("norm_first"),
        FinalNorm = c.Bool("norm_first"), // so the script has it
    };

    private static GoldenLayer Attention(PackedCase c)
    {
        var layer = new MultiHeadAttention(c.Ints("sizes")[0], c.Ints("sizes")[1], Rng, new()
        {
            Bias = c.Bool("bias"),
            KeyDim = c.Has("kdim") ? c.Int("kdim") : null,
            ValueDim = c.Has("vdim") ? c.Int("vdim") : null,
        });
        return new(layer, () => c.X.Length == 1
            ? [layer.Forward(c.X[0], Mask(c))]
            : [layer.Forward((c.X[0], c.X[1], c.X[2]), Mask(c)), layer.Weights(c.X[0], c.X[1], Mask(c))]);
    }

    private static GoldenLayer EncoderLayer(PackedCase c)
    {
        var layer = new TransformerEncoderLayer(c.Ints("sizes")[0], c.Ints("sizes")[1], Rng, TransformerSettings(c));
        return new(layer, () => [layer.Forward(c.X[0], Mask(c))]);
    }

    private static GoldenLayer DecoderLayer(PackedCase c)
    {
        var layer = new TransformerDecoderLayer(c.Ints("sizes")[0], c.Ints("sizes")[1], Rng, TransformerSettings(c));
        return new(layer, () => [layer.Forward(c.X[0], c.X[1], Mask(c), MemoryMask(c))]);
    }

    private static GoldenLayer Encoder(PackedCase c)
    {
        var layer = new TransformerEncoder(
            c.Ints("sizes")[0], c.Ints("sizes")[1], c.Int("layers"), Rng, TransformerSettings(c));
        return new(layer, () => [layer.Forward(c.X[0], Mask(c))]);
    }

    private static GoldenLayer Decoder(PackedCase c)
    {
        var layer = new TransformerDecoder(
            c.Ints("sizes")[0], c.Ints("sizes")[1], c.Int("layers"), Rng, TransformerSettings(c));
        return new(layer, () => [layer.Forward(c.X[0], c.X[1], Mask(c), MemoryMask(c))]);
    }

    private static GoldenLayer Transformer(PackedCase c)
    {
        var layer = new Transformer(
            c.Ints("sizes")[0], c.Ints("sizes")[1], (c.Int("layers"), c.Int("layers")), Rng, TransformerSettings(c));
        return new(layer, () =>
        [
            layer.Forward(
                c.X[0], c.X[1], new() { Source = MemoryMask(c), Target = Mask(c), Memory = MemoryMask(c) }),
        ]);
    }
}
