namespace Nabla.Cli.Output;

/// <summary>
/// Writes to a terminal for as long as it is there. When its window is closed, what is written is lost and nothing
/// else: a training run goes on to its end or saves.
/// </summary>
internal sealed class TerminalStream(Stream terminal) : WriteOnlyStream
{
    private bool isClosed;

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
}
