namespace Nabla.Cli.Commands;

/// <summary>Data sets by name; what can be done with them stands in commands of its own.</summary>
internal sealed class DataCommand() : NablaCommand("data", "Data sets: which there are, what they are, and get them")
{
    public override int Place => 12;

    public override IReadOnlyList<string> Examples =>
        ["nabla data list", "nabla data info fashion-mnist", "nabla data fetch tinyshakespeare"];

    /// <summary>Never called: the parser insists on one of its commands.</summary>
    public override int Run(Session session) => throw new UsageException("'nabla data' needs the name of a command.");
}
