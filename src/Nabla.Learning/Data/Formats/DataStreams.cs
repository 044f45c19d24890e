using System.Buffers.Binary;
using System.IO.Compression;
using Nabla.Learning.Checkpoints;

namespace Nabla.Learning.Data.Formats;

/// <summary>Files that may be compressed with gzip.</summary>
internal static class DataStreams
{
    /// <summary>The bytes of a file; of one that begins as gzip files do, what is compressed in it.</summary>
    /// <exception cref="DataException">It cannot be opened.</exception>
    public static (Stream Stream, bool IsCompressed) Open(string path)
    {
        FileStream? file = null;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            bool isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
            file.Position = 0;
            return (isGzip ? new WholeGzip(file) : file, isGzip);
        }
        catch (Exception error) when (FileErrors.Explains(error) || error is ArgumentException)
        {
            file?.Dispose();
            throw ByteSource.Unreadable(path, error);
        }
    }

    /// <summary>
    /// What is compressed in a gzip file, which is an error if the file is cut short: .NET's own stream then just ends.
    /// The last four bytes of a whole file are the length of what it holds, modulo 2³² (RFC 1952).
    /// </summary>
    private sealed class WholeGzip : Stream
    {
        private const int Smallest = 18; // a header of ten bytes and a trailer of eight
        private readonly GZipStream inside;
        private readonly uint? expected;
        private uint length;

        public WholeGzip(FileStream file)
        {
            if (file.Length >= Smallest)
            {
                Span<byte> trailer = stackalloc byte[4];
                file.Seek(-4, SeekOrigin.End);
                file.ReadExactly(trailer);
                file.Position = 0;
                expected = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
            }
            inside = new GZipStream(file, CompressionMode.Decompress);
        }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            int read = inside.Read(buffer);
            length = unchecked(length + (uint)read);
            return read > 0 || buffer.Length == 0 || length == expected
                ? read
                : throw new InvalidDataException(
                    "it is cut short, or several gzip files in one: it ends before its own end");
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inside.Dispose();
            base.Dispose(disposing);
        }
    }
}
