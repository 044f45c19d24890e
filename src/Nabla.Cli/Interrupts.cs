using System.Runtime.InteropServices;

namespace Nabla.Cli;

/// <summary>
/// Ctrl-C, SIGTERM and a terminal that is closed (SIGHUP). The first asks the command to stop cleanly through
/// <see cref="Token"/>; the second, or any while nothing is under way, ends the process at once (what is on disk is
/// whole at every moment).
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private readonly PosixSignalRegistration[] registrations;
    private CancellationTokenSource source = new();
    private PosixSignal received = PosixSignal.SIGINT;

    public Interrupts() => registrations =
    [
        .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
            .Where(signal => !IsIgnored(signal)).Select(signal => PosixSignalRegistration.Create(signal, Handle)),
    ];

    /// <summary>Is cancelled at the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>The exit code of a command that was stopped, as shells have it: 128 and the signal's number.</summary>
    public int ExitCode => 128 + Number(received);

    /// <summary>Whether nothing is under way, so that a signal ends the process.</summary>
    public bool IsIdle { get; set; }

    /// <summary>
    /// The result of work that looks at <see cref="Token"/> seldom, such as between steps of a large model: it runs on
    /// a thread of its own, which is left behind at the first signal, to end when it looks or with the process.
    /// </summary>
    /// <exception cref="OperationCanceledException">There was a signal.</exception>
    public T WaitFor<T>(Func<T> work) => Task.Factory
        .StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
        .WaitAsync(Token).GetAwaiter().GetResult();

    /// <summary>Forgets a signal that has been obeyed: another one may come.</summary>
    public void Reset()
    {
        if (source.IsCancellationRequested)
            source = new CancellationTokenSource();
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
            registration.Dispose();
        source.Dispose();
    }

    private static int Number(PosixSignal signal) => signal switch
    {
        PosixSignal.SIGHUP => 1,
        PosixSignal.SIGTERM => 15,
        _ => 2,
    };

    // What started this process may want it to outlive a signal: nohup and SIGHUP.
    private static bool IsIgnored(PosixSignal signal)
    {
        const string Status = "/proc/self/status", Field = "SigIgn:";
        string? mask = File.Exists(Status)
            ? Array.Find(File.ReadAllLines(Status), line => line.StartsWith(Field, StringComparison.Ordinal)) : null;
        return mask is not null && (Convert.ToUInt64(mask[Field.Length..].Trim(), 16) >> (Number(signal) - 1) & 1) == 1;
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = !IsIdle && !source.IsCancellationRequested;
        if (!context.Cancel)
            return;
        received = context.Signal;
        source.Cancel();
    }
}
