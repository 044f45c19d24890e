namespace Nabla.Formulas.Articles.Python;

/// <summary>
/// A program cannot be run on, or is wrong; the message says which part of it is not known. Never shown as an error:
/// what
/// depends on it is not checkable.
/// </summary>
internal sealed class PythonException(string message) : Exception(message)
{
    public static PythonException NotKnown(string what) => new($"{what} is not known to the interpreter");
}
