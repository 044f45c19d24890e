using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Nabla.Cli.Commands;
using Nabla.Numerics.Threading;

namespace Nabla.Cli.Benchmarks;

/// <summary>
/// Measures what standard input asks for, line by line, so that a script can let two programs take turns without
/// warming either up again. A line is a number of seconds and a command of <c>nabla bench</c>; the answer is a line of
/// JSON. The workload of the last line stays warm for the next.
/// </summary>
internal sealed class ServeBenchmarks() : NablaCommand("serve", "Measure what standard input asks for, line by line")
{
    private Warm? warm;

    public override int Place => 8;

    public override Type? Within => typeof(BenchCommand);

    public override IReadOnlyList<string> Examples => ["echo '0.5 gemm --m 512' | nabla bench serve"];

    public override int Run(Session session)
    {
        int threads = WorkerPool.Threads;
        while (session.Streams.Input.ReadLine() is { } line)
        {
            JsonObject answer = Answer(line.Trim(), session);
            session.Streams.Output.WriteLine(answer.ToJsonString());
            WorkerPool.Threads = threads; // a line may ask for another number, for itself
        }
        return 0;
    }

    private JsonObject Answer(string line, Session session)
    {
        try
        {
            string[] words = line.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2
                || !double.TryParse(words[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
                || !(seconds > 0))
                throw new UsageException(
                    $"'{line}' is no request: write seconds and a command, such as '0.5 gemm --m 512'.");
            JsonObject answer = Measure(words[1], new MeasuringTime(seconds), session);
            answer.Insert(0, "ok", true);
            return answer;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return new JsonObject { ["ok"] = false, ["error"] = Errors.Explain(error).Message };
        }
    }

    private JsonObject Measure(string command, MeasuringTime time, Session session)
    {
        if (warm?.Command != command)
        {
            warm = null; // what was there may be large, and goes before the next comes
            warm = WarmUp(command, time, session);
        }
        WorkerPool.Threads = warm.Threads;
        return warm.Benchmark.Document(warm.Meters.Select(meter => meter.Measure(time, session.Cancellation)));
    }

    private static Warm WarmUp(string command, MeasuringTime time, Session session)
    {
        ParseResult options = CommandLine.Root().Parse($"bench {command}");
        if (options.Errors.Count > 0)
            throw new UsageException(ParseErrors.Explain(options));
        if (options.CommandResult.Command is not Benchmark benchmark)
            throw new UsageException($"'{command}' is no benchmark.");
        var inner = new Session(options, session.Streams, session.Interrupts);
        WorkerPool.Threads = inner.Get(CommonOptions.Threads) ?? WorkerPool.Threads;
        Meter[] meters = [.. benchmark.Prepare(inner).Select(work => new Meter(work))];
        foreach (Meter meter in meters)
            meter.WarmUp(time, session.Cancellation);
        return new Warm(command, benchmark, WorkerPool.Threads, meters);
    }

    private sealed record Warm(string Command, Benchmark Benchmark, int Threads, Meter[] Meters);
}
