namespace Nabla.Text;

/// <summary>
/// Text, or a file about text, that came from outside cannot be used; <see cref="Exception.Message"/> is one line that
/// says what is wrong and what to do.
/// </summary>
public sealed class TextException : Exception
{
    /// <summary>An error without a message.</summary>
    public TextException()
    {
    }

    /// <summary>An error with the line to show.</summary>
    public TextException(string message) : base(message)
    {
    }

    /// <summary>An error with the line to show and what caused it.</summary>
    public TextException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}
