using System.Globalization;
using System.Text.RegularExpressions;
using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>
/// Checks what programs in C# are said to print: Console.WriteLine(a * b); // 12. What is more than arithmetic with
/// names that get one value is counted, but not computed.
/// </summary>
internal static partial class CSharpLines
{
    private const int LongestLine = 1000;
    private const string NotComputed = "C# is computed only where it is plain arithmetic";

    public static void Find(CheckContext context)
    {
        foreach (ArticleBlock block in context.Article.Blocks)
            if (block.Kind == BlockKind.Code && block.Language is "csharp" or "cs" or "c#")
                Check(block.Text, context);
    }

    private static void Check(MappedText code, CheckContext context)
    {
        var names = new Dictionary<string, CSharpValue?>(StringComparer.Ordinal);
        string program = Quiet().Replace(code.Text, " ");
        bool isStraight = !Flow().IsMatch(code.Text) && !Opaque().IsMatch(code.Text) && !Call().IsMatch(program);
        foreach (MappedText line in code.Lines())
        {
            if (line.Length > LongestLine || !context.MayClaim())
                return;
            if (Print().Match(line.Text) is { Success: true } print)
                Compare(line, print, isStraight ? CSharpValue.Of(print.Groups["value"].Value, names) : null, context);
            foreach (string statement in line.Text.Split(';'))
                Assign(statement, names);
        }
    }

    // A name that gets another value later is not followed.
    private static void Assign(string statement, Dictionary<string, CSharpValue?> names)
    {
        Match declaration = Declaration().Match(statement);
        if (declaration.Success && !declaration.Groups["rest"].Value.Contains('(', StringComparison.Ordinal))
            foreach (string part in declaration.Groups["rest"].Value.Split(','))
                if (part.Split('=', 2, StringSplitOptions.TrimEntries) is [var name, var value])
                    names[name] = names.ContainsKey(name) ? null
                        : CSharpValue.Of(value, names)?.As(declaration.Groups["type"].Value);
        if (!declaration.Success)
            foreach (Match change in Change().Matches(statement))
                names[change.Groups["name"].Value] = null;
    }

    private static void Compare(MappedText line, Match print, CSharpValue? value, CheckContext context)
    {
        Group said = print.Groups["said"];
        if (CommentLiteral.Read(said.Value) is not { IsList: false, StandsAlone: true, Numbers: [var number] })
            return;
        MappedText comment = line.Slice(said.Index, said.Length);
        if (value is null)
        {
            context.Add(comment, "output", number.Text, ("", Verdict.NotCheckable, NotComputed));
            return;
        }
        Verdict verdict = Judgement.Of(value.Number, number);
        string shown = value.IsWhole ? value.Number.ToString(CultureInfo.InvariantCulture)
            : Judgement.Show(value.Number, number);
        bool isNear = verdict == Verdict.Wrong
            && Math.Abs(value.Number - number.Value) <= 1e-6 * Math.Abs(value.Number); // of 32 bits
        context.Add(comment, "output", number.Text, (shown, isNear ? Verdict.NotCheckable : verdict,
            $"the program prints {shown}"));
    }

    [GeneratedRegex(@"\bConsole\.Write(?:Line)?\(\s*(?<value>.+)\)\s*;\s*//(?<said>.*)$", RegexOptions.None)]
    private static partial Regex Print();

    [GeneratedRegex(@"^\s*(?:const\s+)?(?<type>var|double|float|int|long)\s+(?<rest>[A-Za-z_]\w*\s*=.*)$",
        RegexOptions.None)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"(?:\+\+|--)\s*(?<name>[A-Za-z_]\w*)|\b(?<name>[A-Za-z_]\w*)\s*(?:[+*/%-]?=(?!=)|\+\+|--)",
        RegexOptions.None)]
    private static partial Regex Change();

    // What may change a name unseen: bits, tuples, blocks; and numbers that are not decimal.
    [GeneratedRegex(@"<<=|>>=|[&|^]=|\)\s*=(?!=)|[{}]|\b0[xXbB]", RegexOptions.None)]
    private static partial Regex Opaque();

    // Comments and texts.
    [GeneratedRegex(@"//[^\n]*|/\*[^*]*\*/|""[^""\n]*""", RegexOptions.None)]
    private static partial Regex Quiet();

    // A method or a constructor may change whatever it sees, wherever it is called.
    [GeneratedRegex(@"(?<![\w.])(?!Console\.Write(?:Line)?\b|Math\.|nameof\b|sizeof\b|typeof\b)[A-Za-z_@][\w.]*"
        + @"(?:<[\w, .<>\[\]]*>)?[ \t]*\(|[)\]]\s*\.\s*\w+\s*\(|\bnew\b|\bunsafe\b", RegexOptions.None)]
    private static partial Regex Call();

    [GeneratedRegex(@"\b(?:for|foreach|while|if|switch|do|goto|ref|out|static|class|unchecked|checked)\b|=>|\?",
        RegexOptions.None)]
    private static partial Regex Flow();
}
