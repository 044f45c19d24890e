using Nabla.Cli.Output;
using Nabla.Text.Corpora;

namespace Nabla.Cli;

/// <summary>Text files to learn from or to be tested on.</summary>
internal static class DataFiles
{
    // What a string of .NET holds at most: 1 GB of UTF-16 code units and a little less.
    private const int MostCharacters = 1_073_741_791;

    /// <summary>The texts one after the other, each but the last ended by a line feed.</summary>
    /// <exception cref="UsageException">They are too long to be one text.</exception>
    public static string Read(IReadOnlyList<string> paths) => Join([.. paths.Select(TextFile.Read)]);

    private static string Join(string[] texts)
    {
        CheckLength(texts.Sum(text => text.Length + 1L));
        return texts.Length == 1 ? texts[0] : string.Concat([.. texts[..^1].Select(Ended), texts[^1]]);
    }

    /// <summary>Throws unless a text may have so many characters.</summary>
    internal static void CheckLength(long characters)
    {
        if (characters > MostCharacters)
            throw new UsageException(
                $"The texts together have {Amounts.Count(characters)} characters; "
                + $"Nabla takes {Amounts.Count(MostCharacters)} at most. Give fewer files.");
    }

    private static string Ended(string text) => text.EndsWith('\n') ? text : text + '\n';
}
