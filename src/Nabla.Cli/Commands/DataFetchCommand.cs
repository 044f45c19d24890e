using System.CommandLine;
using System.Text.Json.Nodes;
using Nabla.Cli.Data;
using Nabla.Cli.Output;
using Nabla.Learning.Data.Catalogue;

namespace Nabla.Cli.Commands;

/// <summary>Gets data sets, unless they are here already.</summary>
internal sealed class DataFetchCommand : NablaCommand
{
    private readonly Argument<string[]> names =
        new("NAME") { Description = "Data sets of 'nabla data list'", Arity = ArgumentArity.OneOrMore };

    public DataFetchCommand() : base("fetch", "Get data sets, unless they are here already") => Arguments.Add(names);

    public override int Place => 2;

    public override Type? Within => typeof(DataCommand);

    public override IReadOnlyList<string> Examples =>
        ["nabla data fetch fashion-mnist", "nabla data fetch mnist tinyshakespeare"];

    public override int Run(Session session)
    {
        CatalogueEntry[] entries = [.. session.Get(names).Select(NamedData.Of)];
        DataStore store = DataStore.Default;
        var fetcher = new DataFetcher(store, session.Screen, session.Cancellation);
        var documents = new JsonArray();
        foreach (CatalogueEntry entry in entries)
        {
            FoundData found = session.Interrupts.WaitFor(() => fetcher.Get(entry));
            foreach (DataFile file in found.Source.Files)
                DataStore.Read(found, file); // what is here has its checksum, or this says that it has not
            string[] paths = found.Source.IsBuiltIn
                ? [] : [.. found.Source.Files.Select(file => Path.Combine(found.Folder, file.Name))];
            documents.Add((JsonNode)new JsonObject
            {
                ["name"] = entry.Name,
                ["source"] = found.Source.Title,
                ["files"] = JsonOutput.Array(paths.Select(path => JsonValue.Create(path))),
            });
            if (!session.Json)
                Print(session.Screen, entry, found, paths);
        }
        session.Result(new JsonObject { ["datasets"] = documents }, () => { });
        return 0;
    }

    private static void Print(Screen screen, CatalogueEntry entry, FoundData found, string[] paths)
    {
        screen.Line(new InkedLine(entry.Name, Ink.Model).Add("  is here", Ink.Good).Add($": {found.Source.Title}"));
        foreach (string path in paths)
            screen.Line(new InkedLine($"  {path}", Ink.Dim));
        string command = entry.Kind switch
        {
            DataKind.Text => Shell.Command("train", "--data", paths[0], "--out", $"models/{entry.Name}"),
            DataKind.Regression => "",
            _ => Shell.Command("classify", "--data", entry.Name),
        };
        if (command.Length > 0)
            screen.Line(new InkedLine("  Try  ", Ink.Dim).Add(command, Ink.Model));
    }
}
