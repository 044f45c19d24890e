using System.CommandLine;
using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Language.Evaluation;
using Nabla.Language.Models;
using Nabla.Language.Models.Gpt2;
using Nabla.Learning.Optimizers;
using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Cli.Benchmarks;

/// <summary>
/// Training a GPT-2 on random tokens: forward, backward, clipping the gradient's norm to 1, and AdamW.
/// </summary>
/// <remarks>
/// A token costs 6N operations, N the numbers that multiply it: every matrix once, the embedding as the tied output
/// layer and not as the table that tokens and positions are looked up in. In addition attention costs, in each of the L
/// layers, queries times keys and weights times values, 12·T·C with the backward pass; half of that is counted, because
/// a causal attention has to look back only. (PaLM and nanoGPT count all of it: <c>flops_per_token_uncut</c>.)
/// </remarks>
internal sealed class TrainBenchmark : Benchmark
{
    private const int Batches = 8;

    private readonly Option<int?> layers = CommonOptions.Whole("--layers", "Blocks (default: 4)", 1);
    private readonly Option<int?> heads = CommonOptions.Whole("--heads", "Attention heads (default: 4)", 1);
    private readonly Option<int?> dim = CommonOptions.Whole("--dim", "Size of the hidden state (default: 128)", 1);
    private readonly Option<int?> context = CommonOptions.Whole("--context", "Tokens in a sequence (default: 64)", 1);
    private readonly Option<int?> batch = CommonOptions.Whole("--batch", "Sequences in a step (default: 12)", 1);
    private readonly Option<int?> vocab = CommonOptions.Whole("--vocab", "Different tokens (default: 65)", 1);

    public TrainBenchmark() : base("train", "Training a GPT-2: forward, backward, clipping and AdamW")
    {
        foreach (Option option in new Option[] { layers, heads, dim, context, batch, vocab })
            Options.Add(option);
    }

    public override int Place => 2;

    public override IReadOnlyList<string> Examples =>
    [
        "nabla bench train",
        "nabla bench train --layers 6 --heads 6 --dim 384 --context 256 --batch 8 --seconds 10",
        "nabla bench train --layers 12 --heads 12 --dim 768 --context 64 --batch 4 --vocab 50257 --steps 10",
    ];

    public override IEnumerable<Workload> Prepare(Session session)
    {
        int sequences = session.Get(batch) ?? 12;
        Gpt2Model model = Model(new ModelDimensions(
            session.Get(vocab) ?? 65, session.Get(context) ?? 64, session.Get(layers) ?? 4, session.Get(dim) ?? 128,
            session.Get(heads) ?? 4, session.Get(heads) ?? 4));
        ModelDimensions size = model.Dimensions;
        var cost = new ModelStatistics(model);
        double uncut = cost.TrainingFlopsPerToken, causal = (uncut + 6.0 * cost.MatrixParameters) / 2;
        long tokens = (long)sequences * size.Context;
        if (tokens * Math.Max(size.Vocabulary, 4L * size.Dim) > Array.MaxLength)
            throw new UsageException(
                $"{Amounts.Count(tokens)} tokens in a step are too many for this model. Use a smaller --batch or "
                + "--context.");
        yield return new Workload(
            $"train {size.Layers} layers, {size.Heads} heads, width {size.Dim}, context {size.Context}, "
            + $"batch {sequences}, vocabulary {size.Vocabulary}", Step(model, sequences))
        {
            Flops = tokens * causal,
            Items = "tokens",
            ItemsPerStep = tokens,
            Facts = new JsonObject
            {
                ["parameters"] = cost.Parameters,
                ["flops_per_token"] = causal,
                ["flops_per_token_uncut"] = uncut,
            },
            Remark = $"{Amounts.Count(cost.Parameters)} parameters; {Amounts.Flops(causal)} a token, 6N + attention, "
                + "which looks back only",
        };
    }

    private static Gpt2Model Model(ModelDimensions dimensions)
    {
        try
        {
            return new Gpt2Model(new Gpt2Config(dimensions.Validated()), new Rng(1));
        }
        catch (ArgumentException error)
        {
            throw new UsageException(error.Message, error);
        }
    }

    private static Action Step(Gpt2Model model, int sequences)
    {
        var rng = new Rng(2);
        int count = sequences * model.Dimensions.Context;
        int[][] texts =
            [.. Enumerable.Range(0, Batches + 1).Select(_ => rng.Integers(count, model.Dimensions.Vocabulary))];
        var optimizer = new AdamW(model, new AdamWOptions { LearningRate = 3e-4f, WeightDecay = 0.1f });
        return () =>
        {
            int at = optimizer.Steps % Batches;
            optimizer.ClearGradients();
            using (TensorScope.Begin())
                model.Loss(new TokenBatch(texts[at], sequences), texts[at + 1]).Backward();
            optimizer.Step(Optimizer.ClipFactor(optimizer.GradientNorm(), maxNorm: 1));
        };
    }
}
