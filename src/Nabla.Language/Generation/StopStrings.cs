namespace Nabla.Language.Generation;

/// <summary>
/// Ends a stream of text at the first of some strings. Text that could still become one of them is held back, so that
/// no part of a stop string is ever given, however the text is cut into pieces. The string whose end comes first wins.
/// </summary>
public sealed class StopStrings
{
    private readonly IReadOnlyList<string> stops;
    private string held = "";

    /// <summary>Ends the text at any of these strings.</summary>
    /// <exception cref="ArgumentException">One of them is empty.</exception>
    public StopStrings(IReadOnlyList<string> stops)
    {
        if (stops.Any(string.IsNullOrEmpty))
            throw new ArgumentException("StopStrings: a stop string is empty; leave it out.");
        this.stops = stops;
    }

    /// <summary>Whether a stop string has come; nothing follows it.</summary>
    public bool Stopped { get; private set; }

    /// <summary>What can be given now that <paramref name="text"/> has come.</summary>
    public string Add(string text)
    {
        if (Stopped)
            return "";
        held += text;
        int border = FirstStop() ?? held.Length - LongestBeginning();
        string given = held[..border];
        held = Stopped ? "" : held[border..];
        return given;
    }

    /// <summary>What was held back, when no more text comes.</summary>
    public string Flush()
    {
        string given = held;
        held = "";
        return given;
    }

    /// <summary>Where the stop string begins that ends first, the longest of several.</summary>
    private int? FirstStop()
    {
        (int End, int Begin)? first = null;
        foreach (string stop in stops)
        {
            int begin = held.IndexOf(stop, StringComparison.Ordinal);
            if (begin >= 0 && (first is null || (begin + stop.Length, begin).CompareTo(first.Value) < 0))
                first = (begin + stop.Length, begin);
        }
        Stopped = first is not null;
        return first?.Begin;
    }

    /// <summary>Length of the longest end of the text that is the beginning of a stop string.</summary>
    private int LongestBeginning()
    {
        int longest = 0;
        foreach (string stop in stops)
        {
            int length = Math.Min(held.Length, stop.Length - 1);
            while (length > longest && !held.AsSpan(held.Length - length).SequenceEqual(stop.AsSpan(0, length)))
                length--;
            longest = Math.Max(longest, length);
        }
        return longest;
    }
}
