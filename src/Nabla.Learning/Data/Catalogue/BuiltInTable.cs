using System.Text;
using Nabla.Learning.Data.Formats;

namespace Nabla.Learning.Data.Catalogue;

/// <summary>A table in Tables/, which is a part of Nabla itself.</summary>
/// <param name="file">Its file.</param>
/// <param name="label">The column of the class.</param>
internal abstract class BuiltInTable(DataFile file, string label) : CatalogueEntry
{
    public sealed override DataKind Kind => DataKind.Table;

    public sealed override IReadOnlyList<DataSource> Sources { get; } =
        [new("Nabla itself", [file]) { IsBuiltIn = true }];

    public sealed override LabelledParts Load(DataStore store)
    {
        FoundData found = store.Require(this);
        string text = Encoding.UTF8.GetString(DataStore.Read(found, found.Source.Files[0]));
        return new LabelledParts(LabelledData.Of(CsvFile.Parse(text, name: found.Source.Files[0].Name), label), null);
    }
}
