namespace Nabla.Formulas;

/// <summary>
/// A formula cannot be read, evaluated or written in another language; <see cref="Exception.Message"/> is one line that
/// says what is wrong and what to do.
/// </summary>
public sealed class FormulaException : Exception
{
    // A name can be as long as a formula; what is wrong stands at the beginning, what to do at the end.
    private const int LongestMessage = 600, LongestEnd = 200;

    /// <summary>An error without a message.</summary>
    public FormulaException()
    {
    }

    /// <summary>An error with the line to show.</summary>
    public FormulaException(string message) : base(Short(message))
    {
    }

    /// <summary>An error with the line to show and what caused it.</summary>
    public FormulaException(string message, Exception? innerException) : base(Short(message), innerException)
    {
    }

    /// <summary>An error at a place in the text.</summary>
    /// <param name="message">The line to show.</param>
    /// <param name="position">The index of the character, from 0.</param>
    /// <param name="expected">What could have stood there, <c>"}"</c> or <c>"a number or a name"</c>.</param>
    public FormulaException(string message, int position, string expected) : base(Short(message))
    {
        Position = position;
        Expected = expected;
    }

    /// <summary>The index of the character in the text, from 0, or −1 where the error has no place.</summary>
    public int Position { get; } = -1;

    /// <summary>What could have stood there, or empty.</summary>
    public string Expected { get; } = "";

    /// <summary>The text that the position is in, where it is not the formula: a value; or null.</summary>
    public string? Text { get; init; }

    private static string Short(string message)
    {
        if (message is null || message.Length <= LongestMessage)
            return message!;
        int from = LongestMessage - LongestEnd - 1, to = message.Length - LongestEnd;
        from -= char.IsHighSurrogate(message[from - 1]) ? 1 : 0;
        to += char.IsLowSurrogate(message[to]) ? 1 : 0;
        return $"{message[..from]}…{message[to..]}";
    }
}
