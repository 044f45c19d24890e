using System.Globalization;
using System.Text;

namespace Nabla.Cli.Output;

/// <summary>A line of text whose pieces have a meaning: one form for plain output, colours and live displays.</summary>
internal sealed class InkedLine
{
    private readonly List<(string Text, Ink Ink)> pieces = [];

    public InkedLine()
    {
    }

    public InkedLine(string text, Ink ink = Ink.Plain) => Add(text, ink);

    public IReadOnlyList<(string Text, Ink Ink)> Pieces => pieces;

    public int Length { get; private set; }

    public InkedLine Add(string text, Ink ink = Ink.Plain)
    {
        if (text.Length > 0)
            pieces.Add((text, ink));
        Length += Columns(text);
        return this;
    }

    public InkedLine Add(InkedLine line)
    {
        foreach ((string text, Ink ink) in line.pieces)
            Add(text, ink);
        return this;
    }

    /// <summary>Spaces up to this length.</summary>
    public InkedLine PadTo(int length) => Add(new string(' ', Math.Max(0, length - Length)));

    /// <summary>The first <paramref name="length"/> characters.</summary>
    public InkedLine Cut(int length)
    {
        var cut = new InkedLine();
        foreach ((string text, Ink ink) in pieces)
            cut.Add(text[..Math.Min(text.Length, length - cut.Length)], ink);
        return cut;
    }

    // A mark over a letter, the hat of ŷ, and the second half of a letter beyond 16 bits take no room.
    private static int Columns(string text) => text.Count(c => !char.IsLowSurrogate(c)
        && char.GetUnicodeCategory(c) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark));

    public static implicit operator InkedLine(string text) => new(text);

    public override string ToString() => string.Concat(pieces.Select(piece => piece.Text));

    /// <summary>The line with the escape codes of its colours.</summary>
    public string ToAnsi()
    {
        var text = new StringBuilder();
        foreach ((string piece, Ink ink) in pieces)
            text.Append(Ansi.Paint(piece, ink));
        return text.ToString();
    }
}
