using Nabla.Learning.Losses;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests.Goldens;

/// <summary>How Nabla writes the losses that the golden file names.</summary>
internal static class GoldenLosses
{
    public static IReadOnlyDictionary<string, Func<PackedCase, Tensor>> ByName { get; } =
        new Dictionary<string, Func<PackedCase, Tensor>>(StringComparer.Ordinal)
        {
            ["mse"] = c => Loss.MeanSquaredError(c.X[0], c.X[1], How(c)),
            ["l1"] = c => Loss.MeanAbsoluteError(c.X[0], c.X[1], How(c)),
            ["huber"] = c => Loss.Huber(c.X[0], c.X[1], c.Float("delta"), How(c)),
            ["smooth_l1"] = c => Loss.SmoothL1(c.X[0], c.X[1], c.Float("beta"), How(c)),
            ["poisson"] = c => Loss.PoissonNegativeLogLikelihood(
                c.X[0], c.Part("c0"), new() { LogInput = c.Bool("log"), Full = c.Bool("full"), Reduction = How(c) }),
            ["gaussian"] = c => Loss.GaussianNegativeLogLikelihood(
                c.X[0], c.X[1], c.X[2], new() { Full = c.Bool("full"), Reduction = How(c) }),
            ["cross_entropy"] = c => Loss.CrossEntropy(c.X[0], c.Ints("targets"), CrossEntropy(c)),
            ["cross_entropy_soft"] = c => Loss.CrossEntropy(c.X[0], c.X[1], CrossEntropy(c)),
            ["nll"] = c => Loss.NegativeLogLikelihood(
                c.X[0], c.Ints("targets"), new() { ClassWeights = c.Constant(0), Reduction = How(c) }),
            ["kl"] = c => Loss.KullbackLeibler(c.X[0], c.X[1], c.Bool("log_target"), How(c)),
            ["multi_margin"] = c => Loss.MultiMargin(c.X[0], c.Ints("targets"), new()
            {
                Power = c.Int("power"),
                Margin = c.Float("margin"),
                ClassWeights = c.Constant(0),
                Reduction = How(c),
            }),
            ["softmax_focal"] = c => Loss.SoftmaxFocal(
                c.X[0], c.Ints("targets"),
                new() { Gamma = c.Float("gamma"), ClassWeights = c.Constant(0), Reduction = How(c) }),
            ["sigmoid_focal"] = c => Loss.SigmoidFocal(c.X[0], c.Part("c0"), new()
            {
                Gamma = c.Float("gamma"),
                Alpha = c.Has("alpha") ? c.Float("alpha") : null,
                Reduction = How(c),
            }),
            ["multilabel_margin"] = c => Loss.MultiLabelMargin(c.X[0], c.Lists("lists"), How(c)),
            ["multilabel_soft_margin"] = c => Loss.MultiLabelSoftMargin(
                c.X[0], c.Part("c0"), c.Constant(1), How(c)),
            ["bce"] = c => Loss.BinaryCrossEntropy(c.X[0], c.Part("c0"), c.Constant(1), How(c)),
            ["bce_logits"] = c => Loss.BinaryCrossEntropyWithLogits(c.X[0], c.X[1], new()
            {
                PositiveWeight = c.Constant(0),
                Weight = c.Constant(0) is { } weight ? weight + 0.5f : null,
                Reduction = How(c),
            }),
            ["dice"] = c => Loss.Dice(c.X[0], c.X[1], reduction: How(c)),
            ["hinge"] = c => Loss.Hinge(c.X[0], c.Part("c0"), c.Float("margin"), How(c)),
            ["hinge_embedding"] = c => Loss.HingeEmbedding(c.X[0], c.Part("c0"), c.Float("margin"), How(c)),
            ["soft_margin"] = c => Loss.SoftMargin(c.X[0], c.Part("c0"), How(c)),
            ["margin_ranking"] = c => Loss.MarginRanking(
                c.X[0], c.X[1], c.Part("c0"), c.Float("margin"), How(c)),
            ["cosine_embedding"] = c => Loss.CosineEmbedding(
                c.X[0], c.X[1], c.Part("c0"), c.Float("margin"), How(c)),
            ["triplet"] = c => Loss.TripletMargin(c.X[0], c.X[1], c.X[2], new()
            {
                Margin = c.Float("margin"),
                P = c.Float("p"),
                Swap = c.Bool("swap"),
                Reduction = How(c),
            }),
            ["info_nce"] = c => Loss.InfoNce(c.X[0], c.X[1], c.Float("temperature"), How(c)),
            ["nt_xent"] = c => Loss.NtXent(c.X[0], c.X[1], c.Float("temperature"), How(c)),
            ["ctc"] = c => Loss.Ctc(new Nabla.Learning.Layers.LogSoftmax().Forward(c.X[0]), c.Lists("lists"), new()
            {
                Blank = c.Int("blank"),
                InputLengths = c.Ints("steps"),
                ZeroInfinity = true,
                Reduction = How(c),
            }),
        };

    private static LossReduction How(PackedCase c) =>
        Enum.Parse<LossReduction>(c.Text("reduction"), ignoreCase: true);

    private static CrossEntropyOptions CrossEntropy(PackedCase c) =>
        new() { LabelSmoothing = c.Float("smoothing"), ClassWeights = c.Constant(0), Reduction = How(c) };
}
