using System.Diagnostics;
using System.Globalization;

namespace Nabla.Cli.Benchmarks;

/// <summary>The memory of this process.</summary>
internal static class ResidentMemory
{
    /// <summary>The most bytes of memory the process ever held: Linux's VmHWM, else what the system says.</summary>
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
