using System.Text;

namespace Nabla.Learning.Checkpoints;

/// <summary>
/// Writes files that are never seen half-written: to a temporary name in the same folder, flushed to the disk, renamed.
/// Whoever reads sees the old file or the new one, whatever interrupts the writer.
/// </summary>
public static class AtomicFile
{
    /// <summary>
    /// What the temporary name ends with. It is always the same for a file, so the next write also clears away what an
    /// interrupted one left.
    /// </summary>
    public const string TemporarySuffix = ".tmp";

    /// <summary>
    /// Replaces the file <paramref name="path"/> by what <paramref name="write"/> writes, making its folder if needed.
    /// When anything fails, the file is as before and the temporary one is gone.
    /// </summary>
    /// <exception cref="CheckpointException">The disk is full, the folder cannot be written, and the like.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string full = Path.GetFullPath(path), temporary = full + TemporarySuffix;
        bool ours = false;
        try
        {
            if (Path.GetDirectoryName(full) is { } folder)
                Directory.CreateDirectory(folder);
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                ours = true;
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, full, overwrite: true);
            ours = false;
        }
        catch (Exception error) when (FileErrors.Explains(error))
        {
            throw FileErrors.Writing(path, error);
        }
        finally
        {
            if (ours)
                TryDelete(temporary);
        }
    }

    /// <summary>Replaces the file <paramref name="path"/> by <paramref name="text"/> in UTF-8.</summary>
    /// <exception cref="CheckpointException">As in <see cref="Write"/>.</exception>
    public static void WriteText(string path, string text) =>
        Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (FileErrors.Explains(error))
        {
            // The error that brought us here is the one to report.
        }
    }
}
