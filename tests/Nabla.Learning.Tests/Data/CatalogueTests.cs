using Nabla.Learning.Data;
using Nabla.Learning.Data.Catalogue;
using Nabla.Learning.Data.Catalogue.Entries;
using Nabla.Learning.Tests.Checkpoints;
using Nabla.Numerics;

namespace Nabla.Learning.Tests.Data;

public class CatalogueTests
{
    public static TheoryData<string> Names => [.. DatasetCatalogue.All.Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_entry_says_what_it_is_and_how_to_get_it(string name)
    {
        CatalogueEntry entry = DatasetCatalogue.Find(name.ToUpperInvariant())!;
        foreach (string text in new[] { entry.What, entry.Size, entry.Licence, entry.Reference })
            text.ShouldNotBeNullOrWhiteSpace();
        entry.Sources.ShouldNotBeEmpty();
        foreach (DataSource source in entry.Sources)
        {
            source.Files.ShouldNotBeEmpty();
            source.Files.ShouldAllBe(file => file.Bytes > 0 && file.Sha256.Length == 64);
            (source.IsBuiltIn || source.Remedy.Length > 0 || source.Download is not null).ShouldBeTrue();
        }
    }

    // Not on every machine; `./x check` installs what it can. A data set that is here must be whole.
    [Theory]
    [InlineData("fashion-mnist", 60000, 10000, 10, 784)]
    [InlineData("digits", 1797, 0, 10, 64)]
    [InlineData("iris", 150, 0, 3, 4)]
    [InlineData("wine", 178, 0, 3, 13)]
    [InlineData("breast-cancer", 569, 0, 2, 30)]
    [InlineData("rain", 6, 0, 2, 3)]
    public void A_data_set_that_is_here_has_its_examples(string name, int training, int test, int classes, int numbers)
    {
        CatalogueEntry entry = DatasetCatalogue.Find(name)!;
        if (DataStore.Default.Find(entry) is null)
        {
            Should.Throw<DataException>(() => entry.Load(DataStore.Default)).Message.ShouldContain("apt install");
            return;
        }
        LabelledParts parts = entry.Load(DataStore.Default);
        parts.Training.Count.ShouldBe(training);
        (parts.Test?.Count ?? 0).ShouldBe(test);
        parts.Training.Classes.Count.ShouldBe(classes);
        parts.Training.ItemShape.ElementCount.ShouldBe(numbers);
        ClassBalance.Counts(parts.Training.Labels, classes).ShouldAllBe(count => count > 0);
        float[] some = parts.Training.Gather([0, training - 1], new Rng(1)).Inputs.ToArray();
        some.ShouldAllBe(value => float.IsFinite(value));
        if (entry.Kind == DataKind.Images)
            some.ShouldAllBe(value => value >= 0 && value <= 1);
    }

    [Fact]
    public void The_built_in_tables_are_those_of_the_books()
    {
        LabelledData iris = DatasetCatalogue.Find("iris")!.Load(DataStore.Default).Training;
        iris.Classes.ShouldBe(["setosa", "versicolor", "virginica"]);
        iris.Gather([0], new Rng(1)).Inputs.ToArray().ShouldBe([5.1f, 3.5f, 1.4f, 0.2f]);
        ClassBalance.Counts(iris.Labels, 3).ShouldBe([50, 50, 50]);
        LabelledData rain = DatasetCatalogue.Find("rain")!.Load(DataStore.Default).Training;
        rain.Features.ShouldBe(["rain_yesterday", "high_humidity", "pressure_dropping"]);
        rain.Labels.ToArray().ShouldBe([1, 1, 1, 0, 0, 0]);
    }

    [Fact]
    public void The_numbers_of_diabetes_are_there_where_the_data_are()
    {
        var diabetes = (Diabetes)DatasetCatalogue.Find("diabetes")!;
        Should.Throw<DataException>(() => diabetes.Load(DataStore.Default)).Message.ShouldContain("has no classes");
        if (DataStore.Default.Find(diabetes) is null)
            return;
        TensorData data = diabetes.Read(DataStore.Default);
        data.Count.ShouldBe(442);
        data.Gather([0], new Rng(1)).Targets!.Item().ShouldBe(151);
    }

    [Fact]
    public void The_store_is_where_the_environment_says()
    {
        static string Folder(params (string Name, string Value)[] variables) => DataStore.FolderFrom(
            name => variables.FirstOrDefault(variable => variable.Name == name).Value);
        Folder(("NABLA_DATA", "/a"), ("XDG_CACHE_HOME", "/b")).ShouldBe("/a");
        Folder(("XDG_CACHE_HOME", "/b")).ShouldBe(Path.Combine("/b", "nabla", "data"));
        Folder().ShouldEndWith(Path.Combine(".cache", "nabla", "data"));
    }

    [Fact]
    public void Files_in_the_store_are_found_and_their_checksum_is_checked()
    {
        using var folder = new TemporaryFolder();
        var store = new DataStore(folder.Path);
        var entry = new Letter();
        Should.Throw<DataException>(() => store.Require(entry)).Message
            .ShouldBe("letter is not on this machine. Get it with 'post' or 'nabla data fetch letter'.");
        Directory.CreateDirectory(store.FolderOf(entry));
        string path = Path.Combine(store.FolderOf(entry), "a.txt");
        File.WriteAllText(path, "ab");
        store.Find(entry).ShouldBeNull("it is too long");
        File.WriteAllText(path, "a");
        DataStore.Read(store.Require(entry), entry.Sources[0].Files[0]).ShouldBe([(byte)'a']);
        File.WriteAllText(path, "b");
        Should.Throw<DataException>(() => DataStore.Read(store.Require(entry), entry.Sources[0].Files[0])).Message
            .ShouldContain("its SHA-256 is 3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d");
        FoundData found = store.Require(entry);
        File.Delete(path);
        Should.Throw<DataException>(() => DataStore.Read(found, entry.Sources[0].Files[0])).Message
            .ShouldContain("no such file");
    }

    // Abstract classes and those of other assemblies are not in the catalogue.
    private sealed class Letter : CatalogueEntry
    {
        public override string Name => "letter";

        public override string What => "a letter";

        public override DataKind Kind => DataKind.Text;

        public override string Size => "1";

        public override string Licence => "none";

        public override string Reference => "the alphabet";

        public override IReadOnlyList<DataSource> Sources { get; } =
        [
            new("here", [new("a.txt", 1, "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb")])
            {
                Remedy = "post", Download = new("http://localhost/"),
            },
        ];
    }
}
