using Nabla.Numerics;

namespace Nabla.Learning.Checkpoints;

/// <summary>What the operating system says about a file, in one line with its remedy.</summary>
internal static class FileErrors
{
    // Linux and macOS number these errors differently; .NET passes the numbers on as HResult.
    private const int NoSpace = 28, ReadOnlyLinuxAndMac = 30, QuotaLinux = 122, QuotaMac = 69;
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027), WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>Whether <see cref="Reading"/> and <see cref="Writing"/> know what to say.</summary>
    public static bool Explains(Exception error) =>
        error is IOException or UnauthorizedAccessException or NotSupportedException
            or System.Security.SecurityException;

    public static CheckpointException Reading(string path, Exception error) => new(
        $"Cannot read '{path}': " + error switch
        {
            FileNotFoundException or DirectoryNotFoundException => "there is no such file. Check the path.",
            UnauthorizedAccessException when Directory.Exists(path) => "it is a folder. Name the file in it.",
            UnauthorizedAccessException => "no permission. Change the file's rights or run as its owner.",
            EndOfStreamException => "it ends too early. Get or make the file again.",
            _ => Foreign.OneLine(error.Message),
        },
        error);

    public static CheckpointException Writing(string path, Exception error) => new(
        $"Cannot write '{path}': " + error switch
        {
            _ when Directory.Exists(path) => "a folder has that name. Choose another name.",
            UnauthorizedAccessException =>
                $"no permission in folder '{Folder(path)}'. Choose another folder or change its rights.",
            DirectoryNotFoundException => $"folder '{Folder(path)}' cannot be made there. Choose another folder.",
            PathTooLongException => "the path is too long. Choose a shorter one.",
            IOException { HResult: NoSpace or QuotaLinux or QuotaMac or WindowsDiskFull or WindowsHandleDiskFull } =>
                "the disk is full. Free some space or choose another folder; what was there before is untouched.",
            IOException { HResult: ReadOnlyLinuxAndMac } =>
                $"folder '{Folder(path)}' is read-only. Choose another folder.",
            _ =>
                $"{Foreign.OneLine(error.Message)} Choose another folder, or see to it that nothing else writes there.",
        },
        error);

    private static string Folder(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
}
