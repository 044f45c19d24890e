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

    /// <summary>
    /// The kind of command that it is a command of, as <c>bench</c> has; null for one of nabla's own.
    /// </summary>
    public virtual Type? Within => null;

    /// <summary>What to type for it: <c>nabla bench gemm</c>.</summary>
    public string FullName => string.Join(' ',
        Parents.OfType<NablaCommand>().Select(parent => parent.FullName).DefaultIfEmpty("nabla").Append(Name));

    /// <summary>Command lines that work, for the help.</summary>
    public virtual IReadOnlyList<string> Examples => [];

    /// <summary>Does the work.</summary>
    /// <returns>The exit code.</returns>
    public abstract int Run(Session session);
}
