namespace Nabla.Learning.Checkpoints;

/// <summary>
/// A model file cannot be read or written. <see cref="Exception.Message"/> is one line that names the file, says what
/// is wrong and what to do.
/// </summary>
public sealed class CheckpointException : Exception
{
    /// <summary>An error without a message.</summary>
    public CheckpointException()
    {
    }

    /// <summary>An error with the line to show.</summary>
    public CheckpointException(string message) : base(message)
    {
    }

    /// <summary>An error with the line to show and what caused it.</summary>
    public CheckpointException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}
