using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Nabla.Numerics;

namespace Nabla.Learning.Checkpoints;

/// <summary>
/// A safetensors file, open for reading: named tensors and notes. Everything in it is checked on opening; its numbers
/// are read when asked for. Files by Nabla carry a SHA-256 of themselves, and a single altered bit is found on opening.
/// </summary>
/// <example><code>
/// SafeTensorsFile.Write("model.safetensors", [new("weight", [2, 3], numbers)]);
/// using var file = SafeTensorsFile.Open("model.safetensors");
/// float[] weight = file.ReadFloats("weight");
/// </code></example>
public sealed class SafeTensorsFile : IDisposable
{
    private const int ChunkBytes = 1 << 16;
    private readonly Stream stream;
    private readonly string source;
    private readonly long dataStart;
    private readonly SafeTensorsHeader header;

    private SafeTensorsFile(Stream stream, string source)
    {
        this.stream = stream;
        this.source = source;
        long start = stream.Position;
        try
        {
            header = SafeTensorsHeader.Read(stream, stream.Length - start);
            dataStart = stream.Position;
            CheckChecksum();
        }
        catch (FormatException error)
        {
            throw new CheckpointException(
                $"Cannot use '{source}': {error.Message}. Get or make the file again.", error);
        }
        catch (Exception error) when (FileErrors.Explains(error))
        {
            throw FileErrors.Reading(source, error);
        }
    }

    /// <summary>The tensors' names in the file's order.</summary>
    public IReadOnlyList<string> Names => header.Tensors.Keys;

    /// <summary>The file's notes, such as <c>format</c> = <c>pt</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <summary>
    /// Whether the file carried its checksum, and matched it. A file by another tool has none; one by Nabla has lost it
    /// only through damage, which who expects Nabla's own file should refuse.
    /// </summary>
    public bool HasChecksum => header.ChecksumOffset >= 0;

    /// <summary>Opens and checks the file <paramref name="path"/>.</summary>
    /// <exception cref="CheckpointException">There is none, or it is damaged.</exception>
    public static SafeTensorsFile Open(string path)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (Exception error) when (FileErrors.Explains(error))
        {
            throw FileErrors.Reading(path, error);
        }
        try
        {
            return new SafeTensorsFile(stream, path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens and checks what stands in a seekable <paramref name="stream"/> from its position to its end;
    /// <paramref name="source"/> names it in messages. <see cref="Dispose"/> closes the stream.
    /// </summary>
    /// <exception cref="CheckpointException">It is damaged.</exception>
    public static SafeTensorsFile Open(Stream stream, string source) => new(stream, source);

    /// <summary>
    /// Writes the tensors in this order, as F32, into the file <paramref name="path"/>, with <see cref="AtomicFile"/>.
    /// The notes <c>format</c> = <c>pt</c>, which other tools look for, and the checksum are added to
    /// <paramref name="metadata"/>.
    /// </summary>
    /// <exception cref="CheckpointException">
    /// The file cannot be written; what was there before is untouched.
    /// </exception>
    /// <exception cref="ArgumentException">Two tensors share a name, or numbers do not fill their shape.</exception>
    public static void Write(
        string path, IEnumerable<SafeTensorEntry> entries, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var writer = new SafeTensorsWriter(entries, metadata);
        AtomicFile.Write(path, writer.WriteTo);
    }

    /// <summary>Writes the tensors into <paramref name="stream"/>, as the overload for files does.</summary>
    /// <exception cref="ArgumentException">Two tensors share a name, or numbers do not fill their shape.</exception>
    public static void Write(
        Stream stream, IEnumerable<SafeTensorEntry> entries, IReadOnlyDictionary<string, string>? metadata = null) =>
        new SafeTensorsWriter(entries, metadata).WriteTo(stream);

    /// <summary>Whether there is a tensor with this name.</summary>
    public bool Contains(string name) => header.Tensors.ContainsKey(name);

    /// <summary>The sizes of a tensor; empty for a single number.</summary>
    /// <exception cref="CheckpointException">There is no such tensor.</exception>
    public ReadOnlySpan<int> Shape(string name) => Find(name).Shape;

    /// <summary>The number format of a tensor.</summary>
    /// <exception cref="CheckpointException">There is no such tensor.</exception>
    public SafeTensorType Type(string name) => Find(name).Type;

    /// <summary>Reads a tensor of F32, F16, BF16 or F64 in row-major order; F64 is rounded.</summary>
    /// <exception cref="CheckpointException">
    /// There is no such tensor, it is of another type, or too large for an array.
    /// </exception>
    public float[] ReadFloats(string name)
    {
        SafeTensorInfo info = Find(name);
        if (info.Count > Array.MaxLength)
            throw Wrong(name, $"has {info.Count} numbers, more than fit into an array");
        var result = new float[(int)info.Count];
        ReadFloats(name, result);
        return result;
    }

    /// <summary>
    /// Reads a tensor of F32, F16, BF16 or F64 into <paramref name="destination"/>, which is as long as it.
    /// </summary>
    /// <exception cref="CheckpointException">There is no such tensor, or it is of another type or length.</exception>
    public void ReadFloats(string name, Span<float> destination)
    {
        SafeTensorInfo info = Find(name);
        CheckLength(name, info, destination.Length);
        switch (info.Type)
        {
            case SafeTensorType.F32:
                Convert<float, float>(info, destination, static x => x);
                break;
            case SafeTensorType.F16:
                Convert<Half, float>(info, destination, static x => (float)x);
                break;
            case SafeTensorType.BF16:
                Convert<ushort, float>(info, destination, static x => BitConverter.UInt32BitsToSingle((uint)x << 16));
                break;
            case SafeTensorType.F64:
                Convert<double, float>(info, destination, static x => (float)x);
                break;
            default:
                throw Wrong(name, $"is of type {info.Type}, and F32, F16, BF16 or F64 is needed");
        }
    }

    /// <summary>
    /// Reads a tensor of whole numbers, of any type but U64, into <paramref name="destination"/>, which is as long as
    /// it.
    /// </summary>
    /// <exception cref="CheckpointException">There is no such tensor, or it is of another type or length.</exception>
    public void ReadIntegers(string name, Span<long> destination)
    {
        SafeTensorInfo info = Find(name);
        CheckLength(name, info, destination.Length);
        switch (info.Type)
        {
            case SafeTensorType.Bool or SafeTensorType.U8:
                Convert<byte, long>(info, destination, static x => x);
                break;
            case SafeTensorType.I8:
                Convert<sbyte, long>(info, destination, static x => x);
                break;
            case SafeTensorType.U16:
                Convert<ushort, long>(info, destination, static x => x);
                break;
            case SafeTensorType.I16:
                Convert<short, long>(info, destination, static x => x);
                break;
            case SafeTensorType.U32:
                Convert<uint, long>(info, destination, static x => x);
                break;
            case SafeTensorType.I32:
                Convert<int, long>(info, destination, static x => x);
                break;
            case SafeTensorType.I64:
                Convert<long, long>(info, destination, static x => x);
                break;
            default:
                throw Wrong(name, $"is of type {info.Type}, and whole numbers are needed");
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => stream.Dispose();

    private SafeTensorInfo Find(string name) => header.Tensors.TryGetValue(name, out SafeTensorInfo? info)
        ? info
        : throw new CheckpointException(
            $"'{source}' has no tensor {Foreign.Quote(name)} among its {Names.Count}. " +
            "Is it a file of another model?");

    private void CheckLength(string name, SafeTensorInfo info, int length)
    {
        if (info.Count != length)
            throw Wrong(
                name, $"has {info.Count} numbers, shape [{string.Join(", ", info.Shape)}], and {length} are needed");
    }

    private CheckpointException Wrong(string name, string what) =>
        new($"'{source}': tensor {Foreign.Quote(name)} {what}. Is it a file of another model?");

    private void Convert<TFrom, TTo>(SafeTensorInfo info, Span<TTo> destination, Func<TFrom, TTo> convert)
        where TFrom : unmanaged
        where TTo : unmanaged
    {
        byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            stream.Position = dataStart + info.Begin;
            int perChunk = ChunkBytes / info.Type.Bytes();
            for (int done = 0; done < destination.Length; done += perChunk)
            {
                Span<TTo> part = destination.Slice(done, Math.Min(perChunk, destination.Length - done));
                Span<byte> bytes = chunk.AsSpan(0, part.Length * info.Type.Bytes());
                stream.ReadExactly(bytes);
                if (typeof(TFrom) == typeof(TTo))
                {
                    bytes.CopyTo(MemoryMarshal.AsBytes(part));
                    continue;
                }
                ReadOnlySpan<TFrom> from = MemoryMarshal.Cast<byte, TFrom>(bytes);
                for (int i = 0; i < part.Length; i++)
                    part[i] = convert(from[i]);
            }
        }
        catch (Exception error) when (FileErrors.Explains(error))
        {
            throw FileErrors.Reading(source, error);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    /// <summary>
    /// The checksum is the SHA-256 of the whole file with zeros in the place of its own digits: it covers names and
    /// shapes as well as numbers.
    /// </summary>
    private void CheckChecksum()
    {
        if (header.ChecksumOffset < 0)
            return;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[SafeTensorsHeader.LengthBytes];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Json.Length);
        hash.AppendData(length);
        byte[] json = [.. header.Json];
        json.AsSpan(header.ChecksumOffset, SafeTensorsHeader.ChecksumDigits).Fill((byte)'0');
        hash.AppendData(json);
        byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        for (int read; (read = stream.Read(chunk)) > 0;)
            hash.AppendData(chunk, 0, read);
        ArrayPool<byte>.Shared.Return(chunk);
        if (System.Convert.ToHexStringLower(hash.GetHashAndReset()) != header.Metadata[SafeTensorsHeader.ChecksumKey])
            throw new FormatException("its contents were altered: they do not match their checksum");
    }
}
