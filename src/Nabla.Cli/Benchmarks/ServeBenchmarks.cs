using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using Nabla.Cli.Commands;
using Nabla.Numerics.Threading;

namespace Nabla.Cli.Benchmarks;

/// <summary>
/// Measures what standard input asks for, line by line, so that a script can let two programs take turns without
/// warming either up again. A line is a number of seconds, a number of threads and a command of <c>nabla bench</c>; the
/// answer is a line of JSON. The workload of the last line stays warm for the next, and peak memory is counted from
/// when it was made.
/// </summary>
internal sealed class ServeBenchmarks()
    : NablaCommand("serve", "Measure what standard input asks for: lines of SECONDS THREADS COMMAND")
{
    private Warm? warm;

    public override int Place => 8;

    public override Type? Within => typeof(BenchCommand);

    public override IReadOnlyList<string> Examples => ["echo '0.5 2 gemm --m 512' | nabla bench serve"];

    // All on one thread, whose memory stays warm too; reading does not look at signals either.
    public override int Run(Session session) => session.Interrupts.WaitFor(() =>
    {
        while (session.Streams.Input.ReadLine() is { } line)
        {
            JsonObject answer = Answer(line.Trim(), session);
            session.Streams.Output.WriteLine(answer.ToJsonString());
        }
        return 0;
    });

    private JsonObject Answer(string line, Session session)
    {
        try
        {
            var request = Request.Parse(line);
            WorkerPool.Threads = request.Threads;
            if (!IsWarm(request.Command))
            {
                warm = null; // what was there may be large, and goes before the next comes
                ResidentMemory.Restart();
                warm = WarmUp(request, session);
            }
            JsonObject answer = warm.Benchmark.Document(
                warm.Meters.Select(meter => meter.Measure(request.Time, session.Cancellation)));
            answer.Insert(0, "ok", true);
            return answer;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return new JsonObject { ["ok"] = false, ["error"] = Errors.Explain(error).Message };
        }
    }

    // A method of its own, because code that is not yet optimized keeps what it has looked at until it returns.
    [MemberNotNullWhen(true, nameof(warm))]
    private bool IsWarm(string command) => warm?.Command == command;

    private static Warm WarmUp(Request request, Session session)
    {
        ParseResult options = CommandLine.Root().Parse($"bench {request.Command}", CommandLine.AsWritten);
        if (options.Errors.Count > 0)
            throw new UsageException(ParseErrors.Explain(options));
        if (options.CommandResult.Command is not Benchmark benchmark)
            throw new UsageException($"'{request.Command}' is no benchmark.");
        var inner = new Session(options, session.Streams, session.Interrupts);
        if (ParseErrors.OptionsOf(benchmark).FirstOrDefault(o => inner.IsGiven(o) && !benchmark.IsOfWork(o)) is { } odd)
            throw new UsageException(
                $"{odd.Name} does not go with a request, which begins with its seconds and threads. Leave it out.");
        Meter[] meters = [.. benchmark.Prepare(inner).Select(work => new Meter(work))];
        foreach (Meter meter in meters)
            meter.WarmUp(request.Time, session.Cancellation);
        return new Warm(request.Command, benchmark, meters);
    }

    private sealed record Request(MeasuringTime Time, int Threads, string Command)
    {
        public static Request Parse(string line)
        {
            string[] words = line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
            CultureInfo culture = CultureInfo.InvariantCulture;
            return words.Length == 3
                && double.TryParse(words[0], NumberStyles.Float, culture, out double seconds) && seconds > 0
                && int.TryParse(words[1], NumberStyles.None, culture, out int threads) && threads is > 0 and <= 1024
                ? new Request(new MeasuringTime(seconds), threads, words[2])
                : throw new UsageException(
                    $"'{line}' is no request: write seconds, threads and a command, such as '0.5 2 gemm --m 512'.");
        }
    }

    private sealed record Warm(string Command, Benchmark Benchmark, Meter[] Meters);
}
