using Nabla.Language.Models;
using Nabla.Learning.Optimizers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Text.Tokenizers;

namespace Nabla.Cli.Sheets;

/// <summary>A GPT small enough for a spreadsheet, trained in a second or two on a few sentences.</summary>
internal static class SmallGpt
{
    /// <summary>What it goes on with, unless another text is given.</summary>
    public const string Beginning = "the cat s";

    private const int Steps = 500, Batch = 16, Seed = 1;
    private const float Rate = 0.01f;

    private static readonly string[] Sentences =
    [
        "the cat sat on the mat.", "the dog lay on the rug.", "the owl sat in the tree.", "the fox ran to the den.",
        "the hen sat on the egg.", "the cow ate the hay.", "the bee flew to the rose.", "the cat ate the fish.",
        "the dog ran to the cat.", "the fish swam in the lake.", "the fox ate the hen.", "the owl flew to the moon.",
    ];

    /// <summary>The model and its tokenizer.</summary>
    public static LoadedModel Trained(CancellationToken cancellation)
    {
        string text = string.Join(' ', Enumerable.Repeat(Sentences, 2).SelectMany(all => all));
        CharTokenizer tokenizer = CharTokenizer.Train(text);
        int[] ids = tokenizer.Encode(text);
        var rng = new Rng(Seed);
        var sizes = new ModelDimensions(tokenizer.VocabularySize, Context: 12, Layers: 2, Dim: 16, Heads: 2, 2);
        LanguageModel model = ModelFamilies.Named("gpt2").Create(new NewModel(sizes), rng.Fork(0));
        var optimizer = new AdamW(model, new AdamWOptions { LearningRate = Rate, Beta2 = 0.99f });
        for (int step = 0; step < Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            optimizer.LearningRate = Rate * (1 - (float)step / Steps);
            using var scope = TensorScope.Begin();
            (int[] inputs, int[] targets) = Windows(ids, model.Dimensions.Context, rng.Fork(1).Fork(step));
            optimizer.Minimize(model.Loss(new TokenBatch(inputs, Batch), targets));
        }
        return new(model, tokenizer);
    }

    private static (int[] Inputs, int[] Targets) Windows(int[] ids, int length, Rng rng)
    {
        var (inputs, targets) = (new int[Batch * length], new int[Batch * length]);
        for (int b = 0; b < Batch; b++)
        {
            int start = rng.NextInt(ids.Length - length);
            ids.AsSpan(start, length).CopyTo(inputs.AsSpan(b * length));
            ids.AsSpan(start + 1, length).CopyTo(targets.AsSpan(b * length));
        }
        return (inputs, targets);
    }
}
