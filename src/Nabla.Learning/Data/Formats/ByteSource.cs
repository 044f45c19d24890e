using Nabla.Learning.Checkpoints;
using Nabla.Numerics;

namespace Nabla.Learning.Data.Formats;

/// <summary>
/// Bytes of a file, compressed with gzip or not, for readers that do not trust it: it never allocates more than the
/// file can fill, and every error names the file.
/// </summary>
internal sealed class ByteSource : IDisposable
{
    // Where the length is not known, memory grows with what really comes.
    private const int FirstPiece = 1 << 22;

    private readonly Stream stream;
    private readonly long? length;
    private long position;

    private ByteSource(Stream stream, string name, long? length) =>
        (this.stream, Name, this.length) = (stream, name, length);

    /// <summary>What errors call it.</summary>
    public string Name { get; }

    /// <summary>The file <paramref name="path"/>; one that begins as gzip files do is decompressed.</summary>
    /// <exception cref="DataException">It cannot be opened.</exception>
    public static ByteSource Open(string path)
    {
        (Stream stream, bool isCompressed) = DataStreams.Open(path);
        return new ByteSource(stream, path, isCompressed ? null : stream.Length);
    }

    /// <summary>What a stream holds from where it stands; <paramref name="name"/> is what errors call it.</summary>
    public static ByteSource Over(Stream stream, string name) =>
        new(stream, name, stream.CanSeek ? stream.Length - stream.Position : null);

    /// <summary>An error of a file that cannot be opened or read.</summary>
    public static DataException Unreadable(string path, Exception error) => error is ArgumentException
        ? new DataException($"Cannot read {Foreign.Quote(path)}: {Foreign.OneLine(error.Message)}", error)
        : new DataException(FileErrors.Reading(path, error).Message, error);

    /// <summary>An error that says what was found and what was expected.</summary>
    public DataException Wrong(string found, string expected, Exception? inner = null) =>
        new($"Cannot use '{Name}': {found}; expected {expected}.", inner);

    /// <summary>The next bytes, so many of them.</summary>
    public byte[] Read(int count, string what)
    {
        RequireLeft(count, what);
        var bytes = new byte[count];
        Fill(bytes, what);
        return bytes;
    }

    /// <summary>The next <paramref name="count"/> numbers of this type, as their bytes stand there.</summary>
    public Array ReadNumbers(ElementType type, long count, string what)
    {
        int size = type.Bytes();
        if (count > Array.MaxLength / size)
            throw Wrong($"it says that it has {count:N0} {what} of {size} bytes",
                $"at most {Array.MaxLength:N0} bytes in one array; split it into several");
        RequireLeft(count * size, what);
        Array numbers = type.Allocate((int)(length is null ? Math.Min(count, FirstPiece) : count));
        for (int done = 0; ;)
        {
            Fill(NumericArray.Bytes(numbers)[(done * size)..], what);
            done = numbers.Length;
            if (done == count)
                return numbers;
            Array longer = type.Allocate((int)Math.Min(count, done * 2L));
            Array.Copy(numbers, longer, done);
            numbers = longer;
        }
    }

    /// <summary>Throws if anything is left: a file with more than it says is another file than it seems.</summary>
    public void RequireEnd(string what)
    {
        Span<byte> one = stackalloc byte[1];
        if (length > position || Take(one) > 0)
            throw Wrong($"there are bytes after {what}", "the end of the file");
    }

    public void Dispose() => stream.Dispose();

    private void RequireLeft(long count, string what)
    {
        if (length is { } all && all - position < count)
            throw Wrong($"it ends after {all:N0} bytes", $"{position + count:N0} bytes for {what}");
    }

    private void Fill(Span<byte> destination, string what)
    {
        for (int done = 0; done < destination.Length;)
        {
            int read = Take(destination[done..]);
            if (read == 0)
                throw Wrong($"it ends after {position:N0} bytes",
                    $"{position + destination.Length - done:N0} or more for {what}");
            done += read;
        }
    }

    private int Take(Span<byte> destination)
    {
        try
        {
            int read = stream.Read(destination);
            position += read;
            return read;
        }
        catch (InvalidDataException error)
        {
            throw Wrong($"it is damaged ({Foreign.OneLine(error.Message)})", "a sound compressed file", error);
        }
        catch (Exception error) when (FileErrors.Explains(error))
        {
            throw Unreadable(Name, error);
        }
    }
}
