using System.Runtime.InteropServices;

namespace Nabla.Cli;

/// <summary>
/// Ctrl-C and SIGTERM. The first asks the command to stop cleanly through <see cref="Token"/>; the second, or any while
/// nothing is under way, ends the process at once (what is on disk is whole at every moment).
/// </summary>
internal sealed class Interrupts : IDisposable
{
    /// <summary>The exit code of a command that was stopped, as shells have it: 128 + SIGINT.</summary>
    public const int ExitCode = 130;

    private readonly PosixSignalRegistration[] registrations;
    private CancellationTokenSource source = new();

    public Interrupts() => registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
    ];

    /// <summary>Is cancelled at the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>Whether nothing is under way, so that a signal ends the process.</summary>
    public bool IsIdle { get; set; }

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

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = !IsIdle && !source.IsCancellationRequested;
        if (context.Cancel)
            source.Cancel();
    }
}
