namespace Nabla.Learning.Data;

/// <summary>
/// A data file or a data set cannot be used. <see cref="Exception.Message"/> is one line that names the file, says what
/// was found and what was expected.
/// </summary>
public sealed class DataException : Exception
{
    /// <summary>An error without a message.</summary>
    public DataException()
    {
    }

    /// <summary>An error with the line to show.</summary>
    public DataException(string message) : base(message)
    {
    }

    /// <summary>An error with the line to show and what caused it.</summary>
    public DataException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}
