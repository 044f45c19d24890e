using System.CommandLine;
using System.Text.Json.Nodes;
using Nabla.Cli.Commands;
using Nabla.Cli.Output;
using Nabla.Numerics.Kernels;

namespace Nabla.Cli.Benchmarks;

/// <summary>
/// A command of <c>nabla bench</c>. To add one, add one file here: its options are fields that its constructor adds,
/// and <see cref="Prepare"/> makes what is measured. Warming up, timing and printing are the same for all.
/// </summary>
internal abstract class Benchmark : NablaCommand
{
    private const double DefaultSeconds = 3, MostSeconds = 3600;

    private readonly Option<float?> seconds =
        CommonOptions.Real("--seconds", $"How long to measure, after warming up (default: {DefaultSeconds})");
    private readonly Option<int?> steps =
        CommonOptions.Whole("--steps", "Measure this many steps instead of a time", 1);

    protected Benchmark(string name, string description) : base(name, description)
    {
        Options.Add(seconds);
        Options.Add(steps);
    }

    public override Type? Within => typeof(BenchCommand);

    /// <summary>
    /// Everything that is to be measured, in this order; each is made when the one before it is done.
    /// </summary>
    /// <exception cref="UsageException">The options do not fit one another.</exception>
    public abstract IEnumerable<Workload> Prepare(Session session);

    public sealed override int Run(Session session)
    {
        MeasuringTime time = Time(session);
        List<Measurement> measured = session.Interrupts.WaitFor(() => Measure(session, time));
        session.Result(Document(measured), () => measured.ForEach(one => one.Print(session.Screen)));
        return 0;
    }

    /// <summary>Whether an option says what is measured, and not for how long or how it is told.</summary>
    public bool IsOfWork(Option option) => Options.Contains(option) && option != seconds && option != steps;

    /// <summary>The results as a JSON document.</summary>
    public JsonObject Document(IEnumerable<Measurement> measured) => new()
    {
        ["benchmark"] = Name,
        ["vector_bits"] = MultiplyAddPeak.Bits,
        ["results"] = JsonOutput.Array(measured.Select(one => one.ToJson())),
    };

    private List<Measurement> Measure(Session session, MeasuringTime time)
    {
        List<Measurement> measured = [];
        foreach (Workload work in Prepare(session))
        {
            var meter = new Meter(work);
            meter.WarmUp(time, session.Cancellation);
            measured.Add(meter.Measure(time, session.Cancellation));
        }
        return measured;
    }

    /// <summary>A number of steps or seconds from the command line.</summary>
    private MeasuringTime Time(Session session)
    {
        double time = session.Get(seconds) ?? DefaultSeconds;
        if (!(time > 0))
            throw new UsageException($"--seconds is {Amounts.Rate(time)}; it must be more than 0.");
        if (time > MostSeconds)
            throw new UsageException(FormattableString.Invariant(
                $"--seconds is {time:0.###}; it must be {MostSeconds} or less."));
        if (session.Get(seconds) is not null && session.Get(steps) is not null)
            throw new UsageException("--seconds and --steps do not go together: leave one out.");
        return new MeasuringTime(time, session.Get(steps));
    }
}
