namespace Nabla.Learning.Data.Catalogue;

/// <summary>One of the places that a data set can come from; each has its own files.</summary>
/// <param name="Title">What it is: <c>Debian's dataset-fashion-mnist</c>.</param>
/// <param name="Files">All of its files.</param>
public sealed record DataSource(string Title, IReadOnlyList<DataFile> Files)
{
    /// <summary>Folders in which a package installs the files; a relative one is looked for in every parent.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>Where the files can be downloaded: this and the name are an address. Null where they cannot.</summary>
    public Uri? Download { get; init; }

    /// <summary>A program, with its arguments, that prints the only file. Null where there is none.</summary>
    public IReadOnlyList<string>? Program { get; init; }

    /// <summary>Whether the files are in this library.</summary>
    public bool IsBuiltIn { get; init; }

    /// <summary>What to type to have it, such as <c>apt install dataset-fashion-mnist</c>; empty for nothing.</summary>
    public string Remedy { get; init; } = "";

    /// <summary>Length of all files.</summary>
    public long Bytes => Files.Sum(file => file.Bytes);
}
