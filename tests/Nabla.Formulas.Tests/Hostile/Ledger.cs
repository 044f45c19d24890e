using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Nabla.Formulas.Tests.Hostile;

/// <summary>
/// What each part of a run took. Too many bytes and anything but an answer or a clear error are failures; times are
/// only told, because they are not the formula's alone.
/// </summary>
internal sealed class Ledger
{
    private const int LongestMessage = 600, LongestText = 160, WorstTold = 10, MostFailures = 300;

    private readonly Worst slowest = new(), heaviest = new(), longest = new();
    private readonly List<string> failures = [];
    private int inputs, answers, refusals, failed, slow;
    private long seed;

    /// <summary>A file that says which seed's part is at work in which process, should it not come back.</summary>
    public string? Now { get; init; }

    /// <summary>What went wrong, the first few.</summary>
    public IReadOnlyList<string> Failures => failures;

    /// <summary>One input, of which all parts are told by <see cref="Take"/>.</summary>
    /// <param name="text">The input.</param>
    /// <param name="seed">What it was made from.</param>
    /// <param name="run">All that is done with it.</param>
    public void Input(string text, long seed, Action run)
    {
        inputs++;
        this.seed = seed;
        var meter = Meter.Start();
        run();
        longest.Add(meter.Read($"input {seed}", text), one => one.Processor);
    }

    /// <summary>One part of what is done with an input; null where it was refused, or went wrong.</summary>
    /// <param name="part">What is done.</param>
    /// <param name="text">The input.</param>
    /// <param name="run">Does it.</param>
    /// <param name="limits">Whether an exception is a clear error, and the most bytes to allocate.</param>
    public T? Take<T>(
        string part, string text, Func<T?> run, (Func<Exception, bool> IsRefusal, long MostBytes) limits)
        where T : class
    {
        if (Now is not null)
            File.WriteAllText(Now, $"{seed} {Environment.ProcessId} {part} of {Cut(text, 1000)}\n");
        var meter = Meter.Start();
        T? answer = null;
        try
        {
            answer = run();
            answers++;
        }
        catch (Exception error) when (limits.IsRefusal(error) && error.Message.Length is > 0 and <= LongestMessage)
        {
            refusals++;
        }
        catch (Exception error)
        {
            Fail($"{part} of {Cut(text, 1000)} gives {error}");
        }
        Spent spent = meter.Read($"{part} of {seed}", text);
        slowest.Add(spent, one => one.Processor);
        heaviest.Add(spent, one => one.Bytes);
        slow += spent.Processor > 1 ? 1 : 0;
        if (spent.Bytes > limits.MostBytes)
            Fail($"{part} of {Cut(text, 1000)} allocates {spent.Bytes / 1e6:F0} MB");
        return answer;
    }

    /// <summary>How much it was, and the worst of it.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{inputs} inputs, {answers} answers, {refusals} refusals, "
            + $"{failed} failures, {slow} over 1 s, at most {Environment.WorkingSet / 1e6:F0} MB now");
        foreach ((string title, Worst worst) in new[]
            { ("processor, a part", slowest), ("bytes, a part", heaviest), ("processor, an input", longest) })
        {
            text.AppendLine(title);
            foreach (Spent one in worst.InOrder)
                text.AppendLine(CultureInfo.InvariantCulture, $"  {one.Processor:F3} s ({one.Wall:F3} s by the clock) "
                    + $"{one.Bytes / 1e6:F1} MB {one.Part} {Cut(one.Text, LongestText)}");
        }
        failures.ForEach(failure => text.AppendLine(failure));
        return text.ToString();
    }

    private void Fail(string what)
    {
        failed++;
        if (failures.Count < MostFailures)
            failures.Add($"{seed}: {what}");
    }

    private static string Cut(string text, int longest) => JsonSerializer.Serialize(
        text.Length <= longest ? text : text[..longest] + $"… ({text.Length})");

    /// <summary>What something took.</summary>
    private sealed record Spent(string Part, string Text, double Processor, double Wall, long Bytes);

    private readonly record struct Meter(TimeSpan Processor, long Clock, long Bytes)
    {
        // The processor time is that of all threads: beside this one those that compile and collect.
        public static Meter Start() => new(Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp(),
            GC.GetAllocatedBytesForCurrentThread());

        public Spent Read(string part, string text)
        {
            double all = (Environment.CpuUsage.TotalTime - Processor).TotalSeconds;
            double wall = Stopwatch.GetElapsedTime(Clock).TotalSeconds;
            return new(part, text, Math.Min(all, wall), wall, GC.GetAllocatedBytesForCurrentThread() - Bytes);
        }
    }

    /// <summary>The worst so far.</summary>
    private sealed class Worst
    {
        private readonly PriorityQueue<Spent, double> kept = new();

        public IEnumerable<Spent> InOrder => kept.UnorderedItems.OrderByDescending(item => item.Priority)
            .Select(item => item.Element);

        public void Add(Spent one, Func<Spent, double> size)
        {
            kept.Enqueue(one, size(one));
            if (kept.Count > WorstTold)
                kept.Dequeue();
        }
    }
}
