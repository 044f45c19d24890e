using Nabla.Learning.Losses;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests;

/// <summary>Laws and limits of losses; their numbers are in the golden files.</summary>
public sealed class LossTests
{
    private static readonly Tensor Pair = new([0.3f, -1.2f]);

    [Fact]
    public void Cross_entropy_with_settings_at_their_defaults_is_the_fused_one()
    {
        Tensor logits = Tensor.Randn([6, 5], new Rng(1));
        int[] targets = [0, 4, -1, 2, 2, 1];
        float expected = Loss.CrossEntropy(logits, targets).Item();
        Loss.CrossEntropy(logits, targets, new CrossEntropyOptions()).Item().ShouldBe(expected, 1e-6f);
        Loss.NegativeLogLikelihood(logits.LogSoftmax(), targets).Item().ShouldBe(expected, 1e-6f);
        Loss.SoftmaxFocal(logits.Slice(0, 0, 2), targets.AsSpan(0, 2), new() { Gamma = 0 }).Item()
            .ShouldBe(Loss.CrossEntropy(logits.Slice(0, 0, 2), targets.AsSpan(0, 2)).Item(), 1e-6f);
        Loss.CrossEntropy(logits, [.. targets.Select(t => t < 0 ? 7 : t)], new CrossEntropyOptions { IgnoreIndex = 7 })
            .Item().ShouldBe(expected, 1e-6f);
    }

    [Fact]
    public void Losses_of_logits_stay_finite_where_a_sigmoid_saturates()
    {
        foreach (float logit in (float[])[-500, -50, 0, 50, 500])
            foreach (float target in (float[])[0, 1])
            {
                var x = new Parameter(new Tensor([logit]));
                var t = new Tensor([target]);
                Tensor loss = Loss.BinaryCrossEntropyWithLogits(x, t) + Loss.SigmoidFocal(x, t)
                    + Loss.BinaryCrossEntropy(x.Sigmoid(), t) + Loss.SoftMargin(x, t * 2 - 1);
                float.IsFinite(loss.Item()).ShouldBeTrue();
                loss.Backward();
                x.Gradient!.ToArray().ShouldAllBe(g => float.IsFinite(g));
            }
    }

    [Fact]
    public void A_focal_loss_of_what_is_certainly_right_has_no_gradient_for_any_power()
    {
        foreach (float gamma in (float[])[0, 0.5f, 1, 2])
        {
            Parameter x = new(new Tensor([200, -200])), rows = new(new Tensor([50, 0, 0], [1, 3]));
            (Loss.SigmoidFocal(x, new Tensor([1, 0]), new() { Gamma = gamma })
                + Loss.SoftmaxFocal(rows, [0], new() { Gamma = gamma })).Backward();
            x.Gradient!.ToArray().ShouldBe([0, 0], 1e-6f);
            rows.Gradient!.ToArray().ShouldBe([0, 0, 0], 1e-6f);
        }
    }

    [Fact]
    public void A_variance_below_epsilon_counts_as_epsilon_and_keeps_its_gradient()
    {
        Parameter mean = new(new Tensor([0])), variance = new(new Tensor([0]));
        Loss.GaussianNegativeLogLikelihood(mean, new Tensor([1]), variance, new() { Epsilon = 0.25f }).Backward();
        variance.Gradient!.Item().ShouldBe(0.5f * (4 - 16), 1e-5f); // PyTorch's: ½(1/v − d²/v²) at v = ε
        mean.Gradient!.Item().ShouldBe(-4, 1e-5f);
    }

    [Fact]
    public void Distances_of_equal_vectors_without_epsilon_have_the_gradient_zero()
    {
        foreach (double p in (double[])[1, 2, 3, double.PositiveInfinity])
        {
            Parameter a = new(Tensor.Ones([1, 3]));
            new Nabla.Learning.Layers.PairwiseDistance(p, 0).Forward(a, Tensor.Ones([1, 3])).Sum().Backward();
            a.Gradient!.ToArray().ShouldBe([0, 0, 0]);
        }
    }

    [Fact]
    public void The_divergence_of_a_distribution_with_zeros_counts_them_as_0()
    {
        var logs = new Parameter(new Tensor([0.5f, 0.5f]).Log());
        Tensor loss = Loss.KullbackLeibler(logs, new Tensor([1, 0]), reduction: LossReduction.Sum);
        loss.Item().ShouldBe(MathF.Log(2), 1e-6f);
        loss.Backward();
        logs.Gradient!.ToArray().ShouldBe([-1, 0]);
    }

    [Fact]
    public void CTC_sums_all_ways_to_say_the_target()
    {
        // Each way of three steps that says "1 2", by hand: the classes are blank, 1 and 2.
        Tensor p = Tensor.Randn([1, 3, 3], new Rng(2)).Softmax();
        double P(int t, int k) => p[0, t, k];
        double expected = P(0, 1) * P(1, 2) * (P(2, 2) + P(2, 0)) + P(0, 1) * P(1, 1) * P(2, 2)
            + P(0, 1) * P(1, 0) * P(2, 2) + P(0, 0) * P(1, 1) * P(2, 2);
        Loss.Ctc(p.Log(), [[1, 2]], new() { Reduction = LossReduction.Sum }).Item()
            .ShouldBe((float)-Math.Log(expected), 1e-5f);
        Loss.Ctc(p.Log(), [[1, 1, 1]]).Item().ShouldBe(float.PositiveInfinity);
        Loss.Ctc(p.Log(), [[1, 1, 1]], new() { ZeroInfinity = true }).Item().ShouldBe(0);
    }

    [Fact]
    public void Views_of_the_same_thing_have_the_least_contrastive_loss()
    {
        var rng = new Rng(3);
        Tensor a = Tensor.Randn([8, 16], rng), b = Tensor.Randn([8, 16], rng);
        Loss.InfoNce(a, a).Item().ShouldBeLessThan(Loss.InfoNce(a, b).Item());
        Loss.NtXent(a, 3 * a).Item().ShouldBe(Loss.NtXent(a, a).Item(), 1e-5f);
        Loss.NtXent(a, a).Item().ShouldBeLessThan(Loss.NtXent(a, b).Item());
    }

    [Fact]
    public void Reductions_are_of_the_same_losses()
    {
        Tensor x = Tensor.Randn([3, 4], new Rng(4)), t = Tensor.Randn([3, 4], new Rng(5));
        Tensor all = Loss.Huber(x, t, reduction: LossReduction.None);
        all.Shape.ToString().ShouldBe("[3, 4]");
        Loss.Huber(x, t).Item().ShouldBe(all.Mean().Item(), 1e-6f);
        Loss.Huber(x, t, reduction: LossReduction.Sum).Item().ShouldBe(all.Sum().Item(), 1e-6f);
        Loss.Huber(x, t, reduction: LossReduction.BatchMean).Item().ShouldBe(all.Sum().Item() / 3, 1e-6f);
    }

    [Fact]
    public void Targets_that_are_no_targets_are_refused()
    {
        Tensor two = new([0.5f, 0.5f]), three = new([0, 1, 1]), rows = Tensor.Zeros([2, 3]);
        Refuse(() => Loss.MeanAbsoluteError(Pair, three), "MeanAbsoluteError: prediction [2] and target [3] differ");
        Refuse(() => Loss.Hinge(Pair, two), "Hinge: target 0.5 must be 1 or −1");
        Refuse(() => Loss.HingeEmbedding(Pair, new Tensor([1, float.NaN])), "target NaN");
        Refuse(() => Loss.SoftMargin(Pair, Tensor.Zeros([2])), "target 0");
        Refuse(() => Loss.MarginRanking(Pair, three, Pair), "[3] differ");
        Refuse(() => Loss.CosineEmbedding(rows, rows, Tensor.Ones([3])), "target [3]");
        Refuse(() => Loss.BinaryCrossEntropy(Pair, two), "probability -1.2 must be in [0, 1]");
        Refuse(() => Loss.SigmoidFocal(Pair, new Tensor([0, 2])), "target 2 must be in [0, 1]");
        Refuse(() => Loss.CrossEntropy(rows, [0], new CrossEntropyOptions()), "1 targets for scores [2, 3]");
        Refuse(() => Loss.CrossEntropy(rows, [0, 3], new CrossEntropyOptions()), "target 3 is not in 0 … 2");
        Refuse(() => Loss.CrossEntropy(rows, two), "probabilities [2] differ");
        Refuse(() => Loss.NegativeLogLikelihood(rows, [0, -2]), "target -2");
        Refuse(() => Loss.MultiMargin(rows, [0, -1]), "target -1");
        Refuse(() => Loss.SoftmaxFocal(rows, [0, 9]), "target 9");
        Refuse(() => Loss.MultiLabelMargin(rows, [[0], [1, 1]]), "target 1 of row 1 occurs twice");
        Refuse(() => Loss.MultiLabelMargin(rows, [[0]]), "each of the 1 rows");
        Refuse(() => Loss.GaussianNegativeLogLikelihood(Pair, two, new Tensor([1, -1])), "variance -1");
        Refuse(() => Loss.GaussianNegativeLogLikelihood(Pair, two, three), "variance [3]");
        Refuse(() => Loss.InfoNce(Pair, two), "must be equal, [N, D]");
        Refuse(() => Loss.Dice(two, two), "must be [N, …]");
        Refuse(() => Loss.TripletMargin(rows, rows, Tensor.Zeros([2, 2])), "negative [2, 2]");
        Tensor logs = Tensor.Zeros([2, 3, 4]);
        Refuse(() => Loss.Ctc(logs, [[1]]), "must be [1, T, V]");
        Refuse(() => Loss.Ctc(logs, [[1], [4]]), "target 4");
        Refuse(() => Loss.Ctc(logs, [[1], [0]]), "not the blank");
        Refuse(() => Loss.Ctc(logs, [[1], [2]], new() { InputLengths = [3, 4] }), "4 of 3 steps");
        Refuse(() => Loss.Ctc(logs, [[1], [2]], new() { InputLengths = [3] }), "1 InputLengths");
        Refuse(() => Loss.Ctc(logs, [[1], [2]], new() { Blank = 4 }), "blank 4");
    }

    [Fact]
    public void Settings_out_of_their_range_are_refused()
    {
        Tensor rows = Tensor.Zeros([2, 3]);
        Refuse(() => Loss.Huber(Pair, Pair, 0), "delta = 0");
        Refuse(() => Loss.SmoothL1(Pair, Pair, -1), "beta = -1");
        Refuse(() => Loss.CrossEntropy(rows, [0, 1], new() { LabelSmoothing = 1.5f }), "LabelSmoothing = 1.5");
        Refuse(() => Loss.CrossEntropy(rows, [0, 1], new() { ClassWeights = Pair }), "class weights [2] must be [3]");
        Refuse(
            () => Loss.CrossEntropy(rows, [0, 1], new() { LabelSmoothing = 1, ClassWeights = Tensor.Ones([1]) }),
            "CrossEntropy: class weights [1] must be [3]");
        Refuse(
            () => Loss.NegativeLogLikelihood(rows, [0, 1], new() { ClassWeights = Pair }),
            "NegativeLogLikelihood: class weights [2] must be [3]");
        Refuse(() => Loss.MultiMargin(rows, [0, 1], new() { Power = 3 }), "Power = 3");
        Refuse(() => Loss.SigmoidFocal(Pair, Tensor.Ones([2]), new() { Gamma = -1 }), "Gamma = -1");
        Refuse(() => Loss.SigmoidFocal(Pair, Tensor.Ones([2]), new() { Alpha = 2 }), "Alpha = 2");
        Refuse(() => Loss.CosineEmbedding(rows, rows, Tensor.Ones([2]), 2), "margin = 2");
        Refuse(() => Loss.TripletMargin(rows, rows, rows, new() { Margin = 0 }), "Margin = 0");
        Refuse(() => Loss.TripletMargin(rows, rows, rows, new() { P = 0 }), "p = 0");
        Refuse(() => Loss.InfoNce(rows, rows, 0), "temperature = 0");
        Refuse(() => Loss.PoissonNegativeLogLikelihood(Pair, Pair, new() { Epsilon = -1 }), "Epsilon = -1");
        Refuse(() => Loss.GaussianNegativeLogLikelihood(Pair, Pair, Pair.Abs(), new() { Epsilon = 0 }), "Epsilon = 0");
        Refuse(() => Loss.Dice(rows, rows, -1), "smooth = -1");
        Refuse(() => Loss.MeanSquaredError(Pair, Pair, (LossReduction)9), "no reduction 9");
        Refuse(() => Loss.MeanSquaredError(Tensor.Zeros([0]), Tensor.Zeros([0])), "no elements");
    }

    private static void Refuse(Func<Tensor> loss, string message) =>
        Should.Throw<ArgumentException>(loss).Message.ShouldContain(message);
}
