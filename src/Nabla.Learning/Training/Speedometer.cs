using System.Diagnostics;

namespace Nabla.Learning.Training;

/// <summary>Examples a second over the last steps, leaving out what happens between them.</summary>
internal sealed class Speedometer
{
    private const int Window = 20;

    private readonly Queue<(double Seconds, long Examples)> steps = new();
    private long started;

    public void Start() => started = Stopwatch.GetTimestamp();

    public double Stop(long examples)
    {
        steps.Enqueue((Stopwatch.GetElapsedTime(started).TotalSeconds, examples));
        if (steps.Count > Window)
            steps.Dequeue();
        return steps.Sum(s => s.Examples) / steps.Sum(s => s.Seconds);
    }
}
