using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Learning.Data.Catalogue;

namespace Nabla.Cli.Commands;

/// <summary>Lists the data sets that Nabla knows.</summary>
internal sealed class DataListCommand() : NablaCommand("list", "List the data sets that Nabla knows")
{
    public override int Place => 0;

    public override Type? Within => typeof(DataCommand);

    public override IReadOnlyList<string> Examples => ["nabla data list", "nabla data list --json"];

    public override int Run(Session session)
    {
        DataStore store = DataStore.Default;
        session.Result(
            new JsonObject
            {
                ["folder"] = store.Folder,
                ["datasets"] = JsonOutput.Array(
                    DatasetCatalogue.All.Select(entry => DataInfoCommand.Document(entry, store))),
            },
            () => Print(session.Screen, store));
        return 0;
    }

    private static void Print(Screen screen, DataStore store)
    {
        var table = new TextTable("name", "what", "on this machine");
        foreach (CatalogueEntry entry in DatasetCatalogue.All)
            table.Row(new InkedLine(entry.Name, Ink.Model), entry.Size, Whether(entry, store));
        screen.Lines(table.Draw());
        screen.Line();
        screen.Line(new InkedLine("More of one  ", Ink.Dim).Add($"{Shell.Program} data info NAME"));
        screen.Line(new InkedLine("Get one      ", Ink.Dim).Add($"{Shell.Program} data fetch NAME"));
    }

    private static InkedLine Whether(CatalogueEntry entry, DataStore store)
    {
        if (store.Find(entry) is { } found)
            return new InkedLine(found.Source.IsBuiltIn ? "built in" : "yes", Ink.Good);
        string remedy = entry.Sources.Select(source => source.Remedy).FirstOrDefault(r => r.Length > 0)
            ?? $"{Shell.Program} data fetch {entry.Name}";
        return new InkedLine($"no: {remedy}", Ink.Dim);
    }
}
