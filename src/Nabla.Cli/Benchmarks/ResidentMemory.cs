using System.Diagnostics;
using System.Globalization;

namespace Nabla.Cli.Benchmarks;

/// <summary>The memory of this process.</summary>
internal static class ResidentMemory
{
    /// <summary>
    /// Gives back what is free and counts the peak anew from here on, where the system can (Linux, in most containers).
    /// </summary>
    public static void Restart()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        const string Marks = "/proc/self/clear_refs";
        if (!File.Exists(Marks))
            return;
        try
        {
            using var marks = new FileStream(Marks, FileMode.Open, FileAccess.Write);
            marks.Write("5"u8); // the peak only: man 5 proc_pid_clear_refs
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Then the peak stays that of the process.
        }
    }

    /// <summary>
    /// The most bytes of memory the process held since <see cref="Restart"/>, or ever: Linux's VmHWM, else what the
    /// system says.
    /// </summary>
    public static long Peak()
    {
        const string Status = "/proc/self/status", Key = "VmHWM:";
        string? line = File.Exists(Status)
            ? File.ReadLines(Status).FirstOrDefault(text => text.StartsWith(Key, StringComparison.Ordinal)) : null;
        if (line is not null)
            return 1024 * long.Parse(line.AsSpan(Key.Length).Trim().TrimEnd("kB "), CultureInfo.InvariantCulture);
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
