namespace Nabla.Learning.Data.Formats;

/// <summary>A text after a beginning that was read from it already.</summary>
internal sealed class JoinedReader(string beginning, TextReader rest) : TextReader
{
    private int at;

    public override int Peek() => at < beginning.Length ? beginning[at] : rest.Peek();

    public override int Read() => at < beginning.Length ? beginning[at++] : rest.Read();

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        if (at >= beginning.Length)
            return rest.Read(buffer);
        ReadOnlySpan<char> left = beginning.AsSpan(at);
        int taken = Math.Min(left.Length, buffer.Length);
        left[..taken].CopyTo(buffer);
        at += taken;
        return taken;
    }
}
