using System.CommandLine;
using System.Text.Json.Nodes;
using Nabla.Cli.Data;
using Nabla.Cli.Output;
using Nabla.Learning.Data;
using Nabla.Learning.Data.Catalogue;

namespace Nabla.Cli.Commands;

/// <summary>Tells what a data set is, where it comes from, and shows some of it.</summary>
internal sealed class DataInfoCommand : NablaCommand
{
    private readonly Argument<string> name =
        new("NAME") { Description = "A data set of 'nabla data list'" };

    public DataInfoCommand() : base("info", "Tell what a data set is, where it comes from, and show some of it") =>
        Arguments.Add(name);

    public override int Place => 1;

    public override Type? Within => typeof(DataCommand);

    public override IReadOnlyList<string> Examples => ["nabla data info fashion-mnist", "nabla data info iris --json"];

    public override int Run(Session session)
    {
        CatalogueEntry entry = NamedData.Of(session.Get(name));
        DataStore store = DataStore.Default;
        session.Result(Document(entry, store), () => Print(session.Screen, entry, store));
        return 0;
    }

    /// <summary>All that is known of a data set, as JSON.</summary>
    public static JsonObject Document(CatalogueEntry entry, DataStore store)
    {
        FoundData? found = store.Find(entry);
        return new JsonObject
        {
            ["name"] = entry.Name,
            ["what"] = entry.What,
            ["kind"] = entry.Kind.ToString().ToLowerInvariant(),
            ["size"] = entry.Size,
            ["licence"] = entry.Licence,
            ["reference"] = entry.Reference,
            ["here"] = found is not null,
            ["folder"] = found is { Source.IsBuiltIn: false } ? found.Folder : null,
            ["sources"] = JsonOutput.Array(entry.Sources.Select(Document)),
        };
    }

    private static JsonObject Document(DataSource source) => new()
    {
        ["title"] = source.Title,
        ["built_in"] = source.IsBuiltIn,
        ["download"] = source.Download?.ToString(),
        ["remedy"] = source.Remedy.Length > 0 ? source.Remedy : null,
        ["files"] = JsonOutput.Array(source.Files.Select(file => new JsonObject
        {
            ["name"] = file.Name,
            ["bytes"] = file.Bytes,
            ["sha256"] = file.Sha256,
        })),
    };

    private static void Print(Screen screen, CatalogueEntry entry, DataStore store)
    {
        FoundData? found = store.Find(entry);
        screen.Line(new InkedLine(entry.Name, Ink.Model).Add($"  {entry.What}", Ink.Strong));
        screen.Line();
        var table = new TextTable("", "");
        table.Row("size", entry.Size).Row("licence", entry.Licence).Row("reference", entry.Reference);
        foreach (DataSource source in entry.Sources)
        {
            string here = source != found?.Source ? "" : source.IsBuiltIn ? "  (built in)" : $"  (in {found.Folder})";
            table.Row("from", new InkedLine(source.Title).Add($", {Amounts.Bytes(source.Bytes)}").Add(here, Ink.Good));
            foreach (DataFile file in source.Files)
                table.Row("", new InkedLine($"{file.Name}  SHA-256 {file.Sha256}", Ink.Dim));
            if (source.Remedy.Length > 0 && source != found?.Source)
                table.Row("", new InkedLine($"to be had with  {source.Remedy}", Ink.Dim));
        }
        screen.Lines(table.Draw());
        if (found is not null && entry.Kind is DataKind.Images or DataKind.Table)
            Show(screen, entry.Load(store));
    }

    private static void Show(Screen screen, LabelledParts parts)
    {
        LabelledData data = parts.Training;
        screen.Line();
        int[] counts = ClassBalance.Counts(data.Labels, data.Classes.Count);
        int width = data.Classes.Max(label => label.Length);
        foreach ((int c, string label) in data.Classes.Index())
            screen.Line(new InkedLine($"  {label.PadRight(width)}  {Amounts.Count(counts[c]),7}  ")
                .Add(Bars.Bar((double)counts[c] / counts.Max(), 30), Ink.Model));
        if (data.ItemShape.Rank != 2)
            return;
        screen.Line();
        int[] firsts = [.. Enumerable.Range(0, data.Classes.Count).Select(c => data.Labels.IndexOf(c))
            .Where(first => first >= 0)];
        screen.Lines(ImagePicture.Row(screen.Width, [.. firsts.Select(i => new CaptionedImage(
            ImagePicture.Of(data, i), [data.Classes[data.Labels[i]]]))]));
    }
}
