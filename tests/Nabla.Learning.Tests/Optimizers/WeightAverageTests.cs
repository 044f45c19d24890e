using Nabla.Learning.Optimizers;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

namespace Nabla.Learning.Tests.Optimizers;

/// <summary>Means of weights, and the search for a learning rate.</summary>
public sealed class WeightAverageTests
{
    [Fact]
    public void A_moving_average_follows_its_formula_and_swaps_in_and_out()
    {
        var point = Point(1, 2);
        var average = new ExponentialMovingAverage(point, 0.9f);
        double[] expected = [1, 2];
        for (int step = 1; step <= 20; step++)
        {
            point[0].Values[0] = step;
            point[0].Values[1] = -step;
            average.Update();
            expected = [0.9 * expected[0] + 0.1 * step, 0.9 * expected[1] - 0.1 * step];
        }
        using (average.Use())
        {
            for (int i = 0; i < 2; i++)
                point[0].Values[i].ShouldBe((float)expected[i], 1e-5f);
            Should.Throw<InvalidOperationException>(() => average.Use()).Message.ShouldContain("already");
            Should.Throw<InvalidOperationException>(average.Update).Message.ShouldContain("Use()");
        }
        point[0].ToArray().ShouldBe([20, -20]);
        average.Updates.ShouldBe(20);
    }

    [Fact]
    public void A_warmed_up_average_forgets_its_beginning_faster()
    {
        var point = Point(0);
        var average = new ExponentialMovingAverage(point, 0.999f, warmup: true);
        point[0].Values[0] = 1;
        average.Update(); // d = 1/10
        average.State().Single().Values.Span[0].ShouldBe(0.9f, 1e-6f);
        average.Update(); // d = 2/11
        average.State().Single().Values.Span[0].ShouldBe(1 - 0.1f * 2 / 11, 1e-6f);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_restored_average_goes_on_with_the_same_bits(bool stochastic)
    {
        ParameterList whole = Point(1, 2, 3), parts = Point(1, 2, 3);
        WeightAverage one = Create(whole), first = Create(parts);
        Walk(one, whole, 0, 10);
        Walk(first, parts, 0, 6);
        WeightAverage second = Create(parts);
        foreach ((var to, var from) in second.State().Zip(first.State()))
        {
            to.Name.ShouldBe("average.Items.0");
            from.Values.CopyTo(to.Values);
        }
        second.Resume(first.Updates);
        Walk(second, parts, 6, 10);
        second.CopyToModule();
        one.CopyToModule();
        parts[0].ToArray().ShouldBe(whole[0].ToArray());

        WeightAverage Create(Module module) =>
            stochastic ? new StochasticWeightAverage(module) : new ExponentialMovingAverage(module, 0.7f);

        static void Walk(WeightAverage average, ParameterList point, int from, int to)
        {
            for (int step = from; step < to; step++)
            {
                for (int i = 0; i < 3; i++)
                    point[0].Values[i] = MathF.Sin(step * (i + 1));
                average.Update();
            }
        }
    }

    [Fact]
    public void The_range_test_finds_the_rates_between_rest_and_divergence_and_leaves_no_trace()
    {
        var point = Point(1, -1);
        var sgd = new Sgd(point, new() { LearningRate = 0.1f, Momentum = 0.5f });
        sgd.Minimize(Loss(0));
        float[] before = point[0].ToArray(), velocity = sgd.State().Single().Values.ToArray();
        LearningRateCurve curve = LearningRateFinder.Run(
            point, sgd, Loss, new() { From = 1e-6f, To = 1e3f, Steps = 60, Smoothing = 0.5f });
        curve.Steepest.ShouldBeInRange(1e-3, 1.5); // beyond, the Hessian of 2 and momentum ½ diverge
        curve.LowestTenth.ShouldBeInRange(1e-3, 1.5);
        curve.Points.Count.ShouldBeLessThan(60);
        curve.Points.Zip(curve.Points.Skip(1), (a, b) => b.Rate / a.Rate).ShouldAllBe(ratio => ratio > 1.4);
        point[0].ToArray().ShouldBe(before);
        sgd.State().Single().Values.ToArray().ShouldBe(velocity);
        sgd.LearningRate.ShouldBe(0.1f);
        sgd.Steps.ShouldBe(1);

        Tensor Loss(int step) => point[0].Square().Sum();
    }

    [Fact]
    public void Impossible_settings_are_named()
    {
        var point = Point(1);
        Refuse(() => new ExponentialMovingAverage(point, 1), "ExponentialMovingAverage: decay = 1");
        Refuse(() => Find(new() { From = 0 }), "From = 0");
        Refuse(() => Find(new() { To = 1e-9f }), "To = 1E-09");
        Refuse(() => Find(new() { Steps = 1 }), "Steps = 1");
        Refuse(() => Find(new() { StopAt = 1 }), "StopAt = 1");
        Refuse(() => new ParameterGroup(_ => true) { RateFactor = -1 }, "ParameterGroup: RateFactor = -1");
        Refuse(() => new ParameterGroup(_ => true) { WeightDecay = float.NaN }, "WeightDecay");

        object Find(LearningRateFinderOptions options) =>
            LearningRateFinder.Run(point, new Sgd(point), _ => point[0].Sum(), options);

        static void Refuse(Func<object> create, string message) =>
            Should.Throw<ArgumentOutOfRangeException>(create).Message.ShouldContain(message);
    }

    private static ParameterList Point(params float[] values) => new(new Parameter(new Tensor(values)));
}
