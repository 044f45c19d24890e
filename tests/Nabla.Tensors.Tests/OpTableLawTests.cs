using System.Runtime.Intrinsics.X86;
using Nabla.Numerics;
using Nabla.Numerics.Kernels;
using Nabla.Tensors.Ops;

namespace Nabla.Tensors.Tests;

/// <summary>What PyTorch's numbers cannot say of the operations in docs/ops.md: ties, NaN, infinities, laws.</summary>
public sealed class OpTableLawTests
{
    private const float NaN = float.NaN, Infinity = float.PositiveInfinity;

    [Fact]
    public void Sorting_is_stable_and_puts_NaN_last_or_first()
    {
        Tensor x = new([2, NaN, 1, 2, -0f, 0, -Infinity]);
        x.ArgSort().ShouldBe([6, 4, 5, 2, 0, 3, 1]);
        x.ArgSort(descending: true).ShouldBe([1, 0, 3, 2, 4, 5, 6]);
    }

    [Fact]
    public void Sorting_agrees_with_the_indices_it_gives()
    {
        Tensor x = Tensor.Randn([4, 50, 3], new Rng(1));
        (Tensor values, int[] indices) = x.Sort(1);
        values.ToArray().ShouldBe(x.Gather(1, indices, x.Shape).ToArray());
        for (int i = 0; i + 1 < 50; i++)
            values[2, i, 1].ShouldBeLessThanOrEqualTo(values[2, i + 1, 1]);
    }

    [Fact]
    public void Extremes_are_the_first_and_NaN_is_one()
    {
        new Tensor([1, 3, 3, 0]).ArgMax().ShouldBe(1);
        new Tensor([1, 0, 3, 0]).ArgMin().ShouldBe(1);
        new Tensor([1, NaN, 3]).ArgMax().ShouldBe(1);
        new Tensor([1, NaN, 3]).ArgMin().ShouldBe(1);
        new Tensor([1, NaN, 0, 4, 2]).Median().Values.Item().ShouldBe(NaN);
        new Tensor([1, NaN, 0]).CumMax().Values.ToArray().ShouldBe([1, NaN, NaN]);
    }

    [Fact]
    public void A_place_named_twice_keeps_the_last_number_and_gives_it_the_gradient()
    {
        Parameter x = new(Tensor.Zeros([3])), s = new(new Tensor([1, 2, 3]));
        Tensor y = x.Scatter(0, [1, 1, 0], s);
        y.ToArray().ShouldBe([3, 2, 0]);
        y.Backward(new Tensor([10, 20, 30]));
        x.Gradient.ShouldNotBeNull().ToArray().ShouldBe([0, 0, 30]);
        s.Gradient.ShouldNotBeNull().ToArray().ShouldBe([0, 20, 10]);
    }

    [Fact]
    public void A_choice_keeps_out_what_was_not_chosen()
    {
        var x = new Parameter(new Tensor([-1, 4]));
        Tensor y = Tensor.Where(x.Greater(0), x.Sqrt(), 0f);
        y.ToArray().ShouldBe([0, 2]);
        Tensor.Where(new Tensor([1, 0]), x, x).Backward(new Tensor([1, 2]));
        x.Gradient.ShouldNotBeNull().ToArray().ShouldBe([1, 2]);
    }

    [Fact]
    public void Comparisons_know_infinities_and_NaN()
    {
        Tensor a = new([Infinity, NaN, 1, -Infinity]), b = new([Infinity, NaN, 2, Infinity]);
        a.EqualTo(b).ToArray().ShouldBe([1, 0, 0, 0]);
        a.NotEqualTo(b).ToArray().ShouldBe([0, 1, 1, 1]);
        a.Less(b).ToArray().ShouldBe([0, 0, 1, 1]);
        a.GreaterOrEqual(b).ToArray().ShouldBe([1, 0, 0, 0]);
        a.IsNaN().ToArray().ShouldBe([0, 1, 0, 0]);
        a.IsFinite().ToArray().ShouldBe([0, 0, 1, 0]);
        new Parameter(a).Greater(b).RequiresGradient.ShouldBeFalse();
    }

    [Fact]
    public void Sums_of_powers_neither_overflow_nor_vanish()
    {
        new Tensor([1000, 1000]).LogSumExp().Item().ShouldBe(1000 + MathF.Log(2), 1e-4f);
        new Tensor([-Infinity, -Infinity]).LogSumExp().Item().ShouldBe(-Infinity);
        Tensor running = new Tensor([-Infinity, 1000, 1000]).LogCumSumExp();
        running[0].ShouldBe(-Infinity);
        running.Slice(0, 1, 2).ToArray().ShouldBe([1000, 1000 + MathF.Log(2)], 1e-4f);
        new Tensor([-Infinity]).LogAddExp(-Infinity).Item().ShouldBe(-Infinity);
        new Tensor([-200, 200]).LogSigmoid().ToArray().ShouldBe([-200, 0]);
        new Tensor([-200, 200]).Softplus().ToArray().ShouldBe([0, 200]);
    }

    [Fact]
    public void The_length_of_nothing_has_the_gradient_zero()
    {
        var x = new Parameter(Tensor.Zeros([2, 3]));
        x.Norm(2, 1).Backward(Tensor.Ones([2]));
        x.Gradient.ShouldNotBeNull().ToArray().ShouldAllBe(slope => slope == 0);
    }

    [Fact]
    public void Gumbel_softmax_draws_from_the_distribution()
    {
        var rng = new Rng(3);
        Tensor scores = new Tensor([0.5f, 0.3f, 0.2f]).Log().Expand(20000, 3);
        float[] shares = scores.GumbelSoftmax(rng, hard: true).Mean(0).ToArray();
        shares.ShouldBe([0.5f, 0.3f, 0.2f], 0.02f);
        var x = new Parameter(new Tensor([1, 2, 3]));
        x.GumbelSoftmax(new Rng(1), 0.5, hard: true).Backward(new Tensor([1, 0, 0]));
        var soft = new Parameter(x);
        soft.GumbelSoftmax(new Rng(1), 0.5).Backward(new Tensor([1, 0, 0]));
        x.Gradient.ShouldNotBeNull().ToArray().ShouldBe(soft.Gradient.ShouldNotBeNull().ToArray());
    }

    [Fact]
    public void Randomised_slopes_lie_in_their_range()
    {
        float[] y = Tensor.Full([1000], -1).RRelu(new Rng(2)).ToArray();
        y.ShouldAllBe(value => value <= -1 / 8f && value >= -1 / 3f);
        y.Distinct().Count().ShouldBeGreaterThan(900);
    }

    [Fact]
    public void What_unfolds_folds_back_and_convolves()
    {
        Tensor x = Tensor.Randn([2, 3, 6, 5], new Rng(4)), w = Tensor.Randn([4, 3, 3, 2], new Rng(5));
        var options = new ConvolutionOptions { Stride = (2, 1), Padding = 1 };
        Tensor columns = x.Unfold((3, 2), options), convolved = x.Conv2d(w, null, options);
        w.Reshape(4, 18).MatMul(columns).Reshape(convolved.Shape.AsSpan()).ToArray()
            .ShouldBe(convolved.ToArray(), 1e-4f);
        Tensor v = Tensor.Randn(columns.Shape, new Rng(6));
        (columns * v).Sum().Item().ShouldBe((x * v.Fold(x.Shape, (3, 2), options)).Sum().Item(), 1e-3f);
    }

    [Fact]
    public void Rearrangements_undo_one_another()
    {
        Tensor x = Tensor.Randn([2, 4, 6, 4], new Rng(7));
        x.PixelShuffle(2).PixelUnshuffle(2).ToArray().ShouldBe(x.ToArray());
        x.Roll(3, 2).Roll(-3, 2).ToArray().ShouldBe(x.ToArray());
        x.Flip(0, 2).Flip(2, 0).ToArray().ShouldBe(x.ToArray());
        x.Permute(3, 0, 2, 1).Permute(1, 3, 2, 0).ToArray().ShouldBe(x.ToArray());
        Tensor.Concat(2, x.Split(4, 2)).ToArray().ShouldBe(x.ToArray());
        Tensor.Stack(1, x.Unbind(1)).ToArray().ShouldBe(x.ToArray());
        x.Pad([2, 1, 3, 1], PadMode.Circular).Pad([-2, -1, -3, -1]).ToArray().ShouldBe(x.ToArray());
        (x.Tril() + x.Triu(1)).ToArray().ShouldBe(x.ToArray());
    }

    [Fact]
    public void Powers_of_negative_numbers_with_whole_exponents_are_real()
    {
        new Tensor([-2, -2]).Pow(new Tensor([3, -1])).ToArray().ShouldBe([-8, -0.5f]);
        new Tensor([-8]).Pow(1 / 3.0).Item().ShouldBe(NaN);
        new Tensor([0, 2]).Pow(0).ToArray().ShouldBe([1, 1]);
    }

    [Fact]
    public void Adaptive_pooling_takes_any_size_to_any_other()
    {
        Tensor x = Tensor.Arange(7).Reshape(1, 1, 7);
        x.AdaptiveAvgPool1d(3).ToArray().ShouldBe([1, 3, 5]);
        x.AdaptiveMaxPool1d(3).ToArray().ShouldBe([2, 4, 6]);
        x.AdaptiveAvgPool1d(7).ToArray().ShouldBe(x.ToArray());
        Tensor.Ones([1, 1, 2, 2]).AdaptiveAvgPool2d(new Size2d(3, 5)).ToArray().ShouldAllBe(value => value == 1);
    }

    [Fact]
    public void What_is_no_number_stays_none()
    {
        Tensor x = new([NaN]), one = new([1]);
        Tensor[] results = [
            x.Hardshrink(), x.Softshrink(), x.Threshold(0.5, -7), x.Atan2(one), one.Atan2(x), x.Relu(), x.Clamp(-1, 1),
            x.Relu6(), x.Hardsigmoid(), x.Remainder(one), x.Maximum(one), one.Minimum(x), new Tensor([-1e10f]).Acosh()];
        results.ShouldAllBe(y => float.IsNaN(y.Item()));
        foreach ((Tensor a, Tensor b) in ((Tensor, Tensor)[])[(x, one), (one * 2, x)])
        {
            (Parameter p, Parameter q) = (new(a), new(b));
            p.Pow(q).Backward(one);
            p.Gradient.ShouldNotBeNull().Item().ShouldBe(NaN);
            q.Gradient.ShouldNotBeNull().Item().ShouldBe(NaN);
        }
    }

    [Fact]
    public void The_inverse_cosine_of_a_large_number_does_not_overflow() =>
        new Tensor([1e30f, 1e20f]).Acosh().ToArray().ShouldBe([69.77070f, 46.74485f], 1e-4f);

    [Fact]
    public void Remainders_lie_between_0_and_the_divisor()
    {
        var rng = new Rng(8);
        Tensor a = Tensor.Randn([4000], rng) * 1e7f, b = Tensor.Uniform([4000], 0.1f, 4, rng);
        float[] y = a.Remainder(b).ToArray(), divisors = b.ToArray(), dividends = a.ToArray();
        for (int i = 0; i < y.Length; i++)
        {
            double exact = dividends[i] - divisors[i] * Math.Floor(dividends[i] / (double)divisors[i]);
            y[i].ShouldBeInRange(0, divisors[i], $"{dividends[i]} and {divisors[i]}");
            double apart = Math.Abs(y[i] - exact), around = Math.Min(apart, divisors[i] - apart);
            if (Fma.IsSupported)
                apart.ShouldBeLessThan(1e-6, $"{dividends[i]} and {divisors[i]}");
            else // b·⌊a/b⌋ is rounded before it is subtracted
                around.ShouldBeLessThan(Math.Abs(dividends[i]) * 1.2e-7, $"{dividends[i]} and {divisors[i]}");
        }
    }

    [Fact]
    public void The_spread_of_equal_numbers_has_the_gradient_zero()
    {
        var x = new Parameter(new Tensor([2, 2, 2, 1, 2, 3], [2, 3]));
        x.Std(1).ToArray().ShouldBe([0, 1], 1e-6f);
        x.Std(1).Sum().Backward();
        x.Gradient.ShouldNotBeNull().ToArray().ShouldBe([0, 0, 0, -0.5f, 0, 0.5f], 1e-6f);
        x.Std(0).Shape.ShouldBe(Shape.Create([3]));
    }

    [Fact]
    public void The_logarithm_of_no_probability_has_the_gradient_zero()
    {
        var x = new Parameter(Tensor.Full([2, 3], -Infinity));
        x.LogSumExp(1).Backward(Tensor.Ones([2]));
        x.Gradient.ShouldNotBeNull().ToArray().ShouldAllBe(slope => slope == 0);
    }
}
