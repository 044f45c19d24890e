namespace Nabla.Language.Models;

/// <summary>A model folder or configuration that cannot be used; the message is one line and says what to do.</summary>
public sealed class ModelException : Exception
{
    /// <summary>With this message.</summary>
    public ModelException(string message) : base(message)
    {
    }

    /// <summary>With this message and the error behind it.</summary>
    public ModelException(string message, Exception inner) : base(message, inner)
    {
    }
}
