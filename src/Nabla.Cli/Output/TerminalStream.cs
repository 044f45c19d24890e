namespace Nabla.Cli.Output;

/// <summary>
/// Writes to a terminal for as long as it is there. When its window is closed, what is written is lost and nothing
/// else: a training run goes on to its end or saves.
/// </summary>
internal sealed class TerminalStream(Stream terminal) : Stream
{
    private bool isClosed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (isClosed)
            return;
        try
        {
            terminal.Write(buffer);
        }
        catch (IOException)
        {
            isClosed = true;
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
