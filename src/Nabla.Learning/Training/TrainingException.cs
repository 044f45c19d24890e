namespace Nabla.Learning.Training;

/// <summary>
/// A recipe, data or folder that training cannot work with; the message is one line and says what to do.
/// </summary>
public sealed class TrainingException : Exception
{
    /// <summary>With this message.</summary>
    public TrainingException(string message) : base(message)
    {
    }

    /// <summary>With this message and the error behind it.</summary>
    public TrainingException(string message, Exception inner) : base(message, inner)
    {
    }
}
