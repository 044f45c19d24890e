using Nabla.Tensors;

namespace Nabla.Learning.Optimizers;

/// <summary>Settings of <see cref="LearningRateFinder"/>.</summary>
public sealed record LearningRateFinderOptions
{
    /// <summary>The rate of the first step, above 0.</summary>
    public float From { get; init; } = 1e-7f;

    /// <summary>The rate of the last step, above the first.</summary>
    public float To { get; init; } = 10;

    /// <summary>How many steps, 2 or more.</summary>
    public int Steps { get; init; } = 100;

    /// <summary>β, how long the smoothed loss remembers, in [0, 1).</summary>
    public float Smoothing { get; init; } = 0.9f;

    /// <summary>The test ends when the smoothed loss is so many times the lowest one.</summary>
    public float StopAt { get; init; } = 4;
}

/// <summary>A step of the range test.</summary>
/// <param name="Rate">The learning rate.</param>
/// <param name="Loss">The loss before the step with it.</param>
/// <param name="Smoothed">The running mean of the losses.</param>
public readonly record struct LearningRatePoint(double Rate, double Loss, double Smoothed);

/// <summary>What a range test found, to be drawn with a logarithmic axis of rates.</summary>
/// <param name="Points">The steps in order; the last may be where training diverged.</param>
/// <param name="Steepest">The rate at which the smoothed loss falls fastest: a good rate to train with.</param>
/// <param name="LowestTenth">A tenth of the rate at which it is lowest: a cautious bound.</param>
public sealed record LearningRateCurve(
    IReadOnlyList<LearningRatePoint> Points, double Steepest, double LowestTenth);

/// <summary>
/// Looks for a learning rate by a range test: each step has a higher rate than the one before,
/// ηᵢ = from·(to/from)^(i/(n − 1)), until the loss, smoothed, leaves its minimum. Smith 2017, arXiv:1506.01186, section
/// 3.3. Weights, the optimizer's memory and its rate are afterwards what they were.
/// </summary>
/// <example><code>
/// var w = new ParameterList(new Parameter(new Tensor([1f])));
/// var sgd = new Sgd(w);
/// var options = new LearningRateFinderOptions { From = 0.001f, To = 0.1f, Steps = 3 };
/// LearningRateFinder.Run(w, sgd, step => w[0].Square().Sum(), options).Points[1].Rate;   // = 0.01
/// 0.001 * Math.Pow(0.1 / 0.001, 0.5);                                                    // = 0.01
/// w[0].Item();                                                                           // = 1
/// </code></example>
public static class LearningRateFinder
{
    /// <summary>Runs the test.</summary>
    /// <param name="module">The module that the optimizer trains.</param>
    /// <param name="optimizer">The optimizer whose rate is sought.</param>
    /// <param name="loss">The loss of a step, counted from 0, on its own batch.</param>
    /// <param name="options">The range and how long the test is.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public static LearningRateCurve Run(
        Module module, Optimizer optimizer, Func<int, Tensor> loss, LearningRateFinderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(loss);
        options ??= new();
        new Setting(nameof(LearningRateFinder)).Positive(options.From).Positive(options.To)
            .Check(options.To > options.From, options.To, nameof(options.To), "above From")
            .Check(options.Steps >= 2, options.Steps, nameof(options.Steps), "2 or more")
            .Share(options.Smoothing)
            .Check(options.StopAt > 1, options.StopAt, nameof(options.StopAt), "above 1");
        (float rate, int steps) = (optimizer.LearningRate, optimizer.Steps);
        (Memory<float> Place, float[] Values)[] before =
            [.. module.Parameters().Select(named => named.Parameter.ValuesMemory)
                .Concat(optimizer.State().Select(state => state.Values))
                .Select(place => (place, place.ToArray()))];
        try
        {
            return Curve(Test(optimizer, loss, options));
        }
        finally
        {
            foreach ((Memory<float> place, float[] values) in before)
                values.CopyTo(place);
            optimizer.LearningRate = rate;
            optimizer.Resume(steps);
            optimizer.ClearGradients();
        }
    }

    private static List<LearningRatePoint> Test(
        Optimizer optimizer, Func<int, Tensor> loss, LearningRateFinderOptions options)
    {
        var points = new List<LearningRatePoint>();
        double mean = 0, lowest = double.PositiveInfinity;
        for (int i = 0; i < options.Steps; i++)
        {
            double share = i / (options.Steps - 1.0);
            optimizer.LearningRate = (float)(options.From * Math.Pow(options.To / (double)options.From, share));
            double value = optimizer.Minimize(() => loss(i));
            mean += (1 - options.Smoothing) * (value - mean);
            double smoothed = mean / (1 - Math.Pow(options.Smoothing, i + 1));
            points.Add(new(optimizer.LearningRate, value, smoothed));
            if (!(smoothed <= options.StopAt * lowest) && i > 0)
                break; // NaN too
            lowest = Math.Min(lowest, smoothed);
        }
        return points;
    }

    private static LearningRateCurve Curve(List<LearningRatePoint> points)
    {
        int lowest = 0, steepest = 0;
        for (int i = 1; i < points.Count; i++)
            if (points[i].Smoothed < points[lowest].Smoothed)
                lowest = i;
        double slope = double.PositiveInfinity;
        for (int i = 1; i <= lowest; i++)
        {
            double here = (points[i].Smoothed - points[i - 1].Smoothed)
                / Math.Log(points[i].Rate / points[i - 1].Rate);
            if (here < slope)
                (slope, steepest) = (here, i);
        }
        return new LearningRateCurve(points, points[steepest].Rate, points[lowest].Rate / 10);
    }
}
