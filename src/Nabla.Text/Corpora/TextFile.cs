using System.Buffers;
using System.Text.Unicode;

namespace Nabla.Text.Corpora;

/// <summary>Reads text files strictly: what is not plain UTF-8 text is an error and never silently repaired.</summary>
public static class TextFile
{
    private const int MaximumBytes = 1_000_000_000; // a .NET string holds about this many characters

    /// <summary>The text of a file; a byte order mark at its start is left out, line ends stay as they are.</summary>
    /// <exception cref="TextException">
    /// The file is missing, unreadable, too large, empty, binary or not UTF-8.
    /// </exception>
    public static string Read(string path)
    {
        if (Directory.Exists(path))
            throw new TextException($"{path} is a folder. Name the text files in it.");
        try
        {
            using FileStream stream = File.OpenRead(path);
            return Read(stream, path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TextException(
                $"{path} does not exist. Check the path; relative paths start at {Environment.CurrentDirectory}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new TextException($"{path} cannot be read: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <summary>The text of a stream from where it stands; <paramref name="name"/> is what errors call it.</summary>
    /// <exception cref="TextException">The stream is too large, empty, binary or not UTF-8.</exception>
    public static string Read(Stream stream, string name)
    {
        using var copy = new MemoryStream();
        byte[] block = ArrayPool<byte>.Shared.Rent(1 << 20);
        try
        {
            for (int read; (read = stream.Read(block)) > 0;)
            {
                if (copy.Length + read > MaximumBytes)
                    throw new TextException(
                        $"{name} has more than {MaximumBytes:N0} bytes. Split it into smaller files.");
                copy.Write(block, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
        return Decode(copy.GetBuffer().AsSpan(0, (int)copy.Length), name);
    }

    private static string Decode(ReadOnlySpan<byte> bytes, string name)
    {
        int start = bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        if (bytes.Length == start)
            throw new TextException($"{name} is empty. Give a file with text.");
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            throw new TextException($"{name} is UTF-16. Save it as UTF-8.");
        int zero = bytes.IndexOf((byte)0);
        if (zero >= 0)
            throw new TextException(
                $"{name} is not text: byte {zero} is zero, as in binary files. Give a plain text file in UTF-8.");

        char[] chars = ArrayPool<char>.Shared.Rent(bytes.Length);
        try
        {
            OperationStatus status = Utf8.ToUtf16(
                bytes[start..], chars, out int read, out int written, replaceInvalidSequences: false);
            if (status != OperationStatus.Done)
                throw new TextException(
                    $"{name} is not valid UTF-8 at byte {start + read} (0x{bytes[start + read]:X2}). Save it as " +
                    "UTF-8.");
            return new string(chars, 0, written);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars);
        }
    }
}
