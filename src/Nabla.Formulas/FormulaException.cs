namespace Nabla.Formulas;

/// <summary>
/// A formula cannot be read, evaluated or written in another language; <see cref="Exception.Message"/> is one line that
/// says what is wrong and what to do.
/// </summary>
public sealed class FormulaException : Exception
{
    /// <summary>An error without a message.</summary>
    public FormulaException()
    {
    }

    /// <summary>An error with the line to show.</summary>
    public FormulaException(string message) : base(message)
    {
    }

    /// <summary>An error with the line to show and what caused it.</summary>
    public FormulaException(string message, Exception? innerException) : base(message, innerException)
    {
    }

    /// <summary>An error at a place in the text.</summary>
    /// <param name="message">The line to show.</param>
    /// <param name="position">The index of the character, from 0.</param>
    /// <param name="expected">What could have stood there, <c>"}"</c> or <c>"a number or a name"</c>.</param>
    public FormulaException(string message, int position, string expected) : base(message)
    {
        Position = position;
        Expected = expected;
    }

    /// <summary>The index of the character in the text, from 0, or −1 where the error has no place.</summary>
    public int Position { get; } = -1;

    /// <summary>What could have stood there, or empty.</summary>
    public string Expected { get; } = "";
}
