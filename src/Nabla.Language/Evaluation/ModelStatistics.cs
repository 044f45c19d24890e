using Nabla.Language.Models;
using Nabla.Learning;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Language.Evaluation;

/// <summary>The sizes and costs of a model.</summary>
public sealed record ModelStatistics
{
    /// <summary>Counts a model's parameters, and the multiplications in the graph of one token.</summary>
    public ModelStatistics(LanguageModel model)
    {
        Dimensions = model.Dimensions;
        Parameters = model.ParameterCount();
        Parts =
        [
            .. model.Parameters().GroupBy(PartName, StringComparer.Ordinal)
                .Select(part => new ModelPart(part.Key, part.Sum(p => (long)p.Parameter.Count))),
        ];
        MatrixParameters = CountMultiplied(model);
    }

    /// <summary>The sizes that every language model has.</summary>
    public ModelDimensions Dimensions { get; }

    /// <summary>Trainable numbers, shared ones counted once.</summary>
    public long Parameters { get; }

    /// <summary>Trainable numbers by part; the blocks' parts are added up over the blocks.</summary>
    public IReadOnlyList<ModelPart> Parts { get; }

    /// <summary>Numbers that a token is multiplied with: all matrices but those that are only looked up in.</summary>
    public long MatrixParameters { get; }

    /// <summary>
    /// Floating-point operations for one token of a forward pass with a full context, 2·N + 2·2·L·T·C: a multiplication
    /// and an addition for each of the N matrix parameters, and in each of L layers for queries times keys and for
    /// weights times values, T positions of C numbers. Kaplan et al. 2020, arXiv:2001.08361, section 2.1, who count the
    /// keys only; norms, activations and softmax, below a percent in models of use, are left out by both.
    /// </summary>
    public long ForwardFlopsPerToken =>
        2 * MatrixParameters + 4L * Dimensions.Layers * Dimensions.Context * Dimensions.Heads * Dimensions.HeadDim;

    /// <summary>Those of a training step: the backward pass costs two forward passes (same source).</summary>
    public long TrainingFlopsPerToken => 3 * ForwardFlopsPerToken;

    /// <summary>Bytes of keys and values for one position, float32.</summary>
    public long CacheBytesPerToken => Dimensions.CacheBytesPerToken;

    /// <summary>Bytes of keys and values for a full context, float32.</summary>
    public long CacheBytes => CacheBytesPerToken * Dimensions.Context;

    /// <summary>Bytes of the weights in a number format: 4, 2 and 1 for each.</summary>
    public long WeightBytes(WeightFormat format) => Parameters * format switch
    {
        WeightFormat.Float32 => 4,
        WeightFormat.BFloat16 => 2,
        WeightFormat.Int8 => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    // Blocks.3.Attention.Query.Weight → Blocks.Attention; FinalNorm.Scale → FinalNorm.
    private static string PartName(NamedParameter parameter)
    {
        string[] path = parameter.Path.Split('.');
        return path.Length > 2 && int.TryParse(path[1], out _) ? $"{path[0]}.{path[2]}" : path[0];
    }

    /// <summary>Σ In·Out over the linear layers in the graph of a forward pass of one token.</summary>
    private static long CountMultiplied(LanguageModel model)
    {
        using var scope = TensorScope.Begin();
        var seen = new HashSet<Op>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<Tensor>([model.Forward(TokenBatch.Of(new int[1]))]);
        long count = 0;
        while (pending.TryPop(out Tensor? tensor))
        {
            if (tensor.Creator is not { } op || !seen.Add(op))
                continue;
            count += op is AffineOp ? op.Inputs[1].Count : 0;
            foreach (Tensor input in op.Inputs)
                pending.Push(input);
        }
        return count;
    }
}
