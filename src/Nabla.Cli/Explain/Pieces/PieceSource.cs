using System.Reflection;
using System.Text.RegularExpressions;

namespace Nabla.Cli.Explain.Pieces;

/// <summary>The source text of a piece, which is a part of the program.</summary>
/// <param name="Path">The file, from the repository's root.</param>
/// <param name="Summary">What its documentation says.</param>
/// <param name="Code">Its declaration with the body.</param>
internal sealed partial record PieceSource(string Path, string Summary, IReadOnlyList<string> Code)
{
    private const string Prefix = "source/";

    /// <summary>Finds the declaration of a piece; null where the source has none.</summary>
    public static PieceSource? Of(Piece piece)
    {
        bool isMethod = piece.Declared.EndsWith('(');
        string name = Regex.Escape(piece.Declared.TrimEnd('('));
        var declaration = new Regex(
            isMethod ? $@"^\s*public static Tensor {name}\("
                : $@"^\s*(public|internal) .*\b(class|struct|record) {name}\b",
            RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        foreach (string resource in typeof(PieceSource).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            string[] lines = Read(resource);
            for (int at = 0; at < lines.Length; at++)
                if (declaration.IsMatch(lines[at]) && States(lines, at, piece))
                    return new("src/" + resource[Prefix.Length..], Documentation(lines, at), Declaration(lines, at));
        }
        return null;
    }

    // Of overloads, the one whose formula it is.
    private static bool States(string[] lines, int at, Piece piece) =>
        !piece.Declared.EndsWith('(') || string.Concat(lines[Math.Max(0, at - 4)..at]).Contains(
            piece.Formula[..Math.Min(20, piece.Formula.Length)], StringComparison.Ordinal);

    private static string[] Read(string resource)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n');
    }

    private static string Documentation(string[] lines, int at)
    {
        int first = at;
        while (first > 0 && (IsComment(lines[first - 1]) || lines[first - 1].TrimStart().StartsWith('[')
            || lines[first - 1].TrimStart().StartsWith('+') || lines[first - 1].TrimStart().StartsWith('"')))
            first--;
        string text = string.Join(' ', lines[first..at].Where(IsComment)
            .Select(line => line.Trim().TrimStart('/').Trim()));
        int start = text.IndexOf("<summary>", StringComparison.Ordinal);
        int end = text.IndexOf("</summary>", StringComparison.Ordinal);
        if (start < 0 || end < start)
            return "";
        string summary = Reference().Replace(text[(start + "<summary>".Length)..end], "${name}");
        return System.Net.WebUtility.HtmlDecode(Tag().Replace(summary, "")).Trim();
    }

    private static bool IsComment(string line) => line.TrimStart().StartsWith("///", StringComparison.Ordinal);

    // To the brace that closes the body, or the semicolon where there is none.
    private static string[] Declaration(string[] lines, int at)
    {
        int depth = 0, end = at, indent = lines[at].Length - lines[at].TrimStart().Length;
        for (; end < lines.Length; end++)
        {
            depth += lines[end].Count(c => c == '{') - lines[end].Count(c => c == '}');
            string line = lines[end].TrimEnd();
            if (depth <= 0 && (line.EndsWith('}') || line.EndsWith(';')
                || line.EndsWith("});", StringComparison.Ordinal)))
                break;
        }
        return [.. lines[at..Math.Min(end + 1, lines.Length)].Where(line => !IsComment(line))
            .Select(line => line.Length > indent ? line[indent..] : line.TrimStart())];
    }

    [GeneratedRegex(
        """<(see cref|paramref name|typeparamref name)="(\w:)?(?<name>[^"]*)"\s*/>""",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tag();
}
