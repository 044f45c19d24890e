namespace Nabla.Tensors.Diagnostics;

/// <summary>A result or a gradient is no finite number; the message says where that began.</summary>
public sealed class NotFiniteException : Exception
{
    /// <summary>An error without a message.</summary>
    public NotFiniteException()
    {
    }

    /// <summary>An error with the line to show.</summary>
    public NotFiniteException(string message) : base(message)
    {
    }

    /// <summary>An error with the line to show and what caused it.</summary>
    public NotFiniteException(string message, Exception? innerException) : base(message, innerException)
    {
    }

    /// <summary>The operation, such as <c>Log</c>.</summary>
    public string Operation { get; init; } = "";

    /// <summary>The module whose parameters the operation used or came after; null if that is not known.</summary>
    public string? Module { get; init; }

    /// <summary>Whether it began in the backward pass.</summary>
    public bool IsBackward { get; init; }
}
