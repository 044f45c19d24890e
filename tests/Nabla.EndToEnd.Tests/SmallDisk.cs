namespace Nabla.EndToEnd.Tests;

/// <summary>
/// A disk of a few kilobytes, mounted where only one shell and its children see it: nothing is left when they end.
/// Works with root rights and, where the system lets users make namespaces, without.
/// </summary>
public static class SmallDisk
{
    /// <summary>Whether this machine allows it.</summary>
    public static bool IsAllowed { get; } = TryMount();

    /// <summary>
    /// Runs a bash script in <paramref name="folder"/> while a disk is mounted there; <c>$NABLA</c> is the program and
    /// <c>$@</c> the <paramref name="arguments"/>.
    /// </summary>
    public static CommandResult Run(string folder, int kilobytes, string script, params string[] arguments)
    {
        string mount = $"mount -t tmpfs -o size={kilobytes}k tmpfs . && cd \"$PWD\" || exit 99\n";
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["NABLA"] = NablaProcess.Program };
        using var process = new ChildProcess(
            "unshare", ["-rm", "bash", "-c", mount + script, "bash", .. arguments], new ChildOptions { Folder = folder, Environment = environment });
        return process.WaitForEnd(120);
    }

    private static bool TryMount()
    {
        if (!OperatingSystem.IsLinux())
            return false;
        using var folder = new TemporaryFolder();
        return Run(folder.Path, 4, "exit 0").ExitCode == 0;
    }
}

/// <summary>A test that needs a <see cref="SmallDisk"/>; reported as skipped where there cannot be one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute()
    {
        if (!SmallDisk.IsAllowed)
            Skip = "This machine does not allow to mount a small disk: needs Linux, and root or user namespaces (unshare -rm).";
    }
}
