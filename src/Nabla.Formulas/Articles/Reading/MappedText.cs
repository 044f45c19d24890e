using System.Text;

namespace Nabla.Formulas.Articles.Reading;

/// <summary>A text that knows of each character where it stood in the file.</summary>
internal sealed class MappedText
{
    private readonly List<int>? places;
    private readonly int start;

    // With places, start is where this text begins in them: the parts of a text share its places.
    private MappedText(string text, int start, List<int>? places)
    {
        Text = text;
        this.start = start;
        this.places = places;
    }

    public string Text { get; }

    public int Length => Text.Length;

    /// <summary>A text that stands in the file as it is.</summary>
    public static MappedText Of(string text, int start = 0) => new(text, start, null);

    /// <summary>Where a character, or the end, stood in the file.</summary>
    public int Place(int index)
    {
        if (places is null)
            return start + index;
        int at = start + Math.Min(index, Text.Length);
        if (at < places.Count && (index < Text.Length || Text.Length == 0))
            return places[at];
        return at == 0 ? 0 : places[at - 1] + 1;
    }

    public MappedText Slice(int from, int length) => length == Text.Length ? this
        : new MappedText(Text.Substring(from, length), start + from, places);

    public MappedText Trim()
    {
        int from = Text.Length - Text.AsSpan().TrimStart().Length;
        return Slice(from, Text.AsSpan(from).TrimEnd().Length);
    }

    /// <summary>Its lines, without their ends.</summary>
    public IEnumerable<MappedText> Lines()
    {
        for (int at = 0; at <= Text.Length;)
        {
            int end = Text.IndexOf('\n', at);
            end = end < 0 ? Text.Length : end;
            int length = end - at - (end > at && Text[end - 1] == '\r' ? 1 : 0);
            yield return Slice(at, length);
            at = end + 1;
        }
    }

    /// <summary>Puts texts together character by character.</summary>
    /// <param name="capacity">How long it becomes, about.</param>
    public sealed class Builder(int capacity = 16)
    {
        private readonly StringBuilder text = new(capacity);
        private List<int> places = new(capacity);

        public int Length => text.Length;

        public char this[int index] => text[index];

        public void Add(char c, int place)
        {
            text.Append(c);
            places.Add(place);
        }

        public void Add(string words, int place)
        {
            foreach (char c in words)
                Add(c, place);
        }

        public void Add(MappedText other)
        {
            for (int i = 0; i < other.Length; i++)
                Add(other.Text[i], other.Place(i));
        }

        public MappedText Take()
        {
            var made = new MappedText(text.ToString(), 0, places);
            text.Clear();
            places = [];
            return made;
        }
    }
}
