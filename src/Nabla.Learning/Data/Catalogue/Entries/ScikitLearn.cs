namespace Nabla.Learning.Data.Catalogue.Entries;

/// <summary>The small tables that scikit-learn carries with it.</summary>
internal static class ScikitLearn
{
    /// <summary>The source of these files: Debian's package, or the project's own repository.</summary>
    public static IReadOnlyList<DataSource> Sources(params DataFile[] files) =>
    [
        new("Debian's package python3-sklearn", files)
        {
            Folders = ["/usr/lib/python3/dist-packages/sklearn/datasets/data"],
            Remedy = "apt install python3-sklearn",
        },
        new("scikit-learn's repository", files)
        {
            Download = new("https://raw.githubusercontent.com/scikit-learn/scikit-learn/1.2.1/sklearn/datasets/data/"),
        },
    ];
}
