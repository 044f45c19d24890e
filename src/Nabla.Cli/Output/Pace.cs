using System.Diagnostics;

namespace Nabla.Cli.Output;

/// <summary>How long the rest of a run takes at the pace of its last steps.</summary>
/// <param name="window">How many steps count as the last.</param>
internal sealed class Pace(int window)
{
    private readonly Queue<(int Step, double Seconds)> times = new();
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private (int Step, double Seconds) last;

    /// <summary>Says that a step is done.</summary>
    public void Done(int step)
    {
        last = (step, clock.Elapsed.TotalSeconds);
        times.Enqueue(last);
        if (times.Count > window)
            times.Dequeue();
    }

    /// <summary>Seconds from the last step to this one; null before the second, for the first also warms up.</summary>
    public double? SecondsTo(int step) => times.Count < 2 ? null
        : (last.Seconds - times.Peek().Seconds) / (last.Step - times.Peek().Step) * (step - last.Step);
}
