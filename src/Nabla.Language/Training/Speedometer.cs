using System.Diagnostics;

namespace Nabla.Language.Training;

/// <summary>Tokens a second over the last steps, leaving out what happens between them.</summary>
internal sealed class Speedometer
{
    private const int Window = 20;

    private readonly Queue<(double Seconds, long Tokens)> steps = new();
    private long started;

    public void Start() => started = Stopwatch.GetTimestamp();

    public double Stop(long tokens)
    {
        steps.Enqueue((Stopwatch.GetElapsedTime(started).TotalSeconds, tokens));
        if (steps.Count > Window)
            steps.Dequeue();
        return steps.Sum(s => s.Tokens) / steps.Sum(s => s.Seconds);
    }
}
