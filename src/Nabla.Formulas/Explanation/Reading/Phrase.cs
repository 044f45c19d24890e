namespace Nabla.Formulas.Explanation.Reading;

/// <summary>How tightly the words of a phrase hold together, tightest first.</summary>
internal enum Binding
{
    /// <summary>One thing: <c>x</c>, <c>K transposed</c>, <c>x squared</c>.</summary>
    Name,

    /// <summary>Factors and quotients: <c>a times b</c>.</summary>
    Product,

    /// <summary>Terms: <c>a plus b</c>.</summary>
    Sum,

    /// <summary>A statement: <c>a is b</c>.</summary>
    Clause,
}

/// <summary>
/// A piece of English. English has no brackets, so a phrase that ends in "of …" swallows whatever follows; a comma
/// closes it. One that has commas of its own is put between brackets instead.
/// </summary>
/// <param name="Text">The words.</param>
/// <param name="Binding">How tightly they hold together.</param>
/// <param name="Closed">The words as they are when something follows that does not belong to the last "of".</param>
internal readonly record struct Phrase(string Text, Binding Binding, string Closed)
{
    public Phrase(string text, Binding binding = Binding.Name) : this(text, binding, text)
    {
    }

    /// <summary>Whether what follows would be swallowed.</summary>
    public bool IsOpen => Closed.Length != Text.Length;

    /// <summary>The words before something that belongs to all of them, commas and all.</summary>
    public string Ended => Closed[^1] != ',' && Text.Contains(", ", StringComparison.Ordinal) && Text[^1] != ')'
        ? Closed + "," : Closed;

    /// <summary>Whether a comma or an "and" stands in it, so that another one would be misread.</summary>
    public bool HasPause => HasComma || HasAnd;

    public bool HasComma => Text.Contains(", ", StringComparison.Ordinal);

    public bool HasAnd => Text.Contains(" and ", StringComparison.Ordinal);

    /// <summary>Whether it is short enough to stand inside a sentence about something else.</summary>
    public bool IsShort => Text.AsSpan().Count(' ') < 5;

    /// <summary>"The root of x": a phrase that swallows what follows.</summary>
    public static Phrase Open(string text, Binding binding = Binding.Name) => new(text, binding, text + ",");

    /// <summary>The phrase where it must be one thing: a sum becomes "the quantity a minus b".</summary>
    public Phrase AsFactor() => Binding < Binding.Sum ? this : Grouped();

    /// <summary>The words between brackets.</summary>
    public Phrase Bracketed() => new($"({Text})");

    private Phrase Grouped() => HasPause ? Bracketed() : Open("the quantity " + Text);
}
