namespace Nabla.Cli;

/// <summary>The command was asked for something it cannot do; the message is one line and says what to do.</summary>
internal sealed class UsageException(string message, Exception? inner = null) : Exception(message, inner);
