using System.CommandLine;
using System.Text.Json.Nodes;
using Nabla.Cli.Output;

namespace Nabla.Cli;

/// <summary>The help of the program and of each command as a JSON document.</summary>
internal static class HelpDocument
{
    public static JsonObject Of(Command command)
    {
        var document = new JsonObject
        {
            ["ok"] = true,
            ["command"] = (command as NablaCommand)?.FullName ?? "nabla",
            ["description"] = command.Description,
        };
        if (command.Subcommands.Count > 0)
            document["commands"] = Rows(command.Subcommands);
        document["arguments"] = Rows(command.Arguments);
        document["options"] = JsonOutput.Array(ParseErrors.OptionsOf(command).Select(Describe));
        if (command is NablaCommand nabla)
            document["examples"] = JsonOutput.Array(nabla.Examples.Select(example => (JsonNode?)example));
        return document;
    }

    private static JsonArray Rows(IEnumerable<Symbol> symbols) => JsonOutput.Array(
        symbols.Select(symbol => new JsonObject { ["name"] = symbol.Name, ["description"] = symbol.Description }));

    private static JsonObject Describe(Option option) => new()
    {
        ["name"] = option.Name,
        ["value"] = option.HelpName,
        ["description"] = option.Description,
        ["required"] = option.Required,
    };
}
