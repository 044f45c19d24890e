using System.CommandLine;

namespace Nabla.Cli;

/// <summary>
/// A command of <c>nabla</c>. Every class derived from this one is found and offered: to add a command, add one file
/// under Commands/. Its options are fields that its constructor adds; <see cref="Run"/> does the work.
/// </summary>
internal abstract class NablaCommand(string name, string description) : Command(name, description)
{
    /// <summary>Where it stands in the list of commands.</summary>
    public abstract int Place { get; }

    /// <summary>Command lines that work, for the help.</summary>
    public virtual IReadOnlyList<string> Examples => [];

    /// <summary>Does the work.</summary>
    /// <returns>The exit code.</returns>
    public abstract int Run(Session session);
}
